"""What a ledger has open comes in; each input is read once, in a process with limits, and ends as a row of the ledger.

A shard whose inputs have all ended is written at once, in input order, while others are being read.
"""

from __future__ import annotations

import gc
import hashlib
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from extractor.batch.bounds import MIB
from extractor.batch.frames import Frame
from extractor.batch.inputs import Opener
from extractor.batch.ledger import Ending, Ledger, Pending, copy_of
from extractor.batch.options import Event, Observer, Options
from extractor.batch.review import may_be_to_blame, parted
from extractor.batch.shard import shard_of, wanted, write_error, write_task
from extractor.batch.supervisor import Supervisor, Task
from extractor.batch.worker import preload
from extractor.errors import ExtractorError, WorkerDied

# Times that an input is begun without an end before it is read with nothing else under way, and before it is left
# alone. A run that is killed every second begins the same two dozen harmless inputs each time: of fifty such kills of a
# run on a busy machine, some inputs saw five. That three kills hit the one that is read alone is no chance.
SUSPECT: Final = 2
STARTS: Final = 5
# Inputs looked at between two commits that need no worker: copies, unreadable ones.
STRIDE: Final = 256
# Inputs, in all and for each worker, and bytes that are read ahead and committed as begun together: a commit waits for
# the disk, 1 to 7 ms, in which no worker is served.
AHEAD: Final = 16
AHEAD_EACH: Final = 8
AHEAD_BYTES: Final = 32 * MIB
# Seconds after which what has ended is committed even if nothing new is to be begun.
DURABLE: Final = 1.0
# Seconds without news after which the observer is called all the same.
TICK: Final = 0.2


class Walk:
    """One walk over what a ledger has open; without `writes` the documents stay in it and no parts are written."""

    def __init__(self, ledger: Ledger, out: Path, options: Options, observe: Observer, writes: bool = True) -> None:
        self._ledger, self._out, self._options, self._observe = ledger, out, options, observe
        self._left = ledger.open_shards() if writes else {}
        self._wanted = wanted(options.formats, options.review)
        self._inputs = ledger.pending()
        self._more = True
        self._ready: deque[Task] = deque()
        self._suspects: deque[Task] = deque()
        self._alone = False
        self._writes = deque(shard for shard, left in self._left.items() if not left)
        self._reading: dict[int, tuple[Pending, str, int]] = {}
        # What is read with a page, and again without one where that may have been too much for its limits.
        self._reviewed: dict[int, Task] = {}
        self._copies: dict[str, list[tuple[Pending, int]]] = {}
        self._opener = Opener(options.limits)
        self._committed = time.monotonic()

    def work(self) -> None:
        """Until every input has ended and every shard that was open is written."""
        preload(review=self._options.review is not None)
        supervisor = Supervisor(self._options.workers, self._options.start)
        try:
            self._prepare()
            while self._ready or self._suspects or self._writes or self._more or supervisor.busy:
                self._start(supervisor)
                # What is read next is made ready while the workers are busy.
                self._prepare()
                idle = supervisor.free and not self._held(supervisor) and (self._ready or self._writes or self._more)
                for key, answer in supervisor.wait(0 if idle else TICK):
                    self._ended(key, answer)
                self._observe(None)
            self._commit()
        finally:
            supervisor.close()
            self._opener.close()
            gc.unfreeze()

    def _held(self, supervisor: Supervisor) -> bool:
        """Whether nothing may be started: what is read alone is under way, or waits for what is."""
        return bool(supervisor.busy and (self._suspects or self._alone))

    def _start(self, supervisor: Supervisor) -> None:
        if self._held(supervisor):
            return
        self._alone = bool(self._suspects)
        if self._suspects:
            suspect = self._suspects.popleft()
            self._ledger.begin(suspect.key)
            self._commit()
            supervisor.submit(suspect)
            return
        while supervisor.free and (self._writes or self._ready):
            if self._writes:
                self._commit()  # the writer reads what is committed
                supervisor.submit(self._write_task(self._writes.popleft()))
            else:
                supervisor.submit(self._ready.popleft())

    def _write_task(self, shard: int) -> Task:
        return write_task(self._out, self._ledger.path, self._options.formats, shard, self._options.review)

    def _prepare(self) -> None:
        """Fills `_ready` when it runs low; each task in it is counted as begun before it can be started."""
        workers = self._options.workers
        most = max(AHEAD, AHEAD_EACH * workers)
        if self._more and len(self._ready) + len(self._suspects) < workers:
            for _ in range(STRIDE):
                given = next(self._inputs, None)
                if given is None:
                    self._more = False
                    break
                self._consider(given)
                made = (*self._ready, *self._suspects)
                if len(made) >= most or sum(len(task.frame.body) for task in made) > AHEAD_BYTES:
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
            self._record(given, copy_of(known, size))
        elif digest in self._copies:
            self._copies[digest].append((given, size))
        else:
            self._copies[digest] = []
            self._reading[given.seq] = given, digest, size
            task = read_task(given.seq, given.name, data, self._options, self._wanted)
            if self._options.review:
                self._reviewed[given.seq] = task
            if given.attempts < SUSPECT:
                self._ledger.begin(given.seq)
                self._ready.append(task)
            else:
                self._suspects.append(task)

    def _ended(self, key: int, answer: Frame) -> None:
        shard = shard_of(key)
        if shard is not None:
            if answer.head.get("status") != "written":
                raise write_error(answer.head, self._out)
            self._ledger.shard_written(shard)
            del self._left[shard]
            return
        task = self._reviewed.pop(key, None)
        if task and may_be_to_blame(answer.head):
            (self._suspects if self._alone else self._ready).appendleft(without_page(task))
            return
        given, digest, size = self._reading.pop(key)
        how = ending(answer, digest, size)
        self._record(given, how, *parted(answer))
        for copy, copied in self._copies.pop(digest):
            self._record(copy, copy_of(how, copied))

    def _record(self, given: Pending, how: Ending, document: bytes = b"", page: bytes = b"") -> None:
        self._ledger.end(given.seq, how, document or None, page or None)
        if given.shard in self._left:
            self._left[given.shard] -= 1
            if not self._left[given.shard]:
                self._writes.append(given.shard)
        self._observe(Event(given.uri, given.member, how))


def read_task(key: int, name: str, data: bytes, options: Options, wanted: Sequence[str]) -> Task:
    """What the supervisor is to do for the document in `data`, told as `name`; `wanted` as `documents` has it."""
    head: dict[str, object] = {"name": name, "second_opinion": options.second_opinion, "wanted": wanted}
    if options.review:
        head["review"] = options.review.what
    return Task(key, options.job, options.bounds, Frame(head, data))


def without_page(task: Task) -> Task:
    """The same task, but that no review page is made."""
    head = {name: value for name, value in task.frame.head.items() if name != "review"}
    return task._replace(frame=Frame(head, task.frame.body))


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
    return float(value) if isinstance(value, (int, float)) else 0.0
