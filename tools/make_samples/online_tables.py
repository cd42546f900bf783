"""A table of the XML in, out Table I or Table II as the EDGAR Online printing draws it."""

from __future__ import annotations

from html import escape

from tools.make_samples.captions import COLUMNS, Column, slots_across, table_title
from tools.make_samples.document import Document
from tools.make_samples.printed import day_unpadded, number
from tools.make_samples.slots import CELLS, TABLE1, Kind, Slot

# The vendor's own wording, its misspelling included, in the order in which it is applied to the SEC's captions.
REWORDED = (
    ("1. Title of Security", "1.Title of Security"),
    ("Title of Derivative Security", "Title of Derivate Security"),
    ("Transaction Date (Month/Day/Year)", "Trans. Date"),
    ("if any (Month/Day/Year)", "if any"),
    ("Transaction Code", "Trans. Code"),
    ("Disposed Of", "Disposed of"),
    ("10. Ownership Form:", "10. Ownership Form of Derivative Security:"),
    ("5. Ownership Form:", "5. Ownership Form of Derivative Security:"),
    (" (Instr.", "<br>(Instr."),
)
DAY = " (Month/Day/Year)"
COLOURS = {"A": ' class="acquired"', "D": ' class="disposed"'}


def table(document: Document, name: str, *, separators: bool) -> str:
    """Head and rows; `separators` says whether numbers have thousands commas, as they do since August 2023."""
    form = document.form
    columns = COLUMNS[name, form]
    span = slots_across(columns)
    body = "\n".join(
        '<tr class="row">' + "".join(_cell(slot, separators=separators) for slot in CELLS[name](row, form)) + "</tr>"
        for row in document.rows(name)
    )
    return (
        f'<table class="ruled"><tr><td colspan="{span}" class="middle">{_title(name, form)}</td></tr>\n'
        f"{_heads(columns, form)}\n{body}</table>"
    )


def _title(name: str, form: str) -> str:
    """Table II is headed "Beneficially Owned" on every form."""
    if name == TABLE1:
        return f"<b>{table_title(name, form)}</b>"
    return f"<b>{table_title(name, '3')} (<i>e.g.</i>, puts, calls, warrants, options, convertible securities)</b>"


def _heads(columns: tuple[Column, ...], form: str) -> str:
    two_rows = any(column.under for column in columns)
    upper = "".join(_head(column, form, two_rows) for column in columns)
    under = "".join(f"<th>{sub.caption}</th>" for column in columns for sub in column.under)
    return f"<tr>{upper}</tr>" + (f"\n<tr>{under}</tr>" if two_rows else "")


def _head(column: Column, form: str, two_rows: bool) -> str:
    words = column.caption
    for sec, vendor in REWORDED:
        words = words.replace(sec, vendor)
    words = words.replace(DAY, "<br>(MM/DD/YYYY)" if form == "3" else "")
    if column.under:
        return f'<th colspan="{len(column.under)}">{words}</th>'
    return f'<th rowspan="2">{words}</th>' if two_rows else f"<th>{words}</th>"


def _cell(slot: Slot, *, separators: bool) -> str:
    text = _printed(slot, separators=separators)
    marks = "".join(f' <sup><a href="#fn{note}">({note})</a></sup>' for note in slot.value.notes)
    return f"<td{COLOURS.get(slot.side, '')}>{escape(slot.prefix + text, quote=False)}{marks}</td>"


def _printed(slot: Slot, *, separators: bool) -> str:
    text = slot.value.text
    if slot.kind is Kind.DAY:
        return day_unpadded(text)
    if slot.kind in (Kind.NUMBER, Kind.MONEY):
        dollar = "$" if slot.kind is Kind.MONEY and text else ""
        return dollar + number(text, separators=separators)
    return text
