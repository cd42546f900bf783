"""The printers put every page on paper as they are told, and say which of them is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest

from tools.make_samples import printers

SAMPLE_ROOT = Path(__file__).resolve().parents[2] / "samples"


def squeezed(text: str) -> str:
    """Without white space and hyphens: pdfium has U+0002 or U+FFFE for a hyphen at the end of a line."""
    return re.sub(r"[\s\x02\ufffe-]", "", text)


@pytest.mark.parametrize(
    "path", sorted(SAMPLE_ROOT.glob("*/*.pdf")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_print_shows_the_signatures(path: Path) -> None:
    pages = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    shown = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
    names = [value for key, value in shown.items() if re.fullmatch(r"signatures\[\d+\]\.name", key)]
    assert names
    assert [name for name in names if squeezed(name) not in squeezed(text)] == []


def test_print_with_head_and_foot_lines_names_the_page_and_the_sheet() -> None:
    document = pypdfium2.PdfDocument(SAMPLE_ROOT / "many-footnotes" / "filing-headers.pdf")
    texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) > 1
    assert [f"{number}/{len(texts)}" in text for number, text in enumerate(texts, 1)] == [True] * len(texts)
    assert all(f"http://{printers.HOST}/page.html" in text and "SEC FORM 4" in text for text in texts)


def test_print_laid_across_is_wider_than_tall() -> None:
    document = pypdfium2.PdfDocument(SAMPLE_ROOT / "form5-x03" / "filing-landscape.pdf")
    assert all(page.get_width() > page.get_height() for page in document)


def test_a_printer_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(printers.PrinterMissingError, match="wkhtmltopdf"):
        printers.wkhtmltopdf("<html></html>")
    with pytest.raises(printers.PrinterMissingError, match="soffice"):
        printers.libreoffice("<html></html>")
