"""Words, rules and boxes of one region in; blocks out: logical lines, and unruled grids where things stand in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from extractor.layout import BBox, Block, Join, Line, PdfLocation, Run, Segment, Tick
from extractor.readers.pdf.lines import Strip, strips_of
from extractor.readers.pdf.rulings import Ruling
from extractor.readers.pdf.words import ASCENT, DESCENT, Word

PITCH: Final = (0.6, 1.75)  # pitch of a wrap ÷ size: 1.1-1.5 seen; rows of a list 1.6 and more
LOOSER: Final = 1.1  # a pitch this much wider than its neighbours' begins a new paragraph: 1.17 seen, 1.02 within one
ALIKE: Final = (0.8, 1.25)  # size of a wrapped line ÷ size of the one above
WORD_SPACE: Final = 0.26  # width of a space ÷ size: 0.25 Times, 0.28 Arial, 0.32 DejaVu
CURRENCY: Final = "$€£¥"
MARGIN: Final = 0.5  # points kept free at the right border of a cell at least


class Bounds(NamedTuple):
    """The box a region's text may fill, in points."""

    x0: float
    top: float
    x1: float
    bottom: float


class Habits(NamedTuple):
    """What one document's printer does.

    `keeps_spaces`: a line that wraps at a space ends with that space, drawn (LibreOffice); so one that ends without is
    broken inside a word or at its real end. `spaced_marks`: a space stands before a mark (EDGAR Online).
    """

    keeps_spaces: bool = False
    spaced_marks: bool = False
    vocabulary: frozenset[str] = frozenset()  # words, squeezed to letters, that stand whole inside the document's lines


class Paragraph:
    """Strips under each other that are one logical line."""

    __slots__ = ("bottom", "joins", "strips", "top", "x0", "x1")

    def __init__(self, strips: list[Strip], joins: list[Join]) -> None:
        self.strips = strips
        self.joins = joins  # one fewer than strips
        self.x0 = min(strip.x0 for strip in strips)
        self.x1 = max(strip.x1 for strip in strips)
        self.top = strips[0].top
        self.bottom = strips[-1].bottom

    @property
    def size(self) -> float:
        return self.strips[0].size


class Placed(NamedTuple):
    """A finished block and the box it stands in."""

    x0: float
    top: float
    x1: float
    bottom: float
    block: Block


def paragraphs_of(
    words: Sequence[Word], bounds: Bounds, rules: Sequence[Ruling] = (), habits: Habits = Habits()
) -> list[Paragraph]:
    """The logical lines of a region, top to bottom; `rules` are the horizontal rulings drawn between its lines."""
    lines = strips_of(words)
    if len(lines) == 1:
        return [Paragraph([strip], []) for strip in lines[0]]
    return _Linker(lines, bounds, rules, habits).paragraphs()


class _Linker:
    """Finds for each strip the one it goes on in, on a later printed line."""

    def __init__(
        self, lines: list[list[Strip]], bounds: Bounds, rules: Sequence[Ruling], habits: Habits
    ) -> None:
        self.lines, self.bounds, self.rules, self.habits = lines, bounds, rules, habits
        self.below = [[self._next(index, strip) for strip in line] for index, line in enumerate(lines)]

    def paragraphs(self) -> list[Paragraph]:
        """Chains of linked strips, in the order of their first lines."""
        out: list[Paragraph] = []
        taken: set[int] = set()
        follower = {id(strip): self.below[i][j] for i, line in enumerate(self.lines) for j, strip in enumerate(line)}
        for line in self.lines:
            for strip in line:
                if id(strip) in taken:
                    continue
                strips, joins = [strip], []
                while (following := follower[id(strips[-1])]) is not None:
                    join = self._join(strips, following, follower)
                    if join is None:
                        break
                    taken.add(id(following))
                    strips.append(following)
                    joins.append(join)
                out.append(Paragraph(strips, joins))
        return out

    def _next(self, index: int, strip: Strip) -> Strip | None:
        """The only strip under `strip` at the pitch of a wrap, if `strip` is also the only one over it."""
        for line in self.lines[index + 1 :]:
            if line[0].y - strip.y > PITCH[1] * strip.size + 1:
                return None
            over = [other for other in line if other.x0 < strip.x1 and strip.x0 < other.x1]
            if not over:
                continue
            if len(over) > 1 or not self._alike(strip, over[0]) or not self._alone(index, strip, over[0]):
                return None
            return over[0]
        return None

    def _alone(self, index: int, strip: Strip, following: Strip) -> bool:
        """Whether nothing but `strip` stands over `following`, back to the line of `strip`."""
        position = index
        while position < len(self.lines) and self.lines[position][0].y < following.y - 0.5:
            for other in self.lines[position]:
                if other is not strip and other is not following and other.x0 < following.x1 and following.x0 < other.x1:
                    return False
            position += 1
        return not any(
            strip.y + 0.35 * strip.size < rule.at < following.top and rule.start < strip.x1 and strip.x0 < rule.end
            for rule in self.rules
        )

    @staticmethod
    def _alike(strip: Strip, following: Strip) -> bool:
        pitch = following.y - strip.y
        if not PITCH[0] * strip.size < pitch < PITCH[1] * max(strip.size, following.size):
            return False
        if all(word.style.small for word in following.words) and following.size <= strip.size:
            return True
        if not ALIKE[0] < following.size / strip.size < ALIKE[1]:
            return False
        return not _inks(strip).isdisjoint(_inks(following))

    def _join(self, strips: list[Strip], following: Strip, follower: dict[int, Strip | None]) -> Join | None:
        """How `following` goes on the text of `strips`; None if it begins a line of its own."""
        strip = strips[-1]
        if self._looser(strips, following, follower[id(following)]):
            return None
        if self._fits(strip, following) and not unfinished(strip, following):
            return None
        return wrap_join(strip, following, self.habits)

    @staticmethod
    def _looser(strips: list[Strip], following: Strip, after: Strip | None) -> bool:
        """Whether the space above `following` is wider than that between the lines around it."""
        if any(word.style.raised for word in following.words):
            return False  # a raised mark pushes its line down
        pitch = following.y - strips[-1].y
        pitches = [strips[-1].y - strips[-2].y] if len(strips) > 1 else []
        if after is not None and not any(word.style.raised for word in after.words):
            pitches.append(after.y - following.y)
        return any(pitch > LOOSER * other for other in pitches if other > 0)

    def _fits(self, strip: Strip, following: Strip) -> bool:
        """Whether the first word of `following` would have found room behind `strip`."""
        first = following.words[0]
        if self.habits.keeps_spaces and not strip.words[-1].after:  # no space stood here: a word broken inside, or a new line
            width = first.xs[1] - first.x0 if len(first.xs) > 1 else first.x1 - first.x0
            return strip.x1 + width <= self._limit(strip, following)
        last = first.x1
        for word in following.words[1:]:
            if not word.glued:
                break
            last = word.x1
        return strip.x1 + WORD_SPACE * strip.size + last - first.x0 <= self._limit(strip, following)

    def _limit(self, strip: Strip, following: Strip) -> float:
        """How far to the right text could run in the line of `strip`."""
        limit = self.bounds.x1
        left = self.bounds.x0
        for line in self.lines:
            for other in line:
                if other.x0 >= strip.x1 and other.top < following.bottom and other.bottom > strip.top:
                    limit = min(limit, other.x0 - 0.35 * strip.size)
                elif other.x1 <= min(strip.x0, following.x0) and other.top < following.bottom and other.bottom > strip.top:
                    left = max(left, other.x1 + 0.35 * strip.size)
        margin = max(MARGIN, min(strip.x0 - left, following.x0 - left, 0.5 * strip.size))
        if abs((strip.x0 + strip.x1) - (following.x0 + following.x1)) < 2 and abs(strip.x0 - following.x0) > 1.5:
            return strip.x1 + (limit - left) - 2 * margin - (strip.x1 - strip.x0)  # centred: room on both sides
        return limit - margin


def wrap_join(strip: Strip, following: Strip, habits: Habits) -> Join:
    """How the first word of `following` goes on the last one of `strip`, the line before."""
    last, first = strip.words[-1], following.words[0]
    if first.style.small and not last.style.small and first.text.startswith("("):
        return Join.WRAP_SPACE if habits.spaced_marks else Join.WRAP_NONE  # a mark that fell to the next line
    if last.text.endswith(("-", "/", "‐")) and len(last.text) > 1:
        return Join.WRAP_NONE
    if last.text in CURRENCY:
        return Join.WRAP_NONE
    if last.style.small and first.style.small:
        return Join.WRAP_SPACE if habits.spaced_marks else Join.WRAP_NONE
    if habits.keeps_spaces and not last.after:
        return _broken_word(strip, following, habits)
    return Join.WRAP_SPACE


def _broken_word(strip: Strip, following: Strip, habits: Habits) -> Join:
    """Whether a line without a drawn space at its end broke inside a word, or the space found no room itself.

    LibreOffice draws no space that would reach over the column's edge. What the words are then tells: one broken in two, or two
    that stand whole elsewhere in the document.
    """
    last, first = strip.words[-1].text, following.words[0].text
    if last[-1].isdigit() and (first[0].isdigit() or first[0] in ",./") or last[-1] in ",." and first[0].isdigit():
        return Join.WRAP_NONE if len(strip.words) == 1 or not last[-1].isdigit() else Join.WRAP_UNSURE
    if squeezed(last + first) in habits.vocabulary:
        return Join.WRAP_NONE
    if squeezed(last) in habits.vocabulary and squeezed(first) in habits.vocabulary:
        return Join.WRAP_SPACE
    if last[-1] in ",;:" or (last[-1].islower() and (first[0].isupper() or first[0] == "(")):
        return Join.WRAP_SPACE
    return Join.WRAP_NONE if first[0].islower() else Join.WRAP_UNSURE


def squeezed(text: str) -> str:
    """The letters and digits of a word, in small letters."""
    return "".join(character for character in text if character.isalnum()).lower()


def _inks(strip: Strip) -> set[tuple[str, bool, bool]]:
    return {(word.style.colour, word.style.bold, word.style.serif) for word in strip.words if not word.style.raised}


def unfinished(strip: Strip, following: Strip) -> bool:
    """Whether the words themselves show that a line goes on: an open bracket, a hyphen, a small letter behind it."""
    text = " ".join(word.text for word in strip.words)
    if text.count("(") > text.count(")") or text.endswith(("-", ",", "/")) and len(text) > 1:
        return True
    first = following.words[0].text
    return first[:1].islower() and not first.lower().startswith("c/o")


# ---------------------------------------------------------------------------------------------------------------------
# blocks


def line_of(paragraphs: Sequence[Paragraph]) -> Line:
    """The logical line of paragraphs that stand side by side."""
    return Line(tuple(segment_of(paragraph) for paragraph in paragraphs))


def segment_of(paragraph: Paragraph) -> Segment:
    """A paragraph as one segment: a run for each stretch of one style on one printed line."""
    parts: list[Run | Tick] = []
    for index, strip in enumerate(paragraph.strips):
        join = Join.SPACE if index == 0 else paragraph.joins[index - 1]
        words = strip.words
        start = 0
        for position in range(1, len(words) + 1):
            if position < len(words) and _same_run(words[start], words[position]):
                continue
            parts.append(_part(words[start:position], join))
            if position < len(words):
                join = Join.NONE if words[position].glued else Join.SPACE
            start = position
    return Segment(tuple(parts))


def _same_run(first: Word, word: Word) -> bool:
    return (
        word.style is first.style and word.link == first.link and word.tick is None and first.tick is None
    ) or (word.style == first.style and word.link == first.link and word.tick is first.tick is None)


def _part(words: list[Word], join: Join) -> Run | Tick:
    first = words[0]
    size = max(word.size for word in words)
    box = BBox(first.x0, first.y - ASCENT * size, max(word.x1 for word in words), first.y + DESCENT * size)
    at = PdfLocation(first.page, box)
    if first.tick is not None:
        return Tick(first.tick, at)
    text = first.text
    for word in words[1:]:
        text += word.text if word.glued else " " + word.text
    return Run(text, first.style, at, join, first.link)
