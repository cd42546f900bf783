"""Paragraphs in; logical lines of segments of runs out."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout import BBox, Join, Line, PdfLocation, Run, Segment, Tick
from extractor.readers.pdf.words import ASCENT, DESCENT, Word
from extractor.readers.pdf.wraps import Paragraph


def line_of(paragraphs: Sequence[Paragraph]) -> Line:
    """The logical line of paragraphs that stand side by side."""
    return Line(tuple(segment_of(paragraph) for paragraph in paragraphs))


def segment_of(paragraph: Paragraph) -> Segment:
    """A paragraph as one segment: a run for each stretch of one style on one printed line."""
    parts: list[Run | Tick] = []
    for index, strip in enumerate(paragraph.strips):
        join = Join.SPACE if index == 0 else paragraph.joins[index - 1]
        words = strip.words
        start = 0
        for position in range(1, len(words) + 1):
            if position < len(words) and _same_run(words[start], words[position]):
                continue
            parts.append(_part(words[start:position], join))
            if position < len(words):
                join = Join.NONE if words[position].glued else Join.SPACE
            start = position
    return Segment(tuple(parts))


def _same_run(first: Word, word: Word) -> bool:
    return (word.style is first.style and word.link == first.link and word.tick is None and first.tick is None) or (
        word.style == first.style and word.link == first.link and word.tick is first.tick is None
    )


def _part(words: list[Word], join: Join) -> Run | Tick:
    first = words[0]
    size = max(word.size for word in words)
    box = BBox(first.x0, first.y - ASCENT * size, max(word.x1 for word in words), first.y + DESCENT * size)
    at = PdfLocation(first.page, box)
    if first.tick is not None:
        return Tick(first.tick, at)
    text = first.text
    for word in words[1:]:
        text += word.text if word.glued else " " + word.text
    return Run(text, first.style, at, join, first.link)
