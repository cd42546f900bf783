"""The lattices and words of one page in; its ruled tables, with each word in its cell, and the words outside out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice, pairwise, takewhile
from operator import itemgetter
from typing import Final

from extractor.layout import Cell, Grid
from extractor.readers.pdf.arrange import Placed, blocks_of
from extractor.readers.pdf.breaks import Habits
from extractor.readers.pdf.cells import Lattice, Region
from extractor.readers.pdf.lines import printed_lines
from extractor.readers.pdf.rulings import Ruling
from extractor.readers.pdf.words import MIDDLE, Word, cut
from extractor.readers.pdf.wraps import Bounds, paragraphs_of

SLIVER: Final = 5.0  # points: rows and columns narrower than this that hold no text are gaps between borders
EXACT: Final = 0.8  # points by which the margins of a line that fills its column differ: 0.1-0.6 seen (bearings)
SPACE: Final = 0.4  # width ÷ size that a space takes at most, to be sure
WIDEST_MARGIN: Final = 4.5  # points: more is no margin but centred text
PADDING: Final = 2.5  # points between a wall and the first letter behind it: 0.7-2 seen
OVERLAP: Final = 1.0  # points a word may reach over a wall before it is looked at for a split


_ANYWHERE: Final = Bounds(0.0, 0.0, 0.0, 0.0)
_by_place: Final = itemgetter(0, 1)  # of a cell: its row and its column
_Box = tuple[float, float, float, float, Lattice, "PageGrid"]  # left, top, right, bottom of a table, and it


class PageGrid:
    """A table on one page (or, once joined, over several): its slots and the words of each region."""

    __slots__ = (
        "_counted",
        "_heads",
        "_in_row",
        "broken",
        "contents",
        "fitted",
        "open_bottom",
        "open_top",
        "page",
        "regions",
        "ruled",
        "rules",
        "settled",
        "texts",
        "xs",
        "ys",
    )

    def __init__(
        self, xs: list[float], ys: list[float], regions: list[Region], page: int, *, ruled: bool = True
    ) -> None:
        self.xs, self.ys, self.regions, self.page, self.ruled = xs, ys, regions, page, ruled
        self.contents: list[list[Word]] = [[] for _ in regions]
        self.rules: list[list[Ruling]] = [[] for _ in regions]
        self.fitted: set[int] = set()  # columns as wide as their longest line
        self.open_top = self.open_bottom = self.broken = False
        self.recount()

    def recount(self) -> None:
        """Forget what is known of rows; to be called where regions were changed other than by adding some."""
        self._counted = 0
        self._heads: set[int] = set()
        self._in_row: list[list[int]] = []
        self.texts: dict[int, list[tuple[int, int, str]]] = {}  # squeezed text of rows, as far as it was asked for
        self.settled: tuple[int, frozenset[int] | None] = (0, None)  # rows looked at, the columns that all of them fill

    def _count(self) -> None:
        """Take note of the regions added since the last time.

        A table over many pages would else be searched as a whole for each of its rows: 20 pages took three times as
        long.
        """
        for index in range(self._counted, len(self.regions)):
            row, _, rows, cols = self.regions[index]
            while len(self._in_row) < row + rows:
                self._in_row.append([])
            for at in range(row, row + rows):
                self._in_row[at].append(index)
            if rows > 1 or cols > 1:
                self._heads.update(range(row, row + rows))
        self._counted = len(self.regions)

    def in_row(self, row: int) -> list[int]:
        """The numbers of the regions that stand in a row."""
        self._count()
        return self._in_row[row] if row < len(self._in_row) else []

    def drop_last_row(self) -> None:
        """Take off the last row; cells that reach into it end above."""
        last = len(self.ys) - 2
        there = self.in_row(last)
        self.ys.pop()
        first = len(self.regions) - len(there)
        if there == list(range(first, len(self.regions))) and all(self.regions[at].row == last for at in there):
            del self.regions[first:], self.contents[first:], self.rules[first:], self._in_row[last:]
            self._counted = first
            self._heads.discard(last)
            self.texts.pop(last, None)
            return
        kept = [index for index, region in enumerate(self.regions) if region.row < last]
        self.contents = [self.contents[index] for index in kept]
        self.rules = [self.rules[index] for index in kept]
        self.regions = [
            region._replace(row_span=min(region.row_span, last - region.row))
            for region in (self.regions[index] for index in kept)
        ]
        self.recount()

    def add(self, region: Region, words: list[Word]) -> None:
        """Add a cell."""
        self.regions.append(region)
        self.contents.append(words)
        self.rules.append([])

    def bounds(self, region: Region) -> Bounds:
        """The box of a region in points."""
        row, col, row_span, col_span = region
        xs, ys = self.xs, self.ys
        fitted = col_span == 1 and col in self.fitted and row not in self.head_rows()
        return Bounds(xs[col], ys[row], xs[col + col_span], ys[row + row_span], True, fitted)

    def head_rows(self) -> set[int]:
        """The rows that a spanning cell touches, as only heads have them."""
        self._count()
        return self._heads

    def fit_columns(self) -> None:
        """Find the columns that are just as wide as their longest line, and that of several words."""
        starts: dict[int, float] = {}
        longest: dict[int, tuple[float, bool]] = {}  # right end, of several words
        for region, words in zip(self.regions, self.contents, strict=True):
            if words and region.col_span == 1:
                col = region.col
                last, start = words[0], words[0].x0
                for word in words:
                    if word.x1 > last.x1:
                        last = word
                    if word.x0 < start:
                        start = word.x0
                if col not in starts or start < starts[col]:
                    starts[col] = start
                if last.x1 >= (known := longest.get(col, (0.0, False)))[0]:
                    longest[col] = max(known, (last.x1, _ends_several(words, last)))
        for col, (end, several) in longest.items():
            margin = starts[col] - self.xs[col]
            exact = margin < WIDEST_MARGIN and abs(self.xs[col + 1] - end - margin) < EXACT
            if several and exact and self._has_new_lines(col, end):
                self.fitted.add(col)

    def _has_new_lines(self, col: int, end: float) -> bool:
        """Whether some line of a column, not a cell's last, leaves room up to `end` for the first word of the next."""
        heads = self.head_rows()
        for region, words in zip(self.regions, self.contents, strict=True):
            if words and region.col == col and region.col_span == 1 and region.row not in heads:
                for line, below in pairwise(printed_lines(words)):
                    unit = [below[0], *takewhile(lambda word: word.glued, below[1:])]
                    room = end - line[-1].x1 - (unit[-1].x1 - unit[0].x0)
                    if room > SPACE * line[0].size and not below[0].text[:1].islower():
                        return True
        return False

    def free_slots(self) -> list[tuple[int, int]]:
        """Slots that belong to no region: those beside a narrower part of the table."""
        rows, cols = len(self.ys) - 1, len(self.xs) - 1
        if sum([region.row_span * region.col_span for region in self.regions]) == rows * cols:
            return []  # regions do not overlap
        taken = {
            (row, col)
            for top, left, row_span, col_span in self.regions
            for row in range(top, top + row_span)
            for col in range(left, left + col_span)
        }
        return [(row, col) for row in range(rows) for col in range(cols) if (row, col) not in taken]

    def compose(self, habits: Habits) -> Placed:
        """The finished grid and the box it stands in."""
        cells: list[Cell] = []
        self.fit_columns()
        for region, words, rules in zip(self.regions, self.contents, self.rules, strict=True):
            bounds = self.bounds(region) if len(words) > 1 else _ANYWHERE  # a single word has nowhere to wrap
            blocks = blocks_of(paragraphs_of(words, bounds, rules, habits)) if words else ()
            cells.append(tuple.__new__(Cell, (*region, blocks)))
        cells.extend(Cell(row, col, 1, 1, ()) for row, col in self.free_slots())
        cells.sort(key=_by_place)
        grid = Grid(tuple(cells), ruled=self.ruled)
        return Placed(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1], grid)


def _ends_several(words: list[Word], last: Word) -> bool:
    """Whether a word ends a line of several, and is not set close to the one before it."""
    return not last.glued and any(word.line == last.line and word.x0 < last.x0 for word in words)


def page_grids(
    lattices: Sequence[Lattice], words: list[Word], rules: Sequence[Ruling], page: int
) -> tuple[list[PageGrid], list[Word]]:
    """The tables of a page, top to bottom, and the words in none; `rules` are rulings that touch no other."""
    grids: list[PageGrid] = []
    for lattice in lattices:
        grid = PageGrid(lattice.xs, lattice.ys, list(lattice.regions), page)
        grid.open_top, grid.open_bottom, grid.broken = lattice.open_top, lattice.open_bottom, lattice.broken
        grids.append(grid)
    boxes = [
        (each.xs[0], each.ys[0], each.xs[-1], each.ys[-1], each, grid)
        for each, grid in zip(lattices, grids, strict=True)
    ]
    loose = _fill(boxes, words)
    for grid, lattice in zip(grids, lattices, strict=True):
        for rule in rules:
            index = _slot(lattice, (rule.start + rule.end) / 2, rule.at)
            if index >= 0:
                grid.rules[index].append(rule)
    return [compacted for grid in grids if (compacted := without_slivers(grid)).regions], loose


def _fill(boxes: Sequence[_Box], words: list[Word]) -> list[Word]:
    """Put each word into its cell; the words in none."""
    loose: list[Word] = []
    waiting = list(reversed(words))
    # The cell of the word before, as most words stand beside it; none where tables overlap, for the first one counts.
    alone = not _overlap(boxes)
    left = top = right = bottom = 0.0
    cell: list[Word] = []
    while waiting:
        word = waiting.pop()
        x0, x1 = word.x0, word.x1
        x, y = (x0 + x1) / 2, word.y - MIDDLE * word.size
        if left <= x0 and x1 <= right and left < x < right and top < y < bottom:
            cell.append(word)
            continue
        for low, high, last, lowest, lattice, grid in boxes:
            if low < x < last and high < y < lowest and (index := _slot(lattice, x, y)) >= 0:
                row, col, rows, cols = grid.regions[index]
                if x1 > grid.xs[col + cols] + OVERLAP or x0 < grid.xs[col] - OVERLAP:
                    _place(word, grid, index, waiting)
                else:
                    cell = grid.contents[index]
                    cell.append(word)
                    if alone:
                        left, top, right, bottom = grid.xs[col], grid.ys[row], grid.xs[col + cols], grid.ys[row + rows]
                break
        else:
            loose.append(word)
    return loose


def _overlap(boxes: Sequence[_Box]) -> bool:
    """Whether any two tables do: from the top, each is compared with those that begin above its end."""
    ordered = sorted(boxes, key=itemgetter(1))
    for at, (left, _, right, bottom, *_) in enumerate(ordered, 1):
        for other in islice(ordered, at, None):
            if other[1] >= bottom:
                break
            if left < other[2] and other[0] < right:
                return True
    return False


def _slot(lattice: Lattice, x: float, y: float) -> int:
    xs, ys = lattice.xs, lattice.ys
    if not (xs[0] < x < xs[-1] and ys[0] < y < ys[-1]):
        return -1
    return lattice.slots[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]


def _place(word: Word, grid: PageGrid, index: int, waiting: list[Word]) -> None:
    """Put a word that reaches over a wall into a cell; a part that belongs beyond it goes back to `waiting`."""
    _, col, _, cols = grid.regions[index]
    left, right = grid.xs[col], grid.xs[col + cols]
    at = _wall_between(word, right if word.x1 > right + OVERLAP else left)
    if at:
        waiting.append(cut(word, at, len(word.xs))._replace(glued=False))
        waiting.append(cut(word, 0, at))
    else:
        grid.contents[index].append(word)


def _wall_between(word: Word, wall: float) -> int:
    """The number of the character that begins right behind a wall through the word; 0 if one stands on the wall.

    "Director10% Owner" is two cells' text without a space; a word that merely sticks out of its cell is not.
    """
    xs = word.xs
    if len(xs) != len(word.text) or len(xs) < 2:
        return 0
    at = next((index for index, x in enumerate(xs) if x >= wall - 0.3), 0)
    if not at or xs[at] - wall > PADDING:
        return 0
    typical = (word.x1 - word.x0) / len(xs)
    step = xs[at] - xs[at - 1]
    if step > 0.5 and xs[at - 1] + min(0.9 * typical, step - 0.5) <= wall:
        return at
    parts = word.text[at - 1].islower() and not word.text[at].islower()  # "OwnerOfficer": a new word begins there
    return at if parts and xs[at - 1] + 0.3 * typical <= wall else 0


def without_slivers(grid: PageGrid) -> PageGrid:
    """The grid without rows and columns that are only the gap between two borders."""
    rows = [row for row in range(len(grid.ys) - 1) if not _is_gap(grid, row, 0)]
    cols = [col for col in range(len(grid.xs) - 1) if not _is_gap(grid, col, 1)]
    if len(rows) == len(grid.ys) - 1 and len(cols) == len(grid.xs) - 1:
        return grid
    if not rows or not cols:
        return PageGrid(grid.xs, grid.ys, [], grid.page)
    ys = [grid.ys[row] for row in rows] + [grid.ys[rows[-1] + 1]]
    xs = [grid.xs[col] for col in cols] + [grid.xs[cols[-1] + 1]]
    out = PageGrid(xs, ys, [], grid.page, ruled=grid.ruled)
    for (row, col, row_span, col_span), words, rules in zip(grid.regions, grid.contents, grid.rules, strict=True):
        kept_rows = [at for at, old in enumerate(rows) if row <= old < row + row_span]
        kept_cols = [at for at, old in enumerate(cols) if col <= old < col + col_span]
        if kept_rows and kept_cols:
            out.regions.append(Region(kept_rows[0], kept_cols[0], len(kept_rows), len(kept_cols)))
            out.contents.append(words)
            out.rules.append(rules)
    out.open_top, out.open_bottom, out.broken = grid.open_top, grid.open_bottom, grid.broken
    return out


def _is_gap(grid: PageGrid, index: int, axis: int) -> bool:
    """Whether row (axis 0) or column (axis 1) `index` is narrow and no text stands only there."""
    edges = grid.xs if axis else grid.ys
    if edges[index + 1] - edges[index] >= SLIVER:
        return False
    return not any(
        region[axis] == index and region[axis + 2] == 1 and words
        for region, words in zip(grid.regions, grid.contents, strict=True)
    )
