"""From labels to ticks: what stands left of a label says whether it is ticked.

`X`, `__X__`, `[X]`, `☒` tick it; nothing, `_____`, `[ ]`, `☐` leave it unticked; a label that is not on the page is
None; anything else is unclear.
"""

from __future__ import annotations

from extractor.fitting.captions import Squeezed
from extractor.fitting.stream import Piece, Stream, runs_of_pieces
from extractor.fitting.values import EMPTY, Reading, reading
from extractor.issues import Code, Issue
from extractor.layout import Tick, squeeze

# What a form draws around a tick: check lines and brackets.
_FRAME = str.maketrans("", "", "_[]()|")
_TICKED = frozenset({"x", "☒", "☑", "✓", "✔", "✗", "✘"})


def read_ticks(
    stream: Stream, labels: dict[str, Squeezed], start: int, end: int, path: str, issues: list[Issue]
) -> tuple[dict[str, Reading], int]:
    """The tick of every label that stands in [start, end), by name, and the offset behind the last label.

    Labels are read in the order they stand in: what stands between one and the next is the tick of the next.
    """
    places = sorted(
        (hit, name) for name, words in labels.items() if (hit := stream.find(words, start, end)) is not None
    )
    found: dict[str, Reading] = {}
    for (at, behind), name in places:
        found[name] = tick_in(stream.cut(start, at), f"{path}.{name}", issues)
        start = behind
    return found, start


def tick_in(pieces: tuple[Piece, ...], path: str, issues: list[Issue]) -> Reading:
    """Ticked (True), empty (False) or unclear (None, with an issue), from what stands left of the label."""
    ticks = [part for piece in pieces for part in piece.segment.parts if isinstance(part, Tick)]
    runs = runs_of_pieces(pieces)
    printed = " ".join(run.text for run in runs)
    at = tuple(run.at for run in runs) + tuple(tick.at for tick in ticks)
    states = {tick.state for tick in ticks}
    ink = squeeze(printed).translate(_FRAME)
    if ink in _TICKED and states <= {"ticked", "empty"}:
        return reading(True, printed, (), at)
    if not ink and states <= {"empty"}:
        return reading(False, printed, (), at)
    if not ink and states == {"ticked"}:
        return reading(True, printed, (), at)
    issues.append(Issue(Code.TICK_UNCLEAR, path, f"what stands before the label is no tick: {printed[:60]!r}", at))
    return {**EMPTY, "printed": printed, "at": at}
