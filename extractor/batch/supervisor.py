"""Tasks come in and each comes out once, with an answer or a typed error, whatever becomes of the process that did it.

A worker has a pair of pipes of its own, so that its death touches no other; limits are the kernel's, for neither an
exception nor a thread stops native code. The stock pools were measured and lose tasks or hang when a worker is killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Final, Literal, NamedTuple

from extractor.batch.bounds import Bounds, resident
from extractor.batch.frames import BadFrame, Frame, pack, unpack
from extractor.batch.worker import ANSWERS, READY, TASKS, failure, start
from extractor.errors import LimitError, OutOfMemory, TimedOut, WorkerDied

# How often a task is started whose worker dies by its own doing.
TRIES: Final = 2
# Of the memory allowed, the share in use at its death from which memory is named as the cause.
NEARLY_ALL: Final = 0.5
# Seconds beyond its time after which the selector woke late: 1 ms is usual, 50 ms on a busy machine.
LATE: Final = 0.25
# Seconds in which a process must have come up: a fork takes 4 ms, a new interpreter 0.4 s, ten times that on a machine
# with ten times the work it can do. No document is to blame for them.
COMING_UP: Final = 60.0
# Of a task's own seconds, how many times as long it may wait for a processor besides: five hogs on one processor make
# it five. Beyond this the machine does something else altogether, and a batch must come to an end.
QUEUED: Final = 20.0
# The share of a task's time after which the system is first asked how long its process waited: asking takes 0.1 ms, and
# hardly any document takes a hundredth of its time.
FIRST: Final = 0.1
# Bytes that are taken from a pipe at a time.
CHUNK: Final = 2**18

Start = Literal["fork", "spawn"]


class Task(NamedTuple):
    """Something to do: `job` names a function (`module:name`) that is given the frame's head and body."""

    key: int
    job: str
    bounds: Bounds
    frame: Frame


def _safest() -> Start:
    """A copy of this process where that is cheap and safe. Another thread's lock would be copied locked for ever."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


class _Worker:
    """A process, what it is doing, and the two pipes to it."""

    def __init__(self, job: str, bounds: Bounds, how: Start) -> None:
        self.job, self.bounds, self.served = job, bounds, 0
        self.task: Task | None = None
        self.ready = False
        self.came_up_with = 0  # bytes of memory, what it shares with this process among them
        self.began = self.deadline = self.given = 0.0
        self.queued: float | None = None
        self.unsent = memoryview(b"")
        self.received = bytearray()
        # A copy of this process counts what it shares with it as its own; what it takes itself comes on top. A new
        # program counts the most that this process ever had, from before it became one; below that nothing is known.
        self.inherited, self.unseen = (resident(), 0) if how == "fork" else (0, _peak())
        self.pid, self.tasks, self.answers = (_fork if how == "fork" else _spawn)(job, bounds)
        os.set_blocking(self.tasks, False)
        os.set_blocking(self.answers, False)

    def clock(self) -> None:
        """Gives the task its time, from now; the deadline is the time's first part."""
        self.began, self.queued = time.monotonic(), None
        self.deadline = self.began + (FIRST * self.bounds.seconds if self.ready else COMING_UP)

    def wait_longer(self) -> bool:
        """Whether the task, whose deadline is over, has time left: the rest of it, and as much as its process spent of
        that on waiting for a processor.
        """
        if self.ready and self.queued is None:
            self.queued, self.given = _queued(self.pid), 0.0
            self.deadline += (1 - FIRST) * self.bounds.seconds
        elif self.ready and self.queued is not None:
            waited = min(_queued(self.pid) - self.queued, QUEUED * self.bounds.seconds)
            self.deadline += max(waited - self.given, 0.0)
            self.given = max(waited, self.given)
        return self.deadline > time.monotonic()

    def end(self) -> tuple[int, int]:
        """Kills the process and buries it: its wait status, and the most memory it took itself, in bytes."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.tasks)
        os.close(self.answers)
        _, status, usage = os.wait4(self.pid, 0)
        most = _bytes(usage)
        return status, max(most - self.inherited, 0) if most > self.unseen else 0


def _bytes(usage: resource.struct_rusage) -> int:
    """The most memory that was in use."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _peak() -> int:
    """The most memory of this process that ever was in use, in bytes."""
    return _bytes(resource.getrusage(resource.RUSAGE_SELF))


def _queued(pid: int) -> float:
    """Seconds that a process was ready to run and no processor was free for it; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text("ascii").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


class Supervisor:
    """Up to `slots` processes at a time, each with one task."""

    def __init__(self, slots: int, how: Start | None = None) -> None:
        self._slots = slots
        self._how = how
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._tries: dict[int, int] = {}
        self._selector = selectors.DefaultSelector()
        self._seen = time.monotonic()

    @property
    def free(self) -> int:
        """How many tasks can be submitted now."""
        return self._slots - self.busy

    @property
    def busy(self) -> int:
        """How many tasks have not come out yet."""
        return len([worker for worker in self._workers if worker.task is not None]) + len(self._again)

    def submit(self, task: Task) -> None:
        """Starts the task; there must be a free slot. Raises OSError where no process can be started."""
        worker = self._worker(task)
        worker.task, worker.unsent = task, memoryview(pack(task.frame))
        worker.clock()
        self._send(worker)
        if worker.unsent:  # the pipe takes 64 KiB at a time, which is more than most pages have
            self._selector.register(worker.tasks, selectors.EVENT_WRITE, worker)

    def wait(self, seconds: float | None = None) -> list[tuple[int, Frame]]:
        """Keys and answers of the tasks that ended, at least one unless `seconds` are over or none is under way."""
        until = None if seconds is None else time.monotonic() + seconds
        ended: list[tuple[int, Frame]] = []
        while not ended and self.busy and (until is None or time.monotonic() < until):
            while self._again and sum(worker.task is not None for worker in self._workers) < self._slots:
                self.submit(self._again.popleft())
            for key, _ in self._select(self._patience(until)):
                worker: _Worker = key.data
                if worker not in self._workers:
                    continue
                if key.fd == worker.answers:
                    self._receive(worker, ended)
                    continue
                self._send(worker)
                if not worker.unsent:
                    self._selector.unregister(worker.tasks)
            for worker in [w for w in self._workers if w.task and w.deadline <= time.monotonic()]:
                if not worker.wait_longer():
                    self._give_up(worker, ended, _late(worker))
        return ended

    def close(self) -> None:
        """Ends every process, whatever it is doing."""
        for worker in list(self._workers):
            self._remove(worker)
        self._selector.close()

    def _select(self, patience: float | None) -> list[tuple[selectors.SelectorKey, int]]:
        """What the selector has. Time in which nobody served the pipes is no document's: a commit to a busy disk was
        seen to take seconds, starting a process too; and where the selector woke late, the machine stood still.
        """
        now = time.monotonic()
        for worker in self._workers:
            worker.deadline += max(0.0, now - max(self._seen, worker.began))
        events = self._selector.select(patience)
        self._seen = time.monotonic()
        late = 0.0 if patience is None else self._seen - now - patience
        for worker in self._workers:
            worker.deadline += late if late > LATE else 0.0
        return events

    def _patience(self, until: float | None) -> float | None:
        ends = [worker.deadline for worker in self._workers if worker.task]
        ends += [] if until is None else [until]
        return max(0.0, min(ends) - time.monotonic()) if ends else None

    def _worker(self, task: Task) -> _Worker:
        """An idle worker of the task's kind, else a new one; for a retry always a new one.

        Idle workers of other kinds stay: one that writes has loaded engines that take half a second.
        """
        kind = task.job, task.bounds
        idle = [worker for worker in self._workers if worker.task is None and (worker.job, worker.bounds) == kind]
        if idle and task.key not in self._tries:
            return idle[0]
        if idle:
            self._remove(idle[0])
        worker = _Worker(task.job, task.bounds, self._how or _safest())
        self._workers.append(worker)
        self._selector.register(worker.answers, selectors.EVENT_READ, worker)
        return worker

    def _send(self, worker: _Worker) -> None:
        try:
            worker.unsent = worker.unsent[os.write(worker.tasks, worker.unsent) :]
        except BlockingIOError:
            return
        except OSError:  # it died; its other pipe tells so
            worker.unsent = memoryview(b"")
        if not worker.unsent:
            worker.clock()  # only now has it all of the document

    def _receive(self, worker: _Worker, ended: list[tuple[int, Frame]]) -> None:
        try:
            data = os.read(worker.answers, CHUNK)
            worker.received += data
            answer = self._unpacked(worker)
        except BadFrame:
            self._give_up(worker, ended, WorkerDied("the process that read it sent what is no answer"))
            return
        except OSError:
            data, answer = b"", None
        if answer is not None and worker.task is not None:
            ended.append((worker.task.key, answer))
            self._tries.pop(worker.task.key, None)
            worker.task, worker.served = None, worker.served + 1
            size = answer.head.get("resident")
            worn = isinstance(size, int) and size - worker.came_up_with > worker.bounds.resident
            early = bool(worker.unsent)  # what is left of its task would be taken for the next one
            if (
                worn
                or early
                or worker.served >= worker.bounds.tasks
                or answer.head.get("error") == OutOfMemory.__name__
            ):
                self._remove(worker)
        elif not data:
            self._give_up(worker, ended, None)

    def _unpacked(self, worker: _Worker) -> Frame | None:
        """The next answer, where it is whole; before the first one a worker says that it is ready."""
        answer = unpack(worker.received, worker.bounds.answer)
        if answer is None or worker.ready:
            return answer
        size = answer.head.get(READY)
        if not isinstance(size, int):
            raise BadFrame("a worker answers before it is ready")
        worker.ready, worker.came_up_with = True, size
        worker.clock()
        return unpack(worker.received, worker.bounds.answer)

    def _give_up(self, worker: _Worker, ended: list[tuple[int, Frame]], error: LimitError | None) -> None:
        """Ends a worker. Its task is tried again where that may help, or ends in `error` or in why the worker died."""
        task, (status, memory) = worker.task, self._remove(worker)
        if task is None:
            return
        tries = self._tries[task.key] = self._tries.get(task.key, 0) + 1
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        if error is None and tries < (worker.bounds.starts if killed else TRIES):
            self._again.append(task)
            return
        del self._tries[task.key]
        ended.append((task.key, failure(error or _cause(status, memory, worker.bounds))))

    def _remove(self, worker: _Worker) -> tuple[int, int]:
        self._workers.remove(worker)
        for descriptor in (worker.tasks, worker.answers):
            with contextlib.suppress(KeyError):
                self._selector.unregister(descriptor)
        return worker.end()


def _late(worker: _Worker) -> LimitError:
    """What a task whose time is up ends in."""
    if not worker.ready:
        return WorkerDied("the process that was to read it did not come up")
    return TimedOut(f"took longer than {worker.bounds.seconds:g} s")


def _cause(status: int, memory: int, bounds: Bounds) -> LimitError:
    """Why a worker died."""
    if not os.WIFSIGNALED(status):
        return WorkerDied(f"the process that read it ended with code {os.waitstatus_to_exitcode(status)}")
    number = os.WTERMSIG(status)
    if number == getattr(signal, "SIGXCPU", -1):
        return TimedOut(f"took more than {bounds.seconds:g} s of processor time")
    if bounds.memory is not None and memory > bounds.memory * NEARLY_ALL:
        return OutOfMemory(f"took more than {bounds.memory // 2**20} MiB of memory")
    return WorkerDied(f"the process that read it was ended by {signal.Signals(number).name}")


def _fork(job: str, bounds: Bounds) -> tuple[int, int, int]:
    """A copy of this process as a worker: its id and our ends of its pipes."""
    (theirs, tasks), (answers, ours) = os.pipe(), os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        os.close(theirs)
        os.close(ours)
        return pid, tasks, answers
    try:
        os.setsid()
        silent = os.open(os.devnull, os.O_RDWR)
        # Copies first, far up: a pipe's own number may be one of those that are taken now.
        high = max(theirs, ours, silent, ANSWERS) + 1
        for offset, descriptor in enumerate((silent, silent, silent, theirs, ours)):
            os.dup2(descriptor, high + offset)
        for number in range(ANSWERS + 1):
            os.dup2(high + number, number)
        assert (TASKS, ANSWERS) == (3, 4)
        os.closerange(ANSWERS + 1, os.sysconf("SC_OPEN_MAX"))
        start(job, bounds, parent)
    finally:
        os._exit(1)


def _spawn(job: str, bounds: Bounds) -> tuple[int, int, int]:
    """A new process as a worker, where none can be forked: its id and our ends of its pipes."""
    (theirs, tasks), (answers, ours) = os.pipe(), os.pipe()
    command = [sys.executable, "-m", "extractor.batch.worker", job, json.dumps(bounds), str(os.getpid())]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=ours, stderr=subprocess.DEVNULL, start_new_session=True, env=environment()
    )
    os.close(theirs)
    os.close(ours)
    process.returncode = 0  # waited for by its number, not by this object
    return process.pid, tasks, answers


def environment() -> dict[str, str]:
    """This process's search path too: jobs may lie outside the installed packages."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
