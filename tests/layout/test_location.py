"""Locations: what JSON keeps of them, and back."""

from __future__ import annotations

import pytest

from extractor.layout.bbox import BBox
from extractor.layout.location import (
    HtmlLocation,
    PdfLocation,
    indent,
    location_from_dict,
    space_between,
    stands_before,
)


def test_a_place_on_a_page_is_written_to_a_hundredth_of_a_point() -> None:
    place = PdfLocation(2, BBox(1.006, 2.0, 3.333, 4.5))
    assert place.as_dict() == {"page": 2, "bbox": [1.01, 2.0, 3.33, 4.5]}


def test_an_element_is_written_by_its_path() -> None:
    assert HtmlLocation("/html[1]/body[1]").as_dict() == {"path": "/html[1]/body[1]"}


@pytest.mark.parametrize("place", [PdfLocation(1, BBox(1.5, 2.0, 3.0, 4.0)), HtmlLocation("/html[1]/table[2]")])
def test_what_was_written_is_read_back(place: PdfLocation | HtmlLocation) -> None:
    assert location_from_dict(place.as_dict()) == place


def test_a_mapping_that_is_no_location_is_refused() -> None:
    with pytest.raises(KeyError):
        location_from_dict({"sheet": 1})
    with pytest.raises(KeyError):
        location_from_dict({"page": 1})
    with pytest.raises(TypeError):
        location_from_dict({"page": 1, "bbox": [1, 2, 3]})


def test_space_counts_in_heights_of_what_stands_below() -> None:
    upper, lower = PdfLocation(1, BBox(0, 0, 9, 10)), PdfLocation(1, BBox(0, 14, 9, 22))
    assert space_between(upper, lower) == 0.5


@pytest.mark.parametrize(
    "lower", [PdfLocation(2, BBox(0, 14, 9, 22)), PdfLocation(1, BBox(0, 14, 9, 14)), HtmlLocation("/html[1]")]
)
def test_space_is_unknown_over_a_page_break_to_a_flat_box_and_in_html(lower: PdfLocation | HtmlLocation) -> None:
    assert space_between(PdfLocation(1, BBox(0, 0, 9, 10)), lower) is None


LABEL = PdfLocation(1, BBox(50, 100, 90, 108))


def box(x0: float, top: float, page: int = 1) -> PdfLocation:
    """A check box eight points wide and high."""
    return PdfLocation(page, BBox(x0, top, x0 + 8, top + 8))


def test_a_box_beside_a_label_stands_so_many_lines_below_its_head() -> None:
    assert stands_before(box(36, 100), [LABEL]) == 0.5
    assert stands_before(box(36, 132), [LABEL]) == 4.5


@pytest.mark.parametrize(
    "place",
    [box(60, 100), box(5, 100), box(36, 88), box(36, 100, page=2), HtmlLocation("/html[1]")],
    ids=["inside", "far", "above", "other-page", "html"],
)
def test_a_box_elsewhere_stands_before_no_label(place: PdfLocation | HtmlLocation) -> None:
    assert stands_before(place, [LABEL]) is None


def test_an_indent_counts_in_heights_and_over_pages() -> None:
    assert indent(PdfLocation(2, BBox(90, 0, 99, 8)), LABEL) == 5
    assert indent(HtmlLocation("/html[1]"), LABEL) is None
