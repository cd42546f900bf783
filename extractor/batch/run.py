"""Sources and a folder come in; every input of them ends as one row of the ledger and in the parts of its shard."""

from __future__ import annotations

import gc
import hashlib
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import Final, NamedTuple

from extractor.batch.archive import ArchiveLimits
from extractor.batch.bounds import MIB, Bounds
from extractor.batch.frames import Frame
from extractor.batch.inputs import ALL, Choice, Opener, listed
from extractor.batch.ledger import WHOLE, Ending, Ledger, OtherRun, Part, Pending
from extractor.batch.shard import finish_task, require, shard_of, write_error, write_task
from extractor.batch.supervisor import Start, Supervisor, Task
from extractor.batch.worker import READ, preload
from extractor.errors import ExtractorError, WorkerDied
from extractor.version import __version__

SourceName = str | PathLike[str]

# Times that an input is begun without an end before it is left alone. A run may be killed from outside again and again
# while it reads the same harmless input, so two are too few; an input that takes the machine down must come to an end.
STARTS: Final = 5
# Inputs looked at between two commits that need no worker: copies, unreadable ones.
STRIDE: Final = 256
# Inputs, for each worker, and bytes that are read ahead and committed as begun together: a commit waits for the disk, 1
# to 7 ms, in which no worker is served.
AHEAD: Final = 8
AHEAD_BYTES: Final = 32 * MIB
# Seconds after which what has ended is committed even if nothing new is to be begun.
DURABLE: Final = 1.0
# Seconds without news after which the observer is called all the same.
TICK: Final = 0.2


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is: the first four change what comes out and are kept with it, the others only how it is done.

    `job` is what reads a document, as `module:name`; tests have stand-ins.
    """

    formats: tuple[str, ...] = ("parquet",)
    shard_size: int = 500
    second_opinion: bool = False
    choice: Choice = ALL
    part: Part = WHOLE
    workers: int = 1
    seconds: float = 10.0
    memory: int | None = 1024 * MIB
    start: Start | None = None
    job: str = READ
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

    def as_before(self, about: Mapping[str, object]) -> Options:
        """These limits with everything else from what a ledger says of its run. Raises OtherRun."""
        if about.get("version") != __version__:
            raise OtherRun(f"was written by version {about.get('version')}, this is {__version__}")
        include, exclude, formats = (_texts(about.get(name)) for name in ("include", "exclude", "formats"))
        size = about.get("shard_size")
        return replace(
            self,
            formats=formats,
            choice=Choice(include, exclude),
            second_opinion=bool(about.get("second_opinion")),
            shard_size=size if isinstance(size, int) else self.shard_size,
        )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


class Event(NamedTuple):
    """An input has ended."""

    uri: str
    member: str
    ending: Ending


# Told of each input that has ended; of None where only time has gone by.
Observer = Callable[[Event | None], None]
Observe = Callable[[Ledger], Observer]


def run_batch(sources: Sequence[SourceName], out: Path, options: Options, observe: Observe | None = None) -> None:
    """Reads every input of the sources into the folder `out`, or goes on where an earlier run of the same was ended.

    Raises WriteError (with its kinds OutputBusy and OtherRun), MissingExtra, and SourceUnreadable where there is no
    input at all; what is wrong with an input is recorded and raises nothing.
    """
    require(options.formats)
    names = [str(source) for source in sources]
    with Ledger(out, options.part) as ledger:
        about, kept = ledger.about(), options.kept(names)
        if not about:
            choice = options.choice._replace(apart=out)
            ledger.freeze(listed(names, choice, options.limits), kept, options.shard_size)
        else:
            different = [name for name, value in kept.items() if about.get(name) != value]
            if different:
                raise OtherRun(f"holds another run: {', '.join(different)} differ", source=str(out))
        complete(ledger, out, options, observe)


def retry_batch(out: Path, names: Sequence[str], options: Options, observe: Observe | None = None) -> int:
    """Reads again what failed by the errors of these names, with the limits in `options`; how many inputs that were.

    Everything else is as the run in `out` had it. Raises WriteError and its kinds.
    """
    with Ledger(out, options.part) as ledger:
        options = options.as_before(ledger.about())
        count = ledger.reopen(names)
        complete(ledger, out, options, observe)
    return count


def complete(ledger: Ledger, out: Path, options: Options, observe: Observe | None = None) -> None:
    """Does what the ledger has open, then makes the databases. Raises WriteError."""
    observer = observe(ledger) if observe else _unseen
    while ledger.has_open():
        ledger.note("finished", False)
        _Run(ledger, out, options, observer).work()
        ledger.settle()
    if ledger.part.of == 1 and not ledger.about().get("finished"):
        _finish(out, options)
    ledger.note("finished", True)
    ledger.commit()


def _finish(out: Path, options: Options) -> None:
    supervisor = Supervisor(1, options.start)
    try:
        supervisor.submit(finish_task(out, options.formats))
        for _, answer in supervisor.wait():
            if answer.head.get("status") != "written":
                raise write_error(answer.head, out)
    finally:
        supervisor.close()


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
        self._committed = time.monotonic()

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
            self._commit()
        finally:
            supervisor.close()
            self._opener.close()
            gc.unfreeze()

    def _start(self, supervisor: Supervisor) -> None:
        while supervisor.free and (self._writes or self._ready):
            if self._writes:
                self._commit()  # the writer reads what is committed
                formats = self._options.formats
                supervisor.submit(write_task(self._out, self._ledger.path, formats, self._writes.popleft()))
            else:
                supervisor.submit(self._ready.popleft())

    def _prepare(self) -> None:
        """Fills `_ready` when it runs low; each task in it is counted as begun before it can be started."""
        workers = self._options.workers
        if self._more and len(self._ready) < workers:
            for _ in range(STRIDE):
                given = next(self._inputs, None)
                if given is None:
                    self._more = False
                    break
                self._consider(given)
                if len(self._ready) >= AHEAD * workers or sum(len(t.frame.body) for t in self._ready) > AHEAD_BYTES:
                    break
            self._commit()
        elif time.monotonic() > self._committed + DURABLE:
            self._commit()

    def _commit(self) -> None:
        self._ledger.commit()
        self._committed = time.monotonic()

    def _consider(self, given: Pending) -> None:
        """Makes a task of an input, or ends it where nothing is to be read."""
        if given.attempts >= STARTS:
            error = WorkerDied(f"the whole run ended {given.attempts} times while this was read")
            self._record(given, Ending("failed", error="WorkerDied", message=error.message))
            return
        try:
            data = self._opener.read(given.path, given.steps)
        except ExtractorError as error:
            how = Ending("failed", error=type(error).__name__, message=error.message, hint=error.hint)
            self._record(given, how)
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
            self._ready.append(read_task(given.seq, given.name, data, self._options))

    def _ended(self, key: int, answer: Frame) -> None:
        shard = shard_of(key)
        if shard is not None:
            if answer.head.get("status") != "written":
                raise write_error(answer.head, self._out)
            self._ledger.shard_written(shard)
            del self._left[shard]
            return
        given, digest, size = self._reading.pop(key)
        how = ending(answer, digest, size)
        self._record(given, how, answer.body or None)
        for copy, copied in self._copies.pop(digest):
            self._record_copy(copy, how, copied)

    def _record_copy(self, given: Pending, first: Ending, size: int) -> None:
        """A copy of what could not be read could not be read either; any other is told as one."""
        how = Ending("duplicate", first.sha256, size, template=first.template)
        if first.status == "failed":
            how = first._replace(size=size, seconds=0.0, resident=0)
        self._record(given, how)

    def _record(self, given: Pending, how: Ending, document: bytes | None = None) -> None:
        self._ledger.end(given.seq, how, document)
        if given.shard in self._left:
            self._left[given.shard] -= 1
            if not self._left[given.shard]:
                self._writes.append(given.shard)
        self._observe(Event(given.uri, given.member, how))


def read_task(key: int, name: str, data: bytes, options: Options) -> Task:
    """What the supervisor is to do for the document in `data`, told as `name`."""
    head: dict[str, object] = {"name": name, "second_opinion": options.second_opinion}
    return Task(key, options.job, options.bounds, Frame(head, data))


def ending(answer: Frame, digest: str, size: int) -> Ending:
    """What a worker's answer says, taken field by field: what it sends may be anything."""
    head = answer.head
    seconds, resident = _number(head, "seconds"), int(_number(head, "resident"))
    told = Ending(str(head.get("status")), digest, size, seconds=seconds, resident=resident)
    if told.status in ("read", "in_doubt"):
        return told._replace(template=str(head.get("template")), issues=int(_number(head, "issues")))
    error, message, hint = (str(head.get(name) or "") for name in ("error", "message", "hint"))
    return told._replace(status="failed", error=error or "WorkerDied", message=message, hint=hint)


def _number(head: dict[str, object], name: str) -> float:
    value = head.get(name)
    return float(value) if isinstance(value, int | float) else 0.0
