"""The characters of a page in; where blanks stand between them out, where letters are not set by their own widths.

pdfium takes a gap for a space by what its font says of widths. A printer that sets every letter at a whole pixel of its
own (WebKitGTK; sizes of 9 to 12 pixels) widens and narrows gaps by as much as makes a space, so that pdfium misses some
behind wide letters, parts words, or takes every letter for a line; and a page may set its letters apart. What a gap has
beyond the advance that is usual on the page tells: 0.05 of a line's height at most inside a word, 0.08 and more at a
blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, Final

from extractor.readers.pdf.bulk import floats_at

SAMPLE: Final = 32  # pairs of letters that are looked at on every page
FEWEST: Final = 12  # of them, to say anything
UNEVEN: Final = 0.012  # a gap's difference from the usual advance ÷ height that is no rounding of numbers
SPACED: Final = 0.03  # by how much letters are set apart ÷ height where a page does so: 0.04 hardly shows
MANY: Final = 0.37  # share of such pairs on an uneven page: 0.45 and more seen, else up to 0.28 (kerning)
BLANK: Final = 0.067  # gap beyond the usual advance ÷ height that is a blank: 0.08 and more seen, else up to 0.055
NEAR: Final = 0.01  # how near to that no gap of a page may come to be told by it
RANGE: Final[tuple[float, ...]] = (0.03, 0.15)  # where a page's own bound is looked for if one does
APART: Final = 0.02  # by how much gaps on both sides of it must be apart then
WIDEST: Final = 0.6  # gap beyond the usual advance of two words on a line: 0.31 seen; what is wider is left to others
_BOX: Final = 4  # numbers of a box (FS_RECTF): left, top, right, bottom


def is_uneven(pdfium: Any, textpage: int, indices: Sequence[int], xs: Sequence[float], ys: Sequence[float]) -> bool:
    """Whether letters, by their indices and origins, stand beside each other by other widths than their own."""
    pairs = [
        at
        for at in range(0, len(indices) - 1, max(1, len(indices) // SAMPLE))
        if indices[at + 1] == indices[at] + 1 and ys[at] == ys[at + 1]
    ]
    if len(pairs) < FEWEST:
        return _is_scattered(indices)
    widths, heights = _sizes(pdfium, textpage, [indices[at] for at in pairs])
    beyond, apart = _beyond([xs[at + 1] - xs[at] for at in pairs], widths, heights)
    return apart > SPACED or sum(abs(each) > UNEVEN for each in beyond) > MANY * len(pairs)


def blanks(
    pdfium: Any, textpage: int, indices: Sequence[int], xs: Sequence[float], ys: Sequence[float]
) -> tuple[list[bool | None], bool]:
    """Of each letter but the first whether a blank stands before it; None at the start of a line or far from others.

    And whether that is clear: gaps within words and between them are of two kinds.
    """
    widths, heights = _sizes(pdfium, textpage, indices[:-1])
    gaps = [following - x for x, following in pairwise(xs)]
    beyond, _ = _beyond(gaps, widths, heights)
    found = [
        each if gap > 0 and each < WIDEST and y == following else None
        for gap, each, y, following in zip(gaps, beyond, ys, ys[1:], strict=False)
    ]
    bound, clear = _bound([each for each in found if each is not None])
    return [None if each is None else each > bound for each in found], clear


def _bound(beyond: Sequence[float]) -> tuple[float, bool]:
    """Over which of these a gap is a blank, and whether that is clear."""
    least, most = RANGE
    if not any(abs(each - BLANK) < NEAR for each in beyond):
        return BLANK, True
    inside = [least, *sorted({each for each in beyond if least < each < most}), most]
    room, bound = max((upper - lower, (lower + upper) / 2) for lower, upper in pairwise(inside))
    return (bound, True) if room >= APART else (BLANK, False)


def _is_scattered(indices: Sequence[int]) -> bool:
    """Whether hardly any two letters stand in one word: pdfium took each for a line."""
    beside = sum(following == index + 1 for index, following in pairwise(indices))
    return len(indices) > SAMPLE and beside < len(indices) / 2


def _beyond(gaps: Sequence[float], widths: Sequence[float], heights: Sequence[float]) -> tuple[list[float], float]:
    """By how much each gap, from origin to origin, goes beyond the usual advance, and how far letters are set apart; in
    heights.

    The usual advance is a share of a letter's width, or that width and something more, whichever fits most gaps better.
    """
    known = [
        (gap, width, height)
        for gap, width, height in zip(gaps, widths, heights, strict=True)
        if width and height and 0 < gap < 2 * width
    ]
    if not known:
        return [0.0] * len(gaps), 0.0
    share = median([gap / width for gap, width, _ in known])
    apart = median([(gap - width) / height for gap, width, height in known])
    scaled = median([abs(gap - share * width) / height for gap, width, height in known])
    moved = median([abs((gap - width) / height - apart) for gap, width, height in known])
    if moved < scaled:
        share = 1.0
    else:
        apart = 0.0
    return [
        (gap - share * width) / height - apart if height else 0.0
        for gap, width, height in zip(gaps, widths, heights, strict=True)
    ], apart


def _sizes(pdfium: Any, textpage: int, indices: Sequence[int]) -> tuple[list[float], list[float]]:
    """The widths of letters, from pen to pen, and their lines' heights, in points."""
    left, top, right, bottom = floats_at(pdfium.FPDFText_GetLooseCharBox, _BOX, textpage, indices)
    widths = [end - begin for begin, end in zip(left, right, strict=True)]
    return widths, [upper - lower for upper, lower in zip(top, bottom, strict=True)]
