"""Text: how runs join, what a line and a segment say, and what comparing captions ignores."""

from __future__ import annotations

import pytest

from extractor.layout import HtmlLocation, Join, joined, squeeze
from extractor.layout.text import KEPT, PLAIN, SPACED, WRAPPED, _squeezed_before, line_of, parts_of
from tests.made import line, run, segment, tick


@pytest.mark.parametrize(
    ("join", "text"),
    [
        (Join.NONE, "0506"),
        (Join.SPACE, "05 06"),
        (Join.WRAP_NONE, "0506"),
        (Join.WRAP_SPACE, "05 06"),
        (Join.WRAP_UNSURE, "0506"),
    ],
)
def test_a_space_stands_where_one_was_printed_or_a_wrap_stood_for_one(join: Join, text: str) -> None:
    assert joined([run("05"), run("06", join)]) == text


def test_the_join_of_the_first_run_has_no_meaning() -> None:
    assert joined([run("a", Join.SPACE)]) == joined([run("a", Join.NONE)]) == "a"


def test_every_join_but_none_and_space_is_a_wrap() -> None:
    assert set(Join) - WRAPPED == {Join.NONE, Join.SPACE, Join.LINE}
    assert SPACED.intersection(WRAPPED) == {Join.WRAP_SPACE}


def test_the_text_of_a_segment_passes_over_ticks() -> None:
    assert segment(tick(), "Director").text == "Director"
    assert segment(tick()).text == ""


def test_the_segments_of_a_line_stand_two_spaces_apart() -> None:
    assert line(segment("Officer", run("(give title)")), "Other").text == "Officer (give title)  Other"


def test_a_line_has_the_runs_of_all_its_segments() -> None:
    assert [each.text for each in line("a", segment(tick(), "b", "c")).runs] == ["a", "b", "c"]


def test_a_line_of_plain_text_is_one_run() -> None:
    place = HtmlLocation("/p[1]")
    assert line_of("some text", place).runs == (run("some text", at="/p[1]"),)
    assert line_of("some text", place).runs[0].style is PLAIN


def test_parts_are_runs_and_ticks_in_reading_order() -> None:
    lines = [line(tick("empty"), "Director"), line(segment("Other", tick()))]
    assert list(parts_of(lines)) == [tick("empty"), run("Director"), run("Other"), tick()]


@pytest.mark.parametrize(
    ("printed", "same"),
    [
        ("Month/Day/Ye ar)", "month/day/year)"),
        ("Reporting\u00a0Person *", "reportingperson"),
        ("Deemed Exe\u00adcution\u200b Date", "deemedexecutiondate"),
        ("Table I \u2013 Non\u2011Derivative", "tablei-non-derivative"),
        ("Issuer\u2019s", "issuer's"),
        ("\u201cX\u201d", '"x"'),
        ("\ufb01led \ufb02at o\ufb00er o\ufb03ce wa\ufb04e", "filedflatofferofficewaffle"),
        ("STRASSE", "strasse"),
        ("Stra\u00dfe", "strasse"),
    ],
)
def test_comparing_ignores_space_asterisks_case_and_the_shape_of_dashes_and_quotes(printed: str, same: str) -> None:
    assert squeeze(printed) == same


def test_comparing_keeps_digits_brackets_and_points() -> None:
    assert squeeze("2A. (D) 10%") == "2a.(d)10%"


def test_squeezing_twice_changes_nothing() -> None:
    once = squeeze("Table II \u2014 \u201cDerivative\u201d  Securities*")
    assert squeeze(once) == once


def test_what_is_kept_of_squeezed_texts_is_bounded() -> None:
    texts = [f"Common Stock {number}" for number in range(2 * KEPT)]
    assert [squeeze(text) for text in texts] == [f"commonstock{number}" for number in range(2 * KEPT)]
    assert len(_squeezed_before) <= KEPT
