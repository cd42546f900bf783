"""The other commands: `explain`, `compare`, `layout`."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import ExitCode
from extractor.filing.ownership_xml import from_xml, to_xml
from extractor.issues import CATALOGUE
from tests.cli.called import Call


def test_explain_a_code(call: Call) -> None:
    done = call("explain", "footnote-uncited")
    assert (done.code, done.err) == (ExitCode.READ, "")
    assert done.out.startswith("footnote-uncited (doubt)\nNo cell cites this footnote")


def test_explain_lists_every_code(call: Call) -> None:
    lines = call("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == [code.value for code in CATALOGUE]
    assert {line.split()[1] for line in lines} == {"doubt", "note"}


def test_compare_a_page_with_its_filed_xml(call: Call, folder: Path) -> None:
    (folder / "filed.xml").write_text(call("good.html", "--to", "xml").out)
    done = call("compare", "good.html", "filed.xml")
    assert (done.code, done.out) == (ExitCode.READ, "")
    assert done.err == "no differences\n"


def test_compare_prints_each_difference_and_ends_with_5(call: Call, folder: Path) -> None:
    (folder / "filed.xml").write_text(call("good.html", "--to", "xml").out.replace("173.147", "173.15"))
    done = call("compare", "good.html", "filed.xml")
    assert done.code == ExitCode.IN_DOUBT
    assert done.out == "non_derivative[0].price_per_share\n  filed  173.15 (F1)\n  read   173.147 (F1)\n"
    assert done.err == "1 differences\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 3), (b"<ownershipDocument>", 3), (b"<html/>", 4), (None, 3)],
    ids=["empty", "broken", "other", "missing"],
)
def test_compare_with_what_is_no_ownership_xml(call: Call, folder: Path, content: bytes | None, code: int) -> None:
    if content is not None:
        (folder / "filed.xml").write_bytes(content)
    done = call("compare", "good.html", "filed.xml")
    assert (done.code, done.out) == (code, "")
    assert "filed.xml" in done.err


def test_compare_with_what_the_reader_wrote_itself_finds_nothing(call: Call, folder: Path) -> None:
    filed = from_xml(call("good.html", "--to", "xml").out.encode())
    (folder / "filed.xml").write_bytes(to_xml(filed))
    assert call("compare", "good.html", "filed.xml").code == ExitCode.READ


@pytest.mark.usefixtures("folder")
def test_layout_shows_what_was_seen(call: Call) -> None:
    pytest.importorskip("extractor.layout.show", reason="layouts cannot be shown yet")
    done = call("layout", "good.html")
    assert (done.code, done.err) == (ExitCode.READ, "")
    assert "Doe Jane" in done.out
    assert "^(1)^" in done.out


@pytest.mark.usefixtures("folder")
def test_layout_shows_a_page_that_is_no_form(call: Call) -> None:
    pytest.importorskip("extractor.layout.show", reason="layouts cannot be shown yet")
    assert "Dear shareholder," in call("layout", "noform.html").out


@pytest.mark.usefixtures("folder")
def test_layout_of_what_cannot_be_read_ends_with_3(call: Call) -> None:
    pytest.importorskip("extractor.layout.show", reason="layouts cannot be shown yet")
    assert call("layout", "empty.pdf").code == ExitCode.NOT_READABLE
