"""What the ink of a PDF's pages is given as: pieces of text, thin shapes, small pictures and links; and
the limits of reading it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from extractor.layout import Style

MAX_BYTES: Final = 50 * 1024 * 1024  # the largest ownership form seen is 1.2 MB
MAX_PAGES: Final = 300  # 8 seen, with exhibits 40
MAX_CHARACTERS: Final = 200_000  # a page; 9,000 seen
MAX_OBJECTS: Final = 200_000  # a page; 6,000 seen
MAX_FORM_DEPTH: Final = 8  # Form XObjects inside each other; 1 seen (EO.Pdf)
MAX_SEGMENTS: Final = 4_000  # points of one path that are looked at one by one; 5 is the rule
RECTANGLE: Final = 5  # segments of a rectangle: a path that is only filled and has no more is an area
WHITE: Final = 250  # of 255, in every channel: ink nobody sees
THIN: Final = 2.6  # points; drawn rules are 0.2-1.5 thick, check boxes at least 5 high
# A side of a letter's slant ÷ the other from which text runs slantwise, 20 degrees or more: faked italics have 0.27.
SLANT: Final = 0.36
SMALL_PICTURE: Final[tuple[float, ...]] = (4.0, 24.0)  # points, both ways: a picture that can be a check box (10 seen)

# A city and the code of its state in two cells that touch, as large fonts make them (VANCOUVERA1): what may be so, and
# the length of the code. A tagged PDF tells by the ids of its marked content whether it is.
TOUCHING: Final = re.compile(r"[^\W\d]{2,}[A-Z][A-Z0-9]")
STATE_CODE: Final = 2

# What stands between a run of letters and the one before it: nothing at all, or white space whose last character pdfium
# made up, a line break, a space before that. They are added up.
ADJACENT: Final = 1
GENERATED: Final = 2
NEW_LINE: Final = 4
SPACE_FIRST: Final = 8

# What some printers (MuPDF) say that a glyph is, and what it is: a hyphen that is drawn is not soft, and the others
# are canonically the same character in Unicode.
SAME: Final = str.maketrans({"\u00ad": "-", "\u037e": ";", "\u0387": "·", "\u2126": "Ω", "\u212a": "K", "\u212b": "Å"})


class Piece(NamedTuple):
    """Characters without white space on one baseline, next to each other in the file.

    `xs` are the origins of the characters, `x1` the right end of the last one's ink, `y` the baseline; `before` is what
    stood in front in the file: nothing, " " a drawn space, "\t" a jump of the pen that is as wide as one, or "\n" a new
    line; `after` is true if a drawn space follows before the line ends.
    """

    text: str
    xs: tuple[float, ...]
    x1: float
    y: float
    size: float
    style: Style
    before: str
    after: bool


class Shape(NamedTuple):
    """A thin filled or stroked shape: one piece of a ruling."""

    x0: float
    top: float
    x1: float
    bottom: float


class Picture(NamedTuple):
    """A small picture: its box and its pixels' luminance (0 black, 255 white), `width` to a row."""

    x0: float
    top: float
    x1: float
    bottom: float
    width: int
    pixels: bytes


class Link(NamedTuple):
    """A rectangle that leads to `uri`."""

    x0: float
    top: float
    x1: float
    bottom: float
    uri: str


class PageInk(NamedTuple):
    """What is drawn on page `number` (from 1), `width` × `height` points as displayed, its text upright.

    `slanted` is the text that runs slantwise, as watermarks do; it is in no piece. `told`: its letters
    are not set by their own widths, and blanks between them were told all the same; `unclear`: not for certain.
    """

    number: int
    width: float
    height: float
    pieces: list[Piece]
    shapes: list[Shape]
    pictures: list[Picture]
    links: list[Link]
    slanted: str = ""
    told: bool = False
    unclear: bool = False
