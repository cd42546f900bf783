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
from extractor.layout import Join, Location, Run, joined, squeeze
from extractor.layout.text import SPACED, WRAPPED


class Reading(TypedDict):
    """What `filing.Field` is made from."""

    value: Any
    printed: str
    footnotes: tuple[str, ...]
    at: tuple[Location, ...]


# How much of a text an issue's message shows, in characters.
_QUOTED = 60

# What a sentence ends with.
SENTENCE_ENDS = (*".;:!?)", *"\"'”’")

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


# What filers type where there is nothing to say.
_NOTHING = frozenset({"none", "n/a", "na", "notapplicable", "-", "--", "---"})


def says_nothing(text: str) -> bool:
    """Whether typed text says that there is nothing: "N/A", "None", dashes."""
    return squeeze(text).rstrip(".") in _NOTHING


def begins_with_date(text: str) -> bool:
    """Whether typed text begins with a date in digits, as no title does."""
    return re.match(r"\d{1,2}/\d{1,2}/\d{2,4}\b", text) is not None


def parse_free_number(text: str) -> Decimal | None:
    """Also `-0-`, and with blanks behind the dollar sign."""
    return Decimal(0) if text == "-0-" else parse_number(re.sub(r"^\$\s+", "$", text))


def parse_free_date(text: str) -> date | None:
    """Also `1/2/03` and `January 2, 2003`. A year of two digits lies between 1970 and 2069."""
    match = _SHORT_DATE.fullmatch(text)
    if match is not None:
        year = int(match[3])
        text = f"{match[1]}/{match[2]}/{year + (2000 if year < CENTURY else 1900)}"
    return parse_date(text.replace("-", "/")) or parse_named_date(text)


def parse_named_date(text: str) -> date | None:
    """`January 2, 2003` or `Jan. 2, 2003`; None for anything else."""
    match = _NAMED_DATE.fullmatch(text)
    month = _month(match[1]) if match else None
    return None if match is None or month is None else parse_date(f"{month}/{match[2]}/{match[3]}")


def parse_month(text: str) -> str | None:
    """`December 2002`, `12/2002` or `12/02` as `2002-12`; None for anything else."""
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    month = int(match[2]) if match[2] else _month(match[1])
    year = int(match[3])
    if month is None or not 1 <= month <= len(_MONTHS):
        return None
    if len(match[3]) == 2:
        year += 2000 if year < CENTURY else 1900
    return f"{year:04}-{month:02}"


def _month(name: str) -> int | None:
    """The number of a month by its name or the beginning of it."""
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower().rstrip("."))]
    return found[0] if len(found) == 1 else None


_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
CENTURY = 70  # ASCII forms were filed from 1993 to 2003; options of theirs expire up to some 30 years later
_SHORT_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2})")
_NAMED_DATE = re.compile(r"([A-Za-z]{3,9}\.?)\s+(\d{1,2}),?\s+(\d{4})")
_MONTH = re.compile(r"(?:([A-Za-z]{3,9}\.?),?\s+|(\d{1,2})\s?/\s?)(\d{4}|\d{2})")
# A price of a unit in units of another: "1 for 1", "1-for-1", "1:1", "one for one", "1 to 1".
_RATIO = re.compile(r"(?:\d+|one)(?:\s*:\s*|[\s-]*(?:for|to)[\s-]*)(?:\d+|one)", re.IGNORECASE)


def _parsed(runs: Iterable[Run], parse: Any, kind: str, path: str, issues: list[Issue], free: bool = False) -> Reading:
    printed = split_marks(runs)
    text = _glued(printed["text"])
    if not text or (free and says_nothing(text)):
        return reading(None, text, printed["marks"], printed["at"])
    value = parse(text)
    if value is None and free and _RATIO.fullmatch(text):
        message = f"{text!r} is a ratio and no price"
        issues.append(Issue(Code.RATIO_FOR_PRICE, path, message, printed["at"]))
    elif value is None:
        issues.append(Issue(Code.UNREADABLE_VALUE, path, f"{text!r} is no {kind}", printed["at"]))
    return reading(value, text, printed["marks"], printed["at"])


def read_number(runs: Iterable[Run], path: str, issues: list[Issue], free: bool = False) -> Reading:
    """A number of shares or dollars, with its marks; `free` where filers typed the form themselves."""
    return _parsed(runs, parse_free_number if free else parse_number, "number", path, issues, free)


def read_date(runs: Iterable[Run], path: str, issues: list[Issue], free: bool = False) -> Reading:
    """A date, with its marks; `free` where filers typed the form themselves."""
    return _parsed(runs, parse_free_date if free else parse_date, "date", path, issues, free)


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
