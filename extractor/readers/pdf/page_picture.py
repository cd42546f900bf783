"""A loaded page of pdfium in; its picture out, as rows of pixels."""

from __future__ import annotations

import ctypes
from typing import Any, Final, NamedTuple

from extractor.errors import SourceTooLarge

_BGRX: Final = 3  # FPDFBitmap_BGRx
_BYTES: Final = 4  # of a pixel of that format
_ANNOTATIONS: Final = 0x01  # FPDF_ANNOT: a tick can be an annotation
_WHITE: Final = 0xFFFFFFFF
MAX_PIXELS: Final = 40_000_000  # of one picture: a letter page at 600 dpi has 34 million, at the scale of reviews 1.5


class Pixels(NamedTuple):
    """A picture from its top row down, four bytes a pixel: blue, green, red and one without meaning."""

    width: int
    height: int
    rows: bytes


def draw(pdfium: Any, page: int, size: tuple[float, float], scale: float) -> Pixels:
    """The page of `size` points at `scale` pixels a point; SourceTooLarge above `MAX_PIXELS`."""
    width, height = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    if width * height > MAX_PIXELS:
        raise SourceTooLarge(f"a picture of {width} × {height} pixels, limit {MAX_PIXELS}")
    buffer = ctypes.create_string_buffer(width * height * _BYTES)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, _BGRX, buffer, width * _BYTES)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, _ANNOTATIONS)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Pixels(width, height, buffer.raw)
