"""Leftover text: what was neither read nor is a caption or the form's own furniture is a doubt."""

from __future__ import annotations

from extractor.fitting.leftover import leftover_text, places_in
from extractor.fitting.stream import Stream, pieces_of
from extractor.issues import Code, Issue
from extractor.layout import Join, Run
from tests.fitting.made import PAPER, SEC, captions
from tests.made import Content, layout, line, placed, run, segment


def lines_left(*contents: Content) -> int:
    page = Stream(pieces_of(placed(layout(*contents)).blocks))
    return len(list(leftover_text(page, 0, len(page.text), {}, captions())))


def left(*contents: Content, read: tuple[Run, ...] = (), start: int = 0) -> list[str]:
    """The places of the runs that are left over; those of `read` were read."""
    page = Stream(pieces_of(placed(layout(*contents)).blocks))
    tree = {"name": {"value": "x", "at": tuple(each.at for each in read)}}
    found: list[Issue] = list(leftover_text(page, start, len(page.text), tree, captions()))
    assert {issue.code for issue in found} <= {Code.TEXT_UNPLACED}
    return [place.as_dict()["path"] for issue in found for place in issue.at]


def test_text_that_belongs_to_nothing_is_in_doubt() -> None:
    assert left("Common Stock", "1,057") == ["/1", "/2"]


def test_the_doubt_quotes_the_text() -> None:
    page = Stream(pieces_of(layout("x" * 100).blocks))
    (issue,) = leftover_text(page, 0, 100, {}, captions())
    assert issue.message == f"{'x' * 60!r} belongs to no item"


def test_the_runs_of_a_line_are_one_doubt() -> None:
    assert lines_left(line("Common", "Stock"), line("1,057")) == 2


def test_text_that_was_read_is_none() -> None:
    assert left("Doe Jane", "Common Stock", read=(run("Doe Jane", at="/1"),)) == ["/2"]


def test_captions_are_none() -> None:
    assert left("1. Name and Address of Reporting Person*", "(Last)", "Code", "V", "Remarks:", "(Instr. 8)") == []


def test_pieces_of_captions_are_none() -> None:
    assert (
        left("5. Amount of Securities Beneficially", "Owned Following Reported Transac", "tion(s) (Instr. 3 and 4)")
        == []
    )


def test_captions_that_a_print_joined_are_none() -> None:
    assert left("DirectorOfficer (give title below)", "(Last) (First) (Middle)") == []


def test_a_caption_with_text_behind_it_is_in_doubt() -> None:
    assert left("Director Doe") == ["/1"]


def test_two_characters_of_a_caption_do_not_excuse_a_text() -> None:
    assert left("(Last) xy") == ["/1"]


def test_check_lines_brackets_and_numbers_of_notes_are_none() -> None:
    assert left("_____", "[ ]", "|", "1.", "(12)", "-") == []


def test_numbers_are_in_doubt() -> None:
    assert left("1,057", "100.", "$5") == ["/1", "/2", "/3"]


def test_a_number_of_one_digit_is_in_doubt() -> None:
    assert left("5") == ["/1"]


def test_text_above_the_start_is_none_of_ours() -> None:
    assert left("Menu", line(segment("Doe", run("Jane", Join.NONE))), start=len("menu")) == ["/2", "/3"]


def test_places_are_those_of_readings_at_any_depth() -> None:
    deep = {"at": ("b",), "value": 1}
    tree = {
        "owners": [{"name": {"at": ("a",), "value": "x"}, "address": {"city": deep}}],
        "form": "4",
        "amendment": True,
    }
    assert list(places_in(tree)) == ["a", "b"]


def test_the_number_and_the_expiry_of_a_paper_form_are_none() -> None:
    assert left("SEC 1474 (03-26)", "SEC 2770T (03-26)", "Approval expires August 31, 2026") == []


def test_an_approval_of_something_else_is_in_doubt() -> None:
    assert left("Approval expires soon", "SEC 1474 filed") == ["/1", "/2"]


def test_furniture_of_the_paper_form_is_none_there_only() -> None:
    page = Stream(pieces_of(layout("(Print or Type Responses)", "FORM 4 (continued)").blocks))
    doubts = [len(list(leftover_text(page, 0, len(page.text), {}, captions(of)))) for of in (PAPER, SEC)]
    assert doubts == [0, 2]
