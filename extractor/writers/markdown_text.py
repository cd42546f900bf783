"""Values come in and Markdown for one line goes out: as the page printed them, or as the form would."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from extractor.filing import Field

# What Markdown or the HTML in it would take for its own; a number sign, dash or digit only matters where a line begins.
_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$])")
_LEADING = re.compile(r"^([#+\-=]|[0-9]+[.)])")
# Invisible or terminal-steering characters: controls, writing direction, lone surrogates.
_UNSEEN = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# A printed date, and a tick that is text: `X`, `__X__`, `_____`, `[ ]`.
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_TICK = re.compile(r"[_\[\]()\s]*[xX]?[_\[\]()\s]*")
_LINK = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK="

AnyField = Field[str] | Field[bool] | Field[date] | Field[Decimal]


def escape(text: str) -> str:
    """The text on one line, with nothing left that Markdown or HTML would take for markup."""
    line = " ".join(_UNSEEN.sub("", text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _SPECIAL.sub(r"\\\1", line)
    return _LEADING.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], line)


def show(field: AnyField, *, money: bool = False) -> str:
    """The value with its marks; what could not be read stands as printed, with a question mark."""
    return text(field, money=money) + superscript(field.footnotes)


def text(field: AnyField, *, money: bool = False) -> str:
    """The value without its marks."""
    match field.value:
        case None:
            return f"{escape(field.printed)} (?)" if field.printed else ""
        case bool(flag):
            return "yes" if flag else "no"
        case Decimal() as number:
            return _number(number, field.printed if field.at else "", money)
        case date() as day:
            return escape(field.printed) if _DATE.fullmatch(field.printed) else f"{day:%m/%d/%Y}"
        case words:
            return escape(words)


def _number(number: Decimal, printed: str, money: bool) -> str:
    """As a page printed it, else with thousands apart and dollars with their sign."""
    shown = printed or f"{number:,f}"
    return shown if "$" in shown or not money else f"${shown}"


def tick(flag: Field[bool]) -> str:
    """The box of a label: as printed, or drawn; `?` where it could not be read."""
    if flag.value is None:
        return "?" if flag.printed else "☐"
    if flag.printed and _TICK.fullmatch(flag.printed):
        return escape(flag.printed)
    return "☒" if flag.value else "☐"


def named(name: Field[str], cik: Field[str]) -> str:
    """A name, linked to its filings where its CIK is known, as on the SEC's page."""
    shown = show(name)
    return f"[{shown}]({_LINK}{cik.value})" if shown and cik.value and cik.value.isdecimal() else shown


def superscript(marks: Iterable[str]) -> str:
    """Marks as `(1)(2)`, raised."""
    shown = "".join(f"({escape(mark.removeprefix('F'))})" for mark in marks)
    return f"<sup>{shown}</sup>" if shown else ""


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A pipe table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
