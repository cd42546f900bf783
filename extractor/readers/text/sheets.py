"""From the bytes of a text to its sheets of lines in fixed type, and what the tags between them say.

A sheet ends at a form feed, a `<PAGE>` tag or after as many lines as a printer set on one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.errors import SourceTooLarge
from extractor.layout import BBox, PdfLocation

# Points that a character of fixed type takes: ten to the inch, six lines to the inch.
WIDE, HIGH = 7.2, 12.0
# Lines of a sheet without a page break of its own; legacy forms break after 60 to 90.
MOST_LINES = 120
# What mail put before a line that begins with a dash, as filings sent by it still have.
ESCAPE = "- "
# Columns to which a tab goes.
TAB = 8
# Characters of a line and lines of a text that are read. Filings have lines of 80, in wide tables of 132 to 200, and
# 150 to 900 of them.
LONGEST_LINE = 2000
MOST_OF_ALL = 10_000

_TAG = re.compile(r"</?(?:TABLE|CAPTION|S|C|PAGE|FN|F\d{1,2}|TEXT|DOCUMENT)>", re.IGNORECASE)


# Check boxes typed with pipes, which are no part of a table: |_|, |X|.
_BOX = re.compile(r"(?<!\S)\|(_{1,2}|[xX])\|(?=\s|$|[A-Z0-9])")


class TextLine(NamedTuple):
    """A line of a sheet: its text with tags blanked out, and the tags with the columns they begin at, in capitals."""

    sheet: int
    number: int
    text: str
    tags: tuple[tuple[str, int], ...] = ()
    cut: bool = False  # more stood on the line than is read

    def at(self, start: int, end: int) -> PdfLocation:
        """The place of the characters [start, end)."""
        top = self.number * HIGH
        return PdfLocation(self.sheet, BBox(start * WIDE, top, end * WIDE, top + HIGH))

    def has(self, *names: str) -> bool:
        """Whether one of the tags stands on the line."""
        return any(name in names for name, _ in self.tags)


# Lines drawn beside text on the same line: check lines of dashes, and the foot of a head with another one beside it.
_DRAWN = re.compile(r"(?:(?<!\S)- )?-{3,}|={3,}")
_PIPES = re.compile(r"\|.*\|")


def _undrawn(text: str) -> str:
    """The text without drawn lines beside words; what is drawn between pipes closes cells and stays."""
    if _DRAWN.search(text) is None or _PIPES.search(text) or not any(char.isalnum() for char in text):
        return text
    return _DRAWN.sub(lambda match: " " * len(match[0]), text).rstrip()


def decoded(data: bytes) -> str:
    """The text of `data`: UTF-8 or UTF-16 where it is that, else windows-1252; what is no character is U+FFFD."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def lines_of_text(data: bytes) -> list[TextLine]:
    """Every line, sheet by sheet, sheets counted from 1. Raises SourceTooLarge beyond the stated number of lines."""
    found: list[TextLine] = []
    sheet, number = 1, 0
    raw = decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "").split("\n")
    if len(raw) > MOST_OF_ALL:
        raise SourceTooLarge(f"has more than {MOST_OF_ALL} lines")
    for each in raw:
        cut = bool(each[LONGEST_LINE + 1 :].strip())
        for index, part in enumerate(each[: LONGEST_LINE + 1].split("\f")):
            tags = tuple((match[0].upper(), match.start()) for match in _TAG.finditer(part))
            if index or number == MOST_LINES or any(name == "<PAGE>" for name, _ in tags):
                if number:
                    sheet += 1
                number = 0
            text = part.removeprefix(ESCAPE).expandtabs(TAB) if part.startswith(f"{ESCAPE}-") else part.expandtabs(TAB)
            if tags:
                tags = tuple((match[0].upper(), match.start()) for match in _TAG.finditer(text))
                text = _TAG.sub(lambda match: " " * len(match[0]), text)
            text = _undrawn(_BOX.sub(r"[\1]", text.replace("\xa0", " ").rstrip()))
            found.append(TextLine(sheet, number, text, tags, cut))
            number += 1
    return found
