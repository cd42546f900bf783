"""The kind of a document comes in; who can read it, ours, the floor and the peers, goes out, ready to be timed.

Each is imported only when asked for; one that is not installed is told with the reason instead of being left out in
silence. The floor of a PDF is pdfium opened, each page and its text page loaded, and characters and objects counted:
what no reader built on it can go below.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import logging
import shutil
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final, Literal, NamedTuple

Kind = Literal["pdf", "html"]
Role = Literal["ours", "floor", "peer"]
Run = Callable[[Path], object]

# Where the XML as filed stands beside a rendering of it.
FILED: Final = "ownership.xml"


class NotHere(Exception):
    """Something that a contender needs is not on this machine; the message names it."""


class Contender(NamedTuple):
    """What can read a file: `run` reads it once, from opening to closing, and returns something that was read.

    `licence` is said where it is no permissive one. `run` may raise anything over a file that it cannot read.
    """

    name: str
    role: Role
    run: Run
    licence: str = ""


OURS: Final = "extractor, whole extraction"
FLOOR: Final = "pdfium alone (the floor)"
PLUMBER: Final = "pdfplumber, words + tables"
LATTICE: Final = "camelot, lattice"
STREAM: Final = "camelot, stream"
SOUP: Final = "BeautifulSoup + lxml, parse and walk"


def contenders(kind: Kind) -> tuple[list[Contender], dict[str, str]]:
    """Who can be timed on files of this kind, ours first, and for each who cannot the reason."""
    here: list[Contender] = []
    missing: dict[str, str] = {}
    for name, role, licence, make in _PDF if kind == "pdf" else _HTML:
        try:
            here.append(Contender(name, role, make(), licence))
        except (ImportError, NotHere) as error:
            missing[name] = str(error)
    return here, missing


# ---------------------------------------------------------------------------------------------------------------------
# PDF


def _ours() -> Run:
    return _quiet_import("extractor").extract  # type: ignore[no-any-return]


def _floor() -> Run:
    _quiet_import("pypdfium2.raw")
    return _count


def _count(file: Path) -> tuple[int, int, int]:
    """Pages, characters and objects of a PDF; ValueError where pdfium cannot open it."""
    raw = _quiet_import("pypdfium2.raw")
    data = file.read_bytes()
    document = raw.FPDF_LoadMemDocument64(data, ctypes.c_size_t(len(data)), None)
    if not document:
        raise ValueError("cannot be opened")
    characters = objects = 0
    try:
        pages = raw.FPDF_GetPageCount(document)
        for index in range(pages):
            page = raw.FPDF_LoadPage(document, index)
            text = raw.FPDFText_LoadPage(page)
            characters += raw.FPDFText_CountChars(text)
            objects += raw.FPDFPage_CountObjects(page)
            raw.FPDFText_ClosePage(text)
            raw.FPDF_ClosePage(page)
    finally:
        raw.FPDF_CloseDocument(document)
    return pages, characters, objects


@cache
def size_of(file: Path) -> tuple[int, int, int]:
    """Pages, characters and objects of a PDF; nothing of one that cannot be opened."""
    try:
        return _count(file)
    except ValueError:
        return 0, 0, 0


def _plumber() -> Run:
    pdfplumber = _quiet_import("pdfplumber")

    def run(file: Path) -> object:
        found: list[object] = []
        with pdfplumber.open(file) as document:
            for page in document.pages:
                found.append((page.extract_words(), page.extract_tables()))
                page.close()  # it keeps some 12 MB a page otherwise
        return found

    return run


def _camelot(flavor: str) -> Callable[[], Run]:
    def make() -> Run:
        camelot = _quiet_import("camelot")

        def run(file: Path) -> object:
            with _silence():
                return [table.df for table in camelot.read_pdf(str(file), pages="all", flavor=flavor)]

        return run

    return make


def _tabula() -> Run:
    if shutil.which("java") is None:
        raise NotHere("no Java")
    tabula = _quiet_import("tabula")

    def run(file: Path) -> object:
        # In a process of its own, as on the command line: its processor time counts, the start of Java included.
        return tabula.read_pdf(str(file), pages="all", lattice=True, silent=True, force_subprocess=True)

    return run


def _pymupdf() -> Run:
    pymupdf = _quiet_import("pymupdf")

    def run(file: Path) -> object:
        with pymupdf.open(file) as document, _silence():
            return [
                (page.get_text("words"), [table.extract() for table in page.find_tables().tables]) for page in document
            ]

    return run


# ---------------------------------------------------------------------------------------------------------------------
# HTML


def _soup() -> Run:
    bs4 = _quiet_import("bs4")
    _quiet_import("lxml")

    def run(file: Path) -> object:
        return _walk(bs4.BeautifulSoup(file.read_bytes(), "lxml"))

    return run


def _walk(soup: object) -> int:
    """Every node of a tree that BeautifulSoup made is met once."""
    descendants: Iterator[object] = soup.descendants  # type: ignore[attr-defined]
    return sum(1 for _ in descendants)


def _pandas() -> Run:
    pandas = _quiet_import("pandas")
    _quiet_import("lxml")

    def run(file: Path) -> object:
        # pandas takes text, not bytes, where a page does not declare its encoding.
        return pandas.read_html(io.StringIO(file.read_text(encoding="utf-8", errors="replace")), flavor="lxml")

    return run


def _filed_xml() -> Run:
    """The way of those who have the XML as filed and need no rendering, as edgartools reads it."""
    bs4 = _quiet_import("bs4")
    _quiet_import("lxml")

    def run(file: Path) -> object:
        beside = file.with_suffix(".xml")
        return _walk(bs4.BeautifulSoup((beside if beside.exists() else file.parent / FILED).read_bytes(), "xml"))

    return run


_Entry = tuple[str, Role, str, Callable[[], Run]]

_PDF: Final[tuple[_Entry, ...]] = (
    (OURS, "ours", "", _ours),
    (FLOOR, "floor", "", _floor),
    (PLUMBER, "peer", "", _plumber),
    (LATTICE, "peer", "", _camelot("lattice")),
    (STREAM, "peer", "", _camelot("stream")),
    ("tabula, lattice", "peer", "", _tabula),
    ("PyMuPDF, words + tables", "peer", "AGPL", _pymupdf),
)
_HTML: Final[tuple[_Entry, ...]] = (
    (OURS, "ours", "", _ours),
    (SOUP, "peer", "", _soup),
    ("pandas.read_html", "peer", "", _pandas),
    ("the filed XML, BeautifulSoup", "peer", "", _filed_xml),
)


@cache
def _quiet_import(name: str) -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module(name)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Without the warnings, log lines and prints of a peer about pages that have no tables."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
