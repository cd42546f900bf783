from __future__ import annotations

import pytest

from extractor.layout import Join, Style
from extractor.readers.pdf.breaks import ANY_HABITS, Habits, unfinished, wrap_join
from extractor.readers.pdf.lines import Strip
from tests.readers.pdf.drawn import strip, word

LIBREOFFICE = Habits(keeps_spaces=True, vocabulary=frozenset({"stock", "employee"}))
MARK = Style(small=True)


@pytest.mark.parametrize(
    ("first", "second", "join"),
    [
        ("MENLO", "PARK", Join.WRAP_SPACE),
        ("Rule 10b5-", "1(c)", Join.WRAP_NONE),
        ("(Month/", "Day/Year)", Join.WRAP_NONE),
        ("$", "369.769", Join.WRAP_NONE),
        ("BANK /DE/", "Limited", Join.WRAP_NONE),
    ],
)
def test_how_lines_join(first: str, second: str, join: Join) -> None:
    if first.endswith("/DE/"):  # a state behind a company's name ends no word
        join = Join.WRAP_SPACE
    assert wrap_join(strip(first), strip(second), ANY_HABITS, 100) is join


@pytest.mark.parametrize(
    ("first", "second", "limit", "join"),
    [
        ("11/10/2", "021", 36, Join.WRAP_NONE),  # a date that found no room
        ("$1,001.26", "3", 46, Join.WRAP_NONE),
        ("Employee", "Stock", 41, Join.WRAP_SPACE),  # two words that stand whole elsewhere
        ("Transactio", "n(s)", 54, Join.WRAP_NONE),  # room for a space, none for a letter
        ("TECHNOLO", "GY", 41, Join.WRAP_UNSURE),
        ("By Sequoia", "Capital", 60, Join.WRAP_SPACE),  # only a line's first word is broken inside
    ],
)
def test_line_end_without_its_space(first: str, second: str, limit: float, join: Join) -> None:
    assert wrap_join(strip(first), strip(second), LIBREOFFICE, limit) is join


def test_drawn_space_at_the_end_decides() -> None:
    line = strip("Transactio")
    ended = Strip([line.words[0]._replace(after=True)])
    assert wrap_join(ended, strip("n"), LIBREOFFICE, 60) is Join.WRAP_SPACE


def test_mark_on_the_next_line_joins_as_the_document_sets_marks() -> None:
    mark = Strip([word("(1)", 0, 20, 6, style=MARK)])
    assert wrap_join(strip("11.03"), mark, ANY_HABITS, 100) is Join.WRAP_NONE
    assert wrap_join(strip("11.03"), mark, Habits(spaced_marks=True), 100) is Join.WRAP_SPACE


@pytest.mark.parametrize(
    ("first", "second", "goes_on"),
    [
        ("Officer (give title", "below)", True),
        ("JETBLUE AIRWAYS CORP [", "JBLU ]", True),
        ("10b5-", "1(c)", True),
        ("of securities", "beneficially owned", True),
        ("Jane Doe", "c/o Acme Corp", False),
        ("C/O LINKEDIN", "2029 STIERLIN COURT", False),
    ],
)
def test_words_that_show_that_a_line_goes_on(first: str, second: str, goes_on: bool) -> None:
    assert unfinished(strip(first), strip(second)) is goes_on


def test_a_line_without_its_space_in_the_type_of_another_hand_ended_at_one() -> None:
    """A blank by a word processor that draws them, filled in by something that does not."""
    one, other = (Strip([word("See", 0, 20, 6, style=Style(serif=serif))]) for serif in (True, False))
    filled = LIBREOFFICE._replace(other_hands=frozenset({False}))
    assert (filled.keeps(one), filled.keeps(other)) == (True, False)
    assert wrap_join(one, strip("$0.001"), filled, 26) is not Join.WRAP_SPACE
    assert wrap_join(other, strip("$0.001"), filled, 26) is Join.WRAP_SPACE
    assert not ANY_HABITS.keeps(one)
