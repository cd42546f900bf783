"""Words of one region in; strips out: the pieces of printed lines that gutters part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from extractor.readers.pdf.words import GLUED, Word

SAME_LINE: Final = 0.2  # baselines this far apart ÷ size make one printed line: 0-0.15; a centred neighbour 0.5
GUTTER: Final = 1.0  # gap ÷ size that always parts two columns: 1.1 and more seen, 0.2-0.4 between words
JUMP: Final = 0.45  # gap ÷ size that parts them where no space is drawn: 0.49 seen, between styles up to 0.35
NARROW_GUTTER: Final = 0.2  # gap ÷ size that parts them where no space is drawn and a column begins on a line nearby
ALIGNED: Final = 0.6  # points within which two left edges are one
NEARBY: Final = 4  # lines up and down in which that column must begin


class Strip:
    """Words that stand side by side on one printed line without a gutter between them.

    `row` is the number of the printed line, `below` the strip that may go on the text: set by who links them.
    """

    __slots__ = ("below", "bottom", "row", "size", "top", "words", "x0", "x1", "y")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.row = 0
        self.below: Strip | None = None
        full = [word for word in words if not word.style.raised] or words
        self.x0 = words[0].x0
        self.x1 = max(word.x1 for word in words)
        self.y = full[0].line
        self.size = max(word.size for word in full)
        self.top = min(word.top for word in full)
        self.bottom = max(word.bottom for word in full)

    def __repr__(self) -> str:
        return f"Strip({' '.join(word.text or '[]' for word in self.words)!r} at {self.x0:.0f},{self.y:.0f})"


def strips_of(words: Sequence[Word]) -> list[list[Strip]]:
    """The printed lines of a region from the top, each as its strips from the left."""
    lines = printed_lines(words)
    if len(lines) == 1 and len(lines[0]) == 1:
        return [[Strip(lines[0])]]
    edges = [
        [
            line[0].x0,
            *(b.x0 for a, b in pairwise(line) if (gap := _gap(a, b)) >= GUTTER or (b.jumped and gap >= NARROW_GUTTER)),
        ]
        for line in lines
    ]
    return [
        _split(
            line, [x for near in (*edges[max(0, row - NEARBY) : row], *edges[row + 1 : row + NEARBY + 1]) for x in near]
        )
        for row, line in enumerate(lines)
    ]


def printed_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words by printed line, top to bottom, each line from left to right."""
    if len(words) == 1:
        return [list(words)]
    lines: list[list[Word]] = []
    base = 0.0
    size = 0.0
    for word in sorted(words, key=_by_line):
        if lines and word.line - base <= SAME_LINE * max(min(size, word.size), 3.0):
            lines[-1].append(word)
        else:
            lines.append([word])
            base, size = word.line, word.size
    for line in lines:
        line.sort(key=_by_x)
        for index in range(1, len(line)):
            left, right = line[index - 1], line[index]
            if right.order != left.order + 1 and right.tick is None:  # neighbours here but not in the file
                touches = right.x0 - left.x1 < GLUED * right.size
                if touches != right.glued:
                    line[index] = right._replace(glued=touches)
    return lines


def _by_line(word: Word) -> float:
    return word.line


def _by_x(word: Word) -> float:
    return word.x0


def _gap(left: Word, right: Word) -> float:
    """The space between two words ÷ the size of the smaller; negative where they overlap."""
    return (right.x0 - left.x1) / min(left.size, right.size)


def _split(line: list[Word], edges: Sequence[float]) -> list[Strip]:
    strips: list[Strip] = []
    start = 0
    for index in range(1, len(line)):
        left, right = line[index - 1], line[index]
        gap = _gap(left, right)
        if _is_box(left) or _is_box(right):
            strips.append(Strip(line[start:index]))
            start = index
            continue
        if gap < NARROW_GUTTER or right.style.raised:
            continue
        if gap >= (JUMP if right.jumped else GUTTER) or (right.jumped and _begins(right, edges)):
            strips.append(Strip(line[start:index]))
            start = index
    strips.append(Strip(line[start:]))
    return strips


def _is_box(word: Word) -> bool:
    """Whether this is a drawn check box (ruled, or a picture); a check mark that is a character stays in its line."""
    return word.tick is not None and not word.xs


def _begins(word: Word, edges: Sequence[float]) -> bool:
    return any(abs(word.x0 - edge) <= ALIGNED for edge in edges)
