"""People: name and address in every way they are set, the issuer's brackets, ticks with the texts below them."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.fitting.people import Owner, merged, read_cik, read_line, read_owner, read_place, text_reading
from extractor.fitting.stream import pieces_of
from extractor.fitting.values import reading
from extractor.issues import Issue
from extractor.layout import BBox, Join, Line, PdfLocation
from extractor.templates import Template
from tests.fitting.made import (
    ONLINE,
    SEC,
    SEC_2026,
    captions,
    doubts,
    items_grid,
    items_of,
    owner_lines,
    values,
)
from tests.made import Content, grid, layout, line, marked, run, segment, stack, stream


def owner(*contents: Content, of: Template = SEC, issues: list[Issue] | None = None) -> Owner:
    return read_owner(stream(*contents), of, captions(of), "owners[0]", [] if issues is None else issues)


def address(*contents: Content, of: Template = SEC, issues: list[Issue] | None = None) -> dict[str, Any]:
    return values(owner(*contents, of=of, issues=issues)["address"])


# Names and CIKs


def test_the_name_stands_above_its_small_captions() -> None:
    issues: list[Issue] = []
    found = owner(*owner_lines(), issues=issues)
    assert found["name"]["value"] == "Doe Jane"
    assert issues == []


def test_a_name_over_two_lines_is_one() -> None:
    assert owner("VERY LONG", "FUND LP", *owner_lines()[1:])["name"]["value"] == "VERY LONG FUND LP"


def test_the_cik_stands_in_the_link_of_the_name() -> None:
    assert owner(*owner_lines())["cik"]["value"] == "0001234567"


@pytest.mark.parametrize(
    ("link", "cik"),
    [
        ("/cgi-bin/browse-edgar?action=getcompany&CIK=0000320193", "0000320193"),
        ("https://www.sec.gov/edgar/browse/?cik=320193", "0000320193"),
        ("?CIK=1", "0000000001"),
        ("/about.html", None),
        ("", None),
    ],
)
def test_a_cik_has_ten_digits(link: str, cik: str | None) -> None:
    assert read_cik((run("Doe"), run("Jane", link=link)))["value"] == cik


def test_without_the_small_captions_the_address_is_in_doubt() -> None:
    issues: list[Issue] = []
    found = owner("Doe Jane", "(Last)", "1 FABLE ROAD", issues=issues)
    assert found["name"]["value"] == "Doe Jane"
    assert "address" not in found
    assert doubts(issues) == [("item-missing", "owners[0]")]


# Addresses in slots


def test_an_address_in_slots() -> None:
    found = address(*owner_lines(stack("C/O FABLE INC.", "1 FABLE ROAD")))
    assert found == {
        "street1": "C/O FABLE INC.",
        "street2": "1 FABLE ROAD",
        "city": "MYTHVILLE",
        "state": "CA",
        "zip_code": "94000",
    }


def test_streets_in_a_grid_are_one_a_row() -> None:
    found = address(*owner_lines(grid(("C/O FABLE INC.",), ("1 FABLE ROAD",))))
    assert (found["street1"], found["street2"]) == ("C/O FABLE INC.", "1 FABLE ROAD")


def test_a_street_below_an_empty_row_is_the_second() -> None:
    found = address(*owner_lines(grid(("",), ("1 FABLE ROAD",))))
    assert "street1" not in found
    assert found["street2"] == "1 FABLE ROAD"


# The room, in points, of a row without text.
BLANK = 4.0
PRINTED = (
    "Doe Jane",
    "(Last) (First) (Middle)",
    "1 FABLE ROAD",
    "(Street)",
    "MYTHVILLE CA 94000",
    "(City) (State) (Zip)",
)


def printed(*spaces: float) -> list[Line]:
    """The lines of item 1 on a page, with the space above each but the first."""
    tops = [100.0]
    for space in spaces:
        tops.append(tops[-1] + 8 + space)
    at = [PdfLocation(1, BBox(20, top, 90, top + 8)) for top in tops]
    return [line(segment(run(text)._replace(at=place))) for text, place in zip(PRINTED, at, strict=True)]


def test_a_lone_street_that_a_print_sets_low_is_the_second_and_in_doubt() -> None:
    issues: list[Issue] = []
    found = address(*printed(19, 5 + BLANK, 19, 5, 19), issues=issues)
    assert (found.get("street1"), found["street2"]) == (None, "1 FABLE ROAD")
    assert doubts(issues) == [("street-unsplit", "owners[0].address.street2")]


@pytest.mark.parametrize(
    "spaces",
    [(19, 5, 19 + BLANK, 5, 19), (19, 5, 19, 5, 19), (21, 7, 19, 5, 21)],
    ids=["blank-below", "no-blank", "no-blank-and-captions-apart"],
)
def test_a_lone_street_elsewhere_is_the_first(spaces: tuple[float, ...]) -> None:
    issues: list[Issue] = []
    found = address(*printed(*spaces), issues=issues)
    assert (found["street1"], found.get("street2")) == ("1 FABLE ROAD", None)
    assert issues == []


def test_a_comma_behind_the_city_of_a_form_that_prints_none_is_in_doubt() -> None:
    """The parts have cells of their own there: where a print moves them together, it may be the filer's."""
    issues: list[Issue] = []
    found = address(*owner_lines(place=line("MYTHVILLE, CA 94000")), issues=issues)
    assert (found["city"], found["state"]) == ("MYTHVILLE", "CA")
    assert doubts(issues) == [("uncertain-join", "owners[0].address.city")]


def test_an_address_may_have_no_street() -> None:
    issues: list[Issue] = []
    found = address(*owner_lines(""), issues=issues)
    assert not found.keys() & {"street1", "street2"}
    assert found["city"] == "MYTHVILLE"
    assert issues == []


def test_a_wrapped_street_is_one() -> None:
    street = line(segment(run("C/O FABLE"), run("CORPORATION", Join.WRAP_SPACE)))
    assert address(*owner_lines(street))["street1"] == "C/O FABLE CORPORATION"


def wrapped(*texts: str) -> Line:
    """One line, wrapped between the texts."""
    return line(segment(*(run(text, Join.WRAP_SPACE if index else Join.SPACE) for index, text in enumerate(texts))))


def test_a_line_longer_than_a_street_may_be_is_two_where_it_was_wrapped() -> None:
    issues: list[Issue] = []
    found = address(
        *owner_lines(wrapped("C/O FABLE AND MYTH INCORPORATED", "1200 LEGEND AVENUE, SUITE 2")), issues=issues
    )
    assert found["street1"] == "C/O FABLE AND MYTH INCORPORATED"
    assert found["street2"] == "1200 LEGEND AVENUE, SUITE 2"
    assert issues == []


def test_a_street_of_forty_characters_is_one() -> None:
    issues: list[Issue] = []
    found = address(*owner_lines(wrapped("x" * 20, "y" * 19)), issues=issues)
    assert found["street1"] == f"{'x' * 20} {'y' * 19}"
    assert "street2" not in found
    assert issues == []


@pytest.mark.parametrize(
    "street",
    [
        wrapped("x" * 20, "y" * 10, "z" * 10),
        wrapped("x" * 50, "y" * 10),
        line("x" * 41),
        stack("1 ROAD", "y" * 41),
    ],
    ids=["two-ways", "no-way", "no-wrap", "second-too-long"],
)
def test_streets_that_cannot_be_parted_are_in_doubt(street: Content) -> None:
    issues: list[Issue] = []
    address(*owner_lines(street), issues=issues)
    assert doubts(issues) == [("street-unsplit", "owners[0].address.street2")]


def test_three_streets_cannot_be_told_apart() -> None:
    issues: list[Issue] = []
    found = address(*owner_lines(stack("A", "B", "C")), issues=issues)
    assert (found["street1"], found["street2"]) == ("A", "B C")
    assert doubts(issues) == [("street-unsplit", "owners[0].address.street2")]


def test_a_part_that_is_missing_leaves_its_slot_empty() -> None:
    found = address(*owner_lines(place=grid(("MYTHVILLE", "", "94000"))))
    assert (found["city"], found.get("state"), found["zip_code"]) == ("MYTHVILLE", None, "94000")


def test_three_parts_on_a_line_need_no_slots() -> None:
    found = address(*owner_lines(place=line("MYTHVILLE", "CA", "94000")))
    assert (found["city"], found["state"], found["zip_code"]) == ("MYTHVILLE", "CA", "94000")


def test_slots_without_a_state_are_read_as_one_line() -> None:
    found = address(*owner_lines(place=line("VANCOUVER A1", "V5Y 0A1")))
    assert (found["city"], found["state"], found["zip_code"]) == ("VANCOUVER", "A1", "V5Y 0A1")


def test_a_city_of_several_lines_stays_in_its_slot() -> None:
    found = address(*owner_lines(place=grid((stack("MENLO", "PARK"), "CA", "94025"))))
    assert (found["city"], found["state"], found["zip_code"]) == ("MENLO PARK", "CA", "94025")


def test_a_place_in_one_piece_is_parted_at_the_state() -> None:
    found = address(*owner_lines(place="MENLO PARK CA 94025"))
    assert (found["city"], found["state"], found["zip_code"]) == ("MENLO PARK", "CA", "94025")


def test_a_printed_state_name_becomes_its_code_and_is_kept_as_printed() -> None:
    found = owner(*owner_lines(place=grid(("MYTHVILLE", "CALIFORNIA", "94000"))))
    assert found["address"]["state"]["value"] == "CA"
    assert found["address"]["state"]["printed"] == "CALIFORNIA"


def test_an_unknown_state_is_in_doubt() -> None:
    issues: list[Issue] = []
    owner(*owner_lines(place=grid(("MYTHVILLE", "ATLANTIS", "94000"))), issues=issues)
    assert doubts(issues) == [("state-unknown", "owners[0].address.state")]


def test_an_unknown_state_has_no_value() -> None:
    found = owner(*owner_lines(place=grid(("MYTHVILLE", "ATLANTIS", "94000"))))
    assert found["address"]["state"]["value"] is None
    assert found["address"]["state"]["printed"] == "ATLANTIS"


# Addresses with a country line (2026)

PLACE_2026 = grid(("(City)", "(State)", "(Zip/Postal Code)"))


def abroad(state: str, country: str, issues: list[Issue] | None = None) -> dict[str, Any]:
    """The address of the 2026 page with this state and country."""
    contents = [*owner_lines(place=grid(("HSINCHU", state, "300")))[:-1], PLACE_2026, country, "(Country)"]
    found: dict[str, Any] = owner(*contents, of=SEC_2026, issues=issues)["address"]
    return found


def test_a_foreign_country_makes_the_state_free_text() -> None:
    issues: list[Issue] = []
    found = values(abroad("TAIWAN", "TAIWAN, PROVINCE OF CHINA", issues))
    assert found["non_us"] is True
    assert found["country"] == "F5"
    assert found["non_us_state"] == "TAIWAN"
    assert "state" not in found
    assert issues == []


def test_a_foreign_country_is_kept_as_printed() -> None:
    assert abroad("", "JAPAN")["country"]["printed"] == "JAPAN"
    assert abroad("", "JAPAN")["country"]["value"] == "M0"


def test_an_address_of_the_united_states_has_a_state_and_no_country() -> None:
    found = values(abroad("CALIFORNIA", "UNITED STATES"))
    assert (found["state"], found["non_us"]) == ("CA", False)
    assert not found.keys() & {"country", "non_us_state"}


def test_without_a_country_nothing_is_said_of_it() -> None:
    found = values(abroad("CALIFORNIA", ""))
    assert found["state"] == "CA"
    assert not found.keys() & {"country", "non_us_state", "non_us"}


def test_an_unknown_country_is_in_doubt() -> None:
    issues: list[Issue] = []
    abroad("CALIFORNIA", "ATLANTIS", issues)
    assert doubts(issues) == [("state-unknown", "owners[0].address.country")]


def test_an_unknown_state_of_the_united_states_is_in_doubt() -> None:
    issues: list[Issue] = []
    found = abroad("ATLANTIS", "UNITED STATES", issues)
    assert (found["state"]["value"], found["state"]["printed"]) == (None, "ATLANTIS")
    assert doubts(issues) == [("state-unknown", "owners[0].address.state")]


# Joined addresses


def joined(street: str, place: str, issues: list[Issue] | None = None) -> dict[str, Any]:
    """The address of EDGAR Online's item 1."""
    contents = ("Doe Jane", "(Last) (First) (Middle)", street, "(Street)", place, "(City) (State) (Zip)")
    return address(*contents, of=ONLINE, issues=issues)


def test_joined_streets_stay_in_one_piece() -> None:
    found = joined("C/O FABLE INC., 1 FABLE ROAD", "MYTHVILLE, CA 94000")
    assert found == {
        "street1": "C/O FABLE INC., 1 FABLE ROAD",
        "city": "MYTHVILLE",
        "state": "CA",
        "zip_code": "94000",
    }


def test_joined_streets_over_two_lines_are_one() -> None:
    contents = ("Doe Jane", "(Last) (First) (Middle)", "C/O FABLE INC.,", "1 FABLE ROAD", "(Street)", "MYTHVILLE, CA")
    assert address(*contents, "(City) (State) (Zip)", of=ONLINE)["street1"] == "C/O FABLE INC., 1 FABLE ROAD"


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("MENLO PARK, CA 94025", ("MENLO PARK", "CA", "94025")),
        ("CUPERTINO CA 95014", ("CUPERTINO", "CA", "95014")),
        ("LONDON,, X0 W1K 3JP", ("LONDON,", "X0", "W1K 3JP")),
        ("ST. LOUIS, MO 63101-1234", ("ST. LOUIS", "MO", "63101-1234")),
        ("WASHINGTON, D.C., DC 20549", ("WASHINGTON, D.C.", "DC", "20549")),
        ("TORONTO, A6 M5J 2T3", ("TORONTO", "A6", "M5J 2T3")),
        ("HONG KONG, K3", ("HONG KONG", "K3", None)),
        ("NEW YORK, NY", ("NEW YORK", "NY", None)),
        ("CA 94025", (None, "CA", "94025")),
        ("OAKLAND, CALIFORNIA 94601", ("OAKLAND", "CA", "94601")),
        ("ALBANY, NEW YORK 12201", ("ALBANY", "NY", "12201")),
    ],
)
def test_a_place_is_parted_into_city_state_and_zip(printed: str, parts: tuple[str | None, str, str | None]) -> None:
    issues: list[Issue] = []
    contents = ("Doe", "(Last) (First) (Middle)", "1 ROAD", "(Street)", printed, "(City) (State) (Zip)")
    found = address(*contents, of=ONLINE, issues=issues)
    assert (found.get("city"), found.get("state"), found.get("zip_code")) == parts
    assert issues == []


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("ATLANTIS, QQ 00000", {"city": "ATLANTIS, QQ", "zip_code": "00000"}),
        ("ATLANTIS 00000-1234", {"city": "ATLANTIS", "zip_code": "00000-1234"}),
        ("ATLANTIS", {"city": "ATLANTIS"}),
        ("00000", {"zip_code": "00000"}),
    ],
)
def test_a_place_without_a_state_is_in_doubt(printed: str, parts: dict[str, str]) -> None:
    issues: list[Issue] = []
    assert values(read_place(reading(printed, printed), "owners[1]", issues)) == parts
    assert doubts(issues) == [("state-unknown", "owners[1].address.state")]


def test_no_place_is_no_doubt() -> None:
    issues: list[Issue] = []
    assert read_place(reading(None, ""), "owners[1]", issues) == {}
    assert issues == []


# Readings


def test_an_item_of_free_text() -> None:
    page = layout(items_grid(original=""), "2a. Foreign Trading Symbol", "2330.TW")
    alone = layout("2a. Foreign Trading Symbol", "2330.TW")
    assert "foreign_trading_symbol" not in items_of(page, SEC)
    assert read_line(items_of(alone, SEC_2026)["foreign_trading_symbol"])["value"] == "2330.TW"


def test_text_in_items_has_no_marks() -> None:
    read = text_reading(tuple(pieces_of(stack(marked("DOE", "(1)")))))
    assert (read["value"], read["footnotes"]) == ("DOE(1)", ())


def test_readings_of_one_text_are_joined_by_spaces() -> None:
    whole = merged([reading("A", "A"), reading("B C", "B C")])
    assert (whole["value"], whole["printed"]) == ("A B C", "A B C")
    assert merged([])["value"] is None
