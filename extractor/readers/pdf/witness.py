"""PDF bytes in; the cell texts of every ruled table out, as camelot's lattice sees them: a further witness.

The only module that imports camelot, the optional extra of that name, and OpenCV, playa and pypdfium2's errors, which
it brings. Camelot finds rulings in a picture of the page and its text with a parser of its own, so it shares no fault
with the readers; but it fuses cells on some prints, and it takes about a second a page.
"""

from __future__ import annotations

import importlib.util
import logging
import warnings
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from extractor.errors import DamagedSource, MissingExtra, SourceUnreadable
from extractor.readers.pdf.page import read_pages

EXTRA: Final = "camelot"
MAX_PAGES: Final = 40  # looked at, from the first: 8 seen in a filing
MAX_AREA: Final = 2_000_000  # square points of a page that is looked at: letter 485,000; at 300 dpi 35 million pixels

# What damaged files make camelot and what it is built on raise, beside playa's and OpenCV's own.
_BROKEN: Final = (
    *(TypeError, ValueError, LookupError, AttributeError, AssertionError, ArithmeticError, OSError, RuntimeError),
    *(EOFError, StopIteration),
)

for _name in ("camelot", "playa"):  # what they warn of is no news to a user; a caller's own handlers still get it
    logging.getLogger(_name).addHandler(logging.NullHandler())


def is_installed() -> bool:
    """Whether the witness can be asked."""
    return importlib.util.find_spec("camelot") is not None


def table_texts(data: bytes) -> list[list[list[str]]]:
    """The ruled tables of a PDF in reading order: tables of rows of cells' texts, lines parted by line feeds.

    A cell that spans slots has its text in the first, the others are empty. Pages beyond the limits above, and pages
    without rulings or text, have no tables. Raises MissingExtra where camelot is not installed, DamagedSource where it
    fails, SourceUnreadable where no temporary file can be made, and what `page.read_pages` raises.
    """
    try:
        import camelot
        import cv2
        from playa.exceptions import PDFException
    except ImportError as error:
        raise MissingExtra(EXTRA, "the table witness") from error
    numbers = [page.number for page in read_pages(data)[0][:MAX_PAGES] if page.width * page.height <= MAX_AREA]
    if not numbers:
        return []
    with TemporaryDirectory(prefix="extractor-", ignore_cleanup_errors=True) as folder:
        file = _written(Path(folder) / "filing.pdf", data)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of pages without tables
                found = camelot.read_pdf(str(file), pages=",".join(map(str, numbers)), flavor="lattice")
                return [_texts(table) for table in found]
        except (*_BROKEN, PDFException, cv2.error) as error:
            raise DamagedSource(f"camelot gave up: {error or type(error).__name__}") from error


def _written(file: Path, data: bytes) -> Path:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise SourceUnreadable("no temporary file can be written") from error
    return file


def _texts(table: Any) -> list[list[str]]:
    rows: Sequence[Sequence[str]] = table.data
    return [[str(text) for text in row] for row in rows]
