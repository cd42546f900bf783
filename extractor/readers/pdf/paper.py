"""The bytes of a PDF in; pictures of its pages out, and what the reader found drawn on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.layout.bbox import BBox
from extractor.layout.paper import Drawn, PagedPaper
from extractor.readers.heads import TableHeads
from extractor.readers.pdf.page import page_picture, page_sizes, read_pages
from extractor.readers.pdf.reader import take_apart, texts_of
from extractor.readers.pdf.rulings import rulings_of, without_underlines

if TYPE_CHECKING:
    from PIL.Image import Image


class PdfPaper(PagedPaper):
    """A PDF to look at; `table_heads` are the captions that its layout was read with."""

    __slots__ = ("data", "table_heads")  # made for every document read, so no dataclass, which takes longer to import

    def __init__(self, data: bytes, table_heads: tuple[TableHeads, ...] = ()) -> None:
        self.data = data
        self.table_heads = table_heads

    def sizes(self) -> tuple[tuple[float, float], ...]:
        return page_sizes(self.data)

    def picture(self, page: int, scale: float) -> Image:
        from PIL import Image

        width, height, rows = page_picture(self.data, page, scale)
        return Image.frombuffer("RGB", (width, height), rows, "raw", "BGRX", 0, 1)

    def drawn(self, page: int) -> Drawn:
        pages, _ = read_pages(self.data)
        if not 1 <= page <= len(pages):
            raise IndexError(f"page {page} of {len(pages)}")
        texts, habits = texts_of(pages)
        ink, words = pages[page - 1], texts[page - 1]
        across, down = rulings_of(without_underlines(ink.shapes, words), ink.height)
        lines = [BBox(each.start, each.at, each.end, each.at) for each in across]
        lines += [BBox(each.at, each.start, each.at, each.end) for each in down]
        grids, _, _ = take_apart(ink, words, self.table_heads, habits)
        cells = [BBox(*grid.bounds(region)[:4]) for grid in grids for region in grid.regions]
        return Drawn(tuple(lines), tuple(cells))
