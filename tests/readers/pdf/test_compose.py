from __future__ import annotations

from extractor.layout import BBox, Join, PdfLocation, Run, Style, Tick
from extractor.readers.pdf.compose import segment_of
from extractor.readers.pdf.lines import Strip
from extractor.readers.pdf.wraps import Paragraph
from tests.readers.pdf.drawn import strip, word

BOLD = Style(bold=True)
MARK = Style(raised=True, small=True)


def test_words_of_one_style_are_one_run() -> None:
    segment = segment_of(Paragraph([strip("Common Stock")], []))
    assert [run.text for run in segment.runs] == ["Common Stock"]


def test_style_and_glue_make_runs_and_joins() -> None:
    price = Strip(
        [word("$", 0, 10), word("10", 5, 10, style=BOLD, glued=True), word("(1)", 15, 7, 6, style=MARK, glued=True)]
    )
    segment = segment_of(Paragraph([price], []))
    assert [(run.text, run.join) for run in segment.runs] == [("$", Join.SPACE), ("10", Join.NONE), ("(1)", Join.NONE)]
    assert segment.text == "$10(1)"


def test_wrapped_line_is_one_segment_that_tells_its_joins() -> None:
    segment = segment_of(Paragraph([strip("By Estate"), strip("Planning", y=21.5)], [Join.WRAP_SPACE]))
    assert [(run.text, run.join) for run in segment.runs] == [("By Estate", Join.SPACE), ("Planning", Join.WRAP_SPACE)]
    assert segment.text == "By Estate Planning"


def test_run_knows_where_it_stands() -> None:
    (run,) = segment_of(Paragraph([strip("Doe", 20, 50)], [])).runs
    assert run.at == PdfLocation(1, BBox(20, 50 - 7.2, 35, 52))


def test_word_moved_below_a_page_break_keeps_its_place() -> None:
    moved = Strip([word("Trust", 20, 50)._replace(line=820, page=2)])
    (run,) = segment_of(Paragraph([moved], [])).runs
    assert isinstance(run.at, PdfLocation)
    assert (run.at.page, run.at.bbox.bottom) == (2, 52)


def test_check_box_is_a_tick_part() -> None:
    line = Strip([word("", 0, 10, tick="ticked"), word("Check", 10, 10)])
    tick, run = segment_of(Paragraph([line], [])).parts
    assert isinstance(tick, Tick)
    assert (tick.state, run.text if isinstance(run, Run) else "") == ("ticked", "Check")


def test_linked_words_are_a_run_of_their_own() -> None:
    line = Strip([word("Doe", 0, 10, link="a?CIK=1"), word("Jane", 20, 10)])
    assert [(run.text, run.link) for run in segment_of(Paragraph([line], [])).runs] == [
        ("Doe", "a?CIK=1"),
        ("Jane", ""),
    ]
