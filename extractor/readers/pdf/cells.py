"""Rulings that touch in; lattices out: the edges of rows and columns, and the rectangular cells between them.

A wall between two neighbouring slots stands where a ruling covers the middle of the edge they share.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final, NamedTuple

from extractor.readers.pdf.rulings import DOUBLE, JOIN, TOUCH, Ruling, Rulings, extent

OVERHANG: Final = 4.0  # points a ruling must reach past the last one across it to show that a border is missing there
SAME_EDGE: Final = 2.0  # points within which the edges of two tables above each other count as the same
SAME_WIDTH: Final = 6.0  # points within which two tables above each other count as equally wide


class Region(NamedTuple):
    """A rectangle of slots without walls inside."""

    row: int
    col: int
    row_span: int
    col_span: int


class Lattice(NamedTuple):
    """Edges in points (`xs` one more than columns, `ys` one more than rows) and what lies between them.

    `slots[row][col]` is the index into `regions`, -1 for slots outside (beside a narrower part). `open_top` and
    `open_bottom` tell that the outer border was missing there and was closed; `broken` that some rulings end in mid-air
    and a region had to be cut into rectangles.
    """

    xs: list[float]
    ys: list[float]
    regions: list[Region]
    slots: list[list[int]]
    open_top: bool
    open_bottom: bool
    broken: bool


def lattice_of(group: Rulings) -> Lattice | None:
    """The lattice that rulings draw; None if they enclose nothing."""
    group, open_top, open_bottom = _closed(_trimmed(group))
    xs = _edges([ruling.at for ruling in group.vertical])
    ys = _edges([ruling.at for ruling in group.horizontal])
    if len(xs) < 2 or len(ys) < 2:
        return None
    right = _walls(group.vertical, xs, ys)  # right[col edge][row]
    below = _walls(group.horizontal, ys, xs)  # below[row edge][col]
    inside = _inside(right, len(ys) - 1, len(xs) - 1)
    if not any(any(row) for row in inside):
        return None
    regions, slots = _regions(right, below, inside)
    # what a page break leaves of a row is drawn for some of its cells only (Firefox)
    whole = slots[1 if open_top else 0 : -1 if open_bottom else None]
    walls = [edge[1:] for edge in right] if open_top else right
    broken = _is_broken(walls, below[1:] if open_top else below, whole)
    return Lattice(xs, ys, regions, slots, open_top, open_bottom, broken)


def tables_of(group: Rulings) -> list[Rulings]:
    """The tables that a group of touching rulings draws, cut where one ends and another begins below it.

    Such a border runs the whole width, and the columns above it have nothing to do with those below; a title row (one
    cell over the whole width) goes with what follows it. When in doubt the tables stay together.
    """
    levels = _full_levels(group)
    cuts = [levels[index][0] for index in range(1, len(levels)) if _is_border(levels, index)]
    if not cuts:
        return [group]
    left, top, right, bottom = extent(group)
    parts: list[Rulings] = []
    for start, end in pairwise([top, *cuts, bottom]):
        across = [ruling for ruling in group.horizontal if start - DOUBLE <= ruling.at <= end + DOUBLE]
        down = [
            Ruling(at, max(low, start), min(high, end))
            for at, low, high in group.vertical
            if min(high, end) - max(low, start) > OVERHANG
        ]
        if across and down:
            parts.append(Rulings([_clipped(ruling, down, left, right) for ruling in across], down))
    return parts


def _clipped(ruling: Ruling, down: list[Ruling], left: float, right: float) -> Ruling:
    """A border shared with a wider neighbour, cut to this table's width; one that ends at the page's edge is left."""
    at, start, end = ruling
    first, last = down[0].at, down[-1].at
    return Ruling(
        at, max(start, first) if first > left + SAME_WIDTH else start, end if last < right else min(end, right)
    )


_Level = tuple[float, frozenset[int], frozenset[int], tuple[float, float], tuple[float, float]]


def _full_levels(group: Rulings) -> list[_Level]:
    """Every height with a ruling over the whole width there: y, inner edges above, below, and the outer ones."""
    out: list[_Level] = []
    heights = _edges([ruling.at for ruling in group.horizontal])
    edges = _edges([ruling.at for ruling in group.vertical])
    walls = [(at, _nearest(edges, at), start, end) for at, start, end in group.vertical]
    levels = [ruling.at for ruling in group.horizontal]
    for y in heights:
        above = [(at, edge) for at, edge, start, end in walls if start < y - JOIN and end >= y - TOUCH]
        below = [(at, edge) for at, edge, start, end in walls if end > y + JOIN and start <= y + TOUCH]
        outer_above, outer_below = _outer(above), _outer(below)
        ends = [*(outer_above if above else ()), *(outer_below if below else ())]
        if not ends:
            continue
        near = group.horizontal[bisect_left(levels, y - DOUBLE) : bisect_right(levels, y + DOUBLE)]
        if _covers([(start, end) for _, start, end in near], min(ends), max(ends)):
            out.append((y, _inner(above), _inner(below), outer_above, outer_below))
    return out


def _outer(walls: list[tuple[float, int]]) -> tuple[float, float]:
    """Where the first and the last of `walls` stand, which are sorted; (0, 0) without any."""
    return (walls[0][0], walls[-1][0]) if walls else (0.0, 0.0)


def _inner(walls: list[tuple[float, int]]) -> frozenset[int]:
    """The edges, by number, that lie between the outermost of `walls`."""
    if not walls:
        return frozenset()
    first, last = walls[0][1], walls[-1][1]
    return frozenset([edge for _, edge in walls if first < edge < last])


def _is_border(levels: list[_Level], index: int) -> bool:
    """Whether the full-width ruling `index` ends one table and begins the next."""
    _, above, below, outer_above, outer_below = levels[index]
    for later in levels[index + 1 :]:
        if below:
            break
        below = later[2]
    if not above:
        return False
    if outer_below[1] and not levels[index][2] and abs(outer_above[1] - outer_below[1]) > SAME_WIDTH:
        return True
    common = above & below
    return bool(below) and not (above <= below or below <= above) and len(common) <= 0.5 * min(len(above), len(below))


def _covers(spans: list[tuple[float, float]], start: float, end: float) -> bool:
    reached = start + JOIN
    for low, high in sorted(spans):
        if low > reached + JOIN:
            return False
        reached = max(reached, high)
    return reached >= end - JOIN


def _edges(positions: list[float]) -> list[float]:
    """Positions grouped where they lie within `DOUBLE` of each other; the middle of each group."""
    out: list[float] = []
    first = last = None
    for at in sorted(positions):
        if first is None or last is None:
            first = last = at
        elif at - first <= DOUBLE:
            last = at
        else:
            out.append((first + last) / 2)
            first = last = at
    if first is not None and last is not None:
        out.append((first + last) / 2)
    return out


def _nearest(edges: list[float], at: float) -> int:
    index = bisect_left(edges, at)
    if index == len(edges) or (index and at - edges[index - 1] <= edges[index] - at):
        return index - 1
    return index


def _trimmed(group: Rulings) -> Rulings:
    """The group with each horizontal ruling cut back to the vertical ones it meets.

    A line under a word that begins at a wall ends in mid-air. What reaches past the outermost wall stays, for the wall
    beyond may be missing.
    """
    down = group.vertical
    left, right = down[0].at, down[-1].at
    positions = [wall.at for wall in down]
    across: list[Ruling] = []
    for ruling in group.horizontal:
        at, start, end = ruling
        near = down[bisect_left(positions, start - JOIN) : bisect_right(positions, end + JOIN)]
        first, last = start, end
        if start >= left - OVERHANG:
            first = next((x for x, top, bottom in near if top - TOUCH <= at <= bottom + TOUCH), end)
        if end <= right + OVERHANG:
            last = next((x for x, top, bottom in reversed(near) if top - TOUCH <= at <= bottom + TOUCH), start)
        if last - first > JOIN:
            across.append(ruling if first == start and last == end else Ruling(at, first, last))
    return Rulings(across, down)


def _closed(group: Rulings) -> tuple[Rulings, bool, bool]:
    """The group with its missing outer borders drawn in: those a page break or the page's edge took away."""
    across, down = list(group.horizontal), list(group.vertical)
    if not across:
        return group, False, False
    left, right = down[0].at, down[-1].at
    beyond = [ruling.end for ruling in across if ruling.end > right + OVERHANG]
    if len(beyond) > 1:
        edge = max(beyond)
        reaching = [ruling.at for ruling in across if ruling.end > edge - OVERHANG]
        if len(reaching) > 1:
            down.append(Ruling(edge, min(reaching), max(reaching)))
    beyond = [ruling.start for ruling in across if ruling.start < left - OVERHANG]
    if len(beyond) > 1:
        edge = min(beyond)
        reaching = [ruling.at for ruling in across if ruling.start < edge + OVERHANG]
        if len(reaching) > 1:
            down.insert(0, Ruling(edge, min(reaching), max(reaching)))
    top, bottom = across[0].at, across[-1].at
    hanging = [ruling for ruling in down if ruling.end > bottom + OVERHANG]
    rising = [ruling for ruling in down if ruling.start < top - OVERHANG]
    open_bottom, open_top = len(hanging) > 1, len(rising) > 1
    if open_bottom:
        across.append(Ruling(max(ruling.end for ruling in hanging), hanging[0].at, hanging[-1].at))
    if open_top:
        across.insert(0, Ruling(min(ruling.start for ruling in rising), rising[0].at, rising[-1].at))
    return Rulings(across, down), open_top, open_bottom


def _walls(rulings: list[Ruling], edges: list[float], across: list[float]) -> list[list[bool]]:
    """`walls[edge][slot]`: whether a ruling on that edge covers the middle of that slot."""
    middles = [(low + high) / 2 for low, high in pairwise(across)]
    walls = [[False] * len(middles) for _ in edges]
    for at, start, end in rulings:
        row = walls[_nearest(edges, at)]
        for slot in range(bisect_left(middles, start - 1), bisect_right(middles, end + 1)):
            row[slot] = True
    return walls


def _inside(right: list[list[bool]], rows: int, cols: int) -> list[list[bool]]:
    """Slots between the outermost rulings of their row."""
    inside = [[False] * cols for _ in range(rows)]
    for row in range(rows):
        edges = [edge for edge in range(cols + 1) if right[edge][row]]
        if edges:
            inside[row][edges[0] : edges[-1]] = [True] * (edges[-1] - edges[0])
    return inside


def _regions(
    right: list[list[bool]], below: list[list[bool]], inside: list[list[bool]]
) -> tuple[list[Region], list[list[int]]]:
    """Rectangles grown from each free slot, first to the right, then down, as far as no wall stands."""
    rows, cols = len(inside), len(inside[0])
    slots = [[-1] * cols for _ in range(rows)]
    regions: list[Region] = []
    for row in range(rows):
        for col in range(cols):
            if slots[row][col] >= 0 or not inside[row][col]:
                continue
            end = col + 1
            while end < cols and not right[end][row] and inside[row][end] and slots[row][end] < 0:
                end += 1
            low = row + 1
            while low < rows and _goes_on(right, below, inside, slots, low, col, end):
                low += 1
            for y in range(row, low):
                slots[y][col:end] = [len(regions)] * (end - col)
            regions.append(Region(row, col, low - row, end - col))
    return regions, slots


def _goes_on(
    right: list[list[bool]],
    below: list[list[bool]],
    inside: list[list[bool]],
    slots: list[list[int]],
    row: int,
    col: int,
    end: int,
) -> bool:
    """Whether a rectangle over columns `col` to `end` also takes `row`: no wall above it or inside it there."""
    over, within, taken = below[row], inside[row], slots[row]
    for at in range(col, end):
        if over[at] or not within[at] or taken[at] >= 0 or (at > col and right[at][row]):
            return False
    return True


def _is_broken(right: list[list[bool]], below: list[list[bool]], slots: list[list[int]]) -> bool:
    """Whether two cells lie side by side with no wall on an edge they share."""
    rows, cols = len(slots), len(slots[0]) if slots else 0
    for row in range(rows):
        for col in range(cols):
            here = slots[row][col]
            if here < 0:
                continue
            if col + 1 < cols and -1 < slots[row][col + 1] != here and not right[col + 1][row]:
                return True
            if row + 1 < rows and -1 < slots[row + 1][col] != here and not below[row + 1][col]:
                return True
    return False
