"""A pdfium made up of a few characters and objects, to be asked as the real one is, so that each answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import CFUNCTYPE, POINTER, c_double, c_float, c_int, c_uint, c_void_p, cast
from typing import Any, NamedTuple

from extractor.readers.pdf.bulk_ctypes import PATH


class Letter(NamedTuple):
    """A character, its origin, its text object (0: none), and whether pdfium made it up."""

    text: str
    x: float = 0.0
    y: float = 0.0
    one: int = 0
    generated: bool = False


class Ink(NamedTuple):
    """A text object: size, third and fourth number of its matrix, font, colour, id of its marked content."""

    size: float = 8.0
    sheared: float = 0.0
    scaled: float = 1.0
    font: int = 70
    colour: tuple[int, int, int] = (0, 0, 0)
    content: int = -1


class Drawing(NamedTuple):
    """A page object: kind, box in page space, whether filled and stroked, its colours' channels, its segments."""

    kind: int = PATH
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    filled: bool = True
    stroked: bool = False
    fill: tuple[int, int, int, int] = (0, 0, 0, 255)
    stroke: tuple[int, int, int, int] = (0, 0, 0, 255)
    segments: int = 5


def free(function: Any) -> Any:
    """A function as pdfium's are declared: no types of arguments, no result where nobody looks at it."""
    return CFUNCTYPE(None)(cast(function, c_void_p).value)  # type: ignore[arg-type]


def written(numbers: Sequence[float], places: Sequence[Any]) -> int:
    for number, place in zip(numbers, places, strict=False):
        place[0] = number
    return 1


class Pdfium:
    """A page of letters, drawn by text objects, and of drawings; whose handles are numbers from 1000 on."""

    def __init__(self, letters: Sequence[Letter] = (), inks: Sequence[Ink] = (), drawings: Sequence[Drawing] = ()):
        p, i, d, u = c_void_p, c_int, c_double, c_uint
        fours = [POINTER(u)] * 4
        drawn = dict(enumerate(drawings, 1000))

        def origin(_, at, x, y):  # type: ignore[no-untyped-def]
            return written((letters[at].x, letters[at].y), (x, y)) if letters[at].x >= 0 else 0

        def box(_, at, left, right, low, high):  # type: ignore[no-untyped-def]
            x, y = letters[at].x, letters[at].y
            return written((x, x + 4, y - 1, y + 6), (left, right, low, high))

        def matrix(_, at, out):  # type: ignore[no-untyped-def]
            ink = inks[letters[at].one - 1]
            out[2], out[3] = ink.sheared, ink.scaled
            return 1

        kept = self.kept = {
            "FPDFText_GetUnicode": CFUNCTYPE(u, p, i)(lambda _, at: ord(letters[at].text)),
            "FPDFText_GetText": CFUNCTYPE(i, p, i, i, p)(lambda *_: 0),
            "FPDFText_GetCharOrigin": CFUNCTYPE(i, p, i, POINTER(d), POINTER(d))(origin),
            "FPDFText_GetCharBox": CFUNCTYPE(i, p, i, *[POINTER(d)] * 4)(box),
            "FPDFText_GetTextObject": CFUNCTYPE(p, p, i)(lambda _, at: letters[at].one),
            "FPDFText_IsGenerated": CFUNCTYPE(i, p, i)(lambda _, at: letters[at].generated if at >= 0 else -1),
            "FPDFText_GetFontSize": CFUNCTYPE(d, p, i)(lambda _, at: inks[letters[at].one - 1].size),
            "FPDFText_GetMatrix": CFUNCTYPE(i, p, i, POINTER(c_float))(matrix),
            "FPDFText_GetFillColor": CFUNCTYPE(i, p, i, *fours)(
                lambda _, at, *out: written((*inks[letters[at].one - 1].colour, 255), out)
            ),
            "FPDFTextObj_GetFont": CFUNCTYPE(p, p)(lambda one: inks[one - 1].font),
            "FPDFPageObj_GetMarkedContentID": CFUNCTYPE(i, p)(lambda one: inks[one - 1].content if one else -1),
            "FPDFPage_GetObject": CFUNCTYPE(p, p, i)(lambda _, at: 1000 + at if drawings[at].kind else None),
            "FPDFPageObj_GetType": CFUNCTYPE(i, p)(lambda one: drawn[one].kind),
            "FPDFPageObj_GetBounds": CFUNCTYPE(i, p, *[POINTER(c_float)] * 4)(
                lambda one, *out: written(drawn[one].box, out)
            ),
            "FPDFPath_GetDrawMode": CFUNCTYPE(i, p, POINTER(i), POINTER(i))(
                lambda one, *out: written((drawn[one].filled, drawn[one].stroked), out)
            ),
            "FPDFPageObj_GetFillColor": CFUNCTYPE(i, p, *fours)(lambda one, *out: written(drawn[one].fill, out)),
            "FPDFPageObj_GetStrokeColor": CFUNCTYPE(i, p, *fours)(lambda one, *out: written(drawn[one].stroke, out)),
            "FPDFPath_CountSegments": CFUNCTYPE(i, p)(lambda one: drawn[one].segments),
        }
        for name, function in kept.items():
            setattr(self, name, free(function) if function._restype_ is i and "Get" in name else function)
        for name in ("FPDFPageObj_GetType", "FPDFPageObj_GetMarkedContentID", "FPDFText_GetText"):
            setattr(self, name, kept[name])
