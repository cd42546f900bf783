"""Takes values of CSS properties and of old attributes as written and gives colours, sizes, borders and font families."""

from __future__ import annotations

from math import isfinite

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
UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "rem": 16.0}  # px
RELATIVE_UNITS = {"em": 1.0, "%": 0.01, "ex": 0.5}
RELATIVE_SIZES = {"smaller": 5 / 6, "larger": 6 / 5}

BOLD_FROM = 600  # the weight from which browsers take the bold face
KEEPS_BREAKS = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})
DRAWN = frozenset({"solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"})
ALL_SIDES = 0b1111
SIDES = {"top": 0b1000, "right": 0b0100, "bottom": 0b0010, "left": 0b0001}

SERIF = frozenset(
    "serif,times,times new roman,timesnewroman,georgia,garamond,cambria,palatino,book antiqua,palatino linotype,"
    "liberation serif,dejavu serif,tinos,nimbus roman".split(",")
)
SANS = frozenset(
    "sans-serif,arial,helvetica,helvetica neue,verdana,tahoma,calibri,trebuchet ms,segoe ui,open sans,roboto,inter,"
    "lato,arial narrow,arial black,liberation sans,dejavu sans,system-ui,-apple-system,monospace,courier,courier new,"
    "consolas,monaco,lucida console,cursive,fantasy".split(",")
)
SYMBOLS = ("wingdings", "webdings")


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
    if text.startswith("rgb"):
        return _rgb(text)
    return ""


def _rgb(text: str) -> str:
    inside = text.partition("(")[2].partition(")")[0].replace(",", " ").replace("/", " ").split()
    if len(inside) < 3:
        return ""
    levels = []
    for part in inside[:3]:
        number = _number(part.removesuffix("%"))
        if number is None:
            return ""
        level = number * 2.55 if part.endswith("%") else number
        levels.append(min(max(round(level), 0), 255))
    return "#{:02x}{:02x}{:02x}".format(*levels)


def _number(text: str) -> float | None:
    """A plain finite number, None for anything else (`nan`, `1e9`, `inf` among it)."""
    if not text or not set("0123456789.+-").issuperset(text):
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
            number = _number(text.removesuffix(unit))
            return None if number is None else number * factor
    for unit, factor in RELATIVE_UNITS.items():
        if text.endswith(unit):
            number = _number(text.removesuffix(unit))
            return None if number is None else number * factor * around
    return _number(text)


def size(text: str, around: float) -> float | None:
    """A font size in px inside text of `around` px; None for none."""
    if text in SIZES:
        return SIZES[text]
    if text in RELATIVE_SIZES:
        return around * RELATIVE_SIZES[text]
    return length(text, around)


def font_attribute(text: str) -> float | None:
    """The px of a <font size="…">: 1 to 7, or steps up or down from 3."""
    text = text.strip()
    number = _number(text)
    if number is None:
        return None
    step = int(number) + (FONT_SIZE_DEFAULT if text[0] in "+-" else 0)
    return FONT_SIZES[min(max(step, 1), len(FONT_SIZES)) - 1]


def lifts(text: str) -> bool:
    """Whether `text` is a length above zero."""
    return (length(text, 1.0) or 0.0) > 0.0


def is_bold(text: str, around: bool) -> bool:
    """Whether a font-weight is bold inside text that is bold or not."""
    if text in ("bold", "bolder"):
        return True
    if text in ("normal", "lighter", "initial"):
        return False
    number = _number(text)
    return around if number is None else number >= BOLD_FROM


def font(text: str) -> dict[str, str]:
    """The parts of a `font` shorthand by property name: what stands before, at and behind the size."""
    words = text.split()
    parts: dict[str, str] = {}
    for index, word in enumerate(words):
        head = word.partition("/")[0]
        if word.startswith("bold") or word in ("600", "700", "800", "900"):
            parts["font-weight"] = word
        elif word in ("italic", "oblique"):
            parts["font-style"] = word
        elif size(head, 1.0) is not None and _number(head) is None:
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


def sides(before: int | None, name: str, value: str) -> int | None:
    """The sides drawn, as bits top, right, bottom, left, after a border declaration; None for nothing said."""
    bits = next((bit for side, bit in SIDES.items() if f"-{side}" in name), ALL_SIDES)
    words = value.split()
    none = any(word in ("none", "hidden") or _is_zero(word) for word in words)
    if name.endswith("-width") and not none:
        return before  # a width alone draws nothing
    if none or (not name.endswith(("-style", "-width")) and DRAWN.isdisjoint(words)):
        return (before or 0) & ~bits
    return (before or 0) | bits if not DRAWN.isdisjoint(words) else before


def _is_zero(word: str) -> bool:
    return word[:1] == "0" and length(word, 1.0) == 0.0
