from __future__ import annotations

from extractor.readers.pdf.lines import Strip, printed_lines, strips_of
from tests.readers.pdf.drawn import lines, word, words


def texts(rows: list[list[Strip]]) -> list[list[str]]:
    return [[" ".join(each.text for each in strip.words) for strip in row] for row in rows]


def test_words_of_slightly_different_baselines_are_one_line() -> None:
    assert len(printed_lines([word("X", 0, 10.5), word("Director", 30, 10)])) == 1


def test_neighbour_centred_between_two_lines_is_a_line_of_its_own() -> None:
    assert len(printed_lines([*lines("MENLO", "PARK"), word("CA", 60, 15.8)])) == 3


def test_wide_gap_parts_a_line() -> None:
    assert texts(strips_of([*words("(City)", 0, 10), *words("(State)", 60, 10)])) == [["(City)", "(State)"]]


def test_word_spaces_do_not_part_a_line() -> None:
    assert texts(strips_of(words("2155 DELAWARE AVENUE", 0, 10))) == [["2155 DELAWARE AVENUE"]]


def test_narrow_gap_parts_columns_that_begin_at_one_place() -> None:
    captions = [*words("(City)", 0, 30), *words("(State)", 40, 30, order=5)]
    city = [*words("MENLOPA", 0, 10, order=10), word("CA", 40, 10, order=12, jumped=True)]
    assert texts(strips_of([*captions, *city])) == [["MENLOPA", "CA"], ["(City)", "(State)"]]


def test_narrow_gap_with_a_drawn_space_parts_nothing() -> None:
    captions = [*words("(City)", 0, 30), *words("(State)", 40, 30, order=5)]
    city = [*words("MENLOPA", 0, 10, order=10), word("CA", 40, 10, order=12)]
    assert texts(strips_of([*captions, *city]))[0] == ["MENLOPA CA"]


def test_drawn_check_box_is_parted_from_its_text() -> None:
    box = word("", 0, 10, tick="empty", x1=8.0)._replace(xs=())
    assert [len(row) for row in strips_of([box, *words("Check this box", 10, 10)])] == [2]


def test_neighbours_from_far_apart_in_the_file_are_glued_if_they_touch() -> None:
    first, second = word("C", 0, 10, order=1), word("ode", 5.2, 10, order=40)
    assert [each.glued for each in printed_lines([first, second])[0]] == [False, True]


def test_spaces_of_justified_text_part_nothing_but_jumps_of_the_pen_do() -> None:
    line = [word("Class", 0, 10), word("B", 60, 10, order=1)]
    assert texts(strips_of(line)) == [["Class", "B"]]
    assert texts(strips_of(line, justified=True)) == [["Class B"]]
    assert texts(strips_of([line[0], line[1]._replace(jumped=True)], justified=True)) == [["Class", "B"]]
