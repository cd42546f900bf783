"""`extractor FILE`: reading, formats, and where the output goes."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path

import pytest
from lxml import etree

from extractor.errors import ExitCode
from extractor.filing.ownership_xml import from_xml
from tests.cli.called import Call, names
from tests.pages import FORM_4, form_4


@pytest.mark.usefixtures("folder")
def test_a_file_is_printed_as_json(call: Call) -> None:
    done = call("good.html")
    assert (done.code, done.err) == (ExitCode.READ, "")
    printed = json.loads(done.out)
    assert (printed["needs_review"], printed["issues"]) == (False, [])


@pytest.mark.usefixtures("folder")
def test_read_may_be_said(call: Call) -> None:
    assert call("read", "good.html") == call("good.html")


def test_a_file_called_like_a_command_is_read_by_saying_so(call: Call, folder: Path) -> None:
    (folder / "explain").write_bytes(FORM_4)
    assert json.loads(call("read", "explain").out)["needs_review"] is False


def test_a_dash_reads_standard_input(call: Call) -> None:
    done = call("-", stdin=FORM_4)
    assert done.code == ExitCode.READ
    assert json.loads(done.out)["needs_review"] is False


@pytest.mark.usefixtures("folder")
def test_options_may_stand_before_the_file(call: Call) -> None:
    assert call("--to", "jsonl", "good.html") == call("good.html", "--to", "jsonl")


@pytest.mark.usefixtures("folder")
def test_doubts_are_told_on_standard_error_and_end_well(call: Call) -> None:
    done = call("doubt.html")
    assert done.code == ExitCode.READ
    assert json.loads(done.out)["needs_review"] is True
    assert "doubt.html: 1 in doubt" in done.err
    assert "unreadable-value: non_derivative[0].price_per_share: '$173.14.7' is no number" in done.err


@pytest.mark.usefixtures("folder")
def test_quiet_tells_no_doubts_but_errors(call: Call) -> None:
    assert call("doubt.html", "--quiet").err == ""
    assert "is empty" in call("empty.pdf", "--quiet").err


def test_a_note_is_not_told(call: Call) -> None:
    assert call("-", stdin=form_4(symbol="NONE")).err == ""


@pytest.mark.usefixtures("folder")
def test_strict_ends_with_5_where_a_value_is_in_doubt(call: Call) -> None:
    strict = call("doubt.html", "--strict")
    assert strict.code == ExitCode.IN_DOUBT == 5
    assert strict.out == call("doubt.html").out
    assert call("good.html", "--strict").code == ExitCode.READ
    assert call("good.html", "doubt.html", "--strict").code == ExitCode.IN_DOUBT


@pytest.mark.usefixtures("folder")
def test_a_second_opinion_that_agrees_changes_nothing(call: Call) -> None:
    assert call("good.html", "--second-opinion") == call("good.html")


# Formats


@pytest.mark.usefixtures("folder")
def test_to_xml(call: Call) -> None:
    done = call("good.html", "--to", "xml")
    assert done.code == ExitCode.READ
    assert etree.fromstring(done.out.encode()).tag == "ownershipDocument"
    assert from_xml(done.out.encode()).issuer.name.value == "Fable Inc."


@pytest.mark.usefixtures("folder")
def test_to_jsonl_is_a_line_a_filing(call: Call) -> None:
    lines = call("good.html", "doubt.html", "--to", "jsonl").out.splitlines()
    assert [json.loads(line)["needs_review"] for line in lines] == [False, True]


@pytest.mark.usefixtures("folder")
def test_to_json_of_several_files_is_an_array(call: Call) -> None:
    found = json.loads(call("good.html", "doubt.html").out)
    assert [each["needs_review"] for each in found] == [False, True]


@pytest.mark.usefixtures("folder")
def test_to_csv_of_several_files_has_one_head(call: Call) -> None:
    alone = list(csv.reader(io.StringIO(call("good.html", "--to", "csv").out)))
    both = list(csv.reader(io.StringIO(call("good.html", "other.html", "--to", "csv").out)))
    assert len(alone) == 1 + 2
    assert len(both) == 1 + 4
    assert both[0] == alone[0]
    assert both.count(both[0]) == 1


@pytest.mark.usefixtures("folder")
def test_to_md(call: Call) -> None:
    done = call("good.html", "--to", "md")
    assert done.out.startswith("#")
    assert "Fable Inc." in done.out


@pytest.mark.usefixtures("folder")
def test_several_xml_documents_cannot_share_standard_output(call: Call) -> None:
    done = call("good.html", "other.html", "--to", "xml")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "give a folder with -o" in done.err


# Output


def test_output_to_a_file(call: Call, folder: Path) -> None:
    done = call("good.html", "-o", "out.json")
    assert done == (ExitCode.READ, "", "")
    assert (folder / "out.json").read_text() == call("good.html").out


def test_output_to_a_file_in_a_folder_to_be_made(call: Call, folder: Path) -> None:
    call("good.html", "--to", "md", "-o", "deep/er/out.md")
    assert (folder / "deep/er/out.md").read_text() == call("good.html", "--to", "md").out


def test_several_filings_in_one_file(call: Call, folder: Path) -> None:
    call("good.html", "other.html", "-o", "all.json")
    assert len(json.loads((folder / "all.json").read_text())) == 2


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("json", ["good.json", "other.json"]),
        ("jsonl", ["good.jsonl", "other.jsonl"]),
        ("xml", ["good.xml", "other.xml"]),
        ("csv", ["good.csv", "other.csv"]),
        ("md", ["good.md", "other.md"]),
    ],
)
def test_output_to_a_folder_is_a_file_a_filing(call: Call, folder: Path, to: str, expected: list[str]) -> None:
    assert call("good.html", "other.html", "--to", to, "-o", "out/").code == ExitCode.READ
    assert names(folder / "out") == expected
    assert (folder / "out" / expected[0]).read_text() == call("good.html", "--to", to).out


def test_a_folder_that_is_there_needs_no_slash(call: Call, folder: Path) -> None:
    (folder / "out").mkdir()
    call("good.html", "-o", "out")
    assert names(folder / "out") == ["good.json"]


def test_several_xml_documents_make_a_folder(call: Call, folder: Path) -> None:
    call("good.html", "other.html", "--to", "xml", "-o", "out")
    assert names(folder / "out") == ["good.xml", "other.xml"]


def test_standard_input_in_a_folder_is_called_so(call: Call, folder: Path) -> None:
    call("-", "-o", "out/", stdin=FORM_4)
    assert names(folder / "out") == ["stdin.json"]


def test_files_of_one_name_do_not_overwrite_one_another(call: Call, folder: Path) -> None:
    for name, symbol in (("a", "AAA"), ("b", "BBB")):
        (folder / name).mkdir()
        (folder / name / "form.html").write_bytes(form_4(symbol=symbol))
    assert call("a/form.html", "b/form.html", "--to", "md", "-o", "out/").code == ExitCode.READ
    first, second = names(folder / "out")
    assert second == "form.md"
    assert first.startswith("form-")
    assert len(first) == len("form-.md") + 12
    assert "AAA" in (folder / "out" / second).read_text()
    assert "BBB" in (folder / "out" / first).read_text()


def test_three_files_of_one_name_and_content_are_three_files(call: Call, folder: Path) -> None:
    for name in ("a", "b", "c"):
        (folder / name).mkdir()
        (folder / name / "form.html").write_bytes(FORM_4)
    call("a/form.html", "b/form.html", "c/form.html", "-o", "out/")
    assert len(names(folder / "out")) == 3


def test_an_output_that_is_there_is_replaced(call: Call, folder: Path) -> None:
    (folder / "out.md").write_text("before" * 10_000)
    call("good.html", "--to", "md", "-o", "out.md")
    assert "before" not in (folder / "out.md").read_text()
    assert "out.md" in names(folder)
    assert not [name for name in names(folder) if name.startswith(".")]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_an_output_has_the_permissions_of_any_new_file(call: Call, folder: Path) -> None:
    before = os.umask(0o027)
    try:
        call("good.html", "-o", "out.json")
        assert os.umask(0o027) == 0o027
        (folder / "plain").touch()
    finally:
        os.umask(before)
    modes = {stat.S_IMODE((folder / name).stat().st_mode) for name in ("plain", "out.json")}
    assert len(modes) == 1


@pytest.mark.usefixtures("folder")
def test_the_kind_may_be_said(call: Call) -> None:
    assert call("good.html", "--from", "html") == call("good.html")
    assert call("good.html", "--from", "pdf").code == ExitCode.NOT_READABLE
    assert call("good.html", "--from", "word").code == ExitCode.USAGE


def test_a_text_that_is_no_form_is_refused(call: Call, folder: Path) -> None:
    (folder / "letter.txt").write_text("Dear Sirs,\nnothing to report.\n")
    assert call("letter.txt").code == ExitCode.NOT_A_FORM


def test_a_mixed_archive_needs_one_tool(call: Call) -> None:
    samples = Path(__file__).resolve().parents[2] / "samples"
    files = [
        samples / "form3-none" / "ownership.xml",
        samples / "form3-none" / "filing.html",
        samples / "ascii-form3-grid" / "filing.txt",
        samples / "submission-form4" / "filing.txt",
    ]
    done = call(*map(str, files), "--to", "jsonl", "--strict")
    assert done.code == ExitCode.READ, done.err
    formats = [json.loads(line)["source"]["format"] for line in done.out.splitlines()]
    assert formats == ["xml", "html", "text", "text"]


def test_what_a_file_is_read_as_may_be_said(call: Call, folder: Path) -> None:
    (folder / "a.md").write_bytes(b"# Form 4 **draft**\n")
    assert call("a.md").code == call("--from", "markdown", "a.md").code == ExitCode.NOT_A_FORM
    assert call("--from", "pdf", "a.md").code == ExitCode.NOT_READABLE
    assert call("--from", "paper", "a.md").code == ExitCode.USAGE
    assert "format: markdown" in call("layout", "--from", "markdown", "good.html").out


def test_text_that_is_no_form_is_refused_as_such(call: Call, folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"Minutes of the meeting\n")
    assert call("a.txt").code == ExitCode.NOT_A_FORM
