"""PDFs to look at: sizes, pictures, and what is drawn on a page."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from extractor import extract, read
from extractor.errors import DamagedSource, SourceTooLarge
from extractor.layout import PdfLocation
from extractor.layout.paper import PagedPaper
from extractor.readers.pdf.paper import PdfPaper

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
PORTRAIT = SAMPLES / "qualys-2021-sec" / "filing.pdf"
LANDSCAPE = SAMPLES / "form5-x03" / "filing-landscape.pdf"
NO_RULES = SAMPLES / "many-footnotes" / "filing-weasyprint.pdf"


@pytest.mark.parametrize(("file", "pages", "wide"), [(PORTRAIT, 1, False), (LANDSCAPE, 2, True)])
def test_every_page_has_its_size_and_picture(file: Path, pages: int, wide: bool) -> None:
    paper = PdfPaper(file.read_bytes())
    sizes = paper.sizes()
    assert len(sizes) == pages
    assert all((width > height) is wide for width, height in sizes)
    picture = paper.picture(pages, 1.5)
    assert picture.size == tuple(round(edge * 1.5) for edge in sizes[-1])
    assert picture.mode == "RGB"


def test_ink_stands_where_the_reader_found_it() -> None:
    """In every text's box there is ink, and at the page's edge there is none."""
    layout = read(PORTRAIT)
    assert isinstance(layout.paper, PagedPaper)
    picture = layout.paper.picture(1, 2).convert("L")
    places = [run.at for line in layout.lines() for run in line.runs if isinstance(run.at, PdfLocation)]
    assert len(places) > 100
    for place in places:
        box = tuple(round(2 * edge) for edge in place.bbox)
        darkest, _ = picture.crop((box[0], box[1], max(box[2], box[0] + 1), max(box[3], box[1] + 1))).getextrema()
        assert darkest < 200
    assert picture.crop((0, 0, 30, picture.height)).getextrema() == (255, 255)


def test_what_is_drawn_are_the_rulings_and_cells_of_the_form() -> None:
    drawn = PdfPaper(PORTRAIT.read_bytes()).drawn(1)
    assert len(drawn.rulings) > 20
    assert len(drawn.cells) > 60
    assert all(min(box.width, box.height) == 0 for box in drawn.rulings)
    assert all(box.width > 1 and box.height > 1 for box in drawn.cells)


def test_cells_of_a_print_without_rulings_are_those_under_its_heads() -> None:
    layout = read(NO_RULES)
    assert isinstance(layout.paper, PagedPaper)
    assert len(layout.paper.drawn(1).cells) > 20


@pytest.mark.parametrize("number", [0, 2, -1])
def test_the_number_of_no_page_is_an_error(number: int) -> None:
    paper = PdfPaper(PORTRAIT.read_bytes())
    for ask in (lambda: paper.picture(number, 1), lambda: paper.drawn(number)):
        with pytest.raises(IndexError):
            ask()


def test_a_picture_beyond_measure_is_refused() -> None:
    with pytest.raises(SourceTooLarge):
        PdfPaper(PORTRAIT.read_bytes()).picture(1, 100)


def test_a_damaged_file_is_an_error() -> None:
    with pytest.raises(DamagedSource):
        PdfPaper(b"%PDF-1.4 nothing").sizes()


@pytest.mark.parametrize("name", ["filing.pdf", "filing.html"])
def test_a_reading_can_be_handed_to_another_process(name: str) -> None:
    result = extract(PORTRAIT.with_name(name))
    again = pickle.loads(pickle.dumps(result))
    assert again == result
    assert type(again.layout.paper) is type(result.layout.paper)
