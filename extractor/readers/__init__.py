"""From the bytes of a document to its layout: one reader a kind, chosen by content; two engines a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from extractor.layout import Layout
from extractor.readers.heads import TableHeads
from extractor.readers.source import Source

if TYPE_CHECKING:
    from extractor.layout.paper import Paper

__all__ = ["Engine", "TableHeads", "paper_of", "read_source"]

# `fast`: pdfium, lxml. `second`: pdfplumber, BeautifulSoup; slower, and independent down to the bytes.
Engine = Literal["fast", "second"]


def read_source(source: Source, table_heads: Sequence[TableHeads] = (), engine: Engine = "fast") -> Layout:
    """The layout of `source`, with its paper. Engines are loaded only when they are needed.

    `table_heads` are captions by which a print without rulings is cut into columns; the readers know no form.
    """
    return replace(_read(source, table_heads, engine), paper=paper_of(source, table_heads))


def paper_of(source: Source, table_heads: Sequence[TableHeads] = ()) -> Paper:
    """The document itself to look at, for which nothing is read of it."""
    if source.kind == "html":
        from extractor.readers.html.paper import HtmlPaper

        return HtmlPaper(source.data)
    if source.kind == "markdown":
        from extractor.readers import markdown
        from extractor.readers.html.paper import HtmlPaper

        return HtmlPaper(markdown.to_html(source.data))
    if source.kind in ("text", "xml"):
        from extractor.readers.text.paper import TextPaper

        return TextPaper(source.data)
    from extractor.readers.pdf.paper import PdfPaper

    return PdfPaper(source.data, tuple(table_heads))


def _read(source: Source, table_heads: Sequence[TableHeads], engine: Engine) -> Layout:
    if source.kind == "html":
        return _read_html(source, engine)
    if source.kind == "markdown":
        return _read_markdown(source, engine)
    if source.kind in ("text", "xml"):  # XML is read as it is; its layout is for looking at
        from extractor.readers.text import read

        return read(source.data, table_heads, source.kind)
    return _read_pdf(source, table_heads, engine)


def _read_html(source: Source, engine: Engine) -> Layout:
    from extractor.readers.html import read

    if engine == "fast":
        return read(source.data)
    from extractor.readers.html import dom_soup

    return read(source.data, dom_soup.parse)


def _read_markdown(source: Source, engine: Engine) -> Layout:
    from extractor.readers import markdown

    if engine == "fast":
        return markdown.read(source.data)
    from extractor.readers.html import dom_soup

    return markdown.read(source.data, dom_soup.parse)


def _read_pdf(source: Source, table_heads: Sequence[TableHeads], engine: Engine) -> Layout:
    from extractor.readers.pdf import read

    if engine == "fast":
        return read(source.data, table_heads)
    from extractor.readers.pdf import page_plumber

    return read(source.data, table_heads, page_plumber.read_pages)
