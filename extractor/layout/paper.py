"""What a layout keeps of its document so that people can look at it: pictures of pages, or markup that is safe to show.

The readers know how to draw their kind of document; the layout only hands it on, so that `Layout.show` and the review
page need no engine of their own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from extractor.layout.bbox import BBox

if TYPE_CHECKING:
    from PIL.Image import Image


class Drawn(NamedTuple):
    """What was found drawn on a page, in points: rulings as thin boxes, and the cells that they enclose."""

    rulings: tuple[BBox, ...]
    cells: tuple[BBox, ...]


class PagedPaper(ABC):
    """A document of pages with a size; pages count from 1. Numbers of no page raise IndexError."""

    @abstractmethod
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of every page, in points."""

    @abstractmethod
    def picture(self, page: int, scale: float) -> Image:
        """The page as RGB, `scale` pixels a point. Raises SourceError where it cannot be drawn."""

    @abstractmethod
    def drawn(self, page: int) -> Drawn:
        """The rulings and cells of the page, before tables are joined over page breaks."""


class MarkupPaper(ABC):
    """A document of markup, without a size of its own."""

    @abstractmethod
    def page(self, marked: Mapping[str, str]) -> str:
        """The page as HTML that runs nothing and fetches nothing.

        `marked` names elements by their path; each bears its name as the attribute `data-place`.
        """


Paper = PagedPaper | MarkupPaper
