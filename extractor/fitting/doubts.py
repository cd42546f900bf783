"""From a page and what was read of it to the values that their own looks put in doubt.

Line breaks that may stand for no space, two inks in one value, lines cut off at the edge, characters that no form has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, starmap
from typing import Any

from extractor.fitting.leftover import readings_in
from extractor.fitting.stream import Stream
from extractor.fitting.values import SENTENCE_ENDS, quoted
from extractor.issues import Code, Issue
from extractor.layout import Join, Location, PdfLocation, Run, Tick, squeeze
from extractor.layout.text import WRAPPED

# What filers write at length, perhaps with links.
PROSE = ("footnotes", "remarks")
# Heights of a line from the rightmost ink of a page within which a line may have been cut off: a letter is half of one.
AT_EDGE = 0.5
QUOTED_END = 30
# Words of captions that line breaks must run through before a page is known to break words (`word-break: break-all`).
BROKEN_WORDS = 2
# Characters that no form has: controls, scripts other than Latin, and what stands for no character. 100 filings had
# ASCII alone; a printing may draw quotes, dashes, ligatures and check marks.
_STRANGE = re.compile("[^ -~\t\n\r\u00a0-\u024f\u1e00-\u1eff\u2000-\u22ff\u2500-\u27bf\ufb00-\ufb06]")
_STRANGE_IN_VALUES = re.compile(f"{_STRANGE.pattern}|[<>]")


def doubtful_looks(stream: Stream, tree: dict[str, Any], words: frozenset[str]) -> Iterator[Issue]:
    """All that this module knows to doubt; `words` are the captions' longer ones."""
    yield from uncertain_joins(stream, tree, words)
    yield from cut_off(stream, tree)
    yield from mixed_inks(stream, tree)
    yield from strange_characters(tree)


def uncertain_joins(stream: Stream, tree: Any, words: frozenset[str]) -> Iterator[Issue]:
    """An issue for each value that a line break runs through of which nobody can tell whether it stood for a space.

    Where a page breaks captions' longer `words` inside, any of its line breaks may be such a one.
    """
    several = [parts for piece in stream.pieces if len(parts := piece.segment.parts) > 1]
    pairs = [(above, below) for parts in several for above, below in pairwise(parts) if isinstance(below, Run)]
    wraps = [(above, below) for above, below in pairs if below.join in WRAPPED]
    if not wraps:
        return
    spaces = [(above, below) for above, below in wraps if below.join is Join.WRAP_SPACE]
    unsure = {below.at for _, below in wraps if below.join is Join.WRAP_UNSURE}
    if len({word for word in starmap(_across, spaces) if word in words}) >= BROKEN_WORDS:
        unsure.update(below.at for _, below in spaces)
    if unsure:
        for path, reading in _paths(tree, [each for each in readings_in(tree) if not unsure.isdisjoint(each["at"])]):
            yield broken(_text(reading), path, reading["at"])


def broken(text: str, path: str, places: tuple[Location, ...]) -> Issue:
    """The doubt about a text that a line break runs through."""
    message = f"of a line break inside {quoted(text)} nobody can tell whether it stands for a space"
    return Issue(Code.UNCERTAIN_JOIN, path, message, places)


def _across(above: Run | Tick, below: Run) -> str:
    """What stands before and behind a line break, squeezed, as if it were one word."""
    if isinstance(above, Tick):
        return ""
    return squeeze(above.text.rpartition(" ")[2] + below.text.partition(" ")[0])


def cut_off(stream: Stream, tree: dict[str, Any]) -> Iterator[Issue]:
    """An issue for each footnote, and for remarks, whose last line ends inside a sentence at the edge of all ink: what
    runs over a page's edge is not in the file.
    """
    prose = readings_in([tree[name] for name in PROSE])
    ends = [(each, each["at"][-1]) for each in prose if each["at"] and not _text(each).endswith(SENTENCE_ENDS)]
    ends = [(reading, last) for reading, last in ends if isinstance(last, PdfLocation)]
    if not ends:
        return
    edges: dict[int, float] = {}
    for piece in stream.pieces:
        for run in piece.runs:
            if isinstance(run.at, PdfLocation):
                edges[run.at.page] = max(run.at.bbox.x1, edges.get(run.at.page, 0.0))
    near = [each for each, last in ends if last.bbox.x1 > edges.get(last.page, 0.0) - AT_EDGE * last.bbox.height]
    for path, reading in _paths(tree, near):
        message = f"{quoted(_text(reading)[-QUOTED_END:])} ends at the edge of the page: it may go on beyond it"
        yield Issue(Code.TEXT_LOST, path, message, reading["at"][-1:])


def mixed_inks(stream: Stream, tree: dict[str, Any]) -> Iterator[Issue]:
    """An issue for each value of a printed page whose letters and digits differ in colour or in serifs, marks aside.

    Printings set a currency sign or a bracket otherwise, but no part of a value; stamps and later additions do.
    """
    values = readings_in([value for name, value in tree.items() if name not in PROSE])
    several = [each for each in values if len(each["at"]) > 1 and isinstance(each["at"][0], PdfLocation)]
    # By identity: a reading has the very places of its runs, and places take long to hash.
    parts = {id(part.at): part for piece in stream.pieces for part in piece.segment.parts} if several else {}
    mixed = []
    for each in several:
        runs = [part for place in each["at"] if isinstance(part := parts.get(id(place)), Run)]
        if len(runs) > 1 and len({_ink(run) for run in runs if _is_part(run, _text(each))}) > 1:
            mixed.append(each)
    for path, reading in _paths(tree, mixed):
        message = f"{quoted(_text(reading))} is set in more than one ink: a part may be a stamp"
        yield Issue(Code.INKS_MIXED, path, message, reading["at"])


def _ink(run: Run) -> tuple[str, bool]:
    return run.style.colour, run.style.serif


def _is_part(run: Run, text: str) -> bool:
    """Whether a run is words of a value's text, and no mark, bracket or currency sign."""
    return not run.style.raised and not run.style.small and run.text in text and any(map(str.isalnum, run.text))


def strange_characters(tree: Any) -> Iterator[Issue]:
    """An issue for each value with characters that no form has: fonts of a damaged file map their glyphs to any, and a
    broken tag shows as text. Footnotes and remarks may compare numbers with < and >.
    """
    unusual = [each for each in readings_in(tree) if _is_unusual(_text(each))]
    for path, reading in _paths(tree, unusual):
        strange = _STRANGE if path.startswith(PROSE) else _STRANGE_IN_VALUES
        if found := strange.findall(_text(reading)):
            message = f"{quoted(_text(reading))} has characters that no form has: {quoted(''.join(found))}"
            yield Issue(Code.TEXT_GARBLED, path, message, reading["at"])


def _is_unusual(text: str) -> bool:
    return not (text.isascii() and text.isprintable()) or "<" in text or ">" in text


def _text(reading: dict[str, Any]) -> str:
    return str(reading["printed"] if "printed" in reading else reading["text"])


def _paths(tree: Any, wanted: list[dict[str, Any]], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Those of a tree's readings that are wanted, each with its path; few are, and paths take longer than readings."""
    if not wanted:
        return
    if isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _paths(value, wanted, f"{path}[{index}]")
    elif isinstance(tree, dict) and "at" in tree:
        if any(each is tree for each in wanted):
            yield path, tree
    elif isinstance(tree, dict):
        for name, value in tree.items():
            yield from _paths(value, wanted, f"{path}.{name}" if path else name)
