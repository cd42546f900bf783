"""The databases and data sets that a batch leaves: rows, keys, views, joins, and the lines of the README."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from extractor.batch.parts import finish, write_shard
from extractor.batch.record import Record
from extractor.filing.ownership_xml import validate
from extractor.writers.json import dict_to_filing
from extractor.writers.sec_columns import TABLES
from tests.batch.documents import ROOT, installed, record_of, sample_records, with_filing
from tests.corpus.place import corpus_or_skip

# Every cell of Table I with each footnote that its `_FN` column names.
JOIN = (
    "SELECT N.FOOTNOTE_ID, N.FOOTNOTE_TXT FROM {trans} T JOIN {notes} N ON N.ACCESSION_NUMBER = T.ACCESSION_NUMBER"
    " AND ', ' || T.TRANS_PRICEPERSHARE_FN || ',' LIKE '%, ' || N.FOOTNOTE_ID || ',%'"
    " ORDER BY N.ACCESSION_NUMBER, T.NONDERIV_TRANS_SK, N.FOOTNOTE_ID"
)


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """A record of every sample, one that failed and one that came before."""
    return sample_records()


def price_notes(records: Iterable[Record]) -> list[tuple[str, str]]:
    """What the join must give: the notes of each price, from the filings themselves."""
    found: list[tuple[str, str, int, str]] = []
    for record in records:
        if record.document is not None:
            filing = dict_to_filing(record.document["filing"])  # type: ignore[arg-type]
            texts = {note.id: note.text for note in filing.footnotes}
            for number, row in enumerate(filing.non_derivative):
                marks = row.price_per_share.footnotes if row.kind == "transaction" else ()
                found += [(record.sha256, mark, number, texts[mark]) for mark in marks]
    found.sort(key=lambda each: (each[0], each[2], each[1]))
    return [(mark, text) for _, mark, _, text in found]


def query(out: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(out / "filings.sqlite") as connection:
        return connection.execute(sql).fetchall()


def duck(out: Path, sql: str) -> list[tuple[object, ...]]:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(out / "filings.duckdb"), read_only=True) as connection:
        found: list[tuple[object, ...]] = connection.execute(sql).fetchall()
        return found


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, records: list[Record]) -> Path:
    """The output of two shards, in a folder whose name a glob would misread."""
    folder = tmp_path_factory.mktemp("out[1]*")
    for index, shard in enumerate((records[:3], records[3:])):
        write_shard(folder, installed(), index, shard)
    finish(folder, installed())
    return folder


@pytest.mark.parametrize("ask", [query, duck])
def test_a_database_has_the_rows_of_all_parts(
    out: Path, records: list[Record], ask: Callable[[Path, str], list[tuple[object, ...]]]
) -> None:
    statuses = ask(out, "SELECT STATUS, count(*) FROM SOURCE GROUP BY 1 ORDER BY 1")
    assert dict(statuses) == {  # type: ignore[arg-type]
        status: sum(record.status == status for record in records) for status in {record.status for record in records}
    }
    for table in TABLES:
        lines = sum(len(part.read_text("utf-8").splitlines()) for part in (out / "rows" / table).iterdir())
        assert ask(out, f"SELECT count(*) FROM {table}") == [(lines,)]


@pytest.mark.parametrize("ask", [query, duck])
def test_a_source_read_twice_has_its_rows_once(
    tmp_path: Path, records: list[Record], ask: Callable[[Path, str], list[tuple[object, ...]]]
) -> None:
    name = "sqlite" if ask is query else "duckdb"
    if name not in installed():
        pytest.skip(f"the engine of {name} is not installed")
    for index in range(2):
        write_shard(tmp_path, [name], index, records[:1])
    finish(tmp_path, [name])
    assert ask(tmp_path, "SELECT count(*) FROM SUBMISSION") == [(1,)]
    assert ask(tmp_path, "SELECT count(*) FROM SOURCE") == [(2,)]
    once = len((tmp_path / "rows" / "PROVENANCE" / "part-00000.jsonl").read_text("utf-8").splitlines())
    assert ask(tmp_path, "SELECT count(*) FROM PROVENANCE") == [(once,)]


@pytest.mark.parametrize("ask", [query, duck])
def test_join_with_footnotes(
    out: Path, records: list[Record], ask: Callable[[Path, str], list[tuple[object, ...]]]
) -> None:
    expected = price_notes(records)
    assert expected
    assert ask(out, JOIN.format(trans="NONDERIV_TRANS", notes="FOOTNOTES")) == expected
    cells = ask(
        out,
        "SELECT FOOTNOTE_ID, FOOTNOTE_TXT FROM cell_footnotes WHERE TABLE_NAME = 'NONDERIV_TRANS'"
        " AND COLUMN_NAME = 'TRANS_PRICEPERSHARE_FN' ORDER BY SOURCE_ID, ROW_SK, FOOTNOTE_ID",
    )
    assert cells == expected


@pytest.mark.parametrize("ask", [query, duck])
def test_transactions_have_their_owners_and_notes(
    out: Path, records: list[Record], ask: Callable[[Path, str], list[tuple[object, ...]]]
) -> None:
    filings = [dict_to_filing(record.document["filing"]) for record in records if record.document]  # type: ignore[arg-type]
    trades = [row for filing in filings for row in (*filing.non_derivative, *filing.derivative)]
    assert ask(out, "SELECT count(*) FROM transactions") == [(sum(row.kind == "transaction" for row in trades),)]
    traded = [
        each for each in filings if any(row.kind == "transaction" for row in (*each.non_derivative, *each.derivative))
    ]
    joint = next(filing for filing in traded if len(filing.owners) > 1)
    owners = "; ".join(owner.name.value or "" for owner in joint.owners)
    assert ask(out, f"SELECT DISTINCT ISSUERNAME FROM transactions WHERE OWNERS = '{owners}'") == [
        (joint.issuer.name.value,)
    ]
    noted = next(record for record in records if record.document and price_notes([record]))
    mark, text = price_notes([noted])[0]
    found = ask(
        out,
        f"SELECT FOOTNOTES FROM transactions WHERE TRANS_PRICEPERSHARE_FN = '{mark}' AND SOURCE_ID = '{noted.sha256}'",
    )
    assert found
    assert all(f"{mark}: {text}" in str(texts) for (texts,) in found)


def test_numbers_in_sqlite_compare_as_numbers_and_are_exact(tmp_path: Path, records: list[Record]) -> None:
    numbers = ["9", "10.50", "115.0584", "12345678901234567.8901", "9223372036854775809", "1234567890123"]
    rows = [{"kind": "transaction", "shares": {"value": text}} for text in numbers]
    write_shard(tmp_path, ["sqlite"], 0, [with_filing(records[0], non_derivative=rows)])
    finish(tmp_path, ["sqlite"])
    found = query(tmp_path, "SELECT TRANS_SHARES FROM NONDERIV_TRANS ORDER BY NONDERIV_TRANS_SK")
    assert [value for (value,) in found] == [
        9,
        10.5,
        115.0584,
        "12345678901234567.8901",
        "9223372036854775809",
        1234567890123,
    ]
    assert query(tmp_path, "SELECT count(*) FROM NONDERIV_TRANS WHERE TRANS_SHARES > 9.5 AND TRANS_SHARES < 200") == [
        (2,)
    ]


# --- what the README shows


def test_lines_of_the_readme_load_the_output(
    out: Path, records: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = ROOT / "README.md"
    if not readme.is_file():
        pytest.skip("no README.md here")
    _, _, section = readme.read_text("utf-8").partition("## Load a batch's output\n")
    block = re.search(r"^```py\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert block is not None
    lines = block[1].splitlines()
    assert len(lines) == 4
    engines = {name: pytest.importorskip(name) for name in ("duckdb", "pyarrow", "pandas", "polars")}
    (tmp_path / "out").symlink_to(out)
    monkeypatch.chdir(tmp_path)
    filings = [dict_to_filing(record.document["filing"]) for record in records if record.document]  # type: ignore[arg-type]
    first = sum(row.kind == "transaction" for filing in filings for row in filing.non_derivative)
    both = first + sum(row.kind == "transaction" for filing in filings for row in filing.derivative)
    by_duckdb, by_sqlite, by_pandas, by_polars = (eval(line, {**engines, "sqlite3": sqlite3}) for line in lines)
    assert len(by_duckdb.fetchall()) == len(by_pandas) == by_polars.height == first
    assert len(by_sqlite.fetchall()) == both
    assert list(by_pandas.columns) == by_polars.columns == [column.name for column in TABLES["NONDERIV_TRANS"].columns]


def test_parquet_holds_exact_numbers_and_real_dates(out: Path, records: list[Record]) -> None:
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    escaped = str(out).replace("[", "[[]").replace("*", "[*]")
    trans, notes = (f"'{escaped}/parquet/{name}/*.parquet'" for name in ("NONDERIV_TRANS", "FOOTNOTES"))
    assert duckdb.sql(JOIN.format(trans=trans, notes=notes)).fetchall() == price_notes(records)
    kinds = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {trans})").fetchall())
    assert (kinds["TRANS_DATE"], kinds["TRANS_SHARES"]) == ("DATE", "DECIMAL(38,10)")
    assert (kinds["EQUITY_SWAP_INVOLVED"], kinds["NONDERIV_TRANS_SK"]) == ("TINYINT", "BIGINT")
    same = f"SELECT TRANS_DATE, TRANS_SHARES, TRANS_PRICEPERSHARE FROM {trans} ORDER BY ALL"
    assert duckdb.sql(same).fetchall() == duck(out, same.replace(trans, "NONDERIV_TRANS"))


# --- the corpus


def test_every_page_of_the_corpus_can_be_written(tmp_path: Path) -> None:
    pages = sorted(corpus_or_skip().glob("filings/*/page.html"))
    step = 1 if os.environ.get("EXTRACTOR_CORPUS_FULL") == "1" else 5
    # Some filings draw the very same page; a batch reads the first of them.
    records = list({record.sha256: record for record in map(record_of, pages[::step])}.values())
    write_shard(tmp_path, installed(), 0, records)
    finish(tmp_path, installed())
    assert query(tmp_path, "SELECT count(*) FROM SUBMISSION") == [(len(records),)]
    expected = price_notes(records)
    assert query(tmp_path, JOIN.format(trans="NONDERIV_TRANS", notes="FOOTNOTES")) == expected
    for path in (tmp_path / "xml").iterdir():
        assert validate(path.read_bytes()) == []
    assert query(tmp_path, "SELECT count(*) FROM PROVENANCE WHERE HTML_PATH IS NULL") == [(0,)]
