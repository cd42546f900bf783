"""Takes the text, ticks and breaks of one cell, or of the page around its tables, and gives blocks of Lines."""

from __future__ import annotations

from extractor.layout import Block, Grid, Join, Line, Run, Segment, Tick
from extractor.layout.location import HtmlLocation
from extractor.layout.text import TickState
from extractor.readers.html.styles import Computed, smaller
from extractor.readers.html.ticks import GLYPH_SET, glyphs_of

CLEARLY_SMALLER = 0.8
"""Of the largest text in the line: a mark without <sup> stands at 10/13 px, a value beside a name at 13/16."""

INVISIBLE = dict.fromkeys(
    (
        *(*range(9), *range(14, 28), *range(127, 133), *range(134, 160)),  # controls that are no white space
        *(0xAD, 0x200B, 0x2060, 0xFEFF),  # soft hyphen, zero width space and joiner, byte order mark
        *(*range(0x202A, 0x202F), *range(0x2066, 0x206A)),  # direction marks
    )
)
"""Characters that draw nothing."""


_new = tuple.__new__  # a third of the time that the call of a named tuple takes; 300 runs stand on a page


class Flow:
    """Lines in the making. `blocks` holds what is finished."""

    __slots__ = ("_parts", "_sizes", "_space", "blocks")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[Run | Tick] = []
        self._sizes: list[float] = []
        self._space = False  # white space stood behind the last part

    def text(self, data: str, computed: Computed, at: HtmlLocation, link: str) -> None:
        """Add the text of an element; white space is folded, glyphs of check boxes become ticks."""
        if computed.pre and "\n" in data:
            for index, line in enumerate(data.split("\n")):
                if index:
                    self.break_line()
                self._folded(line, computed, at, link)
        else:
            self._folded(data, computed, at, link)

    def space(self) -> None:
        """Add white space."""
        self._space = True

    def tick(self, state: TickState, at: HtmlLocation) -> None:
        """Add a check box. It parts what stands before from what stands behind, as white space does."""
        self._parts.append(Tick(state, at))
        self._sizes.append(0.0)
        self._space = True

    def grid(self, grid: Grid) -> None:
        """Add a table; it stands on lines of its own."""
        self.break_line()
        self.blocks.append(grid)

    def break_line(self) -> None:
        """What comes next starts a new line."""
        parts = self._parts
        if not parts:
            return
        if len(parts) > 1:
            self._mark_small()
        self.blocks.append(_new(Line, ((_new(Segment, (tuple(parts),)),),)))
        self._parts = []
        self._sizes = []
        self._space = False

    def _folded(self, data: str, computed: Computed, at: HtmlLocation, link: str) -> None:
        text = " ".join(data.split())
        if not text:
            self._space = self._space or bool(data)
            return
        ends = len(text) != len(data)  # white space may stand at an end
        if ends and data[0].isspace():
            self._space = True
        if not text.isprintable():
            text = " ".join(text.translate(INVISIBLE).split())
        if computed.symbols or not (text.isascii() or GLYPH_SET.isdisjoint(text)):
            self._with_ticks(text, computed, at, link)
        elif text:
            self._run(text, computed, at, link)
        if ends and data[-1].isspace():
            self._space = True

    def _run(self, text: str, computed: Computed, at: HtmlLocation, link: str) -> None:
        style, parts, space = computed.style, self._parts, self._space
        self._space = False
        if parts:
            last = parts[-1]
            if last.at is at and isinstance(last, Run):
                # Only an element without text of its own stood between.
                parts[-1] = last._replace(text=f"{last.text} {text}" if space else last.text + text)
                return
        parts.append(_new(Run, (text, style, at, Join.SPACE if space or not parts else Join.NONE, link)))
        self._sizes.append(computed.size)

    def _with_ticks(self, text: str, computed: Computed, at: HtmlLocation, link: str) -> None:
        glyphs = glyphs_of(text, computed.symbols)
        start = 0
        for index, letter in enumerate(text):
            state = glyphs.get(letter)
            if state is not None:
                self._piece(text[start:index], computed, at, link)
                self.tick(state, at)
                start = index + 1
        self._piece(text[start:], computed, at, link)

    def _piece(self, text: str, computed: Computed, at: HtmlLocation, link: str) -> None:
        self._space = self._space or text[:1] == " "
        stripped = text.strip()
        if stripped:
            self._run(stripped, computed, at, link)
            self._space = text[-1] == " "

    def _mark_small(self) -> None:
        """Runs clearly smaller than the largest of their line are small, whatever their tags."""
        limit = max(self._sizes) * CLEARLY_SMALLER
        for index, size in enumerate(self._sizes):
            part = self._parts[index]
            if size < limit and isinstance(part, Run) and not part.style.small:
                self._parts[index] = part._replace(style=smaller(part.style))
