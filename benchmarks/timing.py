"""Files and contenders come in; the processor time that each took for each, measured in turns on one core, goes out.

Only ratios of one run mean anything: machines differ, and one machine differs from hour to hour. So the rounds are
interleaved (A B C A B C), each file is done with before the next begins, and medians are kept.
"""

from __future__ import annotations

import gc
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from benchmarks.peers import Contender

# Seconds that one timing lasts at least: quick calls are repeated until then. 3 ms and 500 ms a call were seen.
LONG_ENOUGH: Final = 0.02
MOST_REPEATS: Final = 20


class Timed(NamedTuple):
    """What a contender took for a file: processor seconds of one call, a figure a round; none where it failed.

    `error` is the exception's type then.
    """

    contender: str
    file: Path
    seconds: tuple[float, ...]
    error: str = ""

    @property
    def median(self) -> float:
        """Seconds of the middle round. statistics.StatisticsError where it failed."""
        return median(self.seconds)


def pin() -> int | None:
    """Keeps this process and its children on one core from now on; returns which, or None where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def cpu() -> float:
    """Processor seconds of this process and of the children that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def seconds_of(call: Callable[[], object], repeats: int = 1) -> float:
    """Processor seconds of one call, on average of `repeats`; garbage of earlier calls is collected before."""
    gc.collect()
    start = cpu()
    for _ in range(repeats):
        call()
    return (cpu() - start) / repeats


def time_all(files: Iterable[Path], contenders: Sequence[Contender], rounds: int) -> Iterator[Timed]:
    """What each contender took for each file. One that raises over a file is told with the exception's type."""
    for file in files:
        yield from _time_file(file, contenders, rounds)


def _time_file(file: Path, contenders: Sequence[Contender], rounds: int) -> Iterator[Timed]:
    repeats: dict[str, int] = {}
    for contender in contenders:
        try:
            repeats[contender.name] = warm_up(lambda run=contender.run: run(file))  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001  # whatever a peer raises, the others are still timed
            yield Timed(contender.name, file, (), type(error).__name__)
    # Collecting stays on, as it is for users; but nobody pays for going over the modules that the others imported.
    gc.collect()
    gc.freeze()
    taken: dict[str, list[float]] = {name: [] for name in repeats}
    for _ in range(rounds):
        for contender in contenders:
            if contender.name in repeats:
                run = contender.run
                seconds = seconds_of(lambda run=run: run(file), repeats[contender.name])  # type: ignore[misc]
                taken[contender.name].append(seconds)
    gc.unfreeze()
    for name, seconds_each in taken.items():
        yield Timed(name, file, tuple(seconds_each))


def warm_up(call: Callable[[], object]) -> int:
    """Makes the call once or twice, and returns how many of it make a timing that is long enough."""
    once = seconds_of(call)
    if once < LONG_ENOUGH:
        once = seconds_of(call)
    return max(1, min(MOST_REPEATS, int(LONG_ENOUGH / max(once, 1e-6))))
