"""Notes: sections cut at their captions; footnotes, remarks, the no-securities sentence and signatures inside them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extractor.fitting.notes import (
    Sections,
    is_signature,
    read_footnotes,
    read_remarks,
    read_signatures,
    split_tail,
    take_sentence,
)
from extractor.fitting.stream import Piece, lines_in, pieces_of, runs_of_pieces, text_of
from extractor.issues import Issue
from extractor.layout import Join, Line
from tests.fitting.made import PAPER, captions, doubts
from tests.made import Content, grid, line, printed, run, segment, stack, stream


def pieces(*contents: Content) -> tuple[Piece, ...]:
    return tuple(pieces_of(stack(*contents)))


def footnotes(*contents: Content, issues: list[Issue] | None = None) -> list[tuple[str, str]]:
    return [(note["id"], note["text"]) for note in read_footnotes(pieces(*contents), [] if issues is None else issues)]


def sections(*contents: Content, start: int = 0) -> dict[str, str]:
    return {name: text_of(part) for name, part in Sections(stream(*contents), captions(), start).parts.items()}


# Sections


def test_each_section_ends_where_the_next_begins() -> None:
    found = sections(
        "Table II",
        "Explanation of Responses:",
        "1. Note",
        "Remarks:",
        "none",
        "Signatures",
        "/s/ Jane",
        "Reminder: Report on a separate line for each class of securities",
    )
    assert found == {"explanation": "1. Note", "remarks": "none", "signatures": "/s/ Jane"}


def test_sections_stand_in_printed_order() -> None:
    found = sections("Explanation of Responses:", "(1) Note", "Reporting Owners", "Doe", "Signatures", "/s/ Jane")
    assert found == {"explanation": "(1) Note", "owners": "Doe", "signatures": "/s/ Jane"}


def test_the_closing_notes_end_the_last_section() -> None:
    found = sections("Remarks:", "none", "* If the form is filed by more than one reporting person, see Instruction 4")
    assert found == {"remarks": "none"}


def test_a_caption_inside_a_note_begins_no_section() -> None:
    found = sections("Explanation of Responses:", "1. See Remarks: below", "Remarks:", "none")
    assert found == {"explanation": "1. See Remarks: below", "remarks": "none"}


def test_captions_above_the_tables_begin_no_section() -> None:
    contents = ("Remarks:", "of the site", "Table II", "Remarks:", "none")
    assert sections(*contents, start=len("remarks:ofthesite")) == {"remarks": "none"}


def test_a_page_without_sections_has_none() -> None:
    assert sections("Table II") == {}


# Footnotes


def test_numbered_notes() -> None:
    assert footnotes("1. Sold under a plan.", "2. Held by a trust.") == [
        ("F1", "Sold under a plan."),
        ("F2", "Held by a trust."),
    ]


def test_notes_with_their_numbers_in_brackets() -> None:
    assert footnotes("(1) Sold under a plan.", "(2) Held.") == [("F1", "Sold under a plan."), ("F2", "Held.")]


def test_numbers_in_cells_of_their_own() -> None:
    assert footnotes(grid(("(1)", "Sold."), ("(2)", "Held."))) == [("F1", "Sold."), ("F2", "Held.")]


def test_a_number_in_a_run_of_its_own() -> None:
    assert footnotes(line(segment(run("1."), run("Sold.")))) == [("F1", "Sold.")]


def test_a_note_goes_on_over_lines_that_begin_with_no_next_number() -> None:
    assert footnotes("1. Sold at:", "from $8.30", "to $8.55.", "2. Held.") == [
        ("F1", "Sold at: from $8.30 to $8.55."),
        ("F2", "Held."),
    ]


def test_a_note_may_hold_numbered_paragraphs() -> None:
    assert footnotes("1. Held by:", "1. a trust", "3. a fund", "2. Sold.") == [
        ("F1", "Held by: 1. a trust 3. a fund"),
        ("F2", "Sold."),
    ]


def test_a_number_inside_a_line_begins_no_note() -> None:
    assert footnotes("1. Sold; see 2. below.") == [("F1", "Sold; see 2. below.")]


def test_a_decimal_begins_no_note() -> None:
    assert footnotes("1. Sold at", "2.5 dollars.") == [("F1", "Sold at 2.5 dollars.")]


def wrapped(*texts: str) -> Line:
    """One line of the layout whose printed lines a reader joined."""
    first, *others = texts
    return line(segment(run(first), *(run(text, Join.WRAP_SPACE) for text in others)))


@pytest.mark.parametrize("last", ["Held until sold.", "-"])
def test_a_wrap_before_the_next_number_parts_two_notes(last: str) -> None:
    found = footnotes(wrapped("1. Sold at", "$8.30.", "2. By trust.", f"3. {last}"))
    assert found == [("F1", "Sold at $8.30."), ("F2", "By trust."), ("F3", last)]


def test_a_wrap_before_a_number_that_begins_a_line_of_its_own_parts_none() -> None:
    assert footnotes(wrapped("1. Sold; see note", "2. below."), "2. Held.") == [
        ("F1", "Sold; see note 2. below."),
        ("F2", "Held."),
    ]


def test_two_wraps_before_one_number_are_in_doubt() -> None:
    issues: list[Issue] = []
    found = read_footnotes(pieces(wrapped("1. Sold under Rule", "2. of the plan.", "2. By trust.")), issues)
    assert [note["text"] for note in found] == ["Sold under Rule", "of the plan. 2. By trust."]
    assert doubts(issues) == [("uncertain-join", "footnotes[1]")]


def test_ten_and_more_notes() -> None:
    found = footnotes(*(f"{number}. Note" for number in range(1, 13)))
    assert [mark for mark, _ in found] == [f"F{number}" for number in range(1, 13)]


def test_a_note_without_text_is_there() -> None:
    assert footnotes("1.", "2. Held.") == [("F1", ""), ("F2", "Held.")]


def test_text_before_the_first_note_is_in_doubt() -> None:
    issues: list[Issue] = []
    assert footnotes("Note:", "1. Sold.", issues=issues) == [("F1", "Sold.")]
    assert doubts(issues) == [("text-unplaced", "footnotes")]


def test_notes_that_do_not_begin_with_one_are_in_doubt() -> None:
    issues: list[Issue] = []
    assert footnotes("2. Held.", issues=issues) == []
    assert doubts(issues) == [("text-unplaced", "footnotes")]


def test_a_note_has_the_places_of_all_its_lines() -> None:
    (note,) = read_footnotes(pieces(line(run("1. Sold", at="/a")), line(run("today", at="/b"))), [])
    assert [place.path for place in note["at"]] == ["/a", "/b"]


# The sentence of a Form 3


SENTENCE = "No securities are beneficially owned."


def test_the_sentence_is_a_flag_and_taken_out() -> None:
    rest, flag = take_sentence(pieces(SENTENCE, "1. Note"), captions().sections["no_securities"])
    assert flag is not None
    assert (flag["value"], flag["printed"]) == (True, SENTENCE)
    assert text_of(rest) == "1. Note"


def test_the_sentence_inside_a_text_is_no_flag() -> None:
    given = pieces("1. Before the merger, no securities are beneficially owned.")
    assert take_sentence(given, captions().sections["no_securities"]) == (given, None)


# Remarks


def test_remarks_are_one_text() -> None:
    read = read_remarks(pieces("Member of", "a group (1)"))
    assert (read["value"], read["footnotes"]) == ("Member of a group (1)", ())


def test_no_remarks_are_none() -> None:
    assert read_remarks(())["value"] is None


def test_remarks_end_where_the_signatures_begin() -> None:
    before, behind = split_tail(pieces("Member of a group", line("/s/ Jane Doe", "07/01/2021"), "** Signature"), ())
    assert text_of(before) == "Member of a group"
    assert [text_of(each) for each in behind] == ["/s/ Jane Doe 07/01/2021", "** Signature"]


def test_a_date_in_the_remarks_is_no_signature() -> None:
    given = pieces("Agreement of", "07/01/2021", "as amended on 07/02/2021")
    assert split_tail(given, ()) == (given, [])


CUT = (
    line(printed("Member of a group", 30, 400)),
    line(printed("/s/ Jane Doe,", 320, 420)),
    line(printed("Attorney for", 320, 430), printed("07/01/2021", 420, 430)),
    line(printed("John Roe", 320, 40, page=2)),
    line(printed("** Signature of Reporting Person", 320, 55, page=2)),
)


def test_a_signature_that_a_page_break_cuts_begins_where_its_column_does() -> None:
    given = pieces(*CUT)
    before, behind = split_tail(given, runs_of_pieces(given))
    assert text_of(before) == "Member of a group"
    (signed,) = read_signatures(behind, captions(), [])
    assert signed["name"]["value"] == "/s/ Jane Doe, Attorney for John Roe"


def test_remarks_at_the_margin_are_no_signature() -> None:
    given = pieces(line(printed("Member of", 30, 400)), line(printed("Doe", 30, 410), printed("07/01/2021", 420, 410)))
    before, _ = split_tail(given, runs_of_pieces(given))
    assert text_of(before) == "Member of"


def test_a_date_glued_to_a_name_is_its_date() -> None:
    _, behind = split_tail(pieces("/s/ Jane Doe, Vice 07/01/2021", "President", "** Signature of Reporting Person"), ())
    (signed,) = read_signatures(behind, captions(), [])
    assert (signed["name"]["value"], signed["date"]["printed"]) == ("/s/ Jane Doe, Vice President", "07/01/2021")


# Signatures


def signatures(*contents: Content, issues: list[Issue] | None = None) -> list[dict[str, Any]]:
    lines = lines_in(pieces(*contents))
    return [dict(each) for each in read_signatures(lines, captions(), [] if issues is None else issues)]


FOOT = line("** Signature of Reporting Person", "Date")


def test_a_signature_is_a_name_and_beside_it_a_date() -> None:
    issues: list[Issue] = []
    (found,) = signatures(line("/s/ Jane Doe", "07/01/2021"), FOOT, issues=issues)
    assert (found["name"]["value"], found["date"]["value"]) == ("/s/ Jane Doe", date(2021, 7, 1))
    assert issues == []


def test_a_signature_in_several_cells() -> None:
    (found,) = signatures(grid(("/s/ Jane Doe,", "by proxy", "7/1/2021")), FOOT)
    assert (found["name"]["value"], found["date"]["value"]) == ("/s/ Jane Doe, by proxy", date(2021, 7, 1))


def test_every_owner_may_sign() -> None:
    found = signatures(line("/s/ Jane", "07/01/2021"), FOOT, line("/s/ John", "07/02/2021"), FOOT)
    assert [each["name"]["value"] for each in found] == ["/s/ Jane", "/s/ John"]


def test_a_name_may_go_on_below_its_date() -> None:
    issues: list[Issue] = []
    (found,) = signatures(line("/s/ Jane Doe, as", "07/01/2021"), "attorney-in-fact", FOOT, issues=issues)
    assert (found["name"]["value"], found["date"]["value"]) == ("/s/ Jane Doe, as attorney-in-fact", date(2021, 7, 1))
    assert issues == []


def test_a_name_may_begin_above_its_date() -> None:
    (found,) = signatures("Fable Fund, LP,", line("By: /s/ Jane Doe", "07/01/2021"), FOOT)
    assert found["name"]["value"] == "Fable Fund, LP, By: /s/ Jane Doe"


def test_each_caption_ends_a_signature() -> None:
    fund = ("Fable Fund, LP,", line("/s/ Jane Doe", "07/01/2021"), FOOT)
    found = signatures(*fund, line("/s/ John Roe, as", "07/02/2021"), "trustee", FOOT)
    assert [each["name"]["value"] for each in found] == ["Fable Fund, LP, /s/ Jane Doe", "/s/ John Roe, as trustee"]


def test_among_several_signatures_a_line_without_a_date_belongs_to_none() -> None:
    issues: list[Issue] = []
    found = signatures(line("/s/ Jane", "07/01/2021"), "trustee", line("/s/ John", "07/02/2021"), FOOT, issues=issues)
    assert [each["name"]["value"] for each in found] == ["/s/ Jane", "/s/ John"]
    assert doubts(issues) == [("text-unplaced", "signatures")]


def test_text_without_a_date_is_in_doubt() -> None:
    issues: list[Issue] = []
    assert signatures("/s/ Jane Doe", FOOT, issues=issues) == []
    assert doubts(issues) == [("text-unplaced", "signatures")]


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (line("/s/ Jane", "07/01/2021"), True),
        (line("/s/ Jane", "2/30/2021"), False),
        (line("/s/ Jane", "yesterday"), False),
        (line("07/01/2021"), False),
        (line("/s/ Jane 07/01/2021"), False),
    ],
)
def test_only_text_beside_a_date_is_a_signature(content: Content, answer: bool) -> None:
    assert is_signature(pieces(content)) is answer


# Typed remarks

FULL = segment(run("(1) A note that fills its line"), run("Remarks: none", Join.WRAP_SPACE))


def test_remarks_typed_below_a_full_line_are_remarks_on_the_paper_form() -> None:
    page = stream("Explanation of Responses:", FULL)
    found = Sections(page, captions(PAPER), 0).parts
    assert {name: text_of(part) for name, part in found.items()} == {
        "explanation": "(1) A note that fills its line",
        "remarks": "none",
    }


def test_elsewhere_the_word_at_the_beginning_of_a_wrapped_line_is_text() -> None:
    found = Sections(stream("Explanation of Responses:", FULL), captions(), 0).parts
    assert found.keys() == {"explanation"}


def test_the_word_inside_a_line_is_text_on_the_paper_form_too() -> None:
    inside = segment(run("(1) A note"), run("Remarks: none"))
    assert Sections(stream("Explanation of Responses:", inside), captions(PAPER), 0).parts.keys() == {"explanation"}


def test_a_note_whose_number_may_stand_beside_its_middle_is_in_doubt() -> None:
    def told(*contents: Content) -> list[tuple[str, str]]:
        issues: list[Issue] = []
        footnotes(*contents, issues=issues)
        return doubts(issues)

    first = line(segment("(1)"), segment("Sold under a plan."))
    second = line(segment("(2)"), segment("a trust of the family."))
    assert told(first, "Held by an uncle and", second) == [("uncertain-join", "footnotes[1]")]
    assert told(first, "And so on.", line(segment("(2)"), segment("Held."))) == []
    assert told(first, second) == []


def test_a_signature_with_a_caption_in_it_is_in_doubt() -> None:
    issues: list[Issue] = []
    fused = line(segment("/s/ Jane Doe ** Signature of Reporting Person"), segment("2/8/2024"))
    signatures(fused, line(segment("Date"), segment("")), issues=issues)
    assert ("text-unplaced", "signatures[0].name") in doubts(issues)
    for name, told in (("/s/ Jane Doe ** Signature of Rep", True), ("/s/ Jane Signaturo", False)):
        issues = []
        signatures(line(segment(name), segment("2/8/2024")), FOOT, issues=issues)
        assert (("text-unplaced", "signatures[0].name") in doubts(issues)) is told
