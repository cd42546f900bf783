"""Takes glyphs, symbol font letters and attributes of pictures and gives the state of the check box that they draw."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.layout.text import TickState

GLYPHS: dict[str, TickState] = {**dict.fromkeys("☐□▢◻❏❑❒", "empty"), **dict.fromkeys("☑☒✓✔✗✘⊠🗷🗸🗹🗵", "ticked")}
GLYPH_SET = frozenset(GLYPHS)

WINGDINGS: dict[str, TickState] = {
    **dict.fromkeys("oqr\xa8", "empty"),
    **dict.fromkeys("x\xfb\xfc\xfd\xfe", "ticked"),
}
"""The letters behind the boxes and check marks of the font Wingdings; Word writes them also from U+F000 up."""
PRIVATE_USE = 0xF000
PRIVATE_USE_SIZE = 0x100

EMPTY_WORDS = ("uncheck", "not check", "not-check", "un-check", "untick", "not tick", "unselected", "[ ]")
TICKED_WORDS = ("checked", "ticked", "[x]")
BOX_WORDS = ("checkbox", "check box", "check_box", "check-box")
LONGEST_NAME = 200  # characters of a picture's file name that says anything; pictures written into the page are longer


def glyphs_of(text: str, symbols: bool) -> Mapping[str, TickState]:
    """The characters of `text` that draw check boxes, with their states; letters only in a symbol font."""
    if not symbols:
        return GLYPHS
    found: dict[str, TickState] = {}
    for letter in text:
        code = ord(letter) - PRIVATE_USE
        state = WINGDINGS.get(chr(code) if 0 <= code < PRIVATE_USE_SIZE else letter) or GLYPHS.get(letter)
        if state:
            found[letter] = state
    return found


def picture(attributes: Mapping[str, str]) -> TickState | None:
    """What the picture of a check box shows, by its words or its file's name; None for any other picture."""
    alt = attributes.get("alt") or ""
    name = (attributes.get("src") or "").rpartition("/")[2]
    said = f"{alt} {attributes.get('title') or ''} {name if len(name) < LONGEST_NAME else ''}".lower()
    if any(word in said for word in EMPTY_WORDS):
        return "empty"
    if any(word in said for word in TICKED_WORDS) or alt.strip().lower() == "x":
        return "ticked"
    return "unclear" if any(word in said for word in BOX_WORDS) else None
