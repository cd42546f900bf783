"""A batch's review pages and their index: every input is told, what is in doubt first, whatever befalls the run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from benchmarks.kill import differences
from extractor import extract
from extractor.batch import Options, run_batch
from extractor.batch import parts_review as parts
from extractor.batch.array import finish_array
from extractor.batch.frames import Frame
from extractor.batch.ledger import OtherRun, Part
from extractor.batch.review import LARGEST_PACKED, Review, What, page_of, parted, unpacked
from extractor.batch.worker import read_document
from extractor.errors import WriteError
from extractor.review.page import review_page
from tests.batch.command import call
from tests.batch.jobs import act
from tests.pages import FORM_4, IN_DOUBT, NO_FORM, form_4

PAGES = {"a-good": FORM_4, "b-copy": FORM_4, "c-doubt": IN_DOUBT, "d-copy": IN_DOUBT, "e-no": NO_FORM}
BURDENED = f"{__name__}:read_or_break"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven inputs, in shards of two: some good, copies of a good one and of one in doubt, one that is no form."""
    place = tmp_path / "in"
    place.mkdir()
    for name, content in {**PAGES, "f": form_4(symbol="FF"), "g": form_4(symbol="G&amp;G")}.items():
        (place / f"{name}.html").write_bytes(content)
    return place


def options(out: Path, what: What = "doubt", **more: object) -> Options:
    base = Options(("jsonl",), shard_size=2, workers=2, seconds=20.0, review=Review(out / "review", what))
    return replace(base, **more)  # type: ignore[arg-type]


def rows(index: Path) -> list[tuple[str, str, str]]:
    """Of each row of an index: the file's stem, the verdict, and the page that it leads to."""
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", index.read_text("utf-8").partition("<tbody>")[2]):
        cells = re.findall(r"<td>(.*?)</td>", row)
        link = re.match(r'<a href="([^"]*)"', cells[0])
        found.append((Path(cells[4]).stem, re.sub("<[^>]*>", "", cells[3]), link[1] if link else ""))
    return found


def test_every_input_is_told_and_what_is_in_doubt_has_a_page(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch([folder], out, options(out))
    told = rows(out / "review" / "index.html")
    assert [name for name, _, _ in told] == ["c-doubt", "d-copy", "e-no", "a-good", "b-copy", "f", "g"]
    verdicts = [verdict for _, verdict, _ in told]
    assert verdicts[:5] == ["1 in doubt", "1 in doubt, a copy", "NotAnOwnershipForm", "no doubt", "no doubt, a copy"]
    page = told[0][2]
    assert re.fullmatch(r"[0-9a-f]{16}-c-doubt\.html", page)
    assert [link for _, _, link in told] == [page, page, "", "", "", "", ""]
    assert sorted(path.name for path in (out / "review").iterdir()) == sorted([page, "index.html"])
    index = (out / "review" / "index.html").read_text("utf-8")
    assert "7 inputs: 1 in doubt, 3 without doubt, 1 failed, 2 copies" in index
    assert "No template&#39;s captions stand on the page." in index.replace("&#x27;", "&#39;").replace("'", "&#39;")
    assert "G&amp;G" in index
    assert "G&G" not in index


def test_all_that_was_read_has_the_page_that_the_review_command_makes(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch([folder], out, options(out, "all"))
    told = {name: link for name, _, link in rows(out / "review" / "index.html")}
    assert told["b-copy"] == told["a-good"]
    assert len({link for link in told.values() if link}) == 4
    for name in ("a-good", "c-doubt", "f", "g"):
        made = (out / "review" / told[name]).read_text("utf-8")
        assert made == review_page(extract(folder / f"{name}.html"))


def test_the_data_is_the_same_with_and_without_pages(folder: Path, tmp_path: Path) -> None:
    out, without = tmp_path / "out", tmp_path / "without"
    run_batch([folder], out, options(out, "all"))
    run_batch([folder], without, replace(options(out), review=None))
    beside = [name for name in differences(out, without) if not name.startswith(("review/", "rows/REVIEW/"))]
    assert beside == []
    assert not (without / "rows").exists()


def test_jobs_of_an_array_and_their_finish_make_what_one_run_makes(folder: Path, tmp_path: Path) -> None:
    for name in ("b-copy", "d-copy"):  # each job sees copies only among its own
        (folder / f"{name}.html").unlink()
    whole, out = tmp_path / "whole", tmp_path / "out"
    run_batch([folder], whole, options(whole, "all"))
    for number in (1, 0):
        run_batch([folder], out, options(out, "all", part=Part(number, 2)))
    assert not (out / "review" / "index.html").exists()
    finish_array(out)
    assert all("ledger" in name for name in differences(whole, out))


def test_a_retry_renews_pages_and_index(folder: Path, tmp_path: Path) -> None:
    for jobs in (1, 2):
        out = tmp_path / f"out-{jobs}"
        (folder / "e-no.html").write_bytes(NO_FORM)
        for number in range(jobs):
            run_batch([folder], out, options(out, part=Part(number, jobs)))
        if jobs > 1:
            finish_array(out)
        (folder / "e-no.html").write_bytes(form_4(price="$1.2.3"))
        assert call("retry", out, "-q", "--error", "NotAnOwnershipForm").code == 0
        told = {name: (verdict, link) for name, verdict, link in rows(out / "review" / "index.html")}
        assert told["e-no"][0] == "1 in doubt"
        assert (out / "review" / told["e-no"][1]).is_file()


def test_a_run_of_another_review_is_refused(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch([folder], out, options(out))
    for other in (options(out, "all"), options(tmp_path), replace(options(out), review=None)):
        with pytest.raises(OtherRun, match="review"):
            run_batch([folder], out, other)


def test_the_index_is_parted_and_older_parts_are_taken_away(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run_batch([folder], out, options(out))
    review = Review(out / "review")
    whole = rows(review.folder / "index.html")
    for size, names in ((3, ["index.html", "index-2.html", "index-3.html"]), (5, ["index.html", "index-2.html"])):
        monkeypatch.setattr(parts, "ROWS", size)
        parts.write_index(out, review)
        assert {path.name for path in review.folder.glob("index*")} == set(names)
        assert [row for name in names for row in rows(review.folder / name)] == whole
        texts = [(review.folder / name).read_text("utf-8") for name in names]
        for at, text in enumerate(texts):
            assert f"Page {at + 1} of {len(names)}" in text
            assert all(f'href="{name}"' in text for name in names[max(0, at - 1) : at + 2] if name != names[at])


def read_or_break(head: Mapping[str, object], body: bytes) -> Frame:
    """Reads a document; what says what else to do does that where a page is asked for."""
    words = re.search(rb"<!--!(.*)-->", body)
    return act(head, words[1]) if words and "review" in head else read_document(head, body)


def test_a_page_that_is_beyond_the_limits_costs_only_itself(folder: Path, tmp_path: Path) -> None:
    for name, words in {"h": b"segfault", "i": b"eat", "j": b"hang"}.items():
        (folder / f"{name}.html").write_bytes(form_4(symbol=name, price="$1.2.3") + b"<!--!" + words + b"-->")
    out, without = tmp_path / "out", tmp_path / "without"
    hurried = options(out, job=BURDENED, seconds=2.0, memory=300 * 2**20)
    run_batch([folder], out, hurried)
    run_batch([folder], without, replace(hurried, review=None))
    assert all(name.startswith(("review/", "rows/")) for name in differences(out, without))
    told = {name: (verdict, link) for name, verdict, link in rows(out / "review" / "index.html")}
    assert {name: told[name] for name in "hij"} == dict.fromkeys("hij", ("1 in doubt", ""))
    assert told["c-doubt"][1]


def test_a_page_that_is_too_large_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = extract(FORM_4)
    assert unpacked(page_of(reading, "x.html", "all")).startswith(b"<!DOCTYPE html>")
    assert page_of(reading, "x.html", "doubt") == b""
    monkeypatch.setattr("extractor.review.page.review_page", lambda _: "x" * (LARGEST_PACKED * 3))
    assert page_of(reading, "x.html", "all") == b""


@pytest.mark.parametrize("length", [None, "3", -1, 0, 99, 1.5])
def test_what_a_worker_says_of_a_page_is_not_trusted(length: object) -> None:
    assert parted(Frame({"page": length}, b"document")) == (b"document", b"")
    assert parted(Frame({"page": 3}, b"documentpag")) == (b"document", b"pag")


def test_the_command(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ("batch", "in", "-o", "out", "--to", "jsonl", "--workers", "1", "-q", "--review", "pages")
    assert call(*arguments, "--review-what", "all").code == 6
    assert len(list(Path("pages").iterdir())) == 5
    assert call(*arguments[:-1], tmp_path / "pages", "--review-what", "all").code == 6  # the same folder, goes on
    (tmp_path / "file").write_bytes(b"")
    assert call("batch", "in", "-o", "again", "--to", "jsonl", "--review", tmp_path / "file").code == 7
    linked = tmp_path / "link"
    linked.symlink_to(tmp_path / "pages")
    with pytest.raises(WriteError, match="symbolic link"):
        run_batch([folder], tmp_path / "third", Options(("jsonl",), review=Review(linked)))


def test_pages_of_an_earlier_run_beside_the_sources_are_no_inputs(folder: Path, tmp_path: Path) -> None:
    review = Review(folder / "pages", cast(What, "all"))
    for name in ("one", "two"):
        run_batch([folder], tmp_path / name, Options(("jsonl",), review=review, workers=2))
        assert len(rows(review.folder / "index.html")) == 7
