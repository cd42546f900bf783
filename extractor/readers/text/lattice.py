"""From lines with pipes and dashes to the cells that these enclose, each over a range of columns.

Pipes are typed by hand: one may be missing, stand a column aside or be another character. Columns are therefore the
places at which pipes stand on most lines, and a line's own pipes are moved to the nearest of them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.readers.text.pieces import Piece, is_closing, trimmed
from extractor.readers.text.sheets import TextLine

PIPES = "|+!"
# Characters by which a pipe may stand beside its column: 0 on most lines, 1 where a line was edited.
ASIDE = 1
# Characters that stood where a pipe belongs: a bracket, typed for it.
_ODD = "]["


def is_piped(line: TextLine) -> bool:
    """Whether pipes part a line."""
    return sum(line.text.count(pipe) for pipe in PIPES) > 1


class Span(NamedTuple):
    """Columns [first, end) of a line, and the characters [start, stop) between their pipes."""

    first: int
    end: int
    start: int
    stop: int


@dataclass(slots=True)
class TracedCell:
    """A cell as its lines were met: columns [first, end), printed lines [top, foot] of the lattice."""

    first: int
    end: int
    top: int
    foot: int
    pieces: list[Piece] = field(default_factory=list)


def edges_of(lines: Sequence[TextLine]) -> list[int]:
    """Where pipes stand, from the left; the text's own ends where it has no outer pipes."""
    counts = Counter(place for line in lines for place, char in enumerate(line.text) if char in PIPES)
    merged: list[int] = []
    for place in sorted(counts):
        if merged and place - merged[-1] <= ASIDE:
            if counts[place] > counts[merged[-1]]:
                merged[-1] = place
        else:
            merged.append(place)
    texts = [line.text for line in lines if line.text]
    if not merged or not texts:
        return merged
    left = min(len(text) - len(text.lstrip()) for text in texts)
    right = max(map(len, texts)) - 1
    if left < merged[0] - ASIDE:
        merged.insert(0, left - 1)
    if right > merged[-1] + ASIDE:
        merged.append(right + 1)
    return merged


def spans_of(line: TextLine, edges: Sequence[int]) -> list[Span]:
    """The cells of one line: the columns between two pipes that stand on it."""
    there: list[tuple[int, int]] = []  # column edge, where its pipe stands
    for number, edge in enumerate(edges):
        place = _pipe_at(line.text, edge)
        if place is not None or number in (0, len(edges) - 1):
            there.append((number, edge if place is None else place))
    spans: list[Span] = []
    for (first, start), (end, stop) in itertools.pairwise(there):
        spans.append(Span(first, end, start + 1, stop))
    return spans


def _pipe_at(text: str, edge: int) -> int | None:
    for place in (edge, edge - ASIDE, edge + ASIDE):
        if 0 <= place < len(text) and text[place] in PIPES:
            return place
    if 0 <= edge < len(text) and (text[edge] in _ODD or _is_ruled(text, edge)):
        return edge
    return None


def _is_ruled(text: str, edge: int) -> bool:
    """Whether a drawn line runs through the edge."""
    around = text[max(edge - 1, 0) : edge + 2]
    return len(around) == 3 and set(around) <= set("-=_+")


def traced(lines: Sequence[TextLine], edges: Sequence[int]) -> list[TracedCell]:
    """The cells with text, in the order they begin in."""
    found: list[TracedCell] = []
    open_cells: list[TracedCell] = []
    for number, line in enumerate(lines):
        for span in spans_of(line, edges):
            piece = trimmed(line, span.start, span.stop)
            over = [cell for cell in open_cells if cell.first < span.end and span.first < cell.end]
            if piece is not None and is_closing(piece.text):
                open_cells = [cell for cell in open_cells if cell not in over]
            elif any((cell.first, cell.end) == (span.first, span.end) for cell in over):
                _go_on(over[0], piece, number)
            elif len(over) > 1 and all(span.first <= cell.first and cell.end <= span.end for cell in over):
                _split(over, span, line, edges, number)
            elif piece is not None:
                open_cells = [cell for cell in open_cells if cell not in over]
                open_cells.append(TracedCell(span.first, span.end, number, number, [piece]))
                found.append(open_cells[-1])
    return found


def _split(over: list[TracedCell], span: Span, line: TextLine, edges: Sequence[int], number: int) -> None:
    """A line on which a pipe is missing: each cell goes on between its own edges, unless text runs over these."""
    inner = [edges[cell.first] for cell in over if cell.first > span.first]
    if any(line.text[edge : edge + 1].strip() for edge in inner):
        _go_on(over[0], trimmed(line, span.start, span.stop), number)
        return
    for cell in over:
        _go_on(cell, trimmed(line, edges[cell.first] + 1, edges[cell.end]), number)


def _go_on(cell: TracedCell, piece: Piece | None, number: int) -> None:
    cell.foot = number
    if piece is not None and not is_closing(piece.text):
        cell.pieces.append(piece)


def is_closed(line: TextLine, edges: Sequence[int]) -> bool:
    """Whether a line is drawn through all columns: the foot of everything above it."""
    pieces = [trimmed(line, span.start, span.stop) for span in spans_of(line, edges)]
    return bool(pieces) and all(piece is not None and is_closing(piece.text) for piece in pieces)
