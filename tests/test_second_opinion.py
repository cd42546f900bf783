"""The second opinion: where two readings agree nothing is added, where they differ an issue says so and where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor import Code, Extraction, Severity, api, extract
from extractor.errors import DamagedSource, ExitCode, NotAnOwnershipForm, SourceTooLarge, TimedOut
from extractor.issues import CATALOGUE, Issue
from extractor.layout import HtmlLocation, Layout, PdfLocation
from extractor.readers.html import dom_soup
from extractor.readers.html.dom import Sink
from extractor.readers.pdf import page_plumber, witness
from extractor.readers.pdf.ink import PageInk
from tests.cli.called import Call
from tests.cli.conftest import call, folder  # noqa: F401  # fixtures
from tests.corpus.place import ROOT
from tests.pages import FORM_4, IN_DOUBT, NO_FORM

SAMPLES = ROOT / "samples"
PAGES = sorted(path.parent.name for path in SAMPLES.glob("*/filing.html"))
# A second reading of a print takes seconds: one sample of each form, and one of the other printing.
PRINTS = [name for name in ("form3-initial", "form5-annual", "joint-online", "qualys-2021-sec") if name in PAGES]
PRINT = SAMPLES / "qualys-2021-sec" / "filing.pdf"

PRICE = "non_derivative[0].price_per_share"
Tables = list[list[list[str]]]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The further witness is asked only by the tests that say so."""
    monkeypatch.setattr(witness, "is_installed", lambda: False)


def replace_in_html(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Makes the second HTML engine read `new` where the page has `old`."""
    genuine = dom_soup.parse

    def parse(text: str, sink: Sink) -> tuple[Issue, ...]:
        assert old in text
        return genuine(text.replace(old, new), sink)

    monkeypatch.setattr(dom_soup, "parse", parse)


def replace_in_pdf(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Makes the second PDF engine read `new` where the page has `old`."""
    genuine = page_plumber.read_pages

    def read_pages(data: bytes) -> tuple[list[PageInk], dict[str, str]]:
        pages, properties = genuine(data)
        assert any(old in piece.text for page in pages for piece in page.pieces)
        changed = [
            page._replace(pieces=[piece._replace(text=piece.text.replace(old, new)) for piece in page.pieces])
            for page in pages
        ]
        return changed, properties

    monkeypatch.setattr(page_plumber, "read_pages", read_pages)


def fail(monkeypatch: pytest.MonkeyPatch, failing: str, error: Exception) -> None:
    """Makes one of the engines raise `error`."""
    genuine = api.read_source

    def read_source(source: api.Source, heads: tuple[api.TableHeads, ...], engine: api.Engine = "fast") -> Layout:
        if engine == failing:
            raise error
        return genuine(source, heads, engine)

    monkeypatch.setattr(api, "read_source", read_source)


def told(result: Extraction) -> list[tuple[Code, str, str]]:
    return [(issue.code, issue.path, issue.message) for issue in result.issues]


# agreement


def test_agreement_leaves_a_sound_page_as_it_is() -> None:
    result = extract(FORM_4, second_opinion=True)
    assert result == extract(FORM_4)
    assert (result.issues, result.needs_review) == ((), False)


def test_a_value_that_neither_can_read_is_one_doubt() -> None:
    result = extract(IN_DOUBT, second_opinion=True)
    assert [(issue.code, issue.path) for issue in result.issues] == [(Code.UNREADABLE_VALUE, PRICE)]


@pytest.mark.skipif(not PAGES, reason="no samples")
@pytest.mark.parametrize("sample", PAGES)
def test_both_engines_agree_on_a_sample_as_a_page(sample: str) -> None:
    page = SAMPLES / sample / "filing.html"
    assert extract(page, second_opinion=True) == extract(page)


@pytest.mark.skipif(not PRINTS, reason="no samples")
@pytest.mark.parametrize("sample", PRINTS)
def test_both_engines_agree_on_a_sample_as_a_print(sample: str) -> None:
    printed = SAMPLES / sample / "filing.pdf"
    assert extract(printed, second_opinion=True) == extract(printed)


# disagreement


def test_a_disagreement_on_a_page_becomes_an_issue_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_in_html(monkeypatch, "$173.147", "$173.741")
    result = extract(FORM_4, second_opinion=True)
    message = "read as '173.147 (F1)', by the second reader as '173.741 (F1)'"
    assert told(result) == [(Code.READERS_DISAGREE, PRICE, message)]
    assert result.issues[0].at == result.filing.non_derivative[0].price_per_share.places
    assert [type(place) for place in result.issues[0].at] == [HtmlLocation, HtmlLocation]
    assert result.needs_review


@pytest.mark.skipif(not PRINT.exists(), reason="no samples")
def test_a_disagreement_on_a_print_becomes_an_issue_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = extract(PRINT)
    sale = fast.filing.non_derivative[0]
    replace_in_pdf(monkeypatch, sale.shares.printed, "77")
    result = extract(PRINT, second_opinion=True)
    assert (Code.READERS_DISAGREE, "non_derivative[0].shares") in [(each.code, each.path) for each in result.issues]
    (issue,) = [each for each in result.issues if each.path == "non_derivative[0].shares"]
    assert issue.message == f"read as '{sale.shares.value}', by the second reader as '77'"
    assert issue.at == sale.shares.places
    assert {type(place) for place in issue.at} == {PdfLocation}
    assert result.filing == fast.filing  # the fast reading stands


def test_a_mark_that_only_one_reader_sees_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_in_html(monkeypatch, "$173.147<sup>(1)</sup>", "$173.147")
    (issue,) = extract(FORM_4, second_opinion=True).issues
    assert (issue.code, issue.path) == (Code.READERS_DISAGREE, PRICE)
    assert issue.message == "read as '173.147 (F1)', by the second reader as '173.147'"


def test_a_value_that_only_the_second_can_read_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_in_html(monkeypatch, "$173.14.7", "$173.147")
    result = extract(IN_DOUBT, second_opinion=True)
    assert [(issue.code, issue.path) for issue in result.issues] == [
        (Code.UNREADABLE_VALUE, PRICE),
        (Code.READERS_DISAGREE, PRICE),
    ]


def test_a_row_that_only_the_second_sees_is_a_disagreement_on_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    row = "<tr><td>Common Stock</td><td>06/29/2021"
    replace_in_html(monkeypatch, row, f"{row}</td><td></td><td>S</td><td></td><td>9</td></tr>{row}")
    result = extract(FORM_4, second_opinion=True)
    assert (Code.READERS_DISAGREE, "non_derivative", "read as '1', by the second reader as '2'") in told(result)
    assert result.needs_review


def test_a_footnote_read_otherwise_has_its_id_for_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    replace_in_html(monkeypatch, "Sold under a plan.", "Sold under a plant.")
    result = extract(FORM_4, second_opinion=True)
    assert [(issue.code, issue.path) for issue in result.issues] == [(Code.READERS_DISAGREE, "footnotes[F1]")]
    assert result.issues[0].at == result.filing.footnotes[0].at


# one engine gives up


def test_a_second_engine_that_gives_up_leaves_the_first_reading_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "second", SourceTooLarge("more than 500000 tags"))
    result = extract(FORM_4, second_opinion=True)
    assert told(result) == [(Code.READERS_DISAGREE, "", "the second reader gave up: more than 500000 tags")]
    assert (result.filing, result.needs_review) == (extract(FORM_4).filing, True)


def test_a_fast_engine_that_finds_damage_leaves_it_to_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = extract(IN_DOUBT)
    lines = list(sound.layout.lines())
    fail(monkeypatch, "fast", DamagedSource("no page can be read"))
    result = extract(IN_DOUBT, second_opinion=True)
    assert told(result)[0] == (Code.READ_BY_SECOND, "", "the fast engine gave up: no page can be read")
    assert result.issues[1:] == sound.issues
    assert (result.filing, result.needs_review) == (sound.filing, True)
    assert list(result.layout.lines()) == lines  # the fast engine would give up again


def test_without_a_second_opinion_damage_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "fast", DamagedSource("no page can be read"))
    with pytest.raises(DamagedSource):
        extract(FORM_4)


@pytest.mark.parametrize("error", [SourceTooLarge("too large"), NotAnOwnershipForm("no form")])
def test_only_damage_is_left_to_the_second(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "fast", error)
    with pytest.raises(type(error)):
        extract(FORM_4, second_opinion=True)


def test_what_neither_engine_can_read_is_the_error_of_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "fast", DamagedSource("no page can be read"))
    with pytest.raises(NotAnOwnershipForm) as caught:
        extract(NO_FORM, second_opinion=True)
    assert caught.value.source == "<bytes>"


# the further witness


@pytest.fixture
def witnessed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Tables | Exception], Extraction]:
    """A print as read with a second opinion whose witness says or raises what is given."""
    if not PRINT.exists():
        pytest.skip("no samples")

    def run(said: Tables | Exception) -> Extraction:
        def table_texts(data: bytes) -> Tables:
            assert data == PRINT.read_bytes()
            if isinstance(said, Exception):
                raise said
            return said

        monkeypatch.setattr(witness, "is_installed", lambda: True)
        monkeypatch.setattr(witness, "table_texts", table_texts)
        return extract(PRINT, second_opinion=True)

    return run


Witnessed = Callable[[Tables | Exception], Extraction]


def table_as_printed(**changes: str) -> list[list[str]]:
    """The rows of Table I in that print; in the first of them with other texts for the fields named."""
    rows = extract(PRINT).filing.non_derivative
    texts = [{name: field.printed for name, field in row if hasattr(field, "printed")} for row in rows]
    return [list((texts[0] | changes).values()), *(list(each.values()) for each in texts[1:])]


def test_a_witness_that_sees_the_same_says_nothing(witnessed: Witnessed) -> None:
    assert witnessed([table_as_printed()]).issues == extract(PRINT).issues


def test_what_the_witness_gainsays_is_noted_and_puts_nothing_in_doubt(witnessed: Witnessed) -> None:
    plain = extract(PRINT)
    result = witnessed([table_as_printed(shares="77")])
    (issue,) = result.issues[len(plain.issues) :]
    assert (issue.code, issue.path) == (Code.WITNESS_DISAGREES, "non_derivative[0].shares")
    assert issue.at == plain.filing.non_derivative[0].shares.places
    assert result.needs_review == plain.needs_review


def test_a_witness_that_gives_up_is_noted(witnessed: Witnessed) -> None:
    result = witnessed(TimedOut("camelot took more than 30 s"))
    assert told(result)[-1] == (
        Code.WITNESS_DISAGREES,
        "",
        "the table witness gave up: camelot took more than 30 s",
    )


def test_the_witness_is_never_above_the_readers() -> None:
    assert CATALOGUE[Code.WITNESS_DISAGREES].severity is Severity.NOTE
    assert CATALOGUE[Code.READERS_DISAGREE].severity is Severity.DOUBT


def test_the_witness_is_not_asked_about_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(data: bytes) -> Tables:
        raise AssertionError(data)

    monkeypatch.setattr(witness, "is_installed", lambda: True)
    monkeypatch.setattr(witness, "table_texts", asked)
    assert extract(FORM_4, second_opinion=True) == extract(FORM_4)


@pytest.mark.skipif(not PRINT.exists(), reason="no samples")
def test_neither_the_second_reader_nor_the_witness_is_asked_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = extract(PRINT)
    fail(monkeypatch, "second", AssertionError())
    monkeypatch.setattr(witness, "is_installed", lambda: pytest.fail("asked"))
    assert extract(PRINT) == plain


# on the command line


@pytest.mark.usefixtures("folder")
def test_the_command_line_asks_for_it(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    replace_in_html(monkeypatch, "$173.147", "$173.741")
    done = call("good.html", "--second-opinion")
    printed = json.loads(done.out)
    assert (done.code, printed["needs_review"]) == (ExitCode.READ, True)
    assert [(issue["code"], issue["severity"], issue["path"]) for issue in printed["issues"]] == [
        ("readers-disagree", "doubt", PRICE)
    ]
    assert "good.html: 1 in doubt" in done.err


@pytest.mark.usefixtures("folder")
def test_a_disagreement_fails_a_strict_reading(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    replace_in_html(monkeypatch, "$173.147", "$173.741")
    assert call("good.html", "--second-opinion", "--strict").code == ExitCode.IN_DOUBT
    assert call("good.html", "--strict").code == ExitCode.READ


def test_the_command_line_agrees_where_both_do(call: Call, folder: Path) -> None:  # noqa: F811
    assert call(str(folder / "good.html"), "--second-opinion") == call(str(folder / "good.html"))
