"""From a layout to all its grids with their cells' squeezed texts, computed once for everything that is searched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.layout import Block, Cell, Grid, Layout, squeeze, texts_of


class IndexedGrid(NamedTuple):
    """A grid and its filled cells, each with its squeezed text, in reading order."""

    grid: Grid
    cells: tuple[tuple[Cell, str], ...]


def index_grids(layout: Layout) -> tuple[IndexedGrid, ...]:
    """Every grid of the layout, outer before inner."""
    return tuple(_indexed(layout.blocks))


def _indexed(blocks: tuple[Block, ...]) -> Iterator[IndexedGrid]:
    for block in blocks:
        if isinstance(block, Grid):
            filled = tuple(cell for cell in block.cells if cell.blocks)
            yield IndexedGrid(block, tuple((cell, squeeze("".join(texts_of(cell.blocks)))) for cell in filled))
            for cell in filled:
                yield from _indexed(cell.blocks)
