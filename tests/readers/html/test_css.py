from __future__ import annotations

import pytest

from extractor.errors import SourceTooLarge
from extractor.readers.html.css import Compound, Declaration, declarations_of, rules_of

NONE: frozenset[str] = frozenset()


def selectors(sheet: str) -> list[tuple[Compound, ...]]:
    return [rule.compounds for rule in rules_of(sheet)]


def test_rules_in_document_order_with_their_specificity() -> None:
    first, second, third = rules_of(".a td, #x { color: Blue } td{FONT-SIZE:  small  ;margin:0}")
    assert first.compounds == (Compound("", "", frozenset({"a"})), Compound("td", "", NONE))
    assert first.declarations == (Declaration("color", "blue"),)
    assert first.weight == (0, 1, 1, 0)
    assert second.compounds == (Compound("", "x", NONE),)
    assert second.weight == (1, 0, 0, 1)
    assert third.declarations == (Declaration("font-size", "small"),)
    assert third.weight == (0, 0, 1, 2)


def test_compounds() -> None:
    assert selectors("TD.a.b#c{color:red}") == [(Compound("td", "c", frozenset({"a", "b"})),)]
    assert selectors("#c.a{color:red}") == [(Compound("", "c", frozenset({"a"})),)]
    assert selectors("tr>td{color:red}") == [(Compound("tr", "", NONE), Compound("td", "", NONE, True))]


@pytest.mark.parametrize("selector", ["a:hover", "td + td", "td ~ td", "a[href]", "*", "p::before", ""])
def test_selectors_passed_over(selector: str) -> None:
    assert selectors(f"{selector} {{color: red}} b{{color:red}}") == [(Compound("b", "", NONE),)]


@pytest.mark.parametrize(
    "sheet",
    [
        "/* p{color:red} */ b{color:red}",
        "<!-- b{color:red} -->",
        "@import url(x.css); b{color:red}",
        "@media print { p{color:red} i{color:red} } b{color:red}",
        "@charset 'x'; @font-face{font-family:x} b{color:red",
        "} b{color:red} /* unclosed",
        "p{margin:0} b{color:red}",
        "b{color:red} @media x { p{color:red}",
    ],
)
def test_sheets_with_one_rule_that_is_read(sheet: str) -> None:
    assert selectors(sheet) == [(Compound("b", "", NONE),)]


def test_important() -> None:
    assert declarations_of("border:0!important; color: red ! important; font-weight:bold") == (
        Declaration("border", "0", True),
        Declaration("color", "red", True),
        Declaration("font-weight", "bold"),
    )


def test_what_is_no_declaration_is_passed_over() -> None:
    assert declarations_of("color; :red; color: ; ;;x:y; color:!important") == ()


def test_too_many_rules() -> None:
    with pytest.raises(SourceTooLarge):
        rules_of("b{color:red}" * 50_001)
