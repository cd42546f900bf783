"""Item 1 of the paper form: streets and places typed freely between their captions."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.fitting.people import read_owner
from extractor.fitting.stream import Stream, pieces_of
from extractor.issues import Issue
from extractor.layout import BBox, Join, Line, PdfLocation, Run
from extractor.templates import Template, template
from tests.fitting.made import PAPER, SEC, captions, doubts, values
from tests.made import Content, grid, line, run, segment, stack

PAPER_2026 = template("form4-x06", "sec-paper")


def address(*contents: Content, of: Template = PAPER, issues: list[Issue] | None = None) -> dict[str, Any]:
    """The values of an address."""
    page = Stream(pieces_of(stack(*contents)))
    found = read_owner(page, of, captions(of), "owners[0]", [] if issues is None else issues)
    return values(found["address"])


def at(x0: float, top: float, text: str) -> Run:
    return run(text)._replace(at=PdfLocation(1, BBox(x0, top, x0 + 6.0 * len(text), top + 8)))


NAME = ("Doe Jane", line("(Last)", "(First)", "(Middle)"))
PLACE = (line("MYTHVILLE", "CA", "94000"), line("(City)", "(State)", "(Zip)"))

# Streets


def test_a_lone_street_is_the_first_wherever_it_was_typed() -> None:
    low = grid(("",), ("1 FABLE ROAD",))
    assert address(*NAME, low, "(Street)", *PLACE)["street1"] == "1 FABLE ROAD"
    assert address(*NAME, low, "(Street)", *PLACE, of=SEC)["street2"] == "1 FABLE ROAD"


def test_typed_lines_are_two_streets_even_where_they_could_be_one() -> None:
    lines = line(segment(run("12 FABLE ROAD"), run("FLOOR 2", Join.WRAP_SPACE)))
    found = address(*NAME, lines, "(Street)", *PLACE)
    assert (found["street1"], found["street2"]) == ("12 FABLE ROAD", "FLOOR 2")
    assert address(*NAME, lines, "(Street)", *PLACE, of=SEC)["street1"] == "12 FABLE ROAD FLOOR 2"


def test_streets_taken_for_the_second_line_of_a_caption_are_streets() -> None:
    below = segment(run("(Last)"), run("12 FABLE ROAD", Join.WRAP_SPACE), run("FLOOR 2", Join.WRAP_SPACE))
    found = address("Doe Jane", line(below, "(First)", "(Middle)"), "(Street)", *PLACE)
    assert (found["street1"], found["street2"]) == ("12 FABLE ROAD", "FLOOR 2")


def test_a_country_taken_for_the_second_line_of_a_caption_is_the_country() -> None:
    below = line(segment(run("(City)"), run("FRANCE", Join.WRAP_SPACE)), "(State)", "(Zip/Postal Code)")
    typed = line("PARIS", "SEINE", "75001")
    found = address(*NAME, "1 RUE", "(Street)", typed, below, "(Country)", of=PAPER_2026)
    assert (found["city"], found["non_us_state"], found["country"]) == ("PARIS", "SEINE", "I0")


# Places with a part missing

CAPTIONS = line(at(78, 424, "(City)"), at(139, 424, "(State)"), at(203, 424, "(Zip)"))


def place(*typed: Run, issues: list[Issue] | None = None) -> dict[str, Any]:
    """City, state and zip of an address whose place is typed so, above captions 61 and 64 points apart."""
    beside: Line = line(*typed)
    found = address(*NAME, "1 FABLE ROAD", "(Street)", beside, CAPTIONS, issues=issues)
    return {name: text for name, text in found.items() if name != "street1"}


def test_a_place_without_a_zip() -> None:
    assert place(at(78, 412, "NOWHERE"), at(141, 412, "NM")) == {"city": "NOWHERE", "state": "NM"}


def test_a_place_without_a_state() -> None:
    assert place(at(80, 412, "NOWHERE"), at(199, 412, "94000")) == {"city": "NOWHERE", "zip_code": "94000"}


def test_a_city_and_state_in_one_before_the_zip_are_parted() -> None:
    found = place(at(78, 412, "NOWHERE, CA"), at(203, 412, "94000"))
    assert found == {"city": "NOWHERE", "state": "CA", "zip_code": "94000"}


def test_a_state_and_zip_in_one_behind_the_city_are_parted() -> None:
    found = place(at(78, 412, "NOWHERE"), at(139, 412, "WASHINGTON 98108-1226"))
    assert found == {"city": "NOWHERE", "state": "WA", "zip_code": "98108-1226"}


@pytest.mark.parametrize("second", [at(90, 412, "NM"), run("NM")], ids=["one-caption-for-both", "no-point"])
def test_a_place_that_no_caption_tells_is_read_as_a_whole(second: Run) -> None:
    assert place(at(78, 412, "NOWHERE"), second) == {"city": "NOWHERE", "state": "NM"}


def test_a_state_that_is_none_is_in_doubt() -> None:
    issues: list[Issue] = []
    place(at(78, 412, "NOWHERE"), at(139, 412, "QQ"), issues=issues)
    assert doubts(issues) == [("state-unknown", "owners[0].address.state")]
