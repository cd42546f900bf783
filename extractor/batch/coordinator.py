"""What a ledger has open comes in; units of work for other machines go out, and their answers end as its rows.

A shard's rows and its mark as written are recorded in one transaction, so that a ledger never holds half of what a
cluster did: whatever ends the coordinator, what was read lies beside the ledger and is found again by its name.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extractor.batch.ledger import Ending, Ledger, Pending, copy_of, endings
from extractor.batch.options import Event, Observer, Options
from extractor.batch.record import typed
from extractor.batch.unit import READ_PARTS, Given, place_of
from extractor.errors import ExtractorError, MissingExtra, WriteError
from extractor.version import __version__

# Letters of a ledger part's name that come from the hash of what it holds.
HASH_LETTERS: Final = 16


@dataclass
class _Shard:
    """A shard that is read and not yet written: how its inputs ended, and which contents came in earlier ones."""

    name: str
    endings: list[tuple[Pending, Ending]]
    copies: dict[str, Ending]


class Coordinator:
    """Gives out what a ledger has open and takes back what became of it.

    Reading units may be done in any order and anywhere. A writing unit is given once all shards before its own are
    read: only then is it known which contents came before, as it is in a run on one machine.
    """

    def __init__(self, ledger: Ledger, out: Path, options: Options, observe: Observer) -> None:
        self._ledger, self._out, self._options, self._observe = ledger, out.resolve(), options, observe
        ledger.take_back()
        self._order = deque(ledger.open_shards())
        self._names: dict[int, str] = {}
        self._came: set[int] = set()
        self._read: dict[int, _Shard] = {}
        # Contents first met in shards that are not written yet, which the ledger does not know.
        self._firsts: dict[str, Ending] = {}

    def reads(self) -> Iterator[str]:
        """A unit for each open shard, made as it is asked for."""
        for shard in list(self._order):
            inputs = [Given(pending, ending).as_list() for pending, ending in self._ledger.of_shard(shard)]
            options = self._unit_options()
            told = json.dumps([__version__, inputs, options])
            name = f"{shard:05d}-{hashlib.sha256(told.encode()).hexdigest()[:HASH_LETTERS]}"
            self._names[shard] = name
            yield self._unit("read", shard, name, inputs=inputs, options=options)

    def take(self, answer: str) -> list[str]:
        """The writing units that can be given now that a unit has ended so. Raises WriteError and its kinds."""
        told = json.loads(answer)
        shard = int(told["shard"])
        if told["status"] != "done":
            raise _error(told)
        if told["kind"] == "write":
            self._written(shard)
            return []
        self._came.add(shard)
        units: list[str] = []
        while self._order and self._order[0] in self._came:
            units.append(self._merged(self._order.popleft()))
        return units

    def _unit_options(self) -> dict[str, object]:
        options = self._options
        return {
            "formats": list(options.formats),
            "second_opinion": options.second_opinion,
            "seconds": options.seconds,
            "memory": options.memory,
            "job": options.job,
            "limits": list(options.limits),
            "review": self._review(),
        }

    def _unit(self, kind: str, shard: int, name: str, **more: object) -> str:
        told = {"kind": kind, "version": __version__, "out": str(self._out), "shard": shard, "name": name}
        return json.dumps({**told, **more})

    def _merged(self, shard: int) -> str:
        """The unit that writes a shard, all before it being read."""
        name = self._names[shard]
        read = self._read[shard] = _Shard(name, [], {})
        fresh: dict[str, Ending] = {}
        for pending, ending in endings(place_of(self._out, name), shard):
            first = self._first(ending.sha256, read)
            how = ending if first is None else copy_of(first, ending.size)
            read.endings.append((pending, how))
            if first is None and ending.sha256 and ending.status != "duplicate":
                fresh.setdefault(ending.sha256, ending)
        self._firsts |= fresh
        copies = {sha256: [how.status, how.error] for sha256, how in read.copies.items()}
        told = {"formats": list(self._options.formats), "review": self._review(), "copies": copies}
        return self._unit("write", shard, name, **told)

    def _review(self) -> list[str] | None:
        return self._options.review.seen_from(self._out) if self._options.review else None

    def _first(self, sha256: str, read: _Shard) -> Ending | None:
        """How this content ended in an earlier shard, if it stands in one."""
        if not sha256:
            return None
        first = self._firsts.get(sha256) or self._ledger.known(sha256)
        if first is not None:
            read.copies[sha256] = copy_of(first, first.size)
        return first

    def _written(self, shard: int) -> None:
        read = self._read.pop(shard, None)
        if read is None:  # told twice: the engine had it done twice
            return
        for pending, ending in read.endings:
            self._ledger.end(pending.seq, ending)
        self._ledger.shard_written(shard)
        self._ledger.commit()
        for _, ending in read.endings:
            if ending.sha256 not in read.copies:
                self._firsts.pop(ending.sha256, None)
        self._remove(shard)
        for pending, ending in read.endings:
            self._observe(Event(pending.uri, pending.member, ending))

    def _remove(self, shard: int) -> None:
        """What was read of the shard, also by runs with other limits; the ledger has it now."""
        place = self._out / READ_PARTS
        for pattern in (f"{shard:05d}-*", f".{shard:05d}-*"):
            for path in place.glob(pattern):
                path.unlink(missing_ok=True)


def _error(told: Mapping[str, object]) -> ExtractorError:
    """Why a unit could not be done, as the error that stops the run."""
    name, message, hint = (str(told.get(key) or "") for key in ("error", "message", "hint"))
    if name == MissingExtra.__name__:
        return MissingExtra("batch", "writing these formats on the machines of the cluster")
    error = typed(name, message, hint, str(told.get("source") or ""))
    return error if name != WriteError.__name__ else WriteError(message, source=error.source, hint=hint)
