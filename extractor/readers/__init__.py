"""From the bytes of a document to its layout: one reader a kind, chosen by content; two engines a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from extractor.layout import Layout
from extractor.readers.heads import TableHeads
from extractor.readers.source import Source

__all__ = ["Engine", "TableHeads", "read_source"]

# `fast`: pdfium, lxml. `second`: pdfplumber, BeautifulSoup; slower, and independent down to the bytes.
Engine = Literal["fast", "second"]


def read_source(source: Source, table_heads: Sequence[TableHeads] = (), engine: Engine = "fast") -> Layout:
    """The layout of `source`, with its paper. Engines are loaded only when they are needed.

    `table_heads` are captions by which a print without rulings is cut into columns; the readers know no form.
    """
    if source.kind == "html":
        return _read_html(source, engine)
    if source.kind == "markdown":
        return _read_markdown(source, engine)
    return _read_pdf(source, table_heads, engine)


def _read_html(source: Source, engine: Engine) -> Layout:
    from extractor.readers.html import read
    from extractor.readers.html.paper import HtmlPaper

    if engine == "fast":
        return replace(read(source.data), paper=HtmlPaper(source.data))
    from extractor.readers.html import dom_soup

    return replace(read(source.data, dom_soup.parse), paper=HtmlPaper(source.data))


def _read_markdown(source: Source, engine: Engine) -> Layout:
    from extractor.readers import markdown
    from extractor.readers.html.paper import HtmlPaper

    paper = HtmlPaper(markdown.to_html(source.data))
    if engine == "fast":
        return replace(markdown.read(source.data), paper=paper)
    from extractor.readers.html import dom_soup

    return replace(markdown.read(source.data, dom_soup.parse), paper=paper)


def _read_pdf(source: Source, table_heads: Sequence[TableHeads], engine: Engine) -> Layout:
    from extractor.readers.pdf import read
    from extractor.readers.pdf.paper import PdfPaper

    paper = PdfPaper(source.data, tuple(table_heads))
    if engine == "fast":
        return replace(read(source.data, table_heads), paper=paper)
    from extractor.readers.pdf import page_plumber

    return replace(read(source.data, table_heads, page_plumber.read_pages), paper=paper)
