"""Pages of Markdown in, their fenced blocks out; and ways to run them: shell as it stands, Python line by line."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
_FENCE = re.compile(
    r"(?:^<!-- (?P<mark>not run|run by): (?P<why>[^\n]+?) -->\n)?^```(?P<language>\w*)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
SECONDS = 120  # for a block; each takes a few


class Block(NamedTuple):
    """A fenced block: its language, its text, the line it begins on.

    `mark` says that it is run elsewhere or not, `follows` that nothing stands between it and the block before.
    """

    language: str
    code: str
    line: int
    mark: str
    why: str
    follows: bool


def blocks_of(text: str) -> list[Block]:
    """All of a page, in order."""
    blocks, end = [], 0
    for found in _FENCE.finditer(text):
        line, mark = text.count("\n", 0, found.start()) + 1, found["mark"] or ""
        follows = bool(blocks) and not text[end : found.start()].strip()
        blocks.append(Block(found["language"], found["code"], line, mark, found["why"] or "", follows))
        end = found.end()
    return blocks


def furnish(desk: Path) -> None:
    """Put what the pages name into an empty folder, and a command `extractor` into its `bin`."""
    qualys = SAMPLES / "qualys-2021-sec"
    for name in ("form4.pdf", "form4.html"):
        shutil.copy((qualys / "filing").with_suffix(Path(name).suffix), desk / name)
    shutil.copy(qualys / "ownership.xml", desk)
    shutil.copy(SAMPLES / "joint-many-rows" / "filing.pdf", desk / "joint.pdf")
    (desk / "samples").symlink_to(SAMPLES, target_is_directory=True)
    (desk / "filings").mkdir()
    for name in ("qualys-2021-sec", "form5-annual"):
        shutil.copy(SAMPLES / name / "filing.html", desk / "filings" / f"{name}.html")
    (desk / "filings" / "moved.html").write_text("<html><body><p>This page has moved.</p></body></html>")
    with zipfile.ZipFile(desk / "more.zip", "w") as archive:
        archive.write(SAMPLES / "qualys-2021-online" / "filing.html", "filing.html")
    (desk / "bin").mkdir()
    command = desk / "bin" / "extractor"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m extractor "$@"\n')
    command.chmod(0o755)


def run_shell(code: str, desk: Path) -> subprocess.CompletedProcess[str]:
    """What bash makes of a block."""
    path = os.pathsep.join((str(desk / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]))
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code],
        cwd=desk,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def run_python(code: str, names: dict[str, object]) -> None:
    """Run a block statement by statement; where a comment stands behind an expression, it is what that must give.

    An ellipsis in the comment stands for what is left out.
    """
    lines = code.splitlines()
    for statement in ast.parse(code).body:
        text = "\n".join(lines[statement.lineno - 1 : statement.end_lineno])
        _, _, said = lines[(statement.end_lineno or 1) - 1][statement.end_col_offset :].partition("  # ")
        if isinstance(statement, ast.Expr) and said:
            value = eval(text.rpartition("  # ")[0], names)
            assert fits(value, said), f"{text}\ngives {value!r}"
        else:
            exec(text, names)


def fits(value: object, said: str) -> bool:
    """Whether a value is what a comment says of it; a tuple may go without its parentheses."""
    given = [repr(value), repr(value)[1:-1]] if isinstance(value, tuple) else [repr(value)]
    return any(re.fullmatch(_pattern(said), each, re.DOTALL) for each in given)


def shown(output: str, said: str) -> bool:
    """Whether an output is what a page shows of it, with ellipses for what it leaves out."""
    return re.fullmatch(_pattern(said.strip()), output.strip(), re.DOTALL) is not None


def _pattern(said: str) -> str:
    return ".*".join(re.escape(piece) for piece in re.split(r"…(?:, …)*", said.strip()))
