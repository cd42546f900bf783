"""The SEC's blank Forms 3 and 4, filled in by typing, are read as what was typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractor import extract
from extractor.api import Extraction
from tests.corpus.on_paper import on_paper
from tests.corpus.typed import FullError, fill
from tests.samples.shown import Shown, differences, flat
from tools.make_samples import expected
from tools.make_samples.document import parse
from tools.make_samples.facts.model import DerivativeRow, Facts, Owner, Row, cell, to_xml
from tools.make_samples.facts.small_forms import FORM3_INITIAL
from tools.make_samples.facts.x06_foreign import X06_FOREIGN

BLANKS = {"3": "form3-blank-2024.pdf", "4": "form4-blank-2026.pdf"}
# Two in three of these are Forms 3 or 4 that the paper has room for.
SEEDS = range(60)
FEWEST = 30


@pytest.fixture(scope="session")
def blanks(corpus: Path) -> dict[str, bytes]:
    """The blank forms by number."""
    folder = corpus / "genuine" / "blank"
    if not all((folder / name).is_file() for name in BLANKS.values()):
        pytest.skip(f"no blank forms at {folder}")
    return {form: (folder / name).read_bytes() for form, name in BLANKS.items()}


Wrong = dict[str, tuple[Shown | None, Shown | None]]


def read(blanks: dict[str, bytes], xml: bytes, behind: str = "") -> tuple[Wrong, Extraction]:
    """What is read otherwise than it was typed, and the reading."""
    extraction = extract(fill(blanks[parse(xml).form], xml, behind=behind))
    return differences(expected.derive(xml, expected.PAPER), flat(extraction.filing)), extraction


def assert_exact(blanks: dict[str, bytes], facts: Facts, behind: str = "") -> Extraction:
    wrong, extraction = read(blanks, to_xml(facts), behind)
    assert wrong == {}
    assert not extraction.needs_review, extraction.issues
    return extraction


OWNER = Owner(
    name="Typewriter Ada",
    street1="12 CARRIAGE RETURN",
    city="REMINGTON",
    state="IN",
    zip_code="47977",
    director=True,
    non_us=False,
)
SALE = Row(
    title=cell("Common Stock"),
    date=cell("2026-04-20"),
    code="S",
    shares=cell("1057"),
    price=cell("173.147", 1),
    acquired_disposed=cell("D"),
    owned=cell("5000"),
)
OPTION = DerivativeRow(
    title=cell("Option"),
    conversion_price=cell("2.64"),
    date=cell("2026-04-21"),
    code="M",
    shares=cell("70750"),
    price=cell("0"),
    acquired_disposed=cell("D"),
    exercise=cell("", 1),
    expiration=cell("2031-06-28"),
    underlying=cell("Common Stock"),
    underlying_shares=cell("70750"),
    owned=cell("0"),
)
FORM4 = Facts(
    schema="X0609",
    document_type="4",
    period="2026-04-20",
    issuer="Platen & Daughters, Inc.",
    symbol="PLTN",
    foreign_symbol="",
    owners=(OWNER,),
    table1=(SALE,),
    table2=(OPTION,),
    footnotes=("The price is a weighted average; see also (2) of the plan.",),
    remarks="None.",
    signatures=(("/s/ Ada Typewriter", "2026-04-22"),),
)
HOLDING = Row(title=cell("Common Stock"), owned=cell("250000"))
FORM3 = replace(FORM3_INITIAL, owners=(replace(FORM3_INITIAL.owners[0], officer="", director=True),))


def test_a_form_4_in_both_tables(blanks: dict[str, bytes]) -> None:
    filing = assert_exact(blanks, FORM4).filing
    assert filing.non_derivative[0].price_per_share.footnotes == ("F1",)
    assert filing.derivative[0].exercise_date.footnotes == ("F1",)


def test_a_form_3_in_both_tables_with_marks_alone_and_a_value_in_dollars(blanks: dict[str, bytes]) -> None:
    filing = assert_exact(blanks, FORM3).filing
    assert filing.derivative[0].conversion_or_exercise_price.footnotes == ("F1",)
    assert str(filing.derivative[2].underlying_value.value) == "1000000"


def test_rows_that_go_on_on_the_second_page_of_form_3(blanks: dict[str, bytes]) -> None:
    rows = tuple(replace(HOLDING, title=cell(f"Series {letter} Stock")) for letter in "ABCDEFGH")
    filing = assert_exact(blanks, replace(FORM3, table1=(*rows, *FORM3.table1))).filing
    assert len(filing.non_derivative) == len(rows) + len(FORM3.table1)
    pages = [row.security_title.at[0].as_dict()["page"] for row in filing.non_derivative]
    assert pages == [1, 1, *[2] * (len(pages) - 2)]


def test_a_country_a_territory_and_a_foreign_symbol(blanks: dict[str, bytes]) -> None:
    filing = assert_exact(blanks, X06_FOREIGN).filing
    assert filing.issuer.foreign_trading_symbol.value == "9999.TW"
    assert filing.owners[0].address.country.value == "F5"


def test_boxes_that_are_typed_on(blanks: dict[str, bytes]) -> None:
    filing = assert_exact(blanks, replace(FORM4, not_subject=True)).filing
    assert (filing.not_subject_to_section16.value, filing.aff10b5_one.value) == (True, False)
    filing = assert_exact(blanks, replace(FORM4, aff10b5_one=True)).filing
    assert (filing.not_subject_to_section16.value, filing.aff10b5_one.value) == (False, True)


@pytest.mark.parametrize("form", ["3", "4"])
def test_the_date_of_the_original_filing(form: str, blanks: dict[str, bytes]) -> None:
    facts = FORM3 if form == "3" else FORM4
    assert_exact(blanks, replace(facts, document_type=f"{form}/A", original="2026-04-21"))


@pytest.mark.parametrize(
    "relationship",
    [
        {"officer": "Chief Platen Officer"},
        {"other": "Former director"},
        {"officer": "President", "other": "Member of a group", "ten_percent": True},
    ],
    ids=["officer", "other", "all"],
)
@pytest.mark.parametrize("form", ["3", "4"])
def test_ticks_on_the_check_lines_and_the_title_below(
    form: str, relationship: dict[str, object], blanks: dict[str, bytes]
) -> None:
    owner = replace(OWNER if form == "4" else FORM3.owners[0], **relationship)  # type: ignore[arg-type]
    assert_exact(blanks, replace(FORM3 if form == "3" else FORM4, owners=(owner,)))


@pytest.mark.parametrize(
    "streets", [("1 RIBBON RD", "FLOOR 2"), ("12 LONG AND WINDING RIBBON", "RD. NO. 2"), ("ONE", "")]
)
@pytest.mark.parametrize("form", ["3", "4"])
def test_streets_are_lines(form: str, streets: tuple[str, str], blanks: dict[str, bytes]) -> None:
    owner = replace(OWNER if form == "4" else FORM3.owners[0], street1=streets[0], street2=streets[1])
    assert_exact(blanks, replace(FORM3 if form == "3" else FORM4, owners=(owner,)))


@pytest.mark.parametrize("behind", ["", " ", "\n"], ids=["glued", "behind-a-space", "on-a-line-of-their-own"])
def test_several_marks_on_texts_numbers_and_dates(behind: str, blanks: dict[str, bytes]) -> None:
    row = replace(SALE, title=cell("Class A Stock", 1, 2), date=cell("2026-04-20", 3), shares=cell("1057", 2, 1))
    row = replace(row, owned=cell("5000", 1), nature=cell("By Trust", 2, 3), code_notes=(3,))
    notes = ("Held in escrow.", "A grantor trust.", "A business day.")
    assert_exact(blanks, replace(FORM4, table1=(row,), footnotes=notes), behind)


def test_remarks_below_a_footnote_that_fills_its_line(blanks: dict[str, bytes]) -> None:
    note = " ".join(["word"] * 100)
    assert_exact(blanks, replace(FORM4, footnotes=(note,), remarks=note))


def test_an_address_without_a_state(blanks: dict[str, bytes]) -> None:
    owner = replace(OWNER, state="", non_us=True, country="U0", city="SINGAPORE", zip_code="018956")
    assert_exact(blanks, replace(FORM4, owners=(owner,)))


def test_random_filings_are_read_as_typed(blanks: dict[str, bytes]) -> None:
    wrong: dict[int, Wrong] = {}
    typed = 0
    for seed in SEEDS:
        xml = on_paper(seed)
        if xml is None:
            continue
        try:
            found, _ = read(blanks, xml)
        except FullError:
            continue
        typed += 1
        if found:
            wrong[seed] = found
    assert wrong == {}
    assert typed >= FEWEST


def test_what_was_typed_otherwise_is_told(blanks: dict[str, bytes]) -> None:
    xml = to_xml(FORM4)
    read_back = flat(extract(fill(blanks["4"], to_xml(replace(FORM4, period="2026-04-19")))).filing)
    assert differences(expected.derive(xml, expected.PAPER), read_back) == {
        "period_of_report": ("2026-04-20", "2026-04-19")
    }
