"""The drawn objects of one page, asked of pdfium, in; thin shapes, small pictures and links out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from ctypes import c_float, c_int, c_void_p
from itertools import compress, pairwise, repeat
from typing import Any, Final

from extractor.errors import SourceTooLarge
from extractor.readers.pdf.bulk import answers_at, answers_of, columns_of, pointer, start_of, zeros
from extractor.readers.pdf.frame import Frame
from extractor.readers.pdf.ink import (
    MAX_FORM_DEPTH,
    MAX_OBJECTS,
    MAX_SEGMENTS,
    SMALL_PICTURE,
    THIN,
    Link,
    Picture,
    Shape,
)

_IMAGE, _PATH, _FORM = 3, 2, 5  # FPDF_PAGEOBJ_*
_DRAWN: Final = frozenset({_IMAGE, _PATH})
_WHITE: Final = 250  # of 255, in every channel: ink nobody sees

OUTSIDE: Final = 1.0  # points beyond the page that borders reach as they are drawn: 0.5 seen; hidden rows 20 and more
MAX_CLIPS: Final = 64  # paths that one object is clipped by; 2 seen

_Box = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]
_UNIT: Final[_Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# ctypes makes a type for each length of an array, and forgets it with the array.
FOUR: Final = c_float * 4
_SIX: Final = c_float * 6


def object_lists(pdfium: Any, page: int) -> Iterator[tuple[_Matrix, list[tuple[int, int]]]]:
    """The pictures and paths of the page and of its Form XObjects (EO.Pdf uses one for all): handles and kinds, with
    the matrix that applies."""
    waiting: list[tuple[_Matrix, int, int]] = [(_UNIT, 0, 0)]
    total = 0
    while waiting:
        matrix, form, depth = waiting.pop(0)
        count = pdfium.FPDFFormObj_CountObjects(form) if form else pdfium.FPDFPage_CountObjects(page)
        total += max(count, 0)
        if total > MAX_OBJECTS:
            raise SourceTooLarge(f"more than {MAX_OBJECTS} objects on a page")
        get = pdfium.FPDFFormObj_GetObject if form else pdfium.FPDFPage_GetObject
        objects = list(filter(None, answers_at(get, "handle", form or page, range(count))))
        kinds = answers_of(pdfium.FPDFPageObj_GetType, "int", objects)  # most are texts where glyphs are drawn
        yield matrix, list(compress(zip(objects, kinds, strict=True), map(_DRAWN.__contains__, kinds)))
        if depth < MAX_FORM_DEPTH and _FORM in kinds:
            for handle in compress(objects, map(_FORM.__eq__, kinds)):
                waiting.append((_product(_matrix(pdfium, handle), matrix), handle, depth + 1))


def _matrix(pdfium: Any, handle: int) -> _Matrix:
    values = _SIX(*_UNIT)
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


def collect(
    pdfium: Any,
    document: int,
    page: int,
    frame: Frame,
    matrix: _Matrix,
    drawn: list[tuple[int, int]],
    shapes: list[Shape],
    pictures: list[Picture],
) -> None:
    """Add the thin shapes and small ones of the pictures among `drawn`."""
    thin: list[int] = []
    boxes: list[_Box] = []
    handles = [handle for handle, _ in drawn]
    drawn_in = list(_bounds(pdfium, frame, matrix, handles))
    cut = _clips(pdfium, frame, matrix, handles) if _leaves_page(drawn_in, frame) else None
    for at, ((handle, kind), box) in enumerate(zip(drawn, drawn_in, strict=True)):
        if cut is not None and (clip := cut[at]) is not None:
            if (shown := _common(box, clip)) is None:
                continue
            if kind == _PATH and shown != box and not (box[2] - box[0] <= THIN or box[3] - box[1] <= THIN):
                sides = (_common(side, clip) for side in _thick(pdfium, frame, matrix, handle, box))
                shapes.extend(Shape(*side) for side in sides if side is not None)
                continue
            box = shown
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if kind == _IMAGE:
            if SMALL_PICTURE[0] <= min(width, height) and max(width, height) <= SMALL_PICTURE[1]:
                pictures.append(Picture(*box, *_pixels(pdfium, document, page, handle)))
        elif width <= THIN or height <= THIN:
            thin.append(handle)
            boxes.append(box)
        else:
            shapes.extend(_thick(pdfium, frame, matrix, handle, box))
    shapes.extend(map(tuple.__new__, repeat(Shape), compress(boxes, _visible(pdfium, thin))))


def _bounds(pdfium: Any, frame: Frame, matrix: _Matrix, handles: list[int]) -> Iterable[_Box]:
    """The boxes of page objects on the displayed page."""
    lefts, lows, rights, highs = columns_of(pdfium.FPDFPageObj_GetBounds, "f", 4, handles)
    if matrix == _UNIT and not frame.rotation:
        left, top = frame.left, frame.top
        if left:
            lefts, rights = [x - left for x in lefts], [x - left for x in rights]
        return zip(lefts, [top - y for y in highs], rights, [top - y for y in lows], strict=True)
    quads = zip(lefts, lows, rights, highs, strict=True)
    return [frame.box(*_apply(matrix, x0, y0), *_apply(matrix, x1, y1)) for x0, y0, x1, y1 in quads]


def _leaves_page(boxes: list[_Box], frame: Frame) -> bool:
    """Whether something is drawn beyond the page's head or foot, as only printers do that clip it there."""
    tops, bottoms = [top for _, top, _, _ in boxes], [bottom for _, _, _, bottom in boxes]
    return min(tops, default=0.0) < -OUTSIDE or max(bottoms, default=0.0) > frame.size[1] + OUTSIDE


def _clips(pdfium: Any, frame: Frame, matrix: _Matrix, handles: list[int]) -> list[_Box | None]:
    """The boxes that page objects are clipped to; None for one that is not.

    Firefox draws all of a table's row on each page that it stands on, and shows the part that belongs there.
    """
    x, y = c_float(), c_float()
    out: list[_Box | None] = []
    for handle in handles:
        clip = pdfium.FPDFPageObj_GetClipPath(handle)
        box: _Box | None = None
        for path in range(min(pdfium.FPDFClipPath_CountPaths(clip), MAX_CLIPS)):
            points: list[tuple[float, float]] = []
            for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), MAX_SEGMENTS)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
                pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
                points.append(frame.point(*_apply(matrix, x.value, y.value)))
            if points:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                whole = (min(xs), min(ys), max(xs), max(ys))
                box = whole if box is None else _common(box, whole) or (0.0, 0.0, 0.0, 0.0)
        out.append(box)
    return out


def _common(box: _Box, clip: _Box) -> _Box | None:
    """What two boxes have in common; None where they are apart."""
    x0, top, x1, bottom = max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])
    return (x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


def _visible(pdfium: Any, handles: list[int]) -> list[bool]:
    """For each path whether it is drawn in a colour that shows on white."""
    fills, strokes = columns_of(pdfium.FPDFPath_GetDrawMode, "i", 2, handles)
    seen = [False] * len(handles)
    for ask, chosen in (
        (pdfium.FPDFPageObj_GetStrokeColor, list(map(bool, strokes))),
        (pdfium.FPDFPageObj_GetFillColor, [fill and not stroke for fill, stroke in zip(fills, strokes, strict=True)]),
    ):
        indices = list(compress(range(len(handles)), chosen))
        channels = columns_of(ask, "I", 4, [handles[index] for index in indices])
        for index, red, green, blue, alpha in zip(indices, *channels, strict=True):
            seen[index] = alpha > 0 and (red < _WHITE or green < _WHITE or blue < _WHITE)
    return seen


def _thick(
    pdfium: Any, frame: Frame, matrix: _Matrix, handle: int, box: tuple[float, float, float, float]
) -> Iterator[Shape]:
    """The thin parts of a large path: the sides of a stroked rectangle, or the bars that one path draws together."""
    count = pdfium.FPDFPath_CountSegments(handle)
    mode, stroked = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(pointer(handle), ctypes.byref(mode), ctypes.byref(stroked))
    if not (stroked.value or count > 5) or count > MAX_SEGMENTS or not _visible(pdfium, [handle])[0]:
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
