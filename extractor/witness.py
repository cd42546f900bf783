"""A filing and the cell texts of a table witness come in; issues for values that the witness saw otherwise go out.

The witness (camelot's lattice, `readers.pdf.witness`) fuses neighbouring cells on some prints, so nothing is asked of
its columns: the values of a row must stand among the words of the row that the witness saw, each as often as the row
has it, and no word may be left over. A row says so only where the witness has enough of its values to have seen it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple
from unicodedata import normalize

from extractor.filing import Field, Filing, Row
from extractor.issues import Code, Issue
from extractor.layout import Location

Table = Sequence[Sequence[str]]
Reading = date | Decimal | str

SEEN = 3  # values of a row that the witness must have before anything it has otherwise counts
PIECES = 3  # words that a wrap makes of one number or date, at most: `05/01/2|012` is two

_MARK = re.compile(r"\(\d{1,3}\)")
_BREAK = re.compile(r"(?<=[-\u2010-\u2015/])")  # where a line may be broken inside a word
_NUMBER = re.compile(r"\$?(\d[\d,]*(?:\.\d*)?|\.\d+)")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CODE = re.compile(r"[345]?([A-Z])(?:/K)?")  # a form's digit before a code, a swap's /K behind it
_LETTERS = ("form_type", "transaction_code", "acquired_disposed", "direct_or_indirect")


class _Value(NamedTuple):
    """What the page prints of a field: its path, the words of a text or the reading of anything else, its places.

    Where it could not be read, it has words and `sure` is false.
    """

    path: str
    words: tuple[str, ...]
    reading: Reading | None
    at: tuple[Location, ...]
    sure: bool = True


class _Line(NamedTuple):
    """A row as the witness saw it: the words of each cell, marks left out, and how often each reading is among them.

    `pieces` are what a wrap may have parted: readings of words that follow each other in a cell, made one.
    """

    table: int
    cells: tuple[tuple[str, ...], ...]
    readings: Counter[Reading]
    pieces: frozenset[Reading]


def disagreements(filing: Filing, tables: Iterable[Table]) -> list[Issue]:
    """What the witness's `tables` (rows of cell texts, in the order of the page) gainsay of the filing's rows.

    A value that the witness has nowhere in its row is named by its field. Named by the row are words that only the
    witness has, and values that it has less often than the row (two amounts of 500, one `500`): which one is doubtful
    cannot be told. Nothing is said of rows that the witness did not plainly see, nor of what the page does not print.
    """
    rows = {
        f"{name}[{index}]": tuple(_values(row, f"{name}[{index}]"))
        for name in ("non_derivative", "derivative")
        for index, row in enumerate(getattr(filing, name))
    }
    lines = [_line(cells, number) for number, table in enumerate(tables) for cells in table]
    places = _aligned(list(rows.values()), lines)
    sharing = Counter(places)
    found: list[Issue] = []
    for (path, values), place in zip(rows.items(), places, strict=True):
        if place is not None:
            found += _gainsaid(path, values, _continued(place, lines, sharing), alone=sharing[place] == 1)
    return found


def _values(row: Row, path: str) -> Iterator[_Value]:
    for name in type(row).model_fields:
        field = getattr(row, name)
        if not isinstance(field, Field) or not field.printed or isinstance(field.value, bool):
            continue
        where = f"{path}.{name}"
        match field.value:
            case None:
                yield _Value(where, _words(field.printed), None, field.places, sure=False)
            case str() if name == "form_type":  # a V, or the digit before a code
                yield _Value(where, (), field.printed, field.places, sure=field.printed.isalpha())
            case str() if name not in _LETTERS:
                yield _Value(where, _words(field.value), None, field.places)
            case value:
                yield _Value(where, (), value, field.places)


def _line(cells: Iterable[str], table: int) -> _Line:
    worded = tuple(filter(None, map(_words, cells)))
    readings = Counter(filter(None, map(_reading, chain.from_iterable(worded))))
    pieces = (_reading(join) for words in worded for join in _joins(words, PIECES))
    return _Line(table, worded, readings, frozenset(filter(None, pieces)))
