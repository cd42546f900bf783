"""Takes the text, ticks and breaks of one cell or page as they come and gives its blocks of Lines."""

from __future__ import annotations

from extractor.layout import Block, Grid, Join, Line, Run, Segment, Tick
from extractor.layout.location import HtmlLocation
from extractor.layout.text import TickState
from extractor.readers.html.styles import CLEARLY_SMALLER, Computed, smaller

EMPTY_BOXES = "☐□▢◻❏❑❒"
TICKED_BOXES = "☑☒✓✔✗✘⊠🗷🗸🗹🗵"
GLYPHS: dict[str, TickState] = {**dict.fromkeys(EMPTY_BOXES, "empty"), **dict.fromkeys(TICKED_BOXES, "ticked")}
GLYPH_SET = frozenset(GLYPHS)

WINGDINGS: dict[str, TickState] = {
    **dict.fromkeys("oqr\xa8", "empty"),
    **dict.fromkeys("x\xfb\xfc\xfd\xfe", "ticked"),
}
"""The letters behind the boxes and check marks of the font Wingdings; Word writes them also from U+F000 up."""
PRIVATE_USE = 0xF000

INVISIBLE = {
    **dict.fromkeys([*range(9), *range(14, 28), *range(127, 133), *range(134, 160)]),  # control characters
    **dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
}
"""Characters that draw nothing: controls, soft hyphen, zero width space and joiner, byte order and direction marks."""


class Flow:
    """Lines in the making. `blocks` holds what is finished."""

    __slots__ = ("_parts", "_sizes", "_space", "blocks")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[Run | Tick] = []
        self._sizes: list[float] = []
        self._space = False

    def text(self, data: str, computed: Computed, at: HtmlLocation, link: str) -> None:
        """Add the text of an element; white space is folded, glyphs of check boxes become ticks."""
        if computed.pre and "\n" in data:
            first, *others = data.split("\n")
            self._folded(first, computed, at, link)
            for other in others:
                self.break_line()
                self._folded(other, computed, at, link)
        else:
            self._folded(data, computed, at, link)

    def _folded(self, data: str, computed: Computed, at: HtmlLocation, link: str) -> None:
        words = data.split()
        if not words:
            self._space = self._space or bool(data)
            return
        text = " ".join(words)
        if not text.isprintable():
            text = text.translate(INVISIBLE).strip()
        if data[0].isspace():
            self._space = True
        if computed.symbols:
            self._with_ticks(text, symbols_of(text), computed, at, link)
        elif text.isascii() or GLYPH_SET.isdisjoint(text):
            self._run(text, computed, at, link)
        else:
            self._with_ticks(text, GLYPHS, computed, at, link)
        if data[-1].isspace():
            self._space = True

    def _run(self, text: str, computed: Computed, at: HtmlLocation, link: str) -> None:
        if not text:
            return
        style, parts, space = computed.style, self._parts, self._space
        self._space = False
        if parts:
            last = parts[-1]
            if isinstance(last, Run) and last.at is at and last.style is style:
                # Only a comment, an empty element or a limit of the parser stood between.
                text = f"{last.text} {text}" if space else last.text + text
                parts[-1] = Run(text, style, at, last.join, link)
                return
        parts.append(Run(text, style, at, Join.SPACE if space or not parts else Join.NONE, link))
        self._sizes.append(computed.size)

    def _with_ticks(
        self, text: str, glyphs: dict[str, TickState], computed: Computed, at: HtmlLocation, link: str
    ) -> None:
        start = 0
        for index, letter in enumerate(text):
            state = glyphs.get(letter)
            if state is not None:
                self._piece(text[start:index], computed, at, link)
                self.tick(state, at)
                start = index + 1
        self._piece(text[start:], computed, at, link)

    def _piece(self, text: str, computed: Computed, at: HtmlLocation, link: str) -> None:
        stripped = text.strip()
        self._space = self._space or text[:1] == " "
        self._run(stripped, computed, at, link)
        self._space = self._space or text[-1:] == " "

    def tick(self, state: TickState, at: HtmlLocation) -> None:
        """Add a check box. It parts what stands before from what stands behind, as a space does."""
        self._parts.append(Tick(state, at))
        self._sizes.append(0.0)
        self._space = True

    def break_line(self) -> None:
        """What comes next starts a new line."""
        parts = self._parts
        self._space = False
        if not parts:
            return
        if len(parts) > 1:
            self._mark_small()
        self.blocks.append(Line((Segment(tuple(parts)),)))
        self._parts = []
        self._sizes = []

    def _mark_small(self) -> None:
        """Runs clearly smaller than the largest of their line are small, whatever their tags."""
        limit = max(self._sizes) * CLEARLY_SMALLER
        for index, size in enumerate(self._sizes):
            part = self._parts[index]
            if size < limit and isinstance(part, Run) and not part.style.small:
                self._parts[index] = part._replace(style=smaller(part.style))

    def grid(self, grid: Grid) -> None:
        """Add a table; it stands on lines of its own."""
        self.break_line()
        self.blocks.append(grid)


def symbols_of(text: str) -> dict[str, TickState]:
    """What the letters of `text` draw in a symbol font."""
    found = {}
    for letter in text:
        code = ord(letter)
        plain = chr(code - PRIVATE_USE) if PRIVATE_USE <= code < PRIVATE_USE + 256 else letter
        state = WINGDINGS.get(plain) or GLYPHS.get(letter)
        if state:
            found[letter] = state
    return found
