"""Measurements of the package, accuracy and speed: a corpus of filings comes in, tables of figures go out."""

import sys

if sys.argv[:1] == ["-m"]:  # so it is while one of them is started as a program; tests are of what lies here
    from benchmarks.installed import prefer

    prefer()
