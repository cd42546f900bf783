from __future__ import annotations

from extractor.issues import Code
from extractor.layout import Grid, Layout, Line, slots
from extractor.readers.pdf import read
from tests.readers.pdf.drawn import bar, frame, pdf_of, text


def grids(layout: Layout) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in slots(grid)] for grid in layout.grids()]


def table(top: float, *rows: tuple[str, ...]) -> list[str]:
    """A ruled table of cells 90 × 20."""
    content: list[str] = []
    for row, texts in enumerate(rows):
        for col, each in enumerate(texts):
            x, y = 50 + 90 * col, top + 20 * row
            content += [*frame(x, y, x + 90, y + 20), text(x + 4, y + 13, each)]
    return content


HEADS = ("Title", "Date", "Amount")


def test_table_and_the_lines_around_it_in_reading_order() -> None:
    layout = read(
        pdf_of([text(50, 40, "SEC Form 4"), *table(60, HEADS, ("Common", "1/2/2024", "5")), text(50, 120, "Remarks:")])
    )
    blocks = layout.blocks
    assert [block.text if isinstance(block, Line) else "grid" for block in blocks] == ["SEC Form 4", "grid", "Remarks:"]
    assert grids(layout) == [[list(HEADS), ["Common", "1/2/2024", "5"]]]


def test_table_over_two_pages_is_one_grid_on_the_first_sheet() -> None:
    first = table(600, HEADS, ("Common", "1/2/2024", "5"))
    second = [*table(40, HEADS, ("Preferred", "1/3/2024", "6")), text(50, 120, "Remarks:")]
    layout = read(pdf_of(first, second))
    assert grids(layout) == [[list(HEADS), ["Common", "1/2/2024", "5"], ["Preferred", "1/3/2024", "6"]]]
    assert [len(sheet.blocks) for sheet in layout.sheets] == [1, 1]


def test_drawn_check_box_is_a_tick_beside_its_text() -> None:
    content = [*frame(50, 50, 60, 60), text(52, 58, "X"), text(66, 58, "Check this box")]
    (line,) = read(pdf_of(content)).blocks
    assert isinstance(line, Line)
    tick, label = line.segments
    assert [getattr(part, "state", "") for part in tick.parts] == ["ticked"]
    assert label.text == "Check this box"


def test_rulings_that_do_not_close_are_an_issue() -> None:
    content = [
        *frame(50, 50, 250, 130),
        bar(150, 50, 150.5, 90),
        bar(50, 90, 150.5, 90.5),
        text(60, 70, "a"),
        text(60, 110, "b"),
    ]
    assert [issue.code for issue in read(pdf_of(content)).issues] == [Code.GRID_BROKEN]


def test_properties_say_that_it_is_a_pdf() -> None:
    assert read(pdf_of([text(50, 50, "a")])).properties["format"] == "pdf"


def test_blank_page_is_a_sheet_without_blocks() -> None:
    layout = read(pdf_of([], [text(50, 50, "a")]))
    assert [len(sheet.blocks) for sheet in layout.sheets] == [0, 1]


def test_grid_in_a_grid() -> None:
    """The OMB box stands beside the titles: a table in a column of text."""
    content = [
        text(50, 50, "FORM 4"),
        text(50, 90, "Check"),
        text(200, 60, "TITLE"),
        text(200, 84, "OF"),
        *table(45, HEADS)[12:],
    ]
    layout = read(pdf_of(content))
    assert any(isinstance(block, Grid) for block in layout.blocks)
