"""Words of a page without rulings and the captions of its tables in; the tables, cut under their heads, out.

The columns begin where the captions of the heads begin, and the rows of the body are the cells that stand side by side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extractor.readers.heads import TableHeads
from extractor.readers.pdf.breaks import Habits
from extractor.readers.pdf.captions import INDENT, Found, Head, heads_of
from extractor.readers.pdf.cells import Region
from extractor.readers.pdf.grids import PageGrid
from extractor.readers.pdf.lines import printed_lines
from extractor.readers.pdf.words import MIDDLE, Word
from extractor.readers.pdf.wraps import LOOSER

__all__ = ["TableHeads", "unruled_grids"]

ACROSS: Final = 1.0  # points a word must reach over a column's edge on both sides to stand across it


def unruled_grids(
    words: list[Word], table_heads: Sequence[TableHeads], width: float, page: int, habits: Habits
) -> tuple[list[PageGrid], list[Word]]:
    """The tables among the words of a page `width` points wide, and the words that belong to none."""
    rest = list(words)
    grids: list[PageGrid] = []
    heads = heads_of(rest, table_heads)
    for index, head in enumerate(heads):
        end = heads[index + 1].title.top if index + 1 < len(heads) else float("inf")
        grid, taken = _table(head, rest, end, width, page, habits)
        grids.append(grid)
        rest = [word for word in rest if word.order not in taken]
    return grids, rest


# ---------------------------------------------------------------------------------------------------------------------
# cutting a table


def _table(
    head: Head, words: list[Word], end: float, width: float, page: int, habits: Habits
) -> tuple[PageGrid, set[int]]:
    """The table under a head, down to `end` at most, and the words it takes."""
    xs = _edges(head, width)
    top = head.bottom
    below = [word for word in words if top < word.line < end]
    body = _body(below, xs, head)
    heights = _row_edges(body, xs, habits)
    upper = [leaf for leaf in head.leaves if not _is_under(leaf, head.groups)]
    levels = [head.title.top, min(found.top for found in (*head.leaves, *head.groups))]
    two = len(upper) < len(head.leaves)
    if two:
        levels.append(min(leaf.top for leaf in head.leaves if _is_under(leaf, head.groups)))
    ys = [*levels, *(heights or [top, top])]
    rows = len(heights) - 1 if heights else 0
    if not rows:
        ys = [*levels, top]
    grid = PageGrid(xs, ys, [], page, ruled=False)
    taken = _add_head(grid, head, words, two)
    first = len(levels)
    for row in range(rows):
        for col in range(len(xs) - 1):
            grid.add(Region(first + row, col, 1, 1), [])
    cols = len(xs) - 1
    base = len(grid.regions) - rows * cols
    for word in body:
        row = min(max(bisect_right(heights, _middle(word)) - 1, 0), rows - 1)
        grid.contents[base + row * cols + _col(word, xs)].append(word)
        taken.add(word.order)
    return grid, taken


def _edges(head: Head, width: float) -> list[float]:
    """Left edges of the columns and the right edge of the table."""
    xs = [leaf.x0 - INDENT for leaf in head.leaves]
    return [*xs, max(width - xs[0], head.leaves[-1].x1 + INDENT)]


def _middle(word: Word) -> float:
    return word.line - MIDDLE * word.size


def _col(word: Word, xs: Sequence[float]) -> int:
    """The column a word begins in."""
    return min(max(bisect_right(xs, word.x0 + ACROSS) - 1, 0), len(xs) - 2)


def _body(words: list[Word], xs: Sequence[float], head: Head) -> list[Word]:
    """The words under a head down to the first line that does not stand in its columns."""
    out: list[Word] = []
    bold = head.leaves[0].words[0].style.bold
    for line in printed_lines(words) if words else []:
        if any(_across(word, xs) for word in line):
            break
        if bold and all(word.style.bold for word in line) and not any(word.style.bold for word in out):
            break
        out.extend(line)
    return out


def _across(word: Word, xs: Sequence[float]) -> bool:
    return any(word.x0 < x - ACROSS and word.x1 > x + ACROSS + INDENT for x in xs[1:-1])


def _row_edges(body: list[Word], xs: Sequence[float], habits: Habits) -> list[float]:
    """The heights at which the body's rows begin and end."""
    if not body:
        return []
    columns: list[list[Word]] = [[] for _ in xs[1:]]
    for word in body:
        columns[_col(word, xs)].append(word)
    rows: list[list[float]] = []
    for top, bottom in sorted(cell for words in columns if words for cell in _cells(words, habits.pitch)):
        if rows and top < rows[-1][1] - 0.5:
            rows[-1][1] = max(rows[-1][1], bottom)
        else:
            rows.append([top, bottom])
    return [rows[0][0], *((above[1] + below[0]) / 2 for above, below in pairwise(rows)), rows[-1][1]]


def _cells(words: list[Word], widest: float) -> Iterator[tuple[float, float]]:
    """Top and bottom of each cell in a column: lines at the pitch of a wrap, no wider apart than their neighbours."""
    lines = printed_lines(words)
    pitches = [below[0].line - above[0].line for above, below in pairwise(lines)]
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines):
            around = [*pitches[max(start, index - 2) : index - 1], *pitches[index : index + 1]]
            pitch, size = pitches[index - 1], lines[index - 1][0].size
            if pitch <= widest * size and all(pitch <= LOOSER * other for other in around):
                continue
        cell = [word for line in lines[start:index] for word in line]
        yield min(word.top for word in cell), max(word.bottom for word in cell)
        start = index


def _is_under(leaf: Found, groups: Sequence[Found]) -> bool:
    """Whether a column's caption stands under one that spans several columns."""
    return any(group.bottom <= leaf.bottom and leaf.top >= group.top + 1 and _spans(group, leaf) for group in groups)


def _spans(group: Found, leaf: Found) -> bool:
    return leaf.x0 >= group.x0 - 2 and leaf.top >= group.bottom - 1


def _add_head(grid: PageGrid, head: Head, words: list[Word], two: bool) -> set[int]:
    """Put title and captions into the grid's first rows; the words taken."""
    cols = len(grid.xs) - 1
    first = grid.ys[1]
    title = [word for word in words if grid.ys[0] - 1 <= word.top and word.line < first]
    grid.add(Region(0, 0, 1, cols), title)
    taken = {word.order for word in title}
    depth = 2 if two else 1
    over: dict[int, Found] = {}
    for group in sorted(head.groups, key=lambda group: group.x0):
        under = [col for col, leaf in enumerate(head.leaves) if two and _spans(group, leaf)]
        if under:
            over[min(under)] = group
    starts = sorted(over)
    col = 0
    while col < cols:
        leaf = head.leaves[col]
        if two and col in over:
            limit = starts[starts.index(col) + 1] if starts.index(col) + 1 < len(starts) else cols
            end = col + 1
            while end < limit and _is_under(head.leaves[end], [over[col]]):
                end += 1
            grid.add(Region(1, col, 1, end - col), list(over[col].words))
            for inner in range(col, end):
                grid.add(Region(2, inner, 1, 1), list(head.leaves[inner].words))
            col = end
            continue
        grid.add(Region(1, col, depth, 1), list(leaf.words))
        col += 1
    taken.update(word.order for found in (*head.leaves, *head.groups) for word in found.words)
    return taken
