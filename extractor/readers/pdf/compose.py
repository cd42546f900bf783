"""Paragraphs in; logical lines of segments of runs out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractor.layout import BBox, Join, Line, PdfLocation, Run, Segment, Tick
from extractor.readers.pdf.words import ASCENT, DESCENT, Word
from extractor.readers.pdf.wraps import Paragraph

# A named tuple made by its name takes three times as long, and what is imported is looked up each time; 250 runs stand
# on a page.
_new: Final = tuple.__new__
_BBox: Final = BBox
_PdfLocation: Final = PdfLocation
_Run: Final = Run


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
        first = words[0]
        for position, word in enumerate(words):
            if word.style is first.style and word.link == first.link and word.tick is first.tick is None:
                continue
            if position and not _same_run(first, word):
                parts.append(_part(words[start:position], join))
                join = Join.NONE if word.glued else Join.SPACE
                start, first = position, word
        parts.append(_part(words[start:] if start else words, join))
    return _new(Segment, (tuple(parts),))


def _same_run(first: Word, word: Word) -> bool:
    return word.style == first.style and word.link == first.link and word.tick is first.tick is None


def _part(words: list[Word], join: Join) -> Run | Tick:
    first = words[0]
    size, x1, text = first.size, first.x1, first.text
    if len(words) > 1:
        texts: list[str] = []
        for word in words:
            if not word.glued and texts:
                texts.append(" ")
            texts.append(word.text)
            if word.size > size:
                size = word.size
            if word.x1 > x1:
                x1 = word.x1
        text = "".join(texts)
    box = _new(_BBox, (first.x0, first.y - ASCENT * size, x1, first.y + DESCENT * size))
    at = _new(_PdfLocation, (first.page, box))
    return _new(_Run, (text, first.style, at, join, first.link)) if first.tick is None else Tick(first.tick, at)
