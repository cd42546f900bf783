"""From a table that a converter left as values one below the other to its rows: each value's kind and place in order.

The heads come first, then the values of each row, without those of empty cells. A row is read where its values can
stand under the columns in one way only; in any case it is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from extractor.fitting.captions import Captions, TableCaptions
from extractor.fitting.leftover import is_captions
from extractor.fitting.marks import raise_converted, raise_typed
from extractor.fitting.rows import Row, RowCells, read_row
from extractor.fitting.stream import Piece, Stream, runs_of_pieces
from extractor.fitting.values import clean, parse_date, parse_number, quoted, split_marks
from extractor.issues import Code, Issue
from extractor.layout import Run, joined, squeeze

# Share of a table's captions that must stand below its title before the values there are taken for its own.
LEAST_HEADS = 0.6
# Squeezed characters of a piece that ends the heads: "code" has 4, a value such as "D" has 1.
LEAST_HEAD = 4
# And of one that joins heads or pieces of them: "class b" is pieces of captions, too.
LEAST_HEADS_JOINED = 12
# Ways of standing under the columns that are looked at: two are enough to know that a row is not certain.
MOST_WAYS = 64
MOST_VALUES = 40  # of one row; Table II has 16 columns

_CODE = re.compile(r"[345]?[A-Z](?:/K)?")

_KINDS: dict[str, Callable[[str], bool]] = {
    "security_title": lambda text: not _is_bare(text),
    "underlying_title": lambda text: not _is_bare(text),
    "nature_of_ownership": lambda text: not _is_bare(text),
    "transaction_date": lambda text: parse_date(text) is not None,
    "deemed_execution_date": lambda text: parse_date(text) is not None,
    "exercise_date": lambda text: parse_date(text) is not None,
    "expiration_date": lambda text: parse_date(text) is not None,
    "transaction_code": lambda text: _CODE.fullmatch(text) is not None,
    "voluntary": lambda text: text == "V",
    "acquired_disposed": lambda text: text in ("A", "D"),
    "direct_or_indirect": lambda text: text in ("D", "I"),
}
_LAST = "direct_or_indirect"  # every row has it; only the nature can stand behind it


class Value(NamedTuple):
    """What stood in a cell: its text without marks, and its runs."""

    text: str
    runs: tuple[Run, ...]


def read_linear(
    stream: Stream, captions: Captions, name: str, path: str, form: str, issues: list[Issue]
) -> list[Row] | None:
    """The rows of the table `name` (`table_1`, `table_2`); None where its heads do not stand on the page."""
    zone = _zone(stream, captions, name)
    if zone is None:
        return None
    pieces = stream.cut(*zone)
    behind = _heads_end(pieces, captions.tables[name])
    values = [value for piece in pieces[behind:] if (value := _value(piece, captions)).runs]
    columns = tuple(field for field, _ in captions.tables[name].columns)
    rows: list[Row] = []
    for group in _grouped(values):
        place = f"{path}[{len(rows)}]"
        ways = list(islice(_ways(group, columns), MOST_WAYS)) if len(group) <= MOST_VALUES else []
        at = tuple(run.at for value in group for run in value.runs)
        shown = quoted(" ".join(value.text for value in group))
        if not ways:
            issues.append(Issue(Code.TABLE_LOST, place, f"{shown} fits no row of the table", at))
            continue
        cells, unsure = _agreed(group, ways)
        told = f"; where {', '.join(map(quoted, unsure))} stood cannot be told" if unsure else ""
        issues.append(Issue(Code.TABLE_LOST, place, f"the columns of {shown} were told by kind and order{told}", at))
        rows.append(read_row(cells, place, form, issues))
    return rows


def _zone(stream: Stream, captions: Captions, name: str) -> tuple[int, int] | None:
    """What stands between the table's title and what follows it; None where too few of its heads are there."""
    table = captions.tables[name]
    title = stream.find(table.titles)
    if title is None:
        return None
    others = [other.titles for key, other in captions.tables.items() if key != name]
    follows = [*others, captions.sections["explanation"], captions.sections["remarks"], captions.items["owner"]]
    ends = [hit[0] for words in follows if (hit := stream.find(words, title[1]))]
    end = min(ends, default=len(stream.text))
    heads = sum(stream.find(words, title[1], end) is not None for _, words in table.columns)
    return (title[1], end) if heads >= LEAST_HEADS * len(table.columns) else None


def _heads_end(pieces: tuple[Piece, ...], table: TableCaptions) -> int:
    """How many pieces the heads are: up to the last one of them before the first value that no head looks like."""
    words = [word for _, each in table.columns for word in each]
    whole = "".join((*words, *table.groups, *table.hints))
    end = 0
    for index, piece in enumerate(pieces):
        text = squeeze(piece.text)
        if parse_date(text) is not None or (parse_number(text) is not None and not text.endswith(".")):
            break
        if (len(text) >= LEAST_HEAD and text in whole) or (
            len(text) >= LEAST_HEADS_JOINED and is_captions(text, whole)
        ):
            end = index + 1
    return end


def _value(piece: Piece, captions: Captions) -> Value:
    runs = runs_of_pieces((piece,))
    runs = raise_typed(runs) if captions.marks == "typed" else raise_converted(runs)
    return Value(clean(joined(split_marks(runs, text_possible=True)["text"])), runs)


def _is_bare(text: str) -> bool:
    """Whether a text is a date, a number or a letter, as no title is."""
    return len(text) < 2 or parse_date(text) is not None or parse_number(text) is not None


def _grouped(values: list[Value]) -> Iterator[list[Value]]:
    """The values row by row: a row begins with a title, behind the letter that ends the one before."""
    group: list[Value] = []
    for index, value in enumerate(values):
        following = values[index + 1].text if index + 1 < len(values) else ""
        begins = bool(group) and not _is_bare(value.text) and any(each.text in ("D", "I") for each in group)
        # behind an I stands a nature, which is no title: what follows it would be one
        is_nature = begins and group[-1].text == "I"
        if begins and not is_nature and (following == "" or _is_bare(following)):
            yield group
            group = []
        group.append(value)
    if group:
        yield group


def _ways(values: list[Value], columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The ways in which values can stand under columns, in order, each under one of its kind; all of a row's own."""
    for way in _placed([value.text for value in values], columns):
        if _is_row(way):
            yield way


def _placed(texts: list[str], columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not texts:
        yield ()
        return
    for index, field in enumerate(columns):
        if len(columns) - index < len(texts):
            return
        if _fits(field, texts[0]):
            for rest in _placed(texts[1:], columns[index + 1 :]):
                yield (field, *rest)


def _fits(field: str, text: str) -> bool:
    """Whether a text can stand in a column; a cell of marks alone can stand in any."""
    kind = _KINDS.get(field)
    return not text or (kind(text) if kind is not None else parse_number(text) is not None)


def _is_row(way: tuple[str, ...]) -> bool:
    """Whether the filled columns are those of a row: title and letter, and of a transaction date and code."""
    filled = set(way)
    if not {"security_title", _LAST} <= filled:
        return False
    if "nature_of_ownership" in filled and way[-1] != "nature_of_ownership":
        return False
    traded = {"transaction_date", "transaction_code"} & filled
    others = {"deemed_execution_date", "voluntary", "amount", "acquired_disposed", "acquired", "disposed"} & filled
    return len(traded) == 2 if traded or others else True


def _agreed(values: list[Value], ways: list[tuple[str, ...]]) -> tuple[RowCells, list[str]]:
    """The cells on which all ways agree, and the texts of the values on which they do not."""
    cells: RowCells = {}
    unsure: list[str] = []
    for index, value in enumerate(values):
        fields = {way[index] for way in ways}
        if len(fields) == 1:
            cells[fields.pop()] = value.runs
        elif fields == {"acquired", "disposed"}:
            cells["amount"] = value.runs
            unsure.append(value.text)
        else:
            unsure.append(value.text)
    return cells, unsure
