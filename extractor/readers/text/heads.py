"""From the lines over a table's rows to the columns that it has and the cells that head them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.layout import Line, joined, squeeze
from extractor.readers.heads import TableHeads
from extractor.readers.text.lattice import TracedCell
from extractor.readers.text.pieces import Piece, is_closing, is_ruling, pieces_of, wrapped
from extractor.readers.text.sheets import TextLine

# Heads of a table's columns that must be told in lines before these are taken for its head; no other lines have two.
LEAST_KNOWN = 3

_DASHES = re.compile(r"[-=_]{2,}")
# Runs of dashes on a line that draws columns; a signature's line has two.
LEAST_DASHES = 4
# Columns that a table may have: Table II has 16, the widest lattice of items some 20.
MOST_COLUMNS = 48
# What stands behind a caption in brackets: (Instr. 3), (Month/Day/Year), (mm/dd/yy).
_HINTS = re.compile(r"(?:\((?:instr|month|mo|mm|date)[^()]*\))+$")
_NUMBER = re.compile(r"(\d{1,2})([a-z]?)\.")
# Where a further head begins behind a single blank: at its number.
_NUMBERED = re.compile(r"(?<=\S) (?=\d{1,2}[A-Za-z]?\.\s?[A-Z])")


class HeadCell(NamedTuple):
    """A head over the columns [first, end) and the rows [row, row + rows) of the head."""

    first: int
    end: int
    row: int
    rows: int
    line: Line

    @property
    def text(self) -> str:
        """Squeezed."""
        return squeeze(joined(self.line.runs))


def cells_of(traced: Sequence[TracedCell]) -> list[HeadCell]:
    """The heads of a lattice, in slots."""
    tops = sorted({cell.top for cell in traced})
    found = []
    for cell in traced:
        rows = sum(cell.top <= top <= cell.foot for top in tops)
        found.append(HeadCell(cell.first, cell.end, tops.index(cell.top), rows, wrapped(cell.pieces, heads=True)))
    return found


class Known:
    """The captions of all tables, to be asked whether a text is one of them."""

    def __init__(self, heads: Sequence[TableHeads]) -> None:
        self.captions = frozenset(
            plain(word) for table in heads for column in table.columns for word in column if squeeze(word)
        )
        self.titles = tuple({_title(word) for table in heads for word in table.title})

    def is_column(self, text: str) -> bool:
        """Whether a text is the head of a column, with hints behind it or without."""
        return bool(text.strip()) and plain(text) in self.captions

    def is_title(self, line: TextLine) -> bool:
        """Whether a line begins with a table's title; what follows may be on further lines."""
        return bool(line.text) and _title(line.text).startswith(self.titles)

    def count(self, cells: Sequence[HeadCell]) -> int:
        """How many cells are heads of columns."""
        return sum(plain(joined(cell.line.runs)) in self.captions for cell in cells)


def plain(text: str) -> str:
    """A head's text as heads are compared: squeezed, without dashes, numbers' points and hints in brackets."""
    squeezed = squeeze(text)
    return re.sub(r"[-.:,]", "", _HINTS.sub("", squeezed) or squeezed)


def _title(text: str) -> str:
    """The first words of a table's title, whatever stands between number and name: `tableinonderivative`."""
    return re.sub(r"[^a-z0-9]", "", squeeze(text))[:TITLE]


TITLE = len("tableinonderivative")


# --- columns without pipes


def columns_of(line: TextLine) -> list[int]:
    """The left ends of the columns that a line of `<S>` and `<C>` tags, or of runs of dashes, sets; none for others."""
    marks = [place for name, place in line.tags if name in ("<S>", "<C>")]
    if LEAST_DASHES <= len(marks) <= MOST_COLUMNS:
        return marks
    runs = [match.start() for match in _DASHES.finditer(line.text)]
    return (
        runs if LEAST_DASHES <= len(runs) <= MOST_COLUMNS and is_ruling(line.text) and " " in line.text.strip() else []
    )


_DATED = re.compile(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b")
# Characters of a head's line at most that shows where its column is; those of groups are longer: "Securities Acquired
# (A)" has 23, "Beneficially" 12.
LONGEST_LINE_OF_HEAD = 15


def is_row(line: TextLine) -> bool:
    """Whether a line is surely one of values: there is a date on it, among other pieces."""
    return _DATED.search(line.text) is not None and len(pieces_of(line)) > 2


def gutters(head: Sequence[TextLine], body: Sequence[TextLine]) -> list[int]:
    """Where the columns begin that rows and the lowest line of heads show; and beside these, other short heads."""
    rows = [pieces for line in body if not is_ruling(line.text) and len(pieces := pieces_of(line)) > 1]  # else prose
    heads = [pieces_of(line) for line in reversed(head)]
    lowest = next((pieces for pieces in heads if len(pieces) >= LEAST_DASHES), [])
    ink = {place for pieces in (*rows, lowest) for piece in pieces for place in range(piece.start, piece.end)}
    for piece in (piece for pieces in heads for piece in pieces):
        around = range(piece.start - 1, piece.end + 1)
        if piece.end - piece.start <= LONGEST_LINE_OF_HEAD and ink.isdisjoint(around):
            ink |= set(range(piece.start, piece.end))
    return sorted(place for place in ink if place - 1 not in ink)


def under_columns(lines: Sequence[TextLine], edges: Sequence[int], known: Known) -> list[HeadCell]:
    """The heads over columns [edges[i], edges[i + 1]) that no pipes part.

    What stands over one column is its head, from the line on from which it is a known caption; what stands above that,
    or over several columns, heads groups.
    """
    columns: list[list[Piece]] = [[] for _ in edges[1:]]
    groups: list[tuple[int, int, Piece]] = []
    for line in lines:
        for piece in _parted(line, edges):
            first, end = mostly(piece, edges)
            if end - first == 1:
                columns[first].append(piece)
            elif end > first:
                groups.append((first, end, piece))
    found = [HeadCell(first, end, 0, 1, wrapped(pieces, heads=True)) for first, end, pieces in _joined(groups)]
    rows = 1 + bool(found)
    for index, pieces in enumerate(columns):
        begin = next((at for at in range(len(pieces)) if known.is_column(_text(pieces[at:]))), 0)
        if begin:
            found.append(HeadCell(index, index + 1, 0, 1, wrapped(pieces[:begin], heads=True)))
        if pieces:
            found.append(HeadCell(index, index + 1, rows - 1, 1, wrapped(pieces[begin:], heads=True)))
    return found


def _text(pieces: Sequence[Piece]) -> str:
    return joined(wrapped(pieces, heads=True).runs)


def _joined(groups: list[tuple[int, int, Piece]]) -> list[tuple[int, int, list[Piece]]]:
    """Groups that overlie no other one: what stands over columns of one that was met before belongs to that."""
    found: list[tuple[int, int, list[Piece]]] = []
    for first, end, piece in groups:
        over_it = next((pieces for left, right, pieces in found if left < end and first < right), None)
        if over_it is None:
            found.append((first, end, [piece]))
        else:
            over_it.append(piece)
    return found


def _parted(line: TextLine, edges: Sequence[int]) -> Iterator[Piece]:
    """The pieces of a line, parted further where a number begins another head and where a column begins."""
    if is_ruling(line.text):
        return
    for piece in pieces_of(line):
        starts = {piece.start, *(match.end() for match in _NUMBERED.finditer(line.text, piece.start, piece.end))}
        starts |= {edge for edge in edges if piece.start < edge < piece.end and line.text[edge - 1] in " )"}
        ordered = [*sorted(starts), piece.end]
        for start, end in itertools.pairwise(ordered):
            text = line.text[start:end].rstrip()
            if text and not is_closing(text):
                yield Piece(line, start, start + len(text))


def over(piece: Piece, edges: Sequence[int]) -> tuple[int, int]:
    """The columns [first, end) that a piece stands in, in part or whole."""
    there = [at for at in range(len(edges) - 1) if piece.start < edges[at + 1] and edges[at] < piece.end]
    return (there[0], there[-1] + 1) if there else (0, 0)


# Characters by which a head may reach into the column beside its own: its lines are not set flush.
ASIDE = 3
MOSTLY = 0.7  # share of it that then stands in its own column


def mostly(piece: Piece, edges: Sequence[int]) -> tuple[int, int]:
    """The columns of a head; the one that it stands in but for a few characters."""
    first, end = over(piece, edges)
    shares = {at: min(piece.end, edges[at + 1]) - max(piece.start, edges[at]) for at in range(first, end)}
    length = piece.end - piece.start
    best = max(shares, key=shares.__getitem__, default=first)
    if shares and length - shares[best] <= ASIDE and shares[best] >= MOSTLY * length:
        return best, best + 1
    return first, end


def numbers_of(cells: Sequence[HeadCell]) -> set[int]:
    """The items' numbers that the heads begin with: 1 to 7 in Table I, 1 to 11 in Table II."""
    return {int(match[1]) for cell in cells if (match := _NUMBER.match(cell.text))}
