from __future__ import annotations

from extractor.layout import PLAIN, Grid, Join, Line
from extractor.readers.pdf.breaks import ANY_HABITS
from extractor.readers.pdf.cells import Region
from extractor.readers.pdf.grids import PageGrid
from extractor.readers.pdf.joins import common_edges, is_split_row, join_grids, join_paragraphs
from extractor.readers.pdf.margins import without_margins
from extractor.readers.pdf.words import Word
from extractor.readers.pdf.wraps import Bounds, paragraphs_of
from tests.readers.pdf.drawn import lines, words

HEADS = ("Title", "Date", "Amount")


def table(*rows: tuple[str, ...], page: int = 1, top: float = 100.0) -> PageGrid:
    """A table whose columns are 100 points wide and its rows 20 points high."""
    xs, ys = [100.0 * col for col in range(len(rows[0]) + 1)], [top + 20.0 * row for row in range(len(rows) + 1)]
    grid = PageGrid(xs, ys, [], page)
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            found = words(text, xs[col] + 3, ys[row] + 14) if text else []
            grid.add(Region(row, col, 1, 1), [word._replace(page=page) for word in found])
    return grid


def joined(first: PageGrid, second: PageGrid, loose: tuple[list[Word], list[Word]] = ([], [])) -> list[list[PageGrid]]:
    return join_grids([[first], [second]], loose)


def texts(grid: PageGrid) -> list[list[str]]:
    block = grid.compose(ANY_HABITS).block
    assert isinstance(block, Grid)
    rows: dict[int, list[str]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


BODY = (("Common", "1/2/2024", "5"), ("Common", "1/3/2024", "6"))


def test_table_goes_on_over_a_page_break_without_its_repeated_heads() -> None:
    pages = joined(table(HEADS, *BODY), table(HEADS, ("Preferred", "1/4/2024", "7"), page=2, top=30))
    assert [len(page) for page in pages] == [1, 0]
    assert texts(pages[0][0]) == [list(row) for row in (HEADS, *BODY, ("Preferred", "1/4/2024", "7"))]


def test_row_that_a_page_break_cut_is_made_whole() -> None:
    pages = joined(table(HEADS, *BODY, ("By JRM Rev.", "1/4/2024", "7")), table(("Trust", "", ""), page=2, top=30))
    whole = texts(pages[0][0])
    assert whole[-1] == ["By JRM Rev. Trust", "1/4/2024", "7"]


def test_words_of_a_cut_row_keep_their_pages() -> None:
    pages = joined(table(HEADS, *BODY, ("By JRM Rev.", "1/4/2024", "7")), table(("Trust", "", ""), page=2, top=30))
    cell = pages[0][0].contents[-3]
    assert [(word.text, word.page) for word in cell] == [("By", 1), ("JRM", 1), ("Rev.", 1), ("Trust", 2)]


def test_beginning_of_a_row_that_a_page_break_leaves_open_is_made_whole() -> None:
    """Cells of two lines begin on the one page, and all that is set in its middle stands on the next."""
    first = table(("Stock", "", "", "", "Common"))
    second = table(("Option", "6/29/2021", "A", "5", "Stock"), page=2, top=20)
    first.open_bottom = second.open_top = True
    assert texts(joined(first, second)[0][0])[-1] == ["Stock Option", "6/29/2021", "A", "5", "Common Stock"]


def test_a_row_of_a_table_with_more_walls_on_the_next_page_is_no_cut_head() -> None:
    """The walls that the next table has besides make all cells of this one spanning ones."""
    first = table(HEADS, ("Stock", "6/29/2021", "5"), ("Stock", "", "7"))
    second = table(("Stock", "", "9"), page=2, top=20)
    second.xs = [0.0, 50.0, 100.0, 200.0, 300.0]
    second.regions = [Region(0, 0, 1, 2), Region(0, 2, 1, 1), Region(0, 3, 1, 1)]
    second.recount()
    second.open_top = True
    assert texts(joined(first, second)[0][0])[-2:] == [["Stock", "", "7"], ["Stock", "", "9"]]


def test_whole_rows_are_never_merged() -> None:
    assert not is_split_row(table(HEADS, *BODY), table(("Common", "1/4/2024", "7"), page=2))


def test_empty_stub_of_a_row_is_dropped() -> None:
    first = table(HEADS, *BODY, ("", "", ""))
    first.open_bottom = True
    pages = joined(first, table(HEADS, ("Preferred", "1/4/2024", "7"), page=2))
    assert len(texts(pages[0][0])) == 4


def test_other_columns_are_another_table() -> None:
    other = table(HEADS, *BODY, page=2)
    other.xs[2] = 230.0
    assert [len(page) for page in joined(table(HEADS, *BODY), other)] == [1, 1]
    assert common_edges([0, 100, 300], [0, 50, 100, 300]) == [0, 50, 100, 300]


def test_text_between_two_tables_keeps_them_apart() -> None:
    loose: tuple[list[Word], list[Word]] = (words("Remarks:", 0, 400), [])
    assert [len(page) for page in joined(table(HEADS, *BODY), table(HEADS, *BODY, page=2), loose)] == [1, 1]


def test_blank_page_parts_nothing() -> None:
    pages = join_grids([[table(HEADS, *BODY)], [], [table(HEADS, *BODY, page=3)]], [[], [], []])
    assert [len(page) for page in pages] == [1, 0, 0]


def test_lines_in_the_margins_that_browsers_print_are_dropped() -> None:
    first = [
        *words("1/2/2024, 9:13 AM", 0, 12),
        *words("SEC Form 4", 0, 80, order=50),
        *words("1/2", 500, 790, order=90),
    ]
    second = [
        *words("1/2/2024, 9:13 AM", 0, 12),
        *words("Remarks:", 0, 80, order=50),
        *words("2/2", 500, 790, order=90),
    ]
    kept = without_margins([first, second], [800, 800])
    assert [[word.text for word in page] for page in kept] == [["SEC", "Form", "4"], ["Remarks:"]]


def test_footnote_at_the_foot_of_a_page_is_no_margin() -> None:
    note = words("4. The price is an average.", 0, 770)
    assert without_margins([note, words("5. The price is an average.", 0, 40)], [800, 800])[0] == note


def paragraph_texts(first: list[Word], second: list[Word]) -> list[list[str]]:
    bounds = Bounds(0, 0, 130, 800, firm=False)
    pages = [paragraphs_of(found, bounds) for found in (first, second)]
    join_paragraphs(pages, [[], []], [bounds, bounds], ANY_HABITS)
    return [[" ".join(word.text for strip in each.strips for word in strip.words) for each in page] for page in pages]


def test_paragraph_goes_on_over_a_page_break() -> None:
    assert paragraph_texts(lines("1. a note that fills its line"), lines("and goes on.")) == [
        ["1. a note that fills its line and goes on."],
        [],
    ]


def test_a_note_goes_on_and_not_its_number_beside_it() -> None:
    """The number is set in bold and reaches lower than the note's only line on the page."""
    number = Word(0.0, 12.0, 10.5, 10.5, 10.0, "(2)", PLAIN._replace(bold=True), 1, 0, xs=(0.0, 4.0, 8.0))
    note = words("a note that fills its line", 30, 10, order=1)
    assert paragraph_texts([number, *note], lines("and goes on.", x=30)) == [
        ["(2)", "a note that fills its line and goes on."],
        [],
    ]


def test_next_footnote_begins_on_the_next_page() -> None:
    first, second = paragraph_texts(lines("1. a note that fills its line"), lines("2. Another"))
    assert (len(first), second) == (1, ["2. Another"])


def test_joined_cell_is_one_line() -> None:
    pages = joined(
        table(HEADS, *BODY, ("By JRM Family Rev.", "1/4/2024", "7")), table(("Trust", "", ""), page=2, top=30)
    )
    block = pages[0][0].compose(ANY_HABITS).block
    assert isinstance(block, Grid)
    (line,) = block.cells[-3].blocks
    assert isinstance(line, Line)
    assert [run.join for run in line.runs] == [Join.SPACE, Join.WRAP_SPACE]


def test_equal_trades_at_the_top_of_a_page_are_no_repeated_heads() -> None:
    trade = ("Common", "1/2/2024", "5")
    pages = joined(table(HEADS, trade, trade, trade), table(trade, trade, ("Common", "1/3/2024", "6"), page=2, top=30))
    assert [row[2] for row in texts(pages[0][0])] == ["Amount", "5", "5", "5", "5", "5", "6"]


# heads that a page break cuts


def spanning(xs: list[float], *rows: tuple[tuple[str, int], ...], page: int = 1) -> PageGrid:
    """A table of rows 20 points high, each cell with its span."""
    grid = PageGrid(xs, [20.0 * row for row in range(len(rows) + 1)], [], page)
    for row, cells in enumerate(rows):
        col = 0
        for text, width in cells:
            found = words(text, xs[col] + 3, 20 * row + 14) if text else []
            grid.add(Region(row, col, 1, width), [word._replace(page=page) for word in found])
            col += width
    return grid


WALLS = [0.0, 100.0, 200.0, 250.0, 300.0, 400.0]
LOWER = (("", 1), ("", 1), ("Code", 1), ("V", 1), ("", 1))
VALUES = (("Common", 1), ("1/2/2024", 1), ("S", 1), ("", 1), ("5", 1))


def test_captions_that_a_page_break_cuts_are_made_whole() -> None:
    upper = spanning(WALLS, (("Table", 5),), (("1. Title of", 1), ("2. Date", 1), ("3. Code", 2), ("4. Amount", 1)))
    # a blank cell over two columns, as the break closed those above it
    lower = spanning(WALLS, (("", 2), ("(Instr. 8)", 2), ("", 1)), LOWER, VALUES, page=2)
    lower.open_top = True
    pages = joined(upper, lower)
    assert [len(page) for page in pages] == [1, 0]
    assert texts(pages[0][0]) == [
        ["Table"],
        ["1. Title of", "2. Date", "3. Code (Instr. 8)", "4. Amount"],
        ["Code", "V"],
        ["Common", "1/2/2024", "S", "", "5"],
    ]


def test_parts_of_a_head_that_each_lack_walls_of_the_other_are_one_table() -> None:
    upper = spanning([0, 50, 100, 200, 300, 400], (("Table", 5),), tuple((text, 1) for text in "12345"))
    lower = spanning([0, 100, 200, 250, 300, 400], (("", 1), ("", 1), ("Code", 1), ("V", 1), ("", 1)), page=2)
    upper.open_bottom = True
    pages = joined(upper, lower)
    assert [len(page) for page in pages] == [1, 1]  # too few walls in common
    upper = spanning([0, 50, 100, 150, 200, 300, 400], (("Table", 6),), tuple((text, 1) for text in "123456"))
    lower = spanning(
        [0, 100, 150, 200, 250, 300, 400], (("", 1), ("", 1), ("", 1), ("Code", 1), ("V", 1), ("", 1)), page=2
    )
    upper.open_bottom = True
    pages = joined(upper, lower)
    assert [len(page) for page in pages] == [1, 0]
    assert texts(pages[0][0])[1:] == [["1", "2", "3", "4", "5", "6"], ["Code", "V"]]
