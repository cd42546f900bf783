"""Files come in; what whole processes take that read them goes out: processor time from a cold start, and memory.

Processes of their own, started anew: nothing is loaded that this one happened to have loaded already.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from benchmarks import installed

ROOT: Final = Path(__file__).resolve().parent.parent
OURS: Final = "python -m extractor FILE"
PLUMBER: Final = "a script with pdfplumber"
SOUP: Final = "a script with BeautifulSoup"
BARE: Final = "python alone"
# What a script of one's own would be, at its shortest.
_PLUMBER_SCRIPT: Final = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        print(page.extract_tables())
"""
_SOUP_SCRIPT: Final = """
import sys, bs4
with open(sys.argv[1], "rb") as file:
    print(sum(1 for _ in bs4.BeautifulSoup(file.read(), "lxml").descendants))
"""
# Which of these a reading of one kind of file loads is told, so that a stray import is seen.
_HEAVY: Final = ("pdfplumber", "pdfminer", "PIL", "bs4", "lxml", "lxml.html", "rich", "pypdfium2", "numpy", "pandas")
_IMPORTS_SCRIPT: Final = """
import io, json, sys
from pathlib import Path
from extractor.api import extract
from extractor.writers import FORMATS
FORMATS["json"].write(extract(sys.argv[1]))
print(json.dumps([len(sys.modules), [name for name in json.loads(sys.argv[2]) if name in sys.modules]]))
"""
_MEMORY_SCRIPT: Final = """
import json, os, sys
from extractor import ExtractorError, extract
files, count, settled = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
page = os.sysconf("SC_PAGE_SIZE")
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * page
def peak():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))
every, found = max(1, count // 100), []
for number in range(1, count + 1):
    try:
        extract(files[number % len(files)])
    except ExtractorError:
        pass
    if number % every == 0 or number in (settled, count):
        found.append((number, resident()))
print(json.dumps([peak(), found]))
"""
# Documents after which every cache is full and memory should be level.
SETTLED: Final = 1_000


class Cold(NamedTuple):
    """A command's processor seconds from its start to its end, the median of rounds."""

    name: str
    seconds: float


class Memory(NamedTuple):
    """Resident bytes of one process over its documents: the highest ever, and after how many documents how much."""

    peak: int
    points: tuple[tuple[int, int], ...]

    @property
    def growth(self) -> int:
        """Bytes from the first point at which memory should be level to the end."""
        last, bytes_then = self.points[-1]
        settled = min(SETTLED, last // 2)
        start = next(resident for number, resident in self.points if number >= settled)
        return bytes_then - start


def cold(file: Path, rounds: int) -> list[Cold]:
    """Ours, the peer's script for the same kind of file, and a Python that does nothing; in turns.

    subprocess.CalledProcessError where one of them fails.
    """
    name, script = (PLUMBER, _PLUMBER_SCRIPT) if file.suffix == ".pdf" else (SOUP, _SOUP_SCRIPT)
    commands = {OURS: ["-m", "extractor", str(file)], name: ["-c", script, str(file)], BARE: ["-c", "pass"]}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for each in range(rounds + 1):
        for name, arguments in commands.items():
            seconds = _child_seconds(arguments)
            if each:  # the first round only warms the disk's cache and compiles
                taken[name].append(seconds)
    return [Cold(name, median(seconds)) for name, seconds in taken.items()]


def _child_seconds(arguments: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def imports(file: Path) -> tuple[int, tuple[str, ...]]:
    """How many modules one reading has loaded in the end, and which of the heavy ones are among them."""
    count, heavy = json.loads(_run(["-c", _IMPORTS_SCRIPT, str(file), json.dumps(_HEAVY)]))
    return count, tuple(heavy)


def memory(files: Sequence[Path], count: int) -> Memory:
    """What one process holds while it reads `count` documents, `files` over and over. Linux only."""
    arguments = ["-c", _MEMORY_SCRIPT, json.dumps([str(file) for file in files]), str(count), str(SETTLED)]
    peak, points = json.loads(_run(arguments))
    return Memory(peak, tuple((number, resident) for number, resident in points))


def _run(arguments: Sequence[str]) -> bytes:
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment()).stdout


@cache
def environment() -> dict[str, str]:
    """That of this process, but compiled modules are kept, as they are once a package is installed, and kept aside."""
    kept = {name: value for name, value in installed.environment().items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir(), f"extractor-speed-{os.getuid()}"))}
