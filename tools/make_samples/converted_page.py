"""Ownership XML in, out the SEC's page as a converter from PDF to Markdown leaves it.

Lines of a cell are parted by `<br>`, marks are superscript characters, spans are empty cells, ticks are boxes left
of their labels, and the footnotes have lost their numbers.
"""

from __future__ import annotations

import re

from tools.make_samples import captions
from tools.make_samples.captions import COLUMNS, DAY, FORMS, PUTS, table_title
from tools.make_samples.document import Document, View, parse
from tools.make_samples.printed import day_padded, number
from tools.make_samples.slots import CELLS, TABLE1, TABLE2, Kind, Slot

SPECIAL = re.compile(r"([\\`*_$|])")
SUPERSCRIPTS = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
TICK = '<input checked="" type="checkbox"/> '
ADDRESS = "reportingOwnerAddress/rptOwner"
TIES = "reportingOwnerRelationship/"


def render(xml: bytes) -> str:
    """The page of a filing by one owner, of a generation without a country line."""
    document = parse(xml)
    parts = [
        _grid([["OMB APPROVAL", ""], ["OMB Number:", FORMS[document.form].omb_number]]),
        *_header(document),
        f"# {FORMS[document.form].title}",
        _items(document),
        *(part for name in (TABLE1, TABLE2) for part in _table(document, name)),
        *_below(document),
    ]
    return "\n\n".join(parts) + "\n"


def _text(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)


def _link(cik: str, name: str) -> str:
    return f"<u>[{_text(name)}](https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={cik.zfill(10)})</u>"


def _grid(rows: list[list[str]]) -> str:
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ticked(state: bool, label: str) -> str:
    return f"{TICK if state else ''}{label}"


def _header(document: Document) -> list[str]:
    if document.form == "3":
        return []
    return [_ticked(document.flag("notSubjectToSection16"), captions.SECTION_16)]


def _items(document: Document) -> str:
    """The three columns of the numbered items, two rows."""
    numbers = {"3": ("3", "4", "5")}.get(document.form, ("2", "5", "4"))
    owner = document.owners[0]
    issuer, symbol = document.text("issuer/issuerName"), document.text("issuer/issuerTradingSymbol")
    period, amended = document.text("periodOfReport"), document.text("dateOfOriginalSubmission")
    left = "<br>".join(_name_and_address(owner))
    named = _link(document.text("issuer/issuerCik"), issuer)
    upper = f"{numbers[0]}. Issuer Name **and** Ticker or Trading Symbol<br>{named} [ {symbol} ]"
    dated = f"{FORMS[document.form].period} {DAY}<br>{day_padded(period)}"
    lower = f"{numbers[2]}. If Amendment, Date of Original Filed {DAY}<br>{day_padded(amended) if amended else ''}"
    ties, joint = "<br>".join(_relationship(owner, numbers[1])), "<br>".join(_joint(document))
    if document.form == "3":
        return _grid([["", "", ""], [left, dated, upper], ["", ties, f"{lower}<br>{joint}"]])
    return _grid([["", "", ""], [left, upper, ties], ["", dated, ""], ["", lower, joint]])


def _name_and_address(owner: View) -> list[str]:
    streets = [text for key in ("Street1", "Street2") if (text := owner.text(ADDRESS + key))]
    place = " ".join(filter(None, (owner.text(ADDRESS + key) for key in ("City", "State", "ZipCode"))))
    return [
        "1. Name and Address of Reporting Person\\*",
        _link(owner.text("reportingOwnerId/rptOwnerCik"), owner.text("reportingOwnerId/rptOwnerName")),
        "(Last) (First) (Middle)",
        *map(_text, streets),
        "(Street)",
        _text(place),
        "(City) (State) (Zip)",
    ]


def _relationship(owner: View, item: str) -> list[str]:
    """A label a line; title and other text behind the labels that ask for them."""
    labels = (
        ("isDirector", "Director", ""),
        ("isTenPercentOwner", "10% Owner", ""),
        ("isOfficer", "Officer (give title below)", "officerTitle"),
        ("isOther", "Other (specify below)", "otherText"),
    )
    lines = [
        " ".join(
            filter(None, (_ticked(owner.flag(TIES + tag), label), _text(owner.text(TIES + below)) if below else ""))
        )
        for tag, label, below in labels
    ]
    return [f"{item}. Relationship of Reporting Person(s) to Issuer", "(Check all applicable)", *lines]


def _joint(document: Document) -> list[str]:
    return [
        "6. Individual or Joint/Group Filing (Check Applicable Line)",
        _ticked(len(document.owners) == 1, "Form filed by One Reporting Person"),
        _ticked(len(document.owners) > 1, "Form filed by More than One Reporting Person"),
    ]


def _table(document: Document, name: str) -> list[str]:
    columns = COLUMNS[name, document.form]
    upper: list[str] = []
    lower: list[str] = []
    for column in columns:
        upper += [column.caption, *[""] * (len(column.under) - 1)]
        lower += [under.caption for under in column.under] or [""]
    rows = [[_cell(slot) for slot in CELLS[name](row, document.form)] for row in document.rows(name)]
    title = table_title(name, document.form) + (f" {PUTS}" if name == TABLE2 else "")
    return [f"## {title}", _grid([upper, *([lower] if any(lower) else []), *rows])]


def _cell(slot: Slot) -> str:
    text = slot.value.text
    if slot.kind in (Kind.NUMBER, Kind.MONEY):
        text = number(text)
    elif slot.kind is Kind.DAY:
        text = day_padded(text)
    dollar = "$" if slot.kind is Kind.MONEY and text else ""
    marks = "".join(f"({note})" for note in slot.value.notes).translate(SUPERSCRIPTS)
    return " ".join(filter(None, (_text(slot.prefix + dollar + text), marks)))


def _below(document: Document) -> list[str]:
    notes = ["".join(note.element.itertext()).strip() for note in document.each("footnotes/footnote")]
    signed = [
        f"{_text(each.text('signatureName'))} {day_padded(each.text('signatureDate'))}"
        for each in document.each("ownerSignature")
    ]
    parts = ["**Explanation of Responses:**"]
    if notes:
        parts.append("\n".join(f"- {_text(note)}" for note in notes))
    if document.has("remarks"):
        parts += ["**Remarks:**", _text(document.text("remarks"))]
    return [*filter(None, parts), *signed, "\\*\\* Signature of Reporting Person Date", captions.REMINDER]
