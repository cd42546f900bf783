"""The same filing as a page and as a print of that page reads as the same filing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import extract
from extractor.writers.json import to_json
from tests.agreement.alike import differences
from tests.corpus.place import ROOT, every

SAMPLES = sorted(path.parent.name for path in (ROOT / "samples").glob("*/filing.html"))
# A page of the corpus, and the print made of it.
PAIRS = (("page.html", "chromium.pdf"), ("site.html", "site.pdf"))

# Least share of filings that read alike, in per cent; the others must say that they are in doubt.
ALIKE = 90


@pytest.mark.skipif(not SAMPLES, reason="no samples")
@pytest.mark.parametrize("sample", SAMPLES)
def test_sample_reads_alike_as_page_and_print(sample: str) -> None:
    folder = ROOT / "samples" / sample
    page = extract(folder / "filing.html").filing
    prints = sorted(folder.glob("filing*.pdf"))
    assert prints, f"{sample} has no print"
    assert {path.name: differences(page, extract(path).filing) for path in prints} == {path.name: [] for path in prints}


@pytest.mark.parametrize(("page", "printed"), PAIRS)
def test_filing_reads_alike_as_page_and_print(page: str, printed: str, corpus: Path) -> None:
    pairs = [path.parent for path in sorted(corpus.glob(f"filings/*/{printed}"))][:: every()]
    unlike: dict[str, list[str]] = {}
    silent: dict[str, list[str]] = {}
    for folder in pairs:
        one, other = extract(folder / page), extract(folder / printed)
        found = differences(one.filing, other.filing)
        if found:
            unlike[folder.name] = found
        if found and not (one.needs_review or other.needs_review):
            silent[folder.name] = found
    assert silent == {}
    assert (len(pairs) - len(unlike)) * 100 >= ALIKE * len(pairs) > 0, unlike


@pytest.mark.parametrize("page", ["page.html", "site.html"])
def test_page_read_twice_gives_the_same_json(page: str, corpus: Path) -> None:
    for path in sorted(corpus.glob(f"filings/*/{page}"))[:: every()]:
        assert to_json(extract(path)) == to_json(extract(path))


@pytest.mark.skipif(not SAMPLES, reason="no samples")
@pytest.mark.parametrize("file", ["filing.html", "filing.pdf"])
def test_sample_read_in_another_process_gives_the_same_json(file: str) -> None:
    # Another process hashes strings otherwise: what depends on the order of a set would show.
    command = [sys.executable, "-m", "extractor", f"samples/{SAMPLES[0]}/{file}", "--quiet"]
    told = {
        subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
