"""Leftover text: what was neither read nor is a caption or the form's own furniture is a doubt."""

from __future__ import annotations

from extractor.fitting.leftover import cut_off, leftover_text, mixed_inks, places_in, uncertain_joins
from extractor.fitting.stream import Stream, pieces_of
from extractor.issues import Code, Issue
from extractor.layout import Join, Run, Style
from tests.fitting.made import PAPER, SEC, captions
from tests.made import Content, layout, line, placed, printed, run, segment


def lines_left(*contents: Content) -> int:
    page = Stream(pieces_of(placed(layout(*contents)).blocks))
    return len(list(leftover_text(page, 0, len(page.text), {}, captions())))


def left(*contents: Content, read: tuple[Run, ...] = (), start: int = 0) -> list[str]:
    """The places of the runs that are left over; those of `read` were read."""
    page = Stream(pieces_of(placed(layout(*contents)).blocks))
    tree = {"name": {"value": "x", "at": tuple(each.at for each in read)}}
    found: list[Issue] = list(leftover_text(page, start, len(page.text), tree, captions()))
    assert {issue.code for issue in found} <= {Code.TEXT_UNPLACED}
    return [place.as_dict()["path"] for issue in found for place in issue.at]


def test_text_that_belongs_to_nothing_is_in_doubt() -> None:
    assert left("Common Stock", "1,057") == ["/1", "/2"]


def test_the_doubt_quotes_the_text() -> None:
    page = Stream(pieces_of(layout("x" * 100).blocks))
    (issue,) = leftover_text(page, 0, 100, {}, captions())
    assert issue.message == f"{'x' * 60!r} belongs to no item"


def test_the_runs_of_a_line_are_one_doubt() -> None:
    assert lines_left(line("Common", "Stock"), line("1,057")) == 2


def test_text_that_was_read_is_none() -> None:
    assert left("Doe Jane", "Common Stock", read=(run("Doe Jane", at="/1"),)) == ["/2"]


def test_captions_are_none() -> None:
    assert left("1. Name and Address of Reporting Person*", "(Last)", "Code", "V", "Remarks:", "(Instr. 8)") == []


def test_pieces_of_captions_are_none() -> None:
    assert (
        left("5. Amount of Securities Beneficially", "Owned Following Reported Transac", "tion(s) (Instr. 3 and 4)")
        == []
    )


def test_captions_that_a_print_joined_are_none() -> None:
    assert left("DirectorOfficer (give title below)", "(Last) (First) (Middle)") == []


def test_a_caption_with_text_behind_it_is_in_doubt() -> None:
    assert left("Director Doe") == ["/1"]


def test_two_characters_of_a_caption_do_not_excuse_a_text() -> None:
    assert left("(Last) xy") == ["/1"]


def test_check_lines_brackets_and_numbers_of_notes_are_none() -> None:
    assert left("_____", "[ ]", "|", "1.", "(12)", "-") == []


def test_numbers_are_in_doubt() -> None:
    assert left("1,057", "100.", "$5") == ["/1", "/2", "/3"]


def test_a_number_of_one_digit_is_in_doubt() -> None:
    assert left("5") == ["/1"]


def test_text_above_the_start_is_none_of_ours() -> None:
    assert left("Menu", line(segment("Doe", run("Jane", Join.NONE))), start=len("menu")) == ["/2", "/3"]


def test_places_are_those_of_readings_at_any_depth() -> None:
    deep = {"at": ("b",), "value": 1}
    tree = {
        "owners": [{"name": {"at": ("a",), "value": "x"}, "address": {"city": deep}}],
        "form": "4",
        "amendment": True,
    }
    assert list(places_in(tree)) == ["a", "b"]


def test_a_break_that_may_stand_for_a_space_puts_its_value_in_doubt() -> None:
    broken = run("NOLOGY", Join.WRAP_UNSURE, at="/b")
    page = Stream(pieces_of(layout(line(segment(run("TECH", at="/a"), broken))).blocks))
    tree = {"remarks": {"printed": "TECHNOLOGY", "at": (broken.at,)}, "footnotes": [{"at": ()}]}
    assert [(issue.code, issue.path) for issue in uncertain_joins(page, tree, frozenset())] == [
        (Code.UNCERTAIN_JOIN, "remarks")
    ]


def test_a_break_that_is_certain_is_no_doubt() -> None:
    wrapped = run("STOCK", Join.WRAP_SPACE, at="/b")
    page = Stream(pieces_of(layout(line(segment(run("COMMON", at="/a"), wrapped))).blocks))
    assert list(uncertain_joins(page, {"remarks": {"printed": "COMMON STOCK", "at": (wrapped.at,)}}, frozenset())) == []


def test_the_number_and_the_expiry_of_a_paper_form_are_none() -> None:
    assert left("SEC 1474 (03-26)", "SEC 2770T (03-26)", "Approval expires August 31, 2026") == []


def test_an_approval_of_something_else_is_in_doubt() -> None:
    assert left("Approval expires soon", "SEC 1474 filed") == ["/1", "/2"]


def test_furniture_of_the_paper_form_is_none_there_only() -> None:
    page = Stream(pieces_of(layout("(Print or Type Responses)", "FORM 4 (continued)").blocks))
    doubts = [len(list(leftover_text(page, 0, len(page.text), {}, captions(of)))) for of in (PAPER, SEC)]
    assert doubts == [0, 2]


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
