from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from extractor.batch.bounds import MIB, Bounds
from extractor.batch.frames import Frame
from extractor.batch.supervisor import Start, Supervisor, Task
from extractor.garbage import YOUNG
from tests.batch.jobs import JOB

QUICK = Bounds(seconds=0.5, memory=256 * MIB)
SMALL = Bounds(seconds=20.0, memory=256 * MIB)
PATIENT = Bounds(seconds=20.0)


@pytest.fixture
def two() -> Iterator[Supervisor]:
    supervisor = Supervisor(2)
    yield supervisor
    supervisor.close()


def task(key: int, words: str, bounds: Bounds = PATIENT) -> Task:
    return Task(key, JOB, bounds, Frame({}, words.encode()))


def all_of(supervisor: Supervisor, tasks: list[Task]) -> dict[int, dict[str, object]]:
    """Every task's answer; each exactly once."""
    answers: dict[int, dict[str, object]] = {}
    waiting = list(reversed(tasks))
    while waiting or supervisor.busy:
        while waiting and supervisor.free:
            supervisor.submit(waiting.pop())
        for key, answer in supervisor.wait():
            assert key not in answers
            answers[key] = answer.head
    return answers


def children() -> list[int]:
    pid = os.getpid()
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_answers_come_back_with_their_tasks(two: Supervisor) -> None:
    answers = all_of(two, [task(key, f"echo {key}") for key in range(50)])
    assert {key: head["told"] for key, head in answers.items()} == {key: str(key) for key in range(50)}


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ("segfault", "WorkerDied", "SIGSEGV"),
        ("exit 7", "WorkerDied", "code 7"),
        ("hang", "TimedOut", "longer than 0.5 s"),
        ("sleep 60", "TimedOut", "longer than 0.5 s"),
        ("stop", "TimedOut", "longer than 0.5 s"),
        ("eat", "OutOfMemory", "more memory"),
        ("eat-natively", "OutOfMemory", "256 MiB"),
        ("kill", "WorkerDied", "SIGKILL"),
        ("mistake", "WorkerDied", "unexpected KeyError"),
        ("damaged", "DamagedSource", "is broken"),
        ("large 300000", "WorkerDied", "no answer"),
    ],
)
def test_what_a_document_does_to_its_process_is_a_typed_error(
    two: Supervisor, words: str, error: str, message: str
) -> None:
    began = time.monotonic()
    answers = all_of(
        two, [task(0, words, SMALL if words.startswith("eat") else QUICK), task(1, "echo good"), task(2, "echo good")]
    )
    assert answers[0]["status"] == "failed"
    assert answers[0]["error"] == error
    assert message in str(answers[0]["message"])
    assert answers[1]["told"] == answers[2]["told"] == "good"
    assert time.monotonic() - began < 10


def test_what_this_process_took_is_not_told_of_a_new_one() -> None:
    held = b"x" * (200 * MIB)
    one = Supervisor(1, "spawn")
    answers = all_of(one, [task(0, "segfault", Bounds(seconds=20.0, memory=128 * MIB))])
    one.close()
    assert "SIGSEGV" in str(answers[0]["message"])
    assert held


def test_time_in_which_nobody_serves_the_pipes_is_not_the_documents(two: Supervisor) -> None:
    two.submit(Task(0, "tests.batch.jobs:measure", QUICK, Frame({}, bytes(5_000_000))))
    time.sleep(0.8)
    assert all_of(two, [])[0]["told"] == 5_000_000


def test_the_time_in_which_a_process_comes_up_is_not_the_documents(two: Supervisor) -> None:
    tasks = [Task(key, "tests.batch.late_jobs:echo", QUICK, Frame({}, b"good")) for key in range(3)]
    assert [head.get("told") for head in all_of(two, tasks).values()] == ["good"] * 3


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="the system does not tell who waits")
def test_time_in_which_others_have_the_processor_is_not_the_documents() -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(5)]
    one = Supervisor(1)
    try:
        answers = all_of(one, [task(0, "work 0.3", QUICK), task(1, "hang", QUICK)])
    finally:
        one.close()
        for hog in hogs:
            hog.kill()
            hog.wait()
        os.sched_setaffinity(0, before)
    assert answers[0]["told"] == "0.3"
    assert cast(float, answers[0]["seconds"]) > QUICK.seconds
    assert answers[1]["error"] == "TimedOut"


def test_a_body_larger_than_a_pipe_arrives_whole(two: Supervisor) -> None:
    words = "echo " + "x" * 3_000
    big = Task(0, "tests.batch.jobs:measure", PATIENT, Frame({}, bytes(5_000_000)))
    assert all_of(two, [big, task(1, words)])[0]["told"] == 5_000_000


def test_what_answers_before_it_has_its_task_gets_no_other() -> None:
    one = Supervisor(1, "fork")
    tasks = [Task(key, "tests.batch.hasty_jobs:echo", PATIENT, Frame({}, bytes(5_000_000))) for key in range(3)]
    assert [head["told"] for head in all_of(one, tasks).values()] == ["early"] * 3
    one.close()


def test_a_worker_is_used_again_and_replaced_when_it_has_served_enough() -> None:
    bounds = Bounds(seconds=20.0, tasks=5)
    one = Supervisor(1)
    pids = [head["told"] for head in all_of(one, [task(key, "pid", bounds) for key in range(12)]).values()]
    one.close()
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [5, 5, 2]


def test_a_worker_that_has_grown_is_replaced() -> None:
    one = Supervisor(1)
    bounds = Bounds(seconds=20.0, resident=64 * MIB)
    pids = [head["told"] for head in all_of(one, [task(key, "grow 50", bounds) for key in range(6)]).values()]
    one.close()
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [2, 2, 2]


@pytest.mark.parametrize("how", ["fork", "spawn"])
def test_what_a_worker_shares_with_this_process_is_not_growth(how: Start) -> None:
    held = b"x" * (200 * MIB)
    one = Supervisor(1, how)
    bounds = Bounds(seconds=20.0, resident=100 * MIB)
    pids = {head["told"] for head in all_of(one, [task(key, "pid", bounds) for key in range(3)]).values()}
    one.close()
    assert len(pids) == 1
    assert held


def test_workers_killed_from_outside_lose_nothing(two: Supervisor) -> None:
    chance = random.Random(1)
    tasks = [task(key, "sleep 0.01") for key in range(150)]
    answers: dict[int, object] = {}
    kills = 0
    while tasks or two.busy:
        while tasks and two.free:
            two.submit(tasks.pop())
        for key, answer in two.wait(0.02):
            answers[key] = answer.head["status"]
        if chance.random() < 0.2 and (pids := children()):
            os.kill(chance.choice(pids), signal.SIGKILL)
            kills += 1
    assert len(answers) == 150
    assert set(answers.values()) == {"read"}
    assert kills > 5


def test_closing_leaves_no_process(two: Supervisor) -> None:
    before = children()
    for key in range(2):
        two.submit(task(key, "sleep 60"))
    assert len(children()) == len(before) + 2
    two.close()
    assert children() == before


@pytest.mark.parametrize("how", ["fork", "spawn"])
def test_a_worker_can_read_and_nothing_else(how: Start, tmp_path: Path) -> None:
    one = Supervisor(1, how)
    target = tmp_path / "written"
    answers = all_of(one, [task(0, f"forbidden {target}"), task(1, "segfault"), task(2, "echo good")])
    one.close()
    assert answers[1]["error"] == "WorkerDied"
    assert answers[2]["told"] == "good"
    assert not target.exists() or not target.read_bytes()
    abi_missing = not Path("/sys/kernel/security").exists() and "run" in str(answers[0]["told"])
    assert abi_missing or answers[0]["told"] == ""


def test_a_worker_looks_for_garbage_more_seldom(two: Supervisor) -> None:
    job = JOB.replace(":act", ":thresholds")
    two.submit(Task(0, job, PATIENT, Frame({}, b"")))
    [(_, answer)] = two.wait()
    young, *others = cast("list[int]", answer.head["told"])
    assert (young, *others) == (YOUNG, *gc.get_threshold()[1:])
