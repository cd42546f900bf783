"""A batch is killed again and again and goes on each time; whether its output is that of an undisturbed run comes out.

    python -m benchmarks.kill --rounds 50 --files 2000

The parent is killed in `rounds` random moments, then, in another run, twice as many workers are.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks import installed
from extractor.batch.options import Options
from extractor.batch.review import Review
from extractor.batch.run import run_batch

ROOT: Final = Path(__file__).parents[1]
FORMATS: Final = ("jsonl", "xml", "tsv", "sqlite")
# The folder for review pages, in the output's: every filing has one.
REVIEW: Final = "review"
# Run by the killed process: sources, folder, workers, shard size, formats, folder for review pages.
_RUN: Final = """
import sys
from dataclasses import replace
from pathlib import Path
from extractor.batch.options import Options
from extractor.batch.review import Review
from extractor.batch.run import run_batch
source, out, workers, size, formats, review = sys.argv[1:]
options = Options(tuple(formats.split(",")), int(size), workers=int(workers), seconds=60.0)
run_batch([source], Path(out), replace(options, review=Review(Path(review), "all")))
"""
# Seconds after which no process of a killed run may be left.
ORPHANED: Final = 1.0


class Kills(NamedTuple):
    """What a disturbed run came to: how often it was killed, and how many processes outlived their parent."""

    kills: int
    orphans: int


def make_inputs(target: Path, count: int, samples: Sequence[Path] | None = None) -> Path:
    """A zip of `count` filings: the samples' pages and prints, over and over, each with bytes of its own."""
    found = samples or sorted(ROOT.glob("samples/*/filing.html")) + sorted(ROOT.glob("samples/*/filing.pdf"))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            sample = found[number % len(found)]
            behind = f"<!-- {number} -->" if sample.suffix == ".html" else f"% {number}"
            member = zipfile.ZipInfo(f"{number:06d}-{sample.parent.name}{sample.suffix}")
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, sample.read_bytes() + f"\n{behind}\n".encode())
    return target


def undisturbed(source: Path, out: Path, workers: int, size: int, formats: Sequence[str] = FORMATS) -> float:
    """The run that nothing befalls; its seconds."""
    began = time.monotonic()
    review = Review(out / REVIEW, "all")
    run_batch([source], out, Options(tuple(formats), size, review=review, workers=workers, seconds=60.0))
    return time.monotonic() - began


def killed_parents(source: Path, out: Path, options: tuple[int, int], rounds: int, within: float, seed: int) -> Kills:
    """The run, its parent killed `rounds` times, each within so many seconds; `options`: workers and shard size."""
    chance, kills, orphans = random.Random(seed), 0, 0
    while True:
        process = _start(source, out, *options)
        try:
            code = process.wait(chance.uniform(0.05, within) if kills < rounds else None)
        except subprocess.TimeoutExpired:
            family = _children(process.pid)
            process.kill()
            process.wait()
            kills += 1
            orphans += _outliving(family)
            continue
        if code:
            raise RuntimeError(f"the run ended with code {code}")
        return Kills(kills, orphans)


def killed_workers(source: Path, out: Path, options: tuple[int, int], rounds: int, every: float, seed: int) -> Kills:
    """The run, a worker or writer of it killed about every `every` seconds, up to `rounds` times."""
    chance, kills = random.Random(seed), 0
    process = _start(source, out, *options)
    while True:
        try:
            code = process.wait(chance.uniform(0, 2 * every))
        except subprocess.TimeoutExpired:
            family = _children(process.pid)
            if family and kills < rounds:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(family), signal.SIGKILL)
                    kills += 1
            continue
        if code:
            raise RuntimeError(f"the run ended with code {code}")
        return Kills(kills, 0)


def differences(out: Path, other: Path) -> tuple[str, ...]:
    """Files whose bytes differ, databases whose rows do, and ledgers that tell otherwise how inputs ended."""
    left, right = _content(out), _content(other)
    return tuple(sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name)))


def _content(out: Path) -> dict[str, object]:
    kept: dict[str, object] = {}
    for path in out.rglob("*"):
        name = str(path.relative_to(out))
        if path.is_dir() or name.startswith((".lock", "summary.json")) or ".sqlite-" in name:
            continue
        kept[name] = _READ.get(path.suffix, Path.read_bytes)(path)
    return kept


def _rows(path: Path) -> list[str]:
    """A database as SQL; of a ledger, what it says of the inputs and has left over."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        if not path.name.startswith("ledger"):
            return list(database.iterdump())
        query = (
            "SELECT seq, uri, member, sha256, size, status, error, message, template, issues FROM inputs ORDER BY seq"
        )
        left = database.execute("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM pages)").fetchone()
        return [*map(repr, database.execute(query)), *map(repr, database.execute("SELECT * FROM written")), repr(left)]


def _duck_rows(path: Path) -> list[str]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as database:
        names = sorted(row[0] for row in database.execute("SELECT table_name FROM duckdb_tables()").fetchall())
        return [f"{name}{row}" for name in names for row in database.execute(f"FROM {name}").fetchall()]


_READ: Final[dict[str, Callable[[Path], object]]] = {".sqlite": _rows, ".duckdb": _duck_rows}


def _start(source: Path, out: Path, workers: int, size: int) -> subprocess.Popen[bytes]:
    told = (source, out, workers, size, ",".join(FORMATS), out / REVIEW)
    return subprocess.Popen([sys.executable, "-c", _RUN, *map(str, told)], cwd=ROOT, env=installed.environment())


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _outliving(family: list[int]) -> int:
    """How many of these processes still run a second after their parent's death."""
    until = time.monotonic() + ORPHANED
    while (left := [pid for pid in family if _runs(pid)]) and time.monotonic() < until:
        time.sleep(0.01)
    return len(left)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shard-size", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = make_inputs(folder / "inputs.zip", given.files)
        options = (given.workers, given.shard_size)
        seconds = undisturbed(source, folder / "clean", *options)
        print(f"undisturbed: {given.files} files in {seconds:.1f} s", flush=True)
        within = max(2.0, 2 * seconds / given.rounds)  # so that the run outlives its kills
        how = killed_parents(source, folder / "parents", options, given.rounds, within, given.seed)
        _tell("parents", how, differences(folder / "clean", folder / "parents"))
        every = seconds / given.rounds / 2
        how = killed_workers(source, folder / "workers", options, 2 * given.rounds, every, given.seed)
        _tell("workers", how, differences(folder / "clean", folder / "workers"))


def _tell(name: str, how: Kills, found: tuple[str, ...]) -> None:
    print(f"{name}: {how.kills} kills, {how.orphans} orphans, differences: {', '.join(found) or 'none'}", flush=True)


if __name__ == "__main__":
    main()
