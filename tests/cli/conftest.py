"""Fixtures: the command line in this process, and a folder of pages to call it on."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor import cli
from extractor.readers import source
from tests.cli.called import Call, Done
from tests.pages import FORM_4, IN_DOUBT, NO_FORM, form_4


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
