"""A document comes in and a Markdown page for reading goes out, with tables in the order of the form's columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from extractor.filing import Field, Filing, Footnote, ReportingOwner, Row
from extractor.filing.ownership_xml import coding_marks
from extractor.writers.document import Document, source_name

# What Markdown or the HTML in it would take for its own; a number sign, dash or digit only matters where a line begins.
_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$])")
_LEADING = re.compile(r"^([#+\-=]|[0-9]+[.)])")
# Invisible or terminal-steering characters: controls, writing direction, lone surrogates.
_UNSEEN = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORM_5_EARLY = "5"  # a Form 4 row that belongs on Form 5 is reported early: the form prints V


class Column(NamedTuple):
    """A column of the page: its head and what it shows of a row."""

    head: str
    show: Callable[[Row], str]


def to_markdown(document: Document) -> str:
    """Title, items, tables, footnotes, remarks, signatures and issues; a part with nothing to say is left out."""
    filing = document.filing
    parts: list[str] = [_title(filing)]
    if document.needs_review:
        parts.append("**Needs review:** at least one value is in doubt, see the issues at the end.")
    parts.append(_bullets(_items(document)))
    for owner in filing.owners:
        parts += [f"## {_show(owner.name) or 'Reporting person'}", _bullets(_owner(owner))]
    for title, rows, columns in _tables(filing):
        parts += [f"## {title}", _grid([column.head for column in columns], _cells(rows, columns))]
    parts += _ending(filing)
    if document.issues:
        heads = ("Severity", "Code", "Field", "Message")
        cells = [
            (issue.severity.value, issue.code.value, escape(issue.path), escape(issue.message))
            for issue in document.issues
        ]
        parts += ["## Issues", _grid(heads, cells)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """The text on one line, with nothing left that Markdown or HTML would take for markup."""
    line = " ".join(_UNSEEN.sub("", text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _SPECIAL.sub(r"\\\1", line)
    return _LEADING.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], line)


def _title(filing: Filing) -> str:
    form = f"Form {filing.form}{'/A' if filing.amendment else ''}"
    issuer, symbol = _show(filing.issuer.name), _show(filing.issuer.trading_symbol)
    named = f"{form}: {issuer}" if issuer else form
    return f"# {named} ({symbol})" if symbol else f"# {named}"


def _items(document: Document) -> Iterable[tuple[str, str]]:
    filing = document.filing
    yield "Source", escape(source_name(document))
    yield "Period of report", _show(filing.period_of_report)
    yield "Statement for month", _show(filing.statement_month)
    yield "Original filed", _show(filing.date_of_original_submission)
    yield "Issuer CIK", _show(filing.issuer.cik)
    yield "Foreign trading symbol", _show(filing.issuer.foreign_trading_symbol)
    yield "No longer subject to Section 16", _show(filing.not_subject_to_section16)
    yield "Form 3 holdings reported", _show(filing.form3_holdings_reported)
    yield "Form 4 transactions reported", _show(filing.form4_transactions_reported)
    yield "Rule 10b5-1(c) plan", _show(filing.aff10b5_one)
    yield "No securities owned", _show(filing.no_securities_owned)
    yield "Joint or group filing", _show(filing.joint)


def _owner(owner: ReportingOwner) -> Iterable[tuple[str, str]]:
    where, role = owner.address, owner.relationship
    lines = (where.street1, where.street2, where.city, where.state, where.non_us_state, where.zip_code, where.country)
    ticks = {
        "Director": role.director,
        "Officer": role.officer,
        "10% owner": role.ten_percent_owner,
        "Other": role.other,
    }
    yield "CIK", _show(owner.cik)
    yield "Address", ", ".join(filter(None, map(_show, lines)))
    yield "Relationship", " ".join(_tick(name, flag) for name, flag in ticks.items() if flag)
    yield "Officer title", _show(role.officer_title)
    yield "Other", _show(role.other_text)


def _tick(name: str, flag: Field[bool]) -> str:
    return f"{'☒' if flag.value else '☐' if flag.value is False else '?'} {name}"


def _tables(filing: Filing) -> Iterable[tuple[str, Sequence[Row], Sequence[Column]]]:
    if filing.non_derivative:
        yield "Table I: non-derivative securities", filing.non_derivative, _table_one(filing.form)
    if filing.derivative:
        yield "Table II: derivative securities", filing.derivative, _table_two(filing.form)


def _of(head: str, *names: str, money: bool = False, value: str = "") -> Column:
    """A column that shows the first of the fields that has anything; `value` names the field that is dollars."""

    def show(row: Row) -> str:
        for name in (*names, value):
            field = getattr(row, name, None)
            if isinstance(field, Field) and field:
                return _show(field, money=money or name == value)
        return ""

    return Column(head, show)


def _code(row: Row, form: str) -> str:
    """The code column: a leading digit on a Form 5 for a row of another form, `/K` for a swap, then the marks."""
    of_form = row.form_type.value or ""
    prefix = escape(of_form) if form == "5" and of_form != form else ""
    swap = "/K" if row.equity_swap.value else ""
    return prefix + _text(row.transaction_code) + swap + _superscript(coding_marks(row))


def _code_columns(form: str) -> list[Column]:
    code = Column("Code", lambda row: _code(row, form))
    early = Column("V", lambda row: "V" if row.form_type.value == _FORM_5_EARLY else "")
    return [code, early] if form == "4" else [code]


def _sided(side: str) -> Column:
    """Column 5 of Table II prints the amount under (A) or (D)."""
    amount = _of("", "shares", value="total_value")

    def show(row: Row) -> str:
        # An amount whose side is not known stands under both, with a question mark, rather than under none.
        sides = row.acquired_disposed.value
        shown = amount.show(row)
        marks = _superscript(row.acquired_disposed.footnotes) if sides == side else ""
        return shown + marks if sides == side else f"{shown} ?" if shown and sides is None else ""

    return Column(f"({side})", show)


_OWNERSHIP = (_of("D/I", "direct_or_indirect"), _of("Nature of ownership", "nature_of_ownership"))
_OWNED = _of("Owned following", "shares_owned_following", value="value_owned_following")
_DATES = (_of("Exercisable", "exercise_date"), _of("Expires", "expiration_date"))
_UNDERLYING = (
    _of("Underlying security", "underlying_title"),
    _of("Underlying amount", "underlying_shares", value="underlying_value"),
)
_CONVERSION = _of("Conversion or exercise price", "conversion_or_exercise_price", money=True)
_WHEN = (_of("Date", "transaction_date"), _of("Deemed execution", "deemed_execution_date"))


def _table_one(form: str) -> list[Column]:
    title = _of("Security", "security_title")
    if form == "3":
        return [title, _OWNED, *_OWNERSHIP]
    amounts = (
        _of("Amount", "shares"),
        _of("(A)/(D)", "acquired_disposed"),
        _of("Price", "price_per_share", money=True),
    )
    return [title, *_WHEN, *_code_columns(form), *amounts, _OWNED, *_OWNERSHIP]


def _table_two(form: str) -> list[Column]:
    title = _of("Derivative security", "security_title")
    if form == "3":
        return [title, *_DATES, *_UNDERLYING, _CONVERSION, *_OWNERSHIP]
    price = _of("Price", "price_per_share", money=True)
    head = [title, _CONVERSION, *_WHEN, *_code_columns(form), _sided("A"), _sided("D")]
    return [*head, *_DATES, *_UNDERLYING, price, _OWNED, *_OWNERSHIP]


def _cells(rows: Iterable[Row], columns: Sequence[Column]) -> list[list[str]]:
    return [[column.show(row) for column in columns] for row in rows]


def _ending(filing: Filing) -> list[str]:
    parts: list[str] = []
    if filing.footnotes:
        parts += ["## Footnotes", "\n".join(_footnote(note) for note in filing.footnotes)]
    if filing.remarks:
        parts += ["## Remarks", _show(filing.remarks)]
    if filing.signatures:
        lines = (", ".join(filter(None, (_show(each.name), _show(each.date)))) for each in filing.signatures)
        parts += ["## Signatures", "\n".join(f"- {line}" for line in lines)]
    return parts


def _footnote(note: Footnote) -> str:
    return f"- ({escape(note.id.removeprefix('F'))}) {escape(note.text)}"


# --- pieces


def _show(field: Field[str] | Field[bool] | Field[date] | Field[Decimal], *, money: bool = False) -> str:
    """The value with its marks; what could not be read stands as printed, with a question mark."""
    return _text(field, money=money) + _superscript(field.footnotes)


def _text(field: Field[str] | Field[bool] | Field[date] | Field[Decimal], *, money: bool = False) -> str:
    match field.value:
        case None:
            return f"{escape(field.printed)} (?)" if field.printed else ""
        case bool(flag):
            return "yes" if flag else "no"
        case Decimal() as number:
            return f"{'$' if money else ''}{number:,f}"
        case date() as day:
            return day.isoformat()
        case text:
            return escape(text)


def _superscript(marks: Iterable[str]) -> str:
    shown = "".join(f"({escape(mark.removeprefix('F'))})" for mark in marks)
    return f"<sup>{shown}</sup>" if shown else ""


def _bullets(items: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- **{name}:** {text}" for name, text in items if text)


def _grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
