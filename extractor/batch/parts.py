"""A shard's records come in and a part file of each table and format goes out; `finish` makes databases of all parts.

    OUT/parquet/NONDERIV_TRANS/part-00000.parquet    the tables of `writers.sec_columns`
    OUT/tsv/NONDERIV_TRANS/part-00000.tsv            the same, as the SEC spells dates
    OUT/jsonl/part-00000.jsonl                       one document a line
    OUT/xml/<sha16>-<stem>.xml                       ownership XML, one file a filing
    OUT/rows/NONDERIV_TRANS/part-00000.jsonl         what the databases are made of
    OUT/filings.sqlite  OUT/filings.duckdb

The same records give the same bytes. A part is whole or not there, and a shard that is written again replaces it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from extractor.batch.aside import Aside, folder, make_aside, sweep, sync_folder
from extractor.batch.names import file_name
from extractor.batch.record import Record
from extractor.batch.review import Review
from extractor.batch.shard import DATABASES
from extractor.errors import MissingExtra
from extractor.filing.ownership_xml import to_xml
from extractor.writers.json import dict_to_filing, dict_to_jsonl
from extractor.writers.sec_columns import TABLES, Table
from extractor.writers.sec_tables import Cell, Tables, keyed, numbered

FORMATS = ("parquet", "tsv", "jsonl", "xml", "sqlite", "duckdb")
_EXTRA = "batch"
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


class Part(Protocol):
    """What writes a shard in one format: add each record with its rows, then commit, and abandon in any case.

    One that is `tabular` needs the rows of a record, and those alone; any other its document.
    """

    tabular: bool

    def add(self, record: Record, rows: Tables) -> None: ...

    def commit(self) -> None: ...

    def abandon(self) -> None: ...


def write_shard(
    out: Path, formats: Sequence[str], index: int, records: Iterable[Record], review: Review | None = None
) -> None:
    """Writes the parts of shard `index` (from 0) in the given formats, of `FORMATS`, and its review pages.

    Records are taken one by one and not kept. Raises WriteError, MissingExtra, and ValueError for an unknown format.
    """
    require(formats)
    with ExitStack() as stack:
        parts: list[Part] = []
        for make in dict.fromkeys(_MAKERS[name] for name in formats):
            part = make(folder(out), f"part-{index:05d}")
            stack.callback(part.abandon)
            parts.append(part)
        if review:
            from extractor.batch.parts_review import ReviewPart

            parts.append(ReviewPart(folder(out), review.folder, f"part-{index:05d}"))
            stack.callback(parts[-1].abandon)
        tabular = any(part.tabular for part in parts)
        for record in records:
            rows = keyed(record.rows, known_of(record)) if tabular else {}
            for part in parts:
                part.add(record, rows)
        for part in parts:
            part.commit()


def finish(out: Path, formats: Sequence[str], review: Review | None = None) -> None:
    """Makes `filings.sqlite`, `filings.duckdb` and the review's index, where asked for, from the parts of all shards.

    Raises WriteError, MissingExtra, and ValueError for an unknown format.
    """
    require(formats)
    parts = {name: sorted((out / "rows" / name).glob("part-*.jsonl")) for name in TABLES}
    if "sqlite" in formats:
        from extractor.batch.parts_sqlite import fill_sqlite

        make_aside(folder(out) / "filings.sqlite", lambda path: fill_sqlite(path, parts))
    if "duckdb" in formats:
        from extractor.batch.parts_duckdb import fill_duckdb

        make_aside(folder(out) / "filings.duckdb", lambda path: fill_duckdb(path, parts))
    if review:
        from extractor.batch.parts_review import write_index

        write_index(out, review)


def require(formats: Iterable[str]) -> None:
    """Raises ValueError for an unknown format, MissingExtra for one whose engine is not installed."""
    for name in formats:
        if name not in FORMATS:
            raise ValueError(f"unknown format {name!r}; known are {', '.join(FORMATS)}")
        try:
            if name == "parquet":
                import extractor.batch.parts_parquet
            elif name == "duckdb":
                import extractor.batch.parts_duckdb  # noqa: F401
        except ImportError as error:
            raise MissingExtra(_EXTRA, f"the format {name}") from error


def known_of(record: Record) -> dict[str, object]:
    """What the record says of its source."""
    return {name: getattr(record, name) for name in ("uri", "member", "sha256", "size", "status", "error")}


# --- text formats


class Lines:
    """Text files by name, of tables or other; `head` gives what stands at the top of a table's."""

    tabular = True

    def __init__(self, paths: Mapping[str, Path], head: Callable[[Table], str]) -> None:
        self._files: dict[str, Aside] = {}
        try:
            for name, path in paths.items():
                folder(path.parent)
                self._files[name] = Aside(path)
                self.write(name, head(TABLES[name]) if name in TABLES else "")
        except BaseException:
            self.abandon()
            raise

    def write(self, name: str, text: str) -> None:
        self._files[name].write(text.encode("utf-8"))

    def commit(self) -> None:
        for file in self._files.values():
            file.commit()
        for parent in dict.fromkeys(file.target.parent for file in self._files.values()):
            sync_folder(parent)

    def abandon(self) -> None:
        for file in self._files.values():
            file.abandon()


class TsvPart(Lines):
    """The SEC's spelling: a line of names, tabs, quotes where needed, DD-MON-YYYY; nothing stands for None.

    Text is as filed, and not made safe for spreadsheets, which would alter it: `--to csv` is for those.
    """

    def __init__(self, out: Path, name: str) -> None:
        paths = {table: folder(out / "tsv") / table / f"{name}.tsv" for table in TABLES}
        super().__init__(paths, lambda table: _tsv([[column.name for column in table.columns]]))

    def add(self, _record: Record, rows: Tables) -> None:
        for name, members in rows.items():
            if members:
                self.write(name, _tsv([_spelt(cell) for cell in row] for row in members))


class RowsPart(Lines):
    """What the databases read: one JSON array a row; before the SEC's columns stand SOURCE_ID and ROW_SK."""

    def __init__(self, out: Path, name: str) -> None:
        paths = {table: folder(out / "rows") / table / f"{name}.jsonl" for table in TABLES}
        super().__init__(paths, lambda _table: "")

    def add(self, record: Record, rows: Tables) -> None:
        for name, members in rows.items():
            table = TABLES[name]
            lines: Iterable[Sequence[object]] = members
            if table.columns[0].name != "SOURCE_ID":
                lines = [(record.sha256, number, *row) for number, row in numbered(table, members)]
            self.write(name, "".join(json.dumps(line, default=str, separators=(",", ":")) + "\n" for line in lines))


class JsonlPart(Lines):
    """One document a line, as `--to jsonl` writes it, its source told by the record too."""

    tabular = False

    def __init__(self, out: Path, name: str) -> None:
        super().__init__({"": folder(out / "jsonl") / f"{name}.jsonl"}, lambda _table: "")

    def add(self, record: Record, _rows: Tables) -> None:
        document = record.document
        if document is not None:
            said, doubted = document.get("source"), {"needs_review": document.get("needs_review")}
            source = {**(said if isinstance(said, Mapping) else {}), **doubted, **known_of(record)}
            self.write("", dict_to_jsonl({**document, "source": source}))


def _tsv(rows: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter="\t", lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _spelt(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return format(cell, "f")
        case date():
            return f"{cell.day:02d}-{_MONTHS[cell.month - 1]}-{cell.year:04d}"
        case _:
            return str(cell)


# --- XML


class XmlPart:
    """Ownership XML, one file a filing, each in place as soon as it is written."""

    tabular = False

    def __init__(self, out: Path, name: str) -> None:
        self._folder, self._name = folder(out / "xml"), name
        sweep(self._folder / name)

    def add(self, record: Record, _rows: Tables) -> None:
        filing = (record.document or {}).get("filing")
        if not isinstance(filing, Mapping):
            return
        aside = Aside(self._folder / file_name(record, ".xml"), self._name)
        try:
            aside.write(to_xml(dict_to_filing(filing)))
            aside.commit()
        finally:
            aside.abandon()

    def commit(self) -> None:
        sync_folder(self._folder)

    def abandon(self) -> None:
        """Each file is whole already."""


def _parquet(out: Path, name: str) -> Part:
    from extractor.batch.parts_parquet import ParquetPart

    return ParquetPart(out, name)


_MAKERS: Mapping[str, Callable[[Path, str], Part]] = {
    "parquet": _parquet,
    "tsv": TsvPart,
    "jsonl": JsonlPart,
    "xml": XmlPart,
    **dict.fromkeys(DATABASES, RowsPart),
}

__all__ = ["FORMATS", "finish", "known_of", "require", "write_shard"]
