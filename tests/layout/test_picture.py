"""Pictures of what was seen, and summaries for notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from extractor import extract, read
from extractor.draw import STAGES
from extractor.errors import UnsupportedFormat
from extractor.layout import BBox, Layout
from extractor.layout.canvas import Ink, Mark, drawn_on
from tests.pages import IN_DOUBT, form_4

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PDF = SAMPLES / "qualys-2021-sec" / "filing.pdf"
RED = Ink("red things", (255, 0, 0), fill=255)


def colours(picture: Image.Image) -> set[object]:
    return {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or ()}


def test_a_box_is_drawn_to_scale_over_the_page_and_told_in_the_legend() -> None:
    white = Image.new("RGB", (100, 60), "white")
    picture = drawn_on(white, 2.0, [Mark(BBox(10, 5, 20, 15), RED, "F1")])
    assert picture.size[0] == 100
    assert picture.size[1] > 60
    assert picture.getpixel((30, 20)) == (255, 0, 0)
    assert picture.getpixel((16, 20)) == (255, 255, 255)
    assert picture.getpixel((45, 20)) == (255, 255, 255)
    assert (255, 0, 0) in colours(picture.crop((0, 60, 100, picture.height)))


def test_a_ruling_without_width_can_be_seen() -> None:
    picture = drawn_on(Image.new("RGB", (40, 40), "white"), 1.0, [Mark(BBox(5, 20, 35, 20), RED)])
    assert picture.getpixel((20, 21)) == (255, 0, 0)


def test_nothing_to_draw_leaves_the_page_as_it_is() -> None:
    white = Image.new("RGB", (10, 10), "white")
    assert drawn_on(white, 1.0, []).size == (10, 10)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_draws_something_else(stage: str) -> None:
    result = extract(PDF)
    plain = result.layout.paper.picture(1, 2.0)  # type: ignore[union-attr]
    drawn = STAGES[stage](result, result.layout, 1)
    assert drawn.width == plain.width
    assert len(colours(drawn) - colours(plain)) > 20
    others = [STAGES[each](result, result.layout, 1).tobytes() for each in STAGES if each != stage]
    assert drawn.tobytes() not in others


def test_a_layout_and_a_reading_show_themselves() -> None:
    result = extract(PDF)
    assert result.show(1).tobytes() == STAGES["fields"](result, result.layout, 1).tobytes()
    assert result.layout.show().size == result.show().size
    with pytest.raises(IndexError):
        result.show(2)


def test_an_html_page_has_no_pages_to_draw() -> None:
    for each in (read(PDF.with_suffix(".html")), Layout(())):
        with pytest.raises(UnsupportedFormat):
            each.show(1)


def test_a_notebook_shows_a_layout_in_short() -> None:
    text = read(PDF)._repr_html_()
    assert "1 sheet, " in text
    assert len(text) < 3000


def test_a_notebook_shows_a_filing_and_what_is_in_doubt() -> None:
    result = extract(IN_DOUBT)
    text = result._repr_html_()
    assert "needs review: 1 in doubt" in text
    assert "unreadable-value" in text
    assert "$173.14.7 (?)<sup>(1)</sup>" in text
    assert "Fable Inc." in result.filing._repr_html_()
    assert "needs review" not in result.filing._repr_html_()
    assert "read without a doubt" in extract(PDF)._repr_html_()


def test_a_notebook_shows_text_as_text() -> None:
    hurt = b"&lt;script>alert(1)&lt;/script>"
    result = extract(form_4(security=hurt.decode()).replace(b"<body>", b"<body>" + hurt))
    for shown in (result, result.filing, result.layout, result.transactions):
        assert "<script" not in shown._repr_html_()
        assert "&lt;script&gt;" in shown._repr_html_()


def test_a_long_table_is_cut_and_says_so() -> None:
    result = extract(SAMPLES / "joint-many-rows" / "filing.html")
    assert "… and 12 more" in result.filing._repr_html_()
