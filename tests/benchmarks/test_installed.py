"""What is measured: the installed package as long as it is of the checkout's state."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import installed


class _Distribution:
    def __init__(self, place: Path) -> None:
        self.place = place

    def locate_file(self, path: str) -> Path:
        return self.place / path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout and an installation of it, in folders of these names."""
    for name in ("checkout", "site"):
        package = tmp_path / name / "extractor" / "fitting"
        package.mkdir(parents=True)
        (package / "tables.py").write_text("ROWS = 1\n")
    monkeypatch.setattr(installed, "ROOT", tmp_path / "checkout")
    monkeypatch.setattr(installed, "distribution", lambda _: _Distribution(tmp_path / "site"))
    monkeypatch.delenv(installed.PURE, raising=False)
    installed.folder.cache_clear()
    yield tmp_path
    installed.folder.cache_clear()


def test_an_installation_of_the_same_sources_is_measured(place: Path) -> None:
    (place / "site/extractor/fitting/tables.so").write_bytes(b"")
    assert installed.folder() == place / "site"
    assert installed.environment()["PYTHONSAFEPATH"] == "1"


def test_a_changed_checkout_is_measured_itself(place: Path) -> None:
    (place / "checkout/extractor/fitting/tables.py").write_text("ROWS = 2\n")
    assert installed.folder() == place / "checkout"


def test_sources_are_measured_where_they_are_asked_for(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(installed.PURE, "1")
    assert installed.folder() == place / "checkout"


def test_a_program_finds_what_is_to_be_measured(tmp_path: Path) -> None:
    """While a module of `benchmarks` is started as a program, `sys.argv` begins like that."""
    code = "import sys; sys.argv = ['-m']; import benchmarks; print(sys.path[0])"
    environment = {**os.environ, installed.PURE: "1", "PYTHONPATH": str(installed.ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert done.stdout.strip() == str(installed.ROOT)
