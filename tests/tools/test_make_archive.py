"""The archive to ask questions of: every page of it is read as it was written, but for what was hurt on purpose."""

from __future__ import annotations

import zipfile
from pathlib import Path

from extractor import extract
from extractor.filing.ownership_xml import from_xml, validate
from extractor.writers.compare import compare
from tools.make_archive import filings, main, pages
from tools.make_samples.facts.model import to_xml

COUNT, SEED = 24, 3


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        assert main([str(tmp_path / name), "--filings", "5", "--seed", "7"]) == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert len(archive.namelist()) == 6


def test_every_filing_is_valid_and_read_as_written_but_for_the_lost_mark() -> None:
    made = [page for name, page in pages(COUNT, SEED) if name != "moved.html"]
    codes, doubted = set(), []
    for facts, page in zip(filings(COUNT, SEED), made, strict=True):
        xml = to_xml(facts)
        assert not validate(xml)
        result = extract(page)
        differences = [each.path for each in compare(result.filing, from_xml(xml))]
        if result.needs_review:
            doubted.append(result.issues[0].code.value)
            assert all(path.endswith("price_per_share") for path in differences)
        else:
            assert differences == []
            assert result.issues == ()
        codes |= {row.transaction_code.value for row in result.filing.non_derivative}
    assert doubted == ["footnote-uncited"]
    assert {"S", "P"} < codes
