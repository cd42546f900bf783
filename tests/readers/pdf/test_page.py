from __future__ import annotations

import io

import pikepdf
import pytest

from extractor.errors import DamagedSource, EncryptedSource, NoTextLayer, SourceTooLarge
from extractor.readers.pdf import page, page_plumber
from extractor.readers.pdf.ink import PageInk, Shape
from extractor.readers.pdf.page import page_picture, page_sizes, read_pages
from tests.readers.pdf.drawn import bar, pdf_of, text, touching


def ink(*content: str) -> PageInk:
    return read_pages(pdf_of(content))[0][0]


def rounded(shapes: list[Shape]) -> list[tuple[float, ...]]:
    return sorted(tuple(round(value, 1) for value in shape) for shape in shapes)


def test_pieces_have_place_size_and_what_stood_before() -> None:
    first, second = ink(text(50, 100, "Common Stock", 10)).pieces
    assert (first.text, first.xs[0], first.y, round(first.size, 3)) == ("Common", 50, 100, 10)
    assert (second.text, second.before) == ("Stock", " ")


def test_raised_mark_is_a_piece_of_its_own() -> None:
    drawn = ink("BT /F 10 Tf 1 0 0 1 50 700 Tm (S) Tj 6 0 0 6 57 703 Tm /F 1 Tf ((1)) Tj ET")
    assert [(piece.text, round(piece.size, 1), piece.y) for piece in drawn.pieces] == [("S", 10, 100), ("(1)", 6, 97)]


def test_dollar_is_parted_from_its_number() -> None:
    assert [piece.text for piece in ink(text(50, 100, "$369.76")).pieces] == ["$", "369.76"]


def test_city_and_state_that_touch_are_parted_where_they_are_marked_as_two() -> None:
    city, state = ink(touching(3, 4)).pieces
    assert (city.text, state.text, state.before) == ("VANCOUVER", "A1", "\t")


@pytest.mark.parametrize("ids", [(3, 3), (None, 4), (None, None)])
def test_a_word_that_is_marked_as_one_or_not_at_all_is_one(ids: tuple[int | None, int | None]) -> None:
    assert [piece.text for piece in ink(touching(*ids)).pieces] == ["VANCOUVERA1"]


def test_drawn_space_at_a_line_end_is_told() -> None:
    first, _ = ink(text(50, 100, "Reporting "), text(50, 112, "Person")).pieces
    assert first.after


def test_hyphen_that_is_called_soft_is_one_all_the_same() -> None:
    assert [piece.text for piece in ink(text(50, 100, "10b5\u00ad1")).pieces] == ["10b5-1"]


def test_colour_and_weight_are_facts_of_style() -> None:
    (piece,) = ink("0 0 1 rg", text(50, 100, "Doe")).pieces
    assert (piece.style.colour, piece.style.bold, piece.style.serif) == ("#0000ff", False, False)


def test_thin_bars_are_shapes_and_backgrounds_are_not() -> None:
    drawn = ink(text(10, 90, "a"), bar(0, 0, 600, 800), bar(20, 50, 120, 50.5), "1 g", bar(20, 70, 120, 70.5))
    assert rounded(drawn.shapes) == [(20, 50, 120, 50.5)]


def test_what_is_clipped_does_not_show() -> None:
    beyond = "0 -90 600 5 re f"
    hidden = "q 0 650 600 50 re W n 20 600 0.5 150 re f 20 500 100 0.5 re f Q"
    assert rounded(ink(text(10, 90, "a"), beyond, hidden).shapes) == [(20, 100, 20.5, 150)]


def test_stroked_rectangle_is_four_shapes() -> None:
    drawn = ink(text(10, 90, "a"), "20 600 100 50 re S")
    assert len(drawn.shapes) == 4


def test_bars_of_one_path_are_taken_apart() -> None:
    both = "20 700 100 0.5 re 20 650 100 0.5 re f"
    assert rounded(ink(text(10, 90, "a"), both).shapes) == [(20, 99.5, 120, 100), (20, 149.5, 120, 150)]


def test_form_xobject_is_entered_with_its_matrix() -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_of([text(10, 90, "a"), "/X Do"])))
    inner = pdf.make_stream(b"0 0 100 0.5 re f")
    inner.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form})
    inner.BBox, inner.Matrix = pikepdf.Array([0, 0, 200, 200]), pikepdf.Array([1, 0, 0, 1, 30, 700])
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary({"/X": inner})
    out = io.BytesIO()
    pdf.save(out)
    assert rounded(read_pages(out.getvalue())[0][0].shapes) == [(30, 99.5, 130, 100)]


def test_rotated_page_is_read_as_displayed() -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_of(["BT /F 10 Tf 0 1 -1 0 100 50 Tm (Doe) Tj ET"])))
    pdf.pages[0].Rotate = 90
    out = io.BytesIO()
    pdf.save(out)
    drawn = read_pages(out.getvalue())[0][0]
    (piece,) = drawn.pieces
    assert (drawn.width, drawn.height) == (800, 600)
    assert (piece.text, piece.xs[0], piece.y) == ("Doe", 50, 100)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_stored_sideways_is_read_and_drawn_with_its_text_upright(turn: int) -> None:
    data = pdf_of([text(50, 100, "Doe"), text(90, 100, "Jane"), bar(40, 120, 300, 121)])
    pdf, out = pikepdf.open(io.BytesIO(data)), io.BytesIO()
    pdf.pages[0].Rotate = turn
    pdf.save(out)
    turned = out.getvalue()
    assert read_pages(turned)[0] == read_pages(data)[0]
    assert page_plumber.read_pages(turned)[0] == page_plumber.read_pages(data)[0]
    assert page_sizes(turned) == page_sizes(data) == ((600, 800),)
    assert page_picture(turned, 1, 0.5) == page_picture(data, 1, 0.5)


def test_what_stands_sideways_beside_upright_text_turns_no_page() -> None:
    sideways = "BT /F 10 Tf 0 1 -1 0 20 300 Tm (COPY) Tj ET"
    drawn = read_pages(pdf_of([text(50, 100, "Doe Jane, Chief Executive Officer"), sideways]))[0][0]
    assert (drawn.width, drawn.height) == (600, 800)


def test_text_that_runs_slantwise_is_in_no_piece() -> None:
    watermark = "BT /F 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm (COPY) Tj ET"
    faked_italics = "BT /F 10 Tf 1 0 0.25 1 50 500 Tm (Roe) Tj ET"
    data = pdf_of([text(50, 100, "Doe"), watermark, faked_italics])
    for read in (read_pages, page_plumber.read_pages):
        drawn = read(data)[0][0]
        assert ([piece.text for piece in drawn.pieces], drawn.slanted) == (["Doe", "Roe"], "COPY")


def test_links_and_properties() -> None:
    pages, properties = read_pages(pdf_of([text(50, 100, "Doe")], links=[(48, 90, 70, 103, "https://sec.gov/?CIK=1")]))
    (link,) = pages[0].links
    assert (link.uri, round(link.x0), round(link.top)) == ("https://sec.gov/?CIK=1", 48, 90)
    assert properties["pages"] == "1"


def test_password_is_asked_for_only_if_not_empty() -> None:
    for password, readable in (("", True), ("secret", False)):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf_of([text(50, 100, "Doe")]))) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=password, R=4))
        if readable:
            assert read_pages(out.getvalue())[0][0].pieces[0].text == "Doe"
        else:
            with pytest.raises(EncryptedSource):
                read_pages(out.getvalue())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"<html></html>"])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedSource):
        read_pages(data)


def test_pages_without_characters_have_no_text_layer() -> None:
    with pytest.raises(NoTextLayer):
        read_pages(pdf_of([bar(0, 0, 10, 10)]))


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf_of([text(50, 100, "Doe")], [text(50, 100, "Doe")])
    monkeypatch.setattr(page, "MAX_PAGES", 1)
    with pytest.raises(SourceTooLarge, match="2 pages"):
        read_pages(data)
    monkeypatch.setattr(page, "MAX_BYTES", 10)
    with pytest.raises(SourceTooLarge, match="bytes"):
        read_pages(data)
