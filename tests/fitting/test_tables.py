"""Tables: heads found by their captions, one grid or several, and every cell read under its head."""

from __future__ import annotations

from typing import Any

from extractor.fitting.index import index_grids
from extractor.fitting.stream import Stream, pieces_of
from extractor.fitting.tables import FoundTable, read_tables
from extractor.issues import Issue
from extractor.layout import Grid, Layout
from extractor.templates import Template
from tests.fitting.made import (
    COLUMNS,
    FORM3,
    FORM5,
    GRANT,
    ONLINE,
    PAPER,
    SALE,
    SEC,
    TABLE_1_HEADS,
    TABLE_1_TITLE,
    TABLE_2_HEADS,
    TABLE_2_TITLE,
    Row,
    captions,
    doubts,
    items_grid,
    owner_item,
    table_1,
    table_2,
)
from tests.made import SMALL, Content, Wide, grid, layout, marked, run, segment, stack

Rows = list[dict[str, Any]]


def tables(page: Layout, of: Template = SEC) -> tuple[Rows, Rows, list[Issue], dict[str, list[FoundTable]]]:
    """The rows of both tables, the doubts, and where the tables are."""
    issues: list[Issue] = []
    rows, places = read_tables(index_grids(page), Stream(pieces_of(page.blocks)), captions(of), of.form.form, issues)
    return [dict(row) for row in rows["non_derivative"]], [dict(row) for row in rows["derivative"]], issues, places


def titles(rows: Rows) -> list[str]:
    return [row["security_title"]["printed"] for row in rows]


def column(name: str, rows: Rows) -> list[str | None]:
    return [row[name]["printed"] if name in row else None for row in rows]


# Heads


def test_both_tables_of_a_page() -> None:
    first, second, issues, _ = tables(layout(items_grid(), table_1(SALE), table_2(GRANT)))
    assert titles(first) == ["Common Stock"]
    assert titles(second) == ["Option"]
    assert issues == []


def test_heads_over_two_rows_are_found_in_their_columns() -> None:
    *_, places = tables(layout(table_1(), table_2()))
    assert [(head.field, head.col) for head in places["non_derivative"][0].heads] == [
        ("security_title", 0),
        ("transaction_date", 1),
        ("deemed_execution_date", 2),
        ("transaction_code", 3),
        ("voluntary", 4),
        ("amount", 5),
        ("acquired_disposed", 6),
        ("price_per_share", 7),
        ("owned_following", 8),
        ("direct_or_indirect", 9),
        ("nature_of_ownership", 10),
    ]
    assert places["non_derivative"][0].first == 3
    assert len(places["derivative"][0].heads) == COLUMNS[1]


def test_a_table_without_rows_is_empty_and_no_doubt() -> None:
    first, second, issues, _ = tables(layout(table_1(), table_2()))
    assert (first, second, issues) == ([], [], [])


def test_a_v_below_the_v_is_a_value() -> None:
    """A `V` under the head `V` looks like the head again; its row has other cells."""
    voluntary: Row = [*SALE[:4], "V", *SALE[5:]]
    first, _, issues, places = tables(layout(table_1(voluntary, SALE), table_2()))
    assert column("form_type", first) == ["V", ""]
    assert places["non_derivative"][0].first == 3
    assert issues == []


def test_a_security_called_like_a_head_is_a_value() -> None:
    odd: Row = ["Price", *SALE[1:]]
    first, *_ = tables(layout(table_1(odd), table_2()))
    assert titles(first) == ["Price"]


def test_a_clipped_head_is_found() -> None:
    clipped = list(TABLE_1_HEADS[0])
    clipped[-1] = Wide("7. Nature of Indirect Beneficial Owner", rows=2)
    trust: Row = [*SALE[:-2], "I", "By Trust"]
    page = grid((Wide(TABLE_1_TITLE, cols=11),), clipped, TABLE_1_HEADS[1], trust)
    first, _, issues, _ = tables(layout(page, table_2()))
    assert column("nature_of_ownership", first) == ["By Trust"]
    assert issues == []


def test_a_missing_column_is_in_doubt() -> None:
    heads = [head for head in TABLE_1_HEADS[0] if "2A." not in str(head)]
    page = grid((Wide(TABLE_1_TITLE, cols=10),), heads, TABLE_1_HEADS[1], [*SALE[:2], *SALE[3:]])
    first, _, issues, _ = tables(layout(page, table_2()))
    assert column("price_per_share", first) == ["$173.147"]
    assert doubts(issues) == [("column-missing", "non_derivative")]
    assert "deemed_execution_date" in issues[0].message


def test_a_missing_table_is_in_doubt() -> None:
    first, second, issues, places = tables(layout(table_1(SALE)))
    assert (titles(first), second) == (["Common Stock"], [])
    assert doubts(issues) == [("table-missing", "derivative")]
    assert "derivative" not in places


def test_too_few_heads_make_no_table() -> None:
    few = grid(("1. Title of Security", "2. Transaction Date", "Amount", "Price", "Code"), SALE[:5])
    first, *_ = tables(layout(few))
    assert first == []


def test_the_tables_of_a_form_3() -> None:
    first = grid(
        (Wide("Table I - Non-Derivative Securities Beneficially Owned", cols=4),),
        (
            "1. Title of Security (Instr. 4)",
            "2. Amount of Securities Beneficially Owned (Instr. 4)",
            "3. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)",
            "4. Nature of Indirect Beneficial Ownership (Instr. 5)",
        ),
        ("Common Stock", "5,000", "D", ""),
    )
    second = grid(
        (Wide("Table II - Derivative Securities Beneficially Owned (e.g., puts)", cols=8),),
        (
            Wide("1. Title of Derivative Security (Instr. 4)", rows=2),
            Wide("2. Date Exercisable and Expiration Date (Month/Day/Year)", cols=2),
            Wide("3. Title and Amount of Securities Underlying Derivative Security (Instr. 4)", cols=2),
            Wide("4. Conversion or Exercise Price of Derivative Security", rows=2),
            Wide("5. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)", rows=2),
            Wide("6. Nature of Indirect Beneficial Ownership (Instr. 5)", rows=2),
        ),
        ("Date Exercisable", "Expiration Date", "Title", "Amount or Number of Shares"),
        ("Option", marked("", "(1)"), "08/09/2027", "Common Stock", "20,000", "$1.1", "D", ""),
    )
    held, options, issues, _ = tables(layout(first, second), FORM3)
    assert [(row["kind"], row["shares_owned_following"]["printed"]) for row in held] == [("holding", "5,000")]
    assert [(row["kind"], row["expiration_date"]["printed"]) for row in options] == [("holding", "08/09/2027")]
    assert column("conversion_or_exercise_price", options) == ["$1.1"]
    assert issues == []


def test_a_form_5_has_one_cell_for_the_code() -> None:
    heads = list(TABLE_1_HEADS[0])
    heads[3] = Wide("3. Transaction Code (Instr. 8)", rows=2)
    page = grid((Wide(TABLE_1_TITLE, cols=16),), heads, TABLE_1_HEADS[1][2:], [*SALE[:3], "4P", *SALE[5:]])
    first, _, issues, _ = tables(layout(page), FORM5)
    assert column("form_type", first) == ["4"]
    assert doubts(issues) == [("table-missing", "derivative")]


def test_the_wordings_of_a_printing() -> None:
    heads = list(TABLE_1_HEADS[0])
    heads[1] = Wide("2. Trans. Date", rows=2)
    heads[3] = Wide(stack("3. Trans. Code", "(Instr. 8)"), cols=2)
    page = grid((Wide(TABLE_1_TITLE, cols=11),), heads, TABLE_1_HEADS[1], SALE)
    first, _, issues, _ = tables(layout(page), ONLINE)
    assert column("transaction_date", first) == ["06/29/2021"]
    assert doubts(issues) == [("table-missing", "derivative")]


# Several tables in one grid


def one_grid(*rows: Row) -> Grid:
    """Both tables, 16 slots wide, in one grid; Table I's last column takes the rest."""

    def widened(row: Row, width: int) -> list[Content | Wide]:
        last = row[-1]
        wide = last if isinstance(last, Wide) else Wide(last)
        return [*row[:-1], wide._replace(cols=16 - width + 1)]

    first = [(Wide(TABLE_1_TITLE, cols=16),), widened(TABLE_1_HEADS[0], 11), TABLE_1_HEADS[1], widened(SALE, 11)]
    return grid(*first, (Wide(TABLE_2_TITLE, cols=16),), *TABLE_2_HEADS, *rows)


def test_two_tables_in_one_grid() -> None:
    first, second, issues, _ = tables(layout(one_grid(GRANT, GRANT)))
    assert (titles(first), titles(second)) == (["Common Stock"], ["Option", "Option"])
    assert issues == []


def test_a_table_ends_where_the_explanation_of_the_same_grid_begins() -> None:
    behind: Row = (Wide("Explanation of Responses:", cols=16),)
    note: Row = (Wide("1. Sold under a plan.", cols=16),)
    _, second, issues, _ = tables(layout(one_grid(GRANT, behind, note)))
    assert titles(second) == ["Option"]
    assert issues == []


def test_a_table_ends_where_a_joint_owner_of_the_same_grid_begins() -> None:
    block: Row = (Wide(owner_item(), cols=16),)
    _, second, issues, _ = tables(layout(one_grid(GRANT, block)))
    assert titles(second) == ["Option"]
    assert issues == []


def test_the_inner_of_two_grids_with_the_same_heads_is_the_table() -> None:
    page = layout(grid(("Menu", stack(table_1(SALE), table_2(GRANT)))))
    first, second, issues, _ = tables(page)
    assert (titles(first), titles(second)) == (["Common Stock"], ["Option"])
    assert issues == []


# Rows


def test_a_row_of_empty_cells_is_none() -> None:
    first, *_ = tables(layout(table_1([""] * 11, SALE, [""] * 11), table_2()))
    assert titles(first) == ["Common Stock"]


def test_the_title_and_heads_again_are_no_rows() -> None:
    again = grid(
        (Wide(TABLE_1_TITLE, cols=11),),
        *TABLE_1_HEADS,
        SALE,
        (Wide(TABLE_1_TITLE, cols=11),),
        *TABLE_1_HEADS,
        SALE,
    )
    first, _, issues, _ = tables(layout(again, table_2()))
    assert titles(first) == ["Common Stock", "Common Stock"]
    assert issues == []


def test_holdings_among_transactions() -> None:
    holding: Row = ["Common Stock", "", "", "", "", "", "", "", "990", "I", "By Spouse"]
    first, _, issues, _ = tables(layout(table_1(SALE, holding, SALE), table_2()))
    assert [row["kind"] for row in first] == ["transaction", "holding", "transaction"]
    assert issues == []


def test_text_under_no_head_is_in_doubt() -> None:
    first, _, issues, _ = tables(layout(table_1([*SALE, "stray"]), table_2()))
    assert titles(first) == ["Common Stock"]
    assert doubts(issues) == [("text-unplaced", "non_derivative[0]")]
    assert "'stray' stands under no head" in issues[0].message


def test_text_under_several_heads_is_in_doubt() -> None:
    across: Row = [*SALE[:7], Wide("$173.147 5,000", cols=2), *SALE[9:]]
    first, _, issues, _ = tables(layout(table_1(across), table_2()))
    assert ("grid-broken", "non_derivative[0]") in doubts(issues)
    assert first[0]["direct_or_indirect"]["value"] == "D"


def test_a_cell_belongs_to_the_head_that_it_shares_most_slots_with() -> None:
    heads = list(TABLE_1_HEADS[0])
    heads[0] = Wide("1. Title of Security (Instr. 3)", cols=2, rows=2)
    row: Row = [Wide("Common Stock 06/29/2021", cols=3), *SALE[2:]]
    page = grid((Wide(TABLE_1_TITLE, cols=12),), heads, TABLE_1_HEADS[1], row)
    first, _, issues, _ = tables(layout(page, table_2()))
    assert titles(first) == ["Common Stock 06/29/2021"]
    assert "transaction_date" not in first[0]
    assert doubts(issues) == [("grid-broken", "non_derivative[0]")]


def test_a_cell_narrower_than_its_head_stands_under_it() -> None:
    heads = list(TABLE_1_HEADS[0])
    heads[0] = Wide("1. Title of Security (Instr. 3)", cols=2, rows=2)
    row: Row = ["Common", "Stock", *SALE[1:]]
    page = grid((Wide(TABLE_1_TITLE, cols=12),), heads, TABLE_1_HEADS[1], row)
    first, _, issues, _ = tables(layout(page, table_2()))
    assert titles(first) == ["Common Stock"]
    assert issues == []


def test_doubts_name_the_row_they_are_in() -> None:
    odd: Row = [*SALE[:5], "1,05", *SALE[6:]]
    *_, issues, _ = tables(layout(table_1(SALE, odd), table_2()))
    assert doubts(issues) == [("unreadable-value", "non_derivative[1].shares")]


# The paper form


def test_a_table_goes_on_in_a_grid_with_heads_of_its_own() -> None:
    second: Row = ["Class B", *SALE[1:]]
    rows, _, issues, places = tables(layout(table_1(SALE), table_2(GRANT), table_1(second, SALE)))
    assert titles(rows) == ["Common Stock", "Class B", "Common Stock"]
    assert issues == []
    assert [len(found) for found in (places["non_derivative"], places["derivative"])] == [2, 1]


def test_a_doubt_in_the_second_grid_names_its_row_among_all() -> None:
    odd: Row = [*SALE[:5], "many", *SALE[6:]]
    *_, issues, _ = tables(layout(table_1(SALE, SALE), table_2(), table_1(odd)))
    assert doubts(issues) == [("unreadable-value", "non_derivative[2].shares")]


def test_no_row_is_doubled_where_the_table_stands_in_a_cell_of_another_grid() -> None:
    rows, second, issues, _ = tables(layout(grid((stack(table_1(SALE), table_2(GRANT)),))))
    assert (titles(rows), titles(second), issues) == (["Common Stock"], ["Option"], [])


def test_an_empty_grid_with_heads_adds_no_row_and_no_doubt() -> None:
    rows, _, issues, _ = tables(layout(table_1(SALE), table_2(), table_1(("",) * COLUMNS[0])))
    assert (titles(rows), issues) == (["Common Stock"], [])


def test_marks_are_typed_only_on_the_paper_form() -> None:
    typed: Row = ["Common Stock(1)", *SALE[1:]]
    page = layout(table_1(typed), table_2())
    (on_paper,), *_ = tables(page, PAPER)
    (on_screen,), *_ = tables(page, SEC)
    assert (on_paper["security_title"]["value"], on_paper["security_title"]["footnotes"]) == ("Common Stock", ("F1",))
    assert (on_screen["security_title"]["value"], on_screen["security_title"]["footnotes"]) == ("Common Stock(1)", ())


NOTES = ("Explanation of Responses:", "1. Sold under a plan.")


def test_marks_typed_on_the_line_are_read_where_a_page_with_footnotes_shows_no_others() -> None:
    typed: Row = ["Common Stock(1)", *SALE[1:5], "1,057(1)", *SALE[6:-1], "See footnote (1)"]
    (row,), _, issues, _ = tables(layout(table_1(typed), table_2(), *NOTES))
    assert (row["security_title"]["value"], row["security_title"]["footnotes"]) == ("Common Stock", ("F1",))
    assert (str(row["shares"]["value"]), row["shares"]["footnotes"]) == ("1057", ("F1",))
    assert row["nature_of_ownership"]["value"] == "See footnote (1)"
    assert doubts(issues) == [("mark-uncertain", "non_derivative[0].nature_of_ownership")]


def test_what_is_typed_in_brackets_is_text_where_a_page_shows_small_marks() -> None:
    typed: Row = ["Common Stock(1)", *SALE[1:3], marked("S", "(1)"), *SALE[4:]]
    (row,), *_ = tables(layout(table_1(typed), table_2(), *NOTES))
    assert (row["security_title"]["value"], row["security_title"]["footnotes"]) == ("Common Stock(1)", ())


def test_a_small_number_level_with_its_text_may_be_a_mark() -> None:
    nature = segment("See footnote", run("(1)", style=SMALL))
    row: Row = [*SALE[:3], marked("S", "(1)"), *SALE[4:-2], "I", nature]
    _, _, issues, _ = tables(layout(table_1(row), table_2(), *NOTES))
    assert doubts(issues) == [("mark-uncertain", "non_derivative[0].nature_of_ownership")]
