"""Runs that are killed: the few rounds that a suite has time for; `python -m benchmarks.kill` has all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks.kill import ROOT, differences, killed_parents, killed_workers, make_inputs, undisturbed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills by /proc")

FILES = 60
OPTIONS = (2, 15)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `inputs.zip` and the output of its undisturbed run in `clean`."""
    samples = sorted(ROOT.glob("samples/form*/filing.html"))
    if not samples:
        pytest.skip("no samples")
    folder = tmp_path_factory.mktemp("kills")
    make_inputs(folder / "inputs.zip", FILES, samples)
    undisturbed(folder / "inputs.zip", folder / "clean", *OPTIONS)
    return folder


def test_a_run_whose_parent_is_killed_goes_on_to_the_same_bytes(clean: Path, tmp_path: Path) -> None:
    found = killed_parents(clean / "inputs.zip", tmp_path / "out", OPTIONS, 4, 2.0, os.getpid())
    assert found.kills == 4 or (tmp_path / "out" / "filings.sqlite").exists()
    assert found.orphans == 0
    assert differences(clean / "clean", tmp_path / "out") == ()


def test_a_run_whose_workers_are_killed_has_the_same_bytes(clean: Path, tmp_path: Path) -> None:
    found = killed_workers(clean / "inputs.zip", tmp_path / "out", OPTIONS, 6, 0.15, os.getpid())
    assert found.kills > 0
    assert differences(clean / "clean", tmp_path / "out") == ()


def test_one_worker_and_three_give_the_same_bytes(clean: Path, tmp_path: Path) -> None:
    undisturbed(clean / "inputs.zip", tmp_path / "out", 1, OPTIONS[1])
    undisturbed(clean / "inputs.zip", tmp_path / "three", 3, OPTIONS[1])
    assert differences(clean / "clean", tmp_path / "out") == ()
    assert differences(clean / "clean", tmp_path / "three") == ()


def test_a_difference_is_seen(clean: Path, tmp_path: Path) -> None:
    undisturbed(clean / "inputs.zip", tmp_path / "out", 2, 20)
    assert "jsonl/part-00000.jsonl" in differences(clean / "clean", tmp_path / "out")
