"""The characters of one page, asked of pdfium, in; pieces of text out, in points from the displayed page's top left."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_char, c_int
from functools import cache
from itertools import accumulate, pairwise, repeat
from operator import mul
from typing import Any, Final, NamedTuple

from extractor.errors import SourceTooLarge
from extractor.layout import PLAIN, Style
from extractor.readers.pdf.bulk import (
    answers_at,
    answers_of,
    columns_at,
    matrices_at,
    pointer,
    points_in,
    start_of,
    steps_in,
    zeros,
)
from extractor.readers.pdf.frame import Frame
from extractor.readers.pdf.ink import MAX_CHARACTERS, SAME, SLANT, STATE_CODE, TOUCHING, Piece
from extractor.readers.pdf.spacing import blanks, is_uneven

TIGHT: Final = 0.13  # gap ÷ size under which pdfium's guess of a space is none: 0.1 seen, spaces 0.2 and more
LEANING: Final = 0.0  # the same behind italic letters, which lean over the space: "of A" has 0.03
RISE: Final = 0.05  # points by which the baselines of one piece's characters may differ
BACK: Final = 0.5  # points by which the pen may go back inside a piece

ASKED: Final = 12  # characters that are asked how they are turned
QUARTER: Final = math.pi / 2

_NAME: Final = c_char * 128  # of a font
_SERIF, _ITALIC, _FORCE_BOLD = 2, 64, 1 << 18  # font descriptor flags, ISO 32000-1 table 123

# A currency sign before a number stands alone: it is set in the captions' font, the number behind it is not.
_STRETCH = re.compile(r"(?<!\S)[$€£¥](?=\S)|\S+")


# pdfium writes a hyphen at a line's end as U+0002, older ones as U+FFFE.
_GIVEN = {**SAME, 0x0002: "-", 0xFFFE: "-", 0x0000: " "}
_QUIRKS = {"\x00", "\x02"}


class PageText(NamedTuple):
    """The text of a page: its pieces in the order of the file, the text that runs slantwise, how the page lies once its
    text is upright, whether its blanks were told by letters' widths, and whether that is not for certain.
    """

    pieces: list[Piece]
    slanted: str
    frame: Frame
    told: bool
    unclear: bool


def read_text(pdfium: Any, page: int, frame: Frame) -> PageText:
    """The text of a page."""
    with _text_page(pdfium, page) as (textpage, count):
        turn = _turn(pdfium, textpage, count, frame)
        if turn == frame.rotation:
            return _Text(pdfium, textpage, count, frame).read() if count > 0 else PageText([], "", frame, False, False)
    frame = _turned(pdfium, page, frame, turn)
    with _text_page(pdfium, page) as (textpage, count):
        return _Text(pdfium, textpage, count, frame).read()


def upright(pdfium: Any, page: int, frame: Frame) -> Frame:
    """How a page lies once it is turned so that its text is upright."""
    with _text_page(pdfium, page) as (textpage, count):
        turn = _turn(pdfium, textpage, count, frame)
    return frame if turn == frame.rotation else _turned(pdfium, page, frame, turn)


def _turned(pdfium: Any, page: int, frame: Frame, turn: int) -> Frame:
    # pdfium puts characters together to words and lines by how the page lies, so that it is to be turned itself.
    pdfium.FPDFPage_SetRotation(page, turn)
    return frame._replace(rotation=turn)


@contextmanager
def _text_page(pdfium: Any, page: int) -> Iterator[tuple[int, int]]:
    """The handle of a page's text and the number of its characters; SourceTooLarge beyond the limit."""
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        yield 0, 0
        return
    try:
        count = pdfium.FPDFText_CountChars(textpage)
        if count > MAX_CHARACTERS:
            raise SourceTooLarge(f"{count} characters on a page, limit {MAX_CHARACTERS}")
        yield textpage, count
    finally:
        pdfium.FPDFText_ClosePage(textpage)


def _turn(pdfium: Any, textpage: int, count: int, frame: Frame) -> int:
    """The quarters by which most of some characters are turned, all over the page; those of `frame` without any.

    Pages are stored turned, as scanners and people leave them; what stands sideways beside upright text stays so.
    """
    turns = Counter(
        -round(angle / QUARTER) % 4  # pdfium counts clockwise
        for index in range(count // (2 * ASKED), count, max(1, count // ASKED))
        if (angle := pdfium.FPDFText_GetCharAngle(textpage, index)) >= 0
    )
    return max(turns, key=turns.__getitem__, default=frame.rotation)


class _Text:
    """The characters of one page while its text page is open."""

    def __init__(self, pdfium: Any, textpage: int, count: int, frame: Frame) -> None:
        self.pdfium, self.textpage, self.frame = pdfium, textpage, frame
        self.touching: set[int] = set()  # where a second of two cells begins that touch
        self.blank: dict[int, bool] = {}  # where letters are not set by their widths, whether a blank is before one
        self.unclear = False
        self.slanted: set[int] = set()  # the text objects that run slantwise
        self.text = self._characters(count)
        self.stretches = [match.span() for match in _STRETCH.finditer(self.text)]
        # White space is not asked for its origin: what follows counts the characters of the stretches alone.
        asked = pdfium.FPDFText_GetCharOrigin
        self.indices, xs, ys, self.steps = points_in(asked, textpage, self.stretches, BACK, RISE)
        if frame.rotation:
            turned = [frame.point(x, y) for x, y in zip(xs, ys, strict=True)]
            xs, ys = [x for x, _ in turned], [y for _, y in turned]
            self.steps = steps_in(xs, ys, self.stretches, BACK, RISE)
        elif frame.left:
            xs = [x - frame.left for x in xs]
        self.xs, self.ys = tuple(xs), ys

    def _characters(self, count: int) -> str:
        buffer = zeros("H", count + 1)
        written = self.pdfium.FPDFText_GetText(self.textpage, 0, count, start_of(buffer))
        text = buffer.tobytes()[: 2 * (written - 1)].decode("utf-16-le", "replace") if written else ""
        if len(text) != count:  # characters beyond the basic plane, or hidden ones: ask for each
            codes = map(self.pdfium.FPDFText_GetUnicode, repeat(self.textpage), range(count))
            text = "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)
        return text if text.isascii() and not _QUIRKS.intersection(text) else text.translate(_GIVEN)

    def read(self) -> PageText:
        """All that stands on the page."""
        return PageText(*self.pieces(), self.frame, bool(self.blank), self.unclear)

    def pieces(self) -> tuple[list[Piece], str]:
        """Pieces in the order of the file, and the text that runs slantwise."""
        bounds = self._parted(self._bounds())
        if not bounds:
            return [], ""
        pdfium, text, xs, ys = self.pdfium, self.text, self.xs, self.ys
        starts = [start for start, _ in bounds]
        ends = list(accumulate([end - start for start, end in bounds]))
        firsts = [0, *ends[:-1]]
        objects = answers_at(pdfium.FPDFText_GetTextObject, "handle", self.textpage, starts)
        known = self._styles(dict(zip(reversed(objects), reversed(starts), strict=True)))
        sizes, styles = zip(*map(known.__getitem__, objects), strict=True)
        rights = [
            right if right > xs[end - 1] else xs[end - 1]
            for right, end in zip(self._rights([end - 1 for _, end in bounds]), ends, strict=True)
        ]
        before, after = self._gaps(bounds, [xs[first] for first in firsts], rights, sizes, styles)
        flip = 0.0 if self.frame.rotation else self.frame.top
        fields = zip(
            [text[start:end] for start, end in bounds],
            map(xs.__getitem__, map(slice, firsts, ends)),
            rights,
            [flip - ys[first] for first in firsts] if flip else [ys[first] for first in firsts],
            sizes,
            styles,
            before,
            after,
            strict=True,
        )
        pieces = list(map(tuple.__new__, repeat(Piece), fields))
        if not self.slanted:
            return pieces, ""
        slanted = "".join([piece.text for piece, one in zip(pieces, objects, strict=True) if one in self.slanted])
        return [piece for piece, one in zip(pieces, objects, strict=True) if one not in self.slanted], slanted

    def _gaps(
        self,
        bounds: list[tuple[int, int]],
        lefts: list[float],
        rights: list[float],
        sizes: tuple[float, ...],
        styles: tuple[Style, ...],
    ) -> tuple[list[str], list[bool]]:
        """For each piece what stood in front of it, and whether a drawn space stands behind it at its line's end."""
        text = self.text
        starts = [start - 1 for start, _ in bounds]
        generated = answers_at(self.pdfium.FPDFText_IsGenerated, "int", self.textpage, starts)
        before, after = [""], [False] * len(bounds)
        for index, ((_, end), (start, _)) in enumerate(pairwise(bounds), 1):
            if start == end:
                before.append("\t" if start in self.touching else "")
                continue
            gap = text[end:start]
            if start in self.blank and generated[index] == 1:
                before.append("\t" if self.blank[start] else "")
            elif "\n" in gap:
                before.append("\n")
                after[index - 1] = gap[0] not in "\r\n"
            elif generated[index] != 1:
                before.append(" ")
            else:
                tight = LEANING if styles[index - 1].italic else TIGHT
                before.append("" if lefts[index] - rights[index - 1] < tight * sizes[index] else "\t")
        return before, after

    def _bounds(self) -> list[tuple[int, int]]:
        """Stretches of characters, cut where the baseline changes (a raised mark) or the pen goes back."""
        if not self.steps:
            return self.stretches
        ends = accumulate([end - start for start, end in self.stretches])
        out: list[tuple[int, int]] = []
        waiting = iter([*self.steps, len(self.xs)])
        at = next(waiting)
        for (start, end), last in zip(self.stretches, ends, strict=True):
            while at < last:
                out.append((start, end - last + at))
                start, at = end - last + at, next(waiting)
            out.append((start, end))
        return out

    def _parted(self, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The stretches, cut where two cells touch: a tagged PDF tells by the ids of its marked content."""
        marked, object_at = self.pdfium.FPDFPageObj_GetMarkedContentID, self.pdfium.FPDFText_GetTextObject
        textpage, text = pointer(self.textpage), self.text
        for start, end in bounds:
            if end - start <= STATE_CODE or not "A" <= text[end - STATE_CODE] <= "Z":
                continue  # as most; an expression takes six times as long to tell
            if TOUCHING.fullmatch(text, start, end):
                city, state = (marked(pointer(object_at(textpage, at))) for at in (start, end - STATE_CODE))
                if -1 != city != state != -1:
                    self.touching.add(end - STATE_CODE)
        self._find_blanks()
        if not self.touching:
            return bounds
        waiting = iter([*sorted(self.touching), len(self.text)])
        at, out = next(waiting), []
        for start, end in bounds:
            while at < end:
                if at > start:
                    out.append((start, at))
                    start = at
                at = next(waiting)
            out.append((start, end))
        return out

    def _find_blanks(self) -> None:
        """On a page whose letters are not set by their own widths, tell blanks by the usual gap, and cut at them."""
        given = (self.pdfium, self.textpage, self.indices, self.xs, self.ys)
        if self.frame.rotation or not is_uneven(*given):
            return
        told, clear = blanks(*given)
        self.unclear = not clear
        self.blank = {at: blank for at, blank in zip(self.indices[1:], told, strict=True) if blank is not None}
        # What is cut at the edge of a stretch is none.
        self.touching.update(at for at, blank in self.blank.items() if blank and not self.text[at - 1].isspace())

    def _rights(self, indices: list[int]) -> list[float]:
        """The right ends of the ink of some characters (the far end along the line, on a rotated page too)."""
        left, right, bottom, top = columns_at(self.pdfium.FPDFText_GetCharBox, "d", 4, self.textpage, indices)
        if self.frame.rotation:
            return [self.frame.box(*quad)[2] for quad in zip(left, bottom, right, top, strict=True)]
        return [x - self.frame.left for x in right] if self.frame.left else right

    def _styles(self, firsts: dict[int, int]) -> dict[int, tuple[float, Style]]:
        """Size in points (after the page's scaling) and style of text objects, each with its first character's index.

        Prints that draw glyph by glyph have an object for every character.
        """
        pdfium, textpage = self.pdfium, self.textpage
        indices = list(firsts.values())
        sheared, scaled = matrices_at(pdfium.FPDFText_GetMatrix, textpage, indices)
        sizes = answers_at(pdfium.FPDFText_GetFontSize, "double", textpage, indices)
        fonts = answers_of(pdfium.FPDFTextObj_GetFont, "handle", list(firsts))
        red, green, blue, _ = columns_at(pdfium.FPDFText_GetFillColor, "I", 4, textpage, indices)
        if any(sheared):
            self.slanted = {one for one, *sides in zip(firsts, sheared, scaled, strict=True) if _is_slanted(*sides)}
        scales = map(mul, sizes, map(math.hypot, sheared, scaled))
        known: dict[tuple[int, int, int, int], Style] = {}
        out: dict[int, tuple[float, Style]] = {}
        for handle, index, scale, ink in zip(
            firsts, indices, scales, zip(fonts, red, green, blue, strict=True), strict=True
        ):
            style = known.get(ink)
            if style is None:
                _, r, g, b = ink
                style = known[ink] = _coloured(self._font(index), r << 16 | g << 8 | b)
            out[handle] = scale, style
        return out

    def _font(self, index: int) -> Style:
        name = _NAME()
        flags = c_int()
        self.pdfium.FPDFText_GetFontInfo(self.textpage, index, name, len(name), ctypes.byref(flags))
        lowered = name.value.decode("utf-8", "replace").lower()
        return PLAIN._replace(
            bold="bold" in lowered or bool(flags.value & _FORCE_BOLD),
            italic="italic" in lowered or "oblique" in lowered or bool(flags.value & _ITALIC),
            serif="sans" not in lowered and (bool(flags.value & _SERIF) or "times" in lowered or "serif" in lowered),
        )


def _is_slanted(sheared: float, scaled: float) -> bool:
    """Whether letters whose upper ends lie so far aside and so far up run slantwise, on a turned page too."""
    less, more = sorted((abs(sheared), abs(scaled)))
    return less > SLANT * more


@cache
def _coloured(font: Style, colour: int) -> Style:
    return font._replace(colour=f"#{colour:06x}")
