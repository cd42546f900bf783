"""A filing and what is known of its source come in, and rows for the tables of `sec_columns` go out.

In two steps, as a batch has two processes for them: `unkeyed` makes the rows of what was read, in JSON's types;
`keyed` gives them their keys and types, and says of the source what only the archive knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from extractor.filing import Filing
from extractor.issues import Code, Issue
from extractor.writers.sec_cells import READ, TOLD, Cell, Row, fit, holds, joined
from extractor.writers.sec_columns import (
    DECIMALS,
    DERIV_HOLDING,
    DERIV_TRANS,
    DIGITS,
    FOOTNOTES,
    ISSUES,
    NONDERIV_HOLDING,
    NONDERIV_TRANS,
    OWNER_SIGNATURE,
    PROVENANCE,
    REPORTINGOWNER,
    SEC_TABLES,
    SOURCE,
    SUBMISSION,
    TABLES,
    Column,
    Kind,
    Table,
    Take,
)
from extractor.writers.sec_places import WIDTH, Places, place_cells, provenance

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
# What a document may say of its source that its rows do not tell already.
_KNOWN = ("accession_number", "title", "template", "format", "version")
_DOUBTED = "needs_review"


class Unkeyed(NamedTuple):
    """The rows of a document in JSON's types, but for those of SOURCE; the first cell of each, its key, is None.

    `known` is what the document says of its source, `places` are the rows of PROVENANCE as `Places.told` tells them.
    """

    known: Mapping[str, object]
    rows: Mapping[str, Sequence[Sequence[Any]]]
    places: Sequence[Any]


class _Item(NamedTuple):
    """What one row is made of: its number, the part of the filing that it shows, and by their names the members of that
    and of what it holds (`address`, …; its own under the empty name), and the source.
    """

    number: int
    content: Any
    members: Mapping[str, Mapping[str, Any]]
    source: Mapping[str, object]


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


def rows_of(filing: Filing, source: Mapping[str, object], issues: Iterable[Issue] = ()) -> Rows:
    """The rows of every table, by the tables' names; a table without rows has an empty list.

    `source` has what is known of `sha256`, `uri`, `member`, `size`, `status`, `error`, `template`, `format`,
    `version`, `needs_review`, `filing_date`, `file_number` and of where `accession_of` looks. Cells are str, Decimal
    (every printed decimal), date, int, float (points) or None for what the page does not show; flags are 0 or 1.
    ACCESSION_NUMBER is the sha256 where no accession number is known.
    """
    return {name: list(rows) for name, rows in keyed(unkeyed(filing, source, issues), source).items()}


def unkeyed(filing: Filing, source: Mapping[str, object], issues: Iterable[Issue] = ()) -> Unkeyed:
    """The rows of what was read, by whatever key; of `source` what `rows_of` takes, as far as the document tells it."""
    rows: dict[str, list[list[Any]]] = {}
    unfit: list[Issue] = []
    places = Places()
    for table, number, content in _items(filing):
        rows.setdefault(table.name, []).append(_row(_PLANS[table.name], number, content, source, places, unfit))
    if found := [_issue_row(number, issue) for number, issue in enumerate([*issues, *unfit], start=1)]:
        rows[ISSUES.name] = found
    known: dict[str, object] = {name: source[name] for name in _KNOWN if source.get(name) is not None}
    if source.get(_DOUBTED) is not None:
        known[_DOUBTED] = bool(source[_DOUBTED] or unfit)
    return Unkeyed(known, rows, places.told())


def keyed(found: Unkeyed | None, more: Mapping[str, object]) -> Tables:
    """The rows of every table, PROVENANCE column by column, from `unkeyed` and what else is known of the source.

    For None, an input that was not read, SOURCE alone. Raises ValueError and TypeError for what `unkeyed` never tells.
    """
    said = found.known if found else {}
    known = {**more, **{name: said[name] for name in (*_KNOWN, _DOUBTED) if name in said}}
    identity = _id(known)
    key = accession_of(known) or identity
    tables: dict[str, Collection[Row]] = dict.fromkeys(TABLES, ())
    if found:
        for table in (*SEC_TABLES, ISSUES):
            if members := found.rows.get(table.name):
                tables[table.name] = _typed(table, members, identity if table is ISSUES else key)
        tables[PROVENANCE.name] = provenance(found.places, identity)
    tables[SOURCE.name] = [_source_row(known, identity, key)]
    return tables


def numbered(table: Table, rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    """The rows with the number that PROVENANCE calls ROW_SK; `rows` are those of one source."""
    names = [column.name for column in table.columns]
    at = names.index(table.row_name) if table.row_name else None
    for position, row in enumerate(rows, start=1):
        number = position if at is None else row[at]
        assert isinstance(number, int)
        yield number, row


# --- which rows


def _items(filing: Filing) -> Iterator[tuple[Table, int, Any]]:
    """Each row's table, its number, and its content. Rows are numbered in their table of the form, both kinds in one.

    So the order of a filing's transactions and holdings, which the SEC's tables part, is not lost.
    """
    yield SUBMISSION, 1, filing
    yield from ((REPORTINGOWNER, number, owner) for number, owner in enumerate(filing.owners, start=1))
    for number, row in enumerate(filing.non_derivative, start=1):
        yield (NONDERIV_HOLDING if row.kind == "holding" else NONDERIV_TRANS), number, row
    for number, line in enumerate(filing.derivative, start=1):
        yield (DERIV_HOLDING if line.kind == "holding" else DERIV_TRANS), number, line
    yield from ((FOOTNOTES, number, note) for number, note in enumerate(filing.footnotes, start=1))
    yield from ((OWNER_SIGNATURE, number, signature) for number, signature in enumerate(filing.signatures, start=1))


# --- cells that are not the value of one field


def _said(column: Column, item: _Item) -> Cell:
    """What the header of a submission says; a date only where it is one."""
    told = str(item.source.get(column.field) or "")
    if not told or column.kind is not Kind.DATE:
        return fit(told)
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:
        return None


def _coding_marks(_column: Column, item: _Item) -> Cell:
    own = item.members[""]
    marks = [mark for name in _CODING for mark in own[name].footnotes]
    return joined(dict.fromkeys(marks)) if marks else None


def _document_type(_column: Column, item: _Item) -> Cell:
    return f"{item.content.form}{'/A' if item.content.amendment else ''}"


def _relationship(column: Column, item: _Item) -> Cell:
    ticks = item.members[column.field]
    return joined([name for flag, name in _RELATIONSHIPS if ticks[flag].value is True])


def _printed_name(column: Column, item: _Item) -> Cell:
    """A state as the page names it: from 2026 on it prints `CALIFORNIA` where the value is the code."""
    field = _field(column, item)
    return fit(field.printed) if field.value is not None and field.printed.upper() != field.value else None


def _field(column: Column, item: _Item) -> Any:
    group, name = _parted(column.field)
    return item.members[group][name]


def _parted(path: str) -> tuple[str, str]:
    """The member that holds a field, empty for the row's own, and the field's name."""
    group, _, name = path.rpartition(".")
    return group, name


_TAKEN: Mapping[Take, Callable[[Column, _Item], Cell]] = {
    Take.CODING_MARKS: _coding_marks,
    Take.NUMBER: lambda _, item: item.number,
    Take.DOCUMENT_TYPE: _document_type,
    Take.RELATIONSHIP: _relationship,
    Take.PRINTED_NAME: _printed_name,
    Take.MEMBER: lambda column, item: fit(item.members[""][column.field] or ""),
    Take.SOURCE: _said,
}


def _places_of(column: Column, item: _Item) -> Sequence[object]:
    """The places of such a cell."""
    if column.take is Take.SOURCE:  # the header of a submission stands on no page
        return ()
    if column.take is Take.MEMBER:
        return tuple(item.content.at)
    if column.take is Take.RELATIONSHIP:  # several ticks may make it
        ticks = item.members[column.field]
        return [place for flag, _ in _RELATIONSHIPS if ticks[flag].value is True for place in ticks[flag].at]
    return tuple(_field(column, item).at)


# --- rows


@dataclass
class _Step:
    """How a column, or a field's value with its marks behind it, comes into a row.

    What is shown is `member` of `group`, its marks in the column `marks` if there is one; a column that is not of one
    field is made by `take`. Classes and not tuples, as these are asked some hundred times a filing.
    """

    at: int
    column: Column
    name: str
    group: str
    member: str
    marks: str
    is_number: bool
    tell: Callable[[Any], Any]
    take: Callable[[Column, _Item], Cell] | None


@dataclass
class _Plan:
    """How a table's row is made, column by column; `groups` are the members that hold fields of their own, `typed` the
    cells whose types JSON lacks.
    """

    table: str
    width: int
    groups: tuple[str, ...]
    steps: list[_Step]
    typed: tuple[tuple[int, Callable[[str], Cell]], ...]


def _plan(table: Table) -> _Plan:
    columns = list(enumerate(table.columns))
    marks = {column.field: column.name for _, column in columns if column.take is Take.MARKS}
    steps = []
    for at, column in columns:
        taken = _TAKEN.get(column.take)
        if taken or column.take is Take.VALUE:
            group, member = _parted(column.field)
            tell, is_number = TOLD.get(column.kind, fit), column.kind is Kind.NUMBER
            noted = marks.get(column.field, "")
            steps.append(_Step(at, column, column.name, group, member, noted, is_number, tell, taken))
    groups = tuple(dict.fromkeys(group for _, column in columns if (group := _parted(column.field)[0])))
    typed = tuple((at, READ[column.kind]) for at, column in columns if column.kind in READ)
    return _Plan(table.name, len(columns), groups, steps, typed)


def _row(
    plan: _Plan, number: int, content: Any, source: Mapping[str, object], places: Places, unfit: list[Issue]
) -> list[Any]:
    """The cells of a row; the places of those that show something are added to `places`, and to `unfit` each number
    that a decimal column cannot hold, in whose cell None stands.

    A value's cell has its places too where what stands there cannot be read.
    """
    own = content.__dict__
    members: dict[str, dict[str, Any]] = {"": own}
    for group in plan.groups:
        members[group] = own[group].__dict__
    item = _Item(number, content, members, source)
    cells: list[Any] = [None] * plan.width
    places.begin(plan.table, number)
    for step in plan.steps:
        if step.take is not None:
            cells[step.at] = cell = step.take(step.column, item)
            if cell is not None and step.column.field:
                places.add(step.name, _places_of(step.column, item))
            continue
        field = members[step.group][step.member].__dict__
        value, marks = field["value"], field["footnotes"]
        if value is not None and value != "":
            cells[step.at] = cell = step.tell(value)
            places.add(step.name, field["at"])
            if step.is_number and not holds(cell):
                unfit.append(_unfit(f"{plan.table}[{number}].{step.name}", cell))
                cells[step.at] = None
        elif field["printed"]:
            places.add(step.name, field["at"])
        if marks and step.marks and (told := joined(marks)) is not None:
            cells[step.at + 1] = told
            places.add(step.marks, field["at"])
    return cells


# By the name of each table; a member of an Enum is slow to hash.
_PLANS: Mapping[str, _Plan] = {table.name: _plan(table) for table in SEC_TABLES}


def _typed(table: Table, rows: Iterable[Sequence[Any]], key: str | None) -> list[Row]:
    """The rows with their key, and their cells in the types of their columns."""
    columns = len(table.columns)
    typed = _PLANS[table.name].typed if table.name in _PLANS else ()
    found: list[Row] = []
    for row in rows:
        cells = [key, *row[1:]]
        if len(cells) != columns:
            raise ValueError(f"a row of {table.name} has {len(cells)} cells")
        for at, read in typed:
            if cells[at] is not None:
                cells[at] = read(cells[at])
        found.append(tuple(cells))
    return found


# --- our own tables


def _id(source: Mapping[str, object]) -> str | None:
    return str(source.get("sha256") or "") or None


def _issue_row(number: int, issue: Issue) -> list[Any]:
    """The row of an issue, with the first of its places."""
    place = place_cells(issue.at[0]) if issue.at else (None,) * WIDTH
    return [None, number, fit(issue.path), issue.code.value, issue.severity.value, fit(issue.message), *place]


def _unfit(path: str, number: str) -> Issue:
    return Issue(
        Code.OVER_LENGTH, path, f"{number} does not fit a column of {DIGITS} digits, {DECIMALS} after the point"
    )


def _source_row(source: Mapping[str, object], identity: str | None, key: str | None) -> Row:
    size, review = source.get("size"), source.get(_DOUBTED)
    head = (fit(source.get(name) or "") for name in ("uri", "member"))
    texts = (fit(source.get(name) or "") for name in ("status", "error", "template", "format", "version"))
    in_doubt = None if review is None else int(bool(review))
    return (identity, *head, None if size is None else int(str(size)), *texts, in_doubt, key)


__all__ = [
    "SEC_TABLES",
    "TABLES",
    "Cell",
    "Row",
    "Rows",
    "Tables",
    "Unkeyed",
    "accession_of",
    "keyed",
    "numbered",
    "rows_of",
    "unkeyed",
]
