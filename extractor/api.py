"""The public functions: a document goes in, its layout or its filing comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from os import PathLike
from typing import TYPE_CHECKING, Any

from extractor.errors import DamagedSource, ExtractorError, NotAnOwnershipForm, OutOfMemory
from extractor.filing import Field, Filing, fields_in, places_of
from extractor.garbage import seldom_collected
from extractor.issues import Code, Issue, Severity, needs_review
from extractor.layout import Layout
from extractor.readers import Engine, TableHeads, paper_of, read_source
from extractor.readers.source import Kind, Source, open_source
from extractor.templates import choose, forms, printings, template
from extractor.version import __version__

if TYPE_CHECKING:
    from PIL.Image import Image

    from extractor.layout.paper import Paper
    from extractor.rows import RowSet, SecurityRows

Given = str | PathLike[str] | bytes

# What stands for a template where there was nothing to fit.
OWNERSHIP_XML = "ownership-xml"
UNFORESEEN = "damage of this kind was not foreseen: please report it, with the file if you may share it"


class _Sheets:
    """What is on the paper of a source, read again when it is asked for, and then kept.

    Kept with every result, it took half of the memory, and of the time in which Python looks for garbage.
    """

    __slots__ = ("_engine", "_given", "_layout")

    def __init__(self, source: Source, engine: Engine) -> None:
        self._given, self._engine = (source.name, source.data, source.kind), engine
        self._layout: Layout | None = None

    def layout(self) -> Layout:
        if self._layout is None:
            self._layout = _laid_out(Source(*self._given), self._engine)
        return self._layout

    def paper(self) -> Paper:
        return paper_of(Source(*self._given), _table_heads())


@dataclass(frozen=True, slots=True)
class Extraction:
    """A filing as read from its page, with the doubts that reading left.

    `source` says where it came from: `file`, `sha256`, `format`, `template`, `evidence` (why this template),
    `version` (of this package), and `title` and `producer` where the file gives them. Of a document out of a full
    submission also what its header says: `accession_number`, `form_type`, `filing_date`, `period_of_report`,
    `file_number`, `issuer_cik`, `owner_ciks`, `filer_ciks`, and the `document`'s name in it.
    """

    filing: Filing
    issues: tuple[Issue, ...]
    source: Mapping[str, Any]
    _sheets: _Sheets = field(repr=False, compare=False)

    @property
    def layout(self) -> Layout:
        """What is on the paper; the document is read once more for it, the first time."""
        return self._sheets.layout()

    @property
    def paper(self) -> Paper:
        """The document itself to look at, as `layout.paper`; nothing is read for it."""
        return self._sheets.paper()

    @property
    def needs_review(self) -> bool:
        """Whether any issue puts a value in doubt."""
        return needs_review(self.issues)

    @property
    def transactions(self) -> SecurityRows:
        """The rows of both tables that report a transaction; `.per_owner()` repeats each for every owner."""
        from extractor.rows import transactions_of

        return transactions_of(self)

    @property
    def holdings(self) -> SecurityRows:
        """The rows of both tables that report a holding without a transaction."""
        from extractor.rows import holdings_of

        return holdings_of(self)

    @property
    def owners(self) -> RowSet:
        """The reporting owners, a row each."""
        from extractor.rows import owners_of

        return owners_of(self)

    @property
    def footnotes(self) -> RowSet:
        """The footnotes, a row each, with the paths of the fields that cite them."""
        from extractor.rows import footnotes_of

        return footnotes_of(self)

    def show(self, page: int = 1) -> Image:
        """A picture of a page of a PDF, counted from 1, with fields, ticks, marks, footnotes and issues drawn in.

        Raises UnsupportedFormat for an HTML page, which has no pages, and IndexError for the number of no page.
        """
        from extractor.draw import fields_of

        return fields_of(self, self.layout, page)

    def _repr_html_(self) -> str:
        """What a notebook shows: whether the reading is in doubt and why, and the filing in short."""
        from extractor.notebook import summary_of

        return summary_of(self)


def read(given: Given, *, kind: Kind | None = None) -> Layout:
    """What is on the paper of a PDF, an HTML or a Markdown page, or a text, given as a path, bytes or `-` for standard
    input.

    `kind` says what it is, where its content is not to be asked. Raises SourceError for a document that cannot be read.
    """
    return _laid_out(open_source(given, kind), "fast")


def read_xml(given: Given) -> Filing:
    """The filing that ownership XML holds, given as a path, bytes or `-`, also inside a full submission.

    Raises SourceError for what cannot be read, NotAnOwnershipForm for what is no ownership XML.
    """
    from extractor.filing.ownership_xml import from_xml

    source = open_source(given)
    if source.kind != "xml":
        raise NotAnOwnershipForm("is no ownership XML", source=source.name)
    return from_xml(source.data, source.name)


def extract(given: Given, *, second_opinion: bool = False, kind: Kind | None = None) -> Extraction:
    """The filing on a PDF, an HTML or a Markdown page, or in a text, given as a path, bytes or `-` for standard input.

    Ownership XML is taken as it is, and of a full submission (`.txt`, `.nc`) the form's document is read. `kind` (one
    of `readers.source.KINDS`) says what the document is, where its content is not to be asked.

    With `second_opinion` the document is read once more with independent engines (pdfplumber, BeautifulSoup), several
    times slower; each disagreement becomes an issue, and where the fast engine finds the document damaged, the second
    one's reading is returned, in doubt. Texts and XML have one reader alone. Where camelot is installed, what it sees
    otherwise in a PDF's tables is noted.

    Raises only `ExtractorError`: SourceError for a document that cannot be read, RecognitionError for one that is no
    Form 3, 4 or 5. What could be read only in part comes back with issues.
    """
    source = open_source(given, kind)
    with _typed(source), seldom_collected():
        return _opinions(source) if second_opinion else _extract(source, "fast")


def _laid_out(source: Source, engine: Engine) -> Layout:
    with _typed(source), seldom_collected():
        return read_source(source, _table_heads(), engine)


@contextmanager
def _typed(source: Source) -> Iterator[None]:
    """Errors name the source, and what nobody foresaw is an error like any other: it ends one document alone."""
    try:
        yield
    except ExtractorError as error:
        raise error.about(source.name) from error.__cause__
    except MemoryError as error:
        raise OutOfMemory("reading it took more memory than there is", source=source.name) from error
    except Exception as error:
        message = f"reading ended in an unexpected {type(error).__name__}"
        raise DamagedSource(message, source=source.name, hint=UNFORESEEN) from error


def _extract(source: Source, engine: Engine) -> Extraction:
    with _typed(source):
        return _read(source, engine)


def _read(source: Source, engine: Engine) -> Extraction:
    from extractor.checks import check
    from extractor.fitting import fit

    if source.kind == "xml":
        return _filed(source)
    layout = read_source(source, _table_heads(), engine)
    choice = choose(layout)
    fitted = fit(layout, choice.template)
    checked = (issue for issue in check(fitted.filing) if not choice.template.form.waives(issue))
    record = _record(source, choice.template.id, choice.evidence, layout)
    return Extraction(fitted.filing, (*source.issues, *fitted.issues, *checked), record, _Sheets(source, engine))


def _filed(source: Source) -> Extraction:
    """The filed XML itself: every value is the filer's, so that only what is of no kind due there is in doubt."""
    from extractor.checks import check
    from extractor.filing.ownership_xml import from_xml

    filing = from_xml(source.data, source.name)
    unread = tuple(
        Issue(Code.UNREADABLE_VALUE, path, f"{field.printed!r} is of no kind that is due here")
        for path, field in fields_in(filing)
        if isinstance(field, Field) and field.printed and field.value is None
    )
    notes = tuple(issue for issue in check(filing) if issue.severity is Severity.NOTE)
    evidence = (f"ownership XML, schema {filing.schema_version or 'unknown'}",)
    record = _record(source, OWNERSHIP_XML, evidence, read_source(source))
    return Extraction(filing, (*source.issues, *unread, *notes), record, _Sheets(source, "fast"))


def _opinions(source: Source) -> Extraction:
    """The fast reading with what the second one says otherwise; the second one where the fast engine fails."""
    try:
        first = _extract(source, "fast")
    except DamagedSource as error:
        second = _extract(source, "second")
        issue = Issue(Code.READ_BY_SECOND, "", f"the fast engine gave up: {error.message}")
        return replace(second, issues=(issue, *second.issues))
    try:
        second = _extract(source, "second")
        said = tuple(_disagreements(first.filing, second.filing))
    except ExtractorError as error:
        said = (Issue(Code.READERS_DISAGREE, "", f"the second reader gave up: {error.message}"),)
    return replace(first, issues=(*first.issues, *said, *_witnessed(source, first.filing)))


def _disagreements(first: Filing, second: Filing) -> Iterator[Issue]:
    from extractor.writers.compare import compare

    unread = compare(first, first)  # what the first could not read differs even from itself
    for path, other, mine in (each for each in compare(first, second) if each not in unread):
        message = f"read as {mine!r}, by the second reader as {other!r}"
        yield Issue(Code.READERS_DISAGREE, path, message, places_of(first, path))


def _witnessed(source: Source, filing: Filing) -> Iterable[Issue]:
    """What a further witness of a PDF's tables gainsays, where it is installed (the extra `camelot`)."""
    if source.kind != "pdf":
        return ()
    from extractor.readers.pdf import witness

    if not witness.is_installed():
        return ()
    from extractor.witness import disagreements

    try:
        return disagreements(filing, witness.table_texts(source.data))
    except ExtractorError as error:
        return (Issue(Code.WITNESS_DISAGREES, "", f"the table witness gave up: {error.message}"),)


@cache
def _table_heads() -> tuple[TableHeads, ...]:
    """The heads of every table of every form, in every printing's wording."""
    drawn = [template(form.id, printing.id).form for form in forms() for printing in printings()]
    heads = (
        TableHeads(table.titles, tuple(column.captions for column in table.columns), table.groups)
        for form in drawn
        for table in (form.table_1, form.table_2)
    )
    return tuple(dict.fromkeys(heads))


def _record(source: Source, template_id: str, evidence: Iterable[str], layout: Layout) -> dict[str, Any]:
    return {
        "file": source.name,
        "sha256": source.sha256,
        "format": source.kind,
        "template": template_id,
        "evidence": list(evidence),
        "version": __version__,
        **source.facts,
        # what the file says of itself: some printings put the accession number into the title
        **{name: layout.properties[name] for name in ("title", "producer") if layout.properties.get(name)},
    }
