"""What docs/clusters.md shows, run as it stands; Ray and Spark are played by what hands batches on."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.kill import differences
from extractor.batch import Options, run_batch
from tests.batch.documents import ROOT
from tests.pages import FORM_4, IN_DOUBT, NO_FORM, form_4

OPTIONS = Options(("jsonl", "tsv", "sqlite"), shard_size=3, workers=2, seconds=20.0)
PAGE = ROOT / "docs" / "clusters.md"


def block(number: int) -> dict[str, Any]:
    """What one of the page's blocks of Python defines."""
    if not PAGE.is_file():
        pytest.skip("no docs/clusters.md here")
    code = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)[number]
    defined: dict[str, Any] = {"__name__": f"block_{number}"}
    exec(compile(code, f"{PAGE.name}, block {number}", "exec"), defined)
    return defined


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    contents = [FORM_4, IN_DOUBT, NO_FORM, form_4(symbol="A"), FORM_4, form_4(symbol="B"), NO_FORM, form_4(symbol="C")]
    for number, content in enumerate(contents):
        (place / f"{number}.html").write_bytes(content)
    return place


@pytest.fixture
def same(folder: Path, tmp_path: Path) -> Callable[[Path], None]:
    """That an output is what one machine makes."""

    def check(out: Path) -> None:
        run_batch([folder], tmp_path / "clean", OPTIONS)
        assert differences(out, tmp_path / "clean") == ()

    return check


def test_any_engine(folder: Path, tmp_path: Path, same: Callable[[Path], None]) -> None:
    block(0)["run"]([str(folder)], tmp_path / "out", OPTIONS)
    same(tmp_path / "out")


def test_ray_data(folder: Path, tmp_path: Path, same: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch) -> None:
    pa = pytest.importorskip("pyarrow")

    class Dataset:
        def __init__(self, rows: list[dict[str, str]]) -> None:
            self.rows = rows

        def map_batches(self, function: Callable[[Any], Any], *, batch_size: int, **how: object) -> Dataset:
            assert how == {"batch_format": "pyarrow", "num_cpus": 1}
            table = pa.Table.from_pylist(self.rows)
            batches = (table.slice(at, batch_size) for at in range(0, len(table), batch_size))
            return Dataset([row for batch in batches for row in function(batch).to_pylist()][::-1])

        def iter_rows(self) -> Iterator[dict[str, str]]:
            return iter(self.rows)

    ray = ModuleType("ray")
    ray.data = ModuleType("ray.data")  # type: ignore[attr-defined]
    ray.data.from_items = lambda rows, override_num_blocks: Dataset(rows)  # type: ignore[attr-defined]  # noqa: ARG005
    monkeypatch.setitem(sys.modules, "ray", ray)
    block(1)["run_on_ray"]([str(folder)], tmp_path / "out", OPTIONS)
    same(tmp_path / "out")


def test_spark(folder: Path, tmp_path: Path, same: Callable[[Path], None]) -> None:
    pd = pytest.importorskip("pandas")

    class Frame:
        def __init__(self, rows: list[dict[str, str]]) -> None:
            self.rows = rows

        def repartition(self, _count: int) -> Frame:
            return self

        def mapInPandas(self, function: Callable[[Any], Iterable[Any]], schema: str) -> Frame:  # noqa: N802  # Spark's
            assert schema == "answer string"
            frames = (pd.DataFrame([row]) for row in self.rows)
            return Frame([row for frame in function(frames) for row in frame.to_dict("records")][::-1])

        def collect(self) -> list[dict[str, str]]:
            return self.rows

    class Spark:
        def createDataFrame(self, rows: list[tuple[str]], schema: str) -> Frame:  # noqa: N802  # Spark's
            assert schema == "unit string"
            return Frame([{"unit": unit} for (unit,) in rows])

    block(2)["run_on_spark"](Spark(), [str(folder)], tmp_path / "out", OPTIONS)
    same(tmp_path / "out")
