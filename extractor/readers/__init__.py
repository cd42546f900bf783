"""From the bytes of a document to its layout: one reader a kind, chosen by content."""

from __future__ import annotations

from extractor.layout import Layout
from extractor.readers.source import Source


def read_source(source: Source) -> Layout:
    """The layout of `source`. Readers load their engines only when they are needed."""
    if source.kind == "html":
        from extractor.readers.html import read as read_html

        return read_html(source.data)
    from extractor.readers.pdf import read as read_pdf

    return read_pdf(source.data)
