"""The process that camelot runs in: what it answers, and how its failures end. A stand-in takes camelot's place."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from extractor import extract
from extractor.errors import DamagedSource, MissingExtra, TimedOut, WorkerDied
from extractor.readers.pdf import witness
from extractor.readers.pdf.ink import PageInk
from extractor.witness import disagreements
from tests.corpus.place import ROOT

SAMPLE = ROOT / "samples" / "qualys-2021-sec" / "filing.pdf"
DATA = b"%PDF-1.7 of which nothing here looks inside"


def page(number: int, width: float = 612, height: float = 792) -> PageInk:
    return PageInk(number, width, height, [], [], [], [])


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[PageInk]:
    """The pages that the document has; two, if nothing is done to them."""
    found = [page(1), page(2)]
    monkeypatch.setattr(witness, "read_pages", lambda _: (found, {}))
    return found


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Puts a module `camelot` first on the path, whose `read_pdf(file, pages, flavor)` does what `body` says."""
    lines = ["import os, sys, time", "class Table:", "    def __init__(self, *data): self.data = list(data)"]
    lines += ["def read_pdf(file, pages, flavor):", *(f"    {line}" for line in dedent(body).strip().splitlines())]
    (tmp_path / "camelot.py").write_text("\n".join(lines), "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.mark.usefixtures("pages")
def test_the_cells_of_every_table_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scratch: Path) -> None:
    stand_in(tmp_path, monkeypatch, "return [Table(['a', ''], ['“b”\\nc', 'd']), Table(['e'])]")
    assert witness.table_texts(DATA) == [[["a", ""], ["“b”\nc", "d"]], [["e"]]]
    assert list(scratch.iterdir()) == []


@pytest.mark.usefixtures("pages", "scratch")
def test_camelot_is_given_the_document_and_its_lattice_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, "return [Table([open(file).read(), pages, flavor])]")
    assert witness.table_texts(DATA) == [[[DATA.decode(), "1,2", "lattice"]]]


@pytest.mark.usefixtures("scratch")
def test_pages_beyond_the_limits_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: list[PageInk]
) -> None:
    stand_in(tmp_path, monkeypatch, "return [Table([pages])]")
    pages[:] = [page(1), page(2, 20_000, 20_000), page(3, 842, 1191), *(page(number) for number in range(4, 60))]
    assert witness.table_texts(DATA) == [[[",".join(["1", *map(str, range(3, 41))])]]]


def test_a_document_without_such_pages_is_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: list[PageInk]
) -> None:
    stand_in(tmp_path, monkeypatch, "os.abort()")
    pages[:] = [page(1, 20_000, 20_000)]
    assert witness.table_texts(DATA) == []


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize(
    ("body", "error", "message"),
    [
        ("raise ValueError('no\\ntables')", DamagedSource, "camelot gave up: tables"),
        ("raise MemoryError", DamagedSource, "camelot gave up: MemoryError"),
        (
            "import no_such_module",
            DamagedSource,
            "camelot gave up: ModuleNotFoundError: No module named 'no_such_module'",
        ),
        ("raise SystemExit(3)", DamagedSource, "camelot gave up: without a word"),
        ("raise SystemExit(0)", DamagedSource, "camelot gave up: without a word"),
        ("return [Table([1 / 0])]", DamagedSource, "camelot gave up: ZeroDivisionError: division by zero"),
    ],
)
def test_its_exceptions_become_ours(
    body: str, error: type[Exception], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scratch: Path
) -> None:
    stand_in(tmp_path, monkeypatch, body)
    with pytest.raises(error) as caught:
        witness.table_texts(DATA)
    assert str(caught.value) == message
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
@pytest.mark.usefixtures("pages")
def test_a_crash_of_its_process_is_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scratch: Path
) -> None:
    stand_in(tmp_path, monkeypatch, "os.abort()")
    with pytest.raises(WorkerDied, match="camelot was ended by signal 6"):
        witness.table_texts(DATA)
    assert list(scratch.iterdir()) == []


@pytest.mark.usefixtures("pages")
def test_it_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scratch: Path) -> None:
    stand_in(tmp_path, monkeypatch, "time.sleep(60)")
    monkeypatch.setattr(witness, "START", 1.0)
    monkeypatch.setattr(witness, "SECONDS_A_PAGE", 0.1)
    with pytest.raises(TimedOut, match="camelot took more than 1 s"):
        witness.table_texts(DATA)
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="address space is not bounded")
@pytest.mark.usefixtures("pages", "scratch")
def test_its_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "return [Table([len(bytearray(5 * 2**30))])]")
    with pytest.raises(DamagedSource, match="camelot gave up: MemoryError"):
        witness.table_texts(DATA)


@pytest.mark.usefixtures("pages", "scratch")
def test_what_it_prints_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "print('[]'); print('noise', file=sys.stderr)\nreturn [Table(['a'])]")
    assert witness.table_texts(DATA) == [[["a"]]]


@pytest.mark.usefixtures("pages", "scratch")
def test_modules_in_the_current_folder_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "return [Table(['a'])]")
    here = tmp_path / "here"
    here.mkdir()
    (here / "json.py").write_text("raise SystemExit('taken')", "utf-8")
    monkeypatch.chdir(here)
    assert witness.table_texts(DATA) == [[["a"]]]


@pytest.mark.usefixtures("pages", "scratch")
@pytest.mark.parametrize("refused", [PermissionError("no program may be run"), OSError("no process is left")])
def test_where_no_process_may_be_started_nothing_is_seen(
    refused: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, **__: object) -> None:
        raise refused

    stand_in(tmp_path, monkeypatch, "os.abort()")
    monkeypatch.setattr(subprocess, "run", run)
    assert witness.table_texts(DATA) == []


@pytest.mark.usefixtures("pages")
def test_where_no_file_may_be_written_nothing_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "os.abort()")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert witness.table_texts(DATA) == []


@pytest.mark.usefixtures("pages")
def test_without_camelot_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness.importlib.util, "find_spec", lambda _: None)
    assert not witness.is_installed()
    with pytest.raises(MissingExtra) as caught:
        witness.table_texts(DATA)
    assert (caught.value.extra, caught.value.hint) == ("camelot", "pip install 'form345-extractor[camelot]'")


def test_what_cannot_be_read_is_not_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "os.abort()")
    with pytest.raises(DamagedSource):
        witness.table_texts(b"%PDF-1.7\nbroken")


# camelot itself


@pytest.mark.skipif(not witness.is_installed(), reason="camelot is not installed")
@pytest.mark.skipif(not SAMPLE.exists(), reason="no samples")
def test_camelot_sees_what_the_reader_sees_in_a_print_and_no_other_value(scratch: Path) -> None:
    filing = extract(SAMPLE).filing
    first, *others = filing.non_derivative
    assert first.shares.value == Decimal("27262")
    tables = witness.table_texts(SAMPLE.read_bytes())
    assert disagreements(filing, tables) == []
    wrong = first.model_copy(update={"shares": first.shares.model_copy(update={"value": Decimal("27267")})})
    found = disagreements(filing.model_copy(update={"non_derivative": (wrong, *others)}), tables)
    assert [issue.path for issue in found] == ["non_derivative[0].shares"]
    assert list(scratch.iterdir()) == []
