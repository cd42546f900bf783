"""The public functions: what goes in, what comes out, and that only errors of ours are raised."""

from __future__ import annotations

import dataclasses
import gc
import hashlib
import io
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor import Extraction, ExtractorError, api, extract, read
from extractor.api import read_xml
from extractor.errors import (
    DamagedSource,
    NotAnOwnershipForm,
    OutOfMemory,
    SourceUnreadable,
    TimedOut,
    UnsupportedFormat,
)
from extractor.filing.ownership_xml import from_xml
from extractor.issues import Code
from extractor.layout import Grid, Layout
from extractor.readers import source
from extractor.readers.source import Source, open_source
from extractor.version import __version__
from tests.pages import FORM_4, IN_DOUBT, NO_FORM, form_4

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(scope="module")
def result() -> Extraction:
    return extract(FORM_4)


def test_a_page_becomes_a_filing(result: Extraction) -> None:
    filing = result.filing
    assert filing.form == "4"
    assert (filing.issuer.name.value, filing.issuer.cik.value) == ("Fable Inc.", "0009990002")
    assert [owner.name.value for owner in filing.owners] == ["Doe Jane"]
    (sale,), (grant,) = filing.non_derivative, filing.derivative
    assert (sale.price_per_share.value, sale.price_per_share.footnotes) == (Decimal("173.147"), ("F1",))
    assert (grant.shares.value, grant.acquired_disposed.value) == (Decimal(70), "A")
    assert [(note.id, note.text) for note in filing.footnotes] == [("F1", "Sold under a plan.")]
    assert filing.remarks.value == "None."
    assert [signature.date.value for signature in filing.signatures] == [date(2021, 7, 1)]


def test_a_sound_page_needs_no_review(result: Extraction) -> None:
    assert (result.issues, result.needs_review) == ((), False)


def test_a_value_that_cannot_be_read_needs_review() -> None:
    result = extract(IN_DOUBT)
    price = result.filing.non_derivative[0].price_per_share
    assert result.needs_review
    assert (price.value, price.printed) == (None, "$173.14.7")
    assert [(issue.code, issue.path) for issue in result.issues] == [
        (Code.UNREADABLE_VALUE, "non_derivative[0].price_per_share")
    ]


def test_a_note_alone_needs_no_review() -> None:
    result = extract(form_4(symbol="NONE"))
    assert [issue.code for issue in result.issues] == [Code.SYMBOL_UNUSUAL]
    assert not result.needs_review


def test_the_checks_come_behind_the_doubts_of_reading() -> None:
    result = extract(form_4(price="free", symbol="NONE"))
    assert [issue.code for issue in result.issues] == [Code.UNREADABLE_VALUE, Code.SYMBOL_UNUSUAL]


def test_the_source_is_recorded(result: Extraction) -> None:
    assert {name: value for name, value in result.source.items() if name != "evidence"} == {
        "file": "<bytes>",
        "sha256": hashlib.sha256(FORM_4).hexdigest(),
        "format": "html",
        "template": "form4-x03/converted",
        "version": __version__,
        "title": "SEC FORM 4",
    }
    assert all(isinstance(each, str) for each in result.source["evidence"])


def test_the_layout_is_read_when_it_is_asked_for_and_neither_shown_nor_compared() -> None:
    result, same = extract(FORM_4), extract(FORM_4)
    assert result.layout == read(FORM_4)
    assert result.layout is result.layout
    assert "Sheet" not in repr(result)
    assert result == same


def test_a_result_holds_no_layout_that_nobody_asked_for() -> None:
    def held() -> int:
        return sum(type(each) is Grid for each in gc.get_objects())

    gc.collect()
    before = held()
    result = extract(FORM_4)
    gc.collect()
    assert held() == before
    assert any(result.layout.grids())
    assert held() > before


@pytest.mark.parametrize("name", ["filing.pdf", "filing.html", "ownership.xml"])
def test_the_paper_is_that_of_the_layout(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = extract(SAMPLES / "qualys-2021-sec" / name)
    paper = result.layout.paper
    monkeypatch.setattr(api, "read_source", None)  # nothing is read for it
    assert pickle.dumps(result.paper) == pickle.dumps(paper)


def test_a_path_as_text_or_path_or_bytes_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "form4.html"
    path.write_bytes(FORM_4)
    by_text, by_path = extract(str(path)), extract(path)
    assert by_text == by_path
    assert by_text.source["file"] == str(path)
    assert by_text.filing == extract(FORM_4).filing


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(FORM_4)))
    assert extract("-").source["file"] == "<stdin>"


def test_reading_the_same_page_twice_gives_the_same(result: Extraction) -> None:
    assert extract(FORM_4) == result


def test_the_layout_of_a_page_that_is_no_form_can_be_read() -> None:
    assert [line.text for line in read(NO_FORM).lines()] == ["Proxy statement", "Dear shareholder,"]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (b"", DamagedSource),
        (b"<html></html>", DamagedSource),
        (b"\1plain text", UnsupportedFormat),
        (b"plain text", NotAnOwnershipForm),
        (b"# Minutes\n\n| a | b |\n|---|---|\n", NotAnOwnershipForm),
        (NO_FORM, NotAnOwnershipForm),
        ("no/such/file.pdf", SourceUnreadable),
        ("", SourceUnreadable),
        (b"%PDF-1.7\nbroken", ExtractorError),
        (b"%PDF-", ExtractorError),
    ],
    ids=[
        "empty",
        "no-text",
        "unsupported",
        "text",
        "markdown",
        "no-form",
        "no-file",
        "no-path",
        "broken-pdf",
        "signature-alone",
    ],
)
def test_only_errors_of_ours_are_raised(given: str | bytes, kind: type[ExtractorError]) -> None:
    with pytest.raises(kind) as caught:
        extract(given)
    assert caught.value.source == (given or "." if isinstance(given, str) else "<bytes>")
    assert caught.value.hint


@pytest.mark.parametrize("data", [b"", b"\1plain text", b"<html></html>"])
def test_read_names_its_source_too(data: bytes) -> None:
    with pytest.raises(ExtractorError) as caught:
        read(data)
    assert caught.value.source == "<bytes>"


def test_what_caused_an_error_stays_its_cause() -> None:
    with pytest.raises(SourceUnreadable) as caught:
        extract("no/such/file.pdf")
    assert isinstance(caught.value.__cause__, FileNotFoundError)


# Second opinion


def seen_by(monkeypatch: pytest.MonkeyPatch, **engines: bytes | ExtractorError) -> None:
    """Each engine sees a page of its own, or fails."""

    def read_source(_source: Source, _heads: object, engine: str = "fast") -> Layout:
        given = engines[engine]
        if isinstance(given, ExtractorError):
            raise given
        return genuine(open_source(given))

    genuine = api.read_source
    monkeypatch.setattr(api, "read_source", read_source)


def opinions() -> list[tuple[str, str]]:
    """Codes and paths of the issues of a page read twice."""
    return [(issue.code.value, issue.path) for issue in extract(FORM_4, second_opinion=True).issues]


def test_two_readers_agree_on_a_sound_page(result: Extraction) -> None:
    assert extract(FORM_4, second_opinion=True).issues == ()
    assert extract(FORM_4, second_opinion=True).filing == result.filing


def test_where_two_readers_disagree_the_value_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    seen_by(monkeypatch, fast=FORM_4, second=form_4(price="$173.14"))
    result = extract(FORM_4, second_opinion=True)
    (issue,) = result.issues
    price = result.filing.non_derivative[0].price_per_share
    assert (issue.code, issue.path) == (Code.READERS_DISAGREE, "non_derivative[0].price_per_share")
    assert issue.message == "read as '173.147 (F1)', by the second reader as '173.14 (F1)'"
    assert issue.at == price.at != ()
    assert price.value == Decimal("173.147")
    assert result.needs_review


def test_without_a_second_opinion_the_second_reader_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    seen_by(monkeypatch, fast=FORM_4, second=TimedOut("not asked for"))
    assert extract(FORM_4).issues == ()


def test_what_the_fast_reader_finds_damaged_is_read_by_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    seen_by(monkeypatch, fast=DamagedSource("broken"), second=FORM_4)
    assert opinions() == [("read-by-second", "")]


def test_a_second_reader_that_fails_puts_the_first_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    seen_by(monkeypatch, fast=FORM_4, second=DamagedSource("broken"))
    assert opinions() == [("readers-disagree", "")]


def test_what_both_readers_find_damaged_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    seen_by(monkeypatch, fast=DamagedSource("broken"), second=DamagedSource("broken too"))
    with pytest.raises(DamagedSource) as caught:
        extract(FORM_4, second_opinion=True)
    assert caught.value.source == "<bytes>"


def test_an_extraction_cannot_be_changed(result: Extraction) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.issues = ()  # type: ignore[misc]


# Ownership XML and kinds that are said


def test_ownership_xml_is_the_filing_itself() -> None:
    filed = (SAMPLES / "form4-amendment" / "ownership.xml").read_bytes()
    result = extract(filed)
    assert result.filing == read_xml(filed) == from_xml(filed)
    assert not result.needs_review
    assert (result.source["format"], result.source["template"]) == ("xml", "ownership-xml")
    assert [line.text for line in read(filed).lines()][1] == "<ownershipDocument>"


def test_a_text_in_the_xml_that_is_no_date_is_in_doubt() -> None:
    filed = (SAMPLES / "form4-amendment" / "ownership.xml").read_bytes()
    start = filed.index(b"<periodOfReport>") + len(b"<periodOfReport>")
    result = extract(filed[:start] + b"soon" + filed[filed.index(b"<", start) :])
    assert [(issue.code.value, issue.path) for issue in result.issues] == [("unreadable-value", "period_of_report")]


@pytest.mark.parametrize(
    ("filed", "kind"),
    [
        (b"<ownershipDocument><documentType>13</documentType></ownershipDocument>", NotAnOwnershipForm),
        (b"<ownershipDocument><documentType>4</documentType>", DamagedSource),
        (b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///x'>]><ownershipDocument>&x;</ownershipDocument>", DamagedSource),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><ownershipDocument><remarks>&x;</remarks></ownershipDocument>", DamagedSource),
        (b"<ownershipDocument>" + b"<a>" * 5000, DamagedSource),
    ],
    ids=["type", "cut", "file", "entity", "deep"],
)
def test_xml_that_is_no_filing_ends_in_an_error_of_ours(filed: bytes, kind: type[ExtractorError]) -> None:
    for ask in (extract, read_xml):
        with pytest.raises(kind) as caught:
            ask(filed)
        assert caught.value.source == "<bytes>"


def test_only_xml_is_read_as_xml() -> None:
    with pytest.raises(NotAnOwnershipForm):
        read_xml(FORM_4)


def test_a_kind_that_is_said_goes_before_the_content() -> None:
    assert extract(FORM_4, kind="html").filing == extract(FORM_4).filing
    with pytest.raises(ExtractorError):
        extract(FORM_4, kind="pdf")
    assert read(FORM_4, kind="text").properties["format"] == "text"


@pytest.mark.parametrize(
    ("raised", "told"),
    [(KeyError("x"), DamagedSource), (RecursionError(), DamagedSource), (MemoryError(), OutOfMemory)],
)
def test_what_nobody_foresaw_is_a_typed_error(
    monkeypatch: pytest.MonkeyPatch, raised: Exception, told: type[ExtractorError]
) -> None:
    def broken(*_: object) -> Layout:
        raise raised

    monkeypatch.setattr(api, "read_source", broken)
    for call in (extract, read):
        with pytest.raises(told) as caught:
            call(FORM_4)
        assert caught.value.__cause__ is raised
        assert caught.value.source
