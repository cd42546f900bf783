"""Tables and paragraphs page by page in; those that run over page breaks made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractor.readers.pdf.breaks import Habits, unfinished, wrap_join
from extractor.readers.pdf.cells import Region
from extractor.readers.pdf.grids import PageGrid
from extractor.readers.pdf.lines import printed_lines
from extractor.readers.pdf.words import Word
from extractor.readers.pdf.wraps import Bounds, Paragraph

SHARED_EDGES: Final = 4  # walls that both parts of a cut head have: 7 seen; Tables I and II share two by chance
SAME_EDGE: Final = 3.0  # points by which an edge of one table may differ from page to page: 0-1.5 seen
PITCH: Final = 1.15  # pitch ÷ size given to lines that a page break parted

_SQUEEZE = re.compile(r"[\W_]+")


# ---------------------------------------------------------------------------------------------------------------------
# tables


def join_grids(pages: Sequence[list[PageGrid]], loose: Sequence[list[Word]]) -> list[list[PageGrid]]:
    """The tables of each page; one that goes on over a page break stands whole on the page it begins on."""
    out: list[list[PageGrid]] = []
    open_grid: PageGrid | None = None
    for grids, words in zip(pages, loose, strict=True):
        kept = list(grids)
        if not grids and not words:  # a blank page parts nothing
            out.append(kept)
            continue
        if open_grid is not None and kept and not any(word.line < kept[0].ys[0] for word in words):
            joined = joined_grid(open_grid, kept[0])
            if joined:
                del kept[0]
        out.append(kept)
        last = kept[-1] if kept else open_grid if grids else None
        low = max((grid.ys[-1] for grid in grids), default=0.0)
        open_grid = last if last is not None and not any(word.line > low for word in words) else None
    return out


def joined_grid(grid: PageGrid, following: PageGrid) -> bool:
    """Append the next page's table to `grid` if it is the same table going on; whether it was."""
    edges = common_edges(grid.xs, following.xs)
    if edges is None and (grid.open_bottom or following.open_top):
        edges = _all_edges(grid.xs, following.xs)
    if edges is None or (len(edges) == 2 and not (grid.open_bottom or following.open_top)):
        return False
    _recut(grid, edges)
    _recut(following, edges)
    repeated = _repeated_rows(grid, following)
    if not repeated and not _is_continuation(grid, following):
        return False
    _drop_rows(following, repeated)
    _drop_blank_rows(grid, following)
    if len(following.ys) < 2:
        return True
    if not repeated:
        if _is_cut_head(grid, following):
            _merge_head_row(grid, following)
        if _is_split_head(grid, following):
            _append_head_row(grid, following)
    if len(following.ys) > 1:
        _append(grid, following, is_split_row(grid, following))
    grid.open_bottom = following.open_bottom
    grid.broken = grid.broken or following.broken
    return True


def common_edges(xs: Sequence[float], others: Sequence[float]) -> list[float] | None:
    """The column edges of one table whose parts on two pages have `xs` and `others`; None if they are two tables'."""
    if abs(xs[0] - others[0]) > SAME_EDGE or abs(xs[-1] - others[-1]) > SAME_EDGE:
        return None
    more, fewer = (xs, others) if len(xs) >= len(others) else (others, xs)
    if any(min(abs(x - other) for other in more) > SAME_EDGE for x in fewer):
        return None
    return list(more)


def _all_edges(xs: Sequence[float], others: Sequence[float]) -> list[float] | None:
    """The column edges of a table whose heads a page break cut, so that each part lacks walls that the other has.

    None if they are two tables': those share fewer than `SHARED_EDGES` walls between their sides.
    """
    if abs(xs[0] - others[0]) > SAME_EDGE or abs(xs[-1] - others[-1]) > SAME_EDGE:
        return None
    more = [other for other in others if min(abs(x - other) for x in xs) > SAME_EDGE]
    return sorted([*xs, *more]) if len(others) - len(more) - 2 >= SHARED_EDGES else None


def _recut(grid: PageGrid, edges: list[float]) -> None:
    """Give a grid the columns of `edges`, of which its own are some."""
    if len(grid.xs) == len(edges):
        return
    at = [min(range(len(edges)), key=lambda index: abs(edges[index] - x)) for x in grid.xs]
    grid.regions = [
        Region(row, at[col], row_span, at[col + col_span] - at[col]) for row, col, row_span, col_span in grid.regions
    ]
    grid.xs = list(edges)
    grid.recount()


def _row_texts(grid: PageGrid, row: int) -> list[tuple[int, int, str]]:
    """Column, span and squeezed text of the cells that begin in `row`."""
    known = grid.texts.get(row)
    if known is None:
        known = []
        for index in grid.in_row(row):
            region, words = grid.regions[index], grid.contents[index]
            if region.row == row:
                text = "".join(word.text for line in printed_lines(words) for word in line) if words else ""
                known.append((region.col, region.col_span, _SQUEEZE.sub("", text).lower()))
        known.sort()
        grid.texts[row] = known
    return known


def _repeated_rows(grid: PageGrid, following: PageGrid) -> int:
    """How many rows at the top of `following` repeat the head rows of `grid`, which need not be its first ones."""
    if len(grid.xs) < 3:
        return 0
    first = _row_texts(following, 0)
    if not any(text for _, _, text in first):
        return 0
    for start in range(len(grid.ys) - 1):
        if _row_texts(grid, start) != first:
            continue
        count = 1
        while (
            start + count < len(grid.ys) - 1
            and count < len(following.ys) - 1
            and _row_texts(grid, start + count) == _row_texts(following, count)
        ):
            count += 1
        # equal rows of values are trades of one kind, not heads: heads begin the table or touch a spanning cell
        heads = grid.head_rows()
        return count if start == 0 or any(row in heads for row in range(start, start + count)) else 0
    return 0


def _is_continuation(grid: PageGrid, following: PageGrid) -> bool:
    """Whether a table without repeated heads goes on the one before: no row over its whole width comes first."""
    first = _row_texts(following, 0)
    if len(grid.xs) == 2:
        return True
    return len(first) > 1 or grid.open_bottom or following.open_top


def _drop_rows(grid: PageGrid, count: int) -> None:
    """Take the first `count` rows off a grid."""
    if not count:
        return
    kept = [index for index, region in enumerate(grid.regions) if region.row + region.row_span > count]
    regions = []
    for index in kept:
        row, col, row_span, col_span = grid.regions[index]
        top = max(row, count)
        regions.append(Region(top - count, col, row + row_span - top, col_span))
    grid.contents = [grid.contents[index] for index in kept]
    grid.rules = [grid.rules[index] for index in kept]
    grid.regions = regions
    grid.ys = grid.ys[count:]
    grid.recount()


def _drop_blank_rows(grid: PageGrid, following: PageGrid) -> None:
    """Take off the stubs that a page break leaves: an empty row at the end, one at the beginning."""
    rows = len(grid.ys) - 1
    if rows > 1 and not _filled(grid, rows - 1):
        grid.drop_last_row()
        grid.open_bottom = False
    if len(following.ys) > 1 and not _filled(following, 0):
        _drop_rows(following, 1)
        following.open_top = False


def _spans(grid: PageGrid, row: int) -> list[tuple[int, int]]:
    """Column and span of the cells that stand in `row`."""
    regions = [grid.regions[index] for index in grid.in_row(row)]
    return sorted((region.col, region.col_span) for region in regions)


def _filled(grid: PageGrid, row: int) -> set[int]:
    """The columns of the cells with text that stand in `row`."""
    return {grid.regions[index].col for index in grid.in_row(row) if grid.contents[index]}


def is_split_row(grid: PageGrid, following: PageGrid) -> bool:
    """Whether the last row of `grid` and the first of `following` are one row that a page break cut.

    A row is whole if it fills every column that all other rows of the table fill; a cut leaves at least one half that
    is not.
    """
    last = len(grid.ys) - 2
    if _spans(grid, last) != _spans(following, 0):
        return False
    above, below = _filled(grid, last), _filled(following, 0)
    if last in grid.head_rows():
        return len(below) == 1 and 0 not in below
    if not above or not below:
        return bool(above or below) and (grid.open_bottom or following.open_top)
    if len(grid.xs) == 2:
        return grid.open_bottom or following.open_top
    if 2 * len(above & below) > len(above | below):  # a break goes through few cells; most hold one line, on one side
        return False
    # a browser leaves a cut row open; LibreOffice closes it, and sets what goes on under its own beginning
    if grid.ruled and not (grid.open_bottom or following.open_top or below <= above):
        return False
    core = _common(_settled(grid, last), _filled_by_all(following, 1, len(following.ys) - 1))
    if core is None:  # nothing to compare with
        within = below <= above or (above < below and 2 * len(above) < len(below))
        if grid.open_bottom and following.open_top and within:
            return True
        return len(above) == 1 or above.isdisjoint(below) or (below <= above and 2 * len(below) < len(above))
    whole_above, whole_below = core <= above, core <= below
    if whole_above and whole_below:
        return False
    return len(core & above & below) < len(core)


def _filled_by_all(grid: PageGrid, start: int, end: int) -> frozenset[int] | None:
    """The columns that all of the body's rows from `start` to before `end` fill, of those that fill several.

    None if there are no such rows.
    """
    heads = grid.head_rows()
    rows = [filled for row in range(start, end) if row not in heads and len(filled := _filled(grid, row)) > 1]
    return frozenset(set.intersection(*rows)) if rows else None


def _settled(grid: PageGrid, end: int) -> frozenset[int] | None:
    """`_filled_by_all` of the rows before `end`, which no further page changes: none is looked at twice."""
    start, core = grid.settled
    if start < end:
        core = _common(core, _filled_by_all(grid, start, end))
        grid.settled = end, core
    return core


def _common(one: frozenset[int] | None, other: frozenset[int] | None) -> frozenset[int] | None:
    return other if one is None else one if other is None else one & other


def _is_cut_head(grid: PageGrid, following: PageGrid) -> bool:
    """Whether a page break went through the lines of captions: below it, cells stand under spanning ones as wide.

    Firefox closes the cells whose text ended and draws none for them on the next page: blanks there may be wider. Cells
    that span in row after row are no captions: the other page's table has walls besides.
    """
    if not (grid.open_bottom or following.open_top):
        return False
    _split_blanks(grid, following)
    last = len(grid.ys) - 2
    above, below = _spans(grid, last), _spans(following, 0)
    return above == below and any(cols > 1 for _, cols in above) and not (last and _spans(grid, last - 1) == above)


def _split_blanks(grid: PageGrid, following: PageGrid) -> None:
    """Give empty cells in the first row of `following` the walls of the cells above them."""
    above = _spans(grid, len(grid.ys) - 2)
    for index, (row, col, rows, cols) in reversed(list(enumerate(following.regions))):
        inside = [(at, width) for at, width in above if col <= at and at + width <= col + cols]
        if row or following.contents[index] or len(inside) < 2 or sum(width for _, width in inside) < cols:
            continue
        del following.regions[index], following.contents[index], following.rules[index]
        for at, width in inside:
            following.add(Region(row, at, rows, width), [])
    following.recount()


def _merge_head_row(grid: PageGrid, following: PageGrid) -> None:
    """Put the words of the first row of `following` under those of the last of `grid`, and take the row off."""
    shift = grid.ys[-1] - following.ys[0]
    above = {grid.regions[index].col: index for index in grid.in_row(len(grid.ys) - 2)}
    for at in following.in_row(0):
        index = above[following.regions[at].col]
        grid.contents[index] = [*grid.contents[index], *_below(grid.contents[index], following.contents[at], shift)]
        following.contents[at] = []
    grid.texts.pop(len(grid.ys) - 2, None)
    _drop_rows(following, 1)


def _is_split_head(grid: PageGrid, following: PageGrid) -> bool:
    """Whether a page break parted the captions over several columns, at the end of `grid`, from those below them."""
    _split_blanks(grid, following)
    above, below = _spans(grid, len(grid.ys) - 2), _spans(following, 0)
    divided = [(col, cols) for col, cols in above if cols > 1 and (col, cols) not in below]
    within = all(any(col <= start and start + width <= col + cols for col, cols in above) for start, width in below)
    return bool(divided) and within and any(cols == 1 for _, cols in above)


def _append_head_row(grid: PageGrid, following: PageGrid) -> None:
    """Put the lower captions of a head, the first row of `following`, under the upper ones; other cells reach down."""
    last = len(grid.ys) - 2
    shift = grid.ys[-1] - following.ys[0]
    upper = {(grid.regions[index].col, grid.regions[index].col_span): index for index in grid.in_row(last)}
    for region, words in zip(following.regions, following.contents, strict=True):
        if region.row:
            continue
        index = upper.get((region.col, region.col_span))
        if index is None:
            grid.add(
                Region(last + 1, region.col, 1, region.col_span),
                _moved(words, shift),
            )
        else:
            grid.regions[index] = grid.regions[index]._replace(row_span=grid.regions[index].row_span + 1)
            grid.contents[index] = [*grid.contents[index], *_below(grid.contents[index], words, shift)]
    grid.ys.append(following.ys[1] + shift)
    grid.recount()
    _drop_rows(following, 1)


def _append(grid: PageGrid, following: PageGrid, merge: bool) -> None:
    """Put the rows of `following` under those of `grid`; `merge` makes its first row part of the last one."""
    base = len(grid.ys) - (2 if merge else 1)
    shift = grid.ys[-1] - following.ys[0]
    last_row = {grid.regions[index].col: index for index in grid.in_row(len(grid.ys) - 2)}
    grid.texts.pop(len(grid.ys) - 2, None)
    for region, words, rules in zip(following.regions, following.contents, following.rules, strict=True):
        if merge and region.row == 0 and region.col in last_row:
            index = last_row[region.col]
            grid.contents[index] = [*grid.contents[index], *_below(grid.contents[index], words, shift)]
            continue
        grid.regions.append(Region(region.row + base, region.col, region.row_span, region.col_span))
        grid.contents.append(_moved(words, shift))
        grid.rules.append([rule._replace(at=rule.at + shift) for rule in rules])
    tail = following.ys[1:]
    grid.ys = (grid.ys[:-1] if merge else grid.ys) + [y + shift for y in tail]


def _below(above: list[Word], words: list[Word], shift: float) -> list[Word]:
    """`words`, moved so that their first line follows the last of `above` as it would on one page."""
    if above and words:
        lowest = max(above, key=lambda word: word.line)
        highest = min(words, key=lambda word: word.line)
        shift = lowest.line + PITCH * max(lowest.size, highest.size) - highest.line
    return _moved(words, shift)


def _moved(words: list[Word], shift: float) -> list[Word]:
    """`words` on lines that lie `shift` points lower."""
    return [tuple.__new__(Word, (*word[:3], word.line + shift, *word[4:])) for word in words]


# ---------------------------------------------------------------------------------------------------------------------
# paragraphs

_NUMBERED = re.compile(r"\(?\d{1,2}[.)]|\*")


def join_paragraphs(
    pages: Sequence[list[Paragraph]], grids: Sequence[Sequence[PageGrid]], bounds: Sequence[Bounds], habits: Habits
) -> None:
    """Move what goes on at the top of a page to the paragraph it began in, at the bottom of the page before."""
    previous = -1
    for number, paragraphs in enumerate(pages):
        if not paragraphs and not grids[number]:
            continue
        if previous >= 0 and paragraphs and pages[previous]:
            below = min(paragraphs, key=lambda paragraph: paragraph.top)
            above = _last(pages[previous], below.strips[0].x0)
            under_grid = any(grid.ys[-1] > above.bottom for grid in grids[previous])
            over_grid = any(grid.ys[0] < below.top for grid in grids[number])
            if not under_grid and not over_grid and _goes_on(above, below, bounds[previous]):
                above.joins.extend(
                    [wrap_join(above.strips[-1], below.strips[0], habits, bounds[previous].x1), *below.joins]
                )
                above.strips.extend(below.strips)
                paragraphs.remove(below)
        previous = number


def _last(paragraphs: Sequence[Paragraph], x0: float) -> Paragraph:
    """The paragraph at the foot of a page; of several that end on its last line (a number and its note) the one whose
    line begins nearest to `x0`.
    """
    lowest = max(paragraphs, key=lambda paragraph: paragraph.bottom)
    foot = lowest.bottom - lowest.strips[-1].size / 2
    return min(
        (paragraph for paragraph in paragraphs if paragraph.bottom > foot),
        key=lambda paragraph: abs(paragraph.strips[-1].x0 - x0),
    )


def _goes_on(above: Paragraph, below: Paragraph, bounds: Bounds) -> bool:
    last, first = above.strips[-1], below.strips[0]
    left = last if len(above.strips) > 1 else first
    if abs(left.x0 - first.x0) > SAME_EDGE or not 0.95 < first.size / last.size < 1.05:
        return False
    if last.words[0].style.colour != first.words[0].style.colour or _NUMBERED.match(first.words[0].text):
        return False
    word = first.words[0]
    return unfinished(last, first) or last.x1 + 0.3 * last.size + word.x1 - word.x0 > bounds.x1
