"""A filing and the cell texts of a table witness come in; issues for values that the witness saw otherwise go out.

The witness (camelot's lattice, `readers.pdf.witness`) fuses neighbouring cells on some prints, so nothing is asked of
its columns: a value of a row must stand somewhere among the words of the row that the witness saw, as often as the row
has that value. A value that does not is a disagreement where enough other values of the row do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from extractor.filing import Field, Filing, Row
from extractor.issues import Code, Issue
from extractor.layout import Location

Table = Sequence[Sequence[str]]
Reading = date | Decimal | str

# Values of a row that the witness must have for a value that it has not to count.
SEEN = 3
# Words that a wrap makes of one number or date, at most: `05/01/2|012` is two.
PIECES = 3

_MARK = re.compile(r"\(\d{1,3}\)")
_BREAK = re.compile(r"(?<=[-\u2010-\u2015/])")  # where a line may be broken inside a word
_NUMBER = re.compile(r"\$?(\d[\d,]*(?:\.\d*)?|\.\d+)")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CODE = re.compile(r"[345]?([A-Z])(?:/K)?")  # a form's digit before a code, a swap's /K behind it
_LETTERS = ("transaction_code", "acquired_disposed", "direct_or_indirect")


class _Value(NamedTuple):
    """A value that the page prints: its field's path, the words of a text or the reading of anything else, its place."""

    path: str
    words: tuple[str, ...]
    reading: Reading | None
    at: tuple[Location, ...]


class _Line(NamedTuple):
    """A row as the witness saw it: the words of each cell, marks left out, and how often each reading is among them."""

    cells: tuple[tuple[str, ...], ...]
    readings: Counter[Reading]


def disagreements(filing: Filing, tables: Iterable[Table]) -> list[Issue]:
    """What the witness's `tables` (rows of cell texts, in the order of the page) gainsay of the filing's rows.

    A value that the witness has nowhere in its row is named by its field; one that it has less often than the row does
    (two amounts of 500, one `500`) by its row, for which of them is doubtful cannot be told. Nothing is said of a row
    that the witness did not plainly see, nor of values that could not be read or that the page does not print.
    """
    rows = {
        f"{name}[{index}]": tuple(_values(row, f"{name}[{index}]"))
        for name in ("non_derivative", "derivative")
        for index, row in enumerate(getattr(filing, name))
    }
    lines = [_line(cells) for table in tables for cells in table]
    places = _aligned(list(rows.values()), lines)
    found: list[Issue] = []
    for (path, values), seen in zip(rows.items(), _around(places, lines), strict=True):
        if seen:
            found += _gainsaid(path, values, seen)
    return found


def _values(row: Row, path: str) -> Iterator[_Value]:
    for name in type(row).model_fields:
        field = getattr(row, name)
        if not isinstance(field, Field) or not field.printed:
            continue
        match field.value:
            case str() if name not in _LETTERS:
                if words := _words(field.value):
                    yield _Value(f"{path}.{name}", words, None, field.places)
            case str() | date() | Decimal():
                yield _Value(f"{path}.{name}", (), field.value, field.places)


def _line(cells: Iterable[str]) -> _Line:
    worded = tuple(words for words in map(_words, cells) if words)
    return _Line(worded, Counter(reading for words in worded for word in words for reading in _readings(word)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_MARK.sub(" ", normalize("NFKC", text)).split())


def _readings(word: str) -> Iterator[Reading]:
    """What a word says as a date, a number or a code; nothing for any other word."""
    if match := _NUMBER.fullmatch(word):
        yield Decimal(match[1].replace(",", ""))
    elif match := _CODE.fullmatch(word):
        yield match[1]
    elif match := _DATE.fullmatch(word):
        try:
            yield date(int(match[3]), int(match[1]), int(match[2]))
        except ValueError:
            return


def _aligned(rows: Sequence[Sequence[_Value]], lines: Sequence[_Line]) -> list[int | None]:
    """For each row the line that it is, None where none has a value of it: the most values in all, in order.

    Rows that the witness fused share a line, but where two lines do equally well, each row has one of its own.
    """
    best = [[0] * (len(lines) + 1)]
    steps: list[list[str]] = []
    for values in rows:
        above, scores, step = best[-1], [0], ["row"]
        for index, line in enumerate(lines):
            has = 2 * sum(_has(line, value) for value in values)
            options = {
                "row": above[index + 1],
                "line": scores[index],
                "shared": above[index + 1] + has if has else -1,
                "own": above[index] + has + 1 if has else -1,
            }
            chosen = max(options, key=lambda name: options[name])
            scores.append(options[chosen])
            step.append(chosen)
        best.append(scores)
        steps.append(step)
    return _walked(steps, len(lines))


def _walked(steps: Sequence[Sequence[str]], column: int) -> list[int | None]:
    places: list[int | None] = []
    for step in reversed(steps):
        while step[column] == "line":
            column -= 1
        places.append(None if step[column] == "row" else column - 1)
        column -= step[column] == "own"
    return places[::-1]


def _has(line: _Line, value: _Value) -> bool:
    if value.reading is not None:
        return line.readings[value.reading] > 0
    return any(_holds(words, value.words) for words in line.cells)


def _holds(words: Sequence[str], text: Sequence[str]) -> bool:
    """Whether a cell's words hold a text's in order; those of a neighbour that was fused may stand between them."""
    remaining = iter(_broken(words))
    return all(word in remaining for word in _broken(text)) or "".join(text) in _joins(words, len(words))


def _broken(words: Iterable[str]) -> Iterator[str]:
    return (piece for word in words for piece in _BREAK.split(word) if piece)


def _joins(words: Sequence[str], most: int) -> list[str]:
    """What up to `most` words, two at least, make where nothing stands between them."""
    return [
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 2, min(start + most, len(words)) + 1)
    ]


def _around(places: Sequence[int | None], lines: Sequence[_Line]) -> Iterator[_Line | None]:
    """Each row's line, with the lines up to those of its neighbours: a page break parts a row into two lines."""
    taken = [-1, *(place for place in places if place is not None), len(lines)]

    for place in places:
        if place is None:
            yield None
        else:
            yield lines[place]


def _gainsaid(path: str, values: Sequence[_Value], seen: _Line) -> list[Issue]:
    lacking = [value for value in values if value.reading is None and not _has(seen, value)]
    spent = Counter(
        reading
        for value in values
        if value.reading is None and value not in lacking
        for word in value.words
        for reading in _readings(word)
    )
    alike: defaultdict[Reading, list[_Value]] = defaultdict(list)
    for value in values:
        if value.reading is not None:
            alike[value.reading].append(value)
    doubtful: list[list[_Value]] = [[value] for value in lacking]
    joined = Counter(reading for words in seen.cells for join in _joins(words, PIECES) for reading in _readings(join))
    for reading, group in alike.items():
        have = seen.readings[reading] - spent[reading] + joined[reading]
        if have <= 0:
            doubtful += [[value] for value in group]
        elif have < len(group):
            doubtful.append(group)
    if len(values) - sum(map(len, doubtful)) < SEEN:
        return []
    return [_issue(path, group) for group in doubtful]


def _issue(path: str, group: Sequence[_Value]) -> Issue:
    at = tuple(place for value in group for place in value.at)
    first = group[0]
    text = " ".join(first.words) or str(first.reading)
    if len(group) == 1:
        return Issue(Code.UNCERTAIN_JOIN, first.path, f"the witness has no {text!r} in this row", at)
    return Issue(Code.UNCERTAIN_JOIN, path, f"the witness has {text!r} less than {len(group)} times in this row", at)
