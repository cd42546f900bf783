from __future__ import annotations

from extractor.layout import Grid, HtmlLocation, Join, Line, Run, Segment, Style, Tick
from extractor.readers.html.flow import Flow
from extractor.readers.html.styles import Computed, Styles

STYLES = Styles((".big{font-size:13px}.small{font-size:10px}.near{font-size:16px}.pre{white-space:pre}",))
PLAIN = STYLES.child(STYLES.root, "p", {})
BOLD = STYLES.child(STYLES.root, "b", {})
HERE, THERE = HtmlLocation("/p[1]"), HtmlLocation("/p[1]/b[1]")


def classed(name: str) -> Computed:
    return STYLES.child(STYLES.root, "span", {"class": name})


def lines(flow: Flow) -> list[tuple[Run | Tick, ...]]:
    flow.break_line()
    return [block.segments[0].parts for block in flow.blocks if isinstance(block, Line)]


def joins(flow: Flow) -> list[tuple[str, str]]:
    (parts,) = lines(flow)
    return [(part.text, part.join.value) if isinstance(part, Run) else ("", part.state) for part in parts]


def test_white_space_is_folded() -> None:
    flow = Flow()
    flow.text("\n  (Month/Day/\n Year)\xa0 \t", PLAIN, HERE, "")
    assert lines(flow) == [(Run("(Month/Day/ Year)", Style(serif=True), HERE, Join.SPACE),)]


def test_joins() -> None:
    flow = Flow()
    flow.text("$", PLAIN, HERE, "")
    flow.text("10", BOLD, THERE, "")
    flow.text(" a ", PLAIN, HtmlLocation("1"), "")
    flow.text("b", BOLD, HtmlLocation("2"), "")
    flow.space()
    flow.text("c", PLAIN, HtmlLocation("3"), "")
    assert joins(flow) == [("$", "space"), ("10", "none"), ("a", "space"), ("b", "space"), ("c", "space")]


def test_text_of_one_element_in_pieces_is_one_run() -> None:
    flow = Flow()
    flow.text("24,", PLAIN, HERE, "")
    flow.text("317 ", PLAIN, HERE, "")
    flow.text("shares", PLAIN, HERE, "")
    assert joins(flow) == [("24,317 shares", "space")]


def test_text_around_an_inner_element_is_two_runs() -> None:
    flow = Flow()
    flow.text("(", PLAIN, HERE, "")
    flow.text("e.g.", BOLD, THERE, "")
    flow.text(", puts)", PLAIN, HERE, "")
    assert joins(flow) == [("(", "space"), ("e.g.", "none"), (", puts)", "none")]


def test_lines_without_text_are_none() -> None:
    flow = Flow()
    flow.break_line()
    flow.text(" \xa0 ", PLAIN, HERE, "")
    flow.break_line()
    assert flow.blocks == []


def test_space_before_a_break_does_not_reach_the_next_line() -> None:
    flow = Flow()
    flow.text("a ", PLAIN, HERE, "")
    flow.break_line()
    flow.text("b", BOLD, THERE, "")
    flow.text("c", PLAIN, HERE, "")
    assert [[part.text for part in parts if isinstance(part, Run)] for parts in lines(flow)] == [["a"], ["b", "c"]]
    last = flow.blocks[-1]
    assert isinstance(last, Line)
    assert last.text == "bc"


def test_glyphs_become_ticks_and_part_the_text() -> None:
    flow = Flow()
    flow.text("a☒Director ☐ 10% Owner☑", PLAIN, HERE, "")
    assert joins(flow) == [
        *(("a", "space"), ("", "ticked"), ("Director", "space"), ("", "empty"), ("10% Owner", "space"), ("", "ticked")),
    ]
    assert lines(flow)[0][1] == Tick("ticked", HERE)


def test_a_letter_x_stays_text() -> None:
    flow = Flow()
    flow.text("X", PLAIN, HERE, "")
    assert joins(flow) == [("X", "space")]


def test_letters_of_a_symbol_font_are_ticks() -> None:
    flow = Flow()
    flow.text("x", STYLES.child(STYLES.root, "font", {"face": "Wingdings"}), HERE, "")
    flow.text("Yes", PLAIN, THERE, "")
    assert joins(flow) == [("", "ticked"), ("Yes", "space")]


def test_characters_that_draw_nothing_are_dropped() -> None:
    flow = Flow()
    flow.text("\u200bA\u00adB\x01 \ufeff C", PLAIN, HERE, "")
    flow.break_line()
    flow.text("\u200b", PLAIN, HERE, "")
    assert joins(flow) == [("AB C", "space")]


def test_kept_line_breaks() -> None:
    flow = Flow()
    flow.text("a  b\n\n c\n", classed("pre"), HERE, "")
    flow.text("d", PLAIN, THERE, "")
    assert [joined.text for joined in (Segment(parts) for parts in lines(flow))] == ["a b", "c", "d"]


def test_runs_clearly_smaller_than_their_line_are_small() -> None:
    flow = Flow()
    flow.text("78,667", classed("big"), HERE, "")
    flow.text("(1)", classed("small"), THERE, "")
    assert [part.style.small for part in lines(flow)[0] if isinstance(part, Run)] == [False, True]


def test_runs_alike_or_a_little_smaller_are_not_small() -> None:
    for name, other in (("small", "small"), ("near", "big")):
        flow = Flow()
        flow.text("a", classed(name), HERE, "")
        flow.text("b", classed(other), THERE, "")
        assert [part.style.small for part in lines(flow)[0] if isinstance(part, Run)] == [False, False]


def test_links_and_grids() -> None:
    flow = Flow()
    flow.text("Name", PLAIN, HERE, "?CIK=1")
    flow.grid(Grid(()))
    flow.text("b", PLAIN, HERE, "")
    flow.break_line()
    assert [type(block) for block in flow.blocks] == [Line, Grid, Line]
    first = flow.blocks[0]
    assert isinstance(first, Line)
    assert first.runs[0].link == "?CIK=1"
