"""The samples that are written by hand, by name; out goes the part of the table that tells what they show."""

from __future__ import annotations

ABOUT = """
The following are texts, `filing.txt`, written by hand as their `expected.json` is; their filers are invented too. Of \
the filed XML as a source each `ownership.xml` above is a sample.

| sample | shows |
|---|---|
"""

WRITTEN = {
    "ascii-form3-grid": "Form 3 of 2002: items and tables in grids of pipes, rows over lines, a partnership that "
    "signs by its partner",
    "ascii-form4-agent": "Form 4 of 2002 as filing agents set it: items in columns with check lines of dashes, lines "
    "that mail escaped, rows between drawn lines, an empty Table II with leaning heads",
    "ascii-form4-columns": "Form 4 of 2001 for a month: items side by side, captions below the name, `<S>` and `<C>` "
    "columns under dashes, Table II in two blocks, an amount owned on the last row alone",
    "ascii-form5-plain": "Form 5 of 2002: items below each other, a symbol on a line of its own, `-0-`, `N/A`, an "
    'empty table that says "None"',
    "submission-form4": "Form 4/A of 2003 in a full submission: header with accession number, boxes of pipes, heads "
    "whose numbers stand on lines of their own, a deemed date, dates with two digits of the year",
}


def about_written() -> str:
    """The part of `samples/README.md` about the samples that no program makes."""
    return ABOUT + "".join(f"| `{name}` | {shows} |\n" for name, shows in WRITTEN.items())
