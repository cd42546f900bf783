from __future__ import annotations

from extractor.layout import Join
from extractor.readers.pdf.rulings import Ruling
from extractor.readers.pdf.words import Word
from extractor.readers.pdf.wraps import Bounds, paragraphs_of
from tests.readers.pdf.drawn import lines, word, words

PAGE = 0.0, 0.0


def logical(found: list[Word], right: float, *, firm: bool = True, rules: tuple[Ruling, ...] = ()) -> list[str]:
    """The texts of the logical lines; `|` where a wrap stands."""
    out = []
    for paragraph in paragraphs_of(found, Bounds(0, 0, right, 500, firm), rules):
        out.append("|".join(" ".join(each.text for each in strip.words) for strip in paragraph.strips))
    return out


def test_line_that_had_no_room_for_the_next_word_wrapped() -> None:
    assert logical(lines("See", "Footnote"), 45) == ["See|Footnote"]


def test_line_that_had_room_ended() -> None:
    assert logical(lines("BOTHA ROELOF", "C/O SEQUOIA"), 160) == ["BOTHA ROELOF", "C/O SEQUOIA"]


def test_rows_set_wide_are_no_wraps() -> None:
    assert logical(lines("C/O LINKEDIN CORPORATION", "2029 STIERLIN", pitch=15.5), 130) == [
        "C/O LINKEDIN CORPORATION",
        "2029 STIERLIN",
    ]


def test_wider_space_begins_a_new_paragraph_though_the_line_was_full() -> None:
    notes = [*lines("1. a first long note", "that wraps"), *lines("2. another", y=36)]
    assert logical(notes, 100) == ["1. a first long note|that wraps", "2. another"]


def test_rule_between_lines_parts_them() -> None:
    assert logical(lines("aaaa", "bbbb"), 22, rules=(Ruling(13.9, 0, 40),)) == ["aaaa", "bbbb"]


def test_heading_over_two_columns_goes_on_in_neither() -> None:
    found = [
        *words("Relationship of persons", 0, 10),
        *words("Director", 0, 21.5, order=50),
        *words("Owner", 90, 21.5, order=60),
    ]
    assert logical(found, 120) == ["Relationship of persons", "Director", "Owner"]


def test_city_wraps_beside_its_centred_neighbour() -> None:
    found = [*lines("MENLO", "PARK"), word("CA", 45, 15.8, order=300)]
    assert logical(found, 200) == ["MENLO|PARK", "CA"]


def test_entry_numbers_are_not_joined() -> None:
    found = [word("(1)", 0, 10), *words("First note.", 30, 10, order=5), word("(2)", 0, 21.5, order=10)]
    found += words("Second note.", 30, 21.5, order=15)
    assert logical(found, 300) == ["(1)", "First note.", "(2)", "Second note."]


def test_column_made_to_fit_its_lines_wraps_none() -> None:
    owner = lines("KHOSLA", "2128 SAND HILL ROAD", "MENLO PARK, CA 9402")
    bounds = Bounds(-1, 0, 91, 60, fitted=True)
    assert [len(each.strips) for each in paragraphs_of(owner, bounds)] == [1, 1, 1]


def test_text_without_a_firm_edge_ends_at_its_longest_line() -> None:
    found = lines("Check this box if no", "longer Subject to Sectio", "Sixteen and so on.")
    assert logical(found, 500, firm=False) == ["Check this box if no|longer Subject to Sectio|Sixteen and so on."]


def test_join_tells_of_each_break() -> None:
    (paragraph,) = paragraphs_of(lines("Rule 10b5-", "1(c). See"), Bounds(0, 0, 52, 100))
    assert paragraph.joins == [Join.WRAP_NONE]
