"""Small ruled boxes and small pictures in; ticks out, as words without text that stand where the box stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.layout import PLAIN
from extractor.layout.text import TickState
from extractor.readers.pdf.ink import Picture
from extractor.readers.pdf.rulings import Rulings, extent
from extractor.readers.pdf.words import MIDDLE, TICK_GLYPHS, Word

# points, width and height of a ruled check box: 2.4 (empty, collapsed) to 15 seen
BOX: Final[tuple[float, ...]] = (2.0, 20.0)
BOX_TEXT: Final = 12.0  # size in points that a box counts for at most among text
CROSSES: Final = frozenset(
    {"X", "x", "V", "v", "*", *(glyph for glyph, state in TICK_GLYPHS.items() if state == "ticked")}
)
FIRST: Final = 1000  # number of the first picture; ruled boxes come before
BORDER: Final = 0.2  # of the width, on each side: a picture's border, left out when looking for a mark
INK: Final = 110  # luminance under which a pixel is a mark's: marks 43-85, empty boxes 176 and more
SHADE: Final = 150  # luminance over which a pixel is the empty box's shading
MARKED: Final = 0.04  # share of dark pixels that makes a mark: 0.17 seen, 0 in an empty box


def ruled_boxes(
    groups: Sequence[Rulings], words: list[Word], page: int
) -> tuple[list[Rulings], list[Word], list[Word]]:
    """The groups that are tables, the check boxes among the rest as words, and the words that are no box's cross."""
    tables: list[Rulings] = []
    boxes: list[Word] = []
    for group in groups:
        x0, top, x1, bottom = extent(group)
        if max(x1 - x0, bottom - top) > BOX[1]:
            tables.append(group)
            continue
        inside = [
            word for word in words if x0 < (word.x0 + word.x1) / 2 < x1 and top < (word.top + word.bottom) / 2 < bottom
        ]
        if min(x1 - x0, bottom - top) < BOX[0] or any(word.text not in CROSSES for word in inside):
            continue
        words = [word for word in words if word not in inside] if inside else words
        boxes.append(box_word("ticked" if inside else "empty", (x0, top, x1, bottom), page, len(boxes)))
    return tables, boxes, words


def picture_boxes(pictures: Sequence[Picture], page: int) -> list[Word]:
    """Small pictures as ticks."""
    return [box_word(state_of(picture), picture[:4], page, FIRST + at) for at, picture in enumerate(pictures)]


def state_of(picture: Picture) -> TickState:
    """Whether a picture of a check box shows a mark inside its border."""
    width = picture.width
    height = len(picture.pixels) // width if width else 0
    if min(width, height) < 5:
        return "unclear"
    left, top = round(width * BORDER), round(height * BORDER)
    inner = [
        value
        for row in range(top, height - top)
        for value in picture.pixels[row * width + left : (row + 1) * width - left]
    ]
    dark = sum(value < INK for value in inner) / len(inner)
    if dark > 0.6:
        return "unclear"  # a filled square says nothing
    if dark >= MARKED:
        return "ticked"
    return "empty" if min(inner) > SHADE else "unclear"


def box_word(state: TickState, box: tuple[float, float, float, float], page: int, number: int) -> Word:
    """A check box as a word whose ink is centred on the box; it stands before all text in the file, by `number`."""
    x0, top, x1, bottom = box
    size = min(bottom - top, BOX_TEXT) / 0.92  # a word's ink is 0.92 of its size high
    y = (top + bottom) / 2 + MIDDLE * size
    return Word(x0, x1, y, y, size, "", PLAIN, page, -1 - number, tick=state)
