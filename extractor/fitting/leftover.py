"""From a page and what was read of it to the text that belongs to nothing: the last guard against silent loss.

Between the first item and the form's closing notes every run is a value, part of a caption, or a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.fitting.captions import Captions
from extractor.fitting.stream import Stream, lines_in, runs_of_pieces
from extractor.issues import Code, Issue
from extractor.layout import Join, Location, squeeze

# What stands beside values and is none: check lines, brackets, the number of a footnote.
_FURNITURE = re.compile(r"[_\[\]()|.,:;/-]*|\(?\d{1,2}[.)]")

# Squeezed characters that a piece of a caption must have beside another piece: "(I)" ends a head.
SHORTEST_PIECE = 3

# Characters of leftover text quoted in an issue.
QUOTED = 60


def places_in(tree: Any) -> Iterator[Location]:
    """Every place that a tree of readings names."""
    if isinstance(tree, dict):
        yield from tree.get("at", ())
        for key, value in tree.items():
            if key != "at":
                yield from places_in(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from places_in(value)


def uncertain_joins(stream: Stream, tree: Any) -> Iterator[Issue]:
    """An issue for each value that a line break runs through of which nobody can tell whether it stood for a space."""
    unsure = {run.at for run in runs_of_pieces(stream.pieces) if run.join is Join.WRAP_UNSURE}
    if unsure:
        yield from _unsure(tree, "", unsure)


def _unsure(tree: Any, path: str, unsure: set[Location]) -> Iterator[Issue]:
    if isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _unsure(value, f"{path}[{index}]", unsure)
    elif isinstance(tree, dict):
        if not unsure.isdisjoint(tree.get("at", ())):
            message = (
                f"a line break inside {str(tree.get('printed', tree.get('text')))[:QUOTED]!r} may stand for a space"
            )
            yield Issue(Code.UNCERTAIN_JOIN, path, message, tree["at"])
        for name, value in tree.items():
            yield from _unsure(value, f"{path}.{name}" if path else name, unsure)


def leftover_text(stream: Stream, start: int, end: int, tree: Any, captions: Captions) -> Iterator[Issue]:
    """An issue for each line in [start, end) of the page with text that is neither read nor a part of a caption."""
    used = set(places_in(tree))
    known = _caption_text(captions)
    for line in lines_in(stream.cut(start, end)):
        lost = [run for run in runs_of_pieces(line) if run.at not in used and _is_lost(squeeze(run.text), known)]
        if lost:
            text = " ".join(run.text for run in lost)
            message = f"{text[:QUOTED]!r} belongs to no item"
            yield Issue(Code.TEXT_UNPLACED, "", message, tuple(run.at for run in lost))


def _is_lost(text: str, known: str) -> bool:
    """Whether squeezed text is neither furniture nor a piece of the captions."""
    if _FURNITURE.fullmatch(text) is not None:
        return False
    return text.isdigit() or not _is_captions(text, known)  # a number alone is no caption, though captions have digits


def _is_captions(text: str, known: str) -> bool:
    """Whether `text` is one caption after another, whole or in pieces, as a print may break and join them."""
    while text:
        low, high = 0, len(text)
        while low < high:  # every beginning of a known piece is known too: halve
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text[:middle] in known else (low, middle - 1)
        if low < min(len(text), SHORTEST_PIECE):
            return False
        text = text[low:]
    return True


def _caption_text(captions: Captions) -> str:
    """All captions one after the other, in the form's order: a run may hold several, or a piece of one."""
    groups = [captions.parts, captions.items, captions.labels, captions.sections, captions.owners_table]
    words = [word for group in groups for each in group.values() for word in each[:1]]
    words += [word for group in groups for each in group.values() for word in each[1:]]
    for table in captions.tables.values():
        words += [*table.titles, *table.groups]
        words += [word for _, each in table.columns for word in each]
    return "".join((*words, *captions.hints, *captions.furniture))
