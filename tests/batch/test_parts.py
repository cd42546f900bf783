"""Parts of a batch's output: each format, its bytes, its databases, and what cannot be written."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from extractor.batch.documents import DOCUMENT, ROWS
from extractor.batch.names import file_name
from extractor.batch.parts import FORMATS, finish, write_shard
from extractor.batch.record import Record
from extractor.batch.shard import wanted
from extractor.errors import MissingExtra, WriteError
from extractor.filing.ownership_xml import validate
from extractor.writers.sec_columns import SEC_TABLES, TABLES
from tests.batch.documents import FAILED, SAMPLES, installed, sample_records, with_filing

PLAIN = ("tsv", "jsonl", "xml", "sqlite")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """A record of every sample, one that failed and one that came before."""
    return sample_records()


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def tsv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t"))


def test_every_format_has_a_part_of_every_table(tmp_path: Path, records: list[Record]) -> None:
    write_shard(tmp_path, PLAIN, 7, records)
    for name in TABLES:
        assert (tmp_path / "tsv" / name / "part-00007.tsv").is_file()
    assert len((tmp_path / "jsonl" / "part-00007.jsonl").read_text("utf-8").splitlines()) == len(SAMPLES)
    assert len(list((tmp_path / "xml").iterdir())) == len({record.sha256 for record in records} - {FAILED.sha256})
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".aside")]


def test_tsv_is_spelt_as_the_sec_spells_it(tmp_path: Path, records: list[Record]) -> None:
    write_shard(tmp_path, ["tsv"], 0, records)
    for table in SEC_TABLES:
        head, *lines = tsv(tmp_path / "tsv" / table.name / "part-00000.tsv")
        assert head == [column.name for column in table.columns]
        assert {len(line) for line in lines} <= {len(head)}
    head, *sales = tsv(tmp_path / "tsv" / "NONDERIV_TRANS" / "part-00000.tsv")
    dates = [line[head.index("TRANS_DATE")] for line in sales]
    assert dates
    assert all(re.fullmatch(r"\d\d-(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)-\d{4}", day) for day in dates)
    head, *sources = tsv(tmp_path / "tsv" / "SOURCE" / "part-00000.tsv")
    assert [line[head.index("STATUS")] for line in sources] == [record.status for record in records]
    assert dict(zip(head, sources[-2], strict=True))["ERROR"] == "DamagedSource"


def test_tsv_and_json_keep_awkward_text(tmp_path: Path, records: list[Record]) -> None:
    text = 'a\tb "q"\nline\u2028end'
    remarks = {"value": text, "printed": text, "footnotes": [], "at": []}
    write_shard(tmp_path, ["tsv", "jsonl", "sqlite"], 0, [with_filing(records[0], remarks=remarks)])
    finish(tmp_path, ["sqlite"])
    head, line = tsv(tmp_path / "tsv" / "SUBMISSION" / "part-00000.tsv")
    assert line[head.index("REMARKS")] == text
    (stored,) = (tmp_path / "jsonl" / "part-00000.jsonl").read_text("utf-8").splitlines()
    assert json.loads(stored)["filing"]["remarks"]["value"] == text
    with closing(sqlite3.connect(tmp_path / "filings.sqlite")) as connection:
        assert connection.execute("SELECT REMARKS FROM SUBMISSION").fetchall() == [(text,)]


def test_jsonl_tells_the_source_of_each_document(tmp_path: Path, records: list[Record]) -> None:
    write_shard(tmp_path, ["jsonl"], 0, records)
    first = json.loads((tmp_path / "jsonl" / "part-00000.jsonl").read_text("utf-8").splitlines()[0])
    assert list(first) == ["needs_review", "issues", "source", "filing"]
    assert (first["source"]["uri"], first["source"]["sha256"]) == (records[0].uri, records[0].sha256)
    assert first["filing"] == records[0].document["filing"]  # type: ignore[index]


def test_xml_passes_the_schema(tmp_path: Path, records: list[Record]) -> None:
    write_shard(tmp_path, ["xml"], 0, records)
    for record in records:
        if record.document is not None:
            assert validate((tmp_path / "xml" / file_name(record, ".xml")).read_bytes()) == []


@pytest.mark.parametrize(
    ("uri", "member", "name"),
    [
        ("a/b c/Form 4.pdf", "", "ffffffffffffffff-Form_4.xml"),
        ("box.zip", "in/../../etc/passwd", "ffffffffffffffff-passwd.xml"),
        ("box.zip", "in\\..\\x.y.html", "ffffffffffffffff-x_y.xml"),
        ("..", "", "ffffffffffffffff-filing.xml"),
        ("é\n\x00.pdf", "", "ffffffffffffffff-filing.xml"),
        ("a" * 300 + ".pdf", "", "ffffffffffffffff-" + "a" * 100 + ".xml"),
    ],
)
def test_names_of_xml_files_are_safe(uri: str, member: str, name: str) -> None:
    assert file_name(FAILED._replace(uri=uri, member=member), ".xml") == name


def test_the_same_records_give_the_same_bytes(tmp_path: Path, records: list[Record]) -> None:
    formats = [name for name in installed() if name != "duckdb"]
    for name in ("one", "two"):
        write_shard(tmp_path / name, formats, 0, iter(records))
    write_shard(tmp_path / "two", formats, 0, iter(records))  # written again, it is replaced by the same
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_needs_no_more_than_a_worker_sends_for_it(tmp_path: Path, records: list[Record], name: str) -> None:
    if name not in installed():
        pytest.skip(f"the engine of {name} is not installed")
    unsent = {DOCUMENT: "document", ROWS: "rows"}.items()
    sent = [
        record._replace(**{field: None for kind, field in unsent if kind not in wanted([name])}) for record in records
    ]
    write_shard(tmp_path / "all", [name], 0, records)
    write_shard(tmp_path / "sent", [name], 0, sent)
    assert tree(tmp_path / "all") == tree(tmp_path / "sent")
    assert wanted([name])


def test_a_shard_that_breaks_off_leaves_nothing(tmp_path: Path, records: list[Record]) -> None:
    def broken() -> Iterable[Record]:
        yield records[0]
        raise RuntimeError("gone")

    formats = [name for name in installed() if name != "xml"]
    with pytest.raises(RuntimeError, match="gone"):
        write_shard(tmp_path, formats, 0, broken())
    assert tree(tmp_path) == {}


def test_what_a_killed_writer_left_is_swept(tmp_path: Path, records: list[Record]) -> None:
    (tmp_path / "jsonl").mkdir()
    left = tmp_path / "jsonl" / ".part-00000.jsonl.0123.aside"
    other = tmp_path / "jsonl" / ".part-00001.jsonl.0123.aside"
    for path in (left, other):
        path.write_text("half")
    write_shard(tmp_path, ["jsonl"], 0, records)
    assert (left.exists(), other.exists()) == (False, True)


def test_a_link_is_not_written_through(tmp_path: Path, records: list[Record]) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    precious = outside / "precious"
    precious.write_text("mine")
    (tmp_path / "a" / "jsonl").mkdir(parents=True)
    (tmp_path / "a" / "jsonl" / "part-00000.jsonl").symlink_to(precious)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "tsv").symlink_to(outside)
    with pytest.raises(WriteError, match="symbolic link"):
        write_shard(tmp_path / "a", ["jsonl"], 0, records)
    with pytest.raises(WriteError, match="symbolic link"):
        write_shard(tmp_path / "b", ["tsv"], 0, records)
    assert precious.read_text() == "mine"
    assert list(outside.iterdir()) == [precious]


@pytest.mark.parametrize("name", FORMATS)
def test_an_output_that_cannot_be_made_is_a_write_error(tmp_path: Path, records: list[Record], name: str) -> None:
    if name not in installed():
        pytest.skip(f"the engine of {name} is not installed")
    (tmp_path / "out").write_text("a file where the folder should be")
    with pytest.raises(WriteError):
        write_shard(tmp_path / "out", [name], 0, records)


@pytest.mark.parametrize("name", FORMATS)
def test_a_full_disk_is_a_write_error_and_leaves_no_part(tmp_path: Path, records: list[Record], name: str) -> None:
    if name not in installed():
        pytest.skip(f"the engine of {name} is not installed")
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    # A limit on the size of files stands for a full disk: writing fails midway with an OSError.
    before, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
    try:
        with pytest.raises(WriteError):
            write_shard(tmp_path, [name], 0, records)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_a_full_disk_at_the_end_leaves_the_old_database(tmp_path: Path, records: list[Record], name: str) -> None:
    if name not in installed():
        pytest.skip(f"the engine of {name} is not installed")
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    write_shard(tmp_path, [name], 0, records)
    old = tmp_path / f"filings.{name}"
    old.write_bytes(b"old")
    before, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(WriteError):
            finish(tmp_path, [name])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"filings.{name}", "rows"]


def test_an_unknown_format_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown format 'xls'"):
        write_shard(tmp_path, ["xls"], 0, [])
    with pytest.raises(ValueError, match="unknown format 'xls'"):
        finish(tmp_path, ["xls"])


@pytest.mark.parametrize(("name", "module"), [("parquet", "parts_parquet"), ("duckdb", "parts_duckdb")])
def test_a_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, module: str) -> None:
    import sys

    monkeypatch.setitem(sys.modules, f"extractor.batch.{module}", None)
    with pytest.raises(MissingExtra) as caught:
        write_shard(tmp_path, [name], 0, [])
    assert caught.value.extra == "batch"


def test_parquet_in_several_row_groups(tmp_path: Path, records: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_shard(tmp_path / "whole", ["parquet"], 0, records)
    monkeypatch.setattr("extractor.batch.parts_parquet._ROW_GROUP", 5)
    write_shard(tmp_path / "cut", ["parquet"], 0, records)
    path = Path("parquet", "PROVENANCE", "part-00000.parquet")
    cut, whole = (parquet.ParquetFile(tmp_path / name / path) for name in ("cut", "whole"))
    assert cut.metadata.num_row_groups == -(-whole.metadata.num_rows // 5)
    assert cut.read().to_pylist() == whole.read().to_pylist()
