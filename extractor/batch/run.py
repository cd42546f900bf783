"""Sources come in; every input of them goes out as one outcome: into a folder with its ledger, or one by one, in order."""

from __future__ import annotations

import gc
import hashlib
import json
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Final, NamedTuple

from extractor.batch.archive import ArchiveLimits
from extractor.batch.bounds import MIB, Bounds
from extractor.batch.frames import Frame
from extractor.batch.inputs import Choice, Opener, listed
from extractor.batch.ledger import Ending, Ledger, OtherRun, Part, Pending, typed
from extractor.batch.record import Record
from extractor.batch.shard import shard_of, write_error, write_task
from extractor.batch.supervisor import Start, Supervisor, Task
from extractor.batch.worker import READ, preload
from extractor.errors import ExtractorError, SourceUnreadable, WorkerDied
from extractor.filing import Filing
from extractor.version import __version__

SourceName = str | PathLike[str]

# Times that an input is begun without an end before it is left alone. A run may be killed from outside again and again
# while it reads the same harmless input, so two are too few; an input that takes the machine down must come to an end.
STARTS: Final = 5
# Inputs looked at between two commits that need no worker: copies, unreadable ones.
STRIDE: Final = 256
# Seconds without news after which the observer is called all the same.
TICK: Final = 0.2
# Outcomes that wait for an earlier one, for each worker, in `extract_many`.
AHEAD: Final = 32


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is: the first four change what comes out and are kept with it, the others only how long it takes."""

    formats: tuple[str, ...] = ("parquet",)
    shard_size: int = 500
    second_opinion: bool = False
    choice: Choice = Choice()
    part: Part = Part()
    workers: int = 1
    seconds: float = 10.0
    memory: int | None = 1024 * MIB
    start: Start | None = None
    limits: ArchiveLimits = field(default_factory=ArchiveLimits)

    @property
    def bounds(self) -> Bounds:
        """What one document may use."""
        return Bounds(seconds=self.seconds, memory=self.memory)

    def kept(self, sources: Sequence[str]) -> dict[str, object]:
        """What makes two runs the same."""
        return {
            "version": __version__,
            "sources": list(sources),
            "formats": list(self.formats),
            "second_opinion": self.second_opinion,
            "include": list(self.choice.include),
            "exclude": list(self.choice.exclude),
            "shard_size": self.shard_size,
        }


class Event(NamedTuple):
    """An input has ended, for whoever watches; `None` stands for time gone by."""

    uri: str
    member: str
    ending: Ending


Observer = Callable[[Event | None], None]


def run_batch(
    sources: Sequence[SourceName], out: Path, options: Options, observe: Callable[[Ledger], Observer] | None = None
) -> None:
    """Reads every input of the sources into the folder `out`, or goes on where an earlier run of the same was ended.

    Raises WriteError (with its kinds OutputBusy and OtherRun), and SourceUnreadable where there is no input at all;
    what is wrong with an input is recorded and raises nothing.
    """
    from extractor.batch import parts

    parts.require(options.formats)
    names = [str(source) for source in sources]
    with Ledger(out, options.part) as ledger:
        about, kept = ledger.about(), options.kept(names)
        if not about:
            count = ledger.freeze(listed(names, options.choice._replace(apart=out), options.limits), kept, options.shard_size)
            if not count:
                raise SourceUnreadable("no files in what was named", source=" ".join(names))
        else:
            different = [name for name, value in kept.items() if about.get(name) != value]
            if different:
                raise OtherRun(f"holds another run: {', '.join(different)} differ", source=str(out))
        complete(ledger, out, options, observe)


def retry_batch(
    out: Path, names: Sequence[str], options: Options, observe: Callable[[Ledger], Observer] | None = None
) -> int:
    """Reads again what failed by the errors of these names, with the limits in `options`; how many inputs that were."""
    with Ledger(out, options.part) as ledger:
        count = ledger.reopen(names)
        complete(ledger, out, options, observe)
    return count


def complete(ledger: Ledger, out: Path, options: Options, observe: Callable[[Ledger], Observer] | None = None) -> None:
    """Does what the ledger has open, then makes the databases. Raises WriteError."""
    from extractor.batch import parts

    observer = observe(ledger) if observe else _unseen
    while True:
        _Run(ledger, out, options, observer).work()
        if not ledger.settle() and not ledger.open_shards():
            break
    if ledger.part.count == 1:
        parts.finish(out, options.formats)


def _unseen(_event: Event | None) -> None:
    """For runs that nobody watches."""


class _Run:
    """One walk over what a ledger has open."""

    def __init__(self, ledger: Ledger, out: Path, options: Options, observe: Observer) -> None:
        self._ledger, self._out, self._options, self._observe = ledger, out, options, observe
        self._left = ledger.open_shards()
        self._inputs = ledger.pending()
        self._more = True
        self._ready: deque[Task] = deque()
        self._writes = deque(shard for shard, left in self._left.items() if not left)
        self._reading: dict[int, tuple[Pending, str, int]] = {}
        self._copies: dict[str, list[tuple[Pending, int]]] = {}
        self._opener = Opener(options.limits)

    def work(self) -> None:
        """Until every input has ended and every shard that was open is written."""
        preload()
        supervisor = Supervisor(self._options.workers, self._options.start)
        try:
            self._prepare()
            while self._ready or self._writes or self._more or supervisor.busy:
                self._start(supervisor)
                # What is read next is made ready while the workers are busy.
                self._prepare()
                idle = supervisor.free and (self._ready or self._writes or self._more)
                for key, answer in supervisor.wait(0 if idle else TICK):
                    self._ended(key, answer)
                self._observe(None)
            self._ledger.commit()
        finally:
            supervisor.close()
            self._opener.close()
            gc.unfreeze()

    def _start(self, supervisor: Supervisor) -> None:
        while supervisor.free and (self._writes or self._ready):
            if self._writes:
                formats = self._options.formats
                supervisor.submit(write_task(self._out, self._ledger.path, formats, self._writes.popleft()))
            else:
                supervisor.submit(self._ready.popleft())

    def _prepare(self) -> None:
        """Fills `_ready`: one task a worker, each counted as begun before it can be started."""
        for _ in range(STRIDE):
            if len(self._ready) >= self._options.workers or not self._more:
                break
            given = next(self._inputs, None)
            if given is None:
                self._more = False
            else:
                self._consider(given)
        self._ledger.commit()

    def _consider(self, given: Pending) -> None:
        """Makes a task of an input, or ends it where nothing is to be read."""
        if given.attempts >= STARTS:
            error = WorkerDied(f"the whole run ended {given.attempts} times while this was read")
            self._record(given, Ending("failed", error="WorkerDied", message=error.message))
            return
        try:
            data = self._opener.read(given.path, given.steps)
        except ExtractorError as error:
            ending = Ending("failed", error=type(error).__name__, message=error.message, hint=error.hint)
            self._record(given, ending)
            return
        digest, size = hashlib.sha256(data).hexdigest(), len(data)
        known = self._ledger.known(digest)
        if known:
            self._record_copy(given, known, size)
        elif digest in self._copies:
            self._copies[digest].append((given, size))
        else:
            self._copies[digest] = []
            self._reading[given.seq] = given, digest, size
            self._ledger.begin(given.seq)
            self._ready.append(_read_task(given.seq, given.name, data, self._options))

    def _ended(self, key: int, answer: Frame) -> None:
        shard = shard_of(key)
        if shard is not None:
            if answer.head.get("status") != "written":
                raise write_error(answer.head, self._out)
            self._ledger.shard_written(shard)
            del self._left[shard]
            return
        given, digest, size = self._reading.pop(key)
        ending = _ending(answer, digest, size)
        self._record(given, ending, answer.body or None)
        for copy, copied in self._copies.pop(digest):
            self._record_copy(copy, ending, copied)

    def _record_copy(self, given: Pending, first: Ending, size: int) -> None:
        """A copy of what could not be read could not be read either; any other is told as one."""
        ending = Ending("duplicate", first.sha256, size, template=first.template)
        if first.status == "failed":
            ending = first._replace(size=size, seconds=0.0, resident=0)
        self._record(given, ending)

    def _record(self, given: Pending, ending: Ending, document: bytes | None = None) -> None:
        self._ledger.end(given.seq, ending, document)
        if given.shard in self._left:
            self._left[given.shard] -= 1
            if not self._left[given.shard]:
                self._writes.append(given.shard)
        self._observe(Event(given.uri, given.member, ending))


def _read_task(key: int, name: str, data: bytes, options: Options) -> Task:
    head: dict[str, object] = {"name": name, "second_opinion": options.second_opinion}
    return Task(key, READ, options.bounds, Frame(head, data))


def _ending(answer: Frame, digest: str, size: int) -> Ending:
    """What a worker's answer says, taken field by field: what it sends may be anything."""
    head = answer.head
    status = str(head.get("status"))
    if status not in ("read", "in_doubt"):
        told = [str(head.get(name) or "") for name in ("error", "message", "hint")]
        return Ending("failed", digest, size, *told, "", 0, _number(head, "seconds"), int(_number(head, "resident")))
    issues, resident = int(_number(head, "issues")), int(_number(head, "resident"))
    template = str(head.get("template"))
    return Ending(status, digest, size, "", "", "", template, issues, _number(head, "seconds"), resident)


def _number(head: dict[str, object], name: str) -> float:
    value = head.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


# one by one, without a folder


@dataclass(frozen=True)
class Outcome:
    """What became of one input: a `record`, and the `error` that ended its reading, if one did."""

    record: Record
    error: ExtractorError | None = None

    @property
    def needs_review(self) -> bool:
        """Whether any issue puts a value in doubt."""
        return self.record.status == "in_doubt"

    @cached_property
    def filing(self) -> Filing:
        """The filing as `extract` gives it. Raises the error of an input that could not be read."""
        from extractor.writers.json import dict_to_filing

        if self.error is not None or self.record.document is None:
            raise self.error or ExtractorError("nothing was read", source=self.record.uri)
        filing = self.record.document["filing"]
        assert isinstance(filing, dict)
        return dict_to_filing(filing)


def extract_many(
    sources: Iterable[SourceName],
    *,
    workers: int = 1,
    seconds: float = 10.0,
    memory: int | None = 1024 * MIB,
    second_opinion: bool = False,
) -> Iterator[Outcome]:
    """The outcomes of all inputs of the sources (as `extractor batch` takes them), in their order, as they are asked for.

    `seconds` and `memory` (bytes) bound each input. At most some dozens of outcomes a worker are held at a time; what
    is wrong with an input is its outcome's error and raises nothing. Copies are read each.
    """
    options = Options(workers=workers, seconds=seconds, memory=memory, second_opinion=second_opinion)
    preload()
    supervisor, opener = Supervisor(workers), Opener(options.limits)
    waiting: deque[int] = deque()
    done: dict[int, Outcome] = {}
    records: dict[int, Record] = {}
    inputs = enumerate(listed(sources, options.choice, options.limits))
    more = True
    try:
        while more or waiting:
            while more and supervisor.free and len(waiting) < AHEAD * workers:
                key, given = next(inputs, (-1, None))
                if given is None:
                    more = False
                    break
                waiting.append(key)
                blank = Record(given.uri, given.member, "", 0, "failed", "", None)
                try:
                    if given.error:
                        raise given.error
                    data = opener.read(given.path, given.steps)
                except ExtractorError as error:
                    done[key] = Outcome(blank._replace(error=type(error).__name__), error)
                    continue
                records[key] = blank._replace(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
                name = f"{given.uri}!{given.member}" if given.member else given.uri
                supervisor.submit(_read_task(key, name, data, options))
            if waiting and waiting[0] not in done:
                for key, answer in supervisor.wait():
                    done[key] = _outcome(records.pop(key), answer)
            while waiting and waiting[0] in done:
                yield done.pop(waiting.popleft())
    finally:
        supervisor.close()
        opener.close()
        gc.unfreeze()


def _outcome(record: Record, answer: Frame) -> Outcome:
    ending = _ending(answer, record.sha256, record.size)
    if ending.status == "failed":
        source = f"{record.uri}!{record.member}" if record.member else record.uri
        error = typed(ending.error, ending.message, ending.hint, source)
        return Outcome(record._replace(error=ending.error), error)
    return Outcome(record._replace(status=ending.status, document=json.loads(zlib.decompress(answer.body))))
