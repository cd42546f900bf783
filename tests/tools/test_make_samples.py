"""The samples are what the maker writes, obey EDGAR's rules, and their pages look like the SEC's."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path

import pytest

from extractor.filing.ownership_xml import validate
from tools.make_samples import expected, maker, online_page, printed, sec_page, stress
from tools.make_samples.__main__ import main
from tools.make_samples.facts import SAMPLES
from tools.make_samples.facts.model import DerivativeRow, Facts, Owner, Row, cell, to_xml
from tools.make_samples.written import WRITTEN

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_ROOT = ROOT / "samples"
CORPUS = ROOT.parent / "shared" / "corpus" / "filings"
SEEDS = range(60)


def facts_of(**changes: object) -> Facts:
    base: dict[str, object] = {
        "schema": "X0306",
        "document_type": "4",
        "period": "2015-03-02",
        "issuer": "Fictional Co",
        "symbol": "FICT",
        "owners": (Owner(name="Doe Jane", cik="0009990001", director=True),),
        "signatures": (("/s/ Jane Doe", "2015-03-04"),),
    }
    return Facts(**(base | changes))  # type: ignore[arg-type]


def words(html: str) -> str:
    """The page's text with its tags gone and white space folded."""
    body = re.sub(r"(?s)<(style|title)\b.*?</\1>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


# -- the files on disk ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_fresh(name: str) -> None:
    assert maker.stale([name], SAMPLE_ROOT) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_expectation_follows_from_the_xml_on_disk(name: str) -> None:
    kept = json.loads((SAMPLE_ROOT / name / "expected.json").read_text(encoding="utf-8"))
    xml = (SAMPLE_ROOT / name / "ownership.xml").read_bytes()
    assert kept == expected.derive(xml, SAMPLES[name].printing)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_file_is_small(name: str) -> None:
    assert [path.name for path in (SAMPLE_ROOT / name).iterdir() if path.stat().st_size > maker.MAX_BYTES] == []


def test_no_folder_without_facts() -> None:
    assert {path.name for path in SAMPLE_ROOT.iterdir() if path.is_dir()} == {*SAMPLES, *WRITTEN}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_by_hand_is_a_text_with_its_expectation(name: str) -> None:
    assert {path.name for path in (SAMPLE_ROOT / name).iterdir()} == {"filing.txt", "expected.json"}


def test_qualys_expectation_by_hand() -> None:
    shown = json.loads((SAMPLE_ROOT / "qualys-2021-sec" / "expected.json").read_text(encoding="utf-8"))
    assert shown["form"] == "4"
    assert shown["period_of_report"] == "2021-10-14"
    assert shown["owners[0].address.street1"] == "C/O QUALYS, INC. 919 E. HILLSDALE BLVD."
    assert "owners[0].address.street2" not in shown
    assert shown["owners[0].relationship.ten_percent_owner"] is True
    assert shown["owners[0].relationship.director"] is False
    assert "aff10b5_one" not in shown
    assert shown["non_derivative[0].price_per_share"] == "115.0584"
    assert shown["non_derivative[0].price_per_share.footnotes"] == ["F1"]
    assert shown["non_derivative[1].shares"] == "17858"
    assert shown["non_derivative[1].price_per_share.footnotes"] == ["F2"]
    assert not any(path.startswith("derivative[") for path in shown)


# -- the command ------------------------------------------------------------------------------------------------------


def test_check_passes_and_unknown_names_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""
    with pytest.raises(SystemExit) as stop:
        main(["no-such-sample"])
    assert stop.value.code == 2


def test_stale_names_what_differs(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE_ROOT / "form3-none", tmp_path / "form3-none")
    shutil.copy(SAMPLE_ROOT / "README.md", tmp_path)
    assert maker.stale(["form3-none"], tmp_path) == []
    (tmp_path / "form3-none" / "filing.html").write_text("other", encoding="utf-8")
    (tmp_path / "form3-none" / "filing.pdf").unlink()
    assert [path.name for path in maker.stale(["form3-none"], tmp_path)] == ["filing.html", "filing.pdf"]


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on this machine")
def test_make_writes_a_whole_sample(tmp_path: Path) -> None:
    maker.make(["form3-initial"], tmp_path)
    assert maker.stale(["form3-initial"], tmp_path) == []
    assert (tmp_path / "form3-initial" / "filing.pdf").read_bytes().startswith(b"%PDF-")


# -- EDGAR's rules ----------------------------------------------------------------------------------------------------


def faults(xml: bytes) -> list[str]:
    """What EDGAR would refuse the filing for."""
    root = ET.fromstring(xml)
    found = [*_fault_notes(root), *_fault_owners(root)]
    form = (root.findtext("documentType") or "")[:1]
    rows = [row for table in ("nonDerivativeTable", "derivativeTable") for row in root.findall(f"{table}/*")]
    for row in rows:
        found += _fault_row(row, form)
    transactions = [row for row in rows if row.tag.endswith("Transaction")]
    if form == "3" and (transactions or (root.findtext("noSecuritiesOwned") == "1") != (not rows)):
        found.append("E12")
    if form != "3" and not transactions and root.findtext("notSubjectToSection16") != "1":
        found.append("E7")
    if any(len(root.findall(f"{table}/*")) > 30 for table in ("nonDerivativeTable", "derivativeTable")):
        found.append("E6")
    if root.findtext("documentType", "").endswith("/A") != (root.find("dateOfOriginalSubmission") is not None):
        found.append("E14")
    return found


def _fault_notes(root: ET.Element) -> list[str]:
    defined = [note.get("id") for note in root.iter("footnote")]
    cited = {note.get("id") for note in root.iter("footnoteId")}
    found = ["E1"] if len(defined) != len(set(defined)) or set(defined) != cited else []
    for element in root.iter():
        marks = [note.get("id") for note in element.findall("footnoteId")]
        found += ["E2"] if len(marks) != len(set(marks)) else []
    return found + ["E15" for note in root.iter("footnote") if len(note.text or "") > 1000]


def _fault_owners(root: ET.Element) -> list[str]:
    owners = root.findall("reportingOwner")
    ciks = [
        owner.findtext("reportingOwnerId/rptOwnerCik") for owner in owners if owner.find(".//rptOwnerCik") is not None
    ]
    found = [] if 1 <= len(owners) <= 10 and len(ciks) == len(set(ciks)) else ["E5"]
    for owner in owners:
        base = "reportingOwnerRelationship/"
        flags = {
            tag: owner.findtext(base + tag) == "1"
            for tag in ("isDirector", "isOfficer", "isTenPercentOwner", "isOther")
        }
        titled = {"isOfficer": owner.findtext(base + "officerTitle"), "isOther": owner.findtext(base + "otherText")}
        if not any(flags.values()) or any(flags[tag] != bool(text) for tag, text in titled.items()):
            found.append("E4")
        found += ["E15" for text in titled.values() if len(text or "") > 30]
    return found


def _fault_row(row: ET.Element, form: str) -> list[str]:
    def given(path: str) -> bool:
        return row.find(path) is not None

    def value(path: str) -> str:
        return row.findtext(path + "/value") or ""

    derivative, transaction = row.tag.startswith("derivative"), row.tag.endswith("Transaction")
    found = []
    if (value("ownershipNature/directOrIndirectOwnership") == "I") != bool(value("ownershipNature/natureOfOwnership")):
        found.append("E3")
    pairs = [
        (
            "postTransactionAmounts/sharesOwnedFollowingTransaction",
            "postTransactionAmounts/valueOwnedFollowingTransaction",
        )
    ]
    if derivative and form == "3":
        pairs = []
    if derivative:
        pairs.append(("underlyingSecurity/underlyingSecurityShares", "underlyingSecurity/underlyingSecurityValue"))
    if transaction:
        pairs.append(("transactionAmounts/transactionShares", "transactionAmounts/transactionTotalValue"))
    found += ["E8" for shares, dollars in pairs if given(shares) == given(dollars)]
    owing = ["transactionAmounts/transactionPricePerShare"] if transaction else []
    owing += ["conversionOrExercisePrice", "exerciseDate", "expirationDate"] if derivative else []
    found += ["E9" for path in owing if not value(path) and not given(path + "/footnoteId")]
    if transaction and row.findtext("transactionCoding/transactionCode") not in tuple("ACDEFGHIJLMOPSUWXZ"):
        found.append("E10")
    if transaction != given("transactionDate") or transaction != given("transactionAmounts"):
        found.append("E11")
    if len(value("securityTitle")) > 60 or len(value("ownershipNature/natureOfOwnership")) > 100:
        found.append("E15")
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_obeys_edgar(name: str) -> None:
    assert faults((SAMPLE_ROOT / name / "ownership.xml").read_bytes()) == []


def test_random_filings_obey_edgar() -> None:
    assert {seed: found for seed in SEEDS if (found := faults(stress.generate(seed)))} == {}


def test_samples_and_random_filings_follow_the_schema() -> None:
    xmls = {name: (SAMPLE_ROOT / name / "ownership.xml").read_bytes() for name in SAMPLES}
    xmls |= {str(seed): stress.generate(seed) for seed in SEEDS}
    assert {name: found for name, xml in xmls.items() if (found := validate(xml))} == {}


def test_faults_are_found() -> None:
    row = Row(title=cell("Stock", 1), date=cell("2015-03-02"), code="Q", shares=cell("1"), owned=cell("1"))
    found = faults(to_xml(facts_of(table1=(row,))))
    assert set(found) == {"E1", "E9", "E10"}


def test_random_filings_are_the_same_for_a_seed_and_reach_the_edges() -> None:
    assert stress.generate(7) == stress.generate(7)
    roots = [ET.fromstring(stress.generate(seed)) for seed in SEEDS]
    assert {(root.findtext("documentType") or "")[:1] for root in roots} == {"3", "4", "5"}
    assert max(len(root.findall("reportingOwner")) for root in roots) == 10
    assert max(len(root.findall("nonDerivativeTable/*")) for root in roots) == 30
    assert max(len(root.findall("footnotes/footnote")) for root in roots) == 40


def test_random_filings_show_all_their_marks_in_both_printings() -> None:
    for seed in SEEDS:
        xml = stress.generate(seed)
        cited = sorted(note.get("id", "")[1:] for note in ET.fromstring(xml).iter("footnoteId"))
        assert sorted(re.findall(r"<sup>\((\d+)\)</sup>", sec_page.render(xml))) == cited
        assert sorted(re.findall(r'<sup><a href="#fn(\d+)">', online_page.render(xml))) == cited


# -- values as printed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "shown"),
    [
        ("134018.0", "134,018"),
        ("5381.2", "5,381.2"),
        ("2599.5213", "2,599.5213"),
        ("437.200", "437.2"),
        ("0", "0"),
        ("0.00", "0.00"),
        ("999999999999.9999", "999,999,999,999.9999"),
    ],
)
def test_number(filed: str, shown: str) -> None:
    assert printed.number(filed) == shown


def test_number_without_separators_and_days() -> None:
    assert printed.number("905485.50", separators=False) == "905485.5"
    assert printed.day_padded("2021-03-04") == "03/04/2021"
    assert printed.day_unpadded("2021-03-04-05:00") == "3/4/2021"


# -- the pages --------------------------------------------------------------------------------------------------------


def test_voluntary_row_and_swap_on_form_4() -> None:
    row = Row(
        title=cell("Stock"),
        date=cell("2015-03-02"),
        code="S",
        swap=True,
        code_notes=(1,),
        form_type="5",
        shares=cell("10"),
        price=cell("0.00"),
        acquired_disposed=cell("D"),
        owned=cell("90"),
    )
    page = sec_page.render(to_xml(facts_of(table1=(row,), footnotes=("Note.",))))
    assert '<span class="SmallFormData">S/K</span><span class="FootnoteData"><sup>(1)</sup></span></td>' in page
    assert '<span class="SmallFormData">V</span>' in page
    assert '<span class="FormText">$</span><span class="FormData">0.00</span>' in page


def test_derivative_amount_stands_in_the_column_of_its_side() -> None:
    row = DerivativeRow(
        title=cell("Option"),
        conversion_price=cell("1.5"),
        date=cell("2015-03-02"),
        code="M",
        shares=cell("77"),
        price=cell("0"),
        acquired_disposed=cell("D"),
        exercise=cell("2014-01-01"),
        expiration=cell("2020-01-01"),
        underlying=cell("Stock"),
        underlying_shares=cell("77"),
        owned=cell("0"),
    )
    xml = to_xml(facts_of(table2=(row,)))
    cells = re.findall(r"<td[^>]*>(.*?)</td>", sec_page.render(xml).split("<tbody>")[1].split("</tbody>")[0], re.S)
    assert len(cells) == 16
    assert cells[6] == ""
    assert "77" in cells[7]
    assert '<td class="disposed">77</td>' in online_page.render(xml)


def test_late_rows_of_form_5_have_a_digit() -> None:
    page = (SAMPLE_ROOT / "form5-annual" / "filing.html").read_text(encoding="utf-8")
    assert '<span class="FormData">4</span><span class="FormData">P</span>' in page
    assert '<span class="SmallFormData">4</span><span class="SmallFormData">J/K</span>' in page
    assert '<span class="FormData">3</span><span class="FormData"></span>' in page


def test_country_line_only_since_2026() -> None:
    owner = Owner(name="Doe Jane", cik="0009990001", state="CA", director=True)
    old, new = (
        words(sec_page.render(to_xml(facts_of(schema=schema, owners=(owner,))))) for schema in ("X0508", "X0609")
    )
    assert "(Country)" not in old
    assert "CALIFORNIA" not in old
    assert "CALIFORNIA (City) (State) (Zip) UNITED STATES (Country)" in new
    assert "2a. Foreign Trading Symbol" in new
    assert "SEC 1474 (03-26)" in new


def test_rule_10b5_1_box_only_since_2023_and_never_on_form_3() -> None:
    boxes = {
        (form, schema): "Rule 10b5-1(c)" in sec_page.render(to_xml(facts_of(document_type=form, schema=schema)))
        for form, schema in (("3", "X0206"), ("4", "X0306"), ("4", "X0407"), ("5", "X0508"))
    }
    assert boxes == {("3", "X0206"): False, ("4", "X0306"): False, ("4", "X0407"): True, ("5", "X0508"): True}


def test_online_printing_by_era() -> None:
    row = Row(title=cell("Stock"), owned=cell("905485"))
    early = words(online_page.render(to_xml(facts_of(table1=(row,)))))
    late = words(
        online_page.render(
            to_xml(
                facts_of(schema="X0508", table1=(row,), signatures=(("/s/ Jane Doe", "2023-08-29"),), not_subject=True)
            )
        )
    )
    assert " 905485 " in early
    assert "[ ] Check this box if no longer subject" in early
    assert " 905,485 " in late
    assert "☒ Check this box if no longer subject" in late
    assert "__X__ Director" in late
    assert "3/4/2015" in early


def test_relationships_of_further_owners_only_in_the_online_printing() -> None:
    xml = (SAMPLE_ROOT / "joint-online" / "ownership.xml").read_bytes()
    sec, online = expected.derive(xml, "sec"), expected.derive(xml, "online")
    assert online["owners[1].relationship.officer_title"] == "Executive Chair, President"
    assert not any(path.startswith("owners[1].relationship") for path in sec)
    assert sec["owners[1].cik"] == "0009990082"
    assert "owners[1].cik" not in online


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside the repository")
def test_sec_pages_read_like_those_of_the_corpus() -> None:
    folders = sorted(CORPUS.iterdir())
    pages = {folder.name: (folder / "page.html").read_text(encoding="utf-8") for folder in folders}
    drawn = {folder.name: sec_page.render((folder / "ownership.xml").read_bytes()) for folder in folders}
    assert len(pages) >= 100
    assert [name for name in pages if words(pages[name]).split() != words(drawn[name]).split()] == []
