"""A batch among files made to harm: `python -m benchmarks.batch hostile` has all of them, here is a sample."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.batch import STAND_INS, salted
from extractor import errors
from tests.corpus.place import corpus_or_skip

SECONDS = 2.0


def test_bad_files_cost_only_themselves(tmp_path: Path) -> None:
    step = 1 if os.environ.get("EXTRACTOR_CORPUS_FULL") == "1" else 8
    found = salted(corpus_or_skip(), tmp_path, SECONDS, step)
    assert found.good > 10
    assert found.same == found.good
    assert found.unexpected == ()
    assert found.lost <= found.allowed
    assert sum(found.endings.values()) > 20 + len(STAND_INS)
    kinds = {ending.partition(" ")[2] for ending in found.endings if ending.startswith("failed")}
    assert all(issubclass(getattr(errors, kind), errors.ExtractorError) for kind in kinds)
    assert set(STAND_INS.values()) <= kinds
