"""A filing and the cell texts of a table witness come in; issues for values that the witness saw otherwise go out.

The witness (camelot's lattice, `readers.pdf.witness`) fuses neighbouring cells on some prints, so nothing is asked of
its columns: the values of a row must stand among the words of the row that the witness saw, each as often as the row
has it, and no word may be left over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final, NamedTuple
from unicodedata import normalize

from extractor.filing import Field, Filing, Row
from extractor.issues import Code, Issue
from extractor.layout import Location

Table = Sequence[Sequence[str]]
Reading = date | Decimal | str
Words = tuple[str, ...]

SEEN: Final = 2  # values of a row that the witness must have; a holding prints three. 1 and 3 measured alike
FEW: Final = 2  # rows that may differ, each told for itself, be they all there are
FUSED: Final = 1 / 4  # of the rows: where more differ, it fused them; 0 in good prints, 0.3 to 0.8 where it fuses
OWN: Final = 1.5  # values that a line which no other row shares is worth: one may be the one in doubt
WRAPS: Final = 3  # words that a wrap makes of one number or date, at most: `05/01/2|012` is two

_MARK = re.compile(r"\(\s*\d\s*\d?\s*\)")  # a wrap may stand in it
_BREAK = re.compile(r"(?<=[-\u2010-\u2015/])")  # where a line may be broken inside a word
_NUMBER = re.compile(r"\$?(\d[\d,]*(?:\.\d*)?|\.\d+)")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CODE = re.compile(r"[345]?([A-Z])(?:/K)?")  # a form's digit before a code, a swap's /K behind it
_LETTERS = ("transaction_code", "acquired_disposed", "direct_or_indirect")


class _Text(NamedTuple):
    """Words, marks left out: as they stand, parted also where a line may break inside them, and in one piece."""

    words: Words
    pieces: Words
    whole: str


class _Value(NamedTuple):
    """A value that the page prints: its field's path, the text or else the reading, and its places."""

    path: str
    text: _Text
    reading: Reading | None
    at: tuple[Location, ...]


class _Line(NamedTuple):
    """A row as the witness saw it: its cells, how often each reading is among their words, and the readings that a
    wrap may have parted into words that follow one another."""

    table: int
    cells: tuple[_Text, ...]
    readings: Counter[Reading]
    parted: frozenset[Reading]


def disagreements(filing: Filing, tables: Iterable[Table]) -> list[Issue]:
    """What the witness's `tables` (rows of cell texts, in the order of the page) gainsay of the filing's rows.

    A value that the witness has nowhere in its row is named by its field. Named by the row are words that only the
    witness has, and values that it has less often than the row (two amounts of 500, one `500`): which one is doubtful
    cannot be told. Nothing is said of rows that the witness did not plainly see, nor of what the page does not print.
    Where it has many rows otherwise, one issue without a path says so.
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
        found = _lacking(path, mine, seen, cut=_ends_table(place, lines))
        if taken[place] > 1 and found:
            continue  # rather a row that the witness has not at all, beside one like it, than rows that it fused
        if not found and taken[place] == 1 and seen is lines[place]:
            found = _left_over(path, row, mine, seen)
        if len(mine) - len(found) >= SEEN:
            doubts.append(found)
    return _weighed(doubts)


def _weighed(doubts: Sequence[list[Issue]]) -> list[Issue]:
    """The doubts, which come as a list for each row that was seen."""
    count = sum(map(bool, doubts))
    if count > max(FEW, len(doubts) * FUSED):
        message = f"the table witness has {count} of {len(doubts)} rows otherwise; it fuses rows on some prints"
        return [Issue(Code.WITNESS_DISAGREES, "", message)]
    return [issue for found in doubts for issue in found]


# reading both sides


def _values(row: Row, path: str) -> Iterator[_Value]:
    for name, field in _printed(row):
        where = f"{path}.{name}"
        match field.value:
            case bool() | None:
                pass
            case str() if name == "form_type":
                pass  # printed as a letter V or as a digit before the code
            case str() if name not in _LETTERS:
                text = _text(field.value)
                if text.words:
                    yield _Value(where, text, None, field.places)
            case str() | date() | Decimal() as value:
                yield _Value(where, _text(""), value, field.places)


def _printed(row: Row) -> Iterator[tuple[str, Field[object]]]:
    for name in type(row).model_fields:
        field = getattr(row, name)
        if isinstance(field, Field) and field.printed:
            yield name, field


def _line(table: int, cells: Iterable[str]) -> _Line:
    texts = tuple(text for text in map(_text, cells) if text.words)
    readings = Counter(_readings(word for text in texts for word in text.words))
    parted = frozenset(_readings(join for text in texts for join in _joins(text.words, WRAPS)))
    return _Line(table, texts, readings, parted)


def _text(printed: str) -> _Text:
    return _of(tuple(_MARK.sub(" ", normalize("NFKC", printed)).split()))


def _of(words: Words) -> _Text:
    pieces = tuple(piece for word in words for piece in _BREAK.split(word) if piece)
    return _Text(words, pieces, "".join(words))


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


def _joins(words: Words, most: int) -> Iterator[str]:
    """What two to `most` words that follow one another make with nothing between them."""
    for start in range(len(words)):
        for end in range(start + 2, min(start + most, len(words)) + 1):
            yield "".join(words[start:end])


# finding each row among the lines


def _aligned(rows: Sequence[Sequence[_Value]], lines: Sequence[_Line]) -> list[int | None]:
    """For each row the line that it is, None where none has a value of it: the most values in all, in order.

    Rows that the witness fused share a line; a line of its own may have a value less.
    """
    best = [0.0] * (len(lines) + 1)
    steps: list[list[str]] = []
    for values in rows:
        scores, step = [0.0], ["none"]
        for index, line in enumerate(lines):
            has = sum(_has(line, value) for value in values)
            options = {"none": best[index + 1], "earlier": scores[index]}
            if has:
                options |= {"shared": best[index + 1] + has, "own": best[index] + has + OWN}
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
    return any(_holds(cell, value.text) for cell in line.cells) or any(
        _in_order(value.text.pieces, (*left.pieces, *right.pieces)) for left, right in pairwise(line.cells)
    )


def _holds(cell: _Text, text: _Text) -> bool:
    """Whether a cell holds a text, parted or not."""
    if _in_order(text.pieces, cell.pieces):
        return True
    return text.whole in cell.whole and text.whole in _joins(cell.words, len(cell.words))


def _in_order(pieces: Words, among: Words) -> bool:
    """Whether pieces stand in order among others: between a text's may stand those of a cell fused with it."""
    rest = iter(among)
    return all(piece in rest for piece in pieces)


def _begins(line: _Line, text: _Text) -> bool:
    """Whether a cell holds the beginning of a text and nothing else."""
    return any(text.pieces[: len(cell.pieces)] == cell.pieces for cell in line.cells)


# page breaks


def _ends_table(place: int, lines: Sequence[_Line]) -> bool:
    return place + 1 == len(lines) or lines[place + 1].table != lines[place].table


def _continued(place: int, lines: Sequence[_Line], taken: Container[int | None]) -> _Line:
    """The line at `place`, with what a page break parted from it: that stands in a neighbouring table, is no line of
    another row, and may have repeated heads beside it, which do no harm."""
    line = lines[place]
    first = last = place
    while first and first - 1 not in taken and lines[first - 1].table == line.table:
        first -= 1
    if first and first - 1 not in taken and lines[first - 1].table == line.table - 1:
        line = _merged(line, lines[first - 1], [(a, b) for a in lines[first - 1].cells for b in line.cells])
    while last + 1 < len(lines) and last + 1 not in taken and lines[last + 1].table == line.table + 1:
        last += 1
        line = _merged(line, lines[last], [(a, b) for a in lines[place].cells for b in lines[last].cells])
    return line


def _merged(line: _Line, other: _Line, pairs: Sequence[tuple[_Text, _Text]]) -> _Line:
    parted = frozenset(_readings(above.words[-1] + below.words[0] for above, below in pairs))
    cells = (*line.cells, *(_of(above.words + below.words) for above, below in pairs))
    return _Line(line.table, cells, line.readings + other.readings, line.parted | other.parted | parted)


# weighing each row


def _lacking(path: str, values: Sequence[_Value], seen: _Line, *, cut: bool) -> list[Issue]:
    """The values that the witness has not, or not as often.

    Where a page break may have `cut` the row, a text's beginning is enough: the rest of a row, alone on a page, is no
    table to the witness.
    """
    texts = [value for value in values if value.reading is None]
    held = [value for value in texts if _has(seen, value) or (cut and _begins(seen, value.text))]
    issues = [
        _issue(value.path, f"has no {' '.join(value.text.words)!r}", [value]) for value in texts if value not in held
    ]
    spent = Counter(_readings(word for value in held for word in value.text.words))
    alike: defaultdict[Reading, list[_Value]] = defaultdict(list)
    for value in values:
        if value.reading is not None:
            alike[value.reading].append(value)
    for reading, group in alike.items():
        has = seen.readings[reading] - spent[reading] + (reading in seen.parted)
        if has <= 0:
            issues += [_issue(value.path, f"has no {reading}", [value]) for value in group]
        elif has < len(group):
            issues.append(_issue(path, f"has {reading} {has} of {len(group)} times", group))
    return issues


def _left_over(path: str, row: Row, values: Sequence[_Value], seen: _Line) -> list[Issue]:
    """The words that only the witness has."""
    told = {value.path.rpartition(".")[2] for value in values}
    texts = [value.text for value in values]
    texts += [_text(field.printed) for name, field in _printed(row) if name not in told]
    readings = Counter(value.reading for value in values if value.reading is not None)
    pieces = Counter(piece for text in texts for piece in text.pieces)
    left: list[str] = []
    for cell in seen.cells:
        for odd, group in groupby(cell.words, key=lambda word: not _spend(word, readings, pieces)):
            run = "".join(group) if odd else ""
            known = any(run in text.whole for text in texts) or any(readings[each] > 0 for each in _readings([run]))
            if odd and not known:
                left.append(run)
    return [_issue(path, f"has {' '.join(left)!r} besides", values)] if left else []


def _spend(word: str, readings: Counter[Reading], pieces: Counter[str]) -> bool:
    """Takes a word from those that the row explains; False where it explains none like it."""
    for reading in _readings([word]):
        if readings[reading] > 0:
            readings[reading] -= 1
            return True
    parts = _of((word,)).pieces
    if any(pieces[part] < 1 for part in parts):
        return False
    pieces.subtract(parts)
    return True


def _issue(path: str, what: str, values: Sequence[_Value]) -> Issue:
    at = tuple(place for value in values for place in value.at)
    return Issue(Code.WITNESS_DISAGREES, path, f"the table witness {what}", at)
