"""The drawn objects of one page, asked of pdfium, in; thin shapes, small pictures and links out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from ctypes import c_float, c_int, c_void_p
from itertools import pairwise, repeat
from typing import Any, Final, NamedTuple

from extractor.errors import SourceTooLarge
from extractor.readers.pdf.bulk import FORM, PATH, Box, Drawn, Matrix, applied, drawn_in, pointer, start_of, zeros
from extractor.readers.pdf.frame import Frame
from extractor.readers.pdf.ink import (
    MAX_FORM_DEPTH,
    MAX_OBJECTS,
    MAX_SEGMENTS,
    RECTANGLE,
    SMALL_PICTURE,
    THIN,
    Link,
    Picture,
    Shape,
)

OUTSIDE: Final = 1.0  # points beyond the page that borders reach as they are drawn: 0.5 seen; hidden rows 20 and more
MAX_CLIPS: Final = 64  # paths that one object is clipped by; 2 seen

_UNIT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# ctypes makes a type for each length of an array, and forgets it with the array.
FOUR: Final = c_float * 4
_SIX: Final = c_float * 6


def read_drawings(pdfium: Any, document: int, page: int, frame: Frame) -> tuple[list[Shape], list[Picture]]:
    """The thin shapes and small pictures of the page and of its Form XObjects (EO.Pdf uses one for all)."""
    shapes: list[Shape] = []
    pictures: list[Picture] = []
    waiting: list[tuple[Matrix | None, int, int]] = [(None, 0, 0)]
    total = 0
    while waiting:
        matrix, form, depth = waiting.pop(0)
        count = pdfium.FPDFFormObj_CountObjects(form) if form else pdfium.FPDFPage_CountObjects(page)
        total += max(count, 0)
        if total > MAX_OBJECTS:
            raise SourceTooLarge(f"more than {MAX_OBJECTS} objects on a page")
        get = pdfium.FPDFFormObj_GetObject if form else pdfium.FPDFPage_GetObject
        drawn = drawn_in(pdfium, get, form or page, max(count, 0), matrix, frame)
        _collect(_Sheet(pdfium, document, page, frame, matrix or _UNIT), drawn, shapes, pictures)
        for handle, kind, _ in drawn.others if depth < MAX_FORM_DEPTH else ():
            if kind == FORM:
                waiting.append((_product(_matrix(pdfium, handle), matrix or _UNIT), handle, depth + 1))
    return shapes, pictures


class _Sheet(NamedTuple):
    """What is drawn on: the library, the document's and the page's handle, how the page lies, and the matrix that
    applies.
    """

    pdfium: Any
    document: int
    page: int
    frame: Frame
    matrix: Matrix


def _matrix(pdfium: Any, handle: int) -> Matrix:
    values = _SIX(*_UNIT)
    pdfium.FPDFPageObj_GetMatrix(handle, values)
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def _product(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first`, then `then` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _collect(sheet: _Sheet, drawn: Drawn, shapes: list[Shape], pictures: list[Picture]) -> None:
    """Add the thin shapes and the small pictures."""
    leaves = drawn.extent[0] < -OUTSIDE or drawn.extent[1] > sheet.frame.size[1] + OUTSIDE
    for handle, kind, box in drawn.others:
        if kind == FORM:
            continue
        if leaves and (clip := _clip(sheet, handle)) is not None:
            if (shown := _common(box, clip)) is None:
                continue
            if kind == PATH and shown != box:
                sides = (_common(side, clip) for side in _thick(sheet, handle, box))
                shapes.extend(Shape(*side) for side in sides if side is not None)
                continue
            box = shown
        if kind == PATH:
            shapes.extend(_thick(sheet, handle, box))
        elif SMALL_PICTURE[0] <= min(box[2] - box[0], box[3] - box[1]) and (
            max(box[2] - box[0], box[3] - box[1]) <= SMALL_PICTURE[1]
        ):
            pictures.append(Picture(*box, *_pixels(sheet, handle)))
    boxes: Iterable[Box] = drawn.boxes
    if leaves:
        clips = [_clip(sheet, handle) for handle in drawn.handles]
        clipped = [box if clip is None else _common(box, clip) for box, clip in zip(boxes, clips, strict=True)]
        boxes = [box for box in clipped if box is not None]
    shapes.extend(map(tuple.__new__, repeat(Shape), boxes))


def _clip(sheet: _Sheet, handle: int) -> Box | None:
    """The box that a page object is clipped to; None for one that is not.

    Firefox draws all of a table's row on each page that it stands on, and shows the part that belongs there.
    """
    pdfium = sheet.pdfium
    x, y = c_float(), c_float()
    clip = pdfium.FPDFPageObj_GetClipPath(handle)
    box: Box | None = None
    for path in range(min(pdfium.FPDFClipPath_CountPaths(clip), MAX_CLIPS)):
        points: list[tuple[float, float]] = []
        for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), MAX_SEGMENTS)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append(sheet.frame.point(*applied(sheet.matrix, x.value, y.value)))
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            whole = (min(xs), min(ys), max(xs), max(ys))
            box = whole if box is None else _common(box, whole) or (0.0, 0.0, 0.0, 0.0)
    return box


def _common(box: Box, clip: Box) -> Box | None:
    """What two boxes have in common; None where they are apart."""
    x0, top, x1, bottom = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
    return (x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


def _thick(sheet: _Sheet, handle: int, box: Box) -> Iterator[Shape]:
    """The thin parts of a large path: the sides of a stroked rectangle, or the bars that one path draws together."""
    pdfium = sheet.pdfium
    count = pdfium.FPDFPath_CountSegments(pointer(handle))
    if count <= RECTANGLE:
        x0, top, x1, bottom = box
        yield Shape(x0, top, x1, top + 1)
        yield Shape(x0, bottom - 1, x1, bottom)
        yield Shape(x0, top, x0 + 1, bottom)
        yield Shape(x1 - 1, top, x1, bottom)
        return
    filled, stroked = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(pointer(handle), ctypes.byref(filled), ctypes.byref(stroked))
    whole = _product(_matrix(pdfium, handle), sheet.matrix)
    for points in _outlines(pdfium, handle, count):
        placed = [sheet.frame.point(*applied(whole, x, y)) for x, y in points]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        if stroked.value:
            for (ax, ay), (bx, by) in pairwise(placed):
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


def _pixels(sheet: _Sheet, handle: int) -> tuple[int, bytes]:
    """Width and luminance of a picture's pixels, transparent ones white; (0, b"") if it cannot be decoded."""
    pdfium = sheet.pdfium
    bitmap = pdfium.FPDFImageObj_GetBitmap(handle)
    if bitmap and pdfium.FPDFBitmap_GetFormat(bitmap) == 4:  # with transparency: only the rendered one knows what shows
        pdfium.FPDFBitmap_Destroy(bitmap)
        bitmap = None
    bitmap = bitmap or pdfium.FPDFImageObj_GetRenderedBitmap(sheet.document, sheet.page, handle)
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


def read_links(pdfium: Any, document: int, page: int, frame: Frame) -> Iterator[Link]:
    """The page's link annotations that lead to an address; those within the document are left out."""
    position, link = c_int(0), c_void_p()
    rect = FOUR()  # FS_RECTF: left, top, right, bottom
    while pdfium.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        action = pdfium.FPDFLink_GetAction(link)
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if size > 1 and pdfium.FPDFLink_GetAnnotRect(link, rect):
            buffer = zeros("B", size)
            pdfium.FPDFAction_GetURIPath(document, action, start_of(buffer), size)
            address = buffer.tobytes().partition(b"\0")[0].decode("utf-8", "replace")
            yield Link(*frame.box(rect[0], rect[3], rect[2], rect[1]), address)
