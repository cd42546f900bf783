"""A plain value of a filing comes in and a cell of the tables goes out: a text, a number, a date, a flag."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from extractor.writers.sec_columns import DECIMALS, DIGITS, Kind

Cell = str | Decimal | date | int | float | None
Row = tuple[Cell, ...]
Plain = Mapping[str, object]

# What JSON's arrays may be here. `list | tuple` would be made anew each time that it is asked for, 300 times a filing.
ARRAYS = (list, tuple)
# What neither XML nor a database takes in a text: controls, lone surrogates and the two non-characters.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# ASCII without controls.
_PLAIN = bytes(range(0x20, 0x7F))


def fit(value: object) -> str | None:
    """The value as text with line feeds alone at its line ends, and U+FFFD for what no file of ours can hold.

    None where it is empty.
    """
    text = str(value)
    if text.isprintable():
        return text or None
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_plain(text: str) -> bool:
    """Whether a long text is fit as it is. `isprintable` takes four times as long for the 10 KB of a page's paths."""
    return not text.encode("ascii").translate(None, _PLAIN) if text.isascii() else text.isprintable()


def joined(words: Iterable[str]) -> str | None:
    """The words with commas between."""
    return fit(", ".join(words))


READ: Mapping[Kind, Callable[[object], Cell]] = {
    Kind.TEXT: fit,
    Kind.NUMBER: lambda value: Decimal(str(value)),
    Kind.DATE: lambda value: date.fromisoformat(str(value)),
    Kind.FLAG: lambda value: int(value is True),
}


def holds(value: Decimal) -> bool:
    """Whether a decimal column can hold the number."""
    text = str(value)
    if len(text) <= DECIMALS and text.replace(".", "").isdecimal():  # as nearly all; a tuple takes four times as long
        return True
    exponent = value.as_tuple().exponent  # a letter where it is not finite
    return isinstance(exponent, int) and -exponent <= DECIMALS and value.adjusted() < DIGITS - DECIMALS


def array(value: object) -> Sequence[Any]:
    """What JSON had as an array; anything else is taken for an empty one."""
    return value if isinstance(value, ARRAYS) else ()
