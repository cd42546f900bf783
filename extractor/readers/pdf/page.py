"""PDF bytes in; the ink of each page out: pieces of text, thin shapes, small pictures and links, in points from the top left.

The only module that calls pdfium. It does so the fast way: `ctypes.PyDLL` on the shared library that pypdfium2 brings (no lock to
give back and take again), argument types declared once, and the calls that are made for every character or shape driven
by `map` over addresses of one buffer instead of a Python loop. Processes only: pdfium is not thread-safe.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Callable, Iterator
from ctypes import c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_ushort, c_void_p
from functools import cache
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from typing import Any, Final, NamedTuple

from extractor.errors import DamagedSource, EncryptedSource, NoTextLayer, SourceTooLarge
from extractor.layout import PLAIN, Style

MAX_BYTES: Final = 50 * 1024 * 1024  # the largest ownership form seen is 1.2 MB
MAX_PAGES: Final = 300  # 8 seen, with exhibits 40
MAX_CHARACTERS: Final = 200_000  # a page; 9,000 seen
MAX_OBJECTS: Final = 200_000  # a page; 6,000 seen
MAX_FORM_DEPTH: Final = 8  # Form XObjects inside each other; 1 seen (EO.Pdf)
MAX_SEGMENTS: Final = 4_000  # points of one path that are looked at one by one; 5 is the rule
THIN: Final = 2.6  # points; drawn rules are 0.2-1.5 thick, check boxes at least 5 high
TIGHT: Final = (
    0.13  # gap ÷ size under which pdfium's guess of a space is none: 0.1 seen (bearing of "1"), spaces 0.2 and more
)
SMALL_PICTURE: Final = (4.0, 24.0)  # points, both ways: a picture that can be a check box (10 seen)

_IMAGE, _PATH, _FORM = 3, 2, 5  # FPDF_PAGEOBJ_*
_ERR_PASSWORD, _ERR_SECURITY = 4, 5  # FPDF_ERR_*
_SERIF, _ITALIC, _FORCE_BOLD = 2, 64, 1 << 18  # font descriptor flags, ISO 32000-1 table 123
_WHITE: Final = 250  # of 255, in every channel: ink nobody sees

_STRETCH = re.compile(r"\S+")


class Piece(NamedTuple):
    """Characters without white space on one baseline, next to each other in the file.

    `xs` are the origins of the characters, `x1` the right end of the last one's ink, `y` the baseline; `before` is what stood
    in front in the file: nothing, " " a drawn space, "\t" a jump of the pen that is as wide as one, or "\n" a new line; `after`
    is true if a drawn space follows before the line ends.
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
    """What is drawn on page `number` (from 1), `width` × `height` points as displayed."""

    number: int
    width: float
    height: float
    pieces: list[Piece]
    shapes: list[Shape]
    pictures: list[Picture]
    links: list[Link]


def read_pages(data: bytes) -> tuple[list[PageInk], dict[str, str]]:
    """The ink of every page of a PDF, and the file's own words about itself.

    Raises EncryptedSource (needs a password that is not empty), DamagedSource (cannot be opened, no pages, a page cannot be
    loaded), SourceTooLarge (beyond the limits above) and NoTextLayer (not one character on any page).
    """
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"{len(data)} bytes, limit {MAX_BYTES}")
    pdfium = _library()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _load_error(pdfium.FPDF_GetLastError())
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count < 1:
            raise DamagedSource("the PDF has no pages")
        if count > MAX_PAGES:
            raise SourceTooLarge(f"{count} pages, limit {MAX_PAGES}")
        properties = {name.lower(): text for name in _META if (text := _meta_text(pdfium, document, name))}
        properties["pages"] = str(count)
        pages = [_read_page(pdfium, document, index) for index in range(count)]
    finally:
        pdfium.FPDF_CloseDocument(document)
    if not any(page.pieces for page in pages):
        raise NoTextLayer("no page has any characters")
    return pages, properties


# ---------------------------------------------------------------------------------------------------------------------
# the library

_META: Final = ("Title", "Producer", "Creator", "Subject", "Author")

_P, _I, _D, _F = c_void_p, c_int, c_double, c_float
_SIGNATURES: Final[dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "FPDF_InitLibrary": (None, ()),
    "FPDF_LoadMemDocument64": (_P, (c_char_p, c_size_t, c_char_p)),
    "FPDF_GetLastError": (c_ulong, ()),
    "FPDF_CloseDocument": (None, (_P,)),
    "FPDF_GetPageCount": (_I, (_P,)),
    "FPDF_GetMetaText": (c_ulong, (_P, c_char_p, _P, c_ulong)),
    "FPDF_LoadPage": (_P, (_P, _I)),
    "FPDF_ClosePage": (None, (_P,)),
    "FPDF_GetPageBoundingBox": (_I, (_P, _P)),
    "FPDFPage_GetRotation": (_I, (_P,)),
    "FPDFText_LoadPage": (_P, (_P,)),
    "FPDFText_ClosePage": (None, (_P,)),
    "FPDFText_CountChars": (_I, (_P,)),
    "FPDFText_GetText": (_I, (_P, _I, _I, _P)),
    "FPDFText_GetUnicode": (c_uint, (_P, _I)),
    "FPDFText_IsGenerated": (_I, (_P, _I)),
    "FPDFText_GetCharOrigin": (_I, (_P, _I, _P, _P)),
    "FPDFText_GetCharBox": (_I, (_P, _I, _P, _P, _P, _P)),
    "FPDFText_GetTextObject": (_P, (_P, _I)),
    "FPDFText_GetFontSize": (_D, (_P, _I)),
    "FPDFText_GetMatrix": (_I, (_P, _I, _P)),
    "FPDFText_GetFontInfo": (c_ulong, (_P, _I, _P, c_ulong, _P)),
    "FPDFText_GetFillColor": (_I, (_P, _I, _P, _P, _P, _P)),
    "FPDFTextObj_GetFont": (_P, (_P,)),
    "FPDFPage_CountObjects": (_I, (_P,)),
    "FPDFPage_GetObject": (_P, (_P, _I)),
    "FPDFFormObj_CountObjects": (_I, (_P,)),
    "FPDFFormObj_GetObject": (_P, (_P, c_ulong)),
    "FPDFPageObj_GetType": (_I, (_P,)),
    "FPDFPageObj_GetBounds": (_I, (_P, _P, _P, _P, _P)),
    "FPDFPageObj_GetMatrix": (_I, (_P, _P)),
    "FPDFPageObj_GetFillColor": (_I, (_P, _P, _P, _P, _P)),
    "FPDFPageObj_GetStrokeColor": (_I, (_P, _P, _P, _P, _P)),
    "FPDFPath_GetDrawMode": (_I, (_P, _P, _P)),
    "FPDFPath_CountSegments": (_I, (_P,)),
    "FPDFPath_GetPathSegment": (_P, (_P, _I)),
    "FPDFPathSegment_GetPoint": (_I, (_P, _P, _P)),
    "FPDFPathSegment_GetType": (_I, (_P,)),
    "FPDFImageObj_GetBitmap": (_P, (_P,)),
    "FPDFImageObj_GetRenderedBitmap": (_P, (_P, _P, _P)),
    "FPDFBitmap_GetWidth": (_I, (_P,)),
    "FPDFBitmap_GetHeight": (_I, (_P,)),
    "FPDFBitmap_GetStride": (_I, (_P,)),
    "FPDFBitmap_GetFormat": (_I, (_P,)),
    "FPDFBitmap_GetBuffer": (_P, (_P,)),
    "FPDFBitmap_Destroy": (None, (_P,)),
    "FPDFLink_Enumerate": (_I, (_P, _P, _P)),
    "FPDFLink_GetAction": (_P, (_P,)),
    "FPDFLink_GetAnnotRect": (_I, (_P, _P)),
    "FPDFAction_GetURIPath": (c_ulong, (_P, _P, _P, c_ulong)),
}


@cache
def _library() -> Any:
    """The shared library that pypdfium2 installs, ready for use.

    Found without importing pypdfium2: its bindings declare 500 functions and take 45 ms at every start, against 2 ms here.
    """
    spec = find_spec("pypdfium2_raw")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    files = [file for folder in folders for file in sorted(Path(folder).glob("*pdfium.*")) if file.suffix != ".py"]
    if files:
        library = ctypes.PyDLL(str(files[0]))
    else:  # a build that uses the system's library; only its own loader knows where that is
        from pypdfium2_raw import bindings

        library = ctypes.PyDLL(bindings._libs["pdfium"]._name)
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.FPDF_InitLibrary()
    return library


def _load_error(code: int) -> DamagedSource | EncryptedSource:
    if code == _ERR_PASSWORD:
        return EncryptedSource("the PDF needs a password")
    if code == _ERR_SECURITY:
        return EncryptedSource("the PDF's encryption is of an unknown kind")
    return DamagedSource("the PDF cannot be opened")


def _meta_text(pdfium: Any, document: int, name: str) -> str:
    return _wide_text(lambda buffer, size: pdfium.FPDF_GetMetaText(document, name.encode(), buffer, size))


def _wide_text(call: Callable[[Any, int], int]) -> str:
    """A text that pdfium writes as UTF-16LE with a closing zero; asked for twice, first for its length in bytes."""
    size = call(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


# ---------------------------------------------------------------------------------------------------------------------
# one page


class _Frame(NamedTuple):
    """From page space (origin bottom left, before rotation) to points from the displayed page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float
    rotation: int  # quarter turns clockwise

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.rotation:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation % 2 else (width, height)


def _read_page(pdfium: Any, document: int, index: int) -> PageInk:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise DamagedSource(f"page {index + 1} cannot be loaded")
    try:
        rect = (c_float * 4)()
        pdfium.FPDF_GetPageBoundingBox(page, rect)
        frame = _Frame(rect[0], rect[1], rect[2], rect[3], pdfium.FPDFPage_GetRotation(page))
        pieces = _read_text(pdfium, page, frame)
        shapes: list[Shape] = []
        pictures: list[Picture] = []
        for matrix, objects in _object_lists(pdfium, page):
            _collect(pdfium, document, page, frame, matrix, objects, shapes, pictures)
        links = list(_read_links(pdfium, document, page, frame))
        return PageInk(index + 1, *frame.size, pieces, shapes, pictures, links)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read_text(pdfium: Any, page: int, frame: _Frame) -> list[Piece]:
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        return []
    try:
        count = pdfium.FPDFText_CountChars(textpage)
        if count > MAX_CHARACTERS:
            raise SourceTooLarge(f"{count} characters on a page, limit {MAX_CHARACTERS}")
        return _Text(pdfium, textpage, count, frame).pieces() if count > 0 else []
    finally:
        pdfium.FPDFText_ClosePage(textpage)


class _Text:
    """The characters of one page while its text page is open."""

    def __init__(self, pdfium: Any, textpage: int, count: int, frame: _Frame) -> None:
        self.pdfium, self.textpage, self.frame = pdfium, textpage, frame
        self.text = self._characters(count)
        origins = (c_double * (2 * count))()
        start = ctypes.addressof(origins)
        addresses = range(start, start + 16 * count, 16)
        _drain(
            map(
                pdfium.FPDFText_GetCharOrigin,
                repeat(textpage),
                range(count),
                addresses,
                range(start + 8, start + 16 * count + 8, 16),
            )
        )
        self.xs: list[float] = origins[0::2]
        self.ys: list[float] = origins[1::2]
        if frame.rotation:
            turned = [frame.point(x, y) for x, y in zip(self.xs, self.ys, strict=True)]
            self.xs, self.ys = [x for x, _ in turned], [y for _, y in turned]
        elif frame.left:
            self.xs = [x - frame.left for x in self.xs]
        self.styles: dict[int, tuple[float, Style]] = {}
        self.fonts: dict[int, Style] = {}

    def _characters(self, count: int) -> str:
        buffer = (c_ushort * (count + 1))()
        written = self.pdfium.FPDFText_GetText(self.textpage, 0, count, buffer)
        text = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "replace") if written else ""
        if len(text) != count:  # characters beyond the basic plane, or hidden ones: ask for each
            codes = map(self.pdfium.FPDFText_GetUnicode, repeat(self.textpage), range(count))
            text = "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)
        # pdfium writes a hyphen at a line's end as U+0002, older ones as U+FFFE
        return text.replace("\x02", "-").replace("\ufffe", "-").replace("\x00", " ")

    def pieces(self) -> list[Piece]:
        """Pieces in the order of the file."""
        bounds = list(self._bounds())
        rights = self._rights([end - 1 for _, end in bounds])
        text, xs, ys = self.text, self.xs, self.ys
        pdfium, textpage = self.pdfium, self.textpage
        objects = map(pdfium.FPDFText_GetTextObject, repeat(textpage), [start for start, _ in bounds])
        guesses = map(pdfium.FPDFText_IsGenerated, repeat(textpage), [max(start - 1, 0) for start, _ in bounds])
        flip = 0.0 if self.frame.rotation else self.frame.top
        known = self.styles
        pieces: list[Piece] = []
        last = 0
        for (start, end), right, handle, guess in zip(bounds, rights, objects, guesses, strict=True):
            size, style = known.get(handle) or self._style(handle, start)
            gap = text[last:start]
            before = "" if not gap or not pieces else "\n" if "\n" in gap else "\t" if guess == 1 else " "
            if before == "\t" and xs[start] - pieces[-1].x1 < TIGHT * size:
                before = ""
            elif before == "\n" and gap[0] not in "\r\n":
                pieces[-1] = pieces[-1]._replace(after=True)
            piece_xs = tuple(xs[start:end])
            y = flip - ys[start] if flip else ys[start]
            pieces.append(Piece(text[start:end], piece_xs, max(right, piece_xs[-1]), y, size, style, before, False))
            last = end
        return pieces

    def _bounds(self) -> Iterator[tuple[int, int]]:
        """Stretches of characters, cut where the baseline changes (a raised mark) or the pen goes back."""
        xs, ys = self.xs, self.ys
        for match in _STRETCH.finditer(self.text):
            start, end = match.span()
            if end - start > 1 and self.text[start] in "$€£¥":  # set in the captions' font, the number behind it is not
                yield start, start + 1
                start += 1
            if end - start == 1 or (len(set(ys[start:end])) == 1 and xs[start:end] == sorted(xs[start:end])):
                yield start, end
                continue
            for index in range(start + 1, end):
                if abs(ys[index] - ys[index - 1]) > 0.05 or xs[index] < xs[index - 1] - 0.5:
                    yield start, index
                    start = index
            yield start, end

    def _rights(self, indices: list[int]) -> list[float]:
        """The right ends of the ink of some characters (the far end along the line, on a rotated page too)."""
        boxes = (c_double * (4 * len(indices)))()
        base = ctypes.addressof(boxes)
        columns = [range(base + 8 * k, base + 8 * k + 32 * len(indices), 32) for k in range(4)]
        _drain(map(self.pdfium.FPDFText_GetCharBox, repeat(self.textpage), indices, *columns))
        if self.frame.rotation:
            quads = zip(boxes[0::4], boxes[2::4], boxes[1::4], boxes[3::4], strict=True)
            return [self.frame.box(*quad)[2] for quad in quads]
        left = self.frame.left
        rights: list[float] = boxes[1::4]
        return [x - left for x in rights] if left else rights

    def _style(self, handle: int, index: int) -> tuple[float, Style]:
        """Size in points (after the page's scaling) and style of the character at `index`, known by its text object."""
        pdfium, textpage = self.pdfium, self.textpage
        matrix = (c_float * 6)()
        pdfium.FPDFText_GetMatrix(textpage, index, matrix)
        size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix[2], matrix[3])
        font = self.fonts.get(key := pdfium.FPDFTextObj_GetFont(handle) if handle else 0)
        if font is None:
            font = self.fonts[key] = self._font(index)
        channels = (c_uint * 4)()
        base = ctypes.addressof(channels)
        pdfium.FPDFText_GetFillColor(textpage, index, base, base + 4, base + 8, base + 12)
        style = _coloured(font, channels[0] << 16 | channels[1] << 8 | channels[2])
        self.styles[handle] = size, style
        return size, style

    def _font(self, index: int) -> Style:
        name = ctypes.create_string_buffer(128)
        flags = c_int()
        self.pdfium.FPDFText_GetFontInfo(self.textpage, index, name, len(name), ctypes.byref(flags))
        lowered = name.value.decode("utf-8", "replace").lower()
        return PLAIN._replace(
            bold="bold" in lowered or bool(flags.value & _FORCE_BOLD),
            italic="italic" in lowered or "oblique" in lowered or bool(flags.value & _ITALIC),
            serif="sans" not in lowered and (bool(flags.value & _SERIF) or "times" in lowered or "serif" in lowered),
        )


@cache
def _coloured(font: Style, colour: int) -> Style:
    return font._replace(colour=f"#{colour:06x}")


def _drain(calls: map[Any]) -> None:
    """Make the calls for their effect on a buffer."""
    deque(calls, maxlen=0)


# ---------------------------------------------------------------------------------------------------------------------
# shapes and pictures

_Matrix = tuple[float, float, float, float, float, float]
_UNIT: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _object_lists(pdfium: Any, page: int) -> Iterator[tuple[_Matrix, list[int]]]:
    """The page's objects and those of its Form XObjects (EO.Pdf puts a whole page into one), with the matrix that applies."""
    waiting: list[tuple[_Matrix, int, int]] = [(_UNIT, 0, 0)]
    total = 0
    while waiting:
        matrix, form, depth = waiting.pop(0)
        count = pdfium.FPDFFormObj_CountObjects(form) if form else pdfium.FPDFPage_CountObjects(page)
        total += max(count, 0)
        if total > MAX_OBJECTS:
            raise SourceTooLarge(f"more than {MAX_OBJECTS} objects on a page")
        get = pdfium.FPDFFormObj_GetObject if form else pdfium.FPDFPage_GetObject
        objects = [handle for handle in map(get, repeat(form or page), range(count)) if handle]
        yield matrix, objects
        if depth < MAX_FORM_DEPTH:
            for handle, kind in zip(objects, map(pdfium.FPDFPageObj_GetType, objects), strict=True):
                if kind == _FORM:
                    waiting.append((_product(_matrix(pdfium, handle), matrix), handle, depth + 1))


def _matrix(pdfium: Any, handle: int) -> _Matrix:
    values = (c_float * 6)(*_UNIT)
    pdfium.FPDFPageObj_GetMatrix(handle, values)
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    """The matrix that applies `first`, then `then` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _collect(
    pdfium: Any,
    document: int,
    page: int,
    frame: _Frame,
    matrix: _Matrix,
    objects: list[int],
    shapes: list[Shape],
    pictures: list[Picture],
) -> None:
    """Add the thin shapes and small pictures among `objects`."""
    kinds = list(map(pdfium.FPDFPageObj_GetType, objects))
    drawn = [(handle, kind) for handle, kind in zip(objects, kinds, strict=True) if kind in (_PATH, _IMAGE)]
    for (handle, kind), box in zip(drawn, _bounds(pdfium, frame, matrix, [handle for handle, _ in drawn]), strict=True):
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if kind == _IMAGE:
            if SMALL_PICTURE[0] <= min(width, height) and max(width, height) <= SMALL_PICTURE[1]:
                pictures.append(Picture(*box, *_pixels(pdfium, document, page, handle)))
        elif min(width, height) <= THIN:
            if _visible(pdfium, handle):
                shapes.append(Shape(*box))
        else:
            shapes.extend(_thick(pdfium, frame, matrix, handle, box))


def _bounds(pdfium: Any, frame: _Frame, matrix: _Matrix, objects: list[int]) -> list[tuple[float, float, float, float]]:
    """The boxes of page objects on the displayed page."""
    values = (c_float * (4 * len(objects)))()
    base = ctypes.addressof(values)
    columns = [range(base + 4 * k, base + 4 * k + 16 * len(objects), 16) for k in range(4)]
    _drain(map(pdfium.FPDFPageObj_GetBounds, objects, *columns))
    quads = zip(values[0::4], values[1::4], values[2::4], values[3::4], strict=True)
    if matrix == _UNIT and not frame.rotation:
        left, top = frame.left, frame.top
        return [(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in quads]
    return [frame.box(*_apply(matrix, x0, y0), *_apply(matrix, x1, y1)) for x0, y0, x1, y1 in quads]


def _visible(pdfium: Any, handle: int) -> bool:
    """Whether a path is drawn in a colour that shows on white."""
    mode, stroked = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(handle, ctypes.byref(mode), ctypes.byref(stroked))
    channels = (c_uint * 4)()
    base = ctypes.addressof(channels)
    get = pdfium.FPDFPageObj_GetStrokeColor if stroked.value else pdfium.FPDFPageObj_GetFillColor
    if not (stroked.value or mode.value):
        return False
    return not get(handle, base, base + 4, base + 8, base + 12) or (channels[3] > 0 and min(channels[:3]) < _WHITE)


def _thick(
    pdfium: Any, frame: _Frame, matrix: _Matrix, handle: int, box: tuple[float, float, float, float]
) -> Iterator[Shape]:
    """The thin parts of a large path: the sides of a stroked rectangle, or the bars that one path draws together."""
    count = pdfium.FPDFPath_CountSegments(handle)
    mode, stroked = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(handle, ctypes.byref(mode), ctypes.byref(stroked))
    if not (stroked.value or count > 5) or count > MAX_SEGMENTS or not _visible(pdfium, handle):
        return
    if count <= 5:
        x0, top, x1, bottom = box
        yield Shape(x0, top, x1, top + 1)
        yield Shape(x0, bottom - 1, x1, bottom)
        yield Shape(x0, top, x0 + 1, bottom)
        yield Shape(x1 - 1, top, x1, bottom)
        return
    whole = _product(_matrix(pdfium, handle), matrix)
    for points in _outlines(pdfium, handle, count):
        placed = [frame.point(*_apply(whole, x, y)) for x, y in points]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        if stroked.value:
            for (ax, ay), (bx, by) in zip(placed, placed[1:], strict=False):
                if min(abs(ax - bx), abs(ay - by)) <= THIN:
                    yield Shape(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        elif min(max(xs) - min(xs), max(ys) - min(ys)) <= THIN:
            yield Shape(min(xs), min(ys), max(xs), max(ys))


def _outlines(pdfium: Any, handle: int, count: int) -> Iterator[list[tuple[float, float]]]:
    """The subpaths of a path, as points in its own space."""
    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if pdfium.FPDFPathSegment_GetType(segment) == 2 and points:  # FPDF_SEGMENT_MOVETO
            yield points
            points = []
        points.append((x.value, y.value))
    if points:
        yield points


def _pixels(pdfium: Any, document: int, page: int, handle: int) -> tuple[int, bytes]:
    """Width and luminance of a picture's pixels, transparent ones white; (0, b"") if it cannot be decoded."""
    bitmap = pdfium.FPDFImageObj_GetBitmap(handle)
    if bitmap and pdfium.FPDFBitmap_GetFormat(bitmap) == 4:  # with transparency: only the rendered one knows what shows
        pdfium.FPDFBitmap_Destroy(bitmap)
        bitmap = None
    bitmap = bitmap or pdfium.FPDFImageObj_GetRenderedBitmap(document, page, handle)
    if not bitmap:
        return 0, b""
    try:
        width, height = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
        stride, kind = pdfium.FPDFBitmap_GetStride(bitmap), pdfium.FPDFBitmap_GetFormat(bitmap)
        depth = {1: 1, 2: 3, 3: 4, 4: 4}.get(kind, 0)  # FPDFBitmap_Gray, BGR, BGRx, BGRA
        if not depth or width * height > 1_000_000:
            return 0, b""
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        out = bytearray()
        for row in range(height):
            for at in range(row * stride, row * stride + width * depth, depth):
                value = sum(raw[at : at + min(depth, 3)]) // min(depth, 3)
                out.append(value if kind != 4 else 255 - (255 - value) * raw[at + 3] // 255)
        return width, bytes(out)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _read_links(pdfium: Any, document: int, page: int, frame: _Frame) -> Iterator[Link]:
    """The page's link annotations that lead to an address; those within the document are left out."""
    position, link = c_int(0), c_void_p()
    rect = (c_float * 4)()  # FS_RECTF: left, top, right, bottom
    while pdfium.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        action = pdfium.FPDFLink_GetAction(link)
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if size > 1 and pdfium.FPDFLink_GetAnnotRect(link, rect):
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
            yield Link(*frame.box(rect[0], rect[3], rect[2], rect[1]), buffer.value.decode("utf-8", "replace"))
