"""Streams: captions found over lines, runs and broken words; what stands between two offsets, cut out."""

from __future__ import annotations

import pytest

from extractor.fitting.stream import Stream, lines_in, pieces_of, runs_of_pieces, text_of
from extractor.layout import Block, Join, Line, Segment
from tests.made import grid, line, marked, run, segment, stack, stream, tick


def slots_of(*blocks: Block) -> list[tuple[str, int, int]]:
    """Text, line and column of every piece."""
    return [(each.text, each.line, each.col) for each in pieces_of(blocks)]


# Pieces


def test_segments_of_a_line_share_its_number_and_stand_in_no_slot() -> None:
    assert slots_of(line("a", "b"), line("c")) == [("a", 1, -1), ("b", 1, -1), ("c", 2, -1)]


def test_a_row_of_a_grid_is_one_line_its_slots_the_columns() -> None:
    assert slots_of(line("x"), grid(("a", "", "b"), ("c", "", "")), line("y")) == [
        ("x", 1, -1),
        ("a", 2, 0),
        ("b", 2, 2),
        ("c", 3, 0),
        ("y", 4, -1),
    ]


def test_a_taller_neighbour_pushes_the_next_row_down() -> None:
    table = grid((stack("a", "b", "c"), "d"), ("e", "f"))
    assert [(text, number) for text, number, _ in slots_of(table)] == [
        ("a", 1),
        ("b", 2),
        ("c", 3),
        ("d", 1),
        ("e", 4),
        ("f", 4),
    ]


def test_the_slot_is_that_of_the_innermost_grid() -> None:
    assert slots_of(grid(("a", grid(("b", "c"), ("d", "e"))))) == [
        ("a", 1, 0),
        ("b", 1, 0),
        ("c", 1, 1),
        ("d", 2, 0),
        ("e", 2, 1),
    ]


def test_segments_of_a_cell_s_line_count_columns_from_the_cell_s() -> None:
    assert slots_of(grid(("a", line("b", "c")))) == [("a", 1, 0), ("b", 1, 1), ("c", 1, 2)]


def test_a_piece_below_an_empty_row_of_its_grid_is_told() -> None:
    table = grid(("a", ""), ("", ""), ("b", "c"), ("d", ""))
    assert [each.text for each in pieces_of((line("x"), table)) if each.below_blank] == ["b", "c"]


# Finding


def test_a_caption_is_found_over_broken_words_and_lines() -> None:
    page = stream("3. Date of Earliest Transac", "tion (Month/Day/Ye ar)", "06/29/2021")
    assert page.find(("3.dateofearliesttransaction",)) == (0, 27)


def test_a_caption_is_found_over_styles() -> None:
    page = stream(segment("2. Issuer Name", run("and"), run("Ticker", Join.SPACE)))
    assert page.find(("nameandticker",)) == (8, 21)


def test_the_longest_wording_at_the_first_place_is_found() -> None:
    page = stream("4. Original Date Filed, 4. Original")
    assert page.find(("4.original", "4.originaldate")) == (0, 14)
    assert page.find(("filed", "4.original")) == (0, 10)


def test_a_caption_is_found_only_between_the_bounds() -> None:
    page = stream("Code V Code")
    assert page.find(("code",), 1) == (5, 9)
    assert page.find(("code",), 1, 8) is None
    assert page.find(("code",), 1, 9) == (5, 9)


def test_what_is_not_there_is_not_found() -> None:
    assert stream("Code").find(("price",)) is None
    assert stream("Code").find(()) is None


def test_all_places_are_found_in_order_none_overlapping() -> None:
    assert stream("aa", "ab", "aa").find_all(("aa", "b")) == [(0, 2), (3, 4), (4, 6)]
    assert stream("aaa").find_all(("aa",)) == [(0, 2)]


def test_offsets_that_begin_a_piece() -> None:
    page = stream("Remarks:", "none", line("a", "b"))
    assert [offset for offset in range(len(page.text) + 1) if page.begins_piece(offset)] == [0, 8, 12, 13]


def test_an_empty_stream_begins_no_piece() -> None:
    assert not Stream(()).begins_piece(0)


def test_the_piece_at_an_offset() -> None:
    page = stream(line(tick(), "Director", "Other"))
    assert page.piece_at(0).text == "Director"
    assert page.piece_at(7).text == "Director"
    assert page.piece_at(8).text == "Other"


@pytest.mark.parametrize("offset", [-1, 4])
def test_outside_the_text_there_is_no_piece(offset: int) -> None:
    with pytest.raises(IndexError):
        stream("Code").piece_at(offset)


# Cutting


def test_what_stands_between_two_captions_is_cut_out() -> None:
    page = stream("1. Name", "DOE JANE", "2. Issuer", "Fable Inc.")
    start, end = len("1.name"), len("1.namedoejane")
    assert text_of(page.cut(start, end)) == "DOE JANE"
    assert text_of(page.cut(end)) == "2. Issuer Fable Inc."


def test_a_run_is_cut_in_its_middle() -> None:
    page = stream("2. Issuer Name Fable Inc. [ FBL ]")
    (piece,) = page.cut(len("2.issuername"), len("2.issuernamefableinc."))
    assert [each.text for each in piece.runs] == ["Fable Inc."]


def test_a_cut_run_keeps_its_place_style_and_link() -> None:
    (piece,) = stream(segment(run("Name: DOE JANE", link="?CIK=1", at="/a[1]"))).cut(5)
    assert piece.runs == (run("DOE JANE", link="?CIK=1", at="/a[1]"),)


def test_a_cut_piece_keeps_its_line_and_slot() -> None:
    page = stream(grid(("", "Name: DOE")))
    (piece,) = page.cut(5)
    assert (piece.line, piece.col) == (1, 1)


def test_the_caption_s_asterisk_goes_with_the_caption() -> None:
    page = stream("1. Reporting Person* DOE JANE")
    assert text_of(page.cut(len("1.reportingperson"))) == "DOE JANE"


def test_blanks_and_asterisks_inside_the_cut_stay() -> None:
    page = stream("Remarks: paid ** in [ full ] now")
    assert text_of(page.cut(len("remarks:"), len("remarks:paidin[full]"))) == "paid ** in [ full ]"


@pytest.mark.parametrize("place", [4, 8])
def test_a_tick_at_either_end_of_the_cut_belongs_to_it(place: int) -> None:
    page = stream(segment("abcd", tick() if place == 4 else "", "efgh", tick() if place == 8 else "", "ijkl"))
    (piece,) = page.cut(4, 8)
    assert [part for part in piece.segment.parts if part == tick()] == [tick()]


def test_a_tick_outside_the_cut_does_not_belong_to_it() -> None:
    page = stream(segment("abcd", tick(), "efgh"))
    assert all(tick() not in piece.segment.parts for piece in (*page.cut(0, 3), *page.cut(5)))


def test_a_tick_behind_the_last_character_is_cut_with_it() -> None:
    page = stream(segment("Director", tick()))
    assert page.cut(0)[0].segment.parts == (run("Director"), tick())


def test_nothing_is_cut_from_an_empty_range() -> None:
    assert stream("Code").cut(2, 2) == ()


def test_an_asterisk_at_the_end_of_a_cut_run_stays() -> None:
    assert text_of(stream("1. Sold under a plan.**").cut(2)) == "Sold under a plan.**"


def test_an_asterisk_in_a_run_of_its_own_stays() -> None:
    page = stream("Remarks:", segment("one", run("*", Join.NONE), "two"))
    assert text_of(page.cut(len("remarks:"))) == "one* two"


# Readings of pieces


def test_pieces_are_joined_by_spaces_and_those_without_text_passed_over() -> None:
    pieces = pieces_of((line("a", tick(), "b"), Line((marked("c", "(1)"),))))
    assert text_of(pieces) == "a b c(1)"
    assert [each.text for each in runs_of_pieces(pieces)] == ["a", "b", "c", "(1)"]


def test_pieces_are_grouped_by_the_line_they_stand_on() -> None:
    pieces = pieces_of((grid((stack("a", "b"), "c")),))
    assert [[each.text for each in row] for row in lines_in(pieces)] == [["a", "c"], ["b"]]


def test_a_stream_of_pieces_without_runs_has_no_text() -> None:
    assert Stream(pieces_of((Line((Segment((tick(),)),)),))).text == ""
