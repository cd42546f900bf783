"""Text as it stands on the paper: runs, ticks, the segments they make, and logical lines of segments.

A line is logical: readers undo wrapping and record on each run how it was joined to the one before. Style is a fact
about the ink (raised, small, green), never a role (mark, caption, value).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, Literal, NamedTuple

from extractor.layout.location import Location


class Style(NamedTuple):
    """How a run is drawn. Few distinct values occur; readers reuse them."""

    raised: bool = False
    small: bool = False
    bold: bool = False
    italic: bool = False
    serif: bool = False
    underlined: bool = False
    colour: str = ""  # "#rrggbb"; empty: not known


PLAIN = Style()


class Join(StrEnum):
    """How a run stands to the run before it in its segment."""

    NONE = "none"  # directly behind it
    SPACE = "space"  # behind a printed space
    WRAP_NONE = "wrap-none"  # on the next printed line; the break stood inside a word
    WRAP_SPACE = "wrap-space"  # on the next printed line; the break stood for a space
    LINE = "line"  # begins a further line, where the runs of several lines are strung together
    WRAP_UNSURE = "wrap-unsure"  # on the next printed line; read without a space, but one may have stood there


SPACED = frozenset({Join.SPACE, Join.WRAP_SPACE, Join.LINE})
WRAPPED = frozenset({Join.WRAP_NONE, Join.WRAP_SPACE, Join.WRAP_UNSURE})


class Run(NamedTuple):
    """Characters of one style that stand together; white space is folded, none at the ends."""

    text: str
    style: Style
    at: Location
    join: Join = Join.SPACE  # without meaning on the first run of a segment
    link: str = ""  # target of the link that the run is part of


TickState = Literal["ticked", "empty", "unclear"]


class Tick(NamedTuple):
    """A drawn check box or check mark that is no text: a glyph (☒), a picture, a small ruled box."""

    state: TickState
    at: Location


class Segment(NamedTuple):
    """What stands together: an unwrapped piece of a line, parted from its neighbours by a gutter."""

    parts: tuple[Run | Tick, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its runs, without ticks."""
        return tuple([part for part in self.parts if isinstance(part, Run)])

    @property
    def text(self) -> str:
        """Its runs as one text."""
        return joined(self.runs)


class Line(NamedTuple):
    """A logical line: the segments that stand side by side, left to right."""

    segments: tuple[Segment, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of its segments, without ticks."""
        return tuple([part for segment in self.segments for part in segment.parts if isinstance(part, Run)])

    @property
    def text(self) -> str:
        """The segments' texts, two spaces apart."""
        return "  ".join(segment.text for segment in self.segments)


def joined(runs: tuple[Run, ...] | list[Run]) -> str:
    """The text of `runs`, with a space where one was printed or a wrap stood for one."""
    if len(runs) == 1:  # as most texts are
        return runs[0].text
    out: list[str] = []
    for run in runs:
        if out and run.join in SPACED:
            out.append(" ")
        out.append(run.text)
    return "".join(out)


def line_of(text: str, at: Location, style: Style = PLAIN) -> Line:
    """A line of one segment of one run; handy for readers of plain text and for tests."""
    return Line((Segment((Run(text, style, at),)),))


def parts_of(lines: tuple[Line, ...] | list[Line]) -> Iterator[Run | Tick]:
    """All parts of `lines` in reading order."""
    for line in lines:
        for segment in line.segments:
            yield from segment.parts


# Matching ignores white space (prints break words), asterisks (the form's own marks), case, and the shape of dashes,
# quotes and ligatures.
_SQUEEZE: dict[int, str | None] = {
    **dict.fromkeys(map(ord, " \t\n\r\f\v\u00a0\u2002\u2003\u2009\u200a\u200b\u202f\u00ad*"), None),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u2032`"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u2033"), '"'),
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
}


# The same for texts of ASCII alone, as nearly all are, which bytes do ten times faster: what becomes of each, and what
# is dropped.
_ASCII: Final = bytes(ord((_SQUEEZE.get(code) or chr(code)).lower()) for code in range(128)) + bytes(range(128, 256))
_DROPPED: Final = bytes(code for code, new in _SQUEEZE.items() if new is None and code < 128)
_REPLACED: Final = {chr(code): new or "" for code, new in _SQUEEZE.items()}
_REPLACEABLE: Final = frozenset(_REPLACED)

# Characters up to which a text is likely to come again: captions and short values do, on every page.
SHORT: Final = 64
# How many of them are kept, in a dictionary that is emptied when it is full: a cache that knows which text was used
# last takes longer to ask, and a document of three pages asks two thousand times.
KEPT: Final = 8192
_squeezed_before: Final[dict[str, str]] = {}


def squeeze(text: str) -> str:
    """`text` as captions are compared: no white space, no asterisks, lower case, plain dashes and quotes.

    Text after text, squeezed, is the same as all of them squeezed at once.
    """
    if len(text) > SHORT:
        return _squeezed(text)
    known = _squeezed_before.get(text)
    if known is None:
        if len(_squeezed_before) >= KEPT:
            _squeezed_before.clear()
        known = _squeezed_before[text] = _squeezed(text)
    return known


def _squeezed(text: str) -> str:
    if text.isascii():
        return text.encode("ascii").translate(_ASCII, _DROPPED).decode("ascii")
    for character in _REPLACEABLE.intersection(text):
        text = text.replace(character, _REPLACED[character])
    return text.casefold()
