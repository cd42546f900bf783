"""From runs to readings: the text without its marks, and the date, number or code that it says.

A reading is a field before it is a field: a plain mapping that the filing's models check once, at the end. Text that
is not of the asked kind is kept as printed, with no value and an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from extractor.issues import Code, Issue
from extractor.layout import Join, Location, Run, joined
from extractor.layout.text import SPACED, WRAPPED


class Reading(TypedDict):
    """What `filing.Field` is made from."""

    value: Any
    printed: str
    footnotes: tuple[str, ...]
    at: tuple[Location, ...]


# How much of a text an issue's message shows, in characters.
_QUOTED = 60

EMPTY: Reading = {"value": None, "printed": "", "footnotes": (), "at": ()}

_MARKS = re.compile(r"(?:\(\d{1,2}\))+")
# Where a run begins a printed line, so that nothing before it shows its rise.
_NEW_LINE = WRAPPED | {Join.LINE}
_MARK_PIECE = re.compile(r"[()\d ]+")
_NUMBER = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CODE = re.compile(r"([345])?([A-Z])?(/K)?")


def quoted(text: str) -> str:
    """The beginning of a text, as an issue's message shows it."""
    return repr(text[:_QUOTED])


class Printed(TypedDict):
    """A cell's runs, told apart: text, marks in printed order, and places."""

    text: tuple[Run, ...]
    marks: tuple[str, ...]
    at: tuple[Location, ...]


def _is_mark_like(run: Run, alone: bool, beside_larger: bool, text_possible: bool) -> bool:
    """Whether ink and shape say that `run` is (part of) a mark.

    Size alone proves nothing: it must be shaped `(n)` and be raised; or, at the start of a printed line, where there
    is no base line to be raised from, be small beside larger text. In a cell of marks alone small ink is enough, and in
    one that cannot hold text (a date, a number) the shape.
    """
    if _MARK_PIECE.fullmatch(run.text) is None:
        return False
    if run.style.raised or (run.style.small and beside_larger and run.join in _NEW_LINE):
        return True
    return alone and (run.style.small or not text_possible)


def split_marks(runs: Iterable[Run], text_possible: bool = False) -> Printed:
    """The runs of a cell, told apart into text and marks; each mark as a footnote id."""
    runs = tuple(runs)
    if not any("(" in run.text for run in runs):  # most cells: nothing in them is shaped like a mark
        return {"text": runs, "marks": (), "at": tuple(run.at for run in runs)}
    alone = bool(runs) and _MARKS.fullmatch("".join(run.text for run in runs).replace(" ", "")) is not None
    beside_larger = any(not run.style.small for run in runs)
    text: list[Run] = []
    marks: list[str] = []
    pending: list[Run] = []
    for run in (*runs, None):
        if run is not None and _is_mark_like(run, alone, beside_larger, text_possible):
            pending.append(run)
            continue
        if pending:
            shape = "".join(each.text for each in pending).replace(" ", "")
            if _MARKS.fullmatch(shape):
                marks += [f"F{int(number)}" for number in re.findall(r"\d+", shape)]
            else:
                text += pending
            pending = []
        if run is not None:
            text.append(run)
    return {"text": tuple(text), "marks": tuple(marks), "at": tuple(run.at for run in runs)}


def reading(value: Any, printed: str, footnotes: tuple[str, ...] = (), at: tuple[Location, ...] = ()) -> Reading:
    return {"value": value, "printed": printed, "footnotes": footnotes, "at": at}


def clean(text: str) -> str:
    """White space folded."""
    return " ".join(text.split())


def read_text(runs: Iterable[Run], marked: bool = True) -> Reading:
    """Text as printed; `marked` is False where marks cannot stand (items, remarks), so that all is text."""
    runs = tuple(runs)
    if not marked:
        text = clean(joined(runs))
        return reading(text or None, text, (), tuple(run.at for run in runs))
    printed = split_marks(runs, text_possible=True)
    text = clean(joined(printed["text"]))
    return reading(text or None, text, printed["marks"], printed["at"])


def _glued(runs: tuple[Run, ...]) -> str:
    """The text of a number or date: a line break inside it stood for nothing, a printed space stays."""
    return "".join(
        (" " if index and run.join in SPACED and run.join is not Join.WRAP_SPACE else "") + run.text
        for index, run in enumerate(runs)
    ).strip()


def parse_number(text: str) -> Decimal | None:
    """`1,057`, `$173.147`, `.5`, `$0.00` as a Decimal, zeros kept; None for anything else."""
    match = _NUMBER.fullmatch(text.replace("$ ", "$"))
    if match is None or not (match[1] or (match[2] and len(match[2]) > 1)):
        return None
    return Decimal(((match[1] or "0") + (match[2] or "")).replace(",", "").rstrip("."))


def parse_date(text: str) -> date | None:
    """`06/29/2021` or `6/29/2021` as a date; None for anything else, also for a day that no calendar has."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[1]), int(match[2]))
    except ValueError:
        return None


def _parsed(runs: Iterable[Run], parse: Any, kind: str, path: str, issues: list[Issue]) -> Reading:
    printed = split_marks(runs)
    text = _glued(printed["text"])
    if not text:
        return reading(None, "", printed["marks"], printed["at"])
    value = parse(text)
    if value is None:
        issues.append(Issue(Code.UNREADABLE_VALUE, path, f"{text!r} is no {kind}", printed["at"]))
    return reading(value, text, printed["marks"], printed["at"])


def read_number(runs: Iterable[Run], path: str, issues: list[Issue]) -> Reading:
    """A number of shares or dollars, with its marks."""
    return _parsed(runs, parse_number, "number", path, issues)


def read_date(runs: Iterable[Run], path: str, issues: list[Issue]) -> Reading:
    """A date, with its marks."""
    return _parsed(runs, parse_date, "date", path, issues)


def read_code(runs: Iterable[Run], path: str, issues: list[Issue]) -> tuple[Reading, str, bool]:
    """A transaction code, with its marks; the form digit before it (`4A`, or `3` alone); whether `/K` follows."""
    runs = tuple(runs)
    printed = split_marks(runs)
    text = "".join(run.text for run in printed["text"]).replace(" ", "")
    match = _CODE.fullmatch(text)
    if match is None:
        issues.append(Issue(Code.UNREADABLE_VALUE, path, f"{text!r} is no transaction code", printed["at"]))
        return reading(None, text, printed["marks"], printed["at"]), "", False
    return reading(match[2], text, printed["marks"], printed["at"]), match[1] or "", bool(match[3])


def read_letter(runs: Iterable[Run], allowed: str, path: str, issues: list[Issue]) -> Reading:
    """One of the letters in `allowed` (`AD`, `DI`), with its marks."""
    return _parsed(
        runs,
        lambda text: text if len(text) == 1 and text in allowed else None,
        f"letter of {'/'.join(allowed)}",
        path,
        issues,
    )
