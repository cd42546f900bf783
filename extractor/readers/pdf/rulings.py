"""Thin shapes in; rulings out: double borders made one, collinear pieces joined, grouped by what touches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter
from typing import Final, NamedTuple

from extractor.readers.pdf.ink import Shape
from extractor.readers.pdf.words import Word

DOUBLE: Final = 2.7  # points: the two lines of a 3-D border are 0.6-2.6 apart; the narrowest column ("V") is 6 wide
JOIN: Final = 3.0  # points: pieces of one ruling overlap or leave 0-2.4 (corners drawn apart) between them
TOUCH: Final = 2.3  # points from the middle of a ruling to the end of one that meets it: 0-1.6; an <hr> ends 2.9 short
DOT: Final = 1.6  # length ÷ thickness under which a shape is a corner piece, or a dot of a dotted ruling
DOTS: Final = 6  # dots that make a ruling: a dotted border has one every 1.2 points, corners have up to 4 pieces
IN_LINE: Final = 0.1  # points by which the dots of one ruling may stand beside each other


# distance of an underline below the baseline ÷ size: 0.08-0.17 seen; borders more
UNDERLINE: Final[tuple[float, ...]] = (-0.02, 0.24)
ROUNDED: Final = 0.01  # points, so that no word is lost by rounding where words near a shape are picked
OVERSHOOT: Final = 1.2  # points an underline may reach past its words


# A third of the time that the call of a named tuple takes; 200-1,500 shapes stand on a page.
_new: Final = tuple.__new__


class Ruling(NamedTuple):
    """A horizontal ruling at y = `at` from x = `start` to `end`, or a vertical one with x and y exchanged."""

    at: float
    start: float
    end: float


_by_position: Final = itemgetter(0)
_by_start: Final = itemgetter(1)
_Drawn = tuple[float, float, float]  # a piece of a ruling, before it is one: position, start, end


class Rulings(NamedTuple):
    """Rulings by direction, each list sorted by position, then start."""

    horizontal: list[Ruling]
    vertical: list[Ruling]


def rulings_of(shapes: list[Shape], height: float) -> Rulings:
    """The rulings that thin shapes draw together on a page of `height` points.

    wkhtmltopdf draws a whole table on every page that it touches, so what lies above or below the page is cut off.
    """
    horizontal: list[_Drawn] = []
    vertical: list[_Drawn] = []
    dots: list[Shape] = []
    for x0, top, x1, bottom in shapes:
        if bottom < 0 or top > height:
            continue
        width, depth = x1 - x0, bottom - top
        if width > DOT * depth:
            horizontal.append(((top + bottom) / 2, x0, x1))
        elif depth > DOT * width:
            vertical.append(((x0 + x1) / 2, top if top > 0 else 0.0, bottom if bottom < height else height))
        else:
            dots.append(Shape(x0, top, x1, bottom))
    if len(dots) >= DOTS:
        horizontal += _dotted([((top + bottom) / 2, x0, x1) for x0, top, x1, bottom in dots])
        vertical += _dotted([((x0 + x1) / 2, top, bottom) for x0, top, x1, bottom in dots])
    return Rulings(merged(horizontal), merged(vertical))


def _dotted(dots: list[_Drawn]) -> list[_Drawn]:
    """The pieces of rulings that dots make which stand in one line."""
    dots.sort()
    out: list[_Drawn] = []
    line: list[_Drawn] = []
    for dot in dots:
        if line and dot[0] - line[-1][0] > IN_LINE:
            out += _strung(line)
            line = []
        line.append(dot)
    out += _strung(line)
    return out


def _strung(line: list[_Drawn]) -> Iterator[_Drawn]:
    """The stretches of a line whose dots nearly meet, of enough dots for a ruling."""
    line.sort(key=_by_start)
    start = 0
    for index in range(1, len(line) + 1):
        if index == len(line) or line[index][1] > line[index - 1][2] + JOIN:
            if index - start >= DOTS:
                yield line[start][0], line[start][1], line[index - 1][2]
            start = index


def without_underlines(shapes: list[Shape], words: list[Word]) -> list[Shape]:
    """The shapes that do not underline words: an underlined mark in a narrow cell would else cut the cell in two."""
    lines, largest = _by_baseline(words)
    levels = sorted(lines)
    ordered = [word for level in levels for word in lines[level]]
    starts = [0, *accumulate([len(lines[level]) for level in levels])]
    above, below = UNDERLINE[1] * largest + ROUNDED, ROUNDED - UNDERLINE[0] * largest
    out: list[Shape] = []
    known: dict[float, tuple[int, int]] = {}  # most lines are drawn in pieces
    for shape in shapes:
        x0, top, x1, bottom = shape
        if x1 - x0 > bottom - top:
            y = (top + bottom) / 2
            near = known.get(y)
            if near is None:
                first, last = bisect_left(levels, y - above), bisect_right(levels, y + below)
                near = known[y] = starts[first], starts[last]
            if near[0] < near[1]:
                over = [
                    word
                    for word in ordered[near[0] : near[1]]
                    if word.x0 < x1
                    and x0 < word.x1
                    and UNDERLINE[0] * word.size <= y - word.y <= UNDERLINE[1] * word.size
                ]
                if (
                    over
                    and min(word.x0 for word in over) <= x0 + OVERSHOOT
                    and x1 <= max(word.x1 for word in over) + OVERSHOOT
                ):
                    continue
        out.append(shape)
    return out


def _by_baseline(words: list[Word]) -> tuple[dict[float, list[Word]], float]:
    """The words by baseline, and the largest size."""
    lines: dict[float, list[Word]] = {}
    line: list[Word] = []
    y = largest = 0.0
    for word in words:
        if not line or word.y != y:
            y = word.y
            line = lines.setdefault(y, [])
        line.append(word)
        if word.size > largest:
            largest = word.size
    return lines, largest


def merged(drawn: list[_Drawn]) -> list[Ruling]:
    """Parallel rulings; those within `DOUBLE` of each other are put on one position and joined where they meet."""
    drawn.sort(key=_by_position)  # which of two in one position comes first matters to no one
    out: list[Ruling] = []
    level: list[_Drawn] = []
    reach = 0.0
    for piece in drawn:
        if level and piece[0] > reach:
            out += _joined(level)
            level = []
        if not level:
            reach = piece[0] + DOUBLE
        level.append(piece)
    if level:
        out += _joined(level)
    out.sort()
    return out


def _joined(level: list[_Drawn]) -> list[Ruling]:
    """Rulings of one position, overlapping and nearly meeting ones made one; each at the middle of its own pieces."""
    level.sort(key=_by_start)
    out: list[Ruling] = []
    low, start, end = level[0]
    high = low
    for at, piece_start, piece_end in level:
        if piece_start > end + JOIN:
            out.append(_new(Ruling, ((low + high) / 2, start, end)))
            low = high = at
            start, end = piece_start, piece_end
            continue
        if piece_end > end:
            end = piece_end
        if at < low:
            low = at
        elif at > high:
            high = at
    out.append(_new(Ruling, ((low + high) / 2, start, end)))
    return out


def groups_of(rulings: Rulings) -> tuple[list[Rulings], list[Ruling]]:
    """Rulings that touch each other, group by group from the top, and the horizontal ones that touch nothing.

    Left over are lines under words, lines to write on and the <hr> inside a cell.
    """
    horizontal, vertical = rulings
    parent = list(range(len(horizontal) + len(vertical)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    positions = [ruling.at for ruling in vertical]
    reaches = [(start - TOUCH, end + TOUCH, len(horizontal) + other) for other, (_, start, end) in enumerate(vertical)]
    for index, (y, x0, x1) in enumerate(horizontal):
        for low, high, node in reaches[bisect_left(positions, x0 - TOUCH) : bisect_right(positions, x1 + TOUCH)]:
            if low <= y <= high and parent[node] != parent[index]:
                one, two = root(index), root(node)
                if one != two:
                    parent[two] = one
    members: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for index, ruling in enumerate(horizontal):
        members.setdefault(root(index), ([], []))[0].append(ruling)
    for index, ruling in enumerate(vertical):
        members.setdefault(root(len(horizontal) + index), ([], []))[1].append(ruling)
    groups = [Rulings(sorted(across), sorted(down)) for across, down in members.values() if across and down]
    loose = [ruling for across, down in members.values() if not down for ruling in across]
    groups.sort(key=lambda group: (group.horizontal[0].at, group.vertical[0].at))
    loose.sort()
    return groups, loose


def extent(group: Rulings) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a group of rulings."""
    across, down = group
    return (
        min(min(ruling.start for ruling in across), down[0].at),
        min(min(ruling.start for ruling in down), across[0].at),
        max(max(ruling.end for ruling in across), down[-1].at),
        max(max(ruling.end for ruling in down), across[-1].at),
    )
