"""The bytes of a PDF in; its layout out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from extractor.issues import Code, Issue
from extractor.layout import BBox, Layout, PdfLocation, Sheet
from extractor.readers.heads import TableHeads
from extractor.readers.pdf.arrange import blocks_of
from extractor.readers.pdf.breaks import TIGHT, Habits, squeezed
from extractor.readers.pdf.cells import Lattice, lattice_of, tables_of
from extractor.readers.pdf.checkboxes import picture_boxes, ruled_boxes
from extractor.readers.pdf.grids import PageGrid, page_grids
from extractor.readers.pdf.ink import PageInk
from extractor.readers.pdf.joins import join_grids, join_paragraphs
from extractor.readers.pdf.margins import without_margins
from extractor.readers.pdf.page import read_pages
from extractor.readers.pdf.pieces import crowded
from extractor.readers.pdf.rulings import Ruling, groups_of, rulings_of, without_underlines
from extractor.readers.pdf.streams import damaged_streams
from extractor.readers.pdf.unruled import unruled_grids
from extractor.readers.pdf.words import Word, words_of
from extractor.readers.pdf.wraps import LOOSER, PITCH, Bounds, paragraphs_of

KEPT: Final = 0.2  # share of line ends with a drawn space in prints that keep them: 0.42 (LibreOffice); else up to 0.04
OTHER_HAND: Final = 20  # line ends without any drawn space that show another hand's type: 48 and 82, else up to 2

FULL_LINE: Final = 0.75  # share of the page's width that text must reach to show where its lines end
LONG_LINE: Final = 3  # words behind the first that a line of running text has at least
FLUSH: Final = 1.0  # points within which the edges of such lines are one: bearings of letters differ by 0.3
FLUSH_LINES: Final = 3  # pairs of lines that show whether their right ends are flush
MOSTLY_FLUSH: Final = 0.5  # share of them that are: 0.75 and more in justified text, up to 0.41 in ragged text
WIDE_WRAPS: Final = 2  # wide-set lines that begin with a small letter, as only wraps do: 6 (WeasyPrint), else none


MESSAGE: Final = 60  # letters of a watermark that are told
ReadPages = Callable[[bytes], tuple[list[PageInk], dict[str, str]]]


def read(data: bytes, table_heads: Sequence[TableHeads] = (), pages_of: ReadPages = read_pages) -> Layout:
    """The layout of a PDF. `table_heads` are the captions by which tables without rulings can be told.

    `pages_of` is the engine that reads the ink of the pages.

    Raises SourceError: see `page.read_pages`.
    """
    pages, properties = pages_of(data)
    texts, habits = texts_of(pages)
    parts = [take_apart(page, words, table_heads, habits) for page, words in zip(pages, texts, strict=True)]
    grids = join_grids([part[0] for part in parts], [part[1] for part in parts])
    bounds = [_text_bounds(page, part[0], part[1]) for page, part in zip(pages, parts, strict=True)]
    paragraphs = [
        paragraphs_of(loose, bound, rules, habits) if loose else []
        for (_, loose, rules), bound in zip(parts, bounds, strict=True)
    ]
    join_paragraphs(paragraphs, [part[0] for part in parts], bounds, habits)
    sheets = [
        Sheet(blocks_of([*(grid.compose(habits) for grid in page_grids), *page_paragraphs]))
        for page_grids, page_paragraphs in zip(grids, paragraphs, strict=True)
    ]
    issues = (*_of_file(data), *_of_pages(pages), *_issues(grids))
    return Layout(tuple(sheets), {"format": "pdf", **properties}, issues)


def texts_of(pages: Sequence[PageInk]) -> tuple[list[list[Word]], Habits]:
    """The words of every page without those that a browser printed around it, and the printer's habits."""
    texts = [words_of(page.pieces, page.number, page.links, page.told) for page in pages]
    habits = habits_of(texts)
    return without_margins(texts, [page.height for page in pages]), habits


def habits_of(pages: Sequence[list[Word]]) -> Habits:
    """What the document's printer does at line ends, between lines and before marks."""
    ends, drawn = [0, 0], [0, 0]  # without and with serifs
    marks = spaced = 0
    pitches: list[float] = []
    lines: list[tuple[Word, Word, int]] = []  # of each: its first and its last word, and the number of its words
    for words in pages:
        start = 0
        for at, (word, following) in enumerate(pairwise(words)):
            if following.style.raised and following.text.startswith("("):
                marks += 1
                spaced += not following.glued
            elif following.line != word.line and abs(following.line - word.line) > word.size / 2:
                lines.append((words[start], word, at - start))
                start = at + 1
                ends[word.style.serif] += 1
                drawn[word.style.serif] += word.after
                if following.text[:1].islower() and following.style is word.style:
                    pitches.append((following.line - word.line) / word.size)
    keeps = sum(drawn) > KEPT * sum(ends)
    others = frozenset(serif for serif in (False, True) if ends[serif] >= OTHER_HAND and not drawn[serif])
    wide = sorted(pitch for pitch in pitches if TIGHT < pitch < PITCH[1])
    pitch = LOOSER * wide[len(wide) // 2] if len(wide) >= WIDE_WRAPS else TIGHT
    vocabulary = _vocabulary(pages) if keeps else frozenset()
    return Habits(keeps, 2 * spaced > marks, vocabulary, pitch, others, _justified(lines))


def _justified(lines: Sequence[tuple[Word, Word, int]]) -> bool:
    """Whether the lines of running text that go on all end at one right edge; ragged ones do so by chance alone."""
    flush = count = 0
    for (first, last, words), (second, end, more), (third, _, _) in zip(lines, lines[1:], lines[2:], strict=False):
        if min(words, more) < LONG_LINE or abs(first.x0 - second.x0) > FLUSH or abs(second.x0 - third.x0) > FLUSH:
            continue
        if max(second.line - first.line, third.line - second.line) < PITCH[1] * first.size:
            count += 1
            flush += abs(last.x1 - end.x1) < FLUSH
    return count >= FLUSH_LINES and flush > MOSTLY_FLUSH * count


def _vocabulary(pages: Sequence[list[Word]]) -> frozenset[str]:
    """The words that are whole for certain: neither first nor last on their line."""
    return frozenset(
        squeezed(word.text)
        for words in pages
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
        if before.line == word.line == after.line and not word.glued and not after.glued
    )


def _of_file(data: bytes) -> Iterator[Issue]:
    if count := damaged_streams(data):
        yield Issue(Code.TEXT_LOST, "", f"{count} damaged streams: what they draw behind the damage is missing")


def _of_pages(pages: Sequence[PageInk]) -> Iterator[Issue]:
    for page in pages:
        place = PdfLocation(page.number, BBox(0.0, 0.0, page.width, page.height))
        if page.slanted:
            yield Issue(Code.WATERMARK, "", f"{page.slanted[:MESSAGE]!r} runs slantwise and was left out", (place,))
        if page.unclear or crowded(page.pieces):
            message = f"words stand so close on page {page.number} that spaces between them may be lost"
            yield Issue(Code.UNCERTAIN_JOIN, "", message, (place,))


def _issues(pages: Sequence[Sequence[PageGrid]]) -> Iterator[Issue]:
    for grids in pages:
        for grid in grids:
            if grid.broken:
                box = BBox(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
                message = "rulings of a table do not close; its cells were guessed"
                yield Issue(Code.GRID_BROKEN, "", message, (PdfLocation(grid.page, box),))


def take_apart(
    page: PageInk, words: list[Word], table_heads: Sequence[TableHeads], habits: Habits
) -> tuple[list[PageGrid], list[Word], list[Ruling]]:
    """A page's tables, the words outside them, and the rulings that belong to no table."""
    groups, rules = groups_of(rulings_of(without_underlines(page.shapes, words), page.height))
    groups, boxes, words = ruled_boxes(groups, words, page.number)
    boxes += picture_boxes(page.pictures, page.number)
    lattices: list[Lattice] = []
    for group in groups:
        lattices.extend(lattice for table in tables_of(group) if (lattice := lattice_of(table)) is not None)
    grids, loose = page_grids(lattices, [*words, *boxes], rules, page.number)
    if table_heads and loose:
        unruled, loose = unruled_grids(loose, table_heads, page.width, page.number, habits)
        grids = sorted([*grids, *unruled], key=lambda grid: grid.ys[0])
    return grids, loose, rules


def _text_bounds(page: PageInk, grids: Sequence[PageGrid], loose: list[Word]) -> Bounds:
    """The box that text outside tables fills on a page; a table can be wider, and even run over the page's edge."""
    right = max((word.x1 for word in loose), default=0.0)
    if right < FULL_LINE * page.width:
        right = max([right, *(grid.xs[-1] for grid in grids)])
    return Bounds(0.0, 0.0, right, page.height, firm=False)
