"""From the bytes of a text to its layout: tables and lattices as grids, items side by side as columns, else lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.issues import Code, Issue
from extractor.layout import Block, Cell, Grid, Layout, Sheet
from extractor.readers.heads import TableHeads
from extractor.readers.text.heads import Known
from extractor.readers.text.pieces import Piece, line_of, pieces_of, undrawn
from extractor.readers.text.sheets import LONGEST_LINE, TextLine, lines_of_text
from extractor.readers.text.tables import FoundGrid, grids_in

# What a printing is told by: no other kind of document says so of itself.
SETTING = "fixed pitch"

# How an item begins: its number, a point, a word.
_ITEM = re.compile(r"\d{1,2}[A-Za-z]?\.(?:\s*[A-Z]|$)")
# Characters by which the lines of an item may begin left of its number.
ASIDE = 2


def read(data: bytes, table_heads: Sequence[TableHeads] = (), kind: str = "text") -> Layout:
    """The layout of a text. `table_heads` are the captions that its tables are told by.

    Raises SourceTooLarge for more lines than are read.
    """
    lines = lines_of_text(data)
    known = _known(tuple(table_heads))
    grids = grids_in(lines, known) if kind == "text" else []
    issues = [issue for each in grids for issue in each.issues]
    if any(line.cut or len(line.text) > LONGEST_LINE for line in lines):
        issues.append(Issue(Code.TEXT_LOST, "", f"a line is longer than {LONGEST_LINE} characters"))
    if any("\ufffd" in line.text for line in lines):
        issues.append(Issue(Code.TEXT_LOST, "", "some characters could not be read"))
    sheets: list[list[Block]] = [[] for _ in range(lines[-1].sheet)]
    for start, block in _blocks(lines, grids, known):
        sheets[lines[start].sheet - 1].append(block)
    properties = {"format": kind, "setting": SETTING}
    return Layout(tuple(Sheet(tuple(blocks)) for blocks in sheets), properties, tuple(issues))


@lru_cache(maxsize=4)
def _known(heads: tuple[TableHeads, ...]) -> Known:
    """What is known of heads, compiled once for all texts: it takes a third of the time of reading one."""
    return Known(heads)


def _blocks(lines: Sequence[TextLine], grids: Sequence[FoundGrid], known: Known) -> Iterator[tuple[int, Block]]:
    """The blocks with the lines they begin at."""
    place = 0
    for each in (*grids, None):
        until = len(lines) if each is None else each.start
        yield from _prose(lines, place, until, known)
        if each is not None:
            yield each.start, each.grid
            for gap in each.gaps:
                yield from _prose(lines, gap.start, gap.stop, known)
            place = each.end


def _prose(lines: Sequence[TextLine], start: int, end: int, known: Known) -> Iterator[tuple[int, Block]]:
    """Lines outside of tables; where items stand side by side, a column after the other."""
    band = _band(lines, start, end, known)
    for place in range(start, end):
        if band is not None and place == band[0]:
            yield place, _columns(lines[band[0] : band[1]], band[2])
        if band is None or not band[0] <= place < band[1]:
            pieces = undrawn(lines[place])
            if pieces:
                yield place, line_of(pieces)


def _band(lines: Sequence[TextLine], start: int, end: int, known: Known) -> tuple[int, int, list[int]] | None:
    """The lines on which items stand side by side, and where their columns begin; None where they do not."""
    first, last = None, end
    begins: set[int] = set()
    for place in range(start, end):
        if known.is_title(lines[place]):
            last = place
            break
        items = [piece.start for piece in pieces_of(lines[place]) if _ITEM.match(piece.text)]
        if len(items) > 1:
            first = place if first is None else first
        if first is not None:
            begins |= set(items)
    if first is None:
        return None
    columns: list[int] = []
    for begin in sorted(begins):
        if not columns or begin - columns[-1] > ASIDE:
            columns.append(begin)
    return first, last, columns


def _columns(lines: Sequence[TextLine], begins: Sequence[int]) -> Grid:
    """The lines in columns: what begins right of a column's begin, and left of the next, belongs to it."""
    columns: list[list[Block]] = [[] for _ in begins]
    for line in lines:
        parted: list[list[Piece]] = [[] for _ in begins]
        for piece in undrawn(line):
            at = max((number for number, begin in enumerate(begins) if begin - ASIDE <= piece.start), default=0)
            parted[at].append(piece)
        for number, pieces in enumerate(parted):
            if pieces:
                columns[number].append(line_of(pieces))
    return Grid(tuple(Cell(0, number, 1, 1, tuple(blocks)) for number, blocks in enumerate(columns)), ruled=False)
