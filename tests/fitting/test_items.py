"""Items: the grid of numbered boxes, its columns cut at the captions, however the printing parts it into cells."""

from __future__ import annotations

import pytest

from extractor.fitting.items import Item
from extractor.fitting.stream import text_of
from extractor.layout import Layout
from extractor.templates import template
from tests.fitting.made import FORM3, ONLINE, SALE, items_grid, items_of, owner_item, owner_lines, table_1
from tests.made import Content, Wide, grid, layout, line, segment, stack, tick


def text(item: Item) -> str:
    return text_of(item.stream.cut(0))


def found(page: Layout) -> dict[str, str]:
    return {name: text(item) for name, item in items_of(page).items()}


OWNER = "Doe Jane (Last) (First) (Middle) 1 FABLE ROAD (Street) MYTHVILLE CA 94000 (City) (State) (Zip)"


def test_every_item_of_the_page_is_found_with_what_stands_behind_its_caption() -> None:
    assert found(layout(items_grid())) == {
        "owner": OWNER,
        "issuer": "Fable Inc. [ FBL ]",
        "period_of_report": "06/29/2021",
        "date_of_original_submission": "",
        "relationship": "X Director 10% Owner Officer (give title below) Other (specify below)",
        "joint": "X Form filed by One Reporting Person Form filed by More than One Reporting Person",
    }


def test_hints_behind_a_caption_are_no_part_of_the_item() -> None:
    page = grid(
        (stack("2. Issuer Name and Ticker or Trading Symbol", "Fable"), owner_item()),
        (stack("3. Date of Earliest Transaction", "(Month/Day/Year)", "(Instr. 8)", "06/29/2021"), ""),
    )
    assert found(layout(page))["period_of_report"] == "06/29/2021"


def test_an_item_in_several_cells_of_its_column_is_one() -> None:
    """EDGAR Online sets name, street and place each in a cell, the street beside the date of item 3."""
    page = grid(
        (
            stack("1. Name and Address of Reporting Person *", "Doe Jane", "(Last) (First) (Middle)"),
            stack("2. Issuer Name and Ticker or Trading Symbol", "Fable Inc. [ FBL ]"),
            Wide(
                stack("5. Relationship of Reporting Person(s) to Issuer (Check all applicable)", "X Director"), rows=2
            ),
        ),
        (
            stack("1 FABLE ROAD, SUITE 2", "(Street)"),
            stack("3. Date of Earliest Transaction (MM/DD/YYYY)", "6/29/2021"),
        ),
        (
            stack("MYTHVILLE, CA 94000", "(City) (State) (Zip)"),
            stack("4. If Amendment, Date Original Filed (MM/DD/YYYY)", ""),
            stack("6. Individual or Joint/Group Filing (Check Applicable Line)", "_X _ Form filed by One Reporting"),
        ),
    )
    items = items_of(layout(page), ONLINE)
    assert text(items["owner"]) == (
        "Doe Jane (Last) (First) (Middle) 1 FABLE ROAD, SUITE 2 (Street) MYTHVILLE, CA 94000 (City) (State) (Zip)"
    )
    assert text(items["issuer"]) == "Fable Inc. [ FBL ]"
    assert text(items["period_of_report"]) == "6/29/2021"
    assert text(items["relationship"]) == "X Director"
    assert text(items["date_of_original_submission"]) == ""


def test_blocks_of_joint_owners_do_not_win_the_grid_of_items() -> None:
    block = stack("1. Name and Address of Reporting Person*", owner_lines(name=line("Roe John")))
    blocks = grid(*((block,) for _ in range(8)))
    assert found(layout(items_grid(), blocks))["owner"] == OWNER
    assert found(layout(blocks, items_grid()))["owner"] == OWNER


def test_the_innermost_grid_of_items_wins() -> None:
    """A page around the form (an investor-relations site, an outer table) repeats all of its text."""
    page = grid(("Menu", stack("SEC filings", items_grid(), "Copyright")))
    assert found(layout(page))["owner"] == OWNER
    assert found(layout(page))["joint"].endswith("More than One Reporting Person")


def test_items_end_where_the_first_table_of_the_same_grid_begins() -> None:
    rows = [
        ("1. Name and Address of Reporting Person*", "2. Issuer Name and Ticker or Trading Symbol"),
        ("Doe Jane", "Fable [ FBL ]"),
        ("", "3. Date of Earliest Transaction"),
        ("", "06/29/2021"),
        (Wide("Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned", cols=2),),
        ("1. Title of Security", "2. Transaction Date"),
    ]
    assert found(layout(grid(*rows))) == {
        "owner": "Doe Jane",
        "issuer": "Fable [ FBL ]",
        "period_of_report": "06/29/2021",
    }


def test_an_item_ends_where_the_form_says_something_of_its_own() -> None:
    """EDGAR Online set the Rule 10b5-1 box among the items at first."""
    page = layout(
        "1. Name and Address of Reporting Person",
        "Doe Jane",
        "Rule 10b5-1(c) Transaction Indication",
        "Check this box to indicate that a transaction was made pursuant to a plan",
    )
    items = items_of(page, template("form4-x05", "edgar-online"))
    assert {name: text(item) for name, item in items.items()} == {"owner": "Doe Jane"}


def test_without_a_grid_of_items_the_page_is_one_column() -> None:
    page = layout(
        "1. Name and Address of Reporting Person*",
        "Doe Jane",
        "2. Issuer Name and Ticker or Trading Symbol Fable [ FBL ]",
        "3. Date of Earliest Transaction 06/29/2021",
        table_1(SALE),
    )
    assert found(page) == {"owner": "Doe Jane", "issuer": "Fable [ FBL ]", "period_of_report": "06/29/2021"}


def test_two_items_make_no_grid_of_items() -> None:
    page = layout(
        grid(("1. Name and Address of Reporting Person*", "2. Issuer Name and Ticker or Trading Symbol")), "Doe Jane"
    )
    assert found(page) == {"owner": "", "issuer": "Doe Jane"}


def test_a_caption_inside_a_sentence_begins_no_item() -> None:
    page = layout("See 2. Issuer Name and Ticker or Trading Symbol", "Fable [ FBL ]")
    assert found(page) == {}


def test_what_is_not_on_the_page_is_not_in_the_result() -> None:
    assert items_of(layout("Dear shareholder")) == {}
    assert items_of(Layout(())) == {}


def test_ticks_stay_with_their_item() -> None:
    page = layout("6. Individual or Joint/Group Filing", segment(tick(), "Form filed by One"))
    (piece,) = items_of(page)["joint"].stream.cut(0, 1)
    assert piece.segment.parts[0] == tick()


@pytest.mark.parametrize("country", [False, True], ids=["zip-beside-the-title", "country-beside-the-title"])
def test_cells_beside_the_title_of_the_table_belong_to_item_1(country: bool) -> None:
    """The paper Form 3 sets the last rows of item 1 and the first of Table I in one row of its rulings."""
    title = Wide("Table I - Non-Derivative Securities Beneficially Owned", rows=1 + country)
    rows: list[tuple[Content | Wide, ...]] = [
        (stack("1. Name and Address of Reporting Person*", "Doe Jane"), "2. Date of Event Requiring Statement"),
        ("(Last) (First) (Middle)", "3. Issuer Name and Ticker or Trading Symbol"),
        (stack("(City) (State) (Zip)", "FRANCE"), title),
        *([("(Country)",)] if country else []),
        ("1. Title of Security", "2. Amount of Securities Beneficially Owned"),
        ("Common Stock", "5,000"),
    ]
    owner = "Doe Jane (Last) (First) (Middle) (City) (State) (Zip) FRANCE" + " (Country)" * country
    assert {name: text(item) for name, item in items_of(layout(grid(*rows)), FORM3).items()} == {
        "owner": owner,
        "period_of_report": "",
        "issuer": "",
    }
