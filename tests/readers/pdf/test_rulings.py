from __future__ import annotations

from extractor.readers.pdf.ink import Shape
from extractor.readers.pdf.rulings import Ruling, Rulings, extent, groups_of, rulings_of, without_underlines
from tests.readers.pdf.drawn import word


def test_double_border_is_one_ruling() -> None:
    found = rulings_of([Shape(0, 10, 100, 10.6), Shape(1.6, 11.6, 98, 12.2)], 800)
    assert found.vertical == []
    assert [(round(each.at, 1), each.start, each.end) for each in found.horizontal] == [(11.1, 0, 100)]


def test_pieces_of_one_border_are_joined_and_far_ones_are_not() -> None:
    found = rulings_of([Shape(0, 10, 50, 10.5), Shape(52, 10, 90, 10.5), Shape(120, 10, 150, 10.5)], 800)
    assert [(each.start, each.end) for each in found.horizontal] == [(0, 90), (120, 150)]


def test_corner_pieces_are_no_rulings() -> None:
    assert rulings_of([Shape(10, 10, 10.5, 10.5)], 800) == Rulings([], [])


def test_what_lies_off_the_page_is_cut_off() -> None:
    found = rulings_of([Shape(10, -250, 10.6, 30), Shape(10, -250, 90, -249.4)], 800)
    assert found == Rulings([], [Ruling(10.3, 0.0, 30)])


def test_underline_is_no_ruling_but_a_border_under_text_is() -> None:
    mark = word("(1)", 20, 50, 6)
    underline, border = Shape(20, 50.6, 29, 51.1), Shape(10, 51, 60, 51.5)
    assert without_underlines([underline, border], [mark]) == [border]


def test_rulings_that_touch_are_one_group_and_an_hr_is_left_over() -> None:
    box = [Shape(0, 0, 100, 0.5), Shape(0, 50, 100, 50.5), Shape(0, 0, 0.5, 50), Shape(99.5, 0, 100, 50)]
    rule_inside = Shape(3.2, 25, 96.5, 25.5)
    groups, loose = groups_of(rulings_of([*box, rule_inside], 800))
    assert len(groups) == 1
    assert extent(groups[0]) == (0, 0, 100, 50.25)
    assert [each.at for each in loose] == [25.25]


def dots(x0: float, top: float, across: int, down: int) -> list[Shape]:
    """Dots of a dotted border, 1.2 points apart, to the right or down."""
    return [
        Shape(x0 + 1.2 * col, top + 1.2 * row, x0 + 1.2 * col + 0.6, top + 1.2 * row + 0.6)
        for col in range(across)
        for row in range(down)
    ]


def test_dots_in_one_line_are_a_ruling() -> None:
    found = rulings_of([*dots(10, 10, 50, 1), *dots(10, 10, 1, 20), *dots(100, 10, 1, 20)], 800)
    assert [(round(each.at, 1), each.start, round(each.end, 1)) for each in found.horizontal] == [(10.3, 10, 69.4)]
    assert [(round(each.at, 1), round(each.end, 1)) for each in found.vertical] == [(10.3, 33.4), (100.3, 33.4)]


def test_few_dots_and_dots_far_apart_are_no_ruling() -> None:
    far = [Shape(20.0 * number, 10, 20.0 * number + 0.6, 10.6) for number in range(30)]
    assert rulings_of([*far, *dots(10, 40, 5, 1)], 800) == Rulings([], [])
