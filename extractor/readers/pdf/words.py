"""Pieces of text in; words out: what stands between spaces, raised marks told apart and tied to their lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from extractor.layout import Style
from extractor.layout.text import TickState
from extractor.readers.pdf.ink import Link, Piece

# rise of a mark ÷ size of its host: 0.25-0.5 seen; a line of its own begins at 1.0
RAISE: Final[tuple[float, ...]] = (0.15, 0.85)
LOW_RAISE: Final = 0.07  # the same for what is shaped like a mark: 0.11 seen (wkhtmltopdf)
LEVEL: Final = 0.3  # points by which two baselines may differ and be the same: 0.01 seen
SMALLER: Final = 0.94  # size of a mark ÷ size of its host: 0.60-0.84 seen
MARK_GAP: Final = 0.45  # gap between host and mark ÷ size of the host: 0.3 seen (EDGAR Online sets a space between)
NEXT_MARK_GAP: Final = 0.65  # gap between two marks ÷ their size: 0.52 seen (wkhtmltopdf); 0.3 as a rule
MARK_LETTERS: Final = 2  # letters that a raised text may have ("TM", "th"); more are a neighbour that is centred higher
BESIDE: Final = 0.2  # baselines this far apart ÷ size still touch: "$" and its number 0.07 where fonts differ
ASCENT: Final = 0.72  # height of capitals ÷ size
MIDDLE: Final = 0.26  # height of the ink's middle above the baseline ÷ size
DESCENT: Final = 0.2  # depth of descenders ÷ size
WORD_GAP: Final = 0.4  # gap ÷ size up to which two words may be of one sentence: 0.2-0.35 seen
JUMPS: Final = (
    0.1  # such gaps that the pen jumps ÷ those with a drawn space: 0.05 and less seen, or 0.2 and more (cairo)
)
CLOSE: Final = 0.3  # gap ÷ size under which pieces without a space between them touch
SET_APART: Final = 1.0  # the same where letters are set apart: as far as a page has been seen to do so is 0.25
GLUED: Final = 0.13  # gap ÷ size under which two pieces touch: 0.1 seen (bearing of "1"), spaces 0.22 and more

PARTED: Final = (
    0.8  # share of pieces behind a line break where pdfium parts all letters: 0.95 and more, else up to 0.59
)
ONE_WIDTH: Final = 0.6  # share of a line's letters at one pitch in type of one width
LETTERS: Final = 5  # as many letters at one pitch show it
SAME_PITCH: Final = 0.02  # difference of pitches ÷ size that rounding leaves

# check marks and boxes that are glyphs; a plain X stays text
TICK_GLYPHS: Final[dict[str, TickState]] = {
    "☐": "empty", "□": "empty", "❏": "empty", "❑": "empty", "▢": "empty",
    "☑": "ticked", "☒": "ticked", "☓": "ticked", "✓": "ticked", "✔": "ticked", "✗": "ticked", "✘": "ticked",
    "✕": "ticked", "✖": "ticked", "⊠": "ticked", "⮽": "ticked",
}  # fmt: skip
_MARK = re.compile(r"(?:\(\d{1,2}\))+")
_MARK_PART = re.compile(r"[()\d,*]+")  # a mark, or a piece of one that a wrap broke
WIDEST: Final = 0.722  # width of the widest of A, L, P ÷ size in fonts seen: Times 0.722, DejaVu 0.684, Arial 0.667
SURELY_OVERLOOKED: Final = 0.08  # room beyond it that only a space leaves: kerned "A A" is 0.83 in Arial, 0.86 in Times
OVERLOOKED: Final = 0.1  # width beyond that of the letter ÷ size that shows a space: 0.13 seen, 0.02 without
NARROW_SPACE: Final = 0.2  # gap ÷ size of the narrower spaces of a page that may have lost others: else 0.23 and more
MANY_GAPS: Final = 20  # gaps between words that show how wide a page's spaces are
_KERNED: Final = "ALP"  # letters that may be kerned towards a space before an A
_KERNING: Final = "ATVWY"  # letters that others may be kerned towards
_LIGATURES: Final = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


class Word(NamedTuple):
    """Characters that stand together on page `page`, or a check box (`tick` set, no text).

    `y` is the baseline and `line` that of the printed line the word belongs to: the same but for a raised mark, and for
    words of a table that goes on over a page break, whose lines count on from the page before. `xs` are the origins of
    the characters. `glued` words follow the one before them without a space; `jumped` words come from another line in
    the file, or have no space drawn before them though the page draws spaces; `after` tells that a drawn space ends the
    printed line behind the word. `order` is the place in the file.
    """

    x0: float
    x1: float
    y: float
    line: float
    size: float
    text: str
    style: Style
    page: int
    order: int
    glued: bool = False
    jumped: bool = False
    after: bool = False
    xs: tuple[float, ...] = ()
    link: str = ""
    tick: TickState | None = None

    @property
    def top(self) -> float:
        """Top of the word's line, as far as letters of its size reach: capitals 0.72 em in the fonts seen."""
        return self.line - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Bottom of the word's line, as far as letters of its size reach: descenders 0.2 em."""
        return self.line + DESCENT * self.size


def words_of(pieces: Sequence[Piece], page: int, links: Sequence[Link] = (), told: bool = False) -> list[Word]:
    """The words of one page in the order of the file; text printed twice in one place is taken once.

    `told`: what stands before each piece is told by more than pdfium (`spacing`), and so not to be asked again.

    The loop is long to spare calls: 500-1,500 pieces stand on a page, and one more call for each of them is 0.3 % of an
    extraction.
    """
    if not told:
        pieces = _even(_respaced(pieces))
    close = SET_APART if told else CLOSE
    draws_spaces = _draws_spaces(pieces)
    words: list[Word] = []
    last_x1 = last_size = last_line = 0.0
    last_raised = any_raised = False
    new = tuple.__new__
    for text, xs, x1, y, size, style, gap, after in _without_repeats(pieces):
        x0 = xs[0]
        line, glued, raised = y, False, False
        if words:
            away = x0 - last_x1
            larger = size if size > last_size else last_size
            # most words are told by their size alone: a mark is smaller, or one beside a mark, or raised in brackets
            if (
                last_raised or size < SMALLER * last_size or (text[0] == "(" and y < last_line)
            ) and -0.5 * size < away < NEXT_MARK_GAP * larger:
                raised = _is_mark(words[-1], text, away, y, size)
                if raised and not (len(text) > MARK_LETTERS and text.isalpha()):
                    small = words[-1].style.small if last_raised else size < SMALLER * last_size
                    style, line, any_raised = marked(style, True, small), last_line, True
                else:
                    raised = False
            if (gap == "" or gap == "\n") and away < (GLUED * larger if gap else close * size):
                glued = abs(line - last_line) < BESIDE * size
        jumped = gap == "\n" or (draws_spaces and gap != " ")
        if text.isascii():
            words.append(
                new(Word, (x0, x1, y, line, size, text, style, page, len(words), glued, jumped, after, xs, "", None))
            )
        else:
            text = text.translate(_LIGATURES)  # ligatures keep one origin: no word is split inside
            word = new(Word, (x0, x1, y, line, size, text, style, page, len(words), glued, jumped, after, xs, "", None))
            words.extend(_split_ticks(word))
            x1 = words[-1].x1
        last_x1, last_size, last_line, last_raised = x1, size, line, raised
    if any_raised:
        words = _with_small_marks(words)
    return _linked(words, links) if links else words


def _without_repeats(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces, each of those once that are printed twice in one place."""
    if len({(int(xs[0] + 0.5) << 16) + int(y + 0.5) for _, xs, _, y, _, _, _, _ in pieces}) == len(pieces):
        return pieces
    lefts, heights = [piece.xs[0] for piece in pieces], [piece.y for piece in pieces]
    keys = list(zip([piece.text for piece in pieces], map(round, lefts), map(round, heights), strict=True))
    if len(set(keys)) == len(keys):
        return pieces
    firsts = dict(zip(reversed(keys), reversed(range(len(keys))), strict=True))
    return [pieces[at] for at in sorted(firsts.values())]


def _draws_spaces(pieces: Sequence[Piece]) -> bool:
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


def _even(pieces: Sequence[Piece]) -> Sequence[Piece]:
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


def _respaced(pieces: Sequence[Piece]) -> Sequence[Piece]:
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
    pieces: Sequence[Piece], page: str, starts: list[int], wanted: set[tuple[str, Style]]
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


def crowded(pieces: Sequence[Piece]) -> bool:
    """Whether words stand so close on a page that draws no spaces that not all of its spaces can be told."""
    if any(piece.before == " " for piece in pieces):
        return False
    pairs = [(left, right) for left, right in pairwise(pieces) if right.before == "\t" and right.size]
    found = [(right.xs[0] - left.x1) / right.size for left, right in pairs]
    spaces = sorted(gap for gap in found if 0 < gap < WORD_GAP)
    return len(spaces) >= MANY_GAPS and spaces[len(spaces) // 10] < NARROW_SPACE


def _cut_pieces(pieces: Sequence[Piece], cuts: dict[int, list[int]]) -> list[Piece]:
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


def _is_mark(before: Word, text: str, away: float, y: float, size: float) -> bool:
    """Whether ink at the height `y`, `away` from `before`, is a raised mark, or one more mark behind a raised one."""
    if before.style.raised:
        gap = NEXT_MARK_GAP if _MARK_PART.fullmatch(text) else MARK_GAP
        return abs(before.y - y) < LEVEL and size < 1.05 * before.size and away < gap * size
    rise = (before.line - y) / before.size if before.size else 0.0
    if size >= SMALLER * before.size:  # a style sheet may set marks as large as their text, a space of it between them
        return RAISE[0] < rise < RAISE[1] and _MARK.fullmatch(text) is not None
    if away >= MARK_GAP * before.size:
        return False
    if LOW_RAISE < rise <= RAISE[0]:  # no more than a smaller font in the middle of a line has; the shape decides
        return _MARK_PART.fullmatch(text) is not None
    return RAISE[0] < rise < RAISE[1]


@cache
def marked(style: Style, raised: bool, small: bool = True) -> Style:
    """`style` as that of a mark: raised if it stands higher than its neighbour, and small, but where a style sheet set
    it as large as its text."""
    return style._replace(raised=raised, small=small)


def _with_small_marks(words: list[Word]) -> list[Word]:
    """Words drawn exactly as the page's raised marks, and never used for anything else, are small wherever they stand.

    A cell can hold marks alone; nothing beside them tells that they are raised, but font, size and colour do tell that
    they are marks' ink.
    """
    marks = {_ink(word) for word in words if word.style.raised and word.style.small}
    if not marks:
        return words
    rounded = {size for _, _, _, size in marks}
    sizes = {size for size in {word.size for word in words} if round(size * 5) in rounded}
    alike: list[int] = []
    others: set[tuple[int, float]] = set()  # styles, by identity, and sizes that no mark has
    for at, word in enumerate(words):
        if word.size not in sizes or (id(word.style), word.size) in others or word.style.raised:
            continue
        if _ink(word) in marks and _MARK_PART.fullmatch(word.text):
            alike.append(at)
            continue
        others.add((id(word.style), word.size))
        marks.discard(_ink(word))
        if not marks:
            return words
    out = list(words)
    for at in alike:
        if _ink(words[at]) in marks:
            out[at] = words[at]._replace(style=marked(words[at].style, False))
    return out


def _ink(word: Word) -> tuple[str, bool, bool, int]:
    style = word.style
    return style.colour, style.bold, style.serif, round(word.size * 5)


def _split_ticks(word: Word) -> Iterable[Word]:
    """The word, or its parts where it holds check-box glyphs."""
    text = word.text
    if text.isascii() or not any(character in TICK_GLYPHS for character in text) or len(text) != len(word.xs):
        return (word,)
    parts: list[Word] = []
    start = 0
    for index, character in enumerate(text):
        if character in TICK_GLYPHS:
            if index > start:
                parts.append(cut(word, start, index))
            parts.append(cut(word, index, index + 1)._replace(text="", tick=TICK_GLYPHS[character]))
            start = index + 1
    if start < len(text):
        parts.append(cut(word, start, len(text)))
    return parts


def cut(word: Word, start: int, end: int) -> Word:
    """The characters `start` to `end` of a word that has an origin for each."""
    last = end == len(word.xs)
    x1 = word.x1 if last else word.xs[end] - 0.05 * word.size
    return word._replace(
        x0=word.xs[start],
        x1=max(x1, word.xs[start]),
        text=word.text[start:end],
        xs=word.xs[start:end],
        glued=word.glued if start == 0 else True,
        after=word.after and last,
    )


def _linked(words: list[Word], links: Sequence[Link]) -> list[Word]:
    """The words, each with the target of the link whose rectangle its middle lies in."""
    out = list(words)
    heights = [word.y - MIDDLE * word.size for word in words]
    height = heights.__getitem__
    ordered = sorted(range(len(words)), key=height)
    for link in links:
        first, last = bisect_left(ordered, link.top, key=height), bisect_right(ordered, link.bottom, key=height)
        for index in ordered[first:last]:
            if link.x0 <= (words[index].x0 + words[index].x1) / 2 <= link.x1:
                out[index] = out[index]._replace(link=link.uri)
    return out
