"""A picture of a page and boxes in points in; the picture with the boxes, their labels and a legend drawn in out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from extractor.layout.bbox import BBox

SCALE = 2.0  # pixels a point: 144 dpi, at which the 6 point print of table heads can be read
_LEGEND = 26  # pixels a line of the legend is high
_FONT = 15  # pixels
_SMALL = 11  # pixels, of labels at boxes
_LEAST = 3  # pixels: a box of a ruling is drawn at least so wide


class Ink(NamedTuple):
    """How a kind of box is drawn: its name in the legend, its colour, how dense its inside is (0 to 255)."""

    name: str
    colour: tuple[int, int, int]
    fill: int = 40
    width: int = 1


class Mark(NamedTuple):
    """A box to draw, and what to write at it."""

    box: BBox
    ink: Ink
    label: str = ""


def drawn_on(picture: Image.Image, scale: float, marks: Sequence[Mark]) -> Image.Image:
    """`picture`, at `scale` pixels a point, under the marks, above a legend of the inks that were used."""
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    small = ImageFont.load_default(_SMALL)
    for box, ink, _ in marks:
        x0, y0, x1, y1 = (round(value * scale) for value in box)
        edges = (x0, y0, max(x1, x0 + _LEAST), max(y1, y0 + _LEAST))
        pen.rectangle(edges, (*ink.colour, ink.fill), (*ink.colour, 220), ink.width)
    for box, ink, label in marks:
        if label:
            pen.text((round(box.x1 * scale) + 1, round(box.top * scale) - _SMALL), label, (*ink.colour, 255), small)
    page = Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")
    return _with_legend(page, list(dict.fromkeys(mark.ink for mark in marks)), marks)


def _with_legend(page: Image.Image, inks: Sequence[Ink], marks: Iterable[Mark]) -> Image.Image:
    if not inks:
        return page
    counts = dict.fromkeys(inks, 0)
    for mark in marks:
        counts[mark.ink] += 1
    font = ImageFont.load_default(_FONT)
    whole = Image.new("RGB", (page.width, page.height + _LEGEND), "white")
    whole.paste(page, (0, 0))
    pen = ImageDraw.Draw(whole)
    x, y = 8.0, page.height + (_LEGEND - _FONT) // 2
    for ink in inks:
        pen.rectangle((x, y, x + _FONT, y + _FONT), ink.colour)
        told = f"{counts[ink]} {ink.name}"
        pen.text((x + _FONT + 5, y - 1), told, "black", font)
        x += _FONT + 24 + pen.textlength(told, font)
    return whole
