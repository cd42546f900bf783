"""Words of one region in; strips out: the pieces of printed lines that gutters part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from extractor.readers.pdf.words import ASCENT, DESCENT, GLUED, Word

SAME_LINE: Final = 0.2  # baselines this far apart ÷ size make one printed line: 0-0.15; a centred neighbour 0.5
GUTTER: Final = 1.0  # gap ÷ size that always parts two columns: 1.1 and more seen, 0.2-0.4 between words
JUMP: Final = 0.45  # gap ÷ size that parts them where no space is drawn: 0.49 seen, between styles up to 0.35
NARROW_GUTTER: Final = 0.2  # gap ÷ size that parts them where no space is drawn and a column begins on a line nearby
ALIGNED: Final = 0.6  # points within which two left edges are one
NEARBY: Final = 4  # lines up and down in which that column must begin


_by_line: Final = attrgetter("line")
_by_x: Final = attrgetter("x0")


class Strip:
    """Words that stand side by side on one printed line without a gutter between them.

    `raised` tells of a raised mark in it; `row` is the number of the printed line, `below` the strip that may go on the
    text: set by who links them.
    """

    __slots__ = ("below", "bottom", "raised", "row", "size", "space", "top", "words", "x0", "x1", "y")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.row = 0
        self.below: Strip | None = None
        self.space = 0.0  # width of a space, once it was asked for
        first = words[0]
        self.x0, x1, line, size = first.x0, first.x1, first.line, first.size
        raised, alike = first.style.raised, True
        for word in words if len(words) > 1 else ():
            if word.x1 > x1:
                x1 = word.x1
            if word.size != size or word.line != line or word.style.raised:
                alike = False
        self.x1, self.y, self.size, self.raised = x1, line, size, raised
        if alike:
            self.top, self.bottom = line - ASCENT * size, line + DESCENT * size
            return
        full = [word for word in words if not word.style.raised] or words
        self.raised = len(full) < len(words) or raised
        self.y = full[0].line
        self.size = max([word.size for word in full])
        self.top = min([word.line - ASCENT * word.size for word in full])
        self.bottom = max([word.line + DESCENT * word.size for word in full])

    def __repr__(self) -> str:
        return f"Strip({' '.join(word.text or '[]' for word in self.words)!r} at {self.x0:.0f},{self.y:.0f})"


def strips_of(words: list[Word], justified: bool = False) -> list[list[Strip]]:
    """The printed lines of a region from the top, each as its strips from the left; in `justified` text a drawn space
    may be as wide as a gutter."""
    lines = printed_lines(words)
    if len(lines) == 1 and len(lines[0]) == 1:
        return [[Strip(lines[0])]]
    edges: dict[int, list[float]] = {}
    out: list[list[Strip]] = []
    for row, line in enumerate(lines):
        near: list[float] = []
        if _has_jumps(line):
            for other in range(max(0, row - NEARBY), min(row + NEARBY + 1, len(lines))):
                if other != row:
                    near += edges.get(other) or edges.setdefault(other, _left_edges(lines[other]))
        out.append(_split(line, near, justified))
    return out


def _has_jumps(line: list[Word]) -> bool:
    """Whether a word behind the first one is set apart from the one before it."""
    return any(word.jumped for index, word in enumerate(line) if index)


def _left_edges(line: list[Word]) -> list[float]:
    """Where columns can begin on a printed line."""
    jumps = (b.x0 for a, b in pairwise(line) if (gap := _gap(a, b)) >= GUTTER or (b.jumped and gap >= NARROW_GUTTER))
    return [line[0].x0, *jumps]


def printed_lines(words: list[Word]) -> list[list[Word]]:
    """Words by printed line, top to bottom, each line from left to right."""
    if len(words) < 2:
        return [list(words)] if words else []
    lines: list[list[Word]] = []
    base = 0.0
    size = 0.0
    line: list[Word] = []
    for word in words if _ascends([word.line for word in words]) else sorted(words, key=_by_line):
        if line and (word.line == base or word.line - base <= SAME_LINE * max(min(size, word.size), 3.0)):
            line.append(word)
        else:
            line = [word]
            lines.append(line)
            base, size = word.line, word.size
    for line in lines:
        if len(line) == 1:
            continue
        if not _ascends([word.x0 for word in line]):
            line.sort(key=_by_x)
        left = line[0]
        for index, right in enumerate(line):
            if index and right.order != left.order + 1 and right.tick is None:  # neighbours here but not in the file
                touches = right.x0 - left.x1 < GLUED * right.size
                if touches != right.glued:
                    line[index] = right._replace(glued=touches)
            left = right
    return lines


def _ascends(numbers: list[float]) -> bool:
    """Whether no number is less than the one before it: most texts need no sorting."""
    last = numbers[0]
    for number in numbers:
        if number < last:
            return False
        last = number
    return True


def _gap(left: Word, right: Word) -> float:
    """The space between two words ÷ the size of the smaller; negative where they overlap."""
    size, other = left.size, right.size
    return (right.x0 - left.x1) / (size if size < other else other)


def _split(line: list[Word], edges: Sequence[float], justified: bool) -> list[Strip]:
    if len(line) == 1:
        return [Strip(line)]
    strips: list[Strip] = []
    start = 0
    left = line[0]
    for index, right in enumerate(line):
        if not index:
            continue
        if (left.tick is not None and _is_box(left)) or (right.tick is not None and _is_box(right)):
            cut = True
        else:
            gap = right.x0 - left.x1
            if gap < NARROW_GUTTER * right.size and gap < NARROW_GUTTER * left.size:
                left = right
                continue
            gap = _gap(left, right)
            if right.style.raised or (justified and not right.jumped):
                cut = False
            else:
                cut = gap >= (JUMP if right.jumped else GUTTER) or (right.jumped and _begins(right, edges))
        if cut:
            strips.append(Strip(line[start:index]))
            start = index
        left = right
    strips.append(Strip(line[start:] if start else line))
    return strips


def _is_box(word: Word) -> bool:
    """Whether this is a drawn check box (ruled, or a picture); a check mark that is a character stays in its line."""
    return word.tick is not None and not word.xs


def _begins(word: Word, edges: Sequence[float]) -> bool:
    return any(abs(word.x0 - edge) <= ALIGNED for edge in edges)
