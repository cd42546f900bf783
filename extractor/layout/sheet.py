"""A whole document as laid out: sheets of blocks in reading order, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from extractor.issues import Issue
from extractor.layout.grid import Block, Grid, lines_of
from extractor.layout.text import Line

if TYPE_CHECKING:
    from PIL.Image import Image

    from extractor.layout.paper import Paper


class Sheet(NamedTuple):
    """A printed page, or a whole HTML page. A grid that goes on over a page break stands on the sheet it starts on."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is on the paper.

    `properties` are the file's own words about itself (`format`, `title`, `producer`, `creator`, `subject`), `issues`
    the doubts that reading left, `paper` the document to look at where a reader kept it.
    """

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    paper: Paper | None = field(default=None, repr=False, compare=False)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of all sheets, in reading order."""
        return tuple(block for sheet in self.sheets for block in sheet.blocks)

    def grids(self) -> Iterator[Grid]:
        """The outermost grids in reading order."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield block

    def lines(self) -> Iterator[Line]:
        """All lines, those of grids included, in reading order."""
        yield from lines_of(self.blocks)

    def show(self, page: int = 1) -> Image:
        """A picture of a page of a PDF, counted from 1, with words, marks, ticks, rulings, cells and issues drawn in.

        Raises UnsupportedFormat where the layout is of no PDF and IndexError for the number of no page.
        """
        from extractor.layout.picture import picture_of

        return picture_of(self, page)

    def _repr_html_(self) -> str:
        """What a notebook shows: the number of sheets, grids, lines and ticks, and the beginning of what was seen."""
        from extractor.layout.notebook import summary_of

        return summary_of(self)
