"""The notebooks run from a clean kernel, show what their texts say, and are stored without outputs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SECONDS = 120  # for a cell; all of them together take a tenth of it
# What each needs besides the package and the kernel, and what its outputs must say.
NEEDED = {
    "01-one-filing": ("pandas",),
    "02-look-inside": (),
    "03-an-archive": ("duckdb", "matplotlib", "pandas"),
    "04-a-new-printing": (),
}
SAID = {
    "01-one-filing": ("115.0584 | $115.0584 | ('F1',)", "ranging from $115.00 to $115.25", "'no differences'"),
    "02-look-inside": ("note | running-total", "'footnote-uncited', 'footnotes[0]'", "[0].price_per_share"),
    "03-an-archive": ("NotAnOwnershipForm", "no cell cites F2", "49 averages, 49 of them within their range"),
    "04-a-new-printing": ("column-missing", "printing acme", "'no differences from the filed XML'", "column traded_on"),
}
PICTURES = {"01-one-filing": 1, "02-look-inside": 3, "03-an-archive": 3, "04-a-new-printing": 0}


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def texts(notebook: Any) -> str:
    found = [output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in outputs(notebook)]
    html = [output.get("data", {}).get("text/html", "") for output in outputs(notebook)]
    return "\n".join((*found, *html))


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of Jupyter, IPython and matplotlib, and temporary files, that nobody has put anything into."""
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "TMPDIR"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))).rstrip(os.pathsep))
    monkeypatch.delenv("EXTRACTOR_TEMPLATES", raising=False)


def test_every_notebook_is_known() -> None:
    if not NOTEBOOKS:
        pytest.skip("no notebooks here")
    assert {path.stem for path in NOTEBOOKS} == set(NEEDED) == set(SAID) == set(PICTURES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert outputs(notebook) == []
    assert [cell.execution_count for cell in notebook.cells if cell.cell_type == "code" and cell.execution_count] == []


@pytest.mark.usefixtures("clean")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_and_shows_what_it_says(path: Path) -> None:
    for module in NEEDED[path.stem]:
        pytest.importorskip(module)
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    shown = texts(notebook)
    assert [said for said in SAID[path.stem] if said not in shown] == []
    pictures = [output for output in outputs(notebook) if "image/png" in output.get("data", {})]
    assert len(pictures) == PICTURES[path.stem]
