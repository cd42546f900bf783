"""The public functions: a document goes in, its layout or its filing comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from os import PathLike
from typing import Any

from extractor.errors import ExtractorError
from extractor.filing import Filing
from extractor.issues import Issue, needs_review
from extractor.layout import Layout
from extractor.readers import TableHeads, read_source
from extractor.readers.source import Source, open_source
from extractor.templates import Choice, choose, forms, printings, template
from extractor.version import __version__

Given = str | PathLike[str] | bytes


@dataclass(frozen=True, slots=True)
class Extraction:
    """A filing as read from its page, with the doubts that reading left.

    `source` says where it came from: `file`, `sha256`, `format`, `template`, `evidence` (why this template) and
    `version` (of this package).
    """

    filing: Filing
    issues: tuple[Issue, ...]
    source: Mapping[str, Any]
    layout: Layout = field(repr=False, compare=False)

    @property
    def needs_review(self) -> bool:
        """Whether any issue puts a value in doubt."""
        return needs_review(self.issues)


def read(given: Given) -> Layout:
    """What is on the paper of a PDF or an HTML page, given as a path, bytes or `-` for standard input.

    Raises SourceError for a document that cannot be read.
    """
    source = open_source(given)
    try:
        return read_source(source, _table_heads())
    except ExtractorError as error:
        raise error.about(source.name) from error.__cause__


def extract(given: Given) -> Extraction:
    """The filing on a PDF or an HTML page, given as a path, bytes or `-` for standard input.

    Raises only `ExtractorError`: SourceError for a document that cannot be read, RecognitionError for one that is no
    Form 3, 4 or 5. What could be read only in part comes back with issues.
    """
    from extractor.checks import check
    from extractor.fitting import fit

    source = open_source(given)
    try:
        layout = read_source(source, _table_heads())
        choice = choose(layout)
        fitted = fit(layout, choice.template)
    except ExtractorError as error:
        raise error.about(source.name) from error.__cause__
    return Extraction(fitted.filing, fitted.issues + check(fitted.filing), _record(source, choice), layout)


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


def _record(source: Source, choice: Choice) -> dict[str, Any]:
    return {
        "file": source.name,
        "sha256": source.sha256,
        "format": source.kind,
        "template": choice.template.id,
        "evidence": list(choice.evidence),
        "version": __version__,
    }
