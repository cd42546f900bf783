"""The public names: what `from extractor import …` offers, and that it offers it without loading the engines."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import extractor
from extractor.version import __version__

ROOT = Path(__file__).parents[1]

PACKAGES = ["extractor", "extractor.layout", "extractor.filing", "extractor.fitting", "extractor.templates"]
PACKAGES += ["extractor.writers", "extractor.rows"]


def test_the_public_names() -> None:
    assert set(extractor.__all__) == {
        "Code",
        "ExitCode",
        "Extraction",
        "ExtractorError",
        "Issue",
        "Severity",
        "__version__",
        "extract",
        "read",
    }


@pytest.mark.parametrize("name", PACKAGES)
def test_every_public_name_is_there_and_in_order(name: str) -> None:
    module = importlib.import_module(name)
    assert all(hasattr(module, each) for each in module.__all__)
    assert len(set(module.__all__)) == len(module.__all__)


@pytest.mark.parametrize("name", sorted(set(extractor.__all__) - {"__version__"}))
def test_every_public_name_is_explained(name: str) -> None:
    assert getattr(extractor, name).__doc__


def test_the_version_is_that_of_the_metadata() -> None:
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert extractor.__version__ == __version__ == metadata["project"]["version"]


def test_the_package_is_typed() -> None:
    assert (ROOT / "extractor" / "py.typed").exists()


def test_importing_loads_no_engine() -> None:
    """A batch starts many processes; an engine is loaded by the reader that needs it."""
    code = "import sys, extractor; print(*sorted(name for name in sys.modules if '.' not in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.split())
    assert "extractor" in loaded
    assert not loaded & {"pypdfium2", "pdfplumber", "lxml", "bs4", "click", "rich"}
