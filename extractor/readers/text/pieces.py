"""From a line of text to what stands together on it, and from that to runs, segments and lines of a layout."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.layout import PLAIN, Join, Line, Run, Segment
from extractor.readers.text.sheets import TextLine

# What stands together: words with one blank between them; a gutter is two blanks or more.
_TOGETHER = re.compile(r"\S+(?: \S+)*")
# A drawn line: nothing but the characters that rulings are made of.
_RULING = re.compile(r"[-=_+|~\s]*[-=_~]{3}[-=_+|~\s]*")
# Dashes that close a cell: at least two, or a single one as wide as its cell.
_CLOSING = re.compile(r"[-=_+~]+")


class Piece(NamedTuple):
    """The characters [start, end) of a line, no blanks at the ends."""

    line: TextLine
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


def pieces_of(line: TextLine, start: int = 0, end: int | None = None) -> list[Piece]:
    """What stands together in [start, end), left to right."""
    until = len(line.text) if end is None else end
    return [Piece(line, match.start(), match.end()) for match in _TOGETHER.finditer(line.text, start, until)]


def undrawn(line: TextLine, start: int = 0, end: int | None = None) -> list[Piece]:
    """The pieces that are no drawn lines."""
    return [piece for piece in pieces_of(line, start, end) if not is_ruling(piece.text)]


def trimmed(line: TextLine, start: int, end: int) -> Piece | None:
    """All that stands in [start, end) as one piece; None where it is blank."""
    text = line.text[start:end]
    if not text.strip():
        return None
    return Piece(line, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def is_ruling(text: str) -> bool:
    """Whether a line is drawn: dashes, underscores, corners and nothing else."""
    return _RULING.fullmatch(text) is not None


def is_closing(text: str) -> bool:
    """Whether what stands in a cell is the dashes of its foot."""
    return len(text) > 1 and _CLOSING.fullmatch(text) is not None


def run_of(piece: Piece, join: Join = Join.SPACE, text: str = "") -> Run:
    """The run of a piece; `text` where it is read otherwise than it stands there."""
    read = " ".join(html.unescape(text or piece.text).split())
    return Run(read, PLAIN, piece.line.at(piece.start, piece.end), join)


def line_of(pieces: Iterable[Piece]) -> Line:
    """A line of a segment a piece."""
    return Line(tuple(Segment((run_of(piece),)) for piece in pieces))


def wrapped(pieces: Sequence[Piece], heads: bool = False) -> Line:
    """Pieces below each other as one wrapped segment.

    In heads a dash at a line's end before a small letter parts a word and is dropped; in values it is kept, and whether
    it is the word's own is left uncertain.
    """
    runs: list[Run] = []
    join = Join.SPACE
    for place, piece in enumerate(pieces):
        text = piece.text
        after = pieces[place + 1].text if place + 1 < len(pieces) else ""
        broken = len(text) > 1 and text.endswith("-") and text[-2].isalpha() and after[:1].isalpha()
        parted = broken and after[:1].islower()
        runs.append(run_of(piece, join, text[:-1] if parted and heads else ""))
        join = Join.WRAP_SPACE
        if broken:
            join = Join.WRAP_UNSURE if parted and not heads else Join.WRAP_NONE
    return Line((Segment(tuple(runs)),))
