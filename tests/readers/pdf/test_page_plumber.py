from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import pikepdf
import pytest
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from extractor.errors import DamagedSource, EncryptedSource, NoTextLayer, SourceTooLarge
from extractor.layout import PLAIN
from extractor.readers.pdf import page as first
from extractor.readers.pdf import page_plumber
from extractor.readers.pdf.page import PageInk, Piece, Shape
from tests.corpus.place import corpus_or_skip, every
from tests.readers.pdf.drawn import pdf_of, touching

TEXT = "BT /F 10 Tf 1 0 0 1 {} {} Tm ({}) Tj ET"
SAVED = "q {} Q"


def made(*lines: str, images: dict[str, Stream] | None = None, **page: object) -> bytes:
    """A PDF of one page, 200 × 100 points, whose content is `lines`; fonts are /F (Helvetica) and /T (Times-Bold)."""
    pdf = pikepdf.new()
    fonts = {
        f"/{key}": Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{base}"), Encoding=Name.WinAnsiEncoding
        )
        for key, base in (("F", "Helvetica"), ("T", "Times-Bold"))
    }
    objects = {f"/{key}": pdf.make_indirect(pdf.copy_foreign(image)) for key, image in (images or {}).items()}
    pdf.add_blank_page(page_size=(200, 100))
    leaf = pdf.pages[0]
    leaf.Resources = Dictionary(Font=Dictionary(fonts), XObject=Dictionary(objects))
    leaf.Contents = pdf.make_stream("\n".join(lines).encode("cp1252"))
    for key, value in page.items():
        leaf.obj[f"/{key}"] = value
    pdf.docinfo["/Title"] = " FORM 4 "
    return saved(pdf)


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def image(data: bytes, width: int = 8, height: int = 8, **entries: object) -> Stream:
    """An image XObject, of 8-bit gray samples if nothing else is said."""
    stream = Stream(HOLDER, data)
    known = {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8, **entries}
    stream.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height)
    for key, value in known.items():
        stream[f"/{key}"] = value
    return HOLDER.make_indirect(stream)


HOLDER = pikepdf.new()


def ink(data: bytes) -> PageInk:
    pages, _ = page_plumber.read_pages(data)
    return pages[0]


def texts(data: bytes) -> list[tuple[str, str]]:
    """What stands before each piece, and its text."""
    return [(piece.before, piece.text) for piece in ink(data).pieces]


def rounded(shapes: list[Shape]) -> list[tuple[float, ...]]:
    return [tuple(round(value, 2) for value in shape) for shape in shapes]


# pieces


def test_piece_has_origins_ink_baseline_size_and_style() -> None:
    (piece,) = ink(made("0 0 1 rg", TEXT.format(20, 70, "AB"))).pieces
    assert (piece.text, piece.y, piece.size, piece.before, piece.after) == ("AB", 30.0, 10.0, "", False)
    assert piece.xs == pytest.approx((20.0, 26.67))  # the A of Helvetica is 667 thousandths wide, and so is the B
    assert 32.6 < piece.x1 < 33.34
    assert piece.style == PLAIN._replace(colour="#0000ff")


def test_font_name_gives_bold_and_serif() -> None:
    (piece,) = ink(made("BT /T 9 Tf 20 70 Td (4) Tj ET")).pieces
    assert (piece.style.bold, piece.style.serif) == (True, True)


def test_drawn_space_and_wide_gap_part_pieces() -> None:
    assert texts(made(TEXT.format(20, 70, "A B"))) == [("", "A"), (" ", "B")]
    assert texts(made(TEXT.format(20, 70, "A"), TEXT.format(30, 70, "B"))) == [("", "A"), ("\t", "B")]
    assert texts(made(TEXT.format(20, 70, "A"), TEXT.format(27, 70, "B"))) == [("", "AB")]


def test_narrow_drawn_space_parts_pieces() -> None:
    assert texts(made("BT /F 10 Tf 20 70 Td [(A ) 140 (A)] TJ ET")) == [("", "A"), (" ", "A")]


def test_raised_mark_is_a_piece_that_nothing_parts_from_its_host() -> None:
    mark = "BT /F 6 Tf 1 0 0 1 26.7 73 Tm (\\(1\\)) Tj ET"
    assert texts(made(TEXT.format(20, 70, "S"), mark)) == [("", "S"), ("", "(1)")]


def test_text_rise_lifts_the_baseline() -> None:
    pieces = ink(made("BT /F 10 Tf 20 70 Td (S) Tj /F 6 Tf 3 Ts (1) Tj ET")).pieces
    assert [(piece.text, piece.size) for piece in pieces] == [("S", 10.0), ("1", pytest.approx(6.0))]
    assert [piece.y for piece in pieces] == pytest.approx([30.0, 27.0])


def test_style_parts_pieces_without_a_gap() -> None:
    assert texts(made("BT /F 10 Tf 20 70 Td ($) Tj 1 0 0 rg (5) Tj /T 10 Tf (6) Tj ET")) == [
        *(("", "$"), ("", "5"), ("", "6")),
    ]


def test_next_line_is_told_and_so_is_a_space_drawn_at_the_end() -> None:
    pieces = ink(made(TEXT.format(20, 70, "one "), TEXT.format(20, 58, "two"), TEXT.format(20, 46, "three"))).pieces
    assert [(piece.before, piece.text, piece.after) for piece in pieces] == [
        *(("", "one", True), ("\n", "two", False), ("\n", "three", False)),
    ]


@pytest.mark.parametrize(
    ("numbers", "parts"), [((3, 4), ["VANCOUVER", "A1"]), ((3, 3), ["VANCOUVERA1"]), ((None, 4), ["VANCOUVERA1"])]
)
def test_city_and_state_that_touch_are_parted_where_they_are_marked_as_two(
    numbers: tuple[int | None, int | None], parts: list[str]
) -> None:
    assert [piece.text for piece in ink(pdf_of([touching(*numbers)])).pieces] == parts


def test_pen_that_goes_back_starts_a_new_piece() -> None:
    assert texts(made(TEXT.format(90, 70, "B"), TEXT.format(20, 70, "A"))) == [("", "B"), ("\n", "A")]


def test_ligature_is_read_as_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pdfminer.pdffont.PDFSimpleFont.to_unichr", lambda _font, cid: {65: "ﬁ"}.get(cid, chr(cid)))
    (piece,) = ink(made(TEXT.format(20, 70, "Ax"))).pieces
    assert (piece.text, piece.xs) == ("fix", (20.0, 20.0, 25.0))


def test_glyph_without_a_known_character_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pdfminer.pdffont.PDFSimpleFont.to_unichr", lambda _font, cid: f"(cid:{cid})")
    assert texts(made(TEXT.format(20, 70, "A"))) == [("", "\ufffd")]


def test_text_of_a_form_inside_the_page_stands_where_it_is_drawn() -> None:
    form = Stream(HOLDER, b"BT /F 10 Tf 0 0 Td (in) Tj ET 0 0 50 1 re f")
    form.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100]), Matrix=Array([1, 0, 0, 1, 5, 5])
    )
    page = ink(made("q 1 0 0 1 20 50 cm /X Do Q", images={"X": HOLDER.make_indirect(form)}))
    assert [(piece.text, piece.xs[0], piece.y) for piece in page.pieces] == [("in", 25.0, 45.0)]
    assert rounded(page.shapes) == [(25.0, 44.0, 75.0, 45.0)]


# the page


def test_crop_box_is_what_the_page_displays() -> None:
    page = ink(made(TEXT.format(20, 70, "A"), "20 60 40 1 re f", CropBox=Array([10, 20, 150, 90])))
    assert (page.width, page.height) == (140, 70)
    assert [(piece.xs[0], piece.y) for piece in page.pieces] == [(10.0, 20.0)]
    assert rounded(page.shapes) == [(10.0, 29.0, 50.0, 30.0)]


def test_media_box_may_begin_anywhere() -> None:
    page = ink(made(TEXT.format(20, 70, "A"), "20 60 40 1 re f", MediaBox=Array([-30, -40, 170, 100])))
    assert (page.width, page.height) == (200, 140)
    assert [(piece.xs[0], piece.y) for piece in page.pieces] == [(50.0, 30.0)]
    assert rounded(page.shapes) == [(50.0, 39.0, 90.0, 40.0)]


TURNED = {90: (30.0, 140.0), 180: (30.0, 60.0), 270: (70.0, 140.0)}


@pytest.mark.parametrize("turn", TURNED)
def test_turned_page_is_read_as_displayed(turn: int) -> None:
    matrix = {90: "0 1 -1 0 140 30", 180: "-1 0 0 -1 170 60", 270: "0 -1 1 0 60 30"}[turn]
    data = made(f"BT /F 10 Tf {matrix} Tm (AB) Tj ET", "20 60 40 1 re f", Rotate=turn)
    ours, theirs = ink(data), first.read_pages(data)[0][0]
    assert (ours.width, ours.height) == ((100, 200) if turn != 180 else (200, 100)) == (theirs.width, theirs.height)
    assert [(piece.text, piece.xs[0], piece.y) for piece in ours.pieces] == [("AB", *TURNED[turn])]
    assert theirs.pieces[0].xs[0] == pytest.approx(ours.pieces[0].xs[0])
    assert theirs.pieces[0].y == pytest.approx(ours.pieces[0].y)
    assert ours.shapes[0] == pytest.approx(theirs.shapes[0])


def test_properties_of_the_file() -> None:
    assert page_plumber.read_pages(made(TEXT.format(20, 70, "A")))[1] == {"title": "FORM 4", "pages": "1"}


# shapes, pictures, links

DRAWN = {
    "thin filled": ("10 20 100 0.8 re f", [(10.0, 79.2, 110.0, 80.0)]),
    "line": ("10 20 m 110 20 l S", [(10.0, 80.0, 110.0, 80.0)]),
    "trapezoid": ("10 20 m 11 21 l 11 59 l 10 60 l h f", [(10.0, 40.0, 11.0, 80.0)]),
    "large filled": ("10 20 100 30 re f", []),
    "white": ("1 g 10 20 100 1 re f", []),
    "white, CMYK": ("0 0 0 0 k 10 20 100 1 re f", []),
    "black, CMYK": ("0 0 0 1 k 10 20 100 1 re f", [(10.0, 79.0, 110.0, 80.0)]),
    "clip": ("10 20 100 1 re W n", []),
    "bars in one path": ("10 20 50 1 re 10 40 50 1 re f", [(10.0, 79.0, 60.0, 80.0), (10.0, 59.0, 60.0, 60.0)]),
    "corner": ("10 20 m 60 20 l 60 50 l S", [(10.0, 80.0, 60.0, 80.0), (60.0, 50.0, 60.0, 80.0)]),
    "frame": (
        "10 20 50 30 re S",
        [
            *((9.5, 49.5, 60.5, 50.5), (9.5, 79.5, 60.5, 80.5)),
            *((9.5, 49.5, 10.5, 80.5), (59.5, 49.5, 60.5, 80.5)),
        ],
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_shapes(name: str) -> None:
    drawn, shapes = DRAWN[name]
    page = ink(made(TEXT.format(150, 90, "A"), SAVED.format(drawn)))
    assert rounded(page.shapes) == shapes


GREY = bytes(range(64))
HALF = bytes([0] * 32 + [255] * 32)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("L", (8, 8), 40).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("picture", "width", "pixels"),
    [
        (image(GREY), 8, GREY),
        (image(bytes([9, 9, 9] * 64), ColorSpace=Name.DeviceRGB), 8, bytes([9] * 64)),
        (image(bytes(64), SMask=image(HALF)), 8, bytes([255] * 32 + [0] * 32)),
        (image(jpeg(), Filter=Name.DCTDecode), 8, bytes([40] * 64)),
        (image(bytes(8), BitsPerComponent=1), 0, b""),
        (image(GREY, Decode=Array([1, 0])), 0, b""),
        (image(GREY, ColorSpace=Array([Name.Indexed, Name.DeviceGray, 1, b"\0\xff"])), 0, b""),
        (image(GREY[:9]), 0, b""),
        (image(b"no JPEG", Filter=Name.DCTDecode), 0, b""),
        (image(GREY, SMask=image(bytes(8), BitsPerComponent=1)), 0, b""),
    ],
    ids=["gray", "rgb", "transparent", "jpeg", "1 bit", "inverted", "palette", "short", "damaged", "odd mask"],
)
def test_pixels_of_a_small_picture(picture: Stream, width: int, pixels: bytes) -> None:
    page = ink(made(TEXT.format(150, 90, "A"), "q 10 0 0 10 20 50 cm /X Do Q", images={"X": picture}))
    (found,) = page.pictures
    assert tuple(round(value, 2) for value in found[:4]) == (20.0, 40.0, 30.0, 50.0)
    assert (found.width, found.pixels) == (width, pixels)


def test_large_picture_is_no_check_box() -> None:
    assert (
        ink(made(TEXT.format(150, 90, "A"), "q 60 0 0 10 20 50 cm /X Do Q", images={"X": image(GREY)})).pictures == []
    )


def link(rect: list[int], **action: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(rect), A=Dictionary(**action))


def test_links_to_an_address() -> None:
    there = link([10, 20, 50, 30], S=Name.URI, URI="https://example.org/?CIK=0001")
    inside = link([10, 40, 50, 50], S=Name.GoTo, D="note")
    (found,) = ink(made(TEXT.format(20, 70, "A"), Annots=Array([there, inside]))).links
    assert found == (10.0, 70.0, 50.0, 80.0, "https://example.org/?CIK=0001")


def test_damaged_annotation_costs_the_links_and_nothing_else() -> None:
    there = link([10, 20, 50, 30], S=Name.URI, URI="https://example.org/")
    page = ink(made(TEXT.format(20, 70, "A"), Annots=Array([there, Dictionary(Subtype=Name.Link)])))
    assert ([piece.text for piece in page.pieces], page.links) == (["A"], [])


# errors


def test_file_with_a_password_is_encrypted() -> None:
    with pikepdf.open(io.BytesIO(made(TEXT.format(20, 70, "A")))) as pdf:
        locked = saved(pdf, encryption=pikepdf.Encryption(owner="o", user="u"))
        free = saved(pdf, encryption=pikepdf.Encryption(owner="o", user=""))
    with pytest.raises(EncryptedSource):
        page_plumber.read_pages(locked)
    assert texts(free) == [("", "A")]


def test_no_text_and_no_pages() -> None:
    with pytest.raises(NoTextLayer):
        page_plumber.read_pages(made("10 20 50 30 re S"))
    with pytest.raises(DamagedSource, match="no pages"):
        page_plumber.read_pages(saved(pikepdf.new()))


@pytest.mark.parametrize(
    ("limit", "at"), [("MAX_BYTES", 10), ("MAX_PAGES", 0), ("MAX_CHARACTERS", 1), ("MAX_OBJECTS", 1)]
)
def test_too_much_of_anything(limit: str, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = made(TEXT.format(20, 70, "AB"), "10 20 50 1 re f 10 40 50 1 re f")
    monkeypatch.setattr(page_plumber, limit, at)
    with pytest.raises(SourceTooLarge):
        page_plumber.read_pages(data)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.7\ntrailer<</Root 1 0 R>>\n%%EOF", b"\0" * 500])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedSource):
        page_plumber.read_pages(data)


def test_page_without_a_media_box_is_damaged() -> None:
    with pikepdf.open(io.BytesIO(made(TEXT.format(20, 70, "A")))) as pdf:
        del pdf.pages[0].obj["/MediaBox"]
        data = saved(pdf)
    with pytest.raises(DamagedSource, match="page"):
        page_plumber.read_pages(data)


RAISED = [
    (MemoryError(), SourceTooLarge),
    (PdfminerException(MemoryError()), SourceTooLarge),
    (PdfminerException(PDFPasswordIncorrect()), EncryptedSource),
    (PdfminerException(RecursionError()), DamagedSource),
    (RecursionError(), DamagedSource),
    (TypeError("'NoneType' object is not iterable"), DamagedSource),
    (IndexError("tuple index out of range"), DamagedSource),
    (OSError(22, "Invalid argument"), DamagedSource),
]


@pytest.mark.parametrize(("error", "ours"), RAISED, ids=[repr(error) for error, _ in RAISED])
def test_whatever_the_engine_raises_is_wrapped(
    error: Exception, ours: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(pdfplumber, "open", fail)
    with pytest.raises(ours) as caught:
        page_plumber.read_pages(made(TEXT.format(20, 70, "A")))
    assert caught.value.__cause__ is error


def test_form_that_draws_itself_ends() -> None:
    form = HOLDER.make_indirect(Stream(HOLDER, b"/X Do"))
    form.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100]))
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    assert texts(made(TEXT.format(20, 70, "A"), "/X Do", images={"X": form})) == [("", "A")]


# both engines


class Placed(NamedTuple):
    text: str
    x: float
    y: float


def placed(pieces: list[Piece]) -> list[Placed]:
    """Characters and their origins, the letters of a ligature at one."""
    return [Placed(text, x, piece.y) for piece in pieces for text, x in zip(piece.text, piece.xs, strict=True)]


def apart(ours: list[Placed], theirs: list[Placed]) -> list[Placed]:
    """The characters of one reading that the other does not have within a point: pdfium rounds widths, 0.6 seen."""
    known = {(text, round(x) + dx, round(y) + dy) for text, x, y in theirs for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    return [each for each in ours if (each.text, round(each.x), round(each.y)) not in known]


def test_filings_have_the_same_characters_in_the_same_places_by_both_engines() -> None:
    folder = corpus_or_skip() / "filings"
    chosen: list[Path] = sorted(folder.glob("*/[!s]*.pdf"))[:: 13 * every()]
    assert chosen
    for path in chosen:
        data = path.read_bytes()
        for one, two in zip(page_plumber.read_pages(data)[0], first.read_pages(data)[0], strict=True):
            ours, theirs = placed(one.pieces), placed(two.pieces)
            assert (path.name, apart(ours, theirs), apart(theirs, ours)) == (path.name, [], [])
            assert [link.uri for link in one.links] == [link.uri for link in two.links]
