"""Each document that cannot be read ends in its error, in `extract()` and on the command line."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor import ExitCode, ExtractorError, extract
from extractor.cli import main
from extractor.errors import (
    DamagedSource,
    EncryptedSource,
    NotAnOwnershipForm,
    NoTextLayer,
    SourceTooLarge,
    SourceUnreadable,
    UnsupportedFormat,
)
from extractor.readers.source import MAX_BYTES
from tests.damaged import made

# Seconds in which the command must end; a genuine filing takes less than one.
PATIENCE = 30


class Case(NamedTuple):
    """A document, and the error that it must end in."""

    name: str
    make: Callable[[], bytes]
    error: type[ExtractorError]


def zipped(compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr("form4.pdf", made.letter())
    return out.getvalue()


CASES = (
    Case("empty.pdf", lambda: b"", DamagedSource),
    Case("blank.html", lambda: b" \r\n\t" * 100, DamagedSource),
    Case("nul.pdf", lambda: b"\0" * 4096, DamagedSource),
    Case("text.pdf", lambda: b"FORM 4\nStatement of changes in beneficial ownership\n", NotAnOwnershipForm),
    Case("minutes.md", lambda: b"# Minutes\n\n| a | b |\n|---|---|\n| c | d |\n", NotAnOwnershipForm),
    Case("brackets.md", lambda: b"# a\n" + b"[" * 100_000, SourceTooLarge),
    Case("noise.pdf", lambda: made.noise(4096), UnsupportedFormat),
    Case("nul-in-text.txt", lambda: b"FORM 4\0\0 of \0 Doe Jane", UnsupportedFormat),
    Case("archive.pdf", zipped, UnsupportedFormat),
    Case("page.html.gz", lambda: gzip.compress(b"<html>"), UnsupportedFormat),
    Case("picture.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), UnsupportedFormat),
    Case("ownership.xml", lambda: b"<?xml version='1.0'?><ownershipDocument/>", NotAnOwnershipForm),
    Case("other.xml", lambda: b"<?xml version='1.0'?><rss/>", UnsupportedFormat),
    Case("large.html", lambda: b"<html>" + b" " * MAX_BYTES, SourceTooLarge),
    Case("other.html", lambda: b"<html><body><p>Annual report</p></body></html>", NotAnOwnershipForm),
    Case("hollow.html", lambda: b"<html></html>", DamagedSource),
    Case("nul.html", lambda: b"<html><body>\0\0<p>Annual\0 report</p></body></html>", NotAnOwnershipForm),
    Case("wrong-bytes.html", lambda: b"<html><body>\xff\xfe\x80" + made.noise(2048), NotAnOwnershipForm),
    Case("deep.html", lambda: made.nested(200_000), SourceTooLarge),
    Case("attributes.html", lambda: b"<html><body><p " + b"a=1 " * 200_000 + b">x", NotAnOwnershipForm),
    Case("header.pdf", lambda: b"%PDF-1.7\n", DamagedSource),
    Case("noise-after-header.pdf", lambda: b"%PDF-1.7\n" + made.noise(4096), DamagedSource),
    Case("half.pdf", lambda: made.sample("filing.pdf")[: len(made.sample("filing.pdf")) // 2], DamagedSource),
    Case("locked.pdf", lambda: made.encrypted("secret", made.letter()), EncryptedSource),
    Case("no-pages.pdf", made.no_pages, DamagedSource),
    Case("drawing.pdf", made.drawing, NoTextLayer),
    Case("empty-page.pdf", lambda: made.pdf(""), NoTextLayer),
    Case("letter.pdf", made.letter, NotAnOwnershipForm),
)


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """The command, run in this process: gives exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["extractor", *arguments])
        capfd.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        out, err = capfd.readouterr()
        assert isinstance(code, int)
        return code, out, err

    return run


def messages(error: ExtractorError) -> str:
    """What the command says of an error."""
    return f"extractor: {error}\n  {error.hint}\n"


@pytest.fixture(params=CASES, ids=[case.name for case in CASES])
def case(request: pytest.FixtureRequest) -> Case:
    given: Case = request.param
    return given


@pytest.fixture
def path(case: Case, tmp_path: Path) -> Path:
    path = tmp_path / case.name
    path.write_bytes(case.make())
    return path


def test_extract_raises_the_error_with_its_source_and_a_hint(case: Case, path: Path) -> None:
    with pytest.raises(case.error) as raised:
        extract(path)
    assert raised.value.source == str(path)
    assert raised.value.hint
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)


def test_bytes_end_in_the_same_error_as_their_file(path: Path) -> None:
    with pytest.raises(ExtractorError) as of_file:
        extract(path)
    with pytest.raises(ExtractorError) as of_bytes:
        extract(path.read_bytes())
    assert type(of_bytes.value) is type(of_file.value)
    assert of_bytes.value.source == "<bytes>"


def test_command_ends_with_the_exit_code_and_without_a_traceback(case: Case, path: Path, told: Command) -> None:
    with pytest.raises(ExtractorError) as raised:
        extract(path)
    assert told(str(path)) == (raised.value.exit_code, "", messages(raised.value))
    expected = ExitCode.NOT_A_FORM if case.error is NotAnOwnershipForm else ExitCode.NOT_READABLE
    assert raised.value.exit_code == expected


@pytest.mark.parametrize("make", [made.letter, made.no_pages])
def test_process_ends_as_the_command_does(make: Callable[[], bytes], tmp_path: Path, told: Command) -> None:
    path = tmp_path / "form4.pdf"
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-m", "extractor", str(path)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == told(str(path))


def test_pdf_stored_in_an_archive_is_no_pdf() -> None:
    with pytest.raises(UnsupportedFormat):
        extract(zipped(zipfile.ZIP_STORED))


# --- what is no file


def directory(folder: Path) -> Path:
    path = folder / "folder.pdf"
    path.mkdir()
    return path


def pipe(folder: Path) -> Path:
    path = folder / "pipe.pdf"
    os.mkfifo(path)
    return path


def dangling(folder: Path) -> Path:
    path = folder / "link.pdf"
    path.symlink_to(folder / "nowhere")
    return path


def loop(folder: Path) -> Path:
    path = folder / "loop.pdf"
    path.symlink_to(path)
    return path


def locked(folder: Path) -> Path:
    path = folder / "locked.html"
    path.write_bytes(b"<html>")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    return path


NO_FILES = (
    directory,
    pytest.param(pipe, marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")),
    dangling,
    loop,
    locked,
    lambda folder: folder / "missing.pdf",
    lambda folder: folder / "missing" / "form4.pdf",
    lambda folder: folder / ("x" * 300),
    lambda _: Path("/dev/zero"),
)


@pytest.mark.parametrize("make", NO_FILES)
def test_what_is_no_readable_file_is_told_so(make: Callable[[Path], Path], tmp_path: Path, told: Command) -> None:
    path = make(tmp_path)
    with pytest.raises(SourceUnreadable) as raised:
        extract(path)
    assert raised.value.source == str(path)
    assert told(str(path)) == (ExitCode.NOT_READABLE, "", messages(raised.value))


def test_nul_in_a_path_is_no_file() -> None:
    with pytest.raises(SourceUnreadable):
        extract("form4\0.pdf")


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, told: Command) -> None:
    (tmp_path / "good.html").write_bytes(made.sample("filing.html"))
    (tmp_path / "bad.html").write_bytes(b"")
    code, out, err = told(str(tmp_path / "bad.html"), str(tmp_path / "good.html"))
    assert code == ExitCode.SOME_FAILED
    assert '"filing"' in out
    assert "bad.html: is empty" in err
