"""Reads PDFs."""

from extractor.readers.heads import TableHeads
from extractor.readers.pdf.reader import read

__all__ = ["TableHeads", "read"]
