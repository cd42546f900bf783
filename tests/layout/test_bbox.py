"""Boxes: their sides, and the box around several."""

from __future__ import annotations

import pytest

from extractor.layout.bbox import BBox, union


def test_width_and_height_are_the_sides_in_points() -> None:
    box = BBox(10.0, 20.0, 25.5, 22.0)
    assert (box.width, box.height) == (15.5, 2.0)


def test_the_union_is_the_smallest_box_around_all() -> None:
    assert union([BBox(5, 9, 7, 10), BBox(1, 12, 6, 15), BBox(2, 8, 3, 9)]) == BBox(1, 8, 7, 15)


def test_the_union_of_one_box_is_that_box() -> None:
    assert union(iter([BBox(1, 2, 3, 4)])) == BBox(1, 2, 3, 4)


def test_no_boxes_have_no_union() -> None:
    with pytest.raises(ValueError, match="unpack"):
        union([])
