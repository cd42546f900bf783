"""Reads PDFs."""

from extractor.readers.pdf.reader import read
from extractor.readers.pdf.unruled import TableHeads

__all__ = ["TableHeads", "read"]
