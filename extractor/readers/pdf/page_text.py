"""The characters of one page, asked of pdfium, in; pieces of text out, in points from the displayed page's top left."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import c_char, c_int
from functools import cache
from typing import Any, Final, NamedTuple

from extractor.errors import SourceTooLarge
from extractor.layout import PLAIN, Style
from extractor.readers.pdf.bulk import Letters, Look, characters
from extractor.readers.pdf.frame import Frame
from extractor.readers.pdf.ink import (
    ADJACENT,
    GENERATED,
    MAX_CHARACTERS,
    NEW_LINE,
    SAME,
    SLANT,
    SPACE_FIRST,
    STATE_CODE,
    TOUCHING,
    Piece,
)
from extractor.readers.pdf.spacing import blanks, is_uneven

TIGHT: Final = 0.13  # gap ÷ size under which pdfium's guess of a space is none: 0.1 seen, spaces 0.2 and more
LEANING: Final = 0.0  # the same behind italic letters, which lean over the space: "of A" has 0.03
RISE: Final = 0.05  # points by which the baselines of one piece's characters may differ
BACK: Final = 0.5  # points by which the pen may go back inside a piece

UNTOLD: Final = "?"  # a gap that its width tells

ASKED: Final = 12  # characters that are asked how they are turned
QUARTER: Final = math.pi / 2

_NAME: Final = c_char * 128  # of a font
_SERIF, _ITALIC, _FORCE_BOLD = 2, 64, 1 << 18  # font descriptor flags, ISO 32000-1 table 123

# pdfium writes a hyphen at a line's end as U+0002, older ones as U+FFFE.
_GIVEN = {**SAME, 0x0002: "-", 0xFFFE: "-", 0x0000: " "}
_QUIRKS: Final = tuple(map(chr, _GIVEN))


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
        text: str = characters(pdfium, textpage, count)
        self.text: str = text.translate(_GIVEN) if any(each in text for each in _QUIRKS) else text
        self.letters = Letters(pdfium, textpage, self.text, frame, BACK, RISE)

    def read(self) -> PageText:
        """All that stands on the page."""
        return PageText(*self.pieces(), self.frame, bool(self.blank), self.unclear)

    def pieces(self) -> tuple[list[Piece], str]:
        """Pieces in the order of the file, and the text that runs slantwise."""
        starts, ends = self._parted()
        if not starts:
            return [], ""
        # Compiled, numbers of a list[float] would be taken out of their objects and be put into new ones.
        rights: list[Any]
        numbers: list[int]
        gaps: list[int]
        rights, numbers, gaps, looks = self.letters.looks(starts, ends)
        sizes, styles, slantwise = self._drawn(looks)
        xs: tuple[float, ...] = self.letters.xs
        ys: Sequence[Any] = self.letters.ys
        text = self.text
        before, after = self._gaps(starts, gaps)
        pieces: list[Piece] = []
        slanted = ""
        new, kind = tuple.__new__, Piece
        first = 0
        for at, start in enumerate(starts):
            end, look = ends[at], numbers[at]
            behind = first + end - start
            if slantwise[look]:
                slanted += text[start:end]
            else:
                origins = xs[first:behind]
                gap = before[at]
                if gap == UNTOLD:
                    tight = LEANING if styles[numbers[at - 1]].italic else TIGHT
                    gap = "" if origins[0] - rights[at - 1] < tight * sizes[look] else "\t"
                fields = (text[start:end], origins, rights[at], ys[first], sizes[look], styles[look], gap, after[at])
                pieces.append(new(kind, fields))
            first = behind
        return pieces, slanted

    def _gaps(self, starts: list[int], gaps: list[int]) -> tuple[list[str], list[bool]]:
        """For each piece what stood in front of it, `UNTOLD` where its width tells, and whether a drawn space stands
        behind it at its line's end."""
        touching, blank = self.touching, self.blank
        before, after = [""], [False] * len(starts)
        for at in range(1, len(starts)):
            gap = gaps[at]
            if not gap:
                before.append(" ")
            elif gap & ADJACENT:
                before.append("\t" if starts[at] in touching else "")
            elif gap & GENERATED and starts[at] in blank:
                before.append("\t" if blank[starts[at]] else "")
            elif gap & NEW_LINE:
                before.append("\n")
                after[at - 1] = bool(gap & SPACE_FIRST)
            else:
                before.append(UNTOLD)
        return before, after

    def _parted(self) -> tuple[list[int], list[int]]:
        """Where runs of letters start and end, cut where two cells touch: a tagged PDF tells by the ids of its marked
        content."""
        starts, ends = self.letters.starts, self.letters.ends
        for run in self.letters.touching():
            if TOUCHING.fullmatch(self.text, starts[run], ends[run]):
                self.touching.add(ends[run] - STATE_CODE)
        self._find_blanks()
        if not self.touching:
            return starts, ends
        waiting = iter([*sorted(self.touching), len(self.text)])
        at = next(waiting)
        firsts: list[int] = []
        lasts: list[int] = []
        for start, end in zip(starts, ends, strict=True):
            firsts.append(start)
            while at < end:
                if at > firsts[-1]:
                    lasts.append(at)
                    firsts.append(at)
                at = next(waiting)
            lasts.append(end)
        return firsts, lasts

    def _find_blanks(self) -> None:
        """On a page whose letters are not set by their own widths, tell blanks by the usual gap, and cut at them."""
        indices = self.letters.indices
        given = (self.pdfium, self.textpage, indices, self.letters.xs, self.letters.ys)
        if self.frame.rotation or not is_uneven(*given):
            return
        told, clear = blanks(*given)
        self.unclear = not clear
        self.blank = {at: blank for at, blank in zip(indices[1:], told, strict=True) if blank is not None}
        # What is cut at the edge of a stretch is none.
        self.touching.update(at for at, blank in self.blank.items() if blank and not self.text[at - 1].isspace())

    def _drawn(self, looks: list[Look]) -> tuple[list[Any], list[Style], list[bool]]:
        """Of looks the sizes in points, after the page's scaling, the styles, and which run slantwise."""
        sizes: list[Any] = []
        styles: list[Style] = []
        slantwise: list[bool] = []
        known: dict[tuple[int, int, int, int], Style] = {}
        for size, sheared, scaled, font, red, green, blue, first in looks:
            style = known.get((font, red, green, blue))
            if style is None:
                style = known[font, red, green, blue] = _coloured(self._font(first), red << 16 | green << 8 | blue)
            sizes.append(size * math.hypot(sheared, scaled))
            styles.append(style)
            slantwise.append(_is_slanted(sheared, scaled))
        return sizes, styles, slantwise

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
