"""The public functions: a document goes in, its layout or its filing comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from os import PathLike
from typing import TYPE_CHECKING, Any

from extractor.errors import DamagedSource, ExtractorError
from extractor.filing import Filing, places_of
from extractor.issues import Code, Issue, needs_review
from extractor.layout import Layout
from extractor.readers import Engine, TableHeads, read_source
from extractor.readers.source import Kind, Source, open_source
from extractor.templates import Choice, choose, forms, printings, template
from extractor.version import __version__

if TYPE_CHECKING:
    from PIL.Image import Image

    from extractor.rows import RowSet, SecurityRows

Given = str | PathLike[str] | bytes


@dataclass(frozen=True, slots=True)
class Extraction:
    """A filing as read from its page, with the doubts that reading left.

    `source` says where it came from: `file`, `sha256`, `format`, `template`, `evidence` (why this template),
    `version` (of this package), and `title` and `producer` where the file gives them.
    """

    filing: Filing
    issues: tuple[Issue, ...]
    source: Mapping[str, Any]
    layout: Layout = field(repr=False, compare=False)

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


def read(given: Given, kind: Kind | None = None) -> Layout:
    """What is on the paper of a PDF, an HTML or a Markdown page, given as a path, bytes or `-` for standard input.

    `kind` is what it is read as, where its content should not decide. Raises SourceError for a document that cannot be
    read.
    """
    source = open_source(given, kind)
    try:
        return read_source(source, _table_heads())
    except ExtractorError as error:
        raise error.about(source.name) from error.__cause__


def extract(given: Given, *, second_opinion: bool = False, kind: Kind | None = None) -> Extraction:
    """The filing on a PDF, an HTML or a Markdown page, given as a path, bytes or `-` for standard input.

    `kind` (`pdf`, `html`, `markdown`) is what it is read as; without it the content decides.

    With `second_opinion` the document is read once more with independent engines (pdfplumber, BeautifulSoup), several
    times slower; each disagreement becomes an issue, and where the fast engine finds the document damaged, the second
    one's reading is returned, in doubt. Where camelot is installed, what it sees otherwise in a PDF's tables is noted.

    Raises only `ExtractorError`: SourceError for a document that cannot be read, RecognitionError for one that is no
    Form 3, 4 or 5. What could be read only in part comes back with issues.
    """
    source = open_source(given, kind)
    try:
        return _opinions(source) if second_opinion else _extract(source, "fast")
    except ExtractorError as error:
        raise error.about(source.name) from error.__cause__


def _extract(source: Source, engine: Engine) -> Extraction:
    from extractor.checks import check
    from extractor.fitting import fit

    layout = read_source(source, _table_heads(), engine)
    choice = choose(layout)
    fitted = fit(layout, choice.template)
    return Extraction(fitted.filing, fitted.issues + check(fitted.filing), _record(source, choice, layout), layout)


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


def _record(source: Source, choice: Choice, layout: Layout) -> dict[str, Any]:
    return {
        "file": source.name,
        "sha256": source.sha256,
        "format": source.kind,
        "template": choice.template.id,
        "evidence": list(choice.evidence),
        "version": __version__,
        # what the file says of itself: some printings put the accession number into the title
        **{name: layout.properties[name] for name in ("title", "producer") if layout.properties.get(name)},
    }
