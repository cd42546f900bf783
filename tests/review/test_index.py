"""A folder of reviews: a page each, an index that leads to all, what is in doubt first."""

from __future__ import annotations

import re
from pathlib import Path

from extractor import extract
from extractor.review.index import index_page, write_reviews
from tests.pages import FORM_4, IN_DOUBT, form_4


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def test_every_review_is_in_the_index_and_doubts_stand_first(tmp_path: Path) -> None:
    given = {"plain.html": FORM_4, "doubt.html": IN_DOUBT, "odd name;é.html": form_4(symbol="&lt;b>X")}
    for name, content in given.items():
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out"
    out.mkdir()
    lines = write_reviews((extract(tmp_path / name) for name in given), out, write)
    index = (out / "index.html").read_text("utf-8")
    linked = re.findall(r'<a href="([^"]*)"', index)
    assert sorted(linked) == sorted(line.file for line in lines)
    assert sorted(path.name for path in out.iterdir()) == sorted([*linked, "index.html"])
    assert linked[0].startswith("doubt-")
    assert "3 filings, 2 in doubt" in index  # a tag in a value is one
    assert "<script" not in index
    assert "&lt;b&gt;X" in index


def test_files_of_the_same_name_do_not_take_each_others_place(tmp_path: Path) -> None:
    lines = write_reviews((extract(page) for page in (FORM_4, IN_DOUBT)), tmp_path, write)
    assert len({line.file for line in lines}) == 2


def test_an_empty_index_says_so() -> None:
    assert "0 filings, 0 in doubt" in index_page([])
