"""A random grid, drawn as rulings and written as a table, gives the same Grid through both readers."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from extractor.layout import Grid, Layout
from extractor.readers.html import read as read_html
from extractor.readers.pdf import read as read_pdf
from tests.readers.pdf.drawn import frame, pdf_of, text

COLUMN, ROW = 70, 26  # points, the smallest cell
LONGEST = 9  # letters that fit a cell at 8 points


class Drawn(NamedTuple):
    """A cell: edges in units, and its text."""

    left: int
    top: int
    right: int
    bottom: int
    text: str


TEXTS = st.lists(st.text("abcXYZ0189", min_size=1, max_size=LONGEST), max_size=2).map(" ".join)


@st.composite
def partitions(draw: st.DrawFn) -> list[Drawn]:
    """A rectangle cut into cells, side by side first, then at random."""
    width, height = draw(st.integers(2, 6)), draw(st.integers(1, 6))
    waiting = [(0, 0, width, height, True)]
    cells: list[Drawn] = []
    while waiting:
        left, top, right, bottom, whole = waiting.pop()
        across = right - left > 1 and (whole or draw(st.booleans()))
        down = not across and bottom - top > 1 and draw(st.booleans())
        if across:
            at = draw(st.integers(left + 1, right - 1))
            waiting += [(left, top, at, bottom, False), (at, top, right, bottom, False)]
        elif down:
            at = draw(st.integers(top + 1, bottom - 1))
            waiting += [(left, top, right, at, False), (left, at, right, bottom, False)]
        else:
            cells.append(Drawn(left, top, right, bottom, draw(TEXTS)))
    return sorted(cells, key=lambda cell: (cell.top, cell.left))


def spans(cells: list[Drawn]) -> dict[tuple[int, int, int, int], str]:
    """Row, column, row span, column span and text of each cell, edges counted."""
    xs = sorted({edge for cell in cells for edge in (cell.left, cell.right)})
    ys = sorted({edge for cell in cells for edge in (cell.top, cell.bottom)})
    return {
        (
            ys.index(cell.top),
            xs.index(cell.left),
            ys.index(cell.bottom) - ys.index(cell.top),
            xs.index(cell.right) - xs.index(cell.left),
        ): cell.text
        for cell in cells
    }


def as_pdf(cells: list[Drawn], zoom: float) -> bytes:
    content: list[str] = []
    for left, top, right, bottom, words in cells:
        x, y = 40 + COLUMN * left, 60 + ROW * top
        content += frame(x, y, 40 + COLUMN * right, 60 + ROW * bottom)
        for number, each in enumerate(words.split()):
            content.append(text(x + 3, y + 11 + 9.2 * number, each))
    content.append(text(40, 700, "below"))
    return pdf_of([f"{zoom} 0 0 {zoom} 0 {800 - 800 * zoom} cm", *content])


def as_html(cells: list[Drawn]) -> bytes:
    rows: dict[int, list[str]] = {}
    for (row, _, row_span, col_span), words in sorted(spans(cells).items()):
        rows.setdefault(row, []).append(f'<td rowspan="{row_span}" colspan="{col_span}">{words}</td>')
    body = "".join(f"<tr>{''.join(row)}</tr>" for _, row in sorted(rows.items()))
    return f'<html><body><table border="1">{body}</table><p>below</p></body></html>'.encode()


def read_spans(layout: Layout) -> list[dict[tuple[int, int, int, int], str]]:
    return [
        {(cell.row, cell.col, cell.row_span, cell.col_span): cell.text for cell in block.cells}
        for block in layout.blocks
        if isinstance(block, Grid)
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(partitions(), st.sampled_from([1.0, 0.75, 1.1]))
def test_drawn_and_written_grids_are_read_alike(cells: list[Drawn], zoom: float) -> None:
    # A line over the whole width, other columns above and below: that is where the PDF reader parts two tables.
    height = max(cell.bottom for cell in cells)
    assume(not any(all(not cell.top < y < cell.bottom for cell in cells) for y in range(1, height)))
    expected = [spans(cells)]
    assert read_spans(read_html(as_html(cells))) == expected
    assert read_spans(read_pdf(as_pdf(cells, zoom))) == expected
