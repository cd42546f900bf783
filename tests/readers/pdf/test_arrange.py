from __future__ import annotations

from extractor.layout import Block, Grid, Line, slots
from extractor.readers.pdf.arrange import blocks_of
from extractor.readers.pdf.words import Word
from extractor.readers.pdf.wraps import Bounds, paragraphs_of
from tests.readers.pdf.drawn import lines, word, words


def arranged(*found: list[Word]) -> tuple[Block, ...]:
    together = [each for part in found for each in part]
    return blocks_of(paragraphs_of(together, Bounds(0, 0, 400, 800)))


def rows(block: Block) -> list[list[str]]:
    """The texts of a grid's slots."""
    assert isinstance(block, Grid)
    return [[cell.text for cell in row] for row in slots(block)]


def test_lines_under_each_other_are_lines() -> None:
    assert [block.text for block in arranged(lines("One.", "Two.")) if isinstance(block, Line)] == ["One.", "Two."]


def test_what_stands_side_by_side_is_a_line_of_segments() -> None:
    (line,) = arranged(words("(Last)", 0, 10), words("(First)", 60, 10, order=9))
    assert isinstance(line, Line)
    assert [segment.text for segment in line.segments] == ["(Last)", "(First)"]


def test_rows_in_columns_are_a_grid_whose_slots_tell_the_column() -> None:
    (grid,) = arranged(
        [word("X", 0, 10)],
        words("Director", 20, 10, order=10),
        words("10% Owner", 120, 10, order=20),
        words("Officer", 20, 30, order=30),
        words("Other", 120, 30, order=40),
        words("CFO", 24, 50, order=50),
    )
    assert rows(grid) == [["X", "Director", "10% Owner"], ["", "Officer", "Other"], ["", "CFO", ""]]


def test_cross_in_the_second_row_finds_its_column_too() -> None:
    (grid,) = arranged(
        words("Form filed by One", 20, 10), [word("X", 0, 30, order=10)], words("Form filed by More", 20, 30, order=20)
    )
    assert rows(grid) == [["", "Form filed by One"], ["X", "Form filed by More"]]


def test_neighbour_centred_beside_a_wrapped_line_is_in_its_row() -> None:
    (line,) = arranged(lines("MENLO", "PARKSIDE"), [word("CA", 45, 15.8, order=300)])
    assert isinstance(line, Line)
    assert line.text == "MENLO PARKSIDE  CA"


def test_columns_of_text_never_interleave() -> None:
    (grid,) = arranged(
        lines("1. Name", "Doe Jane", "(Street)", y=10, pitch=16),
        lines("2. Issuer", "ACME", "3. Date", x=100, y=15, pitch=16),
        lines("5. Ties", "Director", "Owner", x=200, y=20, pitch=16),
    )
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == [
        "1. Name Doe Jane (Street)",
        "2. Issuer ACME 3. Date",
        "5. Ties Director Owner",
    ]


def test_entries_keep_number_and_text_together() -> None:
    (grid,) = arranged(
        [word("(1)", 0, 10)],
        lines("A note.", "A second paragraph.", x=30),
        [word("(2)", 0, 50, order=900)],
        words("Another note.", 30, 50, order=910),
    )
    assert rows(grid) == [["(1)", "A note."], ["", "A second paragraph."], ["(2)", "Another note."]]


def test_number_centred_beside_its_entry_stays_with_it() -> None:
    (grid,) = arranged(
        [word("(1)", 0, 15.8)],
        lines("A note.", "A second paragraph.", x=30),
        [word("(2)", 0, 50, order=900)],
        words("Another note.", 30, 50, order=910),
    )
    assert rows(grid) == [["(1)", "A note. A second paragraph."], ["(2)", "Another note."]]


def test_rows_far_apart_are_no_table() -> None:
    blocks = arranged(
        words("a", 0, 10), words("b", 60, 10, order=9), words("c", 0, 90, order=20), words("d", 60, 90, order=30)
    )
    assert all(isinstance(block, Line) for block in blocks)


def test_columns_inside_columns_end_somewhere() -> None:
    stairs = [lines("aa", "bb", x=12.0 * step, y=10 + 9.0 * step) for step in range(60)]
    assert arranged(*stairs)
