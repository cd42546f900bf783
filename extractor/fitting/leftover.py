"""From a page and what was read of it to the text that belongs to nothing: the last guard against silent loss.

Between the first item and the form's closing notes every run is a value, part of a caption, or a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from extractor.fitting.captions import PARTING, Captions
from extractor.fitting.stream import Stream
from extractor.fitting.values import quoted
from extractor.issues import Code, Issue
from extractor.layout import HtmlLocation, Location, Run, squeeze

# What stands beside values and is none: check lines, brackets, the number of a footnote, the number and month of a
# paper form and the day until which it may be used.
_FURNITURE = re.compile(
    r"[_\[\]()|.,:;/-]*|\(?\d{1,2}[.)]|sec\d{4}t?\(\d{1,2}-\d{2}\)|approvalexpires[a-z]+\d{1,2},\d{4}"
)

# Squeezed characters that a piece of a caption must have beside another piece: "(I)" ends a head.
SHORTEST_PIECE = 3
# The same on a line of plain text: "stock" is no caption, though "persons to" and "check" hold its pieces.
SHORTEST_OF_TEXT = 7


def readings_in(tree: Any) -> Iterator[dict[str, Any]]:
    """Every value and every footnote in a tree of readings, in its order; they hold nothing further."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if "at" in node:
                yield node
            else:
                waiting += reversed(node.values())
        elif isinstance(node, list):
            waiting += reversed(node)


def places_in(tree: Any) -> Iterator[Location]:
    """Every place that a tree of readings names."""
    for reading in readings_in(tree):
        yield from reading["at"]


def leftover_text(stream: Stream, start: int, end: int, tree: Any, captions: Captions) -> Iterator[Issue]:
    """An issue for each line in [start, end) with text that is neither read nor a part of a caption."""
    used = list(places_in(tree))
    # A reading has the very places of its runs, and boxes take long to hash; an element holds several runs.
    places, elements = {id(place) for place in used}, {each for each in used if isinstance(each, HtmlLocation)}
    # A text breaks no words and glues none; only within tables are captions in pieces.
    whole = {run.at for piece in stream.pieces if piece.col < 0 for run in piece.runs} if captions.free else set()
    lost: dict[int, list[Run]] = {}
    for line, run in stream.runs_between(start, end):
        if captions.converted and run.style.raised and run.text.isdigit():  # a footnote's number in its list
            continue
        shortest = SHORTEST_OF_TEXT if whole and run.at in whole else SHORTEST_PIECE
        if id(run.at) in places or (elements and run.at in elements):
            continue
        if _is_lost(squeeze(run.text), captions.whole, shortest):
            lost.setdefault(line, []).append(run)
    for runs in lost.values():
        text = " ".join(run.text for run in runs)
        yield Issue(Code.TEXT_UNPLACED, "", f"{quoted(text)} belongs to no item", tuple(run.at for run in runs))


# Texts of which it is kept whether they are lost: nearly all are captions. 175 pages asked 19,400 times about 1,520.
KEPT_TEXTS = 4096


@lru_cache(maxsize=KEPT_TEXTS)
def _is_lost(text: str, known: str, shortest: int) -> bool:
    """Whether squeezed text is neither furniture nor a piece of the captions."""
    if text in known and not text.isdigit():  # a number alone is no caption, though captions have digits
        return False
    if _FURNITURE.fullmatch(text) is not None:
        return False
    return text.isdigit() or not is_captions(text, known, shortest)


def is_captions(text: str, known: str, shortest: int = SHORTEST_PIECE) -> bool:
    """Whether `text` is one caption after another, whole or in pieces, as a print may break and join them."""
    while text:
        low, high = 0, len(text)
        while low < high:  # every beginning of a known piece is known too: halve
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text[:middle] in known else (low, middle - 1)
        if low < min(len(text), shortest):
            return False
        text = text[low:].lstrip(PARTING)
    return True
