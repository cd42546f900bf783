"""A shard's records come in and their review pages go out; the index of all pages is made of the lines kept of each.

DIR/<sha16>-<stem>.html                 the page of an input, where one was made
OUT/rows/REVIEW/part-00000.jsonl        a line an input, of which the index is made
DIR/index.html, index-2.html, …         every input: what is in doubt first, then what failed, then the rest
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from extractor import errors
from extractor.batch.aside import Aside, folder, sweep, sync_folder
from extractor.batch.names import file_name
from extractor.batch.record import Record
from extractor.batch.review import INDEX, Review, unpacked
from extractor.markup import Element, element
from extractor.review.index import Reviewed, index_parts, line_of
from extractor.writers.json import dict_to_filing
from extractor.writers.sec_tables import Tables

LINES: Final = "REVIEW"
# Inputs on a page of the index: 0.3 MB, which a browser lays out at once. A million inputs make a thousand pages.
ROWS: Final = 1000
_FURTHER = re.compile(r"index-(\d{1,6})\.html")

_SCHEMA: Final = """
CREATE TABLE lines (number INTEGER PRIMARY KEY, sha256 TEXT, status TEXT, error TEXT, file TEXT, source TEXT,
                    title TEXT, owners TEXT, period TEXT, doubts INTEGER, notes INTEGER);
"""
# A copy tells what the first of its content does, and stands where that does.
_ORDERED: Final = """
WITH firsts AS (SELECT min(number) AS first, sha256 FROM lines WHERE status IN ('read', 'in_doubt') GROUP BY sha256)
SELECT coalesce(of.file, mine.file), mine.source, coalesce(of.title, mine.title), coalesce(of.owners, mine.owners),
       coalesce(of.period, mine.period), coalesce(of.doubts, mine.doubts), coalesce(of.notes, mine.notes),
       mine.status, mine.error
FROM lines AS mine
LEFT JOIN firsts ON mine.status = 'duplicate' AND firsts.sha256 = mine.sha256
LEFT JOIN lines AS of ON of.number = firsts.first
ORDER BY CASE coalesce(of.status, mine.status) WHEN 'in_doubt' THEN 0 WHEN 'failed' THEN 1 ELSE 2 END,
         coalesce(of.doubts, mine.doubts) DESC, mine.number
"""


class ReviewPart:
    """The pages of a shard, each in place as soon as it is written, and the shard's lines of the index."""

    tabular = False

    def __init__(self, out: Path, place: Path, name: str) -> None:
        self._folder, self._name = folder(place), name
        sweep(self._folder / name)
        self._lines = Aside(folder(out / "rows" / LINES) / f"{name}.jsonl")

    def add(self, record: Record, _rows: Tables) -> None:
        file = ""
        if record.page:
            file = file_name(record, ".html")
            aside = Aside(self._folder / file, self._name)
            try:
                aside.write(unpacked(record.page))
                aside.commit()
            finally:
                aside.abandon()
        line = json.dumps((record.sha256, *_line(record, file)), separators=(",", ":"))
        self._lines.write(f"{line}\n".encode())

    def commit(self) -> None:
        sync_folder(self._folder)
        self._lines.commit()
        sync_folder(self._lines.target.parent)

    def abandon(self) -> None:
        self._lines.abandon()


def _line(record: Record, file: str) -> Reviewed:
    source = record.name
    document = record.document or {}
    filing, issues = document.get("filing"), document.get("issues")
    if not isinstance(filing, Mapping) or not isinstance(issues, list):
        return Reviewed(file, source, "", "", "", 0, 0, record.status, record.error)
    doubts = sum(issue["severity"] == "doubt" for issue in issues)
    line = line_of(dict_to_filing(filing), file, source, doubts, len(issues) - doubts)
    return line._replace(status=record.status)


def write_index(out: Path, review: Review) -> None:
    """The index of all shards' lines, in pages of `ROWS`. Raises WriteError.

    Sorted by SQLite in a file of its own, so that it takes no more memory for a million inputs than for one.
    """
    place = folder(review.folder)
    sweep(place / INDEX)
    with contextlib.closing(sqlite3.connect("")) as database:
        database.executescript(_SCHEMA)
        database.executemany(f"INSERT INTO lines VALUES (NULL{', ?' * 10})", _kept(out))
        counts = dict(database.execute("SELECT status, count(*) FROM lines GROUP BY status"))
        last = max(1, -(-sum(counts.values()) // ROWS))
        lines = map(Reviewed._make, database.execute(_ORDERED))
        for number in range(1, last + 1):
            _write_page(place, number, last, _told(counts, review), lines)
    for path in place.iterdir():
        found = _FURTHER.fullmatch(path.name)
        if found and int(found[1]) > last:  # of an earlier run with more inputs
            path.unlink()
    sync_folder(place)


def _kept(out: Path) -> Iterator[list[Any]]:
    for path in sorted((out / "rows" / LINES).glob("part-*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line in file:
                sha256, *reviewed, status, error = json.loads(line)
                yield [sha256, status, error, *reviewed]


def _write_page(place: Path, number: int, last: int, told: list[Element], lines: Iterator[Reviewed]) -> None:
    aside = Aside(place / _name(number), INDEX)
    try:
        for text in index_parts([*told, *_ways(number, last)], islice(lines, ROWS), _failure):
            aside.write(text.encode())
        aside.commit()
    finally:
        aside.abandon()


def _name(number: int) -> str:
    return INDEX if number == 1 else f"index-{number}.html"


def _told(counts: Mapping[str, int], review: Review) -> list[Element]:
    """What the index says above its table."""
    count = sum(counts.values())
    doubt, read, failed, copies = (counts.get(name, 0) for name in ("in_doubt", "read", "failed", "duplicate"))
    parts = f"{doubt:,} in doubt, {read:,} without doubt, {failed:,} failed, {copies:,} copies"
    pages = "Every filing that was read has a page." if review.what == "all" else "Filings in doubt have a page."
    return [
        element("p", f"{count:,} input{'' if count == 1 else 's'}: {parts}"),
        element("p", f"{pages} More on what failed: extractor status"),
    ]


def _ways(number: int, last: int) -> Iterator[Element]:
    if last == 1:
        return
    ways = {"First": 1, "Previous": number - 1, "Next": number + 1, "Last": last}
    links = [element("a", word, href=_name(to)) for word, to in ways.items() if 0 < to <= last and to != number]
    spaced = [part for link in links for part in (" · ", link)]
    yield element("nav", f"Page {number:,} of {last:,}", *spaced, aria_label="Pages of the index")


def _failure(name: str) -> str:
    """What an error means, in the words of its class."""
    kind = getattr(errors, name, None)
    return str(kind.__doc__).partition("\n")[0] if isinstance(kind, type) else ""
