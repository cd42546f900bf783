"""Glyphs in the order that a file draws them in; pieces of text out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from extractor.layout import Style
from extractor.readers.pdf.ink import STATE_CODE, TOUCHING, Piece

SPACE: Final = 0.2  # gap ÷ size from which two glyphs stand apart: 0.08 and less seen in words, 0.28 and more between
BEARING: Final = 0.04  # from the end of a glyph's ink to that of its advance ÷ size: 0 to 0.09 seen, 0.04 as a rule
LEVEL: Final = 0.05  # points by which baselines may differ inside a piece: 0.001 seen; a raised mark rises by 1.5
BACK: Final = 0.5  # points that an origin may lie left of the one before: kerned overprints 0.1 seen
NEW_LINE: Final = 0.7  # fall or rise ÷ size from which the pen is on another line: marks 0.5, lines 0.95 and more seen


class Glyph(NamedTuple):
    """A drawn glyph: one character as a rule, several for a ligature, none for a space."""

    text: str
    x: float  # of the origin
    x1: float  # where its advance ends
    y: float
    size: float
    style: Style
    content: int | None  # id of the marked content that it is part of


def pieces_of(glyphs: Iterable[Glyph]) -> Iterator[Piece]:
    """Glyphs in the file's order, cut where a space is drawn, style or baseline change, or the pen moves on or back."""
    piece: list[Glyph] = []
    before, spaced, drawn = "", False, False  # a space since the last glyph; one drawn on that glyph's line
    for glyph in glyphs:
        if not glyph.text:
            spaced = True
            drawn = drawn or (bool(piece) and abs(glyph.y - piece[-1].y) < LEVEL)
            continue
        if piece:
            gap = _gap(piece[-1], glyph, spaced=spaced)
            if gap or _is_cut(piece[-1], glyph):
                yield from _parted(_piece(piece, before, after=gap == "\n" and drawn), piece)
                before, piece = gap, []
        piece.append(glyph)
        spaced = drawn = False
    if piece:
        yield from _parted(_piece(piece, before, after=False), piece)


def _parted(piece: Piece, glyphs: list[Glyph]) -> Iterator[Piece]:
    """The piece, or the two of a city and its state's code in cells that touch."""
    if len(glyphs) == len(piece.text) and TOUCHING.fullmatch(piece.text):
        city, state = glyphs[:-STATE_CODE], glyphs[-STATE_CODE:]
        if city[0].content != state[0].content and None not in (city[0].content, state[0].content):
            yield _piece(city, piece.before, after=False)
            yield _piece(state, "\t", after=piece.after)
            return
    yield piece


def _gap(last: Glyph, glyph: Glyph, *, spaced: bool) -> str:
    """What stands between two glyphs: nothing, a drawn space, a jump as wide as one, or a new line."""
    if abs(glyph.y - last.y) > NEW_LINE * min(last.size, glyph.size) or glyph.x < last.x - BACK:
        return "\n"
    if spaced:
        return " "
    return "\t" if glyph.x - last.x1 > SPACE * max(last.size, glyph.size) else ""


def _is_cut(last: Glyph, glyph: Glyph) -> bool:
    return abs(glyph.y - last.y) > LEVEL or glyph.style != last.style or abs(glyph.size - last.size) > LEVEL


def _piece(glyphs: list[Glyph], before: str, *, after: bool) -> Piece:
    text = "".join(glyph.text for glyph in glyphs)
    xs = tuple(glyph.x for glyph in glyphs for _ in glyph.text)
    first, last = glyphs[0], glyphs[-1]
    return Piece(text, xs, max(last.x1 - BEARING * last.size, last.x), first.y, first.size, first.style, before, after)
