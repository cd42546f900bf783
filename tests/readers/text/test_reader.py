"""Texts in fixed type: sheets and places, lines and columns, lattices, tables; what cannot be told is in doubt."""

from __future__ import annotations

import pytest

from extractor.errors import SourceTooLarge
from extractor.issues import Code
from extractor.layout import Grid, Layout, PdfLocation
from extractor.readers.heads import TableHeads
from extractor.readers.text import read, sheets
from extractor.readers.text.paper import TextPaper
from extractor.readers.text.sheets import HIGH, WIDE, lines_of_text

HEADS = (
    TableHeads(
        ("Table I - Holdings of Stock",),
        (("1. Title of Security",), ("2. Amount Owned",), ("Code",), ("V",), ("4. Nature of Ownership",)),
        ("3. Transaction Code",),
    ),
)
STACKED = (
    TableHeads(
        ("Table II - Holdings of Options",),
        (("1. Title",), ("2. Price",), ("3. Date",), ("4. Amount",), ("5. Form",), ("6. Nature",)),
    ),
)


def text_of(text: str, heads: tuple[TableHeads, ...] = HEADS) -> Layout:
    return read(text.encode(), heads)


def texts(layout: Layout) -> list[str]:
    return [line.text for line in layout.lines()]


def rows(grid: Grid) -> list[dict[int, str]]:
    """The grid's rows, texts by column."""
    found: dict[int, dict[int, str]] = {}
    for cell in grid.cells:
        found.setdefault(cell.row, {})[cell.col] = cell.text
    return [found[row] for row in sorted(found)]


def only_grid(layout: Layout) -> Grid:
    (grid,) = layout.grids()
    return grid


# Sheets and places


def test_a_line_stands_where_its_characters_do() -> None:
    layout = text_of("FORM 4\n\n   left      right & more\n")
    (first, second) = [line.segments[0].runs[0].at for line in layout.lines()]
    assert first == PdfLocation(1, sheets.BBox(0, 0, 6 * WIDE, HIGH))
    assert second == PdfLocation(1, sheets.BBox(3 * WIDE, 2 * HIGH, 7 * WIDE, 3 * HIGH))
    assert texts(layout) == ["FORM 4", "left  right & more"]


@pytest.mark.parametrize("break_", ["\f", "<PAGE>\n", "<PAGE>    2\n"])
def test_a_page_break_begins_a_sheet(break_: str) -> None:
    layout = text_of(f"one\n{break_}two\n")
    assert [len(sheet.blocks) > 0 for sheet in layout.sheets] == [True, True]
    assert texts(layout)[0] == "one"
    assert texts(layout)[-1] == "two"


def test_a_long_text_is_broken_into_sheets() -> None:
    assert len(text_of("x\n" * 300).sheets) == 3


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_end_as_they_may(end: str) -> None:
    assert texts(text_of(f"a{end}b{end}\x1a")) == ["a", "b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_letters_beyond_ascii_are_read(encoding: str) -> None:
    assert texts(read("Société Générale".encode(encoding))) == ["Société Générale"]


def test_tabs_go_to_the_next_stop_and_entities_are_read() -> None:
    assert texts(text_of("a\tb &amp; c")) == ["a  b & c"]


def test_more_lines_than_are_read_are_refused() -> None:
    with pytest.raises(SourceTooLarge):
        lines_of_text(b"\n" * (sheets.MOST_OF_ALL + 1))


def test_a_line_that_is_cut_is_in_doubt() -> None:
    layout = text_of("x" * (sheets.LONGEST_LINE + 5))
    assert [issue.code for issue in layout.issues] == [Code.TEXT_LOST]
    assert text_of("x" * sheets.LONGEST_LINE).issues == ()


@pytest.mark.parametrize("text", ["a" * 1999 + "  lost", "- -" + "b" * 3000, "c" * 1500 + "\f" + "d" * 1500])
def test_a_line_that_ends_short_where_it_was_cut_is_in_doubt(text: str) -> None:
    assert [issue.code for issue in text_of(text).issues] == [Code.TEXT_LOST]


def test_bytes_that_are_no_characters_are_in_doubt() -> None:
    assert [issue.code for issue in read(b"Name \x81 M\xfcller").issues] == [Code.TEXT_LOST]


def test_drawn_lines_are_no_text() -> None:
    assert texts(text_of("a\n=======\n- ------   -----\n______\n+----+----+\nb    ------\n")) == ["a", "b"]


def test_lines_drawn_beside_words_are_no_text() -> None:
    assert texts(text_of("--- Form filed\n----------cisable   Date\n")) == ["Form filed", "cisable  Date"]
    assert texts(text_of("10b5-1  5--6\n")) == ["10b5-1  5--6"]
    assert texts(text_of("- -------------   5. If Amendment\n- one\n")) == ["5. If Amendment", "- one"]


def test_boxes_of_pipes_are_no_table() -> None:
    layout = text_of("|_| Director    |X| Officer\n|X| One   |_| More\n")
    assert not list(layout.grids())
    assert texts(layout)[0] == "[_] Director  [X] Officer"


def test_the_paper_can_be_looked_at() -> None:
    paper = TextPaper(b"FORM 4\n<PAGE>\nlonger line\n")
    assert len(paper.sizes()) == 2
    assert paper.sizes()[1][0] > paper.sizes()[0][0]
    picture = paper.picture(1, 1.0)
    assert picture.size == tuple(map(round, paper.sizes()[0]))
    assert picture.convert("L").getextrema()[0] < 128  # something is drawn
    assert paper.drawn(2).cells == ()
    for number in (0, 3):
        with pytest.raises(IndexError):
            paper.picture(number, 1.0)
        with pytest.raises(IndexError):
            paper.drawn(number)


# Items side by side


def test_items_side_by_side_are_columns() -> None:
    layout = text_of(
        "1. Name and Address      2. Issuer Name and    4. Statement for\n"
        "   of Owner                 Symbol                Month/Year\n"
        "   Doe  Jane                Acme (ACM)            June 2001\n"
        "   (Last)                3. Number\n"
        "                            02-000\n"
    )
    grid = only_grid(layout)
    assert rows(grid) == [
        {
            0: "1. Name and Address of Owner Doe  Jane (Last)",
            1: "2. Issuer Name and Symbol Acme (ACM) 3. Number 02-000",
            2: "4. Statement for Month/Year June 2001",
        }
    ]


def test_items_below_each_other_are_lines() -> None:
    assert not list(text_of("1. Name\n   Doe   Jane\n2. Issuer\n   Acme\n").grids())


# Tables with pipes

GRID = """\
+------------------+-----------+---------------+-----------+
|1. Title of       |2. Amount  |3. Transaction |4. Nature  |
|   Secur-         |   Owned   |   Code        |   of Own- |
|   ity            |           +-------+-------|   ership  |
|   (Instr. 3)     |           | Code  |   V   |           |
+------------------+-----------+-------+-------+-----------+
"""


def test_heads_and_rows_of_a_lattice() -> None:
    grid = only_grid(text_of(GRID + "|Common Stock      |    1,000  |  S    |       | By trust  |\n" + GRID[:60]))
    assert rows(grid) == [
        {
            0: "1. Title of Security (Instr. 3)",
            1: "2. Amount Owned",
            2: "3. Transaction Code",
            4: "4. Nature of Ownership",
        },
        {2: "Code", 3: "V"},
        {0: "Common Stock", 1: "1,000", 2: "S", 4: "By trust"},
    ]


def test_rows_go_on_over_lines_until_a_line_is_drawn() -> None:
    rule = "+------------------+-----------+-------+-------+-----------+\n"
    body = (
        "|Class A Common    |    1,000  |  S    |       | By family |\n"
        "|Stock             |           |       |       | trust     |\n"
        f"{rule}"
        "|Class B           |       20  |  P    |   V   |           |\n"
        f"{rule}"
    )
    assert rows(only_grid(text_of(GRID + body)))[2:] == [
        {0: "Class A Common Stock", 1: "1,000", 2: "S", 4: "By family trust"},
        {0: "Class B", 1: "20", 2: "P", 3: "V"},
    ]


def test_rows_with_nothing_between_are_told_by_their_values() -> None:
    body = (
        "|Common Stock      |    1,000  |  S    |       |           |\n"
        "|Preferred         |       20  |       |       |           |\n"
    )
    layout = text_of(GRID + body)
    assert [row[0] for row in rows(only_grid(layout))[2:]] == ["Common Stock", "Preferred"]
    assert layout.issues == ()


def test_words_between_two_rows_are_in_doubt() -> None:
    body = (
        "|Common Stock      |    1,000  |  S    |       |           |\n"
        "|Class B           |           |       |       |           |\n"
        "|Preferred         |       20  |  S    |       |           |\n"
    )
    assert [issue.code for issue in text_of(GRID + body).issues] == [Code.UNCERTAIN_JOIN]


@pytest.mark.parametrize("words", ["(non-voting)", "of 1999", ""])
def test_words_that_begin_no_title_go_on_above(words: str) -> None:
    body = (
        "|Common Stock      |    1,000  |  S    |       | By trust  |\n"
        f"|{words:18}|           |       |       | of 1999   |\n"
        "|Preferred         |       20  |  S    |       |           |\n"
    )
    layout = text_of(GRID + body)
    assert layout.issues == ()
    assert [row[0] for row in rows(only_grid(layout))[2:]] == [f"Common Stock {words}".strip(), "Preferred"]


def test_a_body_without_pipes_stands_below_heads_with_pipes() -> None:
    body = " Common Stock            1,000     S              By trust\n\nExplanation:\n"
    layout = text_of(GRID + body)
    assert rows(only_grid(layout))[2:] == [{0: "Common Stock", 1: "1,000", 2: "S", 4: "By trust"}]
    assert texts(layout)[-1] == "Explanation:"


@pytest.mark.parametrize("aside", [-1, 1])
def test_a_pipe_may_stand_beside_its_column(aside: int) -> None:
    line = "|   Secur-         |   Owned   |   Code        |   of Own- |"
    at = line.index("|", 1)
    moved = line[:at] + " " + line[at + 1 :]
    moved = moved[: at + aside] + "|" + moved[at + aside + 1 :]
    body = "|Common Stock      |    1,000  |  S    |       | By trust  |\n"
    assert rows(only_grid(text_of((GRID + body).replace(line, moved)))) == rows(only_grid(text_of(GRID + body)))


def test_a_value_that_runs_over_a_missing_pipe_stays_whole() -> None:
    lines = "+------+------+\n| a    | b    |\n| 123456789   |\n+------+------+\n"
    assert "123456789" in " ".join(texts(text_of(lines)))


def test_a_lattice_that_is_no_table_keeps_its_lines() -> None:
    grid = only_grid(
        text_of("+------+-----+\n|1. A  | 2. B|\n| x  y | z   |\n+------+-----+\n| low  |     |\n+------+-----+\n")
    )
    assert [
        (cell.row, cell.col, [line.text for line in cell.blocks if not isinstance(line, Grid)]) for cell in grid.cells
    ] == [
        (0, 0, ["1. A", "x  y"]),
        (0, 1, ["2. B", "z"]),
        (1, 0, ["low"]),
    ]


# Tables with tags or dashes

TAGGED = """\
<TABLE>
<CAPTION>
                    2. Amount    3. Transaction   4. Nature of
1. Title of            Owned        Code             Ownership
   Security                      --------------
                                 Code     V
{columns}
Common Stock           1,000       S               By trust
                                                   of 1999

Preferred                 20       P       V
</TABLE>
(1) A note.
"""
COLUMNS = {
    "tags": "<S>                 <C>          <C>      <C>     <C>",
    "dashes": "------------------  -----------  ------   -----   ---------------",
    "both": "------------------  -----------  ------   -----   ---------------\n"
    "<S>                 <C>          <C>      <C>     <C>",
}


@pytest.mark.parametrize("columns", COLUMNS.values(), ids=COLUMNS)
def test_columns_are_set_by_tags_or_by_dashes(columns: str) -> None:
    layout = text_of(TAGGED.format(columns=columns))
    found = rows(only_grid(layout))
    assert found[-2:] == [
        {0: "Common Stock", 1: "1,000", 2: "S", 4: "By trust of 1999"},
        {0: "Preferred", 1: "20", 2: "P", 3: "V"},
    ]
    heads = {text for row in found[:-2] for text in row.values()}
    assert {"1. Title of Security", "2. Amount Owned", "Code", "V", "4. Nature of Ownership"} <= heads
    assert texts(layout)[-1] == "(1) A note."
    assert layout.issues == ()


def test_a_table_is_told_by_its_heads_alone() -> None:
    layout = text_of(
        "<CAPTION>\nApples   Pears   Plums   Figs\n<S>      <C>     <C>     <C>\nred      1       2       3\n"
    )
    assert not list(layout.grids())
    assert texts(layout) == ["Apples  Pears  Plums  Figs", "red  1  2  3"]


def test_a_number_may_begin_left_of_its_column() -> None:
    text = TAGGED.format(columns=COLUMNS["tags"]).replace("   1,000   ", "1,000,000  ", 1)
    assert rows(only_grid(text_of(text)))[-2][1] == "1,000,000"


def test_prose_ends_a_table() -> None:
    text = TAGGED.format(columns=COLUMNS["tags"]).replace(
        "</TABLE>\n", "\nThis runs on over all of the columns of the table.\n"
    )
    layout = text_of(text)
    assert len(rows(only_grid(layout))) == 4
    assert "This runs on over all of the columns of the table." in texts(layout)


def test_no_text_of_a_table_is_lost() -> None:
    text = TAGGED.format(columns=COLUMNS["tags"]).replace(
        "                                 Code     V\n", "a b c d e f\n" * 3
    )
    assert " ".join(texts(text_of(text))).count("a b c") == 3


BLOCKS = """\
Table II - Holdings of Options
<TABLE>
<CAPTION>
1. Title       2. Price    3. Date     x
-----------    --------    -------     ---
<S>            <C>         <C>         <C>
Option         $1.00       1/2/01
{between}
</TABLE>
{gap}
<TABLE>
<CAPTION>
4. Amount      5. Form     6. Nature   y
-----------    --------    -------     ---
<S>            <C>         <C>         <C>
100            D           none
{below}
</TABLE>
"""


def test_a_block_that_goes_on_with_the_numbers_stands_beside() -> None:
    layout = text_of(BLOCKS.format(between="", gap="", below=""), STACKED)
    assert rows(only_grid(layout))[-1] == {0: "Option", 1: "$1.00", 2: "1/2/01", 4: "100", 5: "D", 6: "none"}
    assert layout.issues == ()


def test_blocks_of_different_length_are_in_doubt() -> None:
    layout = text_of(BLOCKS.format(between="", gap="", below="\n200            I           none"), STACKED)
    assert len(list(layout.grids())) == 2
    assert [issue.code for issue in layout.issues] == [Code.GRID_BROKEN]


def test_what_stands_between_two_blocks_is_kept() -> None:
    layout = text_of(BLOCKS.format(between="", gap="A stray line.", below=""), STACKED)
    assert len(list(layout.grids())) == 1
    assert texts(layout)[-1] == "A stray line."
