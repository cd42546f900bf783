"""One unit of a cluster's work comes in as JSON and how it ended goes out as JSON: what every cluster engine calls.

A unit reads a shard's inputs into a part of the ledger, or writes the shard's parts from that. Done again, it gives
the same; done twice at a time, one of the two wins whole. Nothing of an engine is needed, and none is imported.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from extractor.batch.archive import ArchiveLimits, Step
from extractor.batch.aside import folder, make_aside
from extractor.batch.ledger import Ending, Ledger, Pending, records
from extractor.batch.record import Record
from extractor.batch.review import Review
from extractor.batch.shard import load_less
from extractor.batch.supervisor import environment
from extractor.errors import ExtractorError, WorkerDied, WriteError
from extractor.version import __version__

# The folder of an output in which what was read lies until it is written.
READ_PARTS: Final = "shards"
# Times that a unit is begun whose process is ended by a signal.
TRIES: Final = 3
# Letters of what an engine's process said at its end that are told.
LAST_WORDS: Final = 500


class Given(NamedTuple):
    """An input of a shard: what is to be read, or how it ended before anything was read."""

    pending: Pending
    ending: Ending | None = None

    def as_list(self) -> list[object]:
        """For a unit's JSON."""
        path = os.fsdecode(self.pending.path)
        return [*self.pending[:4], path, self.pending.steps, self.ending]

    @classmethod
    def of(cls, told: list[Any], shard: int) -> Given:
        """The input that `as_list` made `told` of."""
        seq, _, uri, member, path, steps, ending = told
        pending = Pending(seq, shard, uri, member, os.fsencode(path), tuple(Step(*step) for step in steps), 0)
        return cls(pending, Ending(*ending) if ending else None)


def place_of(out: Path, name: str) -> Path:
    """Where the ledger part of this name lies until its shard is written."""
    return out / READ_PARTS / f"{name}.sqlite"


def work(unit: str) -> str:
    """Does one unit, as `Coordinator` gives it, in a new process of its own, and says how it ended.

    That process ends with the one that calls this. Never raises for what is wrong with documents or the output: the
    answer says so, and `Coordinator.take` raises it where the run is.
    """
    # An engine's process has threads; the supervisor forks, which is safe only where there are none.
    command = [sys.executable, "-m", "extractor.batch.unit", str(os.getpid())]
    for _ in range(TRIES):
        done = subprocess.run(command, input=unit.encode(), capture_output=True, env=environment(), check=False)
        if done.returncode == 0:
            return done.stdout.decode()
        if done.returncode > 0:
            break  # a mistake comes again; a signal (the kernel short of memory) may not
    words = done.stderr.decode(errors="replace").strip()[-LAST_WORDS:]
    error = WorkerDied(f"the process of a shard ended with code {done.returncode}: {words}")
    return json.dumps(_failed(json.loads(unit), error))


def do(unit: Mapping[str, Any], parent: int) -> dict[str, object]:
    """The unit's work in this process, which must have no threads; gives up where `parent` is not its parent."""
    try:
        if unit["version"] != __version__:
            message = f"a machine of the cluster has version {__version__}, the run {unit['version']}"
            raise WriteError(message, hint="install the same version on every machine")
        (_write if unit["kind"] == "write" else _read)(unit, parent)
    except ExtractorError as error:
        return _failed(unit, error)
    return {"kind": unit["kind"], "shard": unit["shard"], "status": "done"}


def _failed(unit: Mapping[str, Any], error: ExtractorError) -> dict[str, object]:
    told = {"error": type(error).__name__, "message": error.message, "source": error.source, "hint": error.hint}
    return {"kind": unit["kind"], "shard": unit["shard"], "status": "failed", **told}


def _read(unit: Mapping[str, Any], parent: int) -> None:
    """Reads the shard's inputs. The ledger in the making lies on this machine: SQLite's log needs a disk of its own."""
    from extractor.batch.options import Options
    from extractor.batch.walk import Walk

    def watch(_event: object) -> None:
        if os.getppid() != parent:
            raise KeyboardInterrupt

    out, inputs = Path(unit["out"]), [Given.of(told, unit["shard"]) for told in unit["inputs"]]
    target = place_of(out, unit["name"])
    if target.exists():
        return
    limits = ArchiveLimits(*unit["options"]["limits"])
    review = Review.of(unit["options"]["review"], out)
    options = Options(**{**unit["options"], "limits": limits, "review": review})
    with tempfile.TemporaryDirectory(prefix="extractor-") as place:
        with Ledger(Path(place)) as ledger:
            for given in inputs:
                ledger.adopt(given.pending, given.ending)
            Walk(ledger, Path(place), options, watch, writes=False).work()
            ledger.commit()
        folder(out)
        folder(target.parent)
        made = next(Path(place).glob("ledger*.sqlite"))
        make_aside(target, lambda path: _copy(made, path))


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _write(unit: Mapping[str, Any], _parent: int) -> None:
    from extractor.batch.parts import write_shard

    out = Path(unit["out"])
    found = _records(place_of(out, unit["name"]), unit)
    write_shard(out, unit["formats"], unit["shard"], found, Review.of(unit["review"], out))


def _records(path: Path, unit: Mapping[str, Any]) -> Iterator[Record]:
    """The shard's records; those whose content an earlier shard has are told as copies of that."""
    copies: Mapping[str, list[str]] = unit["copies"]
    for record in records(path, unit["shard"]):
        if record.sha256 in copies:
            status, error = copies[record.sha256]
            yield record._replace(status=status, error=error, document=None, rows=None, page=None)
        else:
            yield record


def main() -> None:
    """`python -m extractor.batch.unit PARENT`: a unit on standard input, its answer on standard output."""
    unit = json.loads(sys.stdin.buffer.read())
    if unit["kind"] == "write":
        load_less()
    sys.stdout.write(json.dumps(do(unit, int(sys.argv[1]))))


if __name__ == "__main__":
    main()
