"""Doubts that a value's looks raise: breaks inside words, two inks, cut off ends, strange characters."""

from __future__ import annotations

import pytest

from extractor.fitting.doubts import cut_off, mixed_inks, strange_characters, uncertain_joins
from extractor.fitting.stream import Stream, pieces_of
from extractor.issues import Code
from extractor.layout import Join, Run, Style
from tests.fitting.made import captions
from tests.made import layout, line, printed, run, segment


def test_a_break_that_may_stand_for_a_space_puts_its_value_in_doubt() -> None:
    broken = run("NOLOGY", Join.WRAP_UNSURE, at="/b")
    page = Stream(pieces_of(layout(line(segment(run("TECH", at="/a"), broken))).blocks))
    tree = {"remarks": {"printed": "TECHNOLOGY", "at": (broken.at,)}, "footnotes": [{"text": "", "at": ()}]}
    assert [(issue.code, issue.path) for issue in uncertain_joins(page, tree, frozenset())] == [
        (Code.UNCERTAIN_JOIN, "remarks")
    ]


def test_a_break_that_is_certain_is_no_doubt() -> None:
    wrapped = run("STOCK", Join.WRAP_SPACE, at="/b")
    page = Stream(pieces_of(layout(line(segment(run("COMMON", at="/a"), wrapped))).blocks))
    assert list(uncertain_joins(page, {"remarks": {"printed": "COMMON STOCK", "at": (wrapped.at,)}}, frozenset())) == []


def test_where_a_page_breaks_words_of_captions_every_wrap_is_in_doubt() -> None:
    def found(*heads: tuple[str, str]) -> list[tuple[Code, str]]:
        value = run("ock", Join.WRAP_SPACE, at="/v")
        wrapped = [line(segment(run(above), run(below, Join.WRAP_SPACE))) for above, below in heads]
        page = Stream(pieces_of(layout(*wrapped, line(segment(run("Common St"), value))).blocks))
        tree = {"remarks": {"printed": "Common St ock", "at": (value.at,)}}
        return [(issue.code, issue.path) for issue in uncertain_joins(page, tree, captions().words)]

    assert found(("Amount of Secur", "ities"), ("Nature of Indi", "rect")) == [(Code.UNCERTAIN_JOIN, "remarks")]
    assert found(("Amount of Secur", "ities"), ("Nature of", "Indirect")) == []
    assert found(("Amount of", "Securities"), ("Nature of", "Indirect")) == []


def notes(*texts: str, remarks: Run | None = None) -> list[str]:
    """The paths of what is told to be cut off, of notes that end where they do and of a line up to 400 points."""
    runs = [printed(text, 10, 20 + 10 * row) for row, text in enumerate(texts)]
    everything = [printed("x" * 100, 0, 0), *runs, *([remarks] if remarks else [])]
    tree = {
        "footnotes": [{"text": each.text, "at": (each.at,)} for each in runs],
        "remarks": {"printed": remarks.text if remarks else "", "at": (remarks.at,) if remarks else ()},
    }
    issues = list(cut_off(Stream(pieces_of(layout(*(line(each) for each in everything)).blocks)), tree))
    assert {issue.code for issue in issues} <= {Code.TEXT_LOST}
    return [issue.path for issue in issues]


def test_a_note_that_ends_inside_a_sentence_at_the_edge_of_all_ink_may_be_cut_off() -> None:
    assert notes("Sold under a plan.", "y" * 97) == ["footnotes[1]"]
    assert notes("y" * 96 + ".", "y" * 80) == []
    assert notes("Sold.", remarks=printed("z" * 98, 8, 60)) == ["remarks"]


def test_a_value_in_two_inks_may_hold_a_stamp() -> None:
    def told(*runs: Run) -> list[str]:
        page = Stream(pieces_of(layout(*(line(each) for each in runs)).blocks))
        name = {"printed": " ".join(each.text for each in runs), "value": "x", "at": tuple(each.at for each in runs)}
        issues = list(mixed_inks(page, {"owners": [{"name": name}], "remarks": {**name, "printed": "x"}}))
        assert {issue.code for issue in issues} <= {Code.INKS_MIXED}
        return [issue.path for issue in issues]

    name = printed("Doe Jane", 10, 10)
    stamp = printed("RECEIVED", 60, 10)
    blue, serif = (stamp._replace(style=style) for style in (Style(colour="#0000ff"), Style(serif=True)))
    assert told(name, blue) == told(name, serif) == ["owners[0].name"]
    assert told(name, stamp) == told(name) == []
    assert told(name, blue._replace(text="[")) == []  # brackets and currency signs are set otherwise
    assert told(name, blue._replace(style=Style(colour="#0000ff", raised=True, small=True))) == []


@pytest.mark.parametrize("text", ["DraftK\u0560ng", "Doe\u4e2d", "a\x02b", "\ufffd", "\ue001"])
def test_characters_that_no_form_has_are_in_doubt(text: str) -> None:
    name = {"printed": text, "value": text, "at": ()}
    found = list(strange_characters({"owners": [{"name": name}], "footnotes": [{"id": "F1", "text": text, "at": ()}]}))
    assert [(issue.code, issue.path) for issue in found] == [
        (Code.TEXT_GARBLED, "owners[0].name"),
        (Code.TEXT_GARBLED, "footnotes[0]"),
    ]


def test_signs_of_tags_are_strange_in_values_and_not_in_prose() -> None:
    tree = {"owners": [{"name": {"printed": "Doe</u>", "at": ()}}], "remarks": {"printed": "less than <5%", "at": ()}}
    assert [issue.path for issue in strange_characters(tree)] == ["owners[0].name"]


def test_letters_of_europe_and_typographic_signs_are_none() -> None:
    text = "Łukasz Çetin, Þór & Søren “d’Été” — §5 • 5 € ½ ﬁ ™ ☒ ≥"
    assert list(strange_characters({"remarks": {"printed": text, "at": ()}})) == []
