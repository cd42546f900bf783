"""A filing and the cell texts of a table witness come in; issues for values that the witness saw otherwise go out.

The witness (camelot's lattice, `readers.pdf.witness`) fuses neighbouring cells on some prints, so nothing is asked of
its columns: the values of a row must stand among the words of the row that the witness saw, each as often as the row
has it, and no word may be left over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final, NamedTuple
from unicodedata import normalize

from extractor.filing import Field, Filing, Row
from extractor.issues import Code, Issue
from extractor.layout import Location

Table = Sequence[Sequence[str]]
Reading = date | Decimal | str
Words = tuple[str, ...]

SEEN: Final = 2  # values of a row that the witness must have before what it has otherwise counts
FEW: Final = 2  # rows that may differ from the witness's, each for itself
FUSED: Final = 1 / 3  # of the rows, beyond which the witness is taken to have fused them
PIECES: Final = 3  # words that a wrap makes of one number or date, at most: `05/01/2|012` is two

_MARK = re.compile(r"\(\s*\d\s*\d?\s*\)")
_BREAK = re.compile(r"(?<=[-\u2010-\u2015/])")  # where a line may be broken inside a word
_NUMBER = re.compile(r"\$?(\d[\d,]*(?:\.\d*)?|\.\d+)")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CODE = re.compile(r"[345]?([A-Z])(?:/K)?")  # a form's digit before a code, a swap's /K behind it
_LETTERS = ("transaction_code", "acquired_disposed", "direct_or_indirect")


class _Value(NamedTuple):
    """A value that the page prints: its field's path, the words of a text or else the reading, and its places."""

    path: str
    words: Words
    reading: Reading | None
    at: tuple[Location, ...]


class _Line(NamedTuple):
    """A row as the witness saw it: the words of each cell, how often each reading is among them, and, of words that
    follow one another, the readings that a wrap may have parted."""

    table: int
    cells: tuple[Words, ...]
    readings: Counter[Reading]
    parted: frozenset[Reading]


def disagreements(filing: Filing, tables: Iterable[Table]) -> list[Issue]:
    """What the witness's `tables` (rows of cell texts, in the order of the page) gainsay of the filing's rows.

    A value that the witness has nowhere in its row is named by its field. Named by the row are words that only the
    witness has, and values that it has less often than the row (two amounts of 500, one `500`): which one is doubtful
    cannot be told. Nothing is said of rows that the witness did not plainly see, nor of what the page does not print.
    """
    rows = {
        f"{name}[{index}]": row
        for name in ("non_derivative", "derivative")
        for index, row in enumerate(getattr(filing, name))
    }
    values = [tuple(_values(row, path)) for path, row in rows.items()]
    lines = [_line(number, cells) for number, table in enumerate(tables) for cells in table]
    places = _aligned(values, lines)
    taken = Counter(places)
    doubts: list[list[Issue]] = []
    for (path, row), mine, place in zip(rows.items(), values, places, strict=True):
        if place is None:
            continue
        seen = _continued(place, lines, taken)
        is_last = place + 1 == len(lines) or lines[place + 1].table != lines[place].table
        found = _lacking(path, mine, seen, cut=is_last)
        if not found and taken[place] == 1 and seen is lines[place]:
            found = _left_over(path, row, mine, seen)
        if len(mine) - len(found) >= SEEN:
            doubts.append(found)
    return _weighed(doubts)


def _weighed(doubts: Sequence[list[Issue]]) -> list[Issue]:
    """The doubts, a list for each row seen; where too many rows have one, the witness fused them: one issue says so."""
    count = sum(map(bool, doubts))
    if count > max(FEW, len(doubts) * FUSED):
        return [Issue(Code.WITNESS_DISAGREES, "", f"the table witness has {count} of {len(doubts)} rows otherwise")]
    return [issue for found in doubts for issue in found]


# reading both sides


def _values(row: Row, path: str) -> Iterator[_Value]:
    for name, field in _printed(row):
        where = f"{path}.{name}"
        match field.value:
            case bool() | None:
                pass
            case str() if name == "form_type":
                pass  # a V or a digit; the witness gives digits with their code, and neither without fail
            case str() if name not in _LETTERS:
                if words := _words(field.value):
                    yield _Value(where, words, None, field.places)
            case str() | date() | Decimal() as value:
                yield _Value(where, (), value, field.places)


def _printed(row: Row) -> Iterator[tuple[str, Field[object]]]:
    for name in type(row).model_fields:
        field = getattr(row, name)
        if isinstance(field, Field) and field.printed:
            yield name, field


def _line(table: int, cells: Iterable[str]) -> _Line:
    worded = tuple(words for words in map(_words, cells) if words)
    readings = Counter(_readings(word for words in worded for word in words))
    parted = frozenset(_readings(join for words in worded for join in _joins(words, PIECES)))
    return _Line(table, worded, readings, parted)


def _words(text: str) -> Words:
    return tuple(_MARK.sub(" ", normalize("NFKC", text)).split())


def _readings(words: Iterable[str]) -> Iterator[Reading]:
    """What words say as dates, numbers or codes; other words say nothing."""
    for word in words:
        if match := _NUMBER.fullmatch(word):
            yield Decimal(match[1].replace(",", ""))
        elif match := _CODE.fullmatch(word):
            yield match[1]
        elif match := _DATE.fullmatch(word):
            with suppress(ValueError):  # a day that no calendar has
                yield date(int(match[3]), int(match[1]), int(match[2]))


def _joins(words: Words, most: int) -> list[str]:
    """What two to `most` words that follow one another make with nothing between them."""
    return [
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 2, min(start + most, len(words)) + 1)
    ]


def _broken(words: Iterable[str]) -> Iterator[str]:
    return (piece for word in words for piece in _BREAK.split(word) if piece)


# finding each row among the lines


def _aligned(rows: Sequence[Sequence[_Value]], lines: Sequence[_Line]) -> list[int | None]:
    """For each row the line that it is, None where none has a value of it: the most values in all, in order.

    Rows that the witness fused share a line; where two lines do equally well, each row has one of its own.
    """
    best = [0] * (len(lines) + 1)
    steps: list[list[str]] = []
    for values in rows:
        scores, step = [0], ["none"]
        for index, line in enumerate(lines):
            has = 2 * sum(_has(line, value) for value in values)
            options = {"none": best[index + 1], "earlier": scores[index]}
            if has:
                options |= {"shared": best[index + 1] + has, "own": best[index] + has + 1}
            step.append(max(options, key=lambda name: options[name]))
            scores.append(options[step[-1]])
        best = scores
        steps.append(step)
    return _traced(steps, len(lines))


def _traced(steps: Sequence[Sequence[str]], column: int) -> list[int | None]:
    places: list[int | None] = []
    for step in reversed(steps):
        while step[column] == "earlier":
            column -= 1
        places.append(None if step[column] == "none" else column - 1)
        if step[column] == "own":
            column -= 1
    return places[::-1]


def _has(line: _Line, value: _Value) -> bool:
    if value.reading is not None:
        return value.reading in line.readings or value.reading in line.parted
    return any(_holds(words, value.words) for words in line.cells)


def _holds(words: Words, text: Words) -> bool:
    """Whether a cell's words hold a text's in order; those of a neighbour that was fused may stand between them."""
    rest = _broken(words)
    return all(piece in rest for piece in _broken(text)) or "".join(text) in _joins(words, len(words))


def _begins(line: _Line, value: _Value) -> bool:
    text = list(_broken(value.words))
    return any(text[: len(words)] == words for words in (list(_broken(cell)) for cell in line.cells))


def _continued(place: int, lines: Sequence[_Line], taken: Container[int | None]) -> _Line:
    """The line at `place`, with what a page break parted from it: that stands in a neighbouring table, is no line of
    another row, and may have repeated heads beside it, which do no harm."""
    line = lines[place]
    after = []
    for index in range(place + 1, len(lines)):
        if index in taken or lines[index].table != line.table + 1:
            break
        after.append(lines[index])
    start = next((index for index in range(place - 1, -1, -1) if index in taken or lines[index].table < line.table), -1)
    before = [lines[start]] if start >= 0 and start not in taken and lines[start].table == line.table - 1 else []
    for other in before:
        line = _merged(line, other, [(first, then) for first in other.cells for then in line.cells])
    for other in after:
        line = _merged(line, other, [(first, then) for first in line.cells for then in other.cells])
    return line


def _merged(line: _Line, other: _Line, pairs: Sequence[tuple[Words, Words]]) -> _Line:
    parted = frozenset(_readings(first[-1] + then[0] for first, then in pairs))
    cells = (*line.cells, *(first + then for first, then in pairs))
    return _Line(line.table, cells, line.readings + other.readings, line.parted | other.parted | parted)


# weighing them


def _lacking(path: str, values: Sequence[_Value], seen: _Line, *, cut: bool) -> list[Issue]:
    """The values that the witness has not, or not as often; where a page break may have `cut` the row, a text's
    beginning is enough: the rest of a row alone on a page is no table to the witness."""
    texts = [value for value in values if value.reading is None]
    held = [value for value in texts if _has(seen, value) or (cut and _begins(seen, value))]
    spent = Counter(_readings(word for value in held for word in value.words))
    issues = [_issue(value.path, f"has no {' '.join(value.words)!r}", [value]) for value in texts if value not in held]
    alike: defaultdict[Reading, list[_Value]] = defaultdict(list)
    for value in values:
        if value.reading is not None:
            alike[value.reading].append(value)
    for reading, group in alike.items():
        has = seen.readings[reading] - spent[reading] + (reading in seen.parted)
        if has <= 0:
            issues += [_issue(value.path, f"has no {reading}", [value]) for value in group]
        elif has < len(group):
            issues.append(_issue(path, f"has {reading} only {has} of {len(group)} times", group))
    return issues


def _left_over(path: str, row: Row, values: Sequence[_Value], seen: _Line) -> list[Issue]:
    """The words that only the witness has."""
    readings = Counter(value.reading for value in values if value.reading is not None)
    told = {value.path.rpartition(".")[2] for value in values}
    texts = [value.words for value in values] + [_words(field.printed) for name, field in _printed(row) if name not in told]
    pieces = Counter(piece for words in texts for piece in _broken(words))
    whole = " ".join("".join(words) for words in texts)
    left: list[str] = []
    for cell in seen.cells:
        for odd, group in groupby(cell, key=lambda word: not _spend(word, readings, pieces)):
            run = "".join(group) if odd else ""
            if odd and run not in whole and not any(readings[reading] > 0 for reading in _readings([run])):
                left.append(run)
    return [_issue(path, f"has {' '.join(left)!r} besides", values)] if left else []


def _spend(word: str, readings: Counter[Reading], pieces: Counter[str]) -> bool:
    for reading in _readings([word]):
        if readings[reading] > 0:
            readings[reading] -= 1
            return True
    parts = list(_broken([word]))
    if any(pieces[part] < 1 for part in parts):
        return False
    pieces.subtract(parts)
    return True


def _issue(path: str, what: str, values: Sequence[_Value]) -> Issue:
    return Issue(Code.WITNESS_DISAGREES, path, f"the table witness {what}", tuple(at for each in values for at in each.at))
