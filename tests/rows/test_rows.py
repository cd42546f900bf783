"""Row sets: what stands in them, and that every library gets the same."""

from __future__ import annotations

import builtins
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor import Extraction, extract
from extractor.errors import MissingExtra, WriteError
from extractor.rows import Column, Kind, RowSet

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PANDAS, ARROW, POLARS = "to_pandas", "to_arrow", "to_polars"


@pytest.fixture(scope="module")
def joint() -> Extraction:
    return extract(SAMPLES / "joint-many-rows" / "filing.pdf")


@pytest.fixture(scope="module")
def plain() -> Extraction:
    return extract(SAMPLES / "qualys-2021-sec" / "filing.pdf")


def test_a_row_a_transaction_however_many_owners(joint: Extraction) -> None:
    filing = joint.filing
    rows = [*filing.non_derivative, *filing.derivative]
    assert len(filing.owners) == 4
    assert len(joint.transactions) == sum(row.kind == "transaction" for row in rows)
    assert len(joint.holdings) == sum(row.kind == "holding" for row in rows)
    assert {row["owner_names"] for row in joint.transactions} == {tuple(owner.name.value for owner in filing.owners)}


def test_a_row_an_owner_on_request(joint: Extraction) -> None:
    both = joint.transactions.per_owner()
    assert len(both) == 4 * len(joint.transactions)
    assert [row["owner_name"] for row in both[:4]] == [owner.name.value for owner in joint.filing.owners]
    assert [row["owner_number"] for row in both[:4]] == [1, 2, 3, 4]
    assert len({(row["table"], row["row"]) for row in both}) == len(joint.transactions)


def test_marks_are_lists_and_their_notes_texts(plain: Extraction) -> None:
    first, second = plain.transactions
    assert first["price_per_share"] == Decimal("115.0584")
    assert first["price_per_share_footnotes"] == ("F1",)
    assert first["price_per_share_notes"] == f"F1: {plain.filing.footnotes[0].text}"
    assert (second["shares_footnotes"], second["shares_notes"]) == ((), None)
    assert (first["transaction_date"], first["form"], first["table"], first["row"]) == (date(2021, 10, 14), "4", 1, 1)


def test_owners_and_footnotes(joint: Extraction) -> None:
    owner = joint.owners[0]
    assert owner["name"] == "Imaginary Ventures IX, L.P."
    assert (owner["city"], owner["ten_percent_owner"], owner["number"]) == ("SAN MATEO", True, 1)
    note = joint.footnotes[0]
    assert note["id"] == "F1"
    assert "non_derivative[0].nature_of_ownership" in tuple(note["cited_by"])  # type: ignore[arg-type]


def test_a_row_cannot_be_changed(plain: Extraction) -> None:
    with pytest.raises(TypeError):
        plain.transactions[0]["shares"] = 1  # type: ignore[index]


@pytest.mark.parametrize("part", ["transactions", "holdings", "owners", "footnotes"])
@pytest.mark.parametrize("sample", ["joint-many-rows", "form3-none", "form5-annual"])
def test_every_library_gets_the_same(sample: str, part: str) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    rows: RowSet = getattr(extract(SAMPLES / sample / "filing.html"), part)
    dicts = rows.to_dicts()
    assert rows.to_arrow().to_pylist() == dicts
    assert rows.to_polars().to_dicts() == dicts
    frame = rows.to_pandas()
    assert list(frame.columns) == [column.name for column in rows.columns]
    assert _from_pandas(frame) == dicts


def _from_pandas(frame: Any) -> list[dict[str, object]]:
    import pandas as pd

    def back(value: Any) -> object:
        if isinstance(value, list):
            return value
        if pd.isna(value):
            return None
        return value.date() if isinstance(value, pd.Timestamp) else value

    return [{name: back(value) for name, value in row.items()} for row in frame.to_dict("records")]


def test_types_do_not_hang_on_the_values(plain: Extraction) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("polars")
    assert plain.transactions.to_arrow().schema == plain.holdings.to_arrow().schema
    assert plain.transactions.to_polars().schema == plain.holdings.to_polars().schema


@pytest.mark.parametrize("number", ["1E+40", "0.00000000001"])
@pytest.mark.parametrize("ask", [ARROW, POLARS])
def test_a_number_that_does_not_fit_is_an_error_and_not_rounded(ask: str, number: str) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("polars")
    rows = RowSet([Column("shares", Kind.NUMBER)], [{"shares": Decimal(number)}])
    with pytest.raises(WriteError, match="does not fit"):
        getattr(rows, ask)()


@pytest.mark.parametrize(("ask", "module"), [(PANDAS, "pandas"), (ARROW, "pyarrow"), (POLARS, "polars")])
def test_a_missing_library_is_told_with_its_extra(
    ask: str, module: str, plain: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == module:
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra) as caught:
        getattr(plain.transactions, ask)()
    assert "form345-extractor[frames]" in caught.value.hint


def test_a_notebook_shows_the_columns_that_have_anything(plain: Extraction) -> None:
    text = plain.transactions._repr_html_()
    assert "price_per_share" in text
    assert "deemed_execution_date<" not in text
    assert "2 rows" in text
    assert "20 shown" in extract(SAMPLES / "joint-many-rows" / "filing.html").transactions._repr_html_()


def test_slices_are_rows_and_repr_is_short(plain: Extraction) -> None:
    assert list(plain.transactions[:1]) == [plain.transactions[0]]
    assert repr(plain.holdings).startswith("<SecurityRows: 0 rows")
