"""A value of a filing comes in and a cell of the tables goes out: a text, a number, a date, a flag.

On the way between two processes a cell is in JSON's types: a number is a text with every decimal, a date an ISO text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from extractor.writers.sec_columns import DECIMALS, DIGITS, Kind

Cell = str | Decimal | date | int | float | None
Row = tuple[Cell, ...]

# What neither XML nor a database takes in a text: controls, lone surrogates and the two non-characters.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# ASCII without controls.
_PLAIN = bytes(range(0x20, 0x7F))
# Characters from which on `is_plain` is faster than `isprintable`.
LONG = 100


def is_plain(text: str) -> bool:
    """Whether a long text is fit as it is. `isprintable` takes four times as long for the 10 KB of a page's paths."""
    return not text.encode("ascii").translate(None, _PLAIN) if text.isascii() else text.isprintable()


def fit(value: object) -> str | None:
    """The value as text with line feeds alone at its line ends, and U+FFFD for what no file of ours can hold.

    None where it is empty.
    """
    text = value if isinstance(value, str) else str(value)
    if is_plain(text) if len(text) > LONG else text.isprintable():
        return text or None
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def joined(words: Iterable[str]) -> str | None:
    """The words with commas between."""
    return fit(", ".join(words))


def plain_number(value: Decimal) -> str:
    """The number with every decimal and without an exponent; `format` takes five times as long as `str`."""
    text = str(value)
    return text if "E" not in text else f"{value:f}"


# A value that is not None, as a cell in JSON's types.
TOLD: Mapping[Kind, Callable[[Any], str | int | None]] = {
    Kind.TEXT: fit,
    Kind.NUMBER: plain_number,
    Kind.DATE: lambda value: str(value.isoformat()),
    Kind.FLAG: lambda value: int(value is True),
}
# What such a cell is, where it is no text, whole number or float.
READ: Mapping[Kind, Callable[[str], Cell]] = {Kind.NUMBER: Decimal, Kind.DATE: date.fromisoformat}


def holds(number: str) -> bool:
    """Whether a decimal column can hold the number."""
    if len(number) <= DECIMALS and number.replace(".", "").isdecimal():  # as nearly all
        return True
    value = Decimal(number)
    exponent = value.as_tuple().exponent  # a letter where it is not finite
    return isinstance(exponent, int) and -exponent <= DECIMALS and value.adjusted() < DIGITS - DECIMALS
