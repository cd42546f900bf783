"""From a page and what was read of it to the text that belongs to nothing: the last guard against silent loss.

Between the first item and the form's closing notes every run is a value, part of a caption, or a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, starmap
from typing import Any

from extractor.fitting.captions import PARTING, Captions
from extractor.fitting.stream import Stream
from extractor.fitting.values import SENTENCE_ENDS, quoted
from extractor.issues import Code, Issue
from extractor.layout import Join, Location, PdfLocation, Run, Tick, squeeze
from extractor.layout.text import WRAPPED

# What stands beside values and is none: check lines, brackets, the number of a footnote, the number and month of a
# paper form and the day until which it may be used.
_FURNITURE = re.compile(
    r"[_\[\]()|.,:;/-]*|\(?\d{1,2}[.)]|sec\d{4}t?\(\d{1,2}-\d{2}\)|approvalexpires[a-z]+\d{1,2},\d{4}"
)

# Squeezed characters that a piece of a caption must have beside another piece: "(I)" ends a head.
SHORTEST_PIECE = 3
# What filers write at length, perhaps with links.
PROSE = ("footnotes", "remarks")
# Heights of a line from the rightmost ink of a page within which a line may have been cut off: a letter is half of one.
AT_EDGE = 0.5
QUOTED_END = 30
# Words of captions that line breaks must run through before a page is known to break words (`word-break: break-all`).
BROKEN_WORDS = 2
# The same on a line of plain text: "stock" is no caption, though "persons to" and "check" hold its pieces.
SHORTEST_OF_TEXT = 7


def places_in(tree: Any) -> Iterator[Location]:
    """Every place that a tree of readings names."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if "at" in node:
                yield from node["at"]
            if "value" not in node:  # a reading holds nothing further
                waiting += reversed(node.values())
        elif isinstance(node, list):
            waiting += reversed(node)


def uncertain_joins(stream: Stream, tree: Any, words: frozenset[str]) -> Iterator[Issue]:
    """An issue for each value that a line break runs through of which nobody can tell whether it stood for a space.

    `words` are the captions' longer ones: where a page breaks those inside, any of its line breaks may be such a one.
    """
    wraps = [
        (above, below)
        for piece in stream.pieces
        for above, below in pairwise(piece.segment.parts)
        if isinstance(below, Run) and below.join in WRAPPED
    ]
    spaces = [(above, below) for above, below in wraps if below.join is Join.WRAP_SPACE]
    unsure = {below.at for _, below in wraps if below.join is Join.WRAP_UNSURE}
    if len({word for word in starmap(_across, spaces) if word in words}) >= BROKEN_WORDS:
        unsure.update(below.at for _, below in spaces)
    if unsure:
        yield from _unsure(tree, "", unsure)


def mixed_inks(stream: Stream, tree: dict[str, Any]) -> Iterator[Issue]:
    """An issue for each value of a printed page whose letters and digits differ in colour or in serifs, marks aside.

    Printings set a currency sign or a bracket otherwise, but no part of a value; stamps and later additions do.
    """
    runs = {
        part.at: part
        for piece in stream.pieces
        for part in piece.segment.parts
        if isinstance(part, Run) and not part.style.raised and not part.style.small and any(map(str.isalnum, part.text))
    }
    for path, reading in _readings({name: value for name, value in tree.items() if name not in PROSE}, ""):
        places = [at for at in reading["at"] if isinstance(at, PdfLocation)]
        if len(places) > 1:
            parts = [run for at in places if (run := runs.get(at)) is not None and run.text in reading["printed"]]
            if len({(run.style.colour, run.style.serif) for run in parts}) > 1:
                message = f"{quoted(reading['printed'])} is set in more than one ink: a part may be a stamp"
                yield Issue(Code.INKS_MIXED, path, message, tuple(places))


def _readings(tree: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every reading in a tree that has places, with its path."""
    if isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _readings(value, f"{path}[{index}]")
    elif isinstance(tree, dict) and "printed" in tree:
        yield path, tree
    elif isinstance(tree, dict):
        for name, value in tree.items():
            yield from _readings(value, f"{path}.{name}" if path else name)


def cut_off(stream: Stream, tree: dict[str, Any]) -> Iterator[Issue]:
    """An issue for each footnote, and for remarks, whose last line ends inside a sentence at the edge of all ink: what
    runs over a page's edge is not in the file.
    """
    ends = [(f"footnotes[{index}]", note["text"], note["at"]) for index, note in enumerate(tree["footnotes"])]
    ends.append(("remarks", tree["remarks"]["printed"], tree["remarks"]["at"]))
    ends = [(path, text, at) for path, text, at in ends if text and not text.endswith(SENTENCE_ENDS)]
    if not ends:
        return
    edges: dict[int, float] = {}
    for piece in stream.pieces:
        for run in piece.runs:
            if isinstance(run.at, PdfLocation):
                edges[run.at.page] = max(run.at.bbox.x1, edges.get(run.at.page, 0.0))
    for path, text, at in ends:
        last = at[-1]
        if isinstance(last, PdfLocation) and last.bbox.x1 > edges.get(last.page, 0.0) - AT_EDGE * last.bbox.height:
            message = f"{quoted(text[-QUOTED_END:])} ends at the edge of the page: it may go on beyond it"
            yield Issue(Code.TEXT_LOST, path, message, (last,))


def _across(above: Run | Tick, below: Run) -> str:
    """What stands before and behind a line break, squeezed, as if it were one word."""
    return squeeze(above.text.split()[-1] + below.text.split()[0]) if isinstance(above, Run) else ""


def broken(text: str, path: str, places: tuple[Location, ...]) -> Issue:
    """The doubt about a text that a line break runs through."""
    message = f"of a line break inside {quoted(text)} nobody can tell whether it stands for a space"
    return Issue(Code.UNCERTAIN_JOIN, path, message, places)


def _unsure(tree: Any, path: str, unsure: set[Location]) -> Iterator[Issue]:
    if isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _unsure(value, f"{path}[{index}]", unsure)
    elif isinstance(tree, dict):
        if not unsure.isdisjoint(tree.get("at", ())):
            yield broken(str(tree.get("printed", tree.get("text"))), path, tree["at"])
        for name, value in tree.items():
            yield from _unsure(value, f"{path}.{name}" if path else name, unsure)


def leftover_text(stream: Stream, start: int, end: int, tree: Any, captions: Captions) -> Iterator[Issue]:
    """An issue for each line in [start, end) with text that is neither read nor a part of a caption."""
    used = set(places_in(tree))
    # A text breaks no words and glues none; only within tables are captions in pieces.
    whole = {run.at for piece in stream.pieces if piece.col < 0 for run in piece.runs} if captions.free else set()
    lost: dict[int, list[Run]] = {}
    for line, run in stream.runs_between(start, end):
        if captions.converted and run.style.raised and run.text.isdigit():  # a footnote's number in its list
            continue
        shortest = SHORTEST_OF_TEXT if run.at in whole else SHORTEST_PIECE
        if run.at not in used and _is_lost(squeeze(run.text), captions.whole, shortest):
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
