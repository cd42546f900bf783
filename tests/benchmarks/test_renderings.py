"""Tests of finding renderings in a corpus folder."""

from __future__ import annotations

from pathlib import Path

from benchmarks.renderings import Rendering, renderings, select


def make(root: Path, *files: str) -> Path:
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return root


def test_renderings_are_pages_and_prints_with_a_filed_xml(tmp_path: Path) -> None:
    corpus = make(
        tmp_path,
        "filings/001-a/ownership.xml",
        "filings/001-a/page.html",
        "filings/001-a/chromium.pdf",
        "filings/001-a/scan200.pdf",
        "filings/002-b/page.html",
        "genuine/html/x.html",
        "genuine/html/x.xml",
        "genuine/html/y.html",
        "genuine/pdf/deep/z.pdf",
        "genuine/pdf/deep/z.xml",
    )
    assert [(each.printing, each.filing) for each in renderings(corpus)] == [
        ("page.html", "001-a"),
        ("chromium.pdf", "001-a"),
        ("genuine/html", "x"),
    ]
    assert renderings(corpus)[2].truth == corpus / "genuine/html/x.xml"


def test_missing_folder_has_no_renderings(tmp_path: Path) -> None:
    assert renderings(tmp_path / "none") == []


def test_sample_takes_every_nth_of_each_printing() -> None:
    found = [
        Rendering(Path(f"{filing}/{name}"), name, str(filing), Path(f"{filing}/ownership.xml"))
        for filing in range(5)
        for name in ("page.html", "site.html")
    ]
    assert [(each.printing, each.filing) for each in select(found, every=2)] == [
        *(("page.html", str(filing)) for filing in (0, 2, 4)),
        *(("site.html", str(filing)) for filing in (0, 2, 4)),
    ]
    assert {each.printing for each in select(found, ["s*"])} == {"site.html"}
    assert select(found, ["none"]) == []
