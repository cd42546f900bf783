"""Codes: the facts that `codes.toml` declares, the look-ups over them, and what a malformed file does."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from extractor.errors import TemplateError
from extractor.layout import squeeze
from extractor.templates.codes import (
    country_code,
    read_codes,
    state_code,
    state_names,
    transaction_codes,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

FILE = """
us_states = ["GA"]
[transaction_codes]
P = { group = "General", meaning = "purchase", xml = true, usual = "A" }
[states]
GA = "GEORGIA"
2Q = "GEORGIA (COUNTRY)"
[state_aliases]
"PEACH STATE" = "GA"
[country_names]
GEORGIA = "2Q"
"""


def test_twenty_transaction_codes_of_which_eighteen_stand_in_xml() -> None:
    codes = transaction_codes()
    assert "".join(sorted(codes)) == "ACDEFGHIJKLMOPSUVWXZ"
    assert {letter for letter, code in codes.items() if not code.xml} == {"K", "V"}
    assert all(letter == code.letter for letter, code in codes.items())


@pytest.mark.parametrize(
    ("letter", "group", "usual", "table_1", "table_2"),
    [
        ("P", "General", "A", "A", "A"),
        ("S", "General", "D", "D", "D"),
        ("F", "Rule 16b-3", "D", "D", "D"),
        ("M", "Rule 16b-3", "either", "A", "D"),
        ("O", "Derivative", "either", "either", "D"),
        ("E", "Derivative", "", "", ""),
        ("G", "Other exempt", "either", "either", "either"),
        ("J", "Other", "either", "either", "either"),
    ],
)
def test_usual_direction_of_a_code(letter: str, group: str, usual: str, table_1: str, table_2: str) -> None:
    code = transaction_codes()[letter]
    assert (code.group, code.usual, code.usual_table_1, code.usual_table_2) == (group, usual, table_1, table_2)


def test_309_codes_as_the_ownership_xml_specification_counts() -> None:
    names = state_names()
    assert len(names) == 309
    assert len(set(names.values())) == 309
    assert all(name == name.upper().strip() for name in names.values())


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("CALIFORNIA", "CA"),
        ("District of Columbia", "DC"),
        ("ONTARIO, CANADA", "A6"),
        ("ontario", "A6"),
        ("CANADA (FEDERAL LEVEL)", "Z4"),
        ("UNITED STATES", "X1"),
        ("TAIWAN", "F5"),
        ("Taiwan, Province of China", "F5"),
        ("KOREA, REPUBLIC OF", "M5"),
        ("SOUTH KOREA", "M5"),
        ("VIRGIN ISLANDS, BRITISH", "D8"),
        ("VIRGIN ISLANDS, U.S.", "VI"),
        ("COTE D’IVOIRE", "L7"),
        ("GUINEA–BISSAU", "S0"),
        ("NEW\n YORK", "NY"),
        ("MARSHALL ISLANDS", "1T"),
        ("M0", "M0"),
        (" ny ", "NY"),
        ("GEORGIA", "GA"),
    ],
)
def test_code_of_a_printed_state(printed: str, code: str) -> None:
    assert state_code(printed) == code


@pytest.mark.parametrize("printed", ["", " ", "ATLANTIS", "KOREA", "VIRGIN ISLANDS", "ZZ", "NUNAVUT"])
def test_unknown_and_ambiguous_places_have_no_code(printed: str) -> None:
    assert state_code(printed) is None


@pytest.mark.parametrize(
    ("printed", "code"),
    [("GEORGIA", "2Q"), ("JAPAN", "M0"), ("F5", "F5"), ("CALIFORNIA", None), ("GA", None), ("PUERTO RICO", "PR")],
)
def test_code_of_a_printed_country(printed: str, code: str | None) -> None:
    assert country_code(printed) == code


def test_a_code_is_one_only_as_it_stands() -> None:
    assert "E9" in state_names()
    assert "TX" in state_names()
    assert "tx" not in state_names()
    assert "TEXAS" not in state_names()
    assert "" not in state_names()


def test_every_name_leads_back_to_its_code() -> None:
    assert {code: state_code(name) for code, name in state_names().items()} == {code: code for code in state_names()}


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        state_names()["ZZ"] = "NOWHERE"  # type: ignore[index]


def test_a_file_in_order_is_read() -> None:
    codes = read_codes(FILE)
    assert codes.code_of["peachstate"] == "GA"
    assert codes.country_names == {"georgia": "2Q"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[states]", "[states"),  # not TOML
        ('usual = "A"', 'usual = "B"'),
        ('usual = "A"', 'usual = "A", colour = "red"'),
        ("xml = true, ", ""),
        ('usual = "A"', 'usual = ["A", "D", "D"]'),
        ("P = {", "PP = {"),
        ('GA = "GEORGIA"', 'G = "GEORGIA"'),
        ('GA = "GEORGIA"', 'GA = "GEORGIA (country)"'),  # one name, two codes
        ('"PEACH STATE" = "GA"', '"PEACH STATE" = "FL"'),  # no such code
        ('"PEACH STATE" = "GA"', '"Georgia" = "2Q"'),  # an alias that is a name already
        ('"PEACH STATE" = "GA"', '"2Q" = "GA"'),  # an alias that looks like a code
        ("[country_names]", "[counties]"),
    ],
)
def test_a_malformed_file_is_an_error(old: str, new: str) -> None:
    assert old in FILE
    with pytest.raises(TemplateError) as caught:
        read_codes(FILE.replace(old, new))
    assert caught.value.source == "codes.toml"


def _addresses() -> list[tuple[str, str]]:
    """State or country code and EDGAR's own name beside it, of every filed XML at hand."""
    found = set()
    for path in sorted(CORPUS.rglob("*.xml")):
        try:
            root = ElementTree.parse(path).getroot()
        except ElementTree.ParseError:
            continue
        for address in root.iter("reportingOwnerAddress"):
            code = (address.findtext("rptOwnerCountry") or address.findtext("rptOwnerState") or "").strip()
            found.add((code, (address.findtext("rptOwnerStateDescription") or "").strip()))
    return sorted(found)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside the repository")
def test_codes_of_the_filings_at_hand() -> None:
    pairs = [pair for pair in _addresses() if pair[0]]
    assert len(pairs) > 1
    assert [code for code, _ in pairs if code not in state_names()] == []
    assert [(code, name) for code, name in pairs if name and squeeze(state_names()[code]) != squeeze(name)] == []
