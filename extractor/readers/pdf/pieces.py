"""The pieces of text of one page in; the same out, each once, joined and cut where pdfium was wrong about spaces.

Also what a page shows of its spaces: whether it draws them, and whether they are so narrow that some may be lost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate, pairwise
from typing import Final

from extractor.layout import Style
from extractor.readers.pdf.ink import Piece

WORD_GAP: Final = 0.4  # gap ÷ size up to which two words may be of one sentence: 0.2-0.35 seen
# such gaps that the pen jumps ÷ those with a drawn space: 0.05 and less seen, or 0.2 and more (cairo)
JUMPS: Final = 0.1
# share of pieces behind a line break where pdfium parts all letters: 0.95 and more, else up to 0.59
PARTED: Final = 0.8
ONE_WIDTH: Final = 0.6  # share of a line's letters at one pitch in type of one width
LETTERS: Final = 5  # as many letters at one pitch show it
SAME_PITCH: Final = 0.02  # difference of pitches ÷ size that rounding leaves
WIDEST: Final = 0.722  # width of the widest of A, L, P ÷ size in fonts seen: Times 0.722, DejaVu 0.684, Arial 0.667
SURELY_OVERLOOKED: Final = 0.08  # room beyond it that only a space leaves: kerned "A A" is 0.83 in Arial, 0.86 in Times
OVERLOOKED: Final = 0.1  # width beyond that of the letter ÷ size that shows a space: 0.13 seen, 0.02 without
NARROW_SPACE: Final = 0.2  # gap ÷ size of the narrower spaces of a page that may have lost others: else 0.23 and more
MANY_GAPS: Final = 20  # gaps between words that show how wide a page's spaces are
_KERNED: Final = "ALP"  # letters that may be kerned towards a space before an A
_KERNING: Final = "ATVWY"  # letters that others may be kerned towards


def without_repeats(pieces: list[Piece]) -> list[Piece]:
    """The pieces, each of those once that are printed twice in one place."""
    if _stand_apart(pieces):
        return pieces
    lefts, heights = [piece.xs[0] for piece in pieces], [piece.y for piece in pieces]
    keys = list(zip([piece.text for piece in pieces], map(round, lefts), map(round, heights), strict=True))
    if len(set(keys)) == len(keys):
        return pieces
    firsts = dict(zip(reversed(keys), reversed(range(len(keys))), strict=True))
    return [pieces[at] for at in sorted(firsts.values())]


def _stand_apart(pieces: list[Piece]) -> bool:
    """Whether no two pieces begin in one place, to a point.

    Sorted and not put into a set, which takes longer: most of them stand in a page's order already.
    """
    places = [(int(y + 0.5) << 16) + int(xs[0] + 0.5) for _, xs, _, y, _, _, _, _ in pieces]
    places.sort()
    last = -1
    for place in places:
        if place == last:
            return False
        last = place
    return True


def draws_spaces(pieces: list[Piece]) -> bool:
    """Whether a jump of the pen tells of a new column: some printers never draw a space, some only now and then."""
    gaps = [piece.before for piece in pieces]
    spaces = gaps.count(" ")
    if not spaces or "\t" not in gaps:
        return spaces > 0
    narrow = 0
    for at, gap in enumerate(gaps):
        if at and gap == "\t":
            right = pieces[at]
            narrow += right.xs[0] - pieces[at - 1].x1 < WORD_GAP * right.size
    return narrow <= JUMPS * spaces


def even(pieces: list[Piece]) -> list[Piece]:
    """The pieces, joined on a page whose lines pdfium took for columns, each letter a piece, its gap a line break.

    Ink tells most spaces, but not in type of one width, where there is much room around a hyphen; there the pitch does.
    """
    if [piece.before for piece in pieces].count("\n") <= PARTED * len(pieces):
        return pieces
    lines: dict[tuple[float, float], list[tuple[int, float]]] = {}
    for at, (one, other) in enumerate(pairwise(pieces)):
        if one.y == other.y and other.before == "\n" and len(one.text) == 1:
            lines.setdefault((one.y, one.size), []).append((at, (other.xs[0] - one.xs[0]) / one.size))
    out = list(pieces)
    for pairs in lines.values():
        pitch, times = Counter(round(found, 2) for _, found in pairs).most_common(1)[0]
        for at, found in pairs if times > ONE_WIDTH * len(pairs) and times >= LETTERS else ():
            if abs(found - pitch) < SAME_PITCH:
                out[at] = out[at]._replace(x1=pieces[at + 1].xs[0])
                out[at + 1] = out[at + 1]._replace(before="")
    return out


def respaced(pieces: list[Piece]) -> list[Piece]:
    """The pieces, cut where pdfium overlooked a space: between capitals that are kerned towards the space on both sides
    ("ARIZONA AVE") the gap is half as wide as usual. The width of a letter is known from the page's other words."""
    texts = [piece.text for piece in pieces]
    page = "\n".join(texts)
    kerned = sorted([at for letter in _KERNED for at in _places(page, f"{letter}A")])
    if not kerned:
        return pieces
    starts = [0, *accumulate([len(text) + 1 for text in texts])]
    doubtful: dict[int, list[int]] = {}  # by piece: the letters that a space may stand behind
    for place in kerned:
        number = bisect_right(starts, place) - 1
        if len(pieces[number].xs) == len(texts[number]):
            doubtful.setdefault(number, []).append(place - starts[number])
    wanted = {(texts[number][at], pieces[number].style) for number, places in doubtful.items() for at in places}
    widths = _widths(pieces, page, starts, wanted)
    cuts: dict[int, list[int]] = {}
    for number, places in doubtful.items():
        piece = pieces[number]
        for at in places:
            usual = widths.get((piece.text[at], piece.style), ())
            limit = max(usual) + OVERLOOKED if len(usual) > 1 else WIDEST + SURELY_OVERLOOKED
            if (piece.xs[at + 1] - piece.xs[at]) / piece.size > limit:
                cuts.setdefault(number, []).append(at + 1)
    return _cut_pieces(pieces, cuts) if cuts else pieces


def _widths(
    pieces: list[Piece], page: str, starts: list[int], wanted: set[tuple[str, Style]]
) -> dict[tuple[str, Style], list[float]]:
    """The widths ÷ size of letters of a style wherever no space can be behind them, in pieces that start so in a page's
    text."""
    widths: dict[tuple[str, Style], list[float]] = {}
    for letter in {letter for letter, _ in wanted}:
        for place in _places(page, letter):
            following = page[place + 1 : place + 2]
            if not following.isalnum() or following in _KERNING:
                continue
            number = bisect_right(starts, place) - 1
            _, xs, _, _, size, style, _, _ = pieces[number]
            at = place - starts[number]
            if (letter, style) in wanted and at + 1 < len(xs):
                widths.setdefault((letter, style), []).append((xs[at + 1] - xs[at]) / size)
    return widths


def _places(text: str, wanted: str) -> list[int]:
    """Where something stands in a text."""
    out: list[int] = []
    at = text.find(wanted)
    while at >= 0:
        out.append(at)
        at = text.find(wanted, at + 1)
    return out


def _cut_pieces(pieces: list[Piece], cuts: dict[int, list[int]]) -> list[Piece]:
    """The pieces, those in `cuts` (by number) parted before the characters given there, a space between the parts."""
    out: list[Piece] = []
    for number, piece in enumerate(pieces):
        start = 0
        for at in cuts.get(number, ()):
            text, xs = piece.text[start:at], piece.xs[start:at]
            out.append(piece._replace(text=text, xs=xs, x1=piece.xs[at] - 0.1, after=False))
            piece = piece._replace(before=" ")
            start = at
        out.append(piece if not start else piece._replace(text=piece.text[start:], xs=piece.xs[start:]))
    return out


def crowded(pieces: list[Piece]) -> bool:
    """Whether words stand so close on a page that draws no spaces that not all of its spaces can be told."""
    if any(piece.before == " " for piece in pieces):
        return False
    pairs = [(left, right) for left, right in pairwise(pieces) if right.before == "\t" and right.size]
    found = [(right.xs[0] - left.x1) / right.size for left, right in pairs]
    spaces = sorted(gap for gap in found if 0 < gap < WORD_GAP)
    return len(spaces) >= MANY_GAPS and spaces[len(spaces) // 10] < NARROW_SPACE
