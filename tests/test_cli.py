"""The command line: data on standard output, messages on standard error, and an exit code for every ending."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from lxml import etree

from extractor import cli
from extractor.errors import ExitCode, WriteError
from extractor.filing.ownership_xml import from_xml, to_xml
from extractor.issues import CATALOGUE
from extractor.readers import source
from extractor.version import __version__
from tests.pages import FORM_4, IN_DOUBT, NO_FORM, form_4

ROOT = Path(__file__).parents[1]


class Done(NamedTuple):
    """How a call of the command line ended."""

    code: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Call:
    """The command line in this process: `call("a.pdf", "--to", "md", stdin=b"")`."""

    def run(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["extractor", *arguments])
        monkeypatch.setattr(source.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsysbinary.readouterr()
        assert b"Traceback" not in err
        return Done(code, out.decode(), err.decode())

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: `good.html`, `other.html`, `doubt.html`, `noform.html` and `empty.pdf` stand in it."""
    for name, content in {
        "good.html": FORM_4,
        "other.html": form_4(symbol="MYTH"),
        "doubt.html": IN_DOUBT,
        "noform.html": NO_FORM,
        "empty.pdf": b"",
    }.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Reading


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


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


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


# Endings


@pytest.mark.parametrize("name", ["empty.pdf", "missing.pdf", "."])
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_ends_with_3(call: Call, name: str) -> None:
    done = call(name)
    assert (done.code, done.out) == (ExitCode.NOT_READABLE, "")
    assert done.err.startswith(f"extractor: {name}: ")


@pytest.mark.usefixtures("folder")
def test_what_is_no_form_ends_with_4(call: Call) -> None:
    done = call("noform.html")
    assert (done.code, done.out) == (ExitCode.NOT_A_FORM, "")
    assert done.err.startswith("extractor: noform.html: only ")


@pytest.mark.usefixtures("folder")
def test_an_error_is_told_with_its_hint(call: Call) -> None:
    assert call("missing.pdf").err == (
        "extractor: missing.pdf: no such file or directory\n  check the path and its permissions\n"
    )


@pytest.mark.usefixtures("folder")
def test_some_files_that_fail_end_with_6_and_the_others_are_written(call: Call) -> None:
    done = call("empty.pdf", "good.html", "noform.html")
    assert done.code == ExitCode.SOME_FAILED == 6
    assert json.loads(done.out)["needs_review"] is False
    assert "empty.pdf: is empty" in done.err
    assert "noform.html: only" in done.err


def test_files_that_all_fail_end_with_6_and_nothing_is_written(call: Call, folder: Path) -> None:
    done = call("empty.pdf", "missing.pdf", "-o", "out.json")
    assert (done.code, done.out) == (ExitCode.SOME_FAILED, "")
    assert "out.json" not in names(folder)


@pytest.mark.usefixtures("folder")
def test_a_failure_goes_before_a_doubt(call: Call) -> None:
    assert call("doubt.html", "empty.pdf", "--strict").code == ExitCode.SOME_FAILED


@pytest.mark.parametrize("output", ["good.html/out.json", "good.html/", "taken/good.json/"])
def test_an_output_below_a_file_ends_with_7(call: Call, folder: Path, output: str) -> None:
    (folder / "taken").mkdir()
    (folder / "taken" / "good.json").touch()
    done = call("good.html", "-o", output)
    assert (done.code, done.out) == (ExitCode.NOT_WRITTEN, "")
    assert "check the path, its permissions and the free space" in done.err
    assert (folder / "good.html").read_bytes() == FORM_4


def test_a_folder_in_the_way_of_the_output_ends_with_7_and_leaves_nothing_behind(call: Call, folder: Path) -> None:
    (folder / "out" / "good.json").mkdir(parents=True)
    assert call("good.html", "-o", "out/").code == ExitCode.NOT_WRITTEN == 7
    assert names(folder / "out") == ["good.json"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_permission_ends_with_7(call: Call, folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o500)
    assert call("good.html", "-o", "closed/").code == ExitCode.NOT_WRITTEN


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli.os, "fsync", full)
    with pytest.raises(WriteError, match="No space left on device") as caught:
        cli.write_file(target, b"new")
    assert caught.value.source == str(target)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["out.json"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("good.html", "--to", "pdf"),
        ("good.html", "--colour"),
        ("good.html", "-o"),
        ("read",),
        ("layout",),
        ("compare", "good.html"),
        ("explain", "no-such-code"),
    ],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)
@pytest.mark.usefixtures("folder")
def test_a_wrong_call_ends_with_2(call: Call, arguments: tuple[str, ...]) -> None:
    done = call(*arguments)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err


def test_an_interruption_ends_with_130(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("extractor.api.extract", interrupted)
    done = call("good.html")
    assert (done.code, done.out) == (ExitCode.INTERRUPTED, "")
    assert done.err.strip() == "interrupted"


# Help


def test_the_version(call: Call) -> None:
    done = call("--version")
    assert (done.code, done.err) == (ExitCode.READ, "")
    assert __version__ in done.out


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_has_examples_and_exit_codes(call: Call, option: str) -> None:
    done = call(option)
    assert (done.code, done.err) == (ExitCode.READ, "")
    assert "extractor form4.pdf --to md" in done.out
    for code in ("3 not readable", "4 no Form 3, 4 or 5", "5 in doubt", "7 output cannot be written"):
        assert code in done.out


@pytest.mark.parametrize("command", ["read", "layout", "compare", "explain"])
def test_every_command_has_help_with_an_example(call: Call, command: str) -> None:
    done = call(command, "--help")
    assert done.code == ExitCode.READ
    assert "Example" in done.out


# Terminals

ESCAPE = "\x1b]0;owned\x07\x1b[31m"
UNSAFE = ("\x1b", "\x07", "\x9b", "\u202e")


def assert_safe(text: str) -> None:
    assert not [character for character in UNSAFE if character in text]


# The first and the last of every range of controls: C0 around the line feed, DEL with C1, two of direction marks.
CONTROLS = "\x01\t\x0b\r\x08\x1b\x1f\x7f\x80\x9b\x9f\u202a\u202e\u2066\u2069"


@pytest.mark.parametrize("name", [f"{ESCAPE}.pdf", *(f"a{control}b.pdf" for control in CONTROLS)], ids=ascii)
def test_controls_in_the_name_of_a_missing_file_do_not_reach_the_terminal(call: Call, name: str) -> None:
    done = call(name)
    assert done.code == ExitCode.NOT_READABLE
    assert "\ufffd" in done.err
    assert not set(done.err) & set(CONTROLS)


def test_controls_in_the_name_of_a_doubtful_file_do_not_reach_the_terminal(call: Call, folder: Path) -> None:
    (folder / f"{ESCAPE}.html").write_bytes(IN_DOUBT)
    done = call(f"{ESCAPE}.html")
    assert "1 in doubt" in done.err
    assert_safe(done.err)


def test_controls_in_a_value_do_not_reach_the_terminal(call: Call) -> None:
    done = call("-", stdin=form_4(price="&#x202e;1.2.3&#x9b;"))
    assert "in doubt" in done.err
    assert_safe(done.err)


@pytest.mark.usefixtures("folder")
def test_controls_in_the_name_of_an_output_do_not_reach_the_terminal(call: Call) -> None:
    done = call("good.html", "-o", f"good.html/{ESCAPE}")
    assert done.code == ExitCode.NOT_WRITTEN
    assert_safe(done.err)


@pytest.mark.usefixtures("folder")
def test_controls_in_a_wrong_call_do_not_reach_the_terminal(call: Call) -> None:
    done = call("compare", "good.html", "good.xml", f"{ESCAPE}.xml")
    assert done.code == ExitCode.USAGE
    assert_safe(done.err)


@pytest.mark.parametrize("to", ["json", "jsonl", "md"])
def test_controls_in_the_name_of_a_read_file_do_not_reach_the_terminal(call: Call, folder: Path, to: str) -> None:
    (folder / f"{ESCAPE}.html").write_bytes(FORM_4)
    assert_safe(call(f"{ESCAPE}.html", "--to", to).out)


# Other commands


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


# As a program


def program(*arguments: str, cwd: Path, **streams: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "extractor", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=cwd, env=environment, stderr=subprocess.PIPE, **streams)  # type: ignore[call-overload,no-any-return]


def test_the_program_reads_standard_input_and_ends_with_its_code(folder: Path) -> None:
    with program("-", "--strict", cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        out, err = process.communicate(IN_DOUBT)
    assert process.returncode == ExitCode.IN_DOUBT
    assert json.loads(out)["needs_review"] is True
    assert b"<stdin>" in err or b"-: 1 in doubt" in err


def test_a_reader_that_has_seen_enough_is_no_error(folder: Path) -> None:
    with program(*["good.html"] * 4, "--to", "jsonl", cwd=folder, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
    assert (process.returncode, err) == (ExitCode.READ, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_device_ends_with_7(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full, program("good.html", cwd=folder, stdout=full) as process:
        assert process.stderr is not None
        err = process.stderr.read()
    assert process.returncode == ExitCode.NOT_WRITTEN
    assert err.startswith(b"extractor: standard output: No space left on device")
    assert b"Traceback" not in err
