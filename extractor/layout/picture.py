"""A layout and a page's number in; a picture of the page out, with what was seen on it drawn in, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.errors import UnsupportedFormat
from extractor.layout.canvas import SCALE, Ink, Mark, drawn_on
from extractor.layout.location import PdfLocation
from extractor.layout.paper import PagedPaper
from extractor.layout.sheet import Layout
from extractor.layout.text import Run, Tick, parts_of

if TYPE_CHECKING:
    from PIL.Image import Image

RULING = Ink("rulings", (214, 39, 40), fill=200)
CELL = Ink("cells", (31, 119, 180), fill=18, width=2)
WORDS = Ink("texts", (120, 120, 120), fill=20)
MARK = Ink("raised marks", (148, 52, 190), fill=70)
TICK = Ink("ticks", (20, 140, 60), fill=80)
ISSUE = Ink("issues", (230, 110, 0), fill=60, width=3)


def picture_of(layout: Layout, page: int) -> Image:
    """All that was seen on a page. Raises as `Layout.show` does."""
    paper = paged(layout)
    return drawn_on(
        paper.picture(page, SCALE), SCALE, [*cells(paper, page), *words(layout, page), *doubts(layout, page)]
    )


def rulings_of(layout: Layout, page: int) -> Image:
    """The rulings of a page. Raises as `Layout.show` does."""
    paper = paged(layout)
    return drawn_on(paper.picture(page, SCALE), SCALE, [Mark(box, RULING) for box in paper.drawn(page).rulings])


def cells_of(layout: Layout, page: int) -> Image:
    """The cells of a page and the texts in them. Raises as `Layout.show` does."""
    paper = paged(layout)
    return drawn_on(paper.picture(page, SCALE), SCALE, [*cells(paper, page), *words(layout, page)])


def paged(layout: Layout) -> PagedPaper:
    """The pages behind a layout; UnsupportedFormat where it has none."""
    if isinstance(layout.paper, PagedPaper):
        return layout.paper
    raise UnsupportedFormat("has no pages that could be drawn", hint="draw a PDF; `extractor review` shows HTML pages")


def cells(paper: PagedPaper, page: int) -> Iterator[Mark]:
    """The cells and rulings of a page."""
    drawn = paper.drawn(page)
    yield from (Mark(box, CELL) for box in drawn.cells)
    yield from (Mark(box, RULING) for box in drawn.rulings)


def words(layout: Layout, page: int) -> Iterator[Mark]:
    """The texts, raised marks and ticks of a page."""
    for part in parts_of(list(layout.lines())):
        if isinstance(part.at, PdfLocation) and part.at.page == page:
            yield Mark(part.at.bbox, TICK if isinstance(part, Tick) else _ink_of(part))


def doubts(layout: Layout, page: int) -> Iterator[Mark]:
    """The issues of a page."""
    for issue in layout.issues:
        label = issue.code.value
        for place in issue.at:
            if isinstance(place, PdfLocation) and place.page == page:
                yield Mark(place.bbox, ISSUE, label)
                label = ""


def _ink_of(run: Run) -> Ink:
    return MARK if run.style.raised else WORDS
