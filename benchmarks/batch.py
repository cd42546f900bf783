"""A corpus comes in; what a batch adds to bare reading, how it scales and what bad files do to it goes out.

    python -m benchmarks.batch speed --corpus DIR --files 20000
    python -m benchmarks.batch hostile --corpus DIR

Everything is made in a temporary folder and removed. How batches stand kills is told by `benchmarks.kill`.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.kill import ROOT, make_inputs
from benchmarks.processes import environment
from extractor.batch.bounds import MIB
from extractor.batch.frames import Frame
from extractor.batch.options import Event, Observer, Options
from extractor.batch.run import run_batch
from extractor.batch.shard import wanted
from extractor.batch.worker import READ, preload, read_document
from extractor.garbage import YOUNG

# One PDF to so many pages: a PDF takes four times as long, and what a batch adds is the same for both.
PAGES_A_PDF: Final = 9
# Documents that bare reading is measured with, and rounds of it.
BARE_DOCUMENTS, BARE_ROUNDS = 200, 3
ANSWER: Final = "benchmarks.batch:answer"
_ANSWERS: Final[list[Frame]] = []
POISON: Final = "tests.batch.jobs:read_or_act"
STAND_INS: Final = {
    "segfault": "WorkerDied",
    "exit 3": "WorkerDied",
    "hang": "TimedOut",
    "sleep 600": "TimedOut",
    "eat": "OutOfMemory",
    "eat-natively": "OutOfMemory",
}
# What a child process does of this module, with its arguments as JSON.
_CHILD: Final = """
import json, sys
sys.path.insert(0, sys.argv[3])
from benchmarks.installed import prefer
prefer()
from benchmarks import batch
print(json.dumps(getattr(batch, sys.argv[1])(*json.loads(sys.argv[2]))))
"""


class Run(NamedTuple):
    """One run: wall seconds, processor seconds of the parent and of all others, and the parent's memory in bytes, half
    way, at the end, and the most of the last half.
    """

    seconds: float
    parent: float
    others: float
    half: int
    end: int
    most: int


class Round(NamedTuple):
    """Milliseconds a file: what one worker and two take by the clock, what the parent, the writers and the packing of
    what was read take of a processor, and what bare reading takes.
    """

    one: float
    two: float
    parent: float
    writing: float
    packing: float
    bare: float

    @property
    def added(self) -> float:
        """What a batch adds to bare reading."""
        return self.parent + self.writing + self.packing

    @property
    def scaling(self) -> float:
        """How many times as fast as one worker two are."""
        return self.one / self.two


class Salted(NamedTuple):
    """A batch among bad files: good files and how many of them came out as ever, bad ones and what each ended in,
    stand-ins that ended otherwise than they must, and the seconds that the bad ones cost of those they may.
    """

    good: int
    same: int
    endings: dict[str, int]
    unexpected: tuple[str, ...]
    lost: float
    allowed: float


def renderings(corpus: Path, pages_alone: bool = False) -> list[Path]:
    """The corpus's pages, with a PDF now and then unless `pages_alone`."""
    pages = sorted([*corpus.glob("filings/*/page.html"), *corpus.glob("filings/*/site.html")])
    prints = sorted(corpus.glob("filings/*/chromium.pdf"))
    found: list[Path] = []
    for index, page in enumerate(pages):
        found.append(page)
        if index % PAGES_A_PDF == 0 and prints and not pages_alone:
            found.append(prints[index // PAGES_A_PDF % len(prints)])
    return found


def measured(source: str, out: str, workers: int, formats: Sequence[str], answered: Sequence[str] = ()) -> Run:
    """A run in this process, which is to be new; what it takes to load modules, 0.3 s once, is left out.

    With `answered`, the files that the source is made of, over and over, its workers read nothing: what each of these
    was read as is made before, and they answer at once with that.
    """
    head = {"name": "page.html", "wanted": list(wanted(formats))}
    _ANSWERS.extend(read_document(head, Path(path).read_bytes()) for path in answered)
    preload()
    before = _processor(resource.RUSAGE_SELF)
    sizes: list[tuple[float, int]] = []
    began = time.monotonic()

    def watch(_event: Event | None) -> None:
        now = time.monotonic() - began
        if not sizes or now > sizes[-1][0] + 0.2:
            sizes.append((now, _resident()))

    def observe(_ledger: object) -> Observer:
        return watch

    options = Options(tuple(formats), workers=workers, seconds=60.0, job=ANSWER if answered else READ)
    run_batch([source], Path(out), options, observe)
    seconds = time.monotonic() - began
    late = [size for at, size in sizes if at > seconds / 2] or [_resident()]
    own, others = (_processor(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Run(seconds, own - before, others, late[0], _resident(), max(late))


def answer(head: Mapping[str, object], _body: bytes) -> Frame:
    """The job of a worker that reads nothing: the answer of the file that the input, by its number, is a copy of."""
    told, packed = _ANSWERS[int(str(head["name"]).rpartition("!")[2].partition("-")[0]) % len(_ANSWERS)]
    return Frame({**told}, packed)


def job_beyond(sources: Sequence[str], formats: Sequence[str]) -> tuple[float, float]:
    """Processor seconds of one `extract`, and how many more a worker's job takes, which packs what was read; for each
    document the least of rounds in turns, in this process, and of all documents the mean. Garbage is looked for as
    seldom as in a worker.
    """
    from extractor import extract

    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    head = {"name": "page.html", "wanted": list(wanted(formats))}
    took = {"bare": 0.0, "job": 0.0}
    for document in [Path(source).read_bytes() for source in sources]:
        least = dict.fromkeys(took, float("inf"))
        for _ in range(BARE_ROUNDS + 1):  # the first round fills caches
            for name, read in (("bare", extract), ("job", lambda data: read_document(head, data))):
                began = time.process_time()
                read(document)
                least[name] = min(least[name], time.process_time() - began)
        for name in took:
            took[name] += least[name] / len(sources)
    return took["bare"], took["job"] - took["bare"]


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _processor(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _apart(name: str, *arguments: object) -> Any:
    """A function of this module in a new process."""
    command = [sys.executable, "-c", _CHILD, name, json.dumps(arguments), str(ROOT)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def speed(samples: Sequence[Path], files: int, rounds: int, formats: Sequence[str], place: Path) -> None:
    """Prints what a batch adds to bare reading and how two workers scale, round by round, and their medians; and what
    memory the parent takes.

    What belongs together is compared inside a round of minutes, and not across runs: a machine's own pace was seen to
    change by a third, and to double, from one minute to the next. What writers take is counted in a run whose workers
    read nothing: how long they read the ledger tells by the clock on the wall, which goes on in waiting.
    """
    source = make_inputs(place / "in.zip", files, samples)
    few = [str(path) for path in samples[:: max(1, len(samples) // BARE_DOCUMENTS)]]
    every = [str(path) for path in samples]
    found = [_round(source, files, few, every, formats, place) for _ in range(rounds)]
    print(
        f"median of {rounds} rounds of {files} files, formats {' '.join(formats) or 'none'}: a batch adds"
        f" {statistics.median(each.added for each in found):.2f} ms a file to the"
        f" {statistics.median(each.bare for each in found):.2f} of bare extract;"
        f" two workers are {statistics.median(each.scaling for each in found):.2f} times as fast as one"
    )


def _round(
    source: Path, files: int, few: Sequence[str], every: Sequence[str], formats: Sequence[str], place: Path
) -> Round:
    one, two = (_run(source, place, workers, formats) for workers in (1, 2))
    answered = _run(source, place, 1, formats, every)
    bare, packing = _apart("job_beyond", few, list(formats))
    each = 1000 / files
    found = Round(
        one.seconds * each, two.seconds * each, one.parent * each, answered.others * each, packing * 1000, bare * 1000
    )
    print(
        f"bare extract {found.bare:.2f} ms a file; added {found.added:.2f}: parent {found.parent:.2f}, writers, pipes"
        f" and starting {found.writing:.2f}, packing what was read {found.packing:.2f}; one worker {found.one:.2f}, two"
        f" {found.two:.2f} ms a file, {found.scaling:.2f} times as fast; the parent's memory with two half way"
        f" {two.half / MIB:.0f}, most after {two.most / MIB:.0f}, at the end {two.end / MIB:.0f} MiB",
        flush=True,
    )
    return found


def _run(source: Path, place: Path, workers: int, formats: Sequence[str], answered: Sequence[str] = ()) -> Run:
    """`measured` in a new process."""
    out = place / "out"
    run = Run(*_apart("measured", str(source), str(out), workers, list(formats), list(answered)))
    shutil.rmtree(out)
    return run


def salted(corpus: Path, place: Path, seconds: float, step: int = 1, workers: int = 2) -> Salted:
    """A batch of good pages with every `step`-th hostile file and stand-ins for what documents make native code do."""
    good, bad = place / "good", place / "mixed"
    for folder in (good, bad):
        folder.mkdir()
    pages = sorted(corpus.glob("filings/*/page.html"))[::step]
    for number, page in enumerate(pages):
        for folder in (good, bad):
            shutil.copyfile(page, folder / f"{number:04d}-{page.parent.name}.html")
    hostile = [path for path in sorted((corpus / "hostile").rglob("*")) if path.is_file() and path.suffix != ".tsv"]
    hostile = hostile[::step]
    for number, path in enumerate(hostile):  # among the good ones, not behind them
        shutil.copyfile(path, bad / f"{number * len(pages) // len(hostile):04d}-~{number}-{path.name}")
    for number, words in enumerate(STAND_INS):
        (bad / f"{number * len(pages) // len(STAND_INS):04d}-!{words.replace(' ', '_')}.html").write_text(f"!{words}\n")
    options = Options(("jsonl",), workers=workers, seconds=seconds, memory=512 * MIB, job=POISON)
    took = []
    for folder in (good, bad):
        began = time.monotonic()
        run_batch([folder], place / f"out-{folder.name}", options)
        took.append(time.monotonic() - began)
    rows = _rows(place / "out-mixed")
    clean, mixed = (_documents(place / f"out-{folder.name}") for folder in (good, bad))
    ended = Counter(f"{status} {error}".strip() for name, status, error in rows if "-~" in name or "-!" in name)
    wrong = [name for name, _, error in rows if "-!" in name and error != STAND_INS[_words(name)]]
    missing = {path.name for path in bad.iterdir()} ^ {name for name, _, _ in rows}
    same = sum(clean[name] == mixed.get(name) for name in clean)
    allowed = seconds * (len(hostile) + len(STAND_INS)) / workers
    return Salted(len(clean), same, dict(ended), (*wrong, *sorted(missing)), took[1] - took[0], allowed)


def _words(name: str) -> str:
    return name.partition("-!")[2].removesuffix(".html").replace("_", " ")


def _rows(out: Path) -> list[tuple[str, str, str]]:
    with contextlib.closing(sqlite3.connect(out / "ledger.sqlite")) as database:
        rows = database.execute("SELECT uri, status, error FROM inputs ORDER BY seq").fetchall()
    return [(Path(uri).name, status, error) for uri, status, error in rows]


def _documents(out: Path) -> dict[str, str]:
    """What was read of each page, by the page's name."""
    found: dict[str, str] = {}
    for part in sorted((out / "jsonl").iterdir()):
        for line in part.read_text("utf-8").splitlines():
            document = json.loads(line)
            name = Path(document["source"]["uri"]).name
            found[name] = json.dumps([document["filing"], document["issues"], document["needs_review"]])
    return found


def hostile(corpus: Path, seconds: float, place: Path) -> None:
    """Prints what all hostile files and stand-ins do to a batch."""
    found = salted(corpus, place, seconds)
    print(f"good files: {found.good}, of them read as without the bad ones: {found.same}")
    for ending, count in sorted(found.endings.items(), key=lambda each: -each[1]):
        print(f"  {count} bad ones: {ending}")
    print(f"not as they must be: {', '.join(found.unexpected) or 'none'}")
    print(f"time lost: {found.lost:.1f} s; limits together: {found.allowed:.1f} s")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("speed", "hostile"))
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=2, help="Rounds, in each of which all files are read.")
    parser.add_argument("--pages", action="store_true", help="No PDFs.")
    parser.add_argument("--to", action="append", help="Formats; parquet, or none.")
    parser.add_argument("--timeout", type=float, default=10.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if given.what == "speed":
            formats = [name for name in given.to or ("parquet",) if name != "none"]
            speed(renderings(given.corpus, given.pages), given.files, given.rounds, formats, Path(place))
        else:
            hostile(given.corpus, given.timeout, Path(place))


if __name__ == "__main__":
    main()
