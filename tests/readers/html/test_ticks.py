from __future__ import annotations

import pytest

from extractor.readers.html import ticks


@pytest.mark.parametrize(
    ("attributes", "state"),
    [
        ({"alt": "checkbox checked"}, "ticked"),
        ({"alt": "checkbox unchecked"}, "empty"),
        ({"alt": "Not checked"}, "empty"),
        ({"alt": "X"}, "ticked"),
        ({"alt": "[X]"}, "ticked"),
        ({"alt": "[ ]"}, "empty"),
        ({"title": "Checked"}, "ticked"),
        ({"src": "https://example.com/checked/box_unchecked.gif"}, "empty"),
        ({"src": "img/checkbox.gif"}, "unclear"),
        ({"src": "img/checked.png", "alt": ""}, "ticked"),
        ({"src": "data:image/png;base64,checked" + "A" * 200}, None),
        ({"src": "logo.gif", "alt": "Example Corp"}, None),
        ({}, None),
    ],
)
def test_picture(attributes: dict[str, str], state: str | None) -> None:
    assert ticks.picture(attributes) == state


def test_glyphs() -> None:
    assert ticks.glyphs_of("x", symbols=False)["☒"] == "ticked"
    assert ticks.glyphs_of("x", symbols=False)["☐"] == "empty"
    assert "x" not in ticks.glyphs_of("x", symbols=False)


def test_letters_of_a_symbol_font() -> None:
    assert ticks.glyphs_of("xo a\uf0fe☐", symbols=True) == {
        "x": "ticked",
        "o": "empty",
        "\uf0fe": "ticked",
        "☐": "empty",
    }
