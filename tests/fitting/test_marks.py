"""Marks as converters leave them, and as they are typed: raised and shaped as on a print."""

from __future__ import annotations

import pytest

from extractor.fitting.marks import may_be_mark, raise_converted, raise_typed, shows_marks
from extractor.fitting.values import split_marks
from extractor.layout import Run, joined
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
