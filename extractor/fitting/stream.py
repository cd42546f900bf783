"""From lines to one searchable string: where a caption stands, and what stands between two captions.

A page breaks captions over lines, a print breaks words, and a converter may glue a value to its caption. So captions
are searched in the squeezed text of a whole column, and positions lead back to the runs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from extractor.layout import Block, Line, Run, Segment, Tick, joined, squeeze
from extractor.layout.grid import Grid
from extractor.layout.text import WRAPPED


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
    found: list[Piece] = []
    _add_pieces(found, blocks, 0, -1, False)
    return found


_new = tuple.__new__  # a third of the time that the call of a named tuple takes; 250 pieces stand on a page


def _add_pieces(found: list[Piece], blocks: Iterable[Block], line: int, col: int, below_blank: bool) -> int:
    """Adds the pieces of `blocks`, which begin behind line number `line`, and returns that of their last line."""
    for block in blocks:
        if isinstance(block, Line):
            line += 1
            segments = block.segments
            if len(segments) == 1 or col < 0:
                found += [_new(Piece, (segment, line, col, below_blank)) for segment in segments]
            else:
                found += [_new(Piece, (each, line, col + place, below_blank)) for place, each in enumerate(segments)]
        else:
            line = _add_grid(found, block, line)
    return line


def _add_grid(found: list[Piece], grid: Grid, line: int) -> int:
    """The same for a grid."""
    before, row = line, -1
    filled = {cell.row for cell in grid.cells if cell.blocks}
    for cell in grid.cells:
        if cell.row != row:  # cells of one row stand side by side: they share their first line's number
            row, before = cell.row, line
        if cell.blocks:
            last = _add_pieces(found, cell.blocks, before, cell.col, row > 0 and row - 1 not in filled)
            line = max(line, last)
    return line


class Stream:
    """The pieces of one column as one squeezed string; offsets count its characters."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._parts: list[tuple[int, int, int, Run | Tick]] = []  # start offset, squeezed size, piece index, part
        self._starts: list[int] = []  # start offset of each part
        self._piece_starts: list[int] = []
        text: list[str] = []
        length = 0
        for index, piece in enumerate(self.pieces):
            self._piece_starts.append(length)
            for part in piece.segment.parts:
                squeezed = squeeze(part.text) if isinstance(part, Run) else ""
                size = len(squeezed)
                self._parts.append((length, size, index, part))
                self._starts.append(length)
                text.append(squeezed)
                length += size
        self.text = "".join(text)

    def find(self, captions: Iterable[str], start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """The first place of any of the squeezed `captions` (the longest there) in [start, end), as (start, end)."""
        text, size, first = self.text, 0, -1
        last = len(text) if end is None else end
        for caption in captions:
            at = text.find(caption, start, last)
            if at >= 0 and (first < 0 or at < first or (at == first and len(caption) > size)):
                first, size = at, len(caption)
        return None if first < 0 else (first, first + size)

    def find_all(self, captions: Iterable[str]) -> list[tuple[int, int]]:
        """Every place of the captions, in order, none overlapping."""
        captions, found, start = tuple(captions), [], 0
        while (hit := self.find(captions, start)) is not None:
            found.append(hit)
            start = hit[1]
        return found

    def parts(self, end: int) -> Iterator[tuple[int, Run | Tick]]:
        """Every part that starts before `end`, with its offset."""
        return ((start, part) for start, _, _, part in self._parts if start < end)

    def runs_between(self, start: int, end: int) -> Iterator[tuple[int, Run]]:
        """Every run that stands in [start, end), in part or whole, with the number of its line."""
        for place in range(max(bisect_left(self._starts, start) - 1, 0), len(self._parts)):
            at, size, index, part = self._parts[place]
            if at >= end:
                return
            if at + size > start and isinstance(part, Run):
                yield self.pieces[index].line, part

    def begun(self) -> Iterator[tuple[int, Piece]]:
        """Every piece, with the offset at which it starts."""
        return zip(self._piece_starts, self.pieces, strict=True)

    def begins_piece(self, offset: int) -> bool:
        """Whether a piece starts at `offset`."""
        index = bisect_right(self._piece_starts, offset) - 1
        return index >= 0 and self._piece_starts[index] == offset

    def begins_printed_line(self, offset: int) -> bool:
        """Whether a run starts at `offset` that a page has wrapped to a line of its own."""
        place = bisect_right(self._starts, offset) - 1
        part = self._parts[place][3] if place >= 0 and self._starts[place] == offset else None
        return isinstance(part, Run) and part.join in WRAPPED

    def piece_at(self, offset: int) -> Piece:
        """The piece that the character at `offset` stands in; IndexError behind the end."""
        if not 0 <= offset < len(self.text):
            raise IndexError(offset)
        return self.pieces[bisect_right(self._piece_starts, offset) - 1]

    def cut(self, start: int, end: int | None = None) -> tuple[Piece, ...]:
        """The pieces between two offsets; runs that reach over them are cut, ticks at either end belong to it."""
        end = len(self.text) if end is None else end
        kept: dict[int, list[Run | Tick]] = {}
        # the first part that can reach into the cut: the one before the first that starts at `start`
        first = max(bisect_left(self._starts, start) - 1, 0)
        for at, size, index, part in islice(self._parts, first, None):
            if at > end:
                break
            # most parts lie in the cut as a whole
            inside = part if size and at >= start and at + size <= end else _inside(part, size, start - at, end - at)
            if inside is not None:
                kept.setdefault(index, []).append(inside)
        pieces = self.pieces
        return tuple(
            [_new(Piece, (_new(Segment, (tuple(parts),)), *pieces[index][1:])) for index, parts in kept.items()]
        )


def _inside(part: Run | Tick, size: int, start: int, end: int) -> Run | Tick | None:
    """What of a part of `size` squeezed characters lies between two offsets counted from its own start."""
    if isinstance(part, Tick):
        return part if start <= 0 else None
    if size == 0:  # asterisks alone: text between two captions, furniture beside one
        return part if start < 0 < end else None
    if start <= 0 and end >= size:
        return part
    if end <= 0 or start >= size:
        return None
    text = part.text
    first = _raw_index(text, start) if start > 0 else 0
    last = _raw_index(text, end) if end < size else len(text)
    # a cut ends with the last character it counts: white space and asterisks behind it belong to what follows
    while end < size and last > first and not squeeze(text[last - 1]):
        last -= 1
    kept = text[first:last].strip()
    return part._replace(text=kept) if kept else None


def _raw_index(text: str, offset: int) -> int:
    """Where in `text` its squeezed character `offset` stands."""
    for index, char in enumerate(text):
        if offset <= 0 and squeeze(char):
            return index
        offset -= len(squeeze(char))
    return len(text)


def text_of(pieces: Iterable[Piece]) -> str:
    """The pieces' texts, joined by spaces."""
    return " ".join(filter(None, (joined(piece.runs) for piece in pieces)))


def runs_of_pieces(pieces: Iterable[Piece]) -> tuple[Run, ...]:
    return tuple([part for piece in pieces for part in piece.segment.parts if isinstance(part, Run)])


def lines_in(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces grouped by the line they stand on, in reading order."""
    lines: dict[int, list[Piece]] = {}
    for piece in pieces:
        lines.setdefault(piece.line, []).append(piece)
    return [tuple(line) for line in lines.values()]


def may_break_word(pieces: Iterable[Piece]) -> bool:
    """Whether a line of a text may end inside a word: a letter or a hyphen there, and a letter where the next begins.

    A small letter before a capital is no such place: names apart, words are not written so.
    """
    lines = [text for line in lines_in(pieces) if (text := text_of(line))]
    seams = [(above[-1], below[0]) for above, below in pairwise(lines)]
    return any(
        (end.isalnum() or end == "-") and start.isalnum() and not (end.islower() and start.isupper())
        for end, start in seams
    )
