"""Exit codes: one for every way in which a call can end, in this process and as a program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import cli
from extractor.errors import ExitCode, WriteError
from tests.cli.called import Call, names
from tests.pages import FORM_4, IN_DOUBT

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["empty.pdf", "missing.pdf", "."])
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_ends_with_3(call: Call, name: str) -> None:
    done = call(name)
    assert (done.code, done.out) == (ExitCode.NOT_READABLE, "")
    assert done.err.startswith(f"extractor: {name}: ")


@pytest.mark.usefixtures("folder")
def test_what_is_no_form_ends_with_4(call: Call) -> None:
    done = call("noform.html")
    assert (done.code, done.out) == (ExitCode.NOT_A_FORM, "")
    assert done.err.startswith("extractor: noform.html: only ")


@pytest.mark.usefixtures("folder")
def test_an_error_is_told_with_its_hint(call: Call) -> None:
    assert call("missing.pdf").err == (
        "extractor: missing.pdf: no such file or directory\n  check the path and its permissions\n"
    )


@pytest.mark.usefixtures("folder")
def test_some_files_that_fail_end_with_6_and_the_others_are_written(call: Call) -> None:
    done = call("empty.pdf", "good.html", "noform.html")
    assert done.code == ExitCode.SOME_FAILED == 6
    assert json.loads(done.out)["needs_review"] is False
    assert "empty.pdf: is empty" in done.err
    assert "noform.html: only" in done.err


def test_files_that_all_fail_end_with_6_and_nothing_is_written(call: Call, folder: Path) -> None:
    done = call("empty.pdf", "missing.pdf", "-o", "out.json")
    assert (done.code, done.out) == (ExitCode.SOME_FAILED, "")
    assert "out.json" not in names(folder)


@pytest.mark.usefixtures("folder")
def test_a_failure_goes_before_a_doubt(call: Call) -> None:
    assert call("doubt.html", "empty.pdf", "--strict").code == ExitCode.SOME_FAILED


@pytest.mark.parametrize("output", ["good.html/out.json", "good.html/", "taken/good.json/"])
def test_an_output_below_a_file_ends_with_7(call: Call, folder: Path, output: str) -> None:
    (folder / "taken").mkdir()
    (folder / "taken" / "good.json").touch()
    done = call("good.html", "-o", output)
    assert (done.code, done.out) == (ExitCode.NOT_WRITTEN, "")
    assert "check the path, its permissions and the free space" in done.err
    assert (folder / "good.html").read_bytes() == FORM_4


def test_a_folder_in_the_way_of_the_output_ends_with_7_and_leaves_nothing_behind(call: Call, folder: Path) -> None:
    (folder / "out" / "good.json").mkdir(parents=True)
    assert call("good.html", "-o", "out/").code == ExitCode.NOT_WRITTEN == 7
    assert names(folder / "out") == ["good.json"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission_ends_with_7(call: Call, folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o500)
    assert call("good.html", "-o", "closed/").code == ExitCode.NOT_WRITTEN


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli.os, "fsync", full)
    with pytest.raises(WriteError, match="No space left on device") as caught:
        cli.write_file(target, b"new")
    assert caught.value.source == str(target)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["out.json"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("good.html", "--to", "pdf"),
        ("good.html", "--colour"),
        ("good.html", "-o"),
        ("read",),
        ("layout",),
        ("compare", "good.html"),
        ("explain", "no-such-code"),
    ],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)
@pytest.mark.usefixtures("folder")
def test_a_wrong_call_ends_with_2(call: Call, arguments: tuple[str, ...]) -> None:
    done = call(*arguments)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err


def test_an_interruption_ends_with_130(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("extractor.api.extract", interrupted)
    done = call("good.html")
    assert (done.code, done.out) == (ExitCode.INTERRUPTED, "")
    assert done.err.strip() == "interrupted"


# As a program


def program(*arguments: str, cwd: Path, **streams: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "extractor", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=cwd, env=environment, stderr=subprocess.PIPE, **streams)  # type: ignore[call-overload,no-any-return]


def test_the_program_reads_standard_input_and_ends_with_its_code(folder: Path) -> None:
    with program("-", "--strict", cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        out, err = process.communicate(IN_DOUBT)
    assert process.returncode == ExitCode.IN_DOUBT
    assert json.loads(out)["needs_review"] is True
    assert b"<stdin>" in err or b"-: 1 in doubt" in err


def test_a_reader_that_has_seen_enough_is_no_error(folder: Path) -> None:
    with program(*["good.html"] * 4, "--to", "jsonl", cwd=folder, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
    assert (process.returncode, err) == (ExitCode.READ, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_device_ends_with_7(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full, program("good.html", cwd=folder, stdout=full) as process:
        assert process.stderr is not None
        err = process.stderr.read()
    assert process.returncode == ExitCode.NOT_WRITTEN
    assert err.startswith(b"extractor: standard output: No space left on device")
    assert b"Traceback" not in err
