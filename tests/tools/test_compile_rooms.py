"""Which rooms are compiled, and what happens where they cannot be."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from tools import compile_rooms


def test_every_room_is_in_one_library_and_exists() -> None:
    rooms = compile_rooms.rooms(compile_rooms.ROOT)
    every = [path for paths in rooms.values() for path in paths]
    assert len(every) == len(set(every))
    assert all((compile_rooms.ROOT / path).is_file() for path in every)
    assert {"extractor/fitting/assemble.py", "extractor/readers/pdf/words.py", "extractor/checks.py"} <= set(every)
    assert not any(path.endswith(("__init__.py", "page.py", "bulk.py", "dom_soup.py")) for path in every)


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package, with tools that count as installed."""
    (tmp_path / "extractor/fitting").mkdir(parents=True)
    (tmp_path / "extractor/fitting/rows.py").write_text("ROWS: int = 1\n")
    monkeypatch.setattr(compile_rooms, "version", lambda _: "1")
    return tmp_path


def test_what_was_compiled_of_the_same_sources_is_taken_again(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[Path] = []

    def compiled(_command: object, cwd: Path, **_: object) -> None:
        runs.append(cwd)
        (cwd / "out").mkdir()
        (cwd / "out" / "rows.so").write_bytes(b"compiled")

    monkeypatch.setattr(subprocess, "run", compiled)
    first, problem = compile_rooms.compile_rooms(sources)
    assert first is not None
    assert not problem
    assert (first / "rows.so").read_bytes() == b"compiled"
    assert compile_rooms.compile_rooms(sources) == (first, "")
    assert len(runs) == 1
    (sources / "extractor/fitting/rows.py").write_text("ROWS: int = 2\n")
    assert compile_rooms.compile_rooms(sources)[0] not in (first, None)
    assert len(runs) == 2


@pytest.mark.parametrize(
    ("output", "errors", "told"),
    [
        ("", "rows.c:1: fatal error: Python.h: none\nerror: gcc failed\n", "rows.c:1: fatal error: Python.h: none"),
        ("rows.py:3: error: no such name\nFound 1 error\n", "", "rows.py:3: error: no such name"),
        ("", "Killed\n", "Killed"),
        ("", "", "the compiler ended with 1"),
    ],
)
def test_a_compiler_that_fails_is_told_by_its_first_error(
    sources: Path, monkeypatch: pytest.MonkeyPatch, output: str, errors: str, told: str
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(1, "mypyc", output=output, stderr=errors)

    monkeypatch.setattr(subprocess, "run", failing)
    assert compile_rooms.compile_rooms(sources) == (None, told)
    assert not list((sources / compile_rooms.KEPT).glob("*"))


def test_without_mypyc_nothing_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise compile_rooms.PackageNotFoundError(name)

    monkeypatch.setattr(compile_rooms, "version", missing)
    assert compile_rooms.compile_rooms(tmp_path) == (None, "mypy is not installed")


def test_no_constant_of_a_room_is_a_bare_tuple_of_floats() -> None:
    """Compiled by mypyc, such a constant counts as never set; declared `tuple[float, ...]`, it does not."""
    for path in (path for paths in compile_rooms.rooms(compile_rooms.ROOT).values() for path in paths):
        for node in ast.parse((compile_rooms.ROOT / path).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Tuple):
                floats = any(
                    isinstance(each, ast.Constant) and isinstance(each.value, float) for each in node.value.elts
                )
                assert not floats or "..." in ast.unparse(node.annotation), f"{path}:{node.lineno}"
