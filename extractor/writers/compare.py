"""Two filings come in, one read and one true, and their differences go out, over everything that a rendering shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from extractor.filing import Field, Filing, Footnote, Row
from extractor.filing.field import Frozen
from extractor.filing.ownership_xml import coding_marks

# No page shows these or each page shows them elsewhere: "/A" (its date is compared), the line that counts owners; and
# what only forms from before the XML asked for.
_IGNORED = re.compile(r"joint|statement_month|owners\[\d+\]\.irs_number")
# Compared only where both sides know them: CIKs stand only in link targets; the additions of 2026 are drawn by no
# page of an earlier era, and US filers leave theirs empty or false.
_IF_BOTH = re.compile(
    r"issuer\.(?:cik|foreign_trading_symbol)|owners\[\d+\]\.(?:cik|address\.(?:non_us|non_us_state|country))"
)
# No SEC page shows the relationships of owners after the first.
_IF_READ = re.compile(r"owners\[[1-9]\d*\]\.relationship\..*")
_CIK = re.compile(r".*\bcik")
# A line break after a dash or slash cannot be told from a space there.
_AFTER_DASH = re.compile("([-\u2010-\u2015/]) +")


class Difference(NamedTuple):
    """Where the filings differ, by the field's path, and what each shows there, marks behind the value."""

    path: str
    truth: str
    read: str


class Shown(NamedTuple):
    """What a field shows: what is compared of it (its value and its marks in one spelling), and how to write it.

    `known` tells an unticked flag from one that is not there.
    """

    key: tuple[str, tuple[str, ...]]
    text: str
    known: bool


def compare(filing: Filing, truth: Filing) -> list[Difference]:
    """What `filing` has otherwise than `truth`, in the order of the form; nothing if the reading is exact.

    White space is folded and ignored after a dash or slash, numbers compare as numbers, an unticked flag equals one
    that is not there, marks compare in printed order. Not compared: what no page shows (schema version, timeliness, the
    "/A"), and CIKs, the additions of 2026 and relationships of further owners where the reading has none. Where one
    side has more rows, owners, footnotes or signatures, that is one difference, and the ones both have are compared.
    What the reading could not read is a difference, even if it kept the very text.
    """
    found = [] if filing.form == truth.form else [Difference("form", truth.form, filing.form)]
    found += _counts(filing, truth)
    theirs, ours = dict(_fields(truth, truth.form, true=True)), dict(_fields(filing, filing.form))
    for path, right in theirs.items():
        read = ours.get(path)
        if read is not None and read.key != right.key and not _excused(path, read, right):
            found.append(Difference(path, right.text, read.text))
    return found + _footnotes(filing.footnotes, truth.footnotes)


def _counts(filing: Filing, truth: Filing) -> Iterator[Difference]:
    for name in ("owners", "non_derivative", "derivative", "footnotes", "signatures"):
        expected, got = len(getattr(truth, name)), len(getattr(filing, name))
        if expected != got:
            yield Difference(name, str(expected), str(got))


def _excused(path: str, read: Shown, right: Shown) -> bool:
    if _IF_READ.fullmatch(path):
        return not read.known
    return bool(_IF_BOTH.fullmatch(path)) and not (read.known and right.known)


def _fields(model: Frozen, form: str, prefix: str = "", *, true: bool = False) -> Iterator[tuple[str, Shown]]:
    """Every field below the model by its path, with what it shows; a true one counts even where it has no value."""
    for name in type(model).model_fields:
        path = f"{prefix}{name}"
        member = getattr(model, name)
        if _IGNORED.fullmatch(path) or name == "footnotes":
            continue
        if isinstance(member, Field):
            yield path, _shown(path, member, model, form, true=true)
        elif isinstance(member, Frozen):
            yield from _fields(member, form, f"{path}.", true=true)
        elif isinstance(member, tuple):
            for index, each in enumerate(member):
                yield from _fields(each, form, f"{path}[{index}].", true=true)
        elif name == "kind":
            yield path, Shown((str(member), ()), str(member), known=True)


def _shown(path: str, field: Field[object], model: Frozen, form: str, *, true: bool) -> Shown:
    value = _spelt(field.value)
    if true and field.value is None:
        value = _spaced(field.printed)
    if _CIK.fullmatch(path):
        value = value.lstrip("0")
    name = path.rpartition(".")[2]
    marks: tuple[str, ...] = ()
    if isinstance(model, Row):
        if name == "form_type" and value == form:
            value = ""  # the page says only when a row belongs on another form
        marks = _marks(name, field, model)
    text = " ".join(filter(None, (value, "".join(f"({mark})" for mark in marks))))
    return Shown((_folded(value), marks), text, bool(field))


def _marks(name: str, field: Field[object], row: Row) -> tuple[str, ...]:
    """The field's marks; those of the whole code column stand with the code."""
    if name == "transaction_code":
        return coding_marks(row)
    return () if name in ("form_type", "equity_swap") else field.footnotes


def _spelt(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
        case _:
            return _spaced(str(value))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _folded(text: str) -> str:
    return _AFTER_DASH.sub(r"\1", _spaced(text))


def _footnotes(read: Sequence[Footnote], truth: Sequence[Footnote]) -> list[Difference]:
    theirs = {note.id: note.text for note in truth}
    ours = {note.id: note.text for note in read}
    return [
        Difference(f"footnotes[{mark}]", _spaced(theirs.get(mark, "")), _spaced(ours.get(mark, "")))
        for mark in {**theirs, **ours}
        if _folded(theirs.get(mark, "")) != _folded(ours.get(mark, ""))
    ]
