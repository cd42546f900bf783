"""Issuer and relationship: the symbol in brackets, the ticks of item 5 and the texts below them."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.fitting.people import read_issuer, read_relationship
from extractor.fitting.values import Reading
from extractor.issues import Issue
from extractor.templates import Template
from tests.fitting.made import ONLINE, PAPER, SEC, captions, doubts, items_grid, items_of, relationship_grid, values
from tests.made import Content, grid, layout, line, run, segment, stack

# The issuer


def issuer(*contents: Content, issues: list[Issue] | None = None) -> dict[str, Reading]:
    page = layout(items_grid(issuer=stack(*contents)))
    return read_issuer(items_of(page)["issuer"], [] if issues is None else issues)


@pytest.mark.parametrize(
    ("printed", "name", "symbol"),
    [
        ("Fable, Inc. [ FBL ]", "Fable, Inc.", "FBL"),
        ("Fable, Inc.[FBL]", "Fable, Inc.", "FBL"),
        ("Fable [Holdings] Inc. [ FBL ]", "Fable [Holdings] Inc.", "FBL"),
        ("Fable Inc. [ FBL, FBL.A ]", "Fable Inc.", "FBL, FBL.A"),
        ("Fable Inc. [ FBL", "Fable Inc.", "FBL"),
        ("Fable Inc. [ ]", "Fable Inc.", None),
    ],
)
def test_the_symbol_stands_in_the_last_brackets(printed: str, name: str, symbol: str | None) -> None:
    issues: list[Issue] = []
    assert values(issuer(printed, issues=issues)) == {"name": name} | ({"trading_symbol": symbol} if symbol else {})
    assert issues == []


def test_name_and_symbol_in_runs_of_their_own_have_their_own_places() -> None:
    found = issuer(line(segment(run("Fable Inc.", link="?CIK=77", at="/a"), run("[", at="/td"), run("FBL", at="/b"))))
    assert found["cik"]["value"] == "0000000077"
    assert [place.path for place in found["trading_symbol"]["at"]] == ["/td", "/b"]  # type: ignore[union-attr]


def test_an_issuer_without_brackets_is_a_name_in_doubt() -> None:
    issues: list[Issue] = []
    assert values(issuer("Fable Inc.", issues=issues)) == {"name": "Fable Inc."}
    assert doubts(issues) == [("unreadable-value", "issuer.trading_symbol")]


# The relationship


def relationship(content: Content, of: Template = SEC, issues: list[Issue] | None = None) -> dict[str, Any]:
    item = items_of(layout(items_grid(relationship=content)), of)["relationship"]
    return values(read_relationship(item, of, captions(of), "r", [] if issues is None else issues))


FLAGS = {"director": False, "ten_percent_owner": False, "officer": False, "other": False}


def test_ticks_stand_left_of_their_labels() -> None:
    issues: list[Issue] = []
    found = relationship(relationship_grid(("X", "X", "", "")), issues=issues)
    assert found == {**FLAGS, "director": True, "ten_percent_owner": True}
    assert issues == []


def test_the_title_stands_under_the_officer() -> None:
    found = relationship(relationship_grid(("", "", "X", ""), ("CFO and Treasurer", "")))
    assert found == {**FLAGS, "officer": True, "officer_title": "CFO and Treasurer"}


def test_the_other_text_stands_under_the_other() -> None:
    found = relationship(relationship_grid(("", "", "", "X"), ("", "Former director")))
    assert found == {**FLAGS, "other": True, "other_text": "Former director"}


def test_a_text_in_the_middle_is_that_of_the_only_tick() -> None:
    below = grid(("", "Director", "", "10% Owner"), ("", "Officer (give title below)", "X", "Other (specify below)"))
    assert relationship(stack(below, "Former director"))["other_text"] == "Former director"


def test_title_and_other_text_are_told_apart_by_their_slots() -> None:
    found = relationship(relationship_grid(("", "", "X", "X"), ("CFO", "Former director")))
    assert (found["officer_title"], found["other_text"]) == ("CFO", "Former director")


def test_a_title_of_two_lines_is_one() -> None:
    found = relationship(relationship_grid(("", "", "X", "X"), (stack("CFO and", "Treasurer"), "Former")))
    assert (found["officer_title"], found["other_text"]) == ("CFO and Treasurer", "Former")


@pytest.mark.parametrize(
    ("lines", "doubted"),
    [
        (("TECHNOLO", "GY"), True),
        (("Technolo", "gy"), True),
        (("Vice-", "President"), True),
        (("Chief", "Officer"), False),
        (("PRESIDENT,", "TECHNOLOGY"), False),
        (("Chair &", "CEO"), False),
    ],
)
@pytest.mark.parametrize("ticks", [("", "", "X", ""), ("", "", "X", "X")])
def test_a_title_whose_lines_may_part_a_word_is_in_doubt(
    lines: tuple[str, str], doubted: bool, ticks: tuple[str, ...]
) -> None:
    issues: list[Issue] = []
    other = "Former director" if ticks[3] else ""
    found = relationship(relationship_grid(ticks, (stack(*lines), other)), issues=issues)
    assert found["officer_title"] == " ".join(lines)
    assert doubts(issues) == ([("uncertain-join", "r.officer_title")] if doubted else [])


BOTH_ONLINE = ("___ Director", "___ 10% Owner", "_X_ Officer (give title below)", "_X_ Other (specify below)")


def test_one_line_for_both_is_parted_at_the_slash() -> None:
    issues: list[Issue] = []
    found = relationship(stack(*BOTH_ONLINE, "CFO / Former director"), ONLINE, issues)
    assert (found["officer_title"], found["other_text"]) == ("CFO", "Former director")
    assert issues == []


def test_a_slash_without_blanks_parts_nothing() -> None:
    found = relationship(stack(*BOTH_ONLINE[:3], "___ Other (specify below)", "CFO/Treasurer"), ONLINE)
    assert found["officer_title"] == "CFO/Treasurer"
    assert "other_text" not in found


def test_a_slash_in_the_title_of_an_officer_alone_parts_nothing() -> None:
    found = relationship(stack(*BOTH_ONLINE[:3], "___ Other (specify below)", "CFO / Treasurer"), ONLINE)
    assert found["officer_title"] == "CFO / Treasurer"
    assert "other_text" not in found


def test_title_and_other_text_that_cannot_be_told_apart_are_in_doubt() -> None:
    issues: list[Issue] = []
    found = relationship(stack(*BOTH_ONLINE, "CFO Former director"), SEC, issues)
    assert found["officer_title"] == "CFO Former director"
    assert doubts(issues) == [("text-unplaced", "r.officer_title")]


def test_an_unclear_tick_is_none_and_in_doubt() -> None:
    issues: list[Issue] = []
    found = relationship(relationship_grid(("8", "", "", "")), issues=issues)
    assert "director" not in found
    assert doubts(issues) == [("tick-unclear", "r.director")]


def test_labels_in_the_order_of_the_paper_form() -> None:
    """The paper form of 2026 has Director, Officer, 10% Owner, Other."""
    labels = ("X", "Director", "", "Officer (give title below)"), ("X", "10% Owner", "", "Other (specify below)")
    assert relationship(grid(*labels)) == {**FLAGS, "director": True, "ten_percent_owner": True}


# The paper form

LABELS = ("_____ Director", "__X__ Officer (give title below)", "_____ 10% Owner", "_____ Other (specify below)")
TITLE_LINE = "___________________________"


def test_the_line_for_the_title_is_no_title() -> None:
    issues: list[Issue] = []
    assert relationship(stack(*LABELS, TITLE_LINE), PAPER, issues) == {**FLAGS, "officer": True}
    assert issues == []


@pytest.mark.parametrize(
    "typed",
    [stack(TITLE_LINE, "Treasurer"), stack(TITLE_LINE + "Treasurer"), line(segment(run(TITLE_LINE), run("Treasurer")))],
    ids=["below", "glued", "beside"],
)
def test_a_title_typed_on_its_line_is_read_without_the_line(typed: Content) -> None:
    found = relationship(stack(*LABELS, typed), PAPER)
    assert found["officer_title"] == "Treasurer"


def test_both_texts_on_the_one_line_are_parted_at_the_slash() -> None:
    found = relationship(stack(*LABELS[:3], "__X__ Other (specify below)", "Treasurer / Member of group"), PAPER)
    assert (found["officer_title"], found["other_text"]) == ("Treasurer", "Member of group")
