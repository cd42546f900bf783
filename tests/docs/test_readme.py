"""What the README shows is what happens: its commands run, its Python gives what its comments say, its files exist."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.report import BEGIN, END
from extractor import ExitCode

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
SAMPLE = ROOT / "samples" / "qualys-2021-sec"

if not README.is_file():
    pytest.skip("no README.md here", allow_module_level=True)

TEXT = README.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def examples() -> list[str]:
    """The lines of shell blocks that call the command by its name, without their comments."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [line.partition(" #")[0].rstrip() for line in lines if line.startswith("extractor ")]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the files that the examples name."""
    if not SAMPLE.is_dir():
        pytest.skip(f"no sample {SAMPLE.name}")
    for name in ("form4.pdf", "form4.html"):
        shutil.copy((SAMPLE / "filing").with_suffix(Path(name).suffix), tmp_path / name)
    shutil.copy(SAMPLE / "ownership.xml", tmp_path)
    about = {"file": "form4.pdf", "sha256": sha256((tmp_path / "form4.pdf").read_bytes()).hexdigest()}
    kept = {"format": "extractor-corrections", "version": 1, "source": about, "corrections": []}
    (tmp_path / "corrections.json").write_text(json.dumps(kept), encoding="utf-8")
    (tmp_path / "filings").mkdir()
    shutil.copy(SAMPLE / "filing.html", tmp_path / "filings")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.write(SAMPLE / "filing.pdf", "filing.pdf")
    return tmp_path


def run_in(desk: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extractor", *words],
        cwd=desk,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_readme_has_examples() -> None:
    assert len(examples()) >= 5
    assert blocks("python")


@pytest.mark.parametrize("example", examples())
def test_example_runs(example: str, desk: Path) -> None:
    words = []
    for word in shlex.split(example)[1:]:
        words += [path.name for path in desk.glob(word)] if "*" in word else [word]
    if words[0] in ("status", "retry"):  # these look at what a batch wrote
        run_in(desk, ["batch", "filings/", "-o", words[1], "--to", "jsonl"])
    done = run_in(desk, words)
    assert (done.returncode, "Traceback" in done.stderr) == (ExitCode.READ, False), done.stderr
    assert done.stdout or "-o" in words or words[0] in ("compare", "retry")


def test_first_command_reads_the_sample(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.cli import cli

    first = blocks("sh")[0]
    words = shlex.split(first.partition("-m extractor ")[2])
    assert len(words) == 1
    monkeypatch.chdir(ROOT)
    cli.main(words, standalone_mode=False)
    assert '"filing"' in capfd.readouterr().out


def test_second_command_is_the_one_that_ci_runs() -> None:
    assert "python -m pytest" in blocks("sh")[1]
    assert "python -m pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", blocks("python"))
def test_python_gives_what_its_comments_say(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for line in block.splitlines():
        code, _, said = line.partition("  #")
        if not said:
            exec(code, names)
            continue
        value = eval(code, names)
        given = repr(value)[1:-1] if isinstance(value, tuple) and not said.strip().startswith("(") else repr(value)
        # An ellipsis stands for what the README leaves out.
        pattern = ".*".join(re.escape(piece) for piece in re.split(r"…(?:, …)*", said.strip()))
        assert re.fullmatch(pattern, given, re.DOTALL), f"{code.strip()} is {given}"


def test_table_of_exit_codes_is_whole() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", TEXT.partition("| exit code |")[2], re.MULTILINE)}
    # Only a batch ends with this one.
    assert told | {ExitCode.BUSY} == set(ExitCode)


def test_accuracy_table_has_its_place() -> None:
    assert TEXT.index(BEGIN) < TEXT.index(END)


def test_files_that_it_names_exist() -> None:
    named = re.findall(r"`((?:[\w.-]+/)*[\w-]+\.(?:md|toml))`", TEXT)
    assert [name for name in named if not (ROOT / name).exists()] == []
