"""A filing in; a short HTML table of it out, as a notebook shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from extractor.filing.field import Field
from extractor.filing.filing import Filing
from extractor.filing.securities import Row
from extractor.markup import Child, element, html

MOST_ROWS = 12  # of a table in a summary; four in five filings have fewer in both tables together
_COLUMNS = (
    ("security_title", "Security"),
    ("transaction_date", "Date"),
    ("transaction_code", "Code"),
    ("shares", "Amount"),
    ("acquired_disposed", "A/D"),
    ("price_per_share", "Price"),
    ("shares_owned_following", "Owned after"),
    ("direct_or_indirect", "D/I"),
)


def summary_of(filing: Filing) -> str:
    """The filing as an HTML table of at most `MOST_ROWS` rows of each of its tables; all text is escaped."""
    return html(summary(filing))


def summary(filing: Filing) -> Element:
    """The element that `summary_of` writes."""
    owners = "; ".join(shown(owner.name) for owner in filing.owners)
    heads = [element("th", head, scope="col") for _, head in _COLUMNS]
    notes = len(filing.footnotes)
    return element(
        "div",
        element("p", element("b", title_of(filing)), f" · {owners} · {shown(filing.period_of_report)}"),
        element(
            "table",
            element("thead", element("tr", *heads)),
            element("tbody", *_body("Table I", filing.non_derivative), *_body("Table II", filing.derivative)),
        ),
        element("p", f"{notes} footnote{'' if notes == 1 else 's'}"),
    )


def title_of(filing: Filing) -> str:
    """The form, the issuer and its symbol on one line."""
    symbol = shown(filing.issuer.trading_symbol)
    form = f"Form {filing.form}{'/A' if filing.amendment else ''}"
    return f"{form}: {shown(filing.issuer.name)}{f' ({symbol})' if symbol else ''}"


def shown(field: Field[Any]) -> str:
    """A field's value as people write it; what could not be read stands as printed, with a question mark."""
    match field.value:
        case None:
            return f"{field.printed} (?)" if field.printed else ""
        case bool(flag):
            return "yes" if flag else "no"
        case Decimal() as number:
            return f"{number:,f}"
        case date() as day:
            return day.isoformat()
        case text:
            return str(text)


def marks_of(field: Field[Any]) -> str:
    """A field's marks as they are printed, `(1)(2)`."""
    return "".join(f"({mark.removeprefix('F')})" for mark in field.footnotes)


def _body(title: str, rows: Sequence[Row]) -> list[Element]:
    if not rows:
        return []
    span = str(len(_COLUMNS))
    lines = [element("tr", element("th", title, scope="rowgroup", colspan=span))]
    lines += [element("tr", *(_cell(getattr(row, name)) for name, _ in _COLUMNS)) for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines.append(element("tr", element("td", f"… and {len(rows) - MOST_ROWS} more", colspan=span)))
    return lines


def _cell(field: Field[Any]) -> Element:
    marks: Child = element("sup", marks_of(field)) if field.footnotes else None
    return element("td", shown(field), marks)
