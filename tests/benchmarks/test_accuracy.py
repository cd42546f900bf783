"""Tests of the accuracy benchmark as a command, on a corpus made of one sample."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmarks.accuracy import ROOT, main

SAMPLE = ROOT / "samples" / "qualys-2021-sec"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A corpus of two filings: one as it was filed, one whose truth was changed."""
    if not SAMPLE.is_dir():
        pytest.skip(f"no sample {SAMPLE.name}")
    for name in ("001-right", "002-wrong"):
        folder = tmp_path / "filings" / name
        folder.mkdir(parents=True)
        shutil.copy(SAMPLE / "filing.html", folder / "page.html")
        shutil.copy(SAMPLE / "ownership.xml", folder / "ownership.xml")
    changed = tmp_path / "filings" / "002-wrong" / "ownership.xml"
    changed.write_bytes(changed.read_bytes().replace(b"<issuerName>", b"<issuerName>Other "))
    return tmp_path


def test_table_and_json_tell_what_is_exact(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(small), "--json", str(small / "out.json"), "--details"]) == 0
    out = capsys.readouterr().out
    assert "| page.html | 2 | 1 (50 %) | 50 % |" in out
    assert "issuerName: filed 'Other " in out
    told = json.loads((small / "out.json").read_text(encoding="utf-8"))
    assert told["printings"]["page.html"]["exact"] == 1
    assert [each["exact"] for each in told["renderings"]] == [True, False]


def test_missed_bar_ends_with_1(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(small), "--at-least", "page.html=50"]) == 0
    assert main(["--corpus", str(small), "--at-least", "page.html=51", "site.pdf=0"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "page.html: 50.0% exact, 51 % asked for",
        "site.pdf: not measured",
    ]


def test_workers_tell_the_same(small: Path) -> None:
    def told(*options: str) -> list[object]:
        assert main(["--corpus", str(small), "--json", str(small / "out.json"), *options]) == 0
        read = json.loads((small / "out.json").read_text(encoding="utf-8"))["renderings"]
        return [{**each, "cpu_ms": 0} for each in read]

    assert told() == told("--workers", "2")


def test_nothing_to_measure_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_readme_gets_the_tables(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = small / "README.md"
    readme.write_text("a\n<!-- accuracy:begin -->\n<!-- accuracy:end -->\nb\n", encoding="utf-8")
    monkeypatch.setattr("benchmarks.accuracy.README", readme)
    assert main(["--corpus", str(small), "--update-readme"]) == 0
    written = readme.read_text(encoding="utf-8")
    assert written.startswith("a\n<!-- accuracy:begin -->\n| printing |")
    assert written.endswith("<!-- accuracy:end -->\nb\n")


@pytest.mark.parametrize("bar", ["page.html", "=5", "page.html=x", "page.html=101", "page.html=-1"])
def test_bar_that_is_none_is_refused(bar: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--at-least", bar])
    assert refused.value.code == 2
    assert "is not like page.html=98" in capsys.readouterr().err
