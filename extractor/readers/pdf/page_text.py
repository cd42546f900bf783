"""The characters of one page, asked of pdfium, in; pieces of text out, in points from the displayed page's top left."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from ctypes import c_double, c_float, c_int, c_uint, c_ushort
from functools import cache
from itertools import repeat
from typing import Any, Final

from extractor.errors import SourceTooLarge
from extractor.layout import PLAIN, Style
from extractor.readers.pdf.frame import Frame, drain
from extractor.readers.pdf.ink import MAX_CHARACTERS, Piece

TIGHT: Final = 0.13  # gap ÷ size under which pdfium's guess of a space is none: 0.1 seen, spaces 0.2 and more

_SERIF, _ITALIC, _FORCE_BOLD = 2, 64, 1 << 18  # font descriptor flags, ISO 32000-1 table 123

_STRETCH = re.compile(r"\S+")


def read_text(pdfium: Any, page: int, frame: Frame) -> list[Piece]:
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

    def __init__(self, pdfium: Any, textpage: int, count: int, frame: Frame) -> None:
        self.pdfium, self.textpage, self.frame = pdfium, textpage, frame
        self.text = self._characters(count)
        origins = (c_double * (2 * count))()
        start = ctypes.addressof(origins)
        addresses = range(start, start + 16 * count, 16)
        drain(
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
        self.matrix, self.channels = (c_float * 6)(), (c_uint * 4)()
        self.matrix_at, base = ctypes.addressof(self.matrix), ctypes.addressof(self.channels)
        self.channels_at = base, base + 4, base + 8, base + 12

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
            last = end - 1
            # both ends and the middle on one level, and the pen in between: nothing else was seen inside a stretch
            if ys[start] == ys[last] == ys[(start + last) // 2] and xs[start] <= xs[(start + last) // 2] <= xs[last]:
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
        drain(map(self.pdfium.FPDFText_GetCharBox, repeat(self.textpage), indices, *columns))
        if self.frame.rotation:
            quads = zip(boxes[0::4], boxes[2::4], boxes[1::4], boxes[3::4], strict=True)
            return [self.frame.box(*quad)[2] for quad in quads]
        left = self.frame.left
        rights: list[float] = boxes[1::4]
        return [x - left for x in rights] if left else rights

    def _style(self, handle: int, index: int) -> tuple[float, Style]:
        """Size in points (after the page's scaling) and style of the character at `index`, known by its text object."""
        pdfium, textpage, matrix, channels = self.pdfium, self.textpage, self.matrix, self.channels
        pdfium.FPDFText_GetMatrix(textpage, index, self.matrix_at)
        size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix[2], matrix[3])
        font = self.fonts.get(key := pdfium.FPDFTextObj_GetFont(handle) if handle else 0)
        if font is None:
            font = self.fonts[key] = self._font(index)
        pdfium.FPDFText_GetFillColor(textpage, index, *self.channels_at)
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
