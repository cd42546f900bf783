"""`python -m extractor` and the command `extractor`: the command line in a process of its own."""

from __future__ import annotations

import gc
import sys

from extractor.cli import main as run


def main() -> None:
    """The command line; what it has made by its end is left to the system."""
    try:
        run()
    finally:
        # Python searches all objects for garbage once more before it ends: a sixth of the time of reading one file.
        # DuckDB, which `doctor` loads, takes what is left for leaks of its own and prints them.
        if "_duckdb" not in sys.modules:
            gc.freeze()


if __name__ == "__main__":
    main()
