"""Joint owners: blocks that repeat item 1, and the Reporting Owners table that decides how a street splits."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.fitting.index import index_grids
from extractor.fitting.owners import find_owners_table, join_blocks, join_table, read_blocks, read_table
from extractor.fitting.people import Owner
from extractor.fitting.values import reading
from extractor.issues import Code, Issue
from extractor.layout import Grid, Join
from tests.fitting.made import ONLINE, SEC, captions, doubts, owner_item, owner_lines
from tests.made import Content, Wide, grid, layout, line, run, segment, stack, stream, tick


def names(owners: list[Owner]) -> list[str | None]:
    return [each["name"]["value"] for each in owners]


def values(tree: dict[str, Any]) -> dict[str, Any]:
    return {name: each["value"] for name, each in tree.items() if each["value"] is not None}


# Blocks


def blocks(*contents: Content, start: int = 0, issues: list[Issue] | None = None) -> list[Owner]:
    return read_blocks(stream(*contents), start, SEC, captions(), [] if issues is None else issues)


JANE, JOHN = owner_item(), owner_item(name=line(run("Roe John")))


def test_every_block_is_an_owner_with_its_address() -> None:
    issues: list[Issue] = []
    found = blocks(*JANE, *JOHN, issues=issues)
    assert names(found) == ["Doe Jane", "Roe John"]
    assert values(found[1]["address"])["city"] == "MYTHVILLE"
    assert issues == []


def test_blocks_above_the_offset_are_none() -> None:
    text = stream(*JANE).text
    assert names(blocks(*JANE, *JOHN, start=len(text))) == ["Roe John"]


def test_blocks_end_where_the_explanation_begins() -> None:
    found = blocks(*JOHN, "Explanation of Responses:", *JANE)
    assert names(found) == ["Roe John"]


def test_a_caption_inside_a_sentence_begins_no_block() -> None:
    assert blocks("See 1. Name and Address of Reporting Person", *owner_lines()) == []


def test_without_blocks_there_is_one_owner() -> None:
    first = {"name": reading("Doe Jane", "Doe Jane")}
    assert join_blocks(first, [], []) == [first]


def test_the_first_block_says_item_1_again() -> None:
    issues: list[Issue] = []
    first = {"name": reading("Doe Jane", "Doe Jane"), "relationship": {"director": reading(True, "X")}}
    joined = join_blocks(first, blocks(*JANE, *JOHN), issues)
    assert names(joined) == ["Doe Jane", "Roe John"]
    assert joined[0]["relationship"]["director"]["value"] is True
    assert "relationship" not in joined[1]
    assert issues == []


def test_white_space_and_case_do_not_tell_names_apart() -> None:
    issues: list[Issue] = []
    assert len(join_blocks({"name": reading("DOE  JANE", "DOE  JANE")}, blocks(*JANE), issues)) == 1
    assert issues == []


def test_item_1_has_the_places_of_its_repetition_too() -> None:
    first = {"name": reading("Doe Jane", "Doe Jane", (), (run("", at="/item").at,))}
    again = {"name": reading("Doe Jane", "Doe Jane", (), (run("", at="/block").at,))}
    (joined,) = join_blocks(first, [again], [])
    assert [place.path for place in joined["name"]["at"]] == ["/item", "/block"]


def test_a_first_block_of_another_name_is_in_doubt() -> None:
    issues: list[Issue] = []
    joined = join_blocks({"name": reading("Poe Edgar", "Poe Edgar")}, blocks(*JANE, *JOHN), issues)
    assert names(joined) == ["Poe Edgar", "Doe Jane", "Roe John"]
    assert doubts(issues) == [("owners-disagree", "owners[0].name")]


def test_a_name_in_two_blocks_is_in_doubt() -> None:
    issues: list[Issue] = []
    join_blocks({"name": reading("Doe Jane", "Doe Jane")}, blocks(*JANE, *JOHN, *JOHN), issues)
    assert doubts(issues) == [("owners-disagree", "owners[2].name")]


# The Reporting Owners table


def owners_table(*rows: tuple[Content, Content, Content, Content, Content]) -> Grid:
    """Name and address, director, 10% owner, officer, other."""
    return grid(
        (Wide("Reporting Owner Name / Address", rows=2), Wide("Relationships", cols=4)),
        ("Director", "10% Owner", "Officer", "Other"),
        *rows,
    )


JANE_LINES = stack("Doe Jane", "C/O FABLE INC.", "1 FABLE ROAD, SUITE 2", "MYTHVILLE, CA 94000")


def table(*rows: tuple[Content, Content, Content, Content, Content], issues: list[Issue] | None = None) -> list[Owner]:
    page = layout("Reporting Owners", owners_table(*rows))
    return read_table(index_grids(page), captions(ONLINE), [] if issues is None else issues)


def test_every_row_is_an_owner_with_address_and_relationship() -> None:
    issues: list[Issue] = []
    (owner,) = table((JANE_LINES, "X", "", "EVP, CFO", ""), issues=issues)
    assert owner["name"]["value"] == "Doe Jane"
    assert values(owner["address"]) == {
        "street1": "C/O FABLE INC.",
        "street2": "1 FABLE ROAD, SUITE 2",
        "city": "MYTHVILLE",
        "state": "CA",
        "zip_code": "94000",
    }
    assert values(owner["relationship"]) == {
        "director": True,
        "ten_percent_owner": False,
        "officer": True,
        "officer_title": "EVP, CFO",
        "other": False,
    }
    assert issues == []


def test_the_other_column_holds_the_other_text() -> None:
    (owner,) = table((JANE_LINES, "", "", "", "Member of a group"))
    assert values(owner["relationship"])["other"] is True
    assert values(owner["relationship"])["other_text"] == "Member of a group"


def test_an_x_in_the_officer_s_column_is_no_title() -> None:
    (owner,) = table((JANE_LINES, "", "", "X", ""))
    assert values(owner["relationship"])["officer"] is True
    assert "officer_title" not in owner["relationship"]


def test_a_drawn_tick_ticks() -> None:
    (owner,) = table((JANE_LINES, line(tick("ticked")), line(tick("empty")), "", ""))
    relationship = values(owner["relationship"])
    assert (relationship["director"], relationship["ten_percent_owner"]) == (True, False)


def test_owners_stand_in_printed_order() -> None:
    john = stack("Roe John", "9, RUE DES FABLES", "LUXEMBOURG, N4 L-1234")
    found = table((JANE_LINES, "X", "", "", ""), ("", "", "", "", ""), (john, "", "X", "", ""))
    assert names(found) == ["Doe Jane", "Roe John"]
    assert values(found[1]["address"]) == {
        "street1": "9, RUE DES FABLES",
        "city": "LUXEMBOURG",
        "state": "N4",
        "zip_code": "L-1234",
    }


def test_three_streets_of_an_owner_cannot_be_told_apart() -> None:
    issues: list[Issue] = []
    lines = stack("Roe John", "A", "B", "C", "MYTHVILLE, CA 94000")
    (owner,) = table((lines, "X", "", "", ""), issues=issues)
    assert values(owner["address"])["street2"] == "B C"
    assert doubts(issues) == [("street-unsplit", "owners[0].address.street2")]


def test_a_name_alone_has_no_address() -> None:
    issues: list[Issue] = []
    (owner,) = table(("Roe John", "X", "", "", ""), issues=issues)
    assert (owner["name"]["value"], owner["address"]) == ("Roe John", {})
    assert issues == []


def test_lines_that_a_reader_took_for_one_wrapped_line_are_lines() -> None:
    issues: list[Issue] = []
    texts = ("Doe Jane", "1 FABLE ROAD", "MYTHVILLE, CA 94000")
    wrapped = [run(text, Join.WRAP_SPACE if index else Join.SPACE) for index, text in enumerate(texts)]
    (owner,) = table((line(segment(*wrapped)), "X", "", "", ""), issues=issues)
    assert owner["name"]["value"] == "Doe Jane"
    assert values(owner["address"]) == {
        "street1": "1 FABLE ROAD",
        "city": "MYTHVILLE",
        "state": "CA",
        "zip_code": "94000",
    }
    assert issues == []


def test_a_page_without_the_table_has_no_owners_of_it() -> None:
    page = index_grids(layout(grid(("Director", "10% Owner", "Officer", "Other"))))
    assert find_owners_table(page, captions(ONLINE)) is None
    assert read_table(page, captions(ONLINE), []) == []


def test_a_printing_without_the_table_finds_none() -> None:
    assert find_owners_table(index_grids(layout(owners_table())), captions(SEC)) is None


# Item 1 and the table


def item(name: str = "Doe Jane", street: str = "C/O FABLE INC., 1 FABLE ROAD, SUITE 2", **ticks: Any) -> Owner:
    return {
        "name": reading(name, name),
        "address": {"street1": reading(street, street), "city": reading("MYTHVILLE", "MYTHVILLE")},
        "relationship": ticks or {"director": reading(True, "X")},
    }


ROW = (JANE_LINES, "X", "", "", "")


def joined(first: Owner, *rows: Any, issues: list[Issue] | None = None) -> list[Owner]:
    return join_table(first, table(*rows), [] if issues is None else issues)


def test_the_street_splits_at_the_comma_where_the_table_breaks() -> None:
    issues: list[Issue] = []
    (owner,) = joined(item(), ROW, issues=issues)
    assert owner["address"]["street1"]["value"] == "C/O FABLE INC."
    assert owner["address"]["street2"]["value"] == "1 FABLE ROAD, SUITE 2"
    assert owner["address"]["city"]["value"] == "MYTHVILLE"
    assert issues == []


def test_a_street_with_commas_that_the_table_does_not_break_stays_whole() -> None:
    issues: list[Issue] = []
    lines = stack("Doe Jane", "1 FABLE ROAD, SUITE 2", "MYTHVILLE, CA 94000")
    (owner,) = joined(item(street="1 FABLE ROAD, SUITE 2"), (lines, "X", "", "", ""), issues=issues)
    assert owner["address"]["street1"]["value"] == "1 FABLE ROAD, SUITE 2"
    assert "street2" not in owner["address"]
    assert issues == []


def test_a_street_that_the_table_wraps_splits_at_the_comma_of_the_item() -> None:
    issues: list[Issue] = []
    lines = stack("Doe Jane", "C/O FABLE", "INCORPORATED", "1 FABLE ROAD", "MYTHVILLE, CA 94000")
    first = item(street="C/O FABLE INCORPORATED, 1 FABLE ROAD")
    (owner,) = joined(first, (lines, "X", "", "", ""), issues=issues)
    assert owner["address"]["street1"]["value"] == "C/O FABLE INCORPORATED"
    assert owner["address"]["street2"]["value"] == "1 FABLE ROAD"
    assert issues == []


def test_a_name_that_the_table_wraps_is_the_same() -> None:
    issues: list[Issue] = []
    lines = stack("VERY LONG FABLE", "FUND, LP", "C/O FABLE INC.", "1 FABLE ROAD", "MYTHVILLE, CA 94000")
    first = item("VERY LONG FABLE FUND, LP", "C/O FABLE INC., 1 FABLE ROAD")
    (owner,) = joined(first, (lines, "X", "", "", ""), issues=issues)
    assert owner["name"]["value"] == "VERY LONG FABLE FUND, LP"
    assert owner["address"]["street1"]["value"] == "C/O FABLE INC."
    assert owner["address"]["street2"]["value"] == "1 FABLE ROAD"
    assert issues == []


def test_an_owner_without_a_street_has_none_to_split() -> None:
    issues: list[Issue] = []
    lines = stack("Doe Jane", "MYTHVILLE, CA 94000")
    (owner,) = joined(item(street=""), (lines, "X", "", "", ""), issues=issues)
    assert owner["address"]["street1"]["printed"] == ""
    assert issues == []


def test_a_street_that_the_table_does_not_have_is_in_doubt() -> None:
    issues: list[Issue] = []
    (owner,) = joined(item(street="2 OTHER ROAD"), ROW, issues=issues)
    assert owner["address"]["street1"]["value"] == "2 OTHER ROAD"
    assert doubts(issues) == [("owners-disagree", "owners[0].address.street1")]


def test_a_street_that_may_be_one_or_two_is_in_doubt() -> None:
    """The table breaks at no comma of item 1, and drops the commas at its line ends."""
    issues: list[Issue] = []
    lines = stack("Doe Jane", "C/O FABLE INC. 1 FABLE", "ROAD, SUITE 2", "MYTHVILLE, CA 94000")
    (owner,) = joined(item(), (lines, "X", "", "", ""), issues=issues)
    assert owner["address"]["street1"]["value"] == "C/O FABLE INC., 1 FABLE ROAD, SUITE 2"
    assert doubts(issues) == [("street-unsplit", "owners[0].address.street1")]


def test_item_1_comes_first_wherever_its_row_stands() -> None:
    john = (stack("Roe John", "MYTHVILLE, CA 94000"), "", "X", "", "")
    found = joined(item(), john, ROW)
    assert names(found) == ["Doe Jane", "Roe John"]
    assert all("lines" not in owner for owner in found)


def test_a_table_without_item_1_s_owner_is_in_doubt() -> None:
    issues: list[Issue] = []
    found = joined(item("Poe Edgar"), ROW, issues=issues)
    assert names(found) == ["Poe Edgar", "Doe Jane"]
    assert doubts(issues) == [("owners-disagree", "owners[0].name")]
    assert all("lines" not in owner for owner in found)


def test_without_a_table_there_is_one_owner() -> None:
    first = item()
    assert join_table(first, [], []) == [first]


@pytest.mark.parametrize(("in_item", "in_table"), [(True, ""), (False, "X")])
def test_ticks_that_do_not_agree_are_in_doubt(in_item: bool, in_table: str) -> None:
    issues: list[Issue] = []
    joined(item(director=reading(in_item, "")), (JANE_LINES, in_table, "", "", ""), issues=issues)
    assert doubts(issues) == [("owners-disagree", "owners[0].relationship.director")]


def test_the_table_tells_title_and_other_text_apart() -> None:
    issues: list[Issue] = []
    first = item(
        officer=reading(True, "_X_"), other=reading(True, "_X_"), officer_title=reading("CFO Member", "CFO Member")
    )
    (owner,) = joined(first, (JANE_LINES, "", "", "CFO", "Member"), issues=issues)
    assert values(owner["relationship"]) == {
        "director": False,
        "ten_percent_owner": False,
        "officer": True,
        "officer_title": "CFO",
        "other": True,
        "other_text": "Member",
    }
    assert issues == []


def test_a_printing_with_a_table_of_owners_that_is_not_there_is_in_doubt() -> None:
    issues: list[Issue] = []
    first = {"name": {"value": "Doe Jane", "printed": "Doe Jane", "footnotes": (), "at": ()}}
    assert join_table(first, [], issues) == [first]
    assert [(issue.code, issue.path) for issue in issues] == [(Code.ITEM_MISSING, "owners")]
