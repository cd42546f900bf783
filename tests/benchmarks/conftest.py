"""Fixtures of the tests that read the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.place import corpus_or_skip


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The corpus folder; the test is skipped where there is none."""
    return corpus_or_skip()
