"""Runs on a dask cluster of two processes of this machine: the same output, whatever becomes of a process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.kill import ROOT, differences
from extractor.batch import Options, run_batch
from extractor.batch.review import Review
from extractor.errors import MissingExtra
from tests.batch.command import call
from tests.batch.documents import installed
from tests.batch.jobs import POISON
from tests.pages import FORM_4, NO_FORM, form_4

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

FILES, SHARD = 36, 9
LOCAL = Options(tuple(installed()), shard_size=SHARD, workers=2, seconds=1.5, memory=300 * 2**20, job=POISON)
DASK = replace(LOCAL, engine="dask")
PATIENCE = 600.0  # seconds for a whole run on a busy machine; 15 on a free one
# A cluster leaves threads behind, and with threads no process is forked any more: each has a process of its own here.
RUN = """
import sys
from pathlib import Path
from extractor.batch import run_batch
from tests.batch.test_dask import DASK, reviewed

if __name__ == "__main__":
    run_batch([sys.argv[1]], Path(sys.argv[2]), reviewed(DASK, Path(sys.argv[2])))
"""
NAMED = """
import sys
from dataclasses import replace
from pathlib import Path
from distributed import LocalCluster
from extractor.batch import run_batch
from tests.batch.test_dask import DASK, reviewed

if __name__ == "__main__":
    how = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "memory_limit": 0}
    with LocalCluster(n_workers=2, **how) as cluster:
        named = replace(DASK, scheduler=cluster.scheduler_address)
        run_batch([sys.argv[1]], Path(sys.argv[2]), reviewed(named, Path(sys.argv[2])))
"""


def reviewed(options: Options, out: Path) -> Options:
    """With a review page of every filing, in a folder of the output."""
    return replace(options, review=Review(out / "review", "all"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `in`: good pages, copies in other shards, no form, and poison; and in `clean` what one machine makes."""
    found = tmp_path_factory.mktemp("dask")
    (found / "in").mkdir()
    special = {3: FORM_4, 21: FORM_4, 14: NO_FORM, 32: NO_FORM}
    special |= {7: b"!segfault\n", 18: b"!hang\n", 23: b"!eat\n", 24: b"!exit 3\n"}
    for number in range(FILES):
        content = special.get(number) or form_4(symbol=f"S{number}")
        (found / "in" / f"{number:02d}.html").write_bytes(content)
    run_batch([found / "in"], found / "clean", reviewed(LOCAL, found / "clean"))
    return found


@pytest.fixture(autouse=True)
def extra() -> None:
    pytest.importorskip("distributed")


def family(pid: int) -> Iterator[tuple[int, bytes]]:
    """The processes under a process, with their command lines."""
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child), Path(f"/proc/{child}/cmdline").read_bytes()
                yield from family(int(child))


@contextlib.contextmanager
def begun(place: Path, out: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The run on a cluster, in a process of its own that does not outlive the test."""
    process = subprocess.Popen([sys.executable, "-c", RUN, str(place / "in"), str(out)], cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_two_workers_of_a_named_scheduler_make_what_one_machine_makes(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    subprocess.run([sys.executable, "-c", NAMED, str(place / "in"), str(out)], cwd=ROOT, check=True, timeout=PATIENCE)
    assert differences(out, place / "clean") == ()


def test_a_worker_that_is_killed_costs_nothing(place: Path, tmp_path: Path) -> None:
    out, killed = tmp_path / "out", 0
    until = time.monotonic() + PATIENCE
    with begun(place, out) as process:
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
            busy = [
                pid
                for pid, line in family(process.pid)
                if b"spawn_main" in line and any(b"extractor.batch.unit" in other for _, other in family(pid))
            ]
            if busy and not killed and list((out / "shards").glob("*.sqlite")):
                os.kill(busy[0], signal.SIGKILL)
                killed += 1
        assert process.poll() == 0
    assert killed == 1
    assert differences(out, place / "clean") == ()


def test_a_killed_run_goes_on_and_leaves_no_process(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with begun(place, out) as process:
        while process.poll() is None and not list((out / "shards").glob("*.sqlite")):
            time.sleep(0.02)
        left = [pid for pid, _ in family(process.pid)]
    until = time.monotonic() + PATIENCE / 10
    while (alive := [pid for pid in left if Path(f"/proc/{pid}").exists()]) and time.monotonic() < until:
        time.sleep(0.1)
    assert alive == []
    run_batch([place / "in"], out, reviewed(LOCAL, out))
    assert differences(out, place / "clean") == ()


def extractor(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor", *map(str, arguments)]
    hurried = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    return subprocess.run(command, cwd=ROOT, env=hurried, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_scheduler_that_does_not_answer(place: Path, tmp_path: Path) -> None:
    arguments = ("batch", place / "in", "-o", tmp_path / "out", "--to", "jsonl", "--engine", "dask")
    done = extractor(*arguments, "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 3
    assert "no dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_scheduler_is_for_dask(place: Path, tmp_path: Path) -> None:
    assert call("batch", place / "in", "-o", tmp_path / "x", "--scheduler", "tcp://127.0.0.1:1").code == 2


def test_without_dask_one_line_says_what_to_install(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra) as caught:
        run_batch([place / "in"], tmp_path / "out", DASK)
    assert (str(caught.value), caught.value.hint) == (
        "the engine dask needs an optional part",
        "pip install 'form345-extractor[dask]'",
    )
