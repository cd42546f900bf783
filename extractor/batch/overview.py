"""A folder with ledgers comes in; how far its run is and what failed and why goes out. Nothing is changed."""

from __future__ import annotations

import contextlib
import json
import shlex
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from extractor.batch.ledger import ledgers, only_read
from extractor.batch.record import name_of
from extractor.errors import SourceUnreadable

STATUSES: Final = ("read", "in_doubt", "failed", "duplicate")


class Group(NamedTuple):
    """Inputs that failed alike: the error's class, its message, how many, and the first of them."""

    error: str
    message: str
    inputs: int
    example: str


class Overview(NamedTuple):
    """Counts by status, what is pending, shards not written yet, and the failures, most frequent first."""

    inputs: int
    counts: dict[str, int]
    pending: int
    open_shards: int
    failures: tuple[Group, ...]
    about: dict[str, object]

    @property
    def failed(self) -> int:
        """How many inputs failed."""
        return self.counts["failed"]

    @property
    def done(self) -> bool:
        """Whether every input has ended and every shard is written."""
        return not self.pending and not self.open_shards

    def as_dict(self, out: Path) -> dict[str, object]:
        """For `summary.json`."""
        return {
            "inputs": self.inputs,
            **self.counts,
            "pending": self.pending,
            "open_shards": self.open_shards,
            "failures": [{**group._asdict(), "look": look(out, group.error)} for group in self.failures],
            "run": self.about,
        }


def look(out: Path, error: str) -> str:
    """The command that lists what failed by an error."""
    return f"extractor status {shlex.quote(str(out))} --error {error}"


def overview(out: Path) -> Overview:
    """How far the run in a folder is, all parts of it together. Raises SourceUnreadable where there is none."""
    counts: Counter[str | None] = Counter()
    failures: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], tuple[int, str]] = {}
    open_shards, about = 0, {}
    for database in _databases(out):
        counts.update(dict(database.execute("SELECT status, count(*) FROM inputs GROUP BY status")))
        query = "SELECT count(DISTINCT shard) FROM inputs WHERE shard NOT IN (SELECT shard FROM written)"
        open_shards += int(database.execute(query).fetchone()[0])
        query = """SELECT error, message, count(*), min(seq), uri, member FROM inputs
                   WHERE status = 'failed' GROUP BY error, message"""
        for error, message, count, seq, uri, member in database.execute(query):
            failures[error, message] += count
            here = (seq, name_of(uri, member))
            examples[error, message] = min(here, examples.get((error, message), here))
        about = {name: json.loads(value) for name, value in database.execute("SELECT name, value FROM meta")}
    groups = tuple(
        Group(*key, count, examples[key][1])
        for key, count in sorted(failures.items(), key=lambda item: (-item[1], item[0]))
    )
    known = {status: counts[status] for status in STATUSES}
    return Overview(sum(counts.values()), known, counts[None], open_shards, groups, about)


def failed_inputs(out: Path, error: str | None = None) -> Iterator[tuple[str, str, str]]:
    """Name, error and message of each input that failed, in order; of one error only, where named."""
    for database in _databases(out):
        query = """SELECT uri, member, error, message FROM inputs
                   WHERE status = 'failed' AND (?1 IS NULL OR error = ?1) ORDER BY seq"""
        for uri, member, kind, message in database.execute(query, (error,)):
            yield name_of(uri, member), kind, message


def _databases(out: Path) -> Iterator[Any]:
    found = ledgers(out)
    if not found:
        raise SourceUnreadable("holds no run", source=str(out), hint="give the folder that a batch writes into")
    for path in found:
        try:
            with contextlib.closing(only_read(path)) as database:
                yield database
        except sqlite3.Error as error:
            raise SourceUnreadable(str(error), source=str(path)) from error
