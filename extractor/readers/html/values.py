"""Takes values of style properties and of old attributes as written and gives colours, sizes, borders and faces."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import NamedTuple

NAMED_COLOURS = {
    "aqua": "#00ffff", "black": "#000000", "blue": "#0000ff", "brown": "#a52a2a", "crimson": "#dc143c",
    "cyan": "#00ffff", "darkblue": "#00008b", "darkgray": "#a9a9a9", "darkgreen": "#006400", "darkgrey": "#a9a9a9",
    "darkred": "#8b0000", "dimgray": "#696969", "dimgrey": "#696969", "fuchsia": "#ff00ff", "gray": "#808080",
    "green": "#008000", "grey": "#808080", "lightgray": "#d3d3d3", "lightgrey": "#d3d3d3", "lime": "#00ff00",
    "magenta": "#ff00ff", "maroon": "#800000", "mediumblue": "#0000cd", "midnightblue": "#191970",
    "navy": "#000080", "olive": "#808000", "orange": "#ffa500", "purple": "#800080", "red": "#ff0000",
    "royalblue": "#4169e1", "silver": "#c0c0c0", "steelblue": "#4682b4", "teal": "#008080", "white": "#ffffff",
    "yellow": "#ffff00",
}  # fmt: skip
HEX_DIGITS = frozenset("0123456789abcdef")

SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
"""px, as browsers draw the keywords."""
FONT_SIZES = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)  # px of <font size="1"> to <font size="7">
FONT_SIZE_DEFAULT = 3
UNITS = {"rem": 16.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}  # px
RELATIVE_UNITS = {"em": 1.0, "%": 0.01, "ex": 0.5}
RELATIVE_SIZES = {"smaller": 5 / 6, "larger": 6 / 5}

NUMBER = frozenset("0123456789.+-")
BOLD_FROM = 600  # the weight from which browsers take the bold face
HEAVY = frozenset({"bold", "bolder", "600", "700", "800", "900"})
KEEPS_BREAKS = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})

DRAWN = frozenset({"solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"})
NOT_DRAWN = frozenset({"none", "hidden"})
SIDES = {"top": 0b1000, "right": 0b0100, "bottom": 0b0010, "left": 0b0001}
ALL_SIDES = 0b1111
UPRIGHT = 0b0101  # the right and left sides
LEVEL = 0b1010  # the top and bottom sides

SERIF = frozenset(
    {
        *("serif", "times", "times new roman", "timesnewroman", "georgia", "garamond", "cambria", "palatino"),
        *("book antiqua", "palatino linotype", "liberation serif", "dejavu serif", "tinos", "nimbus roman"),
    }
)
SANS = frozenset(
    {
        *("sans-serif", "arial", "helvetica", "helvetica neue", "verdana", "tahoma", "calibri", "trebuchet ms"),
        *("segoe ui", "open sans", "roboto", "inter", "lato", "arial narrow", "arial black", "liberation sans"),
        *("dejavu sans", "system-ui", "-apple-system", "monospace", "courier", "courier new", "consolas", "monaco"),
        *("lucida console", "cursive", "fantasy"),
    }
)
SYMBOLS = ("wingdings", "webdings")


class Borders(NamedTuple):
    """Sides as bits (see SIDES): those given a line style, and those given the width zero."""

    styled: int = 0
    zero: int = 0

    @property
    def drawn(self) -> int:
        return self.styled & ~self.zero


def colour(text: str) -> str:
    """A colour as "#rrggbb"; "" for one not known, and for none (transparent)."""
    text = text.strip().lower()
    if text in NAMED_COLOURS:
        return NAMED_COLOURS[text]
    digits = text.removeprefix("#")
    if HEX_DIGITS.issuperset(digits):
        if len(digits) in (3, 4):
            return "#" + "".join(digit * 2 for digit in digits[:3])
        if len(digits) in (6, 8):
            return "#" + digits[:6]
    return _rgb(text) if text.startswith("rgb") else ""


def _rgb(text: str) -> str:
    inside = text.partition("(")[2].partition(")")[0].replace(",", " ").replace("/", " ").split()
    levels = []
    for part in inside[:3]:
        value = number(part.removesuffix("%"))
        if value is None:
            return ""
        level = value * 2.55 if part.endswith("%") else value
        levels.append(round(min(max(level, 0.0), 255.0)))
    return "#{:02x}{:02x}{:02x}".format(*levels) if len(levels) == 3 else ""


def number(text: str) -> float | None:
    """A plain finite number, None for anything else (`nan`, `1e9`, `inf` among it)."""
    if not text or not NUMBER.issuperset(text):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def length(text: str, around: float) -> float | None:
    """A length in px, `around` being the px that em and % refer to; None for no length."""
    for unit, factor in UNITS.items():
        if text.endswith(unit):
            value = number(text.removesuffix(unit))
            return None if value is None else value * factor
    for unit, factor in RELATIVE_UNITS.items():
        if text.endswith(unit):
            value = number(text.removesuffix(unit))
            return None if value is None else value * factor * around
    return number(text)


def size(text: str, around: float) -> float | None:
    """A font size in px inside text of `around` px; None for none."""
    if text in SIZES:
        return SIZES[text]
    if text in RELATIVE_SIZES:
        return around * RELATIVE_SIZES[text]
    return length(text, around)


def font_attribute(text: str) -> float | None:
    """The px of a <font size="…">: 1 to 7, or steps up or down from 3; None for no size."""
    text = text.strip()
    value = number(text)
    if value is None:
        return None
    step = int(value) + (FONT_SIZE_DEFAULT if text[0] in "+-" else 0)
    return FONT_SIZES[min(max(step, 1), len(FONT_SIZES)) - 1]


def lifts(text: str) -> bool:
    """Whether `text` is a length above zero."""
    return (length(text, 1.0) or 0.0) > 0.0


def is_bold(text: str, around: bool) -> bool:
    """Whether a font-weight is bold inside text that is bold or not."""
    if text in HEAVY:
        return True
    if text in ("normal", "lighter", "initial"):
        return False
    value = number(text)
    return around if value is None else value >= BOLD_FROM


def font(text: str) -> dict[str, str]:
    """The parts of a `font` shorthand by property name: what stands before, at and behind the size."""
    parts: dict[str, str] = {}
    words = text.split()
    for index, word in enumerate(words):
        head = word.partition("/")[0]
        if word in HEAVY:
            parts["font-weight"] = word
        elif word in ("italic", "oblique"):
            parts["font-style"] = word
        elif number(head) is None and size(head, 1.0) is not None:
            parts["font-size"] = head
            parts["font-family"] = " ".join(words[index + 1 :])
            break
    return parts


def family(text: str) -> tuple[bool | None, bool]:
    """(whether the first known family is a serif face, None for none known; whether the first is a symbol font)."""
    names = [name.strip().strip("\"'") for name in text.split(",")]
    symbols = names[0].startswith(SYMBOLS)
    for name in names:
        if name in SERIF:
            return True, symbols
        if name in SANS:
            return False, symbols
    return None, symbols


def borders(before: Borders, name: str, value: str) -> Borders:
    """The borders after one more `border…` declaration. A width alone draws nothing, a style alone does."""
    side = next((bit for key, bit in SIDES.items() if key in name), 0)
    words = value.split()
    if name.endswith("-style"):
        on, off = _sides(words, side, DRAWN.__contains__), _sides(words, side, NOT_DRAWN.__contains__)
        return before._replace(styled=(before.styled | on) & ~off)
    if name.endswith("-width"):
        zero = _sides(words, side, _is_zero)
        return before._replace(zero=before.zero & ~(side or ALL_SIDES) | zero)
    changed = side or ALL_SIDES
    drawn = changed if not DRAWN.isdisjoint(words) and not any(map(_is_zero, words)) else 0
    return Borders(before.styled & ~changed | drawn, before.zero & ~changed)


def _sides(words: list[str], side: int, holds: Callable[[str], bool]) -> int:
    """The sides for which a value of one to four words says what `holds` looks for."""
    if side:
        return side if holds(words[0]) else 0
    top, right, bottom, left = _four(words[:4])
    return sum(bit for bit, word in zip(SIDES.values(), (top, right, bottom, left), strict=True) if holds(word))


def _four(words: list[str]) -> list[str]:
    """A value of one to four words as four: top, right, bottom, left."""
    match words:
        case [every]:
            return [every] * 4
        case [level, upright]:
            return [level, upright, level, upright]
        case [top, upright, bottom]:
            return [top, upright, bottom, upright]
    return words


def _is_zero(word: str) -> bool:
    return word[0] == "0" and length(word, 1.0) == 0.0
