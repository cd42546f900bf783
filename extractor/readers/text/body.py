"""From the lines below a table's head to its rows, each a cell or none a column.

A row may go on over several lines. Where nothing is drawn between rows, a row is told by the values in it that stand on
one line: dates, numbers and letters. Words alone go on the row above or begin the one below.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.readers.text.heads import Known, columns_of, over
from extractor.readers.text.lattice import PIPES, is_piped
from extractor.readers.text.pieces import Piece, is_ruling, pieces_of, trimmed
from extractor.readers.text.sheets import TextLine

# A value that stands on one line: a date, a number, a letter; marks may stand behind it, but not alone.
_VALUE = re.compile(r"(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\$?\s?-?[\d,]*\.?\d[\d,]*|[A-Z](?:/K)?)(?:\s*\(\d{1,2}\))*")
# Columns that prose runs over without a gutter; a value that is too long for its column runs over one or two.
PROSE = 3
# Characters by which a column may begin beside its tag: numbers are set flush right.
NEAR = 4
# Share of a piece that must stand in one column, where it reaches into an empty one.
MOSTLY = 0.75
# Lines without ink behind which a table has ended; between rows stand one or two.
BLANK = 6


class Part(NamedTuple):
    """What a line has in the columns [first, end)."""

    first: int
    end: int
    piece: Piece

    @property
    def is_value(self) -> bool:
        """Whether it is a value of one line; the first column holds titles, which may look like one."""
        return self.first > 0 and _VALUE.fullmatch(self.piece.text) is not None


Parts = list[Part]


class RowParts(NamedTuple):
    """A row: its lines' parts from above; `unsure` where lines between two rows may belong to either."""

    parts: Parts
    unsure: bool = False


def rows_below(
    lines: Sequence[TextLine], start: int, edges: Sequence[int], known: Known
) -> tuple[list[RowParts], int, list[int]]:
    """The rows from line `start` on, the line behind the last, and the edges as the rows keep them."""
    end = _end(lines, start, edges, known)
    body = [line for line in lines[start:end] if line.text]
    edges = _settled(edges, body)
    end = _last(lines, start, end, edges)
    groups: list[list[Parts]] = [[]]
    for line in lines[start:end]:
        parts = [] if is_ruling(line.text) else parts_of(line, edges)
        if parts:
            groups[-1].append(parts)
        elif groups[-1]:
            groups.append([])
    return [row for group in groups for row in _rows(group)], end, list(edges)


def _end(lines: Sequence[TextLine], start: int, edges: Sequence[int], known: Known) -> int:
    """Where rows surely have ended: a tag, a title, prose, a page of blanks."""
    blank = 0
    for place in range(start, len(lines)):
        line = lines[place]
        if line.has("</TABLE>", "<TABLE>", "<CAPTION>", "<PAGE>", "<FN>", "</TEXT>") or known.is_title(line):
            return place
        if line.has("<S>") and not line.text and place > start:
            return place
        blank = 0 if line.text else blank + 1
        if blank > BLANK or (line.text and not is_ruling(line.text) and _is_prose(line, edges)):
            return place
    return len(lines)


def _is_prose(line: TextLine, edges: Sequence[int]) -> bool:
    if is_piped(line):
        return False
    return any(
        end - first >= PROSE and " " in piece.text for piece in pieces_of(line) for first, end in (over(piece, edges),)
    )


def _last(lines: Sequence[TextLine], start: int, end: int, edges: Sequence[int]) -> int:
    """Where rows end: at the first line behind a blank or a drawn one that fills a single column, and no other."""
    parted, met = False, False
    for place in range(start, end):
        line = lines[place]
        if not line.text or is_ruling(line.text):
            parted = parted or not line.has("<S>")
            continue
        parts = parts_of(line, edges)
        alone = len(parts) == 1 or (len(pieces_of(line)) == 1 and not _has_value(parts))
        if parts and parted and alone and not _goes_on(lines, place, end, edges):
            return place
        if columns_of(line):
            return place
        parted, met = False, met or bool(parts)
    return end


def _goes_on(lines: Sequence[TextLine], place: int, end: int, edges: Sequence[int]) -> bool:
    """Whether the line below fills several columns, so that the one above begins its row."""
    if place + 1 >= end or is_ruling(lines[place + 1].text):
        return False
    return len(parts_of(lines[place + 1], edges)) > 1


def parts_of(line: TextLine, edges: Sequence[int]) -> Parts:
    """What stands in which columns of a line: between its pipes, or by its gutters."""
    if is_piped(line):
        return _between_pipes(line, edges)
    parts: Parts = []
    for piece in pieces_of(line):
        parts += [Part(*_mostly(each, edges, line), each) for each in _cut(piece, edges)]
    return _together(parts)


def _between_pipes(line: TextLine, edges: Sequence[int]) -> Parts:
    pipes = [place for place, char in enumerate(line.text) if char in PIPES]
    bounds = pipes if not line.text[: pipes[0]].strip() else [-1, *pipes]
    if line.text[bounds[-1] + 1 :].strip():
        bounds = [*bounds, len(line.text)]
    in_order = len(bounds) == len(edges)
    parts: Parts = []
    for number, (start, stop) in enumerate(itertools.pairwise(bounds)):
        piece = trimmed(line, start + 1, stop)
        if piece is None or is_ruling(piece.text):
            continue
        span = (number, number + 1) if in_order else _overlaid(start + 1, stop, edges)
        parts.append(Part(*span, piece))
    return parts


def _overlaid(start: int, stop: int, edges: Sequence[int]) -> tuple[int, int]:
    """The columns whose middle lies in [start, stop)."""
    middles = [(left + right) / 2 for left, right in itertools.pairwise(edges)]
    there = [at for at, middle in enumerate(middles) if start <= middle <= stop]
    if not there:
        there = [min(range(len(middles)), key=lambda at: abs(middles[at] - (start + stop) / 2))]
    return there[0], there[-1] + 1


def _cut(piece: Piece, edges: Sequence[int]) -> Iterator[Piece]:
    """A piece parted at single blanks that stand where a column begins."""
    text, start = piece.line.text, piece.start
    for edge in edges:
        for place in (edge - 1, edge, edge - 2, edge + 1):
            if start < place < piece.end - 1 and text[place] == " ":
                yield Piece(piece.line, start, place)
                start = place + 1
                break
    yield Piece(piece.line, start, piece.end)


def _mostly(piece: Piece, edges: Sequence[int], line: TextLine) -> tuple[int, int]:
    """The columns of a piece; the one it mostly stands in, where what it reaches into besides is blank."""
    first, end = over(piece, edges)
    if end == first:  # beyond the last column, or before the first
        return (len(edges) - 2, len(edges) - 1) if piece.start >= edges[-1] else (0, 1)
    if end - first == 1:
        return first, end
    shares = {at: min(piece.end, edges[at + 1]) - max(piece.start, edges[at]) for at in range(first, end)}
    best = max(shares, key=shares.__getitem__)
    others = (line.text[edges[at] : piece.start] + line.text[piece.end : edges[at + 1]] for at in shares if at != best)
    if shares[best] >= MOSTLY * (piece.end - piece.start) and not any(text.strip() for text in others):
        return best, best + 1
    return first, end


def _together(parts: Parts) -> Parts:
    """Pieces of one column as one: two blanks may stand between a number and its mark."""
    found: Parts = []
    for part in parts:
        if found and found[-1][:2] == part[:2] and part.piece.line is found[-1].piece.line:
            found[-1] = found[-1]._replace(piece=found[-1].piece._replace(end=part.piece.end))
        else:
            found.append(part)
    return found


def _settled(edges: Sequence[int], body: Sequence[TextLine]) -> list[int]:
    """The edges moved to the nearest place that the body's lines leave blank."""
    texts = [line.text for line in body if line.text and not is_ruling(line.text) and not is_piped(line)]
    settled = list(edges)
    for number in range(1, len(edges) - 1):
        edge = edges[number]
        reach = range(max(edges[number - 1] + 1, edge - NEAR), min(edges[number + 1], edge + NEAR + 1))
        cuts = {place: sum(_is_inside(text, place) for text in texts) for place in reach}
        if cuts and cuts.get(edge, 0) > 0:
            settled[number] = min(cuts, key=lambda place: (cuts[place], abs(place - edge)))
    return settled


def _is_inside(text: str, place: int) -> bool:
    """Whether a word runs through a place."""
    return 0 < place < len(text) and text[place] != " " and text[place - 1] != " "


# --- rows


def _rows(lines: Sequence[Parts]) -> Iterator[RowParts]:
    """The rows of lines that nothing drawn or blank parts."""
    begins = _beginnings(lines)
    if len(begins) <= 1:
        if lines:
            yield RowParts([part for line in lines for part in line])
        return
    firsts = [0, *begins[1:]]
    for number, first in enumerate(firsts):
        until = firsts[number + 1] if number + 1 < len(firsts) else len(lines)
        own = lines[first:until]
        between = number + 1 < len(firsts) and any(map(_may_begin, own[_last_value(own) + 1 :]))
        yield RowParts([part for line in own for part in line], between)


def _beginnings(lines: Sequence[Parts]) -> list[int]:
    """The lines with values that do not fit into the row above: one of its columns is taken, or its title is."""
    begins: list[int] = []
    taken: set[int] = set()
    for number, parts in enumerate(lines):
        if not _has_value(parts):
            continue
        values = {part.first for part in parts if part.is_value}
        titled = any(part.first == 0 for part in parts)
        if not begins or values & taken or titled:
            begins.append(number)
            taken = set()
        taken |= values
    return begins


def _may_begin(parts: Parts) -> bool:
    """Whether words may begin the row below them: a title does, with a capital; "(right to buy)" goes on above."""
    return any(part.first == 0 and part.piece.text[:1].isupper() for part in parts)


def _has_value(parts: Parts) -> bool:
    return any(part.is_value for part in parts)


def _last_value(lines: Sequence[Parts]) -> int:
    return max((number for number, parts in enumerate(lines) if _has_value(parts)), default=-1)
