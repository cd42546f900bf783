"""A document comes in and a Markdown page for reading goes out: the form with its own captions, filled in.

It is written so that it can be read back: the words are those of the form's template, and nothing is left out that a
page shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.filing import Address, DerivativeRow, Field, Filing, Footnote, Relationship, ReportingOwner, Row
from extractor.filing.ownership_xml import coding_marks
from extractor.templates import Form, Table, forms
from extractor.writers.document import Document, source_name
from extractor.writers.markdown_text import escape, grid, named, show, superscript, text, tick

__all__ = ["escape", "to_markdown"]

_FORM_5_EARLY = "5"  # a Form 4 row that belongs on Form 5 is reported early: the form prints V
_SIDES = {"acquired": "A", "disposed": "D"}
# Columns whose field is not named as they are, or whose amount is dollars where the second field has it.
_PAIRS = {
    "amount": ("shares",),
    "owned_following": ("shares_owned_following", "value_owned_following"),
    "underlying_amount": ("underlying_shares", "underlying_value"),
}
_DOLLARS = frozenset({"price_per_share", "conversion_or_exercise_price"})


class _Words(NamedTuple):
    """The captions of a form, the official wording of each."""

    form: Form
    items: dict[str, str]
    labels: dict[str, str]
    parts: dict[str, str]
    sections: dict[str, str]


def to_markdown(document: Document) -> str:
    """Items, tables, footnotes, remarks and signatures as the form has them; then the issues, where there are any."""
    filing = document.filing
    words = _words(filing.form)
    heads = [_title(filing), words.form.titles[0]]
    if document.needs_review:
        heads.append(f"**{words.sections['in_doubt']}**, see the issues at the end.")
    parts = [*heads, _about(document), _boxes(filing, words), *_items(filing, words)]
    for title, table, rows in (
        (words.form.table_1.titles[0], words.form.table_1, filing.non_derivative),
        (words.form.table_2.titles[0], words.form.table_2, filing.derivative),
    ):
        parts += [f"## {title}", _table(table, rows, filing.form)]
    if len(filing.owners) > 1:
        for owner in filing.owners:
            parts += _owner(owner, words)
            if owner is not filing.owners[0]:
                parts += _relationship(owner.relationship, words)
    parts += [*_ending(filing, words), *_issues(document, words)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _words(form: str) -> _Words:
    """The words of the newest form of this number; older ones have no others."""
    newest = max((each for each in forms() if each.form == form), key=lambda each: each.id)
    firsts = [
        {name: wordings[0] for name, wordings in each.items()}
        for each in (newest.items, newest.labels, newest.parts, newest.sections)
    ]
    return _Words(newest, *firsts)


def _title(filing: Filing) -> str:
    form = f"SEC Form {filing.form}{'/A' if filing.amendment else ''}"
    issuer, symbol = show(filing.issuer.name), show(filing.issuer.trading_symbol)
    whole = f"{form}: {issuer}" if issuer else form
    return f"# {whole} ({symbol})" if symbol else f"# {whole}"


def _about(document: Document) -> str:
    source = escape(source_name(document))
    return f"Source: {source}" if source else ""


def _boxes(filing: Filing, words: _Words) -> str:
    """The boxes above item 1; one whose label the page does not show is left out."""
    names = ("not_subject_to_section16", "form3_holdings_reported", "form4_transactions_reported", "aff10b5_one")
    lines = [
        f"- {tick(flag)} {escape(words.labels[name])}"
        for name in names
        if name in words.labels and ((flag := getattr(filing, name)).value is not None or flag.printed)
    ]
    return "\n".join(lines)


def _items(filing: Filing, words: _Words) -> Iterable[str]:
    """The numbered items; those of one line as a list."""
    first = filing.owners[0] if filing.owners else ReportingOwner()
    yield from _owner(first, words)
    issuer = filing.issuer
    symbol = show(issuer.trading_symbol)
    named_issuer = named(issuer.name, issuer.cik)
    lines = {
        "issuer": f"{named_issuer} \\[ {symbol} \\]" if named_issuer or symbol else "",
        "period_of_report": show(filing.period_of_report),
        "date_of_original_submission": show(filing.date_of_original_submission),
    }
    if issuer.foreign_trading_symbol:
        lines["foreign_trading_symbol"] = show(issuer.foreign_trading_symbol)
    yield "\n".join(
        f"- **{words.items[name]}:** {line}".rstrip() for name, line in lines.items() if name in words.items
    )
    yield from _relationship(first.relationship, words)
    one, more = filing.joint, filing.joint
    if filing.joint.value is not None:
        unticked = Field[bool](value=False)
        one, more = (unticked, filing.joint) if filing.joint.value else (filing.joint, unticked)
    boxes = ((_one(one), "one_person"), (tick(more), "more_persons"))
    yield f"**{words.items['joint']}**"
    yield "\n".join(f"- {box} {words.labels[name]}" for box, name in boxes)


def _one(flag: Field[bool]) -> str:
    """The box of "Form filed by One Reporting Person", which is ticked where the filing is not joint."""
    return tick(flag.model_copy(update={"value": True})) if flag.value is False and flag.printed else _drawn(flag)


def _drawn(flag: Field[bool]) -> str:
    return tick(flag) if flag.value is None else "☐"


def _owner(owner: ReportingOwner, words: _Words) -> Iterable[str]:
    """Name and address, set as on the form: the small captions stand below."""
    where = owner.address
    rows = [
        [named(owner.name, owner.cik), "", ""],
        [words.parts["last"], words.parts["first"], words.parts["middle"]],
        [show(where.street1), "", ""],
        *([[show(where.street2), "", ""]] if where.street2 else []),
        [words.parts["street"], "", ""],
        [show(where.city), _state(where), show(where.zip_code)],
        [words.parts["city"], words.parts["state"], words.parts["zip_code"]],
    ]
    country = _country(where)
    if country:
        rows += [[country, "", ""], [words.parts["country"], "", ""]]
    yield grid([words.items["owner"].replace("*", "\\*"), "", ""], rows)


def _state(where: Address) -> str:
    """The state as printed: EDGAR's code, or from 2026 on its name."""
    field = where.non_us_state if where.non_us_state else where.state
    return escape(field.printed or field.value or "")


def _country(where: Address) -> str:
    return escape(where.country.printed or where.non_us.printed or where.country.value or "")


def _relationship(role: Relationship, words: _Words) -> Iterable[str]:
    """The labels with their ticks, but for those that the page does not show; texts behind those that ask for them."""
    flags = {
        "director": role.director,
        "ten_percent_owner": role.ten_percent_owner,
        "officer": role.officer,
        "other": role.other,
    }
    shown = {name: flag for name, flag in flags.items() if flag.value is not None or flag.printed}
    if not shown:
        return
    texts = {"officer": show(role.officer_title), "other": show(role.other_text)}
    yield f"**{words.items['relationship']}**"
    yield "\n".join(
        f"- {tick(flag)} {words.labels[name]}" + (f": {texts[name]}" if texts.get(name) else "")
        for name, flag in shown.items()
    )


def _table(table: Table, rows: Sequence[Row], form: str) -> str:
    heads = [column.captions[0] for column in table.columns]
    return grid(heads, [[_cell(row, column.field, form) for column in table.columns] for row in rows])


def _cell(row: Row, column: str, form: str) -> str:
    if column == "transaction_code":
        return _code(row, form)
    if column == "voluntary":
        return "V" if row.form_type.value == _FORM_5_EARLY else ""
    if column in _SIDES:
        return _sided(row, _SIDES[column])
    for name in _PAIRS.get(column, (column,)):
        field = getattr(row, name, None)
        if isinstance(field, Field) and field:
            return show(field, money=column in _DOLLARS or name.endswith("value_owned_following") or "_value" in name)
    return ""


def _code(row: Row, form: str) -> str:
    """The code column: a leading digit on a Form 5 for a row of another form, `/K` for a swap, then the marks."""
    of_form = row.form_type.value or ""
    prefix = escape(of_form) if form == "5" and of_form != form else ""
    swap = "/K" if row.equity_swap.value else ""
    digit_alone = row.transaction_code.value is None and row.transaction_code.printed == of_form
    code = "" if digit_alone else text(row.transaction_code)
    return prefix + code + swap + superscript(coding_marks(row))


def _sided(row: Row, side: str) -> str:
    """Column 5 of Table II prints the amount under (A) or (D)."""
    total = row.total_value if isinstance(row, DerivativeRow) else Field()
    shown = show(row.shares) if row.shares else show(total, money=True)
    # An amount whose side is not known stands under both, with a question mark, rather than under none.
    sides = row.acquired_disposed.value
    marks = superscript(row.acquired_disposed.footnotes) if sides == side else ""
    return shown + marks if sides == side else f"{shown} ?" if shown and sides is None else ""


def _ending(filing: Filing, words: _Words) -> list[str]:
    parts = [f"## {words.sections['explanation']}"]
    if filing.footnotes:
        parts.append("\n".join(_footnote(note) for note in filing.footnotes))
    if filing.no_securities_owned.value and (filing.no_securities_owned.printed or not filing.footnotes):
        parts.append(words.sections["no_securities"])
    if filing.remarks:
        parts += [f"## {words.sections['remarks']}", show(filing.remarks)]
    if filing.signatures:
        heads = [escape(words.sections[name]) for name in ("signature", "signature_date")]
        rows = [[show(each.name), show(each.date)] for each in filing.signatures]
        parts += [f"## {words.sections['signatures']}", grid(heads, rows)]
    return parts


def _footnote(note: Footnote) -> str:
    return f"{escape(note.id.removeprefix('F'))}. {escape(note.text)}".rstrip()


def _issues(document: Document, words: _Words) -> Iterable[str]:
    if document.issues:
        yield f"## {words.sections['issues']}"
        cells = [
            (issue.severity.value, issue.code.value, escape(issue.path), escape(issue.message))
            for issue in document.issues
        ]
        yield grid(("Severity", "Code", "Field", "Message"), cells)
