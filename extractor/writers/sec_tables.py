"""A filing and what is known of its source come in, and rows for the tables of `sec_columns` go out.

The rows are taken from the plain form of a filing that `writers.json.filing_to_dict` makes, so that a batch need not
build the models again for each document that a worker sends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from extractor.filing import Filing
from extractor.issues import CATALOGUE, Code
from extractor.writers.json import filing_to_dict
from extractor.writers.sec_cells import READ, Cell, Plain, Row, array, fit, holds, joined
from extractor.writers.sec_columns import (
    DECIMALS,
    DERIV_HOLDING,
    DERIV_TRANS,
    DIGITS,
    FOOTNOTES,
    NONDERIV_HOLDING,
    NONDERIV_TRANS,
    OWNER_SIGNATURE,
    REPORTINGOWNER,
    SEC_TABLES,
    SUBMISSION,
    TABLES,
    Column,
    Kind,
    Table,
    Take,
)
from extractor.writers.sec_places import Places, place_cells

Rows = dict[str, list[Row]]
Tables = Mapping[str, Collection[Row]]

_ACCESSION = re.compile(r"(?<![0-9])[0-9]{10}-[0-9]{2}-[0-9]{6}(?![0-9])")
# EDGAR's folders name a filing without the dashes: edgar/data/1107843/000122520821012345/…
_FOLDER = re.compile(r"edgar/data/[0-9]{1,10}/([0-9]{10})([0-9]{2})([0-9]{6})(?![0-9])")
_RELATIONSHIPS = (
    ("director", "Director"),
    ("officer", "Officer"),
    ("ten_percent_owner", "TenPercentOwner"),
    ("other", "Other"),
)
# The members of a row whose marks the XML keeps together, in this order.
_CODING = ("transaction_code", "form_type", "equity_swap")
_EMPTY: Plain = {}


class _Item(NamedTuple):
    """What one row is made of: the source's key, the row's number, the part of the filing that it shows, the fields of
    that by their dotted paths, the source.
    """

    key: str | None
    number: int
    content: Plain
    fields: Mapping[str, Plain]
    source: Plain


class _Unfit(NamedTuple):
    """A number that no decimal column holds, by its table, row and column."""

    path: str
    value: Decimal


def accession_of(source: Mapping[str, object]) -> str | None:
    """The accession number (`0001234567-24-000001`) that the source tells; None if it tells none.

    Asked in this order: `accession_number`, the PDF's `title` (EDGRpdf and EDGAR PDF generators put it there), the
    last one in `member`, else in `uri` or `file`, where a folder of EDGAR's archive counts too. An archive's own name
    says nothing of its members.
    """
    for name in ("accession_number", "title"):
        told = str(source.get(name) or "").strip()
        if _ACCESSION.fullmatch(told):
            return told
    path = str(source.get("member") or source.get("uri") or source.get("file") or "").replace("\\", "/")
    if found := _ACCESSION.findall(path):
        return str(found[-1])
    folder = _FOLDER.search(path)
    return "-".join(folder.groups()) if folder else None


def rows_of(filing: Filing, source: Mapping[str, object], issues: Iterable[Plain] = ()) -> Rows:
    """The rows of every table, by the tables' names; a table without rows has an empty list.

    `source` has what is known of `sha256`, `uri`, `member`, `size`, `status`, `error`, `template`, `format`,
    `version`, `needs_review`, `filing_date`, `file_number` and of where `accession_of` looks; `issues` are as
    `Issue.as_dict` gives them. Cells are str, Decimal (every printed decimal), date, int, float (points) or None for
    what the page does not show; flags are 0 or 1. ACCESSION_NUMBER is the sha256 where no accession number is known.
    """
    return rows_of_plain(filing_to_dict(filing), source, issues)


def rows_of_plain(filing: Plain | None, source: Mapping[str, object], issues: Iterable[Plain] = ()) -> Rows:
    """`rows_of` for a filing as `filing_to_dict` gives it; for None, an input that was not read, SOURCE alone."""
    return {name: list(rows) for name, rows in tables_of_plain(filing, source, issues).items()}


def tables_of_plain(filing: Plain | None, source: Mapping[str, object], issues: Iterable[Plain] = ()) -> Tables:
    """`rows_of_plain` for writers: the rows of PROVENANCE, some 160 a filing, are held column by column."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    key, identity = accession_of(source) or _id(source), _id(source)
    unfit: list[_Unfit] = []
    places = Places()
    if filing is not None:
        for table, number, content in _items(filing):
            plan = _PLANS[table.name]
            item = _Item(key, number, content, _fields(content, plan.groups), source)
            rows[table.name].append(_fitting(_row(plan, item, places), table, number, unfit))
        rows["ISSUES"] += _issue_rows(identity, [*issues, *map(_unfit_issue, unfit)])
    rows["SOURCE"].append(_source_row(source, identity, key, bool(unfit)))
    return {**rows, "PROVENANCE": places.rows(identity)}


def numbered(table: Table, rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    """The rows with the number that PROVENANCE calls ROW_SK; `rows` are those of one source."""
    names = [column.name for column in table.columns]
    at = names.index(table.row_name) if table.row_name else None
    for position, row in enumerate(rows, start=1):
        number = position if at is None else row[at]
        assert isinstance(number, int)
        yield number, row


# --- which rows


def _items(filing: Plain) -> Iterator[tuple[Table, int, Plain]]:
    """Each row's table, its number, and its content. Rows are numbered in their table of the form, both kinds in one.

    So the order of a filing's transactions and holdings, which the SEC's tables part, is not lost.
    """
    yield SUBMISSION, 1, filing
    yield from ((REPORTINGOWNER, number, owner) for number, owner in _members(filing, "owners"))
    for name, transactions, holdings in (
        ("non_derivative", NONDERIV_TRANS, NONDERIV_HOLDING),
        ("derivative", DERIV_TRANS, DERIV_HOLDING),
    ):
        for number, row in _members(filing, name):
            yield (holdings if row.get("kind") == "holding" else transactions), number, row
    yield from ((FOOTNOTES, number, note) for number, note in _members(filing, "footnotes"))
    yield from ((OWNER_SIGNATURE, number, signature) for number, signature in _members(filing, "signatures"))


def _members(content: Plain, name: str) -> Iterator[tuple[int, Plain]]:
    return enumerate(array(content.get(name)), start=1)


# --- cells


def _said(column: Column, item: _Item) -> Cell:
    """What the header of a submission says; a date only where it is one."""
    told = str(item.source.get(column.field) or "")
    if not told or column.kind is not Kind.DATE:
        return fit(told)
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _coding_marks(_column: Column, item: _Item) -> Cell:
    marks = (mark for name in _CODING for mark in array(item.fields.get(name, _EMPTY).get("footnotes")))
    return joined(dict.fromkeys(marks))


def _document_type(_column: Column, item: _Item) -> Cell:
    return f"{item.content['form']}{'/A' if item.content.get('amendment') else ''}"


def _relationship(_column: Column, item: _Item) -> Cell:
    ticked = [
        name for flag, name in _RELATIONSHIPS if item.fields.get(f"relationship.{flag}", _EMPTY).get("value") is True
    ]
    return joined(ticked)


def _printed_name(column: Column, item: _Item) -> Cell:
    """A state as the page names it: from 2026 on it prints `CALIFORNIA` where the value is the code."""
    field = item.fields.get(column.field, _EMPTY)
    printed, value = str(field.get("printed") or ""), field.get("value")
    return fit(printed) if value is not None and printed.upper() != value else None


_TAKEN: Mapping[Take, Callable[[Column, _Item], Cell]] = {
    Take.CODING_MARKS: _coding_marks,
    Take.KEY: lambda _, item: item.key,
    Take.NUMBER: lambda _, item: item.number,
    Take.DOCUMENT_TYPE: _document_type,
    Take.RELATIONSHIP: _relationship,
    Take.PRINTED_NAME: _printed_name,
    Take.MEMBER: lambda column, item: fit(item.content.get(column.field) or ""),
    Take.SOURCE: _said,
}


class _Where(NamedTuple):
    """Where a table shows a field: the position of its value and how that is read, and that of its marks."""

    value: int
    read: Callable[[object], Cell]
    marks: int | None


class _Plan(NamedTuple):
    """How a table's row is made: what is shown of a field, by its path, and all columns that are not of one field.

    Most of a filing's fields are blank, so a row is made of those that it has and not column by column. `groups` are
    the members that hold fields of their own.
    """

    table: str
    fields: Mapping[str, _Where]
    others: tuple[tuple[int, Column, Callable[[Column, _Item], Cell]], ...]
    groups: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[int, ...]


def _plan(table: Table) -> _Plan:
    columns = list(enumerate(table.columns))
    marks = {column.field: at for at, column in columns if column.take is Take.MARKS}
    return _Plan(
        table.name,
        {
            column.field: _Where(at, READ[column.kind], marks.get(column.field))
            for at, column in columns
            if column.take is Take.VALUE
        },
        tuple((at, column, _TAKEN[column.take]) for at, column in columns if column.take in _TAKEN),
        tuple(dict.fromkeys(column.field.partition(".")[0] for _, column in columns if "." in column.field)),
        tuple(column.name for _, column in columns),
        tuple(at for at, column in columns if column.kind is Kind.NUMBER),
    )


def _row(plan: _Plan, item: _Item, shown: Places) -> list[Cell]:
    """The cells of a row; the places of those that show something are added to `shown`.

    A value's cell has its places too where what stands there cannot be read.
    """
    cells: list[Cell] = [None] * len(plan.names)
    places: dict[int, object] = {}
    for at, column, take in plan.others:
        cells[at] = cell = take(column, item)
        if cell is not None and column.field:
            places[at] = _places_of(column, item)
    shown_at = plan.fields.get
    for path, field in item.fields.items():
        where = shown_at(path)
        if where is None:
            continue
        value_at, read, marks_at = where
        value, marks, stands = field.get("value"), field.get("footnotes"), field.get("at")
        if value is not None and value != "":
            cells[value_at] = read(value)
            places[value_at] = stands
        elif field.get("printed"):
            places[value_at] = stands
        if marks and marks_at is not None and (cell := joined(array(marks))) is not None:
            cells[marks_at] = cell
            places[marks_at] = stands
    shown.add(plan.table, item.number, plan.names, places)
    return cells


def _fields(content: Plain, groups: Iterable[str]) -> dict[str, Plain]:
    """The fields of a part of a filing by their dotted paths; they lie at most two names deep."""
    found: dict[str, Plain] = {name: member for name, member in content.items() if isinstance(member, dict)}
    for group in groups:
        inner = found.get(group, _EMPTY)
        found.update({f"{group}.{name}": field for name, field in inner.items() if isinstance(field, dict)})
    return found


# By the name of each table; a member of an Enum is slow to hash, and a filing has some 300 cells.
_PLANS: Mapping[str, _Plan] = {table.name: _plan(table) for table in SEC_TABLES}


def _fitting(cells: list[Cell], table: Table, number: int, unfit: list[_Unfit]) -> Row:
    """The row with None for each number that a decimal column cannot hold; those are added to `unfit`."""
    plan = _PLANS[table.name]
    for at in plan.numbers:
        value = cells[at]
        if isinstance(value, Decimal) and not holds(value):
            unfit.append(_Unfit(f"{table.name}[{number}].{plan.names[at]}", value))
            cells[at] = None
    return tuple(cells)


# --- our own tables


def _id(source: Mapping[str, object]) -> str | None:
    return str(source.get("sha256") or "") or None


def _places_of(column: Column, item: _Item) -> Sequence[Plain]:
    if column.take is Take.SOURCE:  # the header of a submission stands on no page
        return ()
    if column.take is Take.MEMBER:
        return array(item.content.get("at"))
    if column.take is Take.RELATIONSHIP:  # several ticks may make it
        fields = [item.fields.get(f"{column.field}.{flag}", _EMPTY) for flag, _ in _RELATIONSHIPS]
        return [place for field in fields if field.get("value") is True for place in array(field.get("at"))]
    return array(item.fields.get(column.field, _EMPTY).get("at"))


def _issue_rows(identity: str | None, issues: Iterable[Plain]) -> Iterator[Row]:
    """One row an issue, with the first of its places."""
    for number, issue in enumerate(issues, start=1):
        texts = (fit(issue.get(name) or "") for name in ("path", "code", "severity", "message"))
        first = next(iter(array(issue.get("at"))), _EMPTY)
        yield (identity, number, *texts, *place_cells(first))


def _unfit_issue(unfit: _Unfit) -> Plain:
    message = f"{unfit.value:f} does not fit a column of {DIGITS} digits, {DECIMALS} after the point"
    code = Code.OVER_LENGTH
    return {"path": unfit.path, "code": code.value, "severity": CATALOGUE[code].severity.value, "message": message}


def _source_row(source: Mapping[str, object], identity: str | None, key: str | None, doubted: bool) -> Row:
    size, review = source.get("size"), source.get("needs_review")
    head = (fit(source.get(name) or "") for name in ("uri", "member"))
    texts = (fit(source.get(name) or "") for name in ("status", "error", "template", "format", "version"))
    in_doubt = None if review is None else int(bool(review) or doubted)
    return (identity, *head, None if size is None else int(str(size)), *texts, in_doubt, key)


__all__ = [
    "SEC_TABLES",
    "TABLES",
    "Cell",
    "Row",
    "Rows",
    "Tables",
    "accession_of",
    "numbered",
    "rows_of",
    "rows_of_plain",
    "tables_of_plain",
]
