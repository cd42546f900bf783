"""PDF bytes in; the cell texts of every ruled table out, as camelot's lattice sees them: a further witness.

The only module that imports camelot, the optional extra of that name. Camelot finds rulings in a picture of the page
(drawn by pdfium) and takes the text by a parser of its own, playa. A PDF of 1 KB whose form objects draw each other
ends playa with a segmentation fault, and its process with it: camelot runs in a process of its own.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from extractor.errors import DamagedSource, MissingExtra, TimedOut, WorkerDied
from extractor.readers.pdf.page import read_pages

Texts = list[list[list[str]]]

EXTRA: Final = "camelot"
MAX_PAGES: Final = 40  # looked at, from the first: 7 seen in a filing
MAX_AREA: Final = 1_100_000  # square points of a page that is looked at: letter has 484,704, A3 1,002,432
START: Final = 20.0  # seconds to start in: 0.8 seen, 2 where the processor is shared
SECONDS_A_PAGE: Final = 10.0  # 0.3 to 1.7 seen
MEMORY: Final = 4 * 2**30  # bytes of address space: filings took 1.1 GB, most of it never touched
ANSWER: Final = 64 * 2**20  # bytes that it may write: filings' tables take 30 KB

# One thread each, for each one more reserves address space.
_QUIET: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def is_installed() -> bool:
    """Whether the witness can be asked."""
    return importlib.util.find_spec("camelot") is not None


def table_texts(data: bytes) -> Texts:
    """The ruled tables of a PDF in reading order: tables of rows of cells' texts, lines parted by line feeds.

    A cell that spans slots has its text in one, the others are empty. Pages beyond the limits above, and pages without
    rulings, have no tables; nor has any where this process may not start another one (a batch's workers may not).

    Raises MissingExtra where camelot is not installed, DamagedSource, WorkerDied or TimedOut where it fails, and what
    `page.read_pages` raises.
    """
    if not is_installed():
        raise MissingExtra(EXTRA, "the table witness")
    pages = [page.number for page in read_pages(data)[0][:MAX_PAGES] if page.width * page.height <= MAX_AREA]
    if not pages:
        return []
    try:
        with TemporaryDirectory(prefix="extractor-", ignore_cleanup_errors=True) as folder:
            return _asked(Path(folder), data, pages)
    except subprocess.TimeoutExpired as error:
        raise TimedOut(f"camelot took more than {error.timeout:.0f} s") from error
    except OSError:
        return []


def _asked(folder: Path, data: bytes, pages: list[int]) -> Texts:
    """What camelot answers in a process of its own, which finds its modules where this one does and nowhere else."""
    file, answer = folder / "filing.pdf", folder / "tables.json"
    file.write_bytes(data)
    command = [sys.executable, "-P", "-W", "ignore", "-m", __name__, str(file), str(answer), *map(str, pages)]
    path = os.pathsep.join(str(Path(each).resolve()) for each in sys.path)
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=START + SECONDS_A_PAGE * len(pages),
        env={**os.environ, **_QUIET, "PYTHONPATH": path, "TMPDIR": str(folder), "TEMP": str(folder)},
    )
    if done.returncode < 0:
        raise WorkerDied(f"camelot was ended by signal {-done.returncode}")
    if done.returncode or not answer.exists():
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise DamagedSource(f"camelot gave up: {said[:200] or 'without a word'}")
    texts: Texts = json.loads(answer.read_bytes())
    return texts


def _answer(file: str, answer: str, pages: list[str]) -> None:
    """Writes the tables on `pages` of `file` to `answer`; whatever goes wrong ends this process."""
    import camelot

    found: Any = camelot.read_pdf(file, pages=",".join(pages), flavor="lattice")
    Path(answer).write_text(json.dumps([table.data for table in found]), encoding="utf-8")


def _confine() -> None:
    """Bounds this process, as far as the system can."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, ANSWER), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, hard))


if __name__ == "__main__":
    _confine()
    _answer(sys.argv[1], sys.argv[2], sys.argv[3:])
