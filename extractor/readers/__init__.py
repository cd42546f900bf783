"""From the bytes of a document to its layout: one reader a kind, chosen by content."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout import Layout
from extractor.readers.heads import TableHeads
from extractor.readers.source import Source

__all__ = ["TableHeads", "read_source"]


def read_source(source: Source, table_heads: Sequence[TableHeads] = ()) -> Layout:
    """The layout of `source`. Readers load their engines only when they are needed.

    `table_heads` are captions by which a print without rulings is cut into columns; the readers know no form.
    """
    if source.kind == "html":
        from extractor.readers.html import read as read_html

        return read_html(source.data)
    from extractor.readers.pdf import read as read_pdf

    return read_pdf(source.data, table_heads)
