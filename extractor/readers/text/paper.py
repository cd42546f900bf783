"""The bytes of a text in; pictures of its sheets out, in fixed type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.layout.paper import Drawn, PagedPaper
from extractor.readers.text.sheets import HIGH, WIDE, TextLine, lines_of_text

if TYPE_CHECKING:
    from PIL.Image import Image

MARGIN = 2  # characters and lines that are left free at the right and at the foot
SIZE = 0.8  # of a line's height that the type has


class TextPaper(PagedPaper):
    """A text to look at."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data

    def _sheets(self) -> list[list[TextLine]]:
        sheets: list[list[TextLine]] = []
        for line in lines_of_text(self.data):
            while len(sheets) < line.sheet:
                sheets.append([])
            sheets[line.sheet - 1].append(line)
        return sheets

    def sizes(self) -> tuple[tuple[float, float], ...]:
        return tuple(map(_size, self._sheets()))

    def picture(self, page: int, scale: float) -> Image:
        from PIL import Image, ImageDraw, ImageFont

        sheets = self._sheets()
        if not 1 <= page <= len(sheets):
            raise IndexError(f"page {page} of {len(sheets)}")
        width, height = _size(sheets[page - 1])
        picture = Image.new("RGB", (round(width * scale), round(height * scale)), "white")
        pen, font = ImageDraw.Draw(picture), ImageFont.load_default(HIGH * SIZE * scale)
        for line in sheets[page - 1]:
            for column, character in enumerate(line.text):
                if character != " ":  # each by itself: no font of fixed pitch need be there
                    middle = (column + 0.5) * WIDE * scale - pen.textlength(character, font) / 2
                    pen.text((middle, line.number * HIGH * scale), character, "black", font)
        return picture

    def drawn(self, page: int) -> Drawn:
        """Nothing: a text's rulings are characters."""
        if not 1 <= page <= len(self._sheets()):
            raise IndexError(f"page {page}")
        return Drawn((), ())


def _size(lines: list[TextLine]) -> tuple[float, float]:
    longest = max((len(line.text) for line in lines), default=0)
    return (longest + MARGIN) * WIDE, (len(lines) + MARGIN) * HIGH
