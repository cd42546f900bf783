"""Marks as converters leave them, and as they are typed: raised and shaped as on a print."""

from __future__ import annotations

import pytest

from extractor.fitting.marks import may_be_mark, raise_converted, raise_typed, shows_marks
from extractor.fitting.values import split_marks
from extractor.layout import Join, Run, joined
from tests.made import RAISED, run


def told(runs: tuple[Run, ...]) -> tuple[str, tuple[str, ...]]:
    """The text and the marks of a cell."""
    printed = split_marks(runs, text_possible=True)
    return joined(printed["text"]), printed["marks"]


@pytest.mark.parametrize(
    ("written", "text", "marks"),
    [
        ("$115.0584 ⁽¹⁾", "$115.0584", ("F1",)),
        ("1,000⁽¹⁾⁽¹²⁾", "1,000", ("F1", "F12")),
        ("S¹", "S", ("F1",)),
        ("⁽³⁾", "", ("F3",)),
        ("By Trust[^2]", "By Trust", ("F2",)),
        ("S[(1)]", "S", ("F1",)),
        ("5,000 [1] [2]", "5,000", ("F1", "F2")),
        ("5,000^(1)(2)^", "5,000", ("F1", "F2")),
        ("5,000^(1)^", "5,000", ("F1",)),
        ("$26.67$^{(1)}$", "$26.67", ("F1",)),
        ("$26.67${ }^{1}$", "$26.67", ("F1",)),
        ("Series A (2)", "Series A (2)", ()),
        ("$0", "$0", ()),
    ],
)
def test_marks_that_a_converter_kept(written: str, text: str, marks: tuple[str, ...]) -> None:
    runs = (run(written),)
    assert told(raise_converted(runs)) == (text, marks)
    assert shows_marks(runs) == bool(marks)


@pytest.mark.parametrize("raised", ["1", "(1)", "[1]"])
def test_a_raised_number_is_a_mark_with_or_without_brackets(raised: str) -> None:
    runs = (run("S"), run(raised, style=RAISED))
    assert told(raise_converted(runs)) == ("S", ("F1",))
    assert shows_marks(runs)


def test_what_is_raised_and_no_number_is_text() -> None:
    runs = (run("1"), run("st", style=RAISED))
    assert raise_converted(runs) == runs
    assert not shows_marks(runs)


def test_text_behind_a_mark_stays() -> None:
    assert told(raise_converted((run("a⁽¹⁾ b"),))) == ("a b", ("F1",))


def test_typed_marks_and_references_in_words() -> None:
    assert told(raise_typed((run("By Trust (2)"),))) == ("By Trust", ("F2",))
    assert told(raise_typed((run("See footnote (2)"),))) == ("See footnote (2)", ())
    assert may_be_mark(raise_typed((run("See footnote (2)"),)))
    assert not may_be_mark(raise_typed((run("By Trust (2)"),)))
    assert not may_be_mark(raise_typed((run("By Trust"),)))


# Typed marks


def typed(*texts: str) -> tuple[str, tuple[str, ...]]:
    """Text and marks of a cell that was filled in by typing, each text a run."""
    found = split_marks(raise_typed(tuple(run(text) for text in texts)))
    return " ".join(each.text for each in found["text"]), found["marks"]


@pytest.mark.parametrize(
    ("texts", "text", "marks"),
    [
        (("1,000(1)",), "1,000", ("F1",)),
        (("1,000 (1)",), "1,000", ("F1",)),
        (("Common Stock(1)(12)",), "Common Stock", ("F1", "F12")),
        (("Common Stock (1), (2)",), "Common Stock", ("F1", "F2")),
        (("(1)",), "", ("F1",)),
        (("(1) (2)",), "", ("F1", "F2")),
        (("Common", "Stock(1)"), "Common Stock", ("F1",)),
        (("By Trust", "(2)(3)"), "By Trust", ("F2", "F3")),
        (("By Trust(1)", "(2)", "(3)"), "By Trust", ("F1", "F2", "F3")),
        (("By Spouse, Jr.,(4)",), "By Spouse, Jr.,", ("F4",)),
        (("See footnote(2)",), "See footnote", ("F2",)),
    ],
)
def test_marks_typed_behind_a_text_are_marks(texts: tuple[str, ...], text: str, marks: tuple[str, ...]) -> None:
    assert typed(*texts) == (text, marks)


@pytest.mark.parametrize(
    "texts",
    [
        ("See footnote (2)",),
        ("See footnotes (1) and (2)",),
        ("See Note (3)",),
        ("Rule (4)",),
        ("See footnote", "(2)"),
        ("401(k) Plan",),
        ("Series (1) Stock",),
        ("Units (123)",),
        ("1,000",),
    ],
)
def test_a_number_in_brackets_that_the_text_refers_to_or_goes_on_behind_stays_text(texts: tuple[str, ...]) -> None:
    assert typed(*texts) == (" ".join(texts), ())


def test_a_raised_typed_mark_keeps_its_place_and_joins_its_value() -> None:
    (text, mark) = raise_typed((run("1,000 (1)", at="/a"),))
    assert (text.text, mark.text, mark.join, mark.style.raised) == ("1,000", "(1)", Join.NONE, True)
    assert text.at == mark.at


def test_an_empty_cell_has_no_typed_marks() -> None:
    assert raise_typed(()) == ()
