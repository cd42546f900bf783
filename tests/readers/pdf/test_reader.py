from __future__ import annotations

from types import SimpleNamespace

import pytest

from extractor.issues import Code
from extractor.layout import PLAIN, Grid, Layout, Line, slots
from extractor.readers.pdf import page_text, read
from extractor.readers.pdf.bulk import Looks
from extractor.readers.pdf.ink import ADJACENT, GENERATED
from extractor.readers.pdf.page_text import _Text
from extractor.readers.pdf.reader import habits_of
from extractor.readers.pdf.words import Word
from tests.readers.pdf.drawn import bar, frame, pdf_of, text, word


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


def paragraph(*widths: float) -> list[Word]:
    """Lines of five words, each as wide as said."""
    return [
        word("shares", 0 + width / 5 * at, 20.0 + 12 * row, x1=width / 5 * at + width / 5 - 3, order=5 * row + at)
        for row, width in enumerate(widths)
        for at in range(5)
    ]


def test_text_whose_lines_all_end_at_one_edge_is_justified() -> None:
    assert habits_of([paragraph(300, 300, 300, 300, 300, 200)]).justified
    assert not habits_of([paragraph(300, 291, 297, 283, 299, 200)]).justified
    assert not habits_of([paragraph(300, 300, 200)]).justified  # too few lines to tell


def test_words_set_too_close_are_in_doubt_with_their_page() -> None:
    def page(gap: float) -> list[str]:
        return [text(50 + (14.67 + gap) * at, 40 + 20 * row, "Doe") for row in range(3) for at in range(15)]

    assert [(issue.code, issue.at[0].as_dict()["page"]) for issue in read(pdf_of(page(1.25))).issues] == [
        (Code.UNCERTAIN_JOIN, 1)
    ]
    assert read(pdf_of(page(2.2))).issues == ()


@pytest.mark.skipif(not page_text.__file__.endswith(".py"), reason="compiled, a page's text is made of a PDF alone")
def test_a_space_behind_a_leaning_letter_is_kept() -> None:
    def gaps(italic: bool) -> list[str]:
        page = _Text.__new__(_Text)
        page.text, page.touching, page.blank = "of Aurora", set(), {}
        xs, looks = (
            (0.0, 5.0, 10.2, 15.0, 20.0, 25.0, 30.0, 35.0),
            Looks([10.0, 40.0], [0, 0], [ADJACENT, GENERATED], []),
        )
        page.letters = SimpleNamespace(xs=xs, ys=[0.0] * len(xs), looks=lambda *_: looks)  # type: ignore[assignment]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(page, "_parted", lambda: ([0, 3], [2, 9]))
            patch.setattr(page, "_drawn", lambda _: ([8.0], [PLAIN._replace(italic=italic)], [False]))
            pieces, _ = page.pieces()
        return [piece.before for piece in pieces]

    assert gaps(italic=False) == ["", ""]
    assert gaps(italic=True) == ["", "\t"]


def test_a_page_whose_space_ends_at_zero_is_not_upside_down() -> None:
    content = [*table(100, ("Doe", "Roe")), text(50, 40, "First"), text(50, 60, "Last")]
    usual = read(pdf_of(content))
    below = read(pdf_of(["1 0 0 1 0 -800 cm", *content], low=-800))
    assert [(block.text if isinstance(block, Line) else grids(below)) for block in below.blocks] == [
        (block.text if isinstance(block, Line) else grids(usual)) for block in usual.blocks
    ]


def test_a_watermark_is_told_and_left_out() -> None:
    layout = read(pdf_of([text(50, 100, "Doe"), "BT /F 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm (COPY) Tj ET"]))
    assert [(issue.code, issue.severity.value, "COPY" in issue.message) for issue in layout.issues] == [
        (Code.WATERMARK, "note", True)
    ]
    assert [block.text for block in layout.blocks if isinstance(block, Line)] == ["Doe"]
