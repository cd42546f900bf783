"""A shard's rows come in and one Parquet file a table goes out: the one module that imports pyarrow."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.batch.aside import Aside, folder, sync_folder, writing
from extractor.batch.record import Record
from extractor.writers.sec_cells import Cell, Row
from extractor.writers.sec_columns import DECIMALS, DIGITS, TABLES, Kind, Table
from extractor.writers.sec_places import columns_of
from extractor.writers.sec_tables import Tables

# Rows kept before they are written: PROVENANCE has some 160 a filing. 32,768 of them are 6 MB as columns of Python
# objects; engines read row groups of this size about as fast as their usual 100,000.
_ROW_GROUP = 32_768
# Readable by every engine since 2021; fixed, so that a newer pyarrow's default does not change the bytes.
_VERSION, _COMPRESSION, _LEVEL = "2.6", "zstd", 3

_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.NUMBER: pa.decimal128(DIGITS, DECIMALS),
    Kind.DATE: pa.date32(),
    Kind.FLAG: pa.int8(),
    Kind.COUNT: pa.int64(),
    Kind.POINTS: pa.float64(),
}


class ParquetPart:
    """One Parquet file a table, in row groups of fixed size."""

    tabular = True

    def __init__(self, out: Path, name: str) -> None:
        self._tables: dict[str, _File] = {}
        try:
            for table in TABLES.values():
                path = folder(folder(out / "parquet") / table.name) / f"{name}.parquet"
                self._tables[table.name] = _File(path, table)
        except BaseException:
            self.abandon()
            raise

    def add(self, _record: Record, rows: Tables) -> None:
        for name, members in rows.items():
            self._tables[name].add(members)

    def commit(self) -> None:
        for file in self._tables.values():
            file.commit()
        for file in self._tables.values():
            sync_folder(file.aside.target.parent)

    def abandon(self) -> None:
        for file in self._tables.values():
            file.abandon()


class _File:
    def __init__(self, path: Path, table: Table) -> None:
        self._schema = pa.schema([(column.name, _TYPES[column.kind]) for column in table.columns])
        self._columns: list[list[Cell]] = [[] for _ in table.columns]
        self.aside = Aside(path)
        try:
            with writing(path):
                self._writer: Any = pq.ParquetWriter(
                    self.aside.file,
                    self._schema,
                    version=_VERSION,
                    compression=_COMPRESSION,
                    compression_level=_LEVEL,
                    data_page_version="1.0",
                    store_schema=False,
                )
        except BaseException:
            self.aside.abandon()
            raise

    def add(self, rows: Collection[Row]) -> None:
        if not rows:
            return
        for held, cells in zip(self._columns, columns_of(rows), strict=True):
            held += cells
        while len(self._columns[0]) >= _ROW_GROUP:
            self._write()

    def commit(self) -> None:
        if self._columns[0]:
            self._write()
        with writing(self.aside.target):
            self._writer.close()
        self.aside.commit()

    def abandon(self) -> None:
        # Left open, the writer would write its end when it is collected, into a closed file.
        with suppress(OSError, ValueError):
            self._writer.close()
        self.aside.abandon()

    def _write(self) -> None:
        """Writes one row group, of at most its size."""
        arrays = []
        for cells, field in zip(self._columns, self._schema, strict=True):
            arrays.append(pa.array(cells[:_ROW_GROUP], type=field.type))
            del cells[:_ROW_GROUP]
        with writing(self.aside.target):
            self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema), row_group_size=_ROW_GROUP)
