"""From labels to ticks: what stands left of a label says whether it is ticked.

`X`, `__X__`, `[X]`, `☒` tick it; nothing, `_____`, `[ ]`, `☐` leave it unticked; a label that is not on the page is
None; anything else is unclear.
"""

from __future__ import annotations

from typing import NamedTuple

from extractor.fitting.captions import Squeezed
from extractor.fitting.stream import Piece, Stream, runs_of_pieces
from extractor.fitting.values import EMPTY, Reading, quoted, reading
from extractor.issues import Code, Issue
from extractor.layout import Location, Tick, squeeze, stands_before

# What a form draws around a tick: check lines and brackets.
_FRAMES = "_[](){}<>|/"
_FRAME = str.maketrans("", "", _FRAMES)
LONGEST_LABEL = 12.0  # heights of its first line: 9 seen
_TICKED = frozenset({"x", "☒", "☑", "✓", "✔", "✗", "✘"})
_BEGINNINGS = _TICKED.union(_FRAMES)


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


class Box(NamedTuple):
    """A tick or a box for one, somewhere before `offset` characters of the page."""

    offset: int
    value: bool | None
    printed: str
    at: tuple[Location, ...]


def read_boxes(stream: Stream, labels: dict[str, Squeezed], end: int, issues: list[Issue]) -> dict[str, Reading]:
    """The ticks of labels that stand apart from other text, as in the head of the form, by name.

    A box stands left of its label, but a print may list the boxes first and then the labels: the first box before some
    labels is that of the first of them, and so on. On a page that draws no empty box a label without one is unticked.
    """
    places = sorted((hit, name) for name, words in labels.items() if (hit := stream.find(words, 0, end)) is not None)
    boxes = _boxes(stream, end, tuple(at for (at, _), _ in places))
    lines = {name: tuple(run.at for run in runs_of_pieces(stream.cut(*hit))) for hit, name in places}
    labels_at = {name: at[:1] for name, at in lines.items()}
    if beside := _boxes_beside(boxes, lines):
        return {name: _box_reading(name, beside.get(name), labels_at[name], issues) for _, name in places}
    found: dict[str, Reading] = {}
    waiting: list[Box] = []
    for (at, _), name in places:
        before = [box for box in boxes if box.offset <= at]
        boxes = boxes[len(before) :]
        if before:  # the nearest ones, as many as labels follow before the next box
            waiting = before[-_labels_before(boxes, places, at) :]
        found[name] = _box_reading(name, waiting.pop(0) if waiting else None, labels_at[name], issues)
    return found


def _box_reading(name: str, box: Box | None, label: tuple[Location, ...], issues: list[Issue]) -> Reading:
    """What a box says of its label; on a page that draws no empty boxes a label without one is unticked."""
    if box is None:
        return reading(False, "", (), label)
    if box.value is None:
        issues.append(Issue(Code.TICK_UNCLEAR, name, "the box before the label is unclear", box.at))
    return reading(box.value, box.printed, (), box.at or label)


def _boxes_beside(boxes: list[Box], labels: dict[str, tuple[Location, ...]]) -> dict[str, Box]:
    """The boxes that a print sets left of labels, by label: of two that overlie each other the ticked one.

    A box may stand in the middle of a label of many lines, so that it belongs to the last label that begins above it.
    Empty where places do not tell.
    """
    found: dict[str, Box] = {}
    for box in boxes:
        below = {
            name: depth
            for name, at in labels.items()
            if box.at and (depth := stands_before(box.at[0], at)) is not None and depth < LONGEST_LABEL
        }
        if below:
            name = min(below, key=below.__getitem__)
            if name not in found or box.value:
                found[name] = box
    return found


def _labels_before(boxes: list[Box], places: list[tuple[tuple[int, int], str]], at: int) -> int:
    """How many labels stand from `at` on before the first of `boxes`."""
    until = boxes[0].offset if boxes else None
    return sum(start >= at and (until is None or start < until) for (start, _), _ in places)


def _boxes(stream: Stream, end: int, labels: tuple[int, ...]) -> list[Box]:
    """Ticks, and text that is nothing but a tick, an empty check line or empty brackets, in reading order.

    Such text may be the beginning of a run that a label at one of the offsets `labels` goes on.
    """
    boxes: list[Box] = []
    for offset, part in stream.parts(end):
        if isinstance(part, Tick):
            boxes.append(Box(offset, {"ticked": True, "empty": False}.get(part.state), "", (part.at,)))
            continue
        text = squeeze(part.text)
        if text[:1] not in _BEGINNINGS:  # as most texts do not
            continue
        label = next((at for at in labels if offset < at < offset + len(text)), None)
        text = text if label is None else text[: label - offset]
        ink = text.translate(_FRAME)
        if ink in _TICKED or not ink:
            boxes.append(Box(offset + len(text), bool(ink), text, (part.at,)))
    return boxes


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
    issues.append(Issue(Code.TICK_UNCLEAR, path, f"what stands before the label is no tick: {quoted(printed)}", at))
    return {**EMPTY, "printed": printed, "at": at}
