"""Footnotes whose numbers stand beside the middle of their text, as browsers set the cells of a row, come in line by
line; each with its number goes out.

On such a page lines of a note stand above its number, and would be taken for the end of the note before.
"""

from __future__ import annotations

import re

from extractor.fitting.stream import Piece
from extractor.layout import PdfLocation, Run, Segment, Tick

# What a footnote is numbered with: `1.`, `(1)`.
NUMBER = re.compile(r"\(?(\d{1,2})[.)](?!\d)\s*")
# Heights of a line from the middle of a number to that of its text: 0 to 0.1 seen; a line more or less moves it by 0.6.
OFF = 0.3

Section = tuple[Piece, ...]
_Row = list[Run | Tick]


def centred(lines: list[Section]) -> list[Section] | None:
    """A line a note, its number first; None where the numbers do not stand beside the middles of what they number."""
    numbers: list[Piece] = []
    parts: list[Run | Tick] = []
    for line in lines:
        match = NUMBER.fullmatch(line[0].text)
        if match is not None and int(match[1]) == len(numbers) + 1:
            numbers.append(line[0])
            line = line[1:]
        parts += [part for piece in line for part in piece.segment.parts]
    if not numbers or len(numbers) == len(lines) or not _on_one_page([*(one.runs[0] for one in numbers), *parts]):
        return None
    rows = _rows(parts)
    out: list[Section] = []
    start = 0
    for number in numbers:
        end = _end(rows, start, number)
        if end is None:
            return None
        text = Segment(tuple(part for row in rows[start:end] for part in row))
        out.append((number, number._replace(segment=text)))
        start = end
    return out if start == len(rows) else None


def _on_one_page(parts: _Row) -> bool:
    pages = {part.at.page if isinstance(part.at, PdfLocation) else 0 for part in parts}
    return len(pages) == 1 and pages != {0}


def _rows(parts: _Row) -> list[_Row]:
    """The parts by printed line."""
    rows: list[_Row] = []
    for part in parts:
        if rows and abs(_middle(part, part) - _middle(rows[-1][0], rows[-1][0])) < _height(part) / 2:
            rows[-1].append(part)
        else:
            rows.append([part])
    return rows


def _end(rows: list[_Row], start: int, number: Piece) -> int | None:
    """Behind which row the text ends that begins at `start` and has the number beside its middle."""
    run = number.runs[0]
    middle = _middle(run, run)
    offs = [abs(_middle(rows[start][0], row[0]) - middle) for row in rows[start:]]
    if not offs or min(offs) > OFF * _height(run):
        return None
    return start + offs.index(min(offs)) + 1


def _middle(upper: Run | Tick, lower: Run | Tick) -> float:
    assert isinstance(upper.at, PdfLocation)
    assert isinstance(lower.at, PdfLocation)
    return (upper.at.bbox.top + lower.at.bbox.bottom) / 2


def _height(part: Run | Tick) -> float:
    assert isinstance(part.at, PdfLocation)
    return part.at.bbox.height
