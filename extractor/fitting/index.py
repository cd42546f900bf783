"""From a layout to all its grids with their cells' squeezed texts, computed once for everything that is searched."""

from __future__ import annotations

from typing import NamedTuple

from extractor.layout import Block, Cell, Grid, Layout, Line, Run, squeeze


class IndexedGrid(NamedTuple):
    """A grid and its filled cells, each with its squeezed text, in reading order."""

    grid: Grid
    cells: tuple[tuple[Cell, str], ...]


def index_grids(layout: Layout) -> tuple[IndexedGrid, ...]:
    """Every grid of the layout, outer before inner."""
    found: list[IndexedGrid] = []
    _index(layout.blocks, found)
    return tuple(found)


def _index(blocks: tuple[Block, ...], found: list[IndexedGrid]) -> str:
    """Adds the grids in `blocks` to `found` and returns the squeezed text of all: cells hold grids that hold cells."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            texts += [
                squeeze(part.text) for segment in block.segments for part in segment.parts if isinstance(part, Run)
            ]
            continue
        place = len(found)
        found.append(IndexedGrid(block, ()))
        cells = tuple([(cell, _index(cell.blocks, found)) for cell in block.cells if cell.blocks])
        found[place] = IndexedGrid(block, cells)
        texts += [text for _, text in cells]
    return texts[0] if len(texts) == 1 else "".join(texts)
