"""A whole document as laid out: sheets of blocks in reading order, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.issues import Issue
from extractor.layout.grid import Block, Grid, lines_of
from extractor.layout.text import Line


class Sheet(NamedTuple):
    """A printed page, or a whole HTML page. A grid that goes on over a page break stands on the sheet it starts on."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is on the paper.

    `properties` are the file's own words about itself (`format`, `title`, `producer`, `creator`, `subject`), `issues`
    the doubts that reading left.
    """

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for sheet in self.sheets for block in sheet.blocks)

    def grids(self) -> Iterator[Grid]:
        """The outermost grids in reading order."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield block

    def lines(self) -> Iterator[Line]:
        """All lines, those of grids included, in reading order."""
        yield from lines_of(self.blocks)
