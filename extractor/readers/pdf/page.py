"""PDF bytes in; the ink of each page out: text, thin shapes, small pictures and links, in points from the top left.

The only module that loads pdfium. It does so the fast way: `ctypes.PyDLL` on the shared library that pypdfium2 brings
(no lock to give back and take again), argument types declared once, and the calls that are made for every character or
shape driven by `bulk` instead of a Python loop. Processes only: pdfium is not thread-safe.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractor.errors import DamagedSource, EncryptedSource, NoTextLayer, SourceTooLarge
from extractor.readers.pdf.bulk import start_of, zeros
from extractor.readers.pdf.frame import Frame
from extractor.readers.pdf.ink import (
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_OBJECTS,
    MAX_PAGES,
    MAX_SEGMENTS,
    SMALL_PICTURE,
    THIN,
    Link,
    PageInk,
    Picture,
    Piece,
    Shape,
)
from extractor.readers.pdf.page_shapes import FOUR, read_drawings, read_links
from extractor.readers.pdf.page_text import read_text, upright

if TYPE_CHECKING:
    from extractor.readers.pdf.page_picture import Pixels

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "MAX_OBJECTS",
    "MAX_PAGES",
    "MAX_SEGMENTS",
    "SMALL_PICTURE",
    "THIN",
    "Link",
    "PageInk",
    "Picture",
    "Piece",
    "Shape",
    "page_picture",
    "page_sizes",
    "read_pages",
]

_ERR_PASSWORD, _ERR_SECURITY = 4, 5  # FPDF_ERR_*


def read_pages(data: bytes) -> tuple[list[PageInk], dict[str, str]]:
    """The ink of every page of a PDF, and the file's own words about itself.

    Raises EncryptedSource (needs a password that is not empty), DamagedSource (cannot be opened, no pages, a page
    cannot be loaded), SourceTooLarge (beyond the limits above) and NoTextLayer (not one character on any page).
    """
    with _opened(data) as (pdfium, document, count):
        properties = {name.lower(): text for name in _META if (text := _meta_text(pdfium, document, name))}
        properties["pages"] = str(count)
        pages = [_read_page(pdfium, document, index) for index in range(count)]
    if not any(page.pieces for page in pages):
        raise NoTextLayer("no page has any characters")
    return pages, properties


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height in points of every page as displayed, its text upright.

    Raises as `read_pages` does, but for missing text.
    """
    sizes = []
    with _opened(data) as (pdfium, document, count):
        for index in range(count):
            with _loaded(pdfium, document, index) as (page, frame):
                sizes.append(upright(pdfium, page, frame).size)
    return tuple(sizes)


def page_picture(data: bytes, number: int, scale: float) -> Pixels:
    """The picture of a page, counted from 1, its text upright, at `scale` pixels a point.

    Raises IndexError for the number of no page, and else as `read_pages` does, but for missing text.
    """
    from extractor.readers.pdf.page_picture import draw

    with _opened(data) as (pdfium, document, count):
        if not 1 <= number <= count:
            raise IndexError(f"page {number} of {count}")
        with _loaded(pdfium, document, number - 1) as (page, frame):
            return draw(pdfium, page, upright(pdfium, page, frame).size, scale)


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[Any, int, int]]:
    """The library, the document's handle and the number of its pages."""
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
        yield pdfium, document, count
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _loaded(pdfium: Any, document: int, index: int) -> Iterator[tuple[int, Frame]]:
    """The handle of a page, and how its space lies on the displayed page."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise DamagedSource(f"page {index + 1} cannot be loaded")
    try:
        rect = FOUR()
        pdfium.FPDF_GetPageBoundingBox(page, rect)
        yield page, Frame(rect[0], rect[1], rect[2], rect[3], pdfium.FPDFPage_GetRotation(page))
    finally:
        pdfium.FPDF_ClosePage(page)


# ---------------------------------------------------------------------------------------------------------------------
# the library

_META: Final = ("Title", "Producer", "Creator", "Subject", "Author")

_P, _I, _D, _F = c_void_p, c_int, c_double, c_float
# Result and arguments; no arguments where these are made ready beforehand (see `bulk`), as for what is asked thousands
# of times, and no result where nobody looks at it: to make a number of it is a tenth of the call
_SIGNATURES: Final[dict[str, tuple[Any, tuple[Any, ...] | None]]] = {
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
    "FPDFPage_SetRotation": (None, (_P, _I)),
    "FPDFText_LoadPage": (_P, (_P,)),
    "FPDFText_ClosePage": (None, (_P,)),
    "FPDFText_CountChars": (_I, (_P,)),
    "FPDFText_GetText": (_I, (_P, _I, _I, _P)),
    "FPDFText_GetUnicode": (c_uint, None),
    "FPDFText_GetCharAngle": (_F, (_P, _I)),
    "FPDFText_IsGenerated": (_I, None),
    "FPDFText_GetCharOrigin": (None, None),
    "FPDFText_GetCharBox": (None, None),
    "FPDFText_GetLooseCharBox": (None, None),
    "FPDFText_GetTextObject": (_P, None),
    "FPDFText_GetFontSize": (_D, None),
    "FPDFText_GetMatrix": (None, None),
    "FPDFText_GetFontInfo": (c_ulong, (_P, _I, _P, c_ulong, _P)),
    "FPDFText_GetFillColor": (None, None),
    "FPDFTextObj_GetFont": (_P, None),
    "FPDFPage_CountObjects": (_I, (_P,)),
    "FPDFPage_GetObject": (_P, None),
    "FPDFFormObj_CountObjects": (_I, (_P,)),
    "FPDFFormObj_GetObject": (_P, None),
    "FPDFPageObj_GetType": (_I, None),
    "FPDFPageObj_GetBounds": (None, None),
    "FPDFPageObj_GetMarkedContentID": (_I, None),
    "FPDFPageObj_GetClipPath": (_P, (_P,)),
    "FPDFClipPath_CountPaths": (_I, (_P,)),
    "FPDFClipPath_CountPathSegments": (_I, (_P, _I)),
    "FPDFClipPath_GetPathSegment": (_P, (_P, _I, _I)),
    "FPDFPageObj_GetMatrix": (_I, (_P, _P)),
    "FPDFPageObj_GetFillColor": (None, None),
    "FPDFPageObj_GetStrokeColor": (None, None),
    "FPDFPath_GetDrawMode": (None, None),
    "FPDFPath_CountSegments": (_I, None),
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
    "FPDFBitmap_CreateEx": (_P, (_I, _I, _I, _P, _I)),
    "FPDFBitmap_FillRect": (_I, (_P, _I, _I, _I, _I, c_ulong)),
    "FPDF_RenderPageBitmap": (None, (_P, _P, _I, _I, _I, _I, _I, _I)),
    "FPDFLink_Enumerate": (_I, (_P, _P, _P)),
    "FPDFLink_GetAction": (_P, (_P,)),
    "FPDFLink_GetAnnotRect": (_I, (_P, _P)),
    "FPDFAction_GetURIPath": (c_ulong, (_P, _P, _P, c_ulong)),
}


@cache
def _library() -> Any:
    """The shared library that pypdfium2 installs, ready for use.

    Found without importing pypdfium2: its bindings declare 500 functions and take 45 ms at every start, against 2.
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
        function.restype = result
        if arguments is not None:
            function.argtypes = arguments
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
    buffer = zeros("B", size)
    call(start_of(buffer), size)
    return buffer.tobytes()[: size - 2].decode("utf-16-le", "replace").strip()


def _read_page(pdfium: Any, document: int, index: int) -> PageInk:
    with _loaded(pdfium, document, index) as (page, frame):
        pieces, slanted, frame, told, unclear = read_text(pdfium, page, frame)
        shapes, pictures = read_drawings(pdfium, document, page, frame)
        links = list(read_links(pdfium, document, page, frame))
        return PageInk(index + 1, *frame.size, pieces, shapes, pictures, links, slanted, told, unclear)
