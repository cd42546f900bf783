"""A finished shard comes in; its parts go out, written by a process of its own while others go on reading.

The databases of all parts are made in such a process too.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from extractor.batch.bounds import Bounds
from extractor.batch.documents import DOCUMENT, ROWS
from extractor.batch.frames import Frame
from extractor.batch.ledger import records
from extractor.batch.review import Review
from extractor.batch.supervisor import Task
from extractor.errors import ExtractorError, MissingExtra, WriteError

WRITE: Final = "extractor.batch.shard:write_parts"
FINISH: Final = "extractor.batch.shard:finish_parts"
# A shard of 500 filings is written in 2 s, but where each filing is a file of its own, a slow disk takes a minute. No
# document decides over a writer's life, so it is started again however often it is killed.
WRITING: Final = Bounds(seconds=600.0, memory=None, writes=True, tasks=20, starts=1000)
# A million filings make a database in half an hour.
FINISHING: Final = WRITING._replace(seconds=24 * 3600.0)
# Keys of reading tasks are the inputs' numbers, from 0; those of shards lie below.
_BELOW: Final = -1

# What writes a format, where the standard library does not. Looked for and not loaded: loading pyarrow starts threads,
# and a process with threads cannot be forked safely.
_ENGINES: Final = {"parquet": "pyarrow", "duckdb": "duckdb"}
# The formats that are made of all shards.
DATABASES: Final = ("sqlite", "duckdb")
# The formats that are made of rows; all others are made of documents.
TABULAR: Final = ("parquet", "tsv", *DATABASES)


def require(formats: Sequence[str]) -> None:
    """Raises MissingExtra for a format whose engine is not installed."""
    for name in formats:
        if name in _ENGINES and importlib.util.find_spec(_ENGINES[name]) is None:
            raise MissingExtra("batch", f"the format {name}")


def wanted(formats: Sequence[str], review: Review | None = None) -> tuple[str, ...]:
    """What a worker is to send of each document, so that the formats, and the review's index, can be made of it."""
    rows = any(name in TABULAR for name in formats)
    document = review is not None or any(name not in TABULAR for name in formats)
    return tuple(name for name, needed in ((DOCUMENT, document), (ROWS, rows)) if needed)


def write_task(out: Path, ledger: Path, formats: Sequence[str], shard: int, review: Review | None = None) -> Task:
    """What the supervisor is to do for a shard whose inputs have all ended."""
    head = {**_head(out, formats, review), "ledger": str(ledger), "shard": shard}
    return Task(_BELOW - shard, WRITE, WRITING, Frame(head, b""))


def finish_task(out: Path, formats: Sequence[str], review: Review | None = None) -> Task:
    """What the supervisor is to do once all shards are written."""
    return Task(0, FINISH, FINISHING, Frame(_head(out, formats, review), b""))


def _head(out: Path, formats: Sequence[str], review: Review | None) -> dict[str, object]:
    return {"out": str(out), "formats": list(formats), "review": review.seen_from(out) if review else None}


def shard_of(key: int) -> int | None:
    """The shard that a task with this key writes; None for a task that reads."""
    return _BELOW - key if key < 0 else None


def write_parts(head: Mapping[str, object], _body: bytes) -> Frame:
    """The job of such a task. Raises WriteError."""
    from extractor.batch.parts import write_shard

    load_less()
    shard = head["shard"]
    assert isinstance(shard, int)
    out, found = Path(str(head["out"])), records(Path(str(head["ledger"])), shard)
    write_shard(out, _formats(head), shard, found, Review.of(head["review"], out))
    return Frame({"status": "written"}, b"")


class _WithoutPandas:
    """Tells whoever imports pandas that it is not there."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("is left out where parts are written", name=name)


_WITHOUT_PANDAS: Final = _WithoutPandas()


def load_less() -> None:
    """Keeps pandas and numpy's threads out of this process, which writes parts and does nothing else.

    Where pandas is installed, pyarrow loads it to ask of each list whether it is one of pandas' own, and every process
    that writes takes 0.25 s longer. The threads, of OpenBLAS, wait for work in a loop, for 0.1 s, and get none.
    """
    if _WITHOUT_PANDAS not in sys.meta_path:
        sys.meta_path.insert(0, _WITHOUT_PANDAS)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"


def has_end(formats: Sequence[str], review: Review | None = None) -> bool:
    """Whether anything is made once all shards are written."""
    return review is not None or any(name in DATABASES for name in formats)


def finish_parts(head: Mapping[str, object], _body: bytes) -> Frame:
    """The job that makes the databases and the index. Raises WriteError."""
    from extractor.batch.parts import finish

    out = Path(str(head["out"]))
    finish(out, _formats(head), Review.of(head["review"], out))
    return Frame({"status": "written"}, b"")


def _formats(head: Mapping[str, object]) -> list[str]:
    formats = head["formats"]
    assert isinstance(formats, list)
    return formats


def write_error(answer: Mapping[str, object], out: Path) -> ExtractorError:
    """Why a shard could not be written, as the error that stops the run."""
    if answer.get("error") == MissingExtra.__name__:
        return MissingExtra("batch", "writing these formats")
    return WriteError(str(answer.get("message")), source=str(out), hint=str(answer.get("hint") or ""))
