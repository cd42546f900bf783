"""Showing a layout: everything that was seen, as text for people."""

from __future__ import annotations

import pytest

from extractor.issues import Code, Issue
from extractor.layout import Join, Layout, Line, Segment, Sheet
from extractor.layout.show import show, show_line
from extractor.layout.text import TickState
from tests.made import SMALL, Wide, cell, grid, layout, line, marked, run, segment, stack, tick


def test_segments_stand_side_by_side() -> None:
    assert show_line(line("Officer", "Other")) == "Officer | Other"


@pytest.mark.parametrize(
    ("join", "text"),
    [
        (Join.NONE, "05/012012"),
        (Join.SPACE, "05/01 2012"),
        (Join.WRAP_NONE, "05/01⏎2012"),
        (Join.WRAP_SPACE, "05/01 ⏎2012"),
        (Join.WRAP_UNSURE, "05/01⏎?2012"),
    ],
)
def test_every_join_is_seen(join: Join, text: str) -> None:
    assert show_line(line(segment("05/01", run("2012", join)))) == text


def test_the_join_of_the_first_run_is_not_shown() -> None:
    assert show_line(Line((Segment((run("a", Join.WRAP_UNSURE),)),))) == "a"


def test_raised_and_small_runs_are_seen() -> None:
    assert show_line(line(marked("S", "(1)"))) == "S^(1)^"
    assert show_line(line(run("(1)", style=SMALL))) == "_(1)_"


@pytest.mark.parametrize(("state", "text"), [("ticked", "[x]"), ("empty", "[ ]"), ("unclear", "[?]")])
def test_ticks_are_seen(state: TickState, text: str) -> None:
    assert show_line(line(segment(tick(state), "Director"))) == f"{text} Director"
    assert show_line(line(segment("Director", tick(state)))) == f"Director {text}"


def test_a_grid_is_shown_by_its_slots() -> None:
    table = grid((Wide("a", cols=2), "b"), ("c", "d", stack("e", "f")), ruled=False)
    assert show(layout(table)).splitlines()[1:] == [
        "grid 2 × 3, unruled",
        "  [0,0 1×2] a",
        "  [0,2] b",
        "  [1,0] c",
        "  [1,1] d",
        "  [1,2]",
        "    e",
        "    f",
    ]


def test_a_grid_inside_a_cell_is_shown_further_in() -> None:
    assert show(layout(grid((grid(("x",)),)))).splitlines()[1:] == [
        "grid 1 × 1",
        "  [0,0]",
        "    grid 1 × 1",
        "      [0,0] x",
    ]


def test_sheets_properties_and_doubts_are_shown() -> None:
    page = Layout(
        (Sheet((line("head"),)), Sheet((line("foot"),))),
        {"title": "FORM 4", "format": "pdf"},
        (Issue(Code.TEXT_LOST, "", "the page was cut"),),
    )
    assert show(page) == (
        "format: pdf\ntitle: FORM 4\n=== sheet 1\nhead\n=== sheet 2\nfoot\n! text-lost: the page was cut\n"
    )


def test_an_empty_cell_is_there() -> None:
    assert "[0,0]" in show(layout(grid(("", "a"))))
    assert cell(0, 0, "").blocks == ()
