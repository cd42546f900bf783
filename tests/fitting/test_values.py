"""Values: marks told from text, and the numbers, dates, codes and letters that a cell says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractor.fitting.values import (
    clean,
    parse_date,
    parse_number,
    read_code,
    read_date,
    read_letter,
    read_number,
    read_text,
    split_marks,
)
from extractor.issues import Code, Issue
from extractor.layout import Join
from tests.made import RAISED, SMALL, marked, run, runs, segment


def codes(issues: list[Issue]) -> list[tuple[Code, str]]:
    return [(issue.code, issue.path) for issue in issues]


# Marks


def told_apart(*parts: tuple[str, str] | str) -> tuple[str, tuple[str, ...]]:
    """Text and marks of a cell; a part is plain text or (text, style)."""
    styles = {"raised": RAISED, "small": SMALL}
    cell = [run(part) if isinstance(part, str) else run(part[0], Join.NONE, styles[part[1]]) for part in parts]
    found = split_marks(cell)
    return " ".join(each.text for each in found["text"]), found["marks"]


def test_a_raised_number_in_brackets_is_a_mark() -> None:
    assert told_apart("1,057", ("(1)", "raised")) == ("1,057", ("F1",))


def test_a_number_in_brackets_that_is_not_raised_is_text() -> None:
    assert told_apart("Series (1)", "(2)") == ("Series (1) (2)", ())


def test_small_ink_beside_other_text_is_no_mark() -> None:
    assert told_apart("See note", ("(1)", "small")) == ("See note (1)", ())


def test_marks_in_a_cell_of_their_own_have_no_base_line_to_be_raised_from() -> None:
    assert told_apart(("(3)", "small"), ("(4)", "small")) == ("", ("F3", "F4"))
    assert told_apart("(3)", "(4)") == ("", ("F3", "F4"))


def test_in_a_cell_that_can_hold_text_marks_alone_must_be_small() -> None:
    assert read_text(runs(run("(1)")))["value"] == "(1)"
    assert read_text(runs(run("(1)", style=SMALL)))["footnotes"] == ("F1",)
    assert read_date(runs(run("(1)")), "p", [])["footnotes"] == ("F1",)


def test_raised_marks_in_a_cell_of_their_own() -> None:
    assert told_apart(("(3)(4)", "raised")) == ("", ("F3", "F4"))


def test_a_raised_text_of_another_shape_is_text() -> None:
    assert told_apart("10 m", ("2", "raised")) == ("10 m 2", ())
    assert told_apart("DOE", ("(a)", "raised")) == ("DOE (a)", ())
    assert told_apart("DOE", ("*", "raised")) == ("DOE *", ())
    assert told_apart("DOE", ("(100)", "raised")) == ("DOE (100)", ())


def test_several_marks_in_one_run() -> None:
    assert told_apart("$8.41", ("(2)(3)", "raised")) == ("$8.41", ("F2", "F3"))


def test_several_marks_in_several_runs_keep_their_printed_order() -> None:
    assert told_apart("$8.41", ("(12)", "raised"), ("(3)", "raised")) == ("$8.41", ("F12", "F3"))


def test_one_mark_in_several_runs() -> None:
    assert told_apart("S", ("(", "raised"), ("1", "raised"), ("0)", "raised")) == ("S", ("F10",))


def test_marks_between_texts() -> None:
    assert told_apart("Common", ("(1)", "raised"), "Stock", ("(2)", "raised")) == ("Common Stock", ("F1", "F2"))


def test_ten_marks() -> None:
    shape = "".join(f"({number})" for number in range(1, 11))
    assert told_apart("By Trust", (shape, "raised")) == ("By Trust", tuple(f"F{number}" for number in range(1, 11)))


def test_a_mark_that_stands_twice_is_kept_twice() -> None:
    assert told_apart("S", ("(1)(1)", "raised")) == ("S", ("F1", "F1"))


def test_a_mark_has_no_leading_zero() -> None:
    assert told_apart("S", ("(01)", "raised")) == ("S", ("F1",))


def test_a_mark_of_which_a_bracket_is_missing_stays_text() -> None:
    assert told_apart("S", ("(1", "raised")) == ("S (1", ())


def test_several_marks_in_one_run_with_a_blank_between() -> None:
    assert told_apart("$8.41", ("(2) (3)", "raised")) == ("$8.41", ("F2", "F3"))


def test_a_cell_s_places_are_those_of_text_and_marks() -> None:
    cell = [run("S", at="/td"), run("(1)", Join.NONE, RAISED, at="/sup")]
    assert [place.path for place in split_marks(cell)["at"]] == ["/td", "/sup"]


def test_an_empty_cell_has_nothing() -> None:
    assert split_marks(()) == {"text": (), "marks": (), "at": ()}


# Text


def test_text_is_read_without_its_marks() -> None:
    read = read_text(runs(marked("Common Stock", "(1)", join=Join.SPACE)))
    assert (read["value"], read["printed"], read["footnotes"]) == ("Common Stock", "Common Stock", ("F1",))


def test_text_keeps_its_joins() -> None:
    assert read_text((run("By"), run("Tr"), run("ust", Join.WRAP_NONE)))["value"] == "By Trust"


def test_where_no_marks_can_stand_all_is_text() -> None:
    read = read_text(runs(marked("See", "(1)")), marked=False)
    assert (read["value"], read["footnotes"]) == ("See(1)", ())


def test_no_text_is_no_value() -> None:
    assert read_text(()) == {"value": None, "printed": "", "footnotes": (), "at": ()}
    assert read_text((), marked=False)["value"] is None


def test_white_space_is_folded() -> None:
    assert clean(" a \n\u00a0 b\tc ") == "a b c"


# Numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,057", "1057"),
        ("1057", "1057"),
        ("12,345,678", "12345678"),
        ("$173.147", "173.147"),
        ("$ 173.147", "173.147"),
        ("$0.00", "0.00"),
        ("$0", "0"),
        (".5", "0.5"),
        ("$.5", "0.5"),
        ("26.6700", "26.6700"),
        ("5.", "5"),
        ("999,999,999,999.9999", "999999999999.9999"),
    ],
)
def test_a_number_keeps_its_zeros(text: str, number: str) -> None:
    value = parse_number(text)
    assert value is not None
    assert str(value) == number


NO_NUMBERS = (
    "",
    "$",
    ".",
    "$.",
    "1,05",
    "1,0570",
    ",057",
    "1,,057",
    "12,34,567",
    "1 057",
    "-5",
    "(5)",
    "+5",
    "1.2.3",
    "12/31/2021",
    "1O57",
    "5%",
    "5 shares",
    "1e3",
    "NaN",
    "1.234,5",
    "$$5",
    "5$",
)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_a_number_with_its_marks() -> None:
    issues: list[Issue] = []
    read = read_number(runs(marked("$173.147", "(4)", "(5)")), "p", issues)
    assert (read["value"], read["printed"], read["footnotes"]) == (Decimal("173.147"), "$173.147", ("F4", "F5"))
    assert issues == []


def test_a_number_in_two_runs_is_one() -> None:
    assert read_number(runs(segment("$", run("8.41", Join.NONE))), "p", [])["value"] == Decimal("8.41")


@pytest.mark.parametrize("join", [Join.WRAP_NONE, Join.WRAP_UNSURE, Join.WRAP_SPACE])
def test_a_line_break_inside_a_number_stands_for_nothing(join: Join) -> None:
    assert read_number((run("$1,001.26"), run("3", join)), "p", [])["value"] == Decimal("1001.263")


def test_two_numbers_with_a_space_between_are_none() -> None:
    issues: list[Issue] = []
    read = read_number((run("100"), run("200")), "row.shares", issues)
    assert (read["value"], read["printed"]) == (None, "100 200")
    assert codes(issues) == [(Code.UNREADABLE_VALUE, "row.shares")]
    assert issues[0].at == read["at"]


def test_a_cell_of_marks_alone_has_marks_and_no_value() -> None:
    issues: list[Issue] = []
    read = read_number(runs(marked("", "(4)")), "p", issues)
    assert (read["value"], read["printed"], read["footnotes"]) == (None, "", ("F4",))
    assert issues == []


# Dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("06/29/2021", date(2021, 6, 29)),
        ("6/9/2021", date(2021, 6, 9)),
        ("02/29/2024", date(2024, 2, 29)),
        ("12/31/1999", date(1999, 12, 31)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert parse_date(text) == day


NO_DATES = (
    "",
    "2/30/2021",
    "02/29/2023",
    "13/01/2021",
    "00/10/2021",
    "06/29/21",
    "06-29-2021",
    "2021-06-29",
    "6/29",
    "06/29/20211",
    "06/29/2021 ",
    "June 29, 2021",
    "06/29/0000",
)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_line_break_inside_a_date_stands_for_nothing() -> None:
    assert read_date((run("05/01/2"), run("012", Join.WRAP_SPACE)), "p", [])["value"] == date(2012, 5, 1)


def test_a_date_that_cannot_be_read_is_kept_as_printed() -> None:
    issues: list[Issue] = []
    read = read_date(runs(marked("2/30/2021", "(1)")), "row.transaction_date", issues)
    assert (read["value"], read["printed"], read["footnotes"]) == (None, "2/30/2021", ("F1",))
    assert codes(issues) == [(Code.UNREADABLE_VALUE, "row.transaction_date")]


# Codes


@pytest.mark.parametrize(
    ("printed", "letter", "digit", "swap"),
    [
        ("S", "S", "", False),
        ("4A", "A", "4", False),
        ("4 A", "A", "4", False),
        ("J/K", "J", "", True),
        ("4J/K", "J", "4", True),
        ("3", None, "3", False),
    ],
)
def test_a_code_its_form_digit_and_its_swap(printed: str, letter: str | None, digit: str, swap: bool) -> None:
    issues: list[Issue] = []
    code, form, swapped = read_code((run(printed),), "p", issues)
    assert (code["value"], form, swapped) == (letter, digit, swap)
    assert code["printed"] == printed.replace(" ", "")
    assert issues == []


def test_a_code_in_runs_of_its_own_with_its_mark() -> None:
    code, form, _ = read_code((run("4"), run("P", Join.NONE), run("(1)", Join.NONE, RAISED)), "p", [])
    assert (code["value"], form, code["footnotes"]) == ("P", "4", ("F1",))


@pytest.mark.parametrize("printed", ["s", "SA", "6A", "J/", "A4", "J/L", "/S"])
def test_what_is_no_code_is_kept_as_printed(printed: str) -> None:
    issues: list[Issue] = []
    code, form, swap = read_code((run(printed),), "row.transaction_code", issues)
    assert (code["value"], code["printed"], form, swap) == (None, printed, "", False)
    assert codes(issues) == [(Code.UNREADABLE_VALUE, "row.transaction_code")]


def test_an_empty_code_cell_is_no_doubt() -> None:
    issues: list[Issue] = []
    assert read_code((), "p", issues)[0]["value"] is None
    assert issues == []


# Letters


@pytest.mark.parametrize("letter", ["A", "D"])
def test_an_allowed_letter(letter: str) -> None:
    assert read_letter(runs(marked(letter, "(1)")), "AD", "p", [])["value"] == letter


@pytest.mark.parametrize("printed", ["I", "AD", "a", "A D"])
def test_another_letter_is_kept_as_printed(printed: str) -> None:
    issues: list[Issue] = []
    read = read_letter((run(printed),), "AD", "row.acquired_disposed", issues)
    assert (read["value"], read["printed"]) == (None, printed)
    assert codes(issues) == [(Code.UNREADABLE_VALUE, "row.acquired_disposed")]
    assert "A/D" in issues[0].message
