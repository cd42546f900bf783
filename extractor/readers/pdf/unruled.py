"""Words of a page without rulings and the captions of its tables in; the tables, cut under their heads, out.

Captions are found on squeezed text (letters and digits only), for words break anywhere; the columns begin where the
captions of the heads begin, and the rows of the body are the cells that stand side by side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from extractor.readers.heads import TableHeads
from extractor.readers.pdf.breaks import Habits, squeezed
from extractor.readers.pdf.cells import Region
from extractor.readers.pdf.grids import PageGrid
from extractor.readers.pdf.lines import printed_lines
from extractor.readers.pdf.words import MIDDLE, Word
from extractor.readers.pdf.wraps import LOOSER

__all__ = ["TableHeads", "unruled_grids"]

FOUND: Final = 0.75  # share of a table's columns whose captions must be found: 0.93 and more seen
HEAD_HEIGHT: Final = 20.0  # lines of text that a head may be high: 11 seen
NEXT_WORD: Final = 1.2  # gap ÷ size to the next word of a caption on its line
NEXT_LINE: Final = 1.8  # pitch ÷ size to the next line of a caption
BEGINNING: Final = 12  # letters of a title by which a page without any is told quickly
INDENT: Final = 1.0  # points by which a column's left edge lies before its captions
ACROSS: Final = 1.0  # points a word must reach over a column's edge on both sides to stand across it


_MARK = re.compile(r"\(\d{1,2}\)")


class Found(NamedTuple):
    """A caption on the page: the words that make it."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)


class Head(NamedTuple):
    """A table's head as found: its title, its leaf columns from the left and the captions over several of them."""

    title: Found
    leaves: list[Found]
    groups: list[Found]

    @property
    def bottom(self) -> float:
        return max(found.bottom for found in (*self.leaves, *self.groups))


def unruled_grids(
    words: Sequence[Word], table_heads: Sequence[TableHeads], width: float, page: int, habits: Habits
) -> tuple[list[PageGrid], list[Word]]:
    """The tables among the words of a page `width` points wide, and the words that belong to none."""
    rest = list(words)
    grids: list[PageGrid] = []
    heads = _heads(rest, table_heads)
    for index, head in enumerate(heads):
        end = heads[index + 1].title.top if index + 1 < len(heads) else float("inf")
        grid, taken = _table(head, rest, end, width, page, habits)
        grids.append(grid)
        rest = [word for word in rest if word.order not in taken]
    return grids, rest


# ---------------------------------------------------------------------------------------------------------------------
# finding heads


def _heads(words: Sequence[Word], table_heads: Sequence[TableHeads]) -> list[Head]:
    """The heads on a page from the top; where several tables share a title, the one whose captions are found best."""
    best: dict[int, tuple[float, int, Head]] = {}
    search = _Search(words)
    titles = {squeezed(title)[:BEGINNING] for heads in table_heads for title in heads.title}
    if not any(title in line for title in titles for line in search.text()):
        return []
    for heads in table_heads:
        for title in search.find(heads.title):
            head, share = search.head(title, heads)
            if head is None or share < FOUND:
                continue
            known = best.get(title.words[0].order)
            if known is None or (share, len(head.leaves)) > known[:2]:
                best[title.words[0].order] = share, len(head.leaves), head
    return sorted((head for _, _, head in best.values()), key=lambda head: head.title.top)


class _Search:
    """The words of a page by line, for finding captions among them."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.lines = [[word for word in line if word.tick is None] for line in printed_lines(words)] if words else []
        self.squeezed = {word.order: squeezed(word.text) for line in self.lines for word in line}

    def text(self) -> list[str]:
        """The squeezed text of each line."""
        return ["".join(self.squeezed[word.order] for word in line) for line in self.lines]

    def find(
        self, wordings: Sequence[str], top: float = 0.0, bottom: float = float("inf"), taken: set[int] | None = None
    ) -> list[Found]:
        """All places of a caption, in any wording, between two heights, among words not `taken`; longest first."""
        taken = taken or set()
        out: list[Found] = []
        for wanted in sorted({squeezed(wording) for wording in wordings}, key=len, reverse=True):
            for row, line in enumerate(self.lines):
                for at, word in enumerate(line):
                    if not top <= word.line <= bottom or word.order in taken or not self._begins(wanted, word):
                        continue
                    rest = wanted[len(self.squeezed[word.order]) :]
                    chain = self._chain(rest, row, at, [word], taken)
                    if chain and not any(found.words[0] is word for found in out):
                        out.append(Found(tuple(chain)))
        return out

    def _begins(self, wanted: str, word: Word) -> bool:
        text = self.squeezed[word.order]
        return bool(text) and wanted.startswith(text)

    def _chain(self, wanted: str, row: int, at: int, words: list[Word], taken: set[int]) -> list[Word] | None:
        """`words` gone on until they spell `wanted` too; None if they cannot."""
        if not wanted:
            return words
        for next_row, next_at in self._following(row, at, words):
            word = self.lines[next_row][next_at]
            if word.order not in taken and wanted.startswith(self.squeezed[word.order]):
                rest = wanted[len(self.squeezed[word.order]) :]
                chain = self._chain(rest, next_row, next_at, [*words, word], taken)
                if chain:
                    return chain
        return None

    def _following(self, row: int, at: int, words: list[Word]) -> Iterator[tuple[int, int]]:
        """Where a caption can go on: beside its last word, or on the next line of its column."""
        last = words[-1]
        line = self.lines[row]
        if at + 1 < len(line) and line[at + 1].x0 - last.x1 < NEXT_WORD * last.size:
            yield row, at + 1
        x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
        for lower in range(row + 1, len(self.lines)):
            if self.lines[lower][0].line - last.line > NEXT_LINE * last.size:
                return
            for index, word in enumerate(self.lines[lower]):
                if word.x0 < x1 and word.x1 > x0:
                    yield lower, index
                    break

    def head(self, title: Found, heads: TableHeads) -> tuple[Head | None, float]:
        """The captions of `heads` under a title, and the share of columns found."""
        top, bottom = title.bottom, title.bottom + HEAD_HEIGHT * title.words[0].size
        taken = {word.order for word in title.words}
        groups: list[Found] = []
        leaves: dict[int, Found] = {}
        wanted = [(wordings, index) for index, wordings in enumerate(heads.columns)]
        wanted += [((wording,), -1) for wording in heads.groups]
        # the longest first: "Title" and "(A)" stand inside longer captions too
        for wordings, index in sorted(wanted, key=lambda one: -max(map(len, one[0]))):
            if index >= 0:
                self._take(leaves, index, wordings, top, bottom, taken)
                continue
            for found in self.find(wordings, top, bottom, taken)[:1]:
                groups.append(found)
                taken.update(word.order for word in found.words)
        ordered = [leaves[index] for index in sorted(leaves)]
        if not ordered or any(one.x0 >= other.x0 for one, other in pairwise(ordered)):
            return None, 0.0
        whole = [self._whole(found, bottom, taken) for found in (*ordered, *groups)]
        return Head(title, whole[: len(ordered)], whole[len(ordered) :]), len(ordered) / len(heads.columns)

    def _take(
        self, leaves: dict[int, Found], index: int, wordings: Sequence[str], top: float, bottom: float, taken: set[int]
    ) -> None:
        """Take the place of a column's caption that stands between those of its neighbours."""
        low = max((found.x0 for other, found in leaves.items() if other < index), default=float("-inf"))
        high = min((found.x0 for other, found in leaves.items() if other > index), default=float("inf"))
        for found in self.find(wordings, top, bottom, taken):
            if low < found.x0 < high:
                leaves[index] = found
                taken.update(word.order for word in found.words)
                return

    def _whole(self, found: Found, bottom: float, taken: set[int]) -> Found:
        """A caption with what follows it in the same ink and column: "(Instr. 3)", "(Month/Day/Year)"."""
        words = list(found.words)
        while True:
            row = next(row for row, line in enumerate(self.lines) if words[-1] in line)
            at = self.lines[row].index(words[-1])
            for next_row, next_at in self._following(row, at, words):
                word = self.lines[next_row][next_at]
                if (
                    word.order not in taken
                    and word.line < bottom
                    and _same_ink(word, words[-1])
                    and _goes_on(word, words)
                ):
                    words.append(word)
                    taken.add(word.order)
                    break
            else:
                return Found(tuple(words))


def _same_ink(word: Word, other: Word) -> bool:
    return (
        word.style.bold == other.style.bold
        and word.style.colour == other.style.colour
        and abs(word.size - other.size) < 1
    )


def _goes_on(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word behind a caption belongs to it: an addition in brackets, but no mark."""
    if word.x0 < words[0].x0 - INDENT:
        return False
    text = "".join(each.text for each in words)
    return text.count("(") > text.count(")") or (word.text.startswith("(") and not _MARK.match(word.text))


# ---------------------------------------------------------------------------------------------------------------------
# cutting a table


def _table(
    head: Head, words: Sequence[Word], end: float, width: float, page: int, habits: Habits
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


def _body(words: Sequence[Word], xs: Sequence[float], head: Head) -> list[Word]:
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


def _row_edges(body: Sequence[Word], xs: Sequence[float], habits: Habits) -> list[float]:
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


def _cells(words: Sequence[Word], widest: float) -> Iterator[tuple[float, float]]:
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


def _add_head(grid: PageGrid, head: Head, words: Sequence[Word], two: bool) -> set[int]:
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
