"""From lines to one searchable string: where a caption stands, and what stands between two captions.

A page breaks captions over lines, a print breaks words, and a converter may glue a value to its caption. So captions
are searched in the squeezed text of a whole column, and positions lead back to the runs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractor.layout import Block, Line, Run, Segment, Tick, joined, squeeze
from extractor.layout.grid import Grid


class Piece(NamedTuple):
    """A segment with its place.

    `line` counts the lines that stand side by side; `col` is the slot's column in the innermost grid, -1 where the
    segment stands in none; `below_blank` tells that the row above it in that grid is there and empty.
    """

    segment: Segment
    line: int
    col: int
    below_blank: bool = False

    @property
    def text(self) -> str:
        return self.segment.text

    @property
    def runs(self) -> tuple[Run, ...]:
        return self.segment.runs


def pieces_of(blocks: Iterable[Block]) -> list[Piece]:
    """The segments of `blocks` in reading order; a row of an inner grid is one line, its slots the columns."""
    return list(_pieces(tuple(blocks), [0], -1, False))


def _pieces(blocks: tuple[Block, ...], counter: list[int], col: int, below_blank: bool) -> Iterator[Piece]:
    for block in blocks:
        if isinstance(block, Line):
            counter[0] += 1
            single = len(block.segments) == 1
            for place, segment in enumerate(block.segments):
                yield Piece(segment, counter[0], col if single or col < 0 else col + place, below_blank)
        else:
            yield from _grid_pieces(block, counter)


def _grid_pieces(grid: Grid, counter: list[int]) -> Iterator[Piece]:
    start, row = counter[0] + 1, -1
    filled = {cell.row for cell in grid.cells if cell.blocks}
    for cell in grid.cells:
        if cell.row != row:  # cells of one row stand side by side: they share their first line's number
            row, start = cell.row, counter[0] + 1
        inner = [start - 1]
        yield from _pieces(cell.blocks, inner, cell.col, cell.row > 0 and cell.row - 1 not in filled)
        counter[0] = max(counter[0], inner[0])


class Stream:
    """The pieces of one column as one squeezed string; offsets count its characters."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._parts: list[tuple[int, int, Run | Tick]] = []  # start offset, piece index, part
        text: list[str] = []
        length = 0
        for index, piece in enumerate(self.pieces):
            for part in piece.segment.parts:
                self._parts.append((length, index, part))
                if isinstance(part, Run):
                    squeezed = squeeze(part.text)
                    text.append(squeezed)
                    length += len(squeezed)
        self.text = "".join(text)
        self._piece_starts = self._starts()

    def _starts(self) -> list[int]:
        starts: list[int] = []
        for start, index, _ in self._parts:  # a segment has at least one part
            if index == len(starts):
                starts.append(start)
        return starts

    def find(self, captions: Iterable[str], start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """The first place of any of the squeezed `captions` (the longest there) in [start, end), as (start, end)."""
        best: tuple[int, int] | None = None
        for caption in captions:
            at = self.text.find(caption, start, len(self.text) if end is None else end)
            if at >= 0 and (best is None or (at, -len(caption)) < (best[0], best[0] - best[1])):
                best = (at, at + len(caption))
        return best

    def find_all(self, captions: Iterable[str]) -> list[tuple[int, int]]:
        """Every place of the captions, in order, none overlapping."""
        captions, found, start = tuple(captions), [], 0
        while (hit := self.find(captions, start)) is not None:
            found.append(hit)
            start = hit[1]
        return found

    def parts(self, end: int) -> Iterator[tuple[int, Run | Tick]]:
        """Every part that starts before `end`, with its offset."""
        return ((start, part) for start, _, part in self._parts if start < end)

    def begins_piece(self, offset: int) -> bool:
        """Whether a piece starts at `offset`."""
        index = bisect_right(self._piece_starts, offset) - 1
        return index >= 0 and self._piece_starts[index] == offset

    def piece_at(self, offset: int) -> Piece:
        """The piece that the character at `offset` stands in; IndexError behind the end."""
        if not 0 <= offset < len(self.text):
            raise IndexError(offset)
        return self.pieces[bisect_right(self._piece_starts, offset) - 1]

    def cut(self, start: int, end: int | None = None) -> tuple[Piece, ...]:
        """The pieces between two offsets; runs that reach over them are cut, ticks at either end belong to it."""
        end = len(self.text) if end is None else end
        kept: dict[int, list[Run | Tick]] = {}
        for at, index, part in self._parts:
            if at > end:
                break
            if isinstance(part, Tick):
                if start <= at:
                    kept.setdefault(index, []).append(part)
                continue
            if not squeeze(part.text):  # asterisks alone: text between two captions, furniture beside one
                if start < at < end:
                    kept.setdefault(index, []).append(part)
                continue
            inside = _clip(part, start - at, end - at)
            if inside is not None:
                kept.setdefault(index, []).append(inside)
        return tuple(
            self.pieces[index]._replace(segment=Segment(tuple(parts))) for index, parts in kept.items() if parts
        )


def _clip(run: Run, start: int, end: int) -> Run | None:
    """`run` from squeezed character `start` to `end`; None where nothing of it lies between."""
    size = len(squeeze(run.text))
    if end <= 0 or start >= size or size == 0:
        return None
    if start <= 0 and end >= size:
        return run
    first, last, count = len(run.text), len(run.text) if end >= size else 0, 0
    for index, char in enumerate(run.text):
        width = len(squeeze(char))
        if width and start <= count < end:
            first, last = min(first, index), max(last, index + 1)
        count += width
    # an opening bracket's blank or an asterisk squeezes to nothing and stays where it was printed, inside the cut
    text = run.text[first:last].strip()
    return run._replace(text=text) if text else None


def text_of(pieces: Iterable[Piece]) -> str:
    """The pieces' texts, joined by spaces."""
    return " ".join(filter(None, (joined(piece.runs) for piece in pieces)))


def runs_of_pieces(pieces: Iterable[Piece]) -> tuple[Run, ...]:
    return tuple(run for piece in pieces for run in piece.runs)


def lines_in(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces grouped by the line they stand on, in reading order."""
    lines: dict[int, list[Piece]] = {}
    for piece in pieces:
        lines.setdefault(piece.line, []).append(piece)
    return [tuple(line) for line in lines.values()]
