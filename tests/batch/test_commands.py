from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.kill import ROOT, differences, make_inputs
from extractor.batch import Options, run_batch
from extractor.batch.commands import FORMATS
from extractor.batch.parts import FORMATS as WRITTEN
from tests.batch.command import call
from tests.pages import FORM_4, NO_FORM

RUN = "import sys; from extractor.batch.commands import commands; commands(sys.argv[1:], standalone_mode=False)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    (place / "good.html").write_bytes(FORM_4)
    (place / "letter.html").write_bytes(NO_FORM)
    (place / "bad\x1b[31m.pdf").write_bytes(b"")
    return place


def test_a_batch_ends_with_its_summary(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = call("batch", folder, "-o", out, "--to", "jsonl", "--workers", 1)
    assert done.code == 6
    assert done.out == ""
    assert done.err.splitlines() == [
        "3 inputs: 1 read, 0 in doubt, 2 failed, 0 copies",
        f"  1 DamagedSource: is empty (first: {folder}/bad\ufffd[31m.pdf)",
        f"  1 NotAnOwnershipForm: {_message(out, 'NotAnOwnershipForm')} (first: {folder}/letter.html)",
        f"  look closer: extractor status {out} --error DamagedSource",
        f"  look closer: extractor status {out} --error NotAnOwnershipForm",
    ]


def _message(out: Path, error: str) -> str:
    told = json.loads((out / "summary.json").read_text())
    return next(group["message"] for group in told["failures"] if group["error"] == error)


def test_the_summary_as_a_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert call("batch", folder, "-o", out, "--to", "jsonl", "-q") == (6, "", "")
    told = json.loads((out / "summary.json").read_text())
    assert {key: told[key] for key in ("inputs", "read", "in_doubt", "failed", "duplicate", "pending")} == {
        "inputs": 3,
        "read": 1,
        "in_doubt": 0,
        "failed": 2,
        "duplicate": 0,
        "pending": 0,
    }
    assert told["failures"][0]["look"] == f"extractor status {out} --error DamagedSource"
    assert told["run"]["formats"] == ["jsonl"]


def test_all_read_ends_with_zero(folder: Path, tmp_path: Path) -> None:
    done = call("batch", folder, "-o", tmp_path / "out", "--to", "jsonl", "--include", "g*.html")
    assert done == (0, "", "1 inputs: 1 read, 0 in doubt, 0 failed, 0 copies\n")


def test_lines_of_json(folder: Path, tmp_path: Path) -> None:
    done = call("batch", folder, "-o", tmp_path / "out", "--to", "jsonl", "--log", "json", "-q")
    told = [json.loads(line) for line in done.err.splitlines()]
    assert {(Path(each["uri"]).name, each["status"], each["error"]) for each in told} == {
        ("bad\x1b[31m.pdf", "failed", "DamagedSource"),
        ("good.html", "read", ""),
        ("letter.html", "failed", "NotAnOwnershipForm"),
    }


def test_status_and_retry(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("batch", folder, "-o", out, "--to", "jsonl", "-q")
    assert call("status", out).out.startswith("3 inputs: 1 read, 0 in doubt, 2 failed")
    assert (
        call("status", out, "--error", "DamagedSource").out == f"{folder}/bad\ufffd[31m.pdf: DamagedSource: is empty\n"
    )
    assert len(call("status", out, "--failed").out.splitlines()) == 2
    assert json.loads(call("status", out, "--json").out)["failed"] == 2
    assert call("retry", out, "-q").code == 6
    (folder / "bad\x1b[31m.pdf").write_bytes(FORM_4 + b"<!-- -->")
    assert call("retry", out, "--error", "DamagedSource", "-q").code == 6
    assert json.loads(call("status", out, "--json").out)["read"] == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("status", "none"), 3),
        (("retry", "none"), 3),
        (("batch", "in", "-o", "out", "--shard", "3/3"), 2),
        (("batch", "in", "-o", "out", "--shard", "x"), 2),
        (("batch", "in"), 2),
        (("batch", "in", "-o", "out", "--to", "docx"), 2),
        (("batch", "@none", "-o", "out", "--to", "jsonl"), 3),
        (("batch", "in", "-o", "in/good.html", "--to", "jsonl"), 7),
    ],
)
def test_exit_codes(folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int) -> None:
    monkeypatch.chdir(folder.parent)
    assert call(*arguments).code == code


def test_another_run_in_the_folder(folder: Path, tmp_path: Path) -> None:
    call("batch", folder, "-o", tmp_path / "out", "--to", "jsonl")
    assert call("batch", folder, "-o", tmp_path / "out", "--to", "xml").code == 2


def test_the_formats_are_those_of_the_writers() -> None:
    assert FORMATS == WRITTEN


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_goes_on(tmp_path: Path, number: signal.Signals, folder: Path) -> None:
    source, out = make_inputs(tmp_path / "in.zip", 60, [folder / "good.html"]), tmp_path / "out"
    arguments = ["batch", str(source), "-o", str(out), "--to", "jsonl", "--workers", "1", "--shard-size", "10"]
    # a shell that runs the tests in the background has them ignore SIGINT, and so would their children
    before = signal.signal(number, signal.SIG_DFL)
    try:
        process = subprocess.Popen([sys.executable, "-c", RUN, *arguments], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(number, before)
    while not (out / "jsonl").exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert "the same command goes on" in err
    assert process.returncode != 0
    assert call(*arguments).code == 0
    run_batch([source], tmp_path / "clean", Options(("jsonl",), 10, workers=2))
    assert differences(out, tmp_path / "clean") == ()


def test_a_bar_on_a_terminal(folder: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    arguments = ["batch", str(folder), "-o", str(tmp_path / "out"), "--to", "jsonl", "--workers", "1"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    process = subprocess.Popen([sys.executable, "-c", RUN, *arguments], cwd=ROOT, stderr=theirs, env=environment)
    os.close(theirs)
    seen = b""
    while True:
        try:
            seen += os.read(ours, 4096)
        except OSError:
            break
    process.wait()
    os.close(ours)
    assert b"/3" in seen
    assert b"3 inputs: 1 read" in seen
    assert b"\x1b[31m.pdf" not in seen
