"""The help of every command shows an example, and every example runs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import click
import pytest

from extractor import ExitCode
from extractor.cli import cli
from tests.cli.called import Call

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "qualys-2021-sec"
CONTEXT = click.Context(cli, info_name="extractor")
NAMES = cli.list_commands(CONTEXT)
# What must have run before: these look at what a batch wrote.
BEFORE = {
    "status": ["batch filings.zip -o data --to jsonl -q"],
    "retry": ["batch filings.zip -o data --to jsonl -q"],
    "finish": [f"batch filings.zip -o data --to sqlite --shard {part}/2 -q" for part in (0, 1)],
}


def examples(name: str) -> list[str]:
    command = cli.get_command(CONTEXT, name)
    assert command is not None
    text = command.get_help(click.Context(command, info_name=name, parent=CONTEXT))
    found = re.findall(r"^ *(?:Example: )?extractor ((?:\S+ )*\S+)", text, re.MULTILINE)
    return [example.strip() for example in found]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with what the examples name."""
    for name in ("form4.pdf", "form4.html"):
        shutil.copy((SAMPLE / "filing").with_suffix(Path(name).suffix), tmp_path / name)
    shutil.copy(SAMPLE / "ownership.xml", tmp_path)
    (tmp_path / "archive").mkdir()
    shutil.copy(SAMPLE / "filing.html", tmp_path / "archive")
    with zipfile.ZipFile(tmp_path / "filings.zip", "w") as archive:
        archive.write(SAMPLE / "filing.html", "filing.html")
    digest = sha256((tmp_path / "form4.pdf").read_bytes()).hexdigest()
    about = {"file": "form4.pdf", "sha256": digest}
    kept = {"format": "extractor-corrections", "version": 1, "source": about, "corrections": []}
    (tmp_path / "corrections.json").write_text(json.dumps(kept), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def words_of(example: str, desk: Path) -> list[str]:
    words: list[str] = []
    for word in shlex.split(example.partition("  ")[0]):
        words += [path.name for path in desk.glob(word)] if "*" in word else [word]
    return words


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_an_example_that_runs(name: str, desk: Path, call: Call) -> None:
    found = examples(name)
    assert found
    if name != "read":  # its examples are those of the whole tool
        assert all(example.split()[0] == name for example in found)
    for before in BEFORE.get(name, ()):
        assert call(*shlex.split(before)).code == ExitCode.READ
    missing = ""
    for example in found:
        done = call(*words_of(example, desk))
        if "needs an optional part" in done.err:
            missing = done.err
            continue
        assert done.code == ExitCode.READ, done.err
    if missing:
        pytest.skip(" ".join(missing.split()))


def test_the_tools_own_help_names_every_command(call: Call) -> None:
    text = call("--help").out
    assert [name for name in NAMES if f"\n  {name} " not in text] == []
