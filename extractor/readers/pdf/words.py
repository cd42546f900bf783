"""Pieces of text in; words out: what stands between spaces, raised marks told apart and tied to their lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from extractor.layout import Style
from extractor.layout.text import TickState
from extractor.readers.pdf.ink import Link, Piece
from extractor.readers.pdf.pieces import draws_spaces, even, respaced, without_repeats

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
CLOSE: Final = 0.3  # gap ÷ size under which pieces without a space between them touch
SET_APART: Final = 1.0  # the same where letters are set apart: as far as a page has been seen to do so is 0.25
GLUED: Final = 0.13  # gap ÷ size under which two pieces touch: 0.1 seen (bearing of "1"), spaces 0.22 and more


# check marks and boxes that are glyphs; a plain X stays text
TICK_GLYPHS: Final[dict[str, TickState]] = {
    "☐": "empty", "□": "empty", "❏": "empty", "❑": "empty", "▢": "empty",
    "☑": "ticked", "☒": "ticked", "☓": "ticked", "✓": "ticked", "✔": "ticked", "✗": "ticked", "✘": "ticked",
    "✕": "ticked", "✖": "ticked", "⊠": "ticked", "⮽": "ticked",
}  # fmt: skip
_MARK = re.compile(r"(?:\(\d{1,2}\))+")
_MARK_PART = re.compile(r"[()\d,*]+")  # a mark, or a piece of one that a wrap broke
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


def words_of(pieces: list[Piece], page: int, links: Sequence[Link] = (), told: bool = False) -> list[Word]:
    """The words of one page in the order of the file; text printed twice in one place is taken once.

    `told`: what stands before each piece is told by more than pdfium (`spacing`), and so not to be asked again.

    The loop is long to spare calls: one more for each of a page's 500-1,500 pieces is 0.3 % of an extraction.
    """
    if not told:
        pieces = even(respaced(pieces))
    close = SET_APART if told else CLOSE
    draws = draws_spaces(pieces)
    words: list[Word] = []
    last_x1 = last_size = last_line = 0.0
    last_raised = any_raised = False
    new, kind = tuple.__new__, Word
    for piece in without_repeats(pieces):
        text, xs, x1, y, size, style, gap, after = piece
        x0 = xs[0]
        line, glued, raised = y, False, False
        given: tuple[Any, ...] = piece  # compiled, numbers are taken out of their objects; a word gets these themselves
        if words:
            away = x0 - last_x1
            larger = size if size > last_size else last_size
            # most words are told by their size alone: a mark is smaller, or one beside a mark, or raised in brackets
            if (
                last_raised or size < SMALLER * last_size or (text[0] == "(" and y < last_line)
            ) and -0.5 * size < away < NEXT_MARK_GAP * larger:
                raised = _is_mark(words[-1], text, away, y, size)
                if raised:
                    small = words[-1].style.small if last_raised else size < SMALLER * last_size
                    style, line, any_raised = marked(style, True, small), last_line, True
            if (gap == "" or gap == "\n") and away < (GLUED * larger if gap else close * size):
                glued = abs(line - last_line) < BESIDE * size
        jumped = gap == "\n" or (draws and gap != " ")
        plain = text.isascii()
        if not plain:
            text = text.translate(_LIGATURES)  # ligatures keep one origin: no word is split inside
        at: Any = line if raised else given[3]
        order = len(words)
        left: Any = given[1][0]
        fields = (left, given[2], given[3], at, given[4], text, style, page, order, glued, jumped, after, xs, "", None)
        if plain:
            words.append(new(kind, fields))
        else:
            words.extend(_split_ticks(new(kind, fields)))
            x1 = words[-1].x1
        last_x1, last_size, last_line, last_raised = x1, size, line, raised
    if any_raised:
        words = _with_small_marks(words)
    return _linked(words, links) if links else words


def _is_mark(before: Word, text: str, away: float, y: float, size: float) -> bool:
    """Whether ink at the height `y`, `away` from `before`, is a raised mark, or one more mark behind a raised one."""
    if len(text) > MARK_LETTERS and text.isalpha():
        return False
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
    sizes = {size for _, _, _, size in marks}
    alike: list[int] = []
    others: set[tuple[int, float]] = set()  # styles, by identity, and sizes that no mark has
    size, style, other = -1.0, words[0].style, True  # of the word before, and whether no mark is drawn so
    for at, word in enumerate(words):
        if word.size != size or word.style is not style:
            size, style = word.size, word.style
            other = style.raised or round(size * 5) not in sizes or (id(style), size) in others
        if other:
            continue
        if _ink(word) in marks and _MARK_PART.fullmatch(word.text):
            alike.append(at)
            continue
        other = True
        others.add((id(style), size))
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
