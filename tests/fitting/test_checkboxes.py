"""Check boxes: what stands left of a label, in every way that a printing draws it."""

from __future__ import annotations

import pytest

from extractor.fitting.checkboxes import read_boxes, read_ticks, tick_in
from extractor.fitting.stream import pieces_of
from extractor.issues import Code, Issue
from extractor.layout import BBox, Line, PdfLocation, Tick
from extractor.layout.text import TickState
from tests.made import Content, blocks_of, grid, line, printed, run, segment, stack, stream, tick

LABELS = {"director": ("director",), "ten_percent_owner": ("10%owner",), "officer": ("officer(givetitlebelow)",)}


def state(*parts: Line) -> tuple[bool | None, list[Issue]]:
    issues: list[Issue] = []
    return tick_in(tuple(pieces_of(parts)), "p", issues)["value"], issues


@pytest.mark.parametrize(
    "printed", ["X", "x", "__X__", "___X___", "_X _", "_ X _", "[X]", "[ X ]", "(X)", "☒", "☑", "✓"]
)
def test_ink_that_ticks(printed: str) -> None:
    assert state(line(printed)) == (True, [])


@pytest.mark.parametrize("printed", ["_____", "___", "[ ]", "[]", "( )", "_ _"])
def test_ink_that_leaves_the_box_empty(printed: str) -> None:
    assert state(line(printed)) == (False, [])


def test_nothing_at_all_leaves_it_empty() -> None:
    assert state() == (False, [])


def test_a_drawn_tick() -> None:
    assert state(line(tick("ticked"))) == (True, [])
    assert state(line(tick("empty"))) == (False, [])


def test_a_letter_in_a_drawn_box() -> None:
    assert state(line(segment(tick("empty"), "X"))) == (True, [])


def test_an_empty_line_beside_a_drawn_tick() -> None:
    assert state(line(segment(tick("ticked"), "___"))) == (True, [])


@pytest.mark.parametrize(
    "parts",
    [
        (line(tick("unclear")),),
        (line(tick("unclear"), "X"),),
        (line("XX"),),
        (line("8"),),
        (line("Director"),),
        (line(tick("ticked"), tick("empty")),),
    ],
    ids=["unclear", "unclear-with-letter", "two-letters", "blot", "text", "both"],
)
def test_anything_else_is_unclear(parts: tuple[Line, ...]) -> None:
    value, issues = state(*parts)
    assert value is None
    assert [(issue.code, issue.path) for issue in issues] == [(Code.TICK_UNCLEAR, "p")]


def test_an_unclear_tick_keeps_its_text_and_place() -> None:
    reading = tick_in(tuple(pieces_of(blocks_of("XX"))), "p", [])
    assert reading["printed"] == "XX"
    assert len(reading["at"]) == 1


def test_the_tick_of_a_label_stands_left_of_it() -> None:
    page = stream(grid(("", "Director", "X", "10% Owner"), ("X", "Officer (give title below)", "", "Other")))
    found, behind = read_ticks(page, LABELS, 0, len(page.text), "p", [])
    assert {name: each["value"] for name, each in found.items()} == {
        "director": False,
        "ten_percent_owner": True,
        "officer": True,
    }
    assert page.text[behind:] == "other"


def test_ticks_are_read_in_printed_order_not_in_the_order_asked() -> None:
    page = stream(line("X"), line("Director"), line("___"), line("Officer (give title below)"), line("_X_ 10% Owner"))
    found, _ = read_ticks(page, LABELS, 0, len(page.text), "p", [])
    assert [(name, each["value"]) for name, each in found.items()] == [
        ("director", True),
        ("officer", False),
        ("ten_percent_owner", True),
    ]


def test_drawn_ticks_belong_to_the_label_behind_them() -> None:
    page = stream(line(segment(tick(), "Director", tick("empty"), "10% Owner")))
    found, _ = read_ticks(page, LABELS, 0, len(page.text), "p", [])
    assert (found["director"]["value"], found["ten_percent_owner"]["value"]) == (True, False)


def test_a_label_that_is_not_there_is_not_in_the_result() -> None:
    found, _ = read_ticks(stream("X Director"), LABELS, 0, 9, "p", [])
    assert list(found) == ["director"]


def test_labels_outside_the_bounds_are_not_read() -> None:
    page = stream("X Director", "X 10% Owner")
    found, _ = read_ticks(page, LABELS, len("xdirector"), len(page.text), "p", [])
    assert list(found) == ["ten_percent_owner"]


def test_an_unclear_tick_names_the_label_in_its_path() -> None:
    issues: list[Issue] = []
    page = stream("?? Director")
    read_ticks(page, LABELS, 0, len(page.text), "owners[0].relationship", issues)
    assert [issue.path for issue in issues] == ["owners[0].relationship.director"]


# Boxes in the head of the form

HEAD = {"first": ("firstlabel",), "second": ("secondlabel",), "third": ("thirdlabel",)}


def boxes(*contents: Content, issues: list[Issue] | None = None) -> dict[str, bool | None]:
    page = stream(*contents)
    found = read_boxes(page, HEAD, len(page.text), [] if issues is None else issues)
    return {name: each["value"] for name, each in found.items()}


def test_a_box_stands_left_of_its_label() -> None:
    page = stack(grid(("X", "First label")), grid(("", "Second label")), line(tick("empty"), "Third label"))
    assert boxes(page) == {"first": True, "second": False, "third": False}


@pytest.mark.parametrize("box", ["X", "[X]", "__X__", tick("ticked")])
def test_a_box_that_is_ticked(box: str | Tick) -> None:
    assert boxes(line(box, "First label")) == {"first": True}


@pytest.mark.parametrize("box", ["[ ]", "___", tick("empty")])
def test_a_box_that_is_empty(box: str | Tick) -> None:
    assert boxes(line(box, "First label")) == {"first": False}


def test_boxes_may_be_listed_before_their_labels() -> None:
    page = stack(line(tick("empty")), line(tick("ticked")), line("First label"), line("Second label"))
    assert boxes(page) == {"first": False, "second": True}


def test_of_more_boxes_than_labels_the_nearest_is_the_label_s() -> None:
    page = stack(line(tick("ticked"), "Something else"), line(tick("empty"), "First label"))
    assert boxes(page) == {"first": False}


def test_boxes_that_are_more_than_the_labels_behind_them_are_in_doubt() -> None:
    issues: list[Issue] = []
    listed = stack("X", "Something else", line(tick("ticked")), line(tick("empty")), "First label", "Second label")
    found = boxes(listed, issues=issues)
    assert found == {"first": True, "second": False} or issues


def test_a_box_behind_a_label_is_not_its() -> None:
    assert boxes(line("First label", tick("ticked")), line("Second label")) == {"first": False, "second": True}


def test_a_letter_inside_a_text_is_no_box() -> None:
    assert boxes(line("Vitamin X is sold", "First label")) == {"first": False}


def test_a_label_that_is_not_on_the_page_has_no_box() -> None:
    assert boxes("X", "Another label") == {}


def test_boxes_below_the_end_are_not_read() -> None:
    page = stream(line("First label"), line("X", "Second label"))
    assert list(read_boxes(page, HEAD, len("firstlabel"), [])) == ["first"]


def test_an_unclear_box_is_in_doubt() -> None:
    issues: list[Issue] = []
    assert boxes(line(tick("unclear"), "First label"), issues=issues) == {"first": None}
    assert [(issue.code, issue.path) for issue in issues] == [(Code.TICK_UNCLEAR, "first")]


def test_a_label_without_a_box_has_the_place_of_its_text() -> None:
    page = stream(line(run("First label", at="/td")))
    (found,) = read_boxes(page, HEAD, len(page.text), []).values()
    assert [place.path for place in found["at"]] == ["/td"]


def test_a_box_in_one_run_with_its_label() -> None:
    assert boxes("[X] First label", "[ ] Second label") == {"first": True, "second": False}


# Boxes in the head of the form, by their places on a page


def drawn(left: float, top: float, state: TickState = "ticked") -> Tick:
    return Tick(state, PdfLocation(1, BBox(left, top, left + 8, top + 8)))


LABELLED = (line(printed("First label", 50, 100)), line(printed("Second label", 50, 130)))


def test_the_only_box_is_that_of_the_label_it_stands_beside() -> None:
    assert boxes(line(drawn(36, 150)), *LABELLED) == {"first": False, "second": True}
    assert boxes(line(drawn(36, 115)), *LABELLED) == {"first": True, "second": False}


def test_of_a_box_and_a_letter_typed_on_it_the_letter_counts() -> None:
    page = stack(line(drawn(36, 100, "empty")), line(printed("X", 38, 100)), *LABELLED)
    assert boxes(page) == {"first": True, "second": False}


def test_ticks_elsewhere_on_the_page_are_no_boxes_of_labels_that_have_theirs() -> None:
    page = stack(line(drawn(36, 100, "empty")), line(drawn(400, 140)), *LABELLED)
    assert boxes(page) == {"first": False, "second": False}
