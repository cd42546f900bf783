from __future__ import annotations

import pytest

from extractor.readers.html import values
from extractor.readers.html.values import Borders


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("blue", "#0000ff"),
        (" Green ", "#008000"),
        ("#F00", "#ff0000"),
        ("#f00c", "#ff0000"),
        ("#0000EE", "#0000ee"),
        ("0000ff", "#0000ff"),
        ("rgb(0, 0, 255)", "#0000ff"),
        ("rgba(0 128 0 / 50%)", "#008000"),
        ("rgb(100%, 0%, 300)", "#ff00ff"),
        ("rgb(1,2)", ""),
        ("rgb(nan, inf, 1e9)", ""),
        ("transparent", ""),
        ("inherit", ""),
        ("#12", ""),
        ("", ""),
    ],
)
def test_colour(written: str, colour: str) -> None:
    assert values.colour(written) == colour


@pytest.mark.parametrize(
    ("written", "px"),
    [
        ("12px", 12.0),
        ("9pt", 12.0),
        ("0.5em", 8.0),
        ("50%", 8.0),
        ("2rem", 32.0),
        ("x-small", 10.0),
        ("smaller", 16.0 * 5 / 6),
        ("1in", 96.0),
        ("inherit", None),
        ("nanpx", None),
        ("1e9px", None),
        ("-", None),
        ("9" * 400, None),
    ],
)
def test_size_in_text_of_16_px(written: str, px: float | None) -> None:
    assert values.size(written, 16.0) == px


@pytest.mark.parametrize(
    ("written", "px"), [("1", 10.0), ("3", 16.0), ("+1", 18.0), ("-2", 10.0), ("99", 48.0), ("-9", 10.0), ("x", None)]
)
def test_font_attribute(written: str, px: float | None) -> None:
    assert values.font_attribute(written) == px


def test_is_bold() -> None:
    assert values.is_bold("bold", False)
    assert values.is_bold("700", False)
    assert values.is_bold("inherit", True)
    assert not values.is_bold("400", True)
    assert not values.is_bold("normal", True)


def test_font_shorthand() -> None:
    assert values.font("italic bold 12pt/30px Georgia, serif") == {
        "font-style": "italic",
        "font-weight": "bold",
        "font-size": "12pt",
        "font-family": "Georgia, serif",
    }
    assert values.font("x-small arial") == {"font-size": "x-small", "font-family": "arial"}
    assert values.font("inherit") == {}


@pytest.mark.parametrize(
    ("written", "serif", "symbols"),
    [
        ("times, serif", True, False),
        ("'times new roman'", True, False),
        ("arial, helvetica, sans-serif", False, False),
        ("unheard of, serif", True, False),
        ("unheard of", None, False),
        ("wingdings", None, True),
        ("wingdings 2, serif", True, True),
        ("", None, False),
    ],
)
def test_family(written: str, serif: bool | None, symbols: bool) -> None:
    assert values.family(written) == (serif, symbols)


def drawn(*declarations: str) -> int:
    borders = Borders()
    for declaration in declarations:
        name, _, value = declaration.partition(":")
        borders = values.borders(borders, name, value)
    return borders.drawn


ALL, TOP, BOTTOM, LEFT = 0b1111, 0b1000, 0b0010, 0b0001


@pytest.mark.parametrize(
    ("declarations", "sides"),
    [
        (("border:1px solid #000",), ALL),
        (("border:1px",), 0),
        (("border:0",), 0),
        (("border:0 solid",), 0),
        (("border:none",), 0),
        (("border-bottom:1px solid",), BOTTOM),
        (("border:1px solid", "border-left:none"), ALL & ~LEFT),
        (("border:1px solid", "border:0", "border-bottom:1px solid"), BOTTOM),
        (("border-style:solid",), ALL),
        (("border-style:none none solid",), BOTTOM),
        (("border-style:solid none",), TOP | BOTTOM),
        (("border-width:0 0 0 1px", "border-style:solid"), LEFT),
        (("border-style:solid", "border-width:1px 0"), TOP | BOTTOM),
        (("border-style:solid", "border-left-width:0"), ALL & ~LEFT),
        (("border-top-style:dotted",), TOP),
        (("border-width:1px",), 0),
        (("border-style:solid solid solid solid solid",), ALL),
    ],
)
def test_borders(declarations: tuple[str, ...], sides: int) -> None:
    assert drawn(*declarations) == sides
