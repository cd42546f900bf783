"""The bytes of a PDF in; its layout out."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.issues import Issue
from extractor.layout import Block, Layout, Sheet
from extractor.readers.pdf.arrange import blocks_of
from extractor.readers.pdf.cells import Lattice, lattice_of, tables_of
from extractor.readers.pdf.checkboxes import picture_boxes, ruled_boxes
from extractor.readers.pdf.compose import Bounds, Habits, paragraphs_of
from extractor.readers.pdf.grids import PageGrid, page_grids
from extractor.readers.pdf.page import PageInk, read_pages
from extractor.readers.pdf.rulings import Ruling, groups_of, rulings_of
from extractor.readers.pdf.unruled import TableHeads
from extractor.readers.pdf.words import Word, words_of


def read(data: bytes, table_heads: Sequence[TableHeads] = ()) -> Layout:
    """The layout of a PDF. `table_heads` are the captions by which tables without rulings can be told.

    Raises SourceError: see `page.read_pages`.
    """
    pages, properties = read_pages(data)
    habits = habits_of(pages)
    issues: list[Issue] = []
    sheets: list[Sheet] = []
    for page in pages:
        grids, loose, rules = _take_apart(page)
        sheets.append(Sheet(_sheet_blocks(page, grids, loose, rules, habits)))
    return Layout(tuple(sheets), {"format": "pdf", **properties}, tuple(issues))


def habits_of(pages: Sequence[PageInk]) -> Habits:
    ends = drawn = 0
    for page in pages:
        for piece, following in zip(page.pieces, page.pieces[1:], strict=False):
            if following.before == "\n":
                ends += 1
                drawn += piece.after
    return Habits(keeps_spaces=drawn > 0.2 * ends)


def _take_apart(page: PageInk) -> tuple[list[PageGrid], list[Word], list[Ruling]]:
    words = words_of(page.pieces, page.number, page.links)
    groups, rules = groups_of(rulings_of(page.shapes))
    groups, boxes, words = ruled_boxes(groups, words, page.number)
    boxes += picture_boxes(page.pictures, page.number)
    lattices: list[Lattice] = []
    for group in groups:
        lattices.extend(lattice for table in tables_of(group) if (lattice := lattice_of(table)) is not None)
    grids, loose = page_grids(lattices, [*words, *boxes], rules, page.number)
    return grids, loose, rules


def _sheet_blocks(
    page: PageInk, grids: Sequence[PageGrid], loose: Sequence[Word], rules: Sequence[Ruling], habits: Habits
) -> tuple[Block, ...]:
    items = [grid.compose(habits) for grid in grids]
    right = max([word.x1 for word in loose] + [item.x1 for item in items], default=page.width)
    bounds = Bounds(0.0, 0.0, right, page.height)
    paragraphs = paragraphs_of(loose, bounds, rules, habits) if loose else []
    return blocks_of([*items, *paragraphs])
