"""Where the corpus lies, and how much of it the tests run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.renderings import corpus_folder

ROOT = Path(__file__).resolve().parents[2]

# Of a printing every so many-th file, unless EXTRACTOR_CORPUS_FULL=1 asks for all.
SAMPLE = 5


def corpus_or_skip() -> Path:
    """The corpus folder; the test that asks for it is skipped where there is none."""
    folder = corpus_folder()
    if not (folder / "filings").is_dir():
        pytest.skip(f"no corpus at {folder}; set EXTRACTOR_CORPUS")
    return folder


def every() -> int:
    """The step of the sample."""
    return 1 if os.environ.get("EXTRACTOR_CORPUS_FULL") == "1" else SAMPLE
