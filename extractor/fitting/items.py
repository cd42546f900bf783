"""From the grid of numbered boxes to what stands in each: the part of a column between one caption and the next.

A printing may give an item one cell or several (EDGAR Online sets name, street and city in cells of their own), so
cells are taken column by column, and a column is cut at the captions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.fitting.captions import Captions, skip_hints
from extractor.fitting.index import IndexedGrid
from extractor.fitting.stream import Piece, Stream, pieces_of
from extractor.layout import Block


class Item(NamedTuple):
    """An item's content: the pieces behind its caption, in a stream of their own."""

    name: str
    stream: Stream


# Different items that must begin a cell before a grid is taken for the grid of items: no other grid of the form has
# more than one (the blocks of joint owners repeat item 1 alone).
LEAST_ITEMS = 3


def find_items(grids: tuple[IndexedGrid, ...], whole: Stream, captions: Captions) -> dict[str, Item]:
    """The items on the page by name; what is not there is not in the result.

    `whole` is the page as one stream: it is searched where no grid holds the items.
    """
    best: tuple[int, IndexedGrid] | None = None
    every = tuple(word for words in captions.items.values() for word in words)
    for each in grids:
        texts = [text for _, text in each.cells if text.startswith(every)]
        begun = sum(any(text.startswith(words) for text in texts) for words in captions.items.values())
        if begun >= LEAST_ITEMS and (best is None or begun >= best[0]):  # the innermost of equals
            best = (begun, each)
    streams = [Stream(column) for column in _columns(best[1], captions)] if best else [whole]
    if captions.converted:  # which may have put some of the items into a grid and left others outside
        streams.append(whole)
    items: dict[str, Item] = {}
    for stream in streams:
        for item in _cut_items(stream, captions):
            items.setdefault(item.name, item)
    return items


def _columns(indexed: IndexedGrid, captions: Captions) -> Iterator[list[Piece]]:
    """The pieces of the cells above the first table, column by column (a column: cells with one left edge).

    The SEC's paper form sets the table's title beside the last row of item 1.
    """
    titles = captions.tables["table_1"].titles
    title = next((cell for cell, text in indexed.cells if text.startswith(titles)), None)
    end = indexed.grid.n_rows if title is None else title.row + title.row_span
    columns: dict[int, list[Block]] = {}
    for cell, _ in indexed.cells:
        if cell.row < end and cell is not title:
            columns.setdefault(cell.col, []).extend(cell.blocks)
    for col in sorted(columns):
        yield pieces_of(columns[col])


def _cut_items(stream: Stream, captions: Captions) -> Iterator[Item]:
    """The items of a column: each from behind its caption to the next caption, a stop, or the first table.

    A caption begins a piece; on a converted page it may stand anywhere, where none begins one.
    """
    places: list[tuple[int, int, str]] = []
    for name, words in captions.items.items():
        hits = stream.find_all(words)
        begun = [hit for hit in hits if stream.begins_piece(hit[0])] or (hits if captions.converted else [])
        places += [(*hit, name) for hit in begun[:1]]
    ends = [hit[0] for words in (captions.tables["table_1"].titles, captions.stops) if (hit := stream.find(words))]
    places.sort()
    for place, (_, end, name) in enumerate(places):
        following = [places[place + 1][0]] if place + 1 < len(places) else []
        until = min((at for at in (*following, *ends) if at >= end), default=len(stream.text))
        begin = skip_hints(stream.text, end, captions.hints)
        if captions.converted and stream.text.startswith(":", begin):
            begin += 1
        yield Item(name, Stream(stream.cut(begin, max(begin, until))))
