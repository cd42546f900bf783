"""The strips of one region in; paragraphs out: strips under each other that are one logical line, and how they join.

A line that wrapped and a new line look alike but for this: after a wrap, the next word would not have found room in the
line before. How much room there was is known in a cell, and guessed from the lines around it elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import Final, NamedTuple

from extractor.layout import Join
from extractor.readers.pdf.breaks import ANY_HABITS, TIGHT, WORD_SPACE, Habits, first_letter, unfinished, wrap_join
from extractor.readers.pdf.lines import Strip, strips_of
from extractor.readers.pdf.rulings import Ruling
from extractor.readers.pdf.words import Word

PITCH: Final[tuple[float, ...]] = (0.6, 1.75)  # pitch of a wrap ÷ size: 1.1-1.5 seen; rows of a list 1.6 and more
LOOSER: Final = 1.1  # a pitch this much wider than its neighbours' begins a new paragraph: 1.17 seen, 1.02 within one
ALIKE: Final[tuple[float, ...]] = (0.8, 1.25)  # size of a wrapped line ÷ size of the one above
# room left over ÷ size that proves a new line: in tight text, in loose text
ROOM: Final[tuple[float, ...]] = (0.6, 0.1)
# points kept free at the right border of a cell; in between as many as at the left one
MARGIN: Final[tuple[float, ...]] = (0.5, 4.5)
COLUMN_GAP: Final = 0.35  # gap ÷ size that stays free before the next column
FREE_COLUMN: Final = 2.5  # width ÷ size left free before a column whose edge no ruling shows: 0.3-3.1 seen
RULE_GAP: Final = 0.35  # distance below the baseline ÷ size from which a ruling parts lines; under it, it underlines
UNDER: Final = 2.0  # distance ÷ size of a line to write on below the last line of text: 0.4-0.8 seen
ALIGNED: Final = 2.0  # points between the edges of a text's lines: 0-1.2 seen (spaces at the ends of centred lines)
STACK: Final = 3  # lines that show where the right edge of a text is
_ENTRY: Final = re.compile(r"\([0-9]{1,2}\)|[0-9]{1,2}\.|\*{1,3}|Note:")  # what the form numbers its notes with

_ENTRY_STARTS: Final = frozenset("(*N0123456789")

_BULLET = re.compile(r"\(?\d{1,2}[).]|\*{1,2}")


class Bounds(NamedTuple):
    """The box a region's text may fill, in points.

    `firm`: it is a cell, whose right edge stops text. `fitted`: its column is just as wide as its longest line of
    several words, so it was made to fit its lines, and wraps none.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    firm: bool = True
    fitted: bool = False


class Paragraph:
    """Strips under each other that are one logical line; `joins` tell how each but the first goes on."""

    __slots__ = ("bottom", "joins", "strips", "top", "x0", "x1")

    def __init__(self, strips: list[Strip], joins: list[Join]) -> None:
        self.strips = strips
        self.joins = joins
        self.x0, self.x1 = strips[0].x0, strips[0].x1
        if len(strips) > 1:
            self.x0 = min([strip.x0 for strip in strips])
            self.x1 = max([strip.x1 for strip in strips])
        self.top = strips[0].top
        self.bottom = strips[-1].bottom

    @property
    def size(self) -> float:
        return self.strips[0].size


def paragraphs_of(
    words: list[Word], bounds: Bounds, rules: Sequence[Ruling] = (), habits: Habits = ANY_HABITS
) -> list[Paragraph]:
    """The logical lines of a region, top to bottom; `rules` are the horizontal rulings drawn between its lines."""
    if len(words) == 1:
        return [Paragraph([Strip(list(words))], [])]
    lines = strips_of(words, habits.justified)
    if len(lines) == 1:
        return [Paragraph([strip], []) for strip in lines[0]]
    return _Linker(lines, bounds, rules, habits).paragraphs()


class _Linker:
    """Finds for each strip the one it goes on in, on a later printed line."""

    def __init__(self, lines: list[list[Strip]], bounds: Bounds, rules: Sequence[Ruling], habits: Habits) -> None:
        self.lines, self.bounds, self.rules, self.habits = lines, bounds, rules, habits
        self.leftmost = min([strip.x1 for line in lines for strip in line])  # where the first strip ends
        for row, line in enumerate(lines):
            for strip in line:
                strip.row = row
        for line in lines:
            for strip in line:
                strip.below = self._next(strip)
        self.stacks = {} if bounds.firm else self._stacks()

    def paragraphs(self) -> list[Paragraph]:
        """Chains of linked strips, in the order of their first lines."""
        out: list[Paragraph] = []
        taken: set[int] = set()
        for line in self.lines:
            for strip in line:
                if id(strip) in taken:
                    continue
                strips, joins = [strip], []
                while (following := strips[-1].below) is not None:
                    join = self._join(strips, following)
                    if join is None:
                        break
                    taken.add(id(following))
                    strips.append(following)
                    joins.append(join)
                out.append(Paragraph(strips, joins))
        return out

    def _next(self, strip: Strip) -> Strip | None:
        """The only strip under `strip` at the pitch of a wrap, if `strip` is also the only one over it."""
        x0, x1, end = strip.x0, strip.x1, strip.y + PITCH[1] * strip.size + 1
        for line in islice(self.lines, strip.row + 1, None):
            following = line[0]
            if following.y > end:
                return None
            if len(line) > 1:
                under = [other for other in line if other.x0 < x1 and x0 < other.x1]
                if not under:
                    continue
                following = under[0]
                if len(under) > 1 or _is_listed(line, following):
                    return None
            elif not (following.x0 < x1 and x0 < following.x1):
                continue
            elif _is_listed(line, following):
                return None
            return following if _alike(strip, following) and self._alone(strip, following) else None
        return None

    def _alone(self, strip: Strip, following: Strip) -> bool:
        """Whether nothing but `strip` stands over `following`, back to the line of `strip`."""
        lines = self.lines[strip.row : following.row + 1]
        if len(lines) > 2 or len(lines[0]) > 1 or len(lines[-1]) > 1:
            level = following.y - 0.5
            for other in chain.from_iterable(lines):
                if other.y < level and other is not strip and other is not following and _over(other, following):
                    return False
        if not self.rules:
            return True
        top = strip.y + RULE_GAP * strip.size
        return not any(
            top < rule.at < following.top and rule.start < strip.x1 and strip.x0 < rule.end for rule in self.rules
        )

    def _stacks(self) -> dict[int, tuple[float, int, int]]:
        """For each strip of text without a firm right edge: where that text ends, its first and its last line.

        It ends at its longest line if no next word would have fitted in any line.
        """
        stacks: dict[int, tuple[float, int, int]] = {}
        for line in self.lines:
            for strip in line:
                if id(strip) in stacks:
                    continue
                stack = [strip]
                while (following := stack[-1].below) is not None and _same_text(stack[-1], following):
                    stack.append(following)
                width = max(one.x1 - one.x0 for one in stack)
                full = all(one.x1 - one.x0 + _first_word(other, one) > width for one, other in pairwise(stack))
                for one in stack:
                    edge = one.x0 + width if full and len(stack) >= STACK else self.bounds.x1
                    stacks[id(one)] = edge, strip.row, stack[-1].row
        return stacks

    def _join(self, strips: list[Strip], following: Strip) -> Join | None:
        """How `following` goes on the text of `strips`; None if it begins a line of its own."""
        strip = strips[-1]
        if (
            _looser(strips, following)
            or _begins_entry(following)
            or _are_ticks(strip, following)
            or self._is_bullet(strip)
        ):
            return None
        goes_on = unfinished(strip, following)
        if not self.habits.keeps(strip):  # how much room there was matters only to lines that do not tell themselves
            if goes_on:
                return wrap_join(strip, following, self.habits, strip.x1)
            if self.bounds.fitted:
                return None
        limit = self._limit(strip, following)
        if not self.bounds.firm:
            limit = min(limit, self.stacks[id(strip)][0])
        if (
            len(strips) > 1 and strip.row == strips[-2].row + 1
        ):  # its own first word found no room behind the line before
            limit = min(limit, max(strip.x1, strips[-2].x1 + _first_word(strip, strips[-2])))
        if not goes_on and self._fits(strip, following, limit):
            return None
        return wrap_join(strip, following, self.habits, limit)

    def _is_bullet(self, strip: Strip) -> bool:
        """Whether a strip is only the number or star of an entry whose text stands beside it."""
        if len(strip.words) > 1 or strip.words[0].style.small or not _BULLET.fullmatch(strip.words[0].text):
            return False
        return self.lines[strip.row][-1] is not strip

    def _fits(self, strip: Strip, following: Strip, limit: float) -> bool:
        """Whether the first word of `following` would clearly have found room behind `strip`."""
        if (
            self.habits.keeps(strip) and not strip.words[-1].after
        ):  # no space stood here: a word broken inside, or a new line
            return (
                strip.x1 + first_letter(following) <= limit
                and strip.x1 + _first_word(following, strip) <= limit + strip.size
            )
        if self.habits.keeps(strip) and following.y - strip.y <= TIGHT * strip.size:
            return False  # a space is drawn at the end only where the text goes on
        taken = strip.x1 + _first_word(following, strip)
        room = limit - taken
        if following.y - strip.y > TIGHT * strip.size:
            # a raised mark pushes its line down
            wide = not following.raised and following.y - strip.y > self.habits.pitch * strip.size
            wide = wide and not any(True for _ in self._lines_to_write_on(strip, following))
            return wide or room > ROOM[1] * strip.size
        for other in self._columns_right(strip, following):
            room = min(room, other.x0 - FREE_COLUMN * strip.size - taken)
        return room > ROOM[0] * strip.size

    def _columns_right(self, strip: Strip, following: Strip) -> Iterator[Strip]:
        """Strips that begin a column right of a tight text, and so may stand where it had to stop.

        In a cell those of any row; elsewhere those beside the text, unless both lines have one, as rows of a list do.
        """
        right = max(strip.x1, following.x1)
        if self.bounds.firm:
            if self.leftmost <= strip.x0:  # the text stands in a column itself
                yield from (other for line in self.lines for other in line if other.x0 >= right)
            return
        beside = [[other for other in self.lines[one.row] if other.x0 >= right] for one in (strip, following)]
        if not all(beside) and abs(strip.x0 - following.x0) < ALIGNED:
            _, first, last = self.stacks[id(strip)]
            for line in self.lines[first : last + 1]:
                yield from (other for other in line if other.x0 >= right)

    def _limit(self, strip: Strip, following: Strip) -> float:
        """How far to the right text could run in the line of `strip`."""
        limit, left = self.bounds.x1, self.bounds.x0
        edge, gap = min(strip.x0, following.x0), COLUMN_GAP * strip.size
        for other in self._beside(strip, following):
            if other.x0 >= strip.x1:
                limit = min(limit, other.x0 - gap)
            elif other.x1 <= edge:
                left = max(left, other.x1 + gap)
        for rule in self.rules:  # a line to write on is as wide as its column
            if (
                following.y < rule.at < following.y + UNDER * following.size
                and rule.start < strip.x0 + 2
                and rule.end >= strip.x1
            ):
                limit = min(limit, rule.end)
        margin = max(MARGIN[0], min(strip.x0 - left, following.x0 - left, MARGIN[1]))
        if abs((strip.x0 + strip.x1) - (following.x0 + following.x1)) < 2 and abs(strip.x0 - following.x0) > 1.5:
            return strip.x0 + (limit - left) - 2 * margin  # centred: room on both sides
        return limit - margin

    def _lines_to_write_on(self, strip: Strip, following: Strip) -> Iterator[Ruling]:
        """Rulings drawn under both strips."""
        for rule in self.rules:
            near = RULE_GAP * following.size < rule.at - following.y < UNDER * following.size
            if near and rule.start < strip.x0 + ALIGNED and rule.end >= strip.x1:
                yield rule

    def _beside(self, strip: Strip, following: Strip) -> list[Strip]:
        """Strips of any line that stand at the height of `strip` or `following`, but these two."""
        lines, row = self.lines, strip.row
        top, bottom = strip.top, following.bottom
        if len(lines) == 2 and len(lines[0]) == len(lines[1]) == 1:
            return []  # these two are all there is
        while row and lines[row - 1][0].y > top - strip.size:
            row -= 1
        end = bottom + 2 * following.size
        out: list[Strip] = []
        for line in islice(lines, row, None):
            if line[0].y > end:
                break
            for other in line:
                if other.top < bottom and other.bottom > top and other is not strip and other is not following:
                    out.append(other)
        return out


def _is_listed(line: list[Strip], strip: Strip) -> bool:
    """Whether `strip` begins an entry of a list: it is its number (`(2)`, `*`), or stands right of one."""
    first = line[0].words[0].text
    if first and first[0] not in _ENTRY_STARTS:
        return False
    text = "".join(word.text for word in line[0].words)
    return _ENTRY.fullmatch(text) is not None and not line[0].words[0].style.small and strip.x0 >= line[0].x0


def _over(one: Strip, other: Strip) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _alike(strip: Strip, following: Strip) -> bool:
    """Whether two strips can be lines of one text, by pitch, size and ink."""
    pitch = following.y - strip.y
    if not PITCH[0] * strip.size < pitch < PITCH[1] * max(strip.size, following.size):
        return False
    one, other = strip.words[0], following.words[0]
    if other.style.small and following.size <= strip.size and all(word.style.small for word in following.words):
        return True
    if not ALIKE[0] < following.size / strip.size < ALIKE[1]:
        return False
    if not _aligned(strip, following):
        return False
    if (one.style is other.style and not one.style.raised) or other.text.startswith("["):
        return True
    return not _inks(strip).isdisjoint(_inks(following))


def _aligned(strip: Strip, following: Strip) -> bool:
    """Whether two strips have one left edge, one middle or one right edge."""
    left, right = strip.x0 - following.x0, strip.x1 - following.x1
    return abs(left) < ALIGNED or abs(right) < ALIGNED or abs(left + right) / 2 < ALIGNED


def _inks(strip: Strip) -> set[tuple[str, bool, bool]]:
    return {(word.style.colour, word.style.bold, word.style.serif) for word in strip.words if not word.style.raised}


def _same_text(strip: Strip, following: Strip) -> bool:
    """Whether two strips are set as lines of one text: tight, and with one left edge or one middle."""
    return _aligned(strip, following) and not _begins_entry(following) and following.y - strip.y < TIGHT * strip.size


def _first_word(strip: Strip, before: Strip | None = None) -> float:
    """The width that the first word of a strip would take behind the line `before`, its space included."""
    words = strip.words
    last = words[0].x1
    if len(words) > 1 and words[1].glued:
        for word in words[1:]:
            if not word.glued:
                break
            last = word.x1
    return last - words[0].x0 + _space(before or strip)


def _space(strip: Strip) -> float:
    """The width of a space in a strip, from end of ink to end of ink."""
    if not strip.space:
        words = strip.words
        gaps = [right.x0 - left.x1 for left, right in pairwise(words) if not right.glued] if len(words) > 1 else None
        usual = sum(gaps) / len(gaps) if gaps else WORD_SPACE * strip.size
        strip.space = min(max(usual, 0.2 * strip.size), 0.4 * strip.size)
    return strip.space


def _are_ticks(strip: Strip, following: Strip) -> bool:
    """Whether two strips are a letter X each: ticks of two lines, however tight they are set."""
    if len(strip.words) > 1 or len(following.words) > 1:
        return False
    return strip.words[0].text in ("X", "x") and following.words[0].text in ("X", "x")


def _begins_entry(strip: Strip) -> bool:
    """Whether a strip begins with a check box or with a line to check on, as only a line of its own does."""
    return strip.words[0].tick is not None or strip.words[0].text.startswith("__")


def _looser(strips: list[Strip], following: Strip) -> bool:
    """Whether the space above `following` is wider than that between the lines around it."""
    if following.raised:
        return False  # a raised mark pushes its line down
    pitch = following.y - strips[-1].y
    if len(strips) > 1 and pitch > LOOSER * (strips[-1].y - strips[-2].y):
        return True
    below = following.below
    if below is None or pitch <= LOOSER * (below.y - following.y):
        return False
    return not any(word.style.small for word in below.words)
