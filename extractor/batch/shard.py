"""A finished shard comes in; its parts go out, written by a process of its own while others go on reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from extractor.batch.bounds import Bounds
from extractor.batch.frames import Frame
from extractor.batch.ledger import records
from extractor.batch.supervisor import Task
from extractor.errors import ExtractorError, MissingExtra, WriteError

WRITE: Final = "extractor.batch.shard:write_parts"
# A shard of 500 filings is written in 2 s, but where each filing is a file of its own, a slow disk takes a minute. No
# document decides over a writer's life, so it is started again however often it is killed.
WRITING: Final = Bounds(seconds=600.0, memory=None, writes=True, tasks=1, starts=1000)
# Keys of reading tasks are the inputs' numbers, from 0; those of shards lie below.
_BELOW: Final = -1


def write_task(out: Path, ledger: Path, formats: Sequence[str], shard: int) -> Task:
    """What the supervisor is to do for a shard whose inputs have all ended."""
    head: dict[str, object] = {"out": str(out), "ledger": str(ledger), "formats": list(formats), "shard": shard}
    return Task(_BELOW - shard, WRITE, WRITING, Frame(head, b""))


def shard_of(key: int) -> int | None:
    """The shard that a task with this key writes; None for a task that reads."""
    return _BELOW - key if key < 0 else None


def write_parts(head: Mapping[str, object], _body: bytes) -> Frame:
    """The job of such a task. Raises WriteError."""
    from extractor.batch.parts import write_shard

    formats, shard = head["formats"], head["shard"]
    assert isinstance(formats, list)
    assert isinstance(shard, int)
    try:
        write_shard(Path(str(head["out"])), formats, shard, records(Path(str(head["ledger"])), shard))
    except OSError as error:
        raise WriteError(error.strerror or "cannot be written") from error
    return Frame({"status": "written"}, b"")


def write_error(answer: Mapping[str, object], out: Path) -> ExtractorError:
    """Why a shard could not be written, as the error that stops the run."""
    if answer.get("error") == MissingExtra.__name__:
        return MissingExtra("batch", "writing these formats")
    return WriteError(str(answer.get("message")), source=str(out), hint=str(answer.get("hint") or ""))
