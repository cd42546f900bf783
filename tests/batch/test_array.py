"""Runs divided among jobs: each does its shards, and a last step makes what all of them make together."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.kill import differences
from extractor.batch import Options, run_batch
from extractor.batch.array import finish_array
from extractor.batch.ledger import Ledger, OtherRun, Part
from extractor.batch.lock import OutputBusy
from extractor.errors import SourceUnreadable, WriteError
from tests.batch.command import call
from tests.pages import FORM_4, IN_DOUBT, NO_FORM, form_4

FORMATS = ("jsonl", "tsv", "sqlite")
JOBS = 3
WHOLE = Options(FORMATS, shard_size=2, workers=2, seconds=20.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Nine inputs of nine contents, in five shards of two."""
    place = tmp_path / "in"
    place.mkdir()
    for name, content in {
        "a": FORM_4,
        "b": IN_DOUBT,
        "c": NO_FORM,
        **{symbol: form_4(symbol=symbol) for symbol in ("d", "e", "f", "g", "h", "i")},
    }.items():
        (place / f"{name}.html").write_bytes(content)
    return place


def job(number: int, of: int = JOBS, formats: tuple[str, ...] = FORMATS) -> Options:
    return Options(formats, shard_size=2, seconds=20.0, part=Part(number, of))


def test_the_last_step_makes_what_one_run_makes(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in (2, 0, 1):
        run_batch([folder], out, job(number))
    assert not (out / "filings.sqlite").exists()
    finish_array(out)
    run_batch([folder], tmp_path / "whole", WHOLE)
    ledgers = {f"ledger-{number}-of-{JOBS}.sqlite" for number in range(JOBS)} | {"ledger.sqlite"}
    assert set(differences(out, tmp_path / "whole")) == ledgers
    once = (out / "filings.sqlite").read_bytes()
    finish_array(out)
    assert (out / "filings.sqlite").read_bytes() == once


def test_the_commands(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    formats = ("--to", "sqlite", "--shard-size", "2", "--workers", "1")
    for number in range(2):
        done = call("batch", folder, "-o", out, *formats, "--shard", f"{number}/2")
        assert f"once all 2 jobs are done: extractor finish {out}" in done.err
    (out / "summary.json").unlink()
    done = call("finish", out)
    assert done.code == 6
    assert done.err.startswith("9 inputs: 7 read, 1 in doubt, 1 failed")
    assert json.loads((out / "summary.json").read_text())["failed"] == 1
    with closing(sqlite3.connect(out / "filings.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM SOURCE").fetchone() == (9,)
        assert database.execute("SELECT count(*) FROM SUBMISSION").fetchone() == (8,)


def test_a_retry_of_an_array_makes_the_databases_anew(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in range(JOBS):
        run_batch([folder], out, job(number))
    assert call("retry", out, "-q").code == 6
    assert not (out / "filings.sqlite").exists()
    finish_array(out)
    (folder / "c.html").write_bytes(form_4(symbol="late"))
    assert call("retry", out, "-q", "--error", "NotAnOwnershipForm").code == 0
    with closing(sqlite3.connect(out / "filings.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM SUBMISSION").fetchone() == (9,)


def test_jobs_that_are_missing_are_named(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch([folder], out, job(1))
    with pytest.raises(WriteError, match="jobs 0, 2 of 3 have not run here") as caught:
        finish_array(out)
    assert "--shard 0/3" in caught.value.hint
    with pytest.raises(SourceUnreadable, match="holds no run"):
        finish_array(tmp_path / "nothing")


def test_a_job_that_is_not_done_is_named(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in range(JOBS):
        run_batch([folder], out, job(number))
    with Ledger(out, Part(1, JOBS)) as ledger:
        ledger.reopen(["NotAnOwnershipForm"])
        ledger.note("finished", False)
        ledger.commit()
        with pytest.raises(OutputBusy):
            finish_array(out)
    with pytest.raises(WriteError, match="jobs 1 of 3 are not done"):
        finish_array(out)


def test_jobs_of_different_runs_are_not_put_together(folder: Path, tmp_path: Path) -> None:
    run_batch([folder], tmp_path / "out", job(0, 2))
    run_batch([folder], tmp_path / "out", job(1, 2, ("jsonl",)))
    with pytest.raises(OtherRun, match="job 1 is of another run than job 0"):
        finish_array(tmp_path / "out")
    run_batch([folder], tmp_path / "out", job(0, 3))
    with pytest.raises(OtherRun, match="different sizes"):
        finish_array(tmp_path / "out")
