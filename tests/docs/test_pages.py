"""Every block of the documentation runs: shell by bash, Python with the values its comments say, TOML as templates."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractor.errors import ExitCode, MissingExtra
from extractor.templates import Printing
from tests.docs.blocks import ROOT, Block, blocks_of, furnish, run_python, run_shell, shown

PAGES = sorted((ROOT / "docs").glob("*.md"))
LANGUAGES = {"python", "sh", "text", "sql", "toml"}
# Blocks that end otherwise, by how they begin: these say in their page that some input fails.
ENDINGS = {"extractor batch filings/": ExitCode.SOME_FAILED, "extractor retry": ExitCode.SOME_FAILED}

pytestmark = pytest.mark.skipif(not PAGES, reason="no docs here")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with what the pages name."""
    furnish(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_block_runs_in_its_turn(path: Path, desk: Path) -> None:
    names: dict[str, object] = {"__name__": "page"}
    output: str | None = None
    for block in blocks_of(path.read_text(encoding="utf-8")):
        where = f"{path.name}, line {block.line}"
        assert block.language in LANGUAGES, where
        said, output = output if block.follows else None, None
        if block.mark:
            check_mark(block, where)
        elif block.language == "sh":
            done = run_shell(block.code, desk)
            wanted = next((code for start, code in ENDINGS.items() if block.code.startswith(start)), ExitCode.READ)
            assert (done.returncode, "Traceback" in done.stderr) == (wanted, False), f"{where}: {done.stderr}"
            output = done.stdout
        elif block.language == "python":
            try:
                run_python(block.code, names)
            except MissingExtra as error:
                pytest.skip(f"{where} needs the extra {error.extra}")
        elif block.language == "text" and said is not None:
            assert shown(said, block.code), f"{where}: {said}"
        elif block.language == "toml":
            Printing.model_validate(tomllib.loads(block.code))
        elif block.language == "sql":
            run_sql(block.code, desk)


def check_mark(block: Block, where: str) -> None:
    """A block that is not run here says why, or names the test that runs it."""
    if block.mark == "run by":
        assert (ROOT / block.why).is_file(), where
    else:
        assert len(block.why.split()) > 3, where


def run_sql(code: str, desk: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(desk / "out" / "filings.sqlite")) as database:
        assert database.execute(code).fetchall()


def test_a_wrong_comment_is_found() -> None:
    run_python("a = 1\na  # 1\n(a, 'xyz')  # 1, 'x…'\n", {})
    with pytest.raises(AssertionError, match="gives 2"):
        run_python("a = 2\na  # 1\n", {})
    with pytest.raises(AssertionError, match="gives"):
        run_python("(1, 2)  # (2, …)", {})
