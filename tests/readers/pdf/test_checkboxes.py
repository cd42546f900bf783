from __future__ import annotations

from extractor.readers.pdf.checkboxes import picture_boxes, ruled_boxes, state_of
from extractor.readers.pdf.ink import Picture
from extractor.readers.pdf.rulings import Ruling, Rulings
from tests.readers.pdf.drawn import word

BORDER, SHADE, MARK = 140, 220, 50


def square(x0: float, top: float, side: float) -> Rulings:
    x1, bottom = x0 + side, top + side
    return Rulings([Ruling(top, x0, x1), Ruling(bottom, x0, x1)], [Ruling(x0, top, bottom), Ruling(x1, top, bottom)])


def picture(marks: int) -> Picture:
    """A check box of 15 × 15 pixels with `marks` dark ones inside."""
    rows = [[BORDER if 0 in (row, col) or 14 in (row, col) else SHADE for col in range(15)] for row in range(15)]
    for number in range(marks):
        rows[5 + number // 5][5 + number % 5] = MARK
    return Picture(0, 0, 10, 10, 15, bytes(value for row in rows for value in row))


def test_small_box_is_a_tick_by_what_stands_inside() -> None:
    cross = word("X", 22, 29, 8)
    tables, boxes, rest = ruled_boxes([square(0, 20, 12), square(20, 20, 12)], [cross], 1)
    assert tables == []
    assert [each.tick for each in boxes] == ["empty", "ticked"]
    assert rest == []


def test_large_box_is_a_table_and_a_frame_around_a_number_is_no_tick() -> None:
    number = word("12", 21, 29, 8)
    tables, boxes, rest = ruled_boxes([square(0, 20, 60), square(20, 20, 12)], [number], 1)
    assert (len(tables), boxes, rest) == (1, [], [number])


def test_box_stands_in_the_line_of_the_text_beside_it() -> None:
    box = ruled_boxes([square(0, 20, 10)], [], 1)[1][0]
    assert (box.top, box.bottom) == (20, 30)


def test_picture_is_ticked_by_dark_pixels_inside_its_border() -> None:
    assert [state_of(picture(marks)) for marks in (0, 10)] == ["empty", "ticked"]


def test_picture_that_cannot_be_judged_is_unclear() -> None:
    filled = Picture(0, 0, 10, 10, 15, bytes([20] * 225))
    assert [state_of(filled), state_of(Picture(0, 0, 10, 10, 0, b""))] == ["unclear", "unclear"]
    assert [each.tick for each in picture_boxes([filled], 1)] == ["unclear"]
