"""What the user sees: help, and nothing that a terminal would obey."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import ExitCode
from extractor.version import __version__
from tests.cli.called import Call
from tests.pages import FORM_4, IN_DOUBT, form_4


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
