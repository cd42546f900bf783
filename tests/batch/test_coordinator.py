"""Shards as units of work, done here one by one in any order, and what a run of them leaves."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.kill import differences
from extractor.batch import Options, coordinated, run_batch, unit
from extractor.batch.coordinator import Coordinator
from extractor.errors import WorkerDied, WriteError
from tests.batch.documents import installed
from tests.batch.jobs import POISON
from tests.pages import FORM_4, IN_DOUBT, NO_FORM, form_4

OPTIONS = Options(tuple(installed()), shard_size=3, workers=2, seconds=20.0, job=POISON)
PLAIN = replace(OPTIONS, formats=("jsonl", "tsv", "sqlite"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Fifteen inputs in five shards: copies within one and across several, of what can be read and what cannot."""
    place = tmp_path / "in"
    place.mkdir()
    names = ("a0", "b0", "b1", "c0", "c1", "d0", "e0", "e1")
    for name, content in {
        **{name: form_4(symbol=name) for name in names},
        "a1": FORM_4,
        "a2": FORM_4,
        "b2": NO_FORM,
        "c2": FORM_4,
        "d1": NO_FORM,
        "d2": IN_DOUBT,
        "e2": b"!segfault\n",
        "f0": b"!segfault\n",
        "f1": form_4(symbol="a0"),
    }.items():
        (place / f"{name}.html").write_bytes(content)
    return place


@pytest.fixture
def clean(folder: Path, tmp_path: Path) -> Path:
    """What the run leaves that is done here."""
    run_batch([folder], tmp_path / "clean", OPTIONS)
    return tmp_path / "clean"


def done(text: str) -> str:
    """A unit done in this process."""
    return json.dumps(unit.do(json.loads(text), os.getppid()))


def do_all(coordinator: Coordinator, units: Iterable[str]) -> None:
    waiting = list(units)
    while waiting:
        waiting += coordinator.take(done(waiting.pop(random.Random(len(waiting)).randrange(len(waiting)))))


def test_units_in_any_order_leave_what_one_run_leaves(folder: Path, clean: Path, tmp_path: Path) -> None:
    told: list[str] = []
    out = tmp_path / "out"
    with coordinated([folder], out, OPTIONS, lambda _: lambda event: told.append(event.uri if event else "")) as run:
        do_all(run, run.reads())
    assert differences(out, clean) == ()
    assert sorted(filter(None, told)) == sorted(map(str, folder.iterdir()))


def test_a_shard_is_written_only_when_those_before_it_are_read(folder: Path, tmp_path: Path) -> None:
    with coordinated([folder], tmp_path / "out", PLAIN) as run:
        reads = list(run.reads())
        assert run.take(done(reads[1])) == []
        writes = run.take(done(reads[0]))
        assert [json.loads(each)["shard"] for each in writes] == [0, 1]
        assert json.loads(writes[1])["copies"] == {}
        for each in writes:
            answer = done(each)
            assert run.take(answer) == run.take(answer) == []
        more = [write for each in reads[2:] for write in run.take(done(each))]
        assert [len(json.loads(each)["copies"]) for each in more] == [1, 1, 0, 2]
        do_all(run, more)


def test_a_unit_done_again_gives_the_same_and_reads_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with coordinated([folder], out, PLAIN) as run:
        first = next(run.reads())
        answer = done(first)
        part = next((out / "shards").iterdir())
        before = part.read_bytes()
        (folder / "a0.html").write_bytes(b"gone")
        assert done(first) == answer
        assert part.read_bytes() == before
        (folder / "a0.html").write_bytes(form_4(symbol="a0"))
        (write,) = run.take(answer)
        done(write)
        written = {path: path.read_bytes() for path in out.rglob("part-00000.*")}
        done(write)
        assert {path: path.read_bytes() for path in out.rglob("part-00000.*")} == written
        do_all(run, [write, *list(run.reads())[1:]])


class EndedError(Exception):
    """A run is ended in its midst."""


@pytest.mark.parametrize("stop", [1, 6, 9])
@pytest.mark.parametrize("here", [True, False])
def test_a_coordinator_that_was_ended_goes_on_here_or_there(
    folder: Path, tmp_path: Path, stop: int, here: bool
) -> None:
    out = tmp_path / "out"
    with pytest.raises(EndedError):
        do_some(folder, out, stop)
    if here:
        run_batch([folder], out, PLAIN)
    else:
        with coordinated([folder], out, PLAIN) as run:
            do_all(run, run.reads())
    run_batch([folder], tmp_path / "clean", PLAIN)
    assert differences(out, tmp_path / "clean") == ()


def do_some(folder: Path, out: Path, units: int) -> None:
    """So many units of the run, and then its end."""
    with coordinated([folder], out, PLAIN) as run:
        waiting = list(run.reads())
        for _ in range(units):
            waiting = run.take(done(waiting.pop(0))) + waiting
        raise EndedError


def test_a_run_that_began_here_goes_on_elsewhere(folder: Path, tmp_path: Path) -> None:
    seen = 0

    def watch(event: object) -> None:
        nonlocal seen
        seen += event is not None
        if seen == 8:
            raise EndedError

    out = tmp_path / "out"
    with pytest.raises(EndedError):
        run_batch([folder], out, PLAIN, lambda _: watch)
    with coordinated([folder], out, PLAIN) as run:
        do_all(run, run.reads())
    run_batch([folder], tmp_path / "clean", PLAIN)
    assert differences(out, tmp_path / "clean") == ()


def test_a_unit_in_a_process_of_its_own(folder: Path, tmp_path: Path) -> None:
    with coordinated([folder], tmp_path / "out", PLAIN) as run:
        first, *others = run.reads()
        (write,) = run.take(unit.work(first))
        assert json.loads(unit.work(write)) == {"kind": "write", "shard": 0, "status": "done"}
        do_all(run, [write, *others])


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"version": "0.0.0"}, WriteError, "has version"),
        ({"inputs": None}, WorkerDied, "ended with code 1"),
        ({"out": __file__}, WriteError, "exists"),
    ],
)
def test_what_is_wrong_elsewhere_stops_the_run(
    folder: Path, tmp_path: Path, change: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        do_changed(folder, tmp_path / "out", change)
    run_batch([folder], tmp_path / "out", PLAIN)


def do_changed(folder: Path, out: Path, change: dict[str, object]) -> None:
    with coordinated([folder], out, PLAIN) as run:
        run.take(unit.work(json.dumps({**json.loads(next(run.reads())), **change})))


def test_a_unit_whose_process_is_killed_is_done_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, begun = subprocess.run, 0

    def killing(command: list[str], **how: object) -> object:
        nonlocal begun
        begun += 1
        suicide = [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
        return run(suicide if begun < unit.TRIES else command, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", killing)
    with coordinated([folder], tmp_path / "out", PLAIN) as coordinator:
        first, *others = coordinator.reads()
        assert json.loads(unit.work(first))["status"] == "done"
        assert begun == unit.TRIES
        do_all(coordinator, [first, *others])


def test_a_unit_that_is_killed_each_time_stops_the_run(folder: Path, tmp_path: Path) -> None:
    (folder / "a0.html").write_bytes(b"!kill-parent\n")
    with pytest.raises(WorkerDied, match="code -9"):
        do_changed(folder, tmp_path / "out", {})


def test_a_unit_whose_engine_is_gone_gives_up(folder: Path, tmp_path: Path) -> None:
    hanging = replace(PLAIN, seconds=60.0)
    (folder / "a0.html").write_bytes(b"!hang\n")
    with coordinated([folder], tmp_path / "out", replace(hanging, engine="local")) as run:
        told = json.loads(next(run.reads()))
        with pytest.raises(KeyboardInterrupt):
            unit.do(told, parent=-1)
        (folder / "a0.html").write_bytes(form_4(symbol="a0"))
        do_all(run, run.reads())
