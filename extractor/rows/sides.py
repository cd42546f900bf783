"""A document comes in and what stands beside its tables goes out as row sets: the owners and the footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from extractor.filing import Address, Field, Filing, Relationship, ReportingOwner, fields_in, type_of
from extractor.filing.field import Frozen
from extractor.rows.rowset import KINDS, Column, Kind, RowSet
from extractor.writers import Document

_NOTE_COLUMNS = (Column("id", Kind.TEXT), Column("text", Kind.TEXT), Column("cited_by", Kind.LIST))


def _columns(*models: type[Frozen]) -> Iterator[Column]:
    for model in models:
        for name, info in model.model_fields.items():
            field: Any = info.annotation
            if isinstance(field, type) and issubclass(field, Field):
                yield Column(name, KINDS[type_of(field)])


OWNER_COLUMNS = (Column("number", Kind.COUNT), *_columns(ReportingOwner, Address, Relationship))
"""An owner's number from 1, name and CIK, address, relationship; each field's value."""


def owners_of(document: Document) -> RowSet:
    """A row for every reporting owner, in printed order."""
    return RowSet(OWNER_COLUMNS, list(owner_rows(document.filing)))


def owner_rows(filing: Filing) -> Iterator[dict[str, object]]:
    """The owners as rows of `OWNER_COLUMNS`."""
    for number, owner in enumerate(filing.owners, 1):
        found = {path.rpartition(".")[2]: field for path, field in fields_in(owner)}
        yield {"number": number, **{name: getattr(found[name], "value", None) for name, _ in OWNER_COLUMNS[1:]}}


def footnotes_of(document: Document) -> RowSet:
    """A row for every footnote, with the paths of the fields that cite it."""
    cited: dict[str, list[str]] = {}
    for path, field in fields_in(document.filing):
        if isinstance(field, Field):
            for mark in dict.fromkeys(field.footnotes):
                cited.setdefault(mark, []).append(path)
    rows = [
        {"id": note.id, "text": note.text, "cited_by": tuple(cited.get(note.id, ()))}
        for note in document.filing.footnotes
    ]
    return RowSet(_NOTE_COLUMNS, rows)


def notes_text(filing: Filing, marks: Iterable[str]) -> str | None:
    """The texts that marks point at, each on a line behind its id; None for no marks, an id alone without a text."""
    texts = {note.id: note.text for note in filing.footnotes}
    return "\n".join(f"{mark}: {texts.get(mark, '')}".rstrip() for mark in marks) or None
