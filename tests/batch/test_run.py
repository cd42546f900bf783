from __future__ import annotations

import fcntl
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.kill import ROOT, differences, make_inputs
from extractor import extract
from extractor.batch import Options, extract_many, retry_batch, run_batch
from extractor.batch.archive import ArchiveLimits
from extractor.batch.ledger import OtherRun, Part
from extractor.batch.lock import OutputBusy
from extractor.batch.walk import STARTS, SUSPECT
from extractor.errors import DamagedSource, SourceUnreadable, WriteError
from tests.batch.jobs import POISON
from tests.pages import FORM_4, IN_DOUBT, NO_FORM, form_4

FORMATS = ("jsonl",)
OPTIONS = Options(FORMATS, shard_size=4, workers=2, seconds=20.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eleven inputs: good ones, a copy, one in doubt, and some that cannot be read."""
    place = tmp_path / "in"
    place.mkdir()
    for name, content in {
        "a-good.html": FORM_4,
        "b-copy.html": FORM_4,
        "c-doubt.html": IN_DOUBT,
        "d-noform.html": NO_FORM,
        "e-noform.html": NO_FORM,
        "f-empty.pdf": b"",
        **{f"g-{symbol}.html": form_4(symbol=symbol) for symbol in ("AA", "BB", "CC", "DD")},
        "h-copy.html": FORM_4,
    }.items():
        (place / name).write_bytes(content)
    return place


def endings(out: Path) -> dict[str, tuple[str, str]]:
    with closing(sqlite3.connect(out / "ledger.sqlite")) as database:
        rows = database.execute("SELECT uri, status, error FROM inputs ORDER BY seq").fetchall()
    return {Path(uri).stem: (status, error) for uri, status, error in rows}


def documents(out: Path) -> list[str]:
    lines = [path.read_text().splitlines() for path in sorted((out / "jsonl").iterdir())]
    return [Path(json.loads(line)["source"]["file"]).stem for part in lines for line in part]


def test_inputs_that_were_begun_and_never_ended_are_read_alone(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch([folder], out, OPTIONS)
    names = [f"g-{symbol}" for symbol in ("AA", "BB", "CC")]
    with closing(sqlite3.connect(out / "ledger.sqlite")) as database, database:
        for name in (*names, "a-good"):
            where = "WHERE uri LIKE ?"
            database.execute(f"UPDATE inputs SET status = NULL, attempts = ? {where}", (SUSPECT, f"%{name}.html"))
        database.execute("DELETE FROM written")
    seen: list[tuple[str, int]] = []

    def watch(event: object) -> None:
        if event is not None:
            with closing(sqlite3.connect(out / "ledger.sqlite")) as database:
                rows = database.execute(
                    "SELECT uri FROM inputs WHERE status IS NULL AND attempts > ?", (SUSPECT,)
                ).fetchall()
            seen.append((event.uri, len(rows)))  # type: ignore[attr-defined]

    run_batch([folder], out, OPTIONS, lambda _: watch)
    assert [Path(uri).stem for uri, _ in seen] == ["a-good", *names]
    assert [count for _, count in seen] == [1, 1, 1, 1]
    assert [endings(out)[name] for name in names] == [("read", "")] * 3


def test_every_input_is_one_record(folder: Path, tmp_path: Path) -> None:
    run_batch([folder], tmp_path / "out", OPTIONS)
    assert endings(tmp_path / "out") == {
        "a-good": ("read", ""),
        "b-copy": ("duplicate", ""),
        "c-doubt": ("in_doubt", ""),
        "d-noform": ("failed", "NotAnOwnershipForm"),
        "e-noform": ("failed", "NotAnOwnershipForm"),
        "f-empty": ("failed", "DamagedSource"),
        **{f"g-{symbol}": ("read", "") for symbol in ("AA", "BB", "CC", "DD")},
        "h-copy": ("duplicate", ""),
    }
    assert documents(tmp_path / "out") == ["a-good", "c-doubt", "g-AA", "g-BB", "g-CC", "g-DD"]
    assert [path.name for path in sorted((tmp_path / "out" / "jsonl").iterdir())] == [
        "part-00000.jsonl",
        "part-00001.jsonl",
        "part-00002.jsonl",
    ]


def test_a_finished_run_is_not_done_again_and_keeps_no_documents(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch([folder], out, OPTIONS)
    before = {path: path.stat().st_mtime_ns for path in (out / "jsonl").iterdir()}
    (folder / "z-later.html").write_bytes(form_4(symbol="ZZ"))
    run_batch([folder], out, OPTIONS)
    assert {path: path.stat().st_mtime_ns for path in (out / "jsonl").iterdir()} == before
    with closing(sqlite3.connect(out / "ledger.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM documents").fetchone() == (0,)


def test_a_run_goes_on_only_with_the_templates_it_began_with(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_batch([folder], tmp_path / "out", OPTIONS)
    (tmp_path / "own" / "printings").mkdir(parents=True)
    (tmp_path / "own" / "printings" / "vendor.toml").write_text('id = "vendor"', encoding="utf-8")
    monkeypatch.setenv("EXTRACTOR_TEMPLATES", str(tmp_path / "own"))
    with pytest.raises(OtherRun, match="templates"):
        run_batch([folder], tmp_path / "out", OPTIONS)
    with pytest.raises(OtherRun, match="templates"):
        retry_batch(tmp_path / "out", ("NotAnOwnershipForm",), OPTIONS)


def test_another_run_is_not_mixed_in(folder: Path, tmp_path: Path) -> None:
    run_batch([folder], tmp_path / "out", OPTIONS)
    with pytest.raises(OtherRun, match="shard_size"):
        run_batch([folder], tmp_path / "out", Options(FORMATS, shard_size=5))
    with pytest.raises(OtherRun, match="sources"):
        run_batch([folder / "a-good.html"], tmp_path / "out", OPTIONS)


def test_poison_costs_only_itself(folder: Path, tmp_path: Path) -> None:
    options = Options(FORMATS, shard_size=4, workers=2, seconds=20.0, job=POISON)
    run_batch([folder], tmp_path / "clean", options)
    hurried = Options(FORMATS, shard_size=4, workers=2, seconds=3.0, memory=300 * 2**20, job=POISON)
    expected = {"segfault": "WorkerDied", "hang": "TimedOut", "eat": "OutOfMemory", "exit 3": "WorkerDied"}
    for index, words in enumerate((*expected, "mistake")):
        (folder / f"g-B{index}.html").write_bytes(f"!{words}\n".encode())
    run_batch([folder], tmp_path / "out", hurried)
    found, clean = endings(tmp_path / "out"), endings(tmp_path / "clean")
    assert {name: found[name] for name in clean} == clean
    assert [found[f"g-B{index}"][1] for index in range(4)] == list(expected.values())
    assert found["g-B4"] == ("failed", "WorkerDied")
    lines = [(tmp_path / name / "jsonl").glob("*") for name in ("clean", "out")]
    assert len({b"".join(path.read_bytes() for path in sorted(paths)) for paths in lines}) == 1


def test_an_input_that_ends_the_whole_run_again_and_again_is_left_alone(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch([folder], out, OPTIONS)
    with closing(sqlite3.connect(out / "ledger.sqlite")) as database, database:
        database.execute("UPDATE inputs SET status = NULL, attempts = ? WHERE uri LIKE '%g-AA.html'", (STARTS,))
    run_batch([folder], out, OPTIONS)
    assert endings(out)["g-AA"] == ("failed", "WorkerDied")
    assert endings(out)["g-BB"] == ("read", "")


def test_two_runs_at_once(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputBusy) as raised:
            run_batch([folder], out, OPTIONS)
        assert raised.value.exit_code == 75
    run_batch([folder], out, OPTIONS)
    assert len(endings(out)) == 11


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(SourceUnreadable, match="no files"):
        run_batch([tmp_path / "in"], tmp_path / "out", OPTIONS)
    (tmp_path / "in" / "a.html").write_bytes(FORM_4)
    run_batch([tmp_path / "in"], tmp_path / "out", OPTIONS)
    assert endings(tmp_path / "out") == {"a": ("read", "")}


def test_jobs_of_an_array_together_do_what_one_run_does(folder: Path, tmp_path: Path) -> None:
    """But for copies, which each job sees only among its own."""
    for name in ("b-copy.html", "h-copy.html", "e-noform.html"):
        (folder / name).unlink()
    run_batch([folder], tmp_path / "whole", OPTIONS)
    for number in range(3):
        part = Options(FORMATS, shard_size=4, seconds=20.0, part=Part(number, 3))
        run_batch([folder], tmp_path / "parts", part)
    assert all("ledger" in name for name in differences(tmp_path / "whole", tmp_path / "parts"))
    assert len(list((tmp_path / "parts").glob("ledger-*-of-3.sqlite"))) == 3


def test_what_failed_is_read_again_and_its_shard_written_anew(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (folder / "f-empty.pdf").write_bytes(b"")
    run_batch([folder], out, OPTIONS)
    (folder / "f-empty.pdf").write_bytes(form_4(symbol="LATE"))
    assert retry_batch(out, ["DamagedSource", "NotAnOwnershipForm"], Options(workers=2)) == 3
    assert endings(out)["f-empty"] == ("read", "")
    assert endings(out)["d-noform"] == ("failed", "NotAnOwnershipForm")
    assert documents(out) == ["a-good", "c-doubt", "f-empty", "g-AA", "g-BB", "g-CC", "g-DD"]
    run_batch([folder], tmp_path / "fresh", OPTIONS)
    assert differences(out, tmp_path / "fresh") == ()


def test_a_full_disk_stops_the_run_and_room_lets_it_go_on(folder: Path, tmp_path: Path) -> None:
    """Files of this process cannot grow beyond a few KB: the system's answer is EFBIG where a full disk's is ENOSPC."""
    code = """
import resource, signal, sys
from pathlib import Path
from extractor.batch import Options, run_batch
from extractor.errors import WriteError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    run_batch([sys.argv[1]], Path(sys.argv[2]), Options(("jsonl",), 4, workers=2, seconds=20.0))
except WriteError as error:
    sys.exit(int(error.exit_code))
"""
    out = tmp_path / "out"
    for room in (1_000, 60_000, 110_000):
        done = subprocess.run(
            [sys.executable, "-c", code, folder, out, str(room)], cwd=ROOT, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (7, "") or room > 60_000
    run_batch([folder], out, OPTIONS)
    run_batch([folder], tmp_path / "clean", OPTIONS)
    assert differences(out, tmp_path / "clean") == ()


def test_a_folder_that_cannot_be_made(folder: Path) -> None:
    with pytest.raises(WriteError):
        run_batch([folder], folder / "a-good.html" / "out", OPTIONS)


def test_a_link_in_the_place_of_the_output_is_not_followed(folder: Path, tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "jsonl").symlink_to(elsewhere)
    with pytest.raises(WriteError, match="link"):
        run_batch([folder], out, OPTIONS)
    assert list(elsewhere.iterdir()) == []


# one by one


def test_many_come_in_their_order_and_say_what_extract_says(folder: Path) -> None:
    outcomes = list(extract_many([folder], workers=2, seconds=20.0))
    assert [Path(each.record.uri).name for each in outcomes] == sorted(path.name for path in folder.iterdir())
    assert outcomes[0].filing == extract(FORM_4).filing
    assert [each.needs_review for each in outcomes[:3]] == [False, False, True]
    assert isinstance(outcomes[5].error, DamagedSource)
    with pytest.raises(DamagedSource):
        _ = outcomes[5].filing


def test_many_are_read_as_they_are_asked_for(folder: Path, tmp_path: Path) -> None:
    source = make_inputs(tmp_path / "in.zip", 200, [folder / "a-good.html"])
    before = open_files()
    outcomes = extract_many([source], workers=2, seconds=20.0)
    assert next(outcomes).record.member.startswith("000000")
    outcomes.close()  # type: ignore[attr-defined]  # it is a generator
    assert open_files() == before


def open_files() -> int:
    """How many files this process has open; 0 where the system does not tell."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir()) if sys.platform == "linux" else 0


def test_limits_reach_the_archives(folder: Path, tmp_path: Path) -> None:
    source = make_inputs(tmp_path / "in.zip", 3, [folder / "a-good.html"])
    run_batch([source], tmp_path / "out", Options(FORMATS, limits=ArchiveLimits(members=2)))
    with closing(sqlite3.connect(tmp_path / "out" / "ledger.sqlite")) as database:
        rows = database.execute("SELECT member, status, error FROM inputs ORDER BY seq").fetchall()
    assert [row[1:] for row in rows] == [("read", ""), ("read", ""), ("failed", "SourceTooLarge")]


def test_parts_are_written_without_pandas(folder: Path, tmp_path: Path) -> None:
    """pyarrow would load it for nothing, in every process that writes."""
    pytest.importorskip("pyarrow")
    run_batch([folder], tmp_path / "ledger", OPTIONS)
    head = {"out": str(tmp_path / "out"), "formats": ["parquet"], "review": None, "shard": 0}
    head["ledger"] = str(tmp_path / "ledger" / "ledger.sqlite")
    code = """if True:
        import json, sys
        from extractor.batch.shard import write_parts
        print(write_parts(json.loads(sys.argv[1]), b"").head, "pandas" in sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", code, json.dumps(head)], capture_output=True, text=True, check=True)
    assert done.stdout == "{'status': 'written'} False\n"


def test_no_process_is_started_where_nothing_is_made_of_all_shards(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.batch.array.Supervisor", None)
    run_batch([folder], tmp_path / "out", OPTIONS)
    with pytest.raises(TypeError):
        run_batch([folder], tmp_path / "databases", replace(OPTIONS, formats=("sqlite",)))
