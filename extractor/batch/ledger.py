"""The book of a batch: every input, how its reading ended, and what was read until its shard is written; in SQLite.

One writer at a time, held by a lock on a file beside it. Each call of `commit` is durable (WAL, synchronous FULL):
what was recorded survives a kill, a power failure and a full disk, and what was not is done again.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple

from extractor.batch.archive import Step
from extractor.batch.aside import writing
from extractor.batch.documents import unpack_document
from extractor.batch.inputs import Input
from extractor.batch.lock import locked
from extractor.batch.record import Record, name_of
from extractor.errors import ExitCode, SourceUnreadable, WriteError

# Rows that are fetched at a time.
PAGE: Final = 256

_SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE inputs (
  seq INTEGER PRIMARY KEY, shard INTEGER NOT NULL, uri TEXT NOT NULL, member TEXT NOT NULL,
  path BLOB NOT NULL, steps TEXT NOT NULL, sha256 TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL DEFAULT 0,
  status TEXT, error TEXT NOT NULL DEFAULT '', message TEXT NOT NULL DEFAULT '', hint TEXT NOT NULL DEFAULT '',
  template TEXT NOT NULL DEFAULT '', issues INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0, resident INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX inputs_pending ON inputs (seq) WHERE status IS NULL;
CREATE INDEX inputs_content ON inputs (sha256) WHERE status IN ('read', 'in_doubt', 'failed');
CREATE INDEX inputs_shard ON inputs (shard, status);
CREATE TABLE documents (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE pages (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE written (shard INTEGER PRIMARY KEY);
CREATE TABLE again (seq INTEGER PRIMARY KEY, shard INTEGER NOT NULL, error TEXT NOT NULL);
"""
_INSERT: Final = "INSERT INTO inputs (seq, shard, uri, member, path, steps) VALUES (?, ?, ?, ?, ?, ?)"
_BY_STATUS: Final = "SELECT status, count(*) FROM inputs GROUP BY status"


class OtherRun(WriteError):
    """The folder holds a run of other sources, other options or another version."""

    exit_code = ExitCode.USAGE
    default_hint = "give another folder, or the same command as before"


class Ending(NamedTuple):
    """How an input ended; columns of `inputs`."""

    status: str
    sha256: str = ""
    size: int = 0
    error: str = ""
    message: str = ""
    hint: str = ""
    template: str = ""
    issues: int = 0
    seconds: float = 0.0
    resident: int = 0


_END: Final = f"UPDATE inputs SET {', '.join(f'{name} = ?' for name in Ending._fields)} WHERE seq = ?"


def copy_of(first: Ending, size: int) -> Ending:
    """How a copy of an input ends: what could not be read could not be read either; any other is told as a copy."""
    if first.status == "failed":
        return first._replace(size=size, seconds=0.0, resident=0)
    return Ending("duplicate", first.sha256, size, template=first.template)


class Pending(NamedTuple):
    """An input that has no ending yet; `attempts` were begun before."""

    seq: int
    shard: int
    uri: str
    member: str
    path: bytes
    steps: tuple[Step, ...]
    attempts: int

    @property
    def name(self) -> str:
        """What the input is called in messages and in its document."""
        return name_of(self.uri, self.member)


class Part(NamedTuple):
    """Which shards a run does: those whose number leaves `number` over when divided by `of`."""

    number: int = 0
    of: int = 1

    @property
    def suffix(self) -> str:
        """What tells this part's files from the others'."""
        return "" if self.of == 1 else f"-{self.number}-of-{self.of}"


WHOLE: Final = Part()


def ledgers(out: Path) -> list[Path]:
    """The ledgers in a folder: one, or one of each part of an array of jobs."""
    return sorted(out.glob("ledger*.sqlite"))


class Ledger:
    """A ledger that is open for writing; a context manager. Raises WriteError wherever it cannot be written."""

    def __init__(self, out: Path, part: Part = WHOLE) -> None:
        self.path = out / f"ledger{part.suffix}.sqlite"
        self.part = part
        self._endings: list[tuple[object, ...]] = []
        self._bodies: dict[str, list[tuple[int, bytes]]] = {"documents": [], "pages": []}
        with writing(out):
            out.mkdir(parents=True, exist_ok=True)
            self._lock = locked(out / f".lock{part.suffix}", out)
            try:
                self._db = sqlite3.connect(self.path, isolation_level=None)
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=FULL")
                # What is dropped is no secret; some systems' SQLite would write zeros over every document.
                self._db.execute("PRAGMA secure_delete=OFF")
                self._db.execute("BEGIN IMMEDIATE")
                if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                    for statement in _SCHEMA.split(";"):
                        self._db.execute(statement)
                    self.commit()
            except BaseException:
                os.close(self._lock)
                raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._db.rollback()
        with contextlib.suppress(sqlite3.Error):
            self._db.close()
        os.close(self._lock)

    def commit(self) -> None:
        """Makes everything recorded so far durable."""
        with writing(self.path):
            self._told().execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")

    def compact(self) -> None:
        """Gives back the room of what was dropped, where that is most of the file, as with review pages."""
        with writing(self.path):
            free, pages = (self._rows(f"PRAGMA {name}")[0][0] for name in ("freelist_count", "page_count"))
            if free * 2 > pages:
                self._db.execute("COMMIT")
                self._db.execute("VACUUM")
                self._db.execute("BEGIN IMMEDIATE")

    # what the run is

    def freeze(self, inputs: Iterable[Input], about: Mapping[str, object], shard_size: int) -> int:
        """Records the inputs of this part and what the run is, all or nothing; how many inputs there are in all.

        Raises SourceUnreadable where there is none.
        """
        count = 0
        with writing(self.path):
            for seq, given in enumerate(inputs):
                count += 1
                shard = seq // shard_size
                if shard % self.part.of == self.part.number:
                    self._add(seq, shard, given)
        if not count:
            raise SourceUnreadable("no files in what was named")
        for name, value in {**about, "shard_size": shard_size, "inputs": count}.items():
            self.note(name, value)
        self.commit()
        return count

    def _add(self, seq: int, shard: int, given: Input) -> None:
        steps = json.dumps(given.steps, separators=(",", ":"))
        row = (seq, shard, given.uri, given.member.replace("\0", "%00"), given.path, steps)
        self._db.execute(_INSERT, row)
        if given.error:
            error = given.error
            name = type(error).__name__
            self.end(seq, Ending("failed", error=name, message=error.message, hint=error.hint))

    def adopt(self, given: Pending, ending: Ending | None) -> None:
        """Records an input of another ledger, under its numbers there, and how it ended if it did."""
        steps = json.dumps(given.steps, separators=(",", ":"))
        row = (given.seq, given.shard, given.uri, given.member, given.path, steps)
        with writing(self.path):
            self._db.execute(_INSERT, row)
        if ending:
            self.end(given.seq, ending)

    def about(self) -> dict[str, object]:
        """What `freeze` and `note` recorded of the run; empty before."""
        return {name: json.loads(value) for name, value in self._rows("SELECT name, value FROM meta")}

    def note(self, name: str, value: object) -> None:
        """Records a fact about the run."""
        with writing(self.path):
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, json.dumps(value)))

    # what is to be done

    def pending(self) -> Iterator[Pending]:
        """Inputs without an ending, in order; asked for page by page, so endings may be recorded meanwhile."""
        last = -1
        columns = "seq, shard, uri, member, path, steps, attempts"
        while True:
            query = f"SELECT {columns} FROM inputs WHERE status IS NULL AND seq > ? ORDER BY seq LIMIT ?"
            rows = self._rows(query, (last, PAGE))
            for seq, shard, uri, member, path, steps, attempts in rows:
                last = seq
                yield Pending(seq, shard, uri, member, path, tuple(Step(*s) for s in json.loads(steps)), attempts)
            if not rows:
                return

    def open_shards(self) -> dict[int, int]:
        """How many inputs without an ending each shard has, of the shards whose parts are not written yet."""
        query = """SELECT shard, sum(status IS NULL) FROM inputs
                   WHERE shard NOT IN (SELECT shard FROM written) GROUP BY shard ORDER BY shard"""
        return dict(self._rows(query))

    def of_shard(self, shard: int) -> list[tuple[Pending, Ending | None]]:
        """The inputs of a shard, in order, and how those ended that did."""
        with writing(self.path):
            return _inputs(self._told(), shard)

    def has_open(self) -> bool:
        """Whether any input has no ending yet, or any shard no parts."""
        query = "SELECT 1 FROM inputs WHERE status IS NULL OR shard NOT IN (SELECT shard FROM written) LIMIT 1"
        return bool(self._rows(query))

    def progress(self) -> tuple[dict[str, int], int]:
        """How many inputs have ended in each way, and how many there are."""
        counts: dict[str | None, int] = dict(self._rows(_BY_STATUS))
        return {status: count for status, count in counts.items() if status}, sum(counts.values())

    def known(self, sha256: str) -> Ending | None:
        """How an input with this content ended, if one did."""
        query = """SELECT status, sha256, size, error, message, hint, template FROM inputs
                   WHERE sha256 = ? AND status IN ('read', 'in_doubt', 'failed') ORDER BY seq LIMIT 1"""
        rows = self._rows(query, (sha256,))
        return Ending(*rows[0]) if rows else None

    # what was done

    def begin(self, seq: int) -> None:
        """Counts an attempt; committed before the attempt is made, so that an input that kills all is found out."""
        with writing(self.path):
            self._db.execute("UPDATE inputs SET attempts = attempts + 1 WHERE seq = ?", (seq,))

    def end(self, seq: int, ending: Ending, document: bytes | None = None, page: bytes | None = None) -> None:
        """Records an ending, and with it the document and the review page (deflated) until the shard is written."""
        self._endings.append((*ending, seq))
        if document is not None:
            self._bodies["documents"].append((seq, document))
        if page:
            self._bodies["pages"].append((seq, page))
        if len(self._endings) >= PAGE:
            with writing(self.path):
                self._told()

    def _told(self) -> sqlite3.Connection:
        """The database with all endings in it. They are put there all at once, before it is asked or told anything
        else: between two answers of workers it falls out of the processor's caches."""
        if self._endings:
            self._db.executemany(_END, self._endings)
            for table, bodies in self._bodies.items():
                self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", bodies)
                bodies.clear()
            self._endings.clear()
        return self._db

    def shard_written(self, shard: int) -> None:
        """Records that the shard's parts are in place, and drops its documents."""
        with writing(self.path):
            self._told().execute("INSERT OR REPLACE INTO written VALUES (?)", (shard,))
            for table in ("documents", "pages"):
                query = f"DELETE FROM {table} WHERE seq IN (SELECT seq FROM inputs WHERE shard = ?)"
                self._db.execute(query, (shard,))

    # doing some of it again

    def take_back(self) -> None:
        """Takes back the endings of inputs that were read but whose shards are not written; they are read anew."""
        with writing(self.path):
            inside = "shard NOT IN (SELECT shard FROM written)"
            query = f"UPDATE inputs SET status = NULL, attempts = 0 WHERE sha256 <> '' AND {inside}"
            self._told().execute(query)
            self._db.execute("DELETE FROM documents")
            self._db.execute("DELETE FROM pages")
        self.commit()

    def reopen(self, names: Sequence[str]) -> int:
        """Takes back the endings of the inputs that failed by these errors; how many. `settle` is to follow."""
        chosen = f"status = 'failed' AND error IN ({', '.join('?' * len(names))})"
        with writing(self.path):
            self._told().execute(
                f"INSERT OR IGNORE INTO again SELECT seq, shard, error FROM inputs WHERE {chosen}", names
            )
            taken = self._db.execute(f"UPDATE inputs SET status = NULL, attempts = 0 WHERE {chosen}", names).rowcount
        self.commit()
        return taken

    def settle(self) -> int:
        """After inputs were read again: opens the shards in which one ended otherwise; how many inputs that takes back.

        A written shard has no documents any more, so all that it holds is read again; others are left as they are.
        """
        changed = """SELECT again.shard FROM again JOIN inputs USING (seq)
                     WHERE inputs.status <> 'failed' OR inputs.error <> again.error"""
        with writing(self.path):
            self._told().execute(f"DELETE FROM written WHERE shard IN ({changed})")
            query = f"""UPDATE inputs SET status = NULL, attempts = 0 WHERE shard IN ({changed})
                        AND status IN ('read', 'in_doubt') AND seq NOT IN (SELECT seq FROM documents)"""
            taken = self._db.execute(query).rowcount
            self._db.execute("DELETE FROM again")
        self.commit()
        return taken

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with writing(self.path):
            return self._told().execute(query, tuple(values)).fetchall()


def endings(path: Path, shard: int) -> list[tuple[Pending, Ending]]:
    """The inputs of a shard of the ledger at `path`, in order, and how they ended. Raises WriteError."""
    with writing(path), contextlib.closing(only_read(path)) as database:
        return [(pending, ending) for pending, ending in _inputs(database, shard) if ending]


def _inputs(database: sqlite3.Connection, shard: int) -> list[tuple[Pending, Ending | None]]:
    columns = f"seq, shard, uri, member, path, steps, attempts, {', '.join(Ending._fields)}"
    found: list[tuple[Pending, Ending | None]] = []
    for row in database.execute(f"SELECT {columns} FROM inputs WHERE shard = ? ORDER BY seq", (shard,)):
        steps = tuple(Step(*step) for step in json.loads(row[5]))
        how = Ending(*row[len(Pending._fields) :])
        found.append((Pending._make((*row[:5], steps, row[6])), how if how.status else None))
    return found


def only_read(path: Path) -> sqlite3.Connection:
    """A ledger that is open for reading alone, by a run's writers and by who looks at it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def records(path: Path, shard: int) -> Iterator[Record]:
    """The records of a shard of the ledger at `path`, in order; for a process that only reads it."""
    with contextlib.closing(only_read(path)) as database:
        columns = "uri, member, sha256, size, status, error, documents.body, pages.body"
        joined = "inputs LEFT JOIN documents USING (seq) LEFT JOIN pages USING (seq)"
        for *told, body, page in database.execute(
            f"SELECT {columns} FROM {joined} WHERE shard = ? ORDER BY seq", (shard,)
        ):
            yield Record._make((*told, *(unpack_document(body) if body else (None, None)), page))
