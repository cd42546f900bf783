"""Words of a page and the captions of its tables' heads in; the heads as they stand on the page out.

Captions are found on squeezed text (letters and digits only), for words break anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from extractor.readers.heads import TableHeads
from extractor.readers.pdf.breaks import squeezed
from extractor.readers.pdf.lines import printed_lines
from extractor.readers.pdf.words import Word

FOUND: Final = 0.75  # share of a table's columns whose captions must be found: 0.93 and more seen
HEAD_HEIGHT: Final = 20.0  # lines of text that a head may be high: 11 seen
NEXT_WORD: Final = 1.2  # gap ÷ size to the next word of a caption on its line
NEXT_LINE: Final = 1.8  # pitch ÷ size to the next line of a caption
BEGINNING: Final = 12  # letters of a title by which a page without any is told quickly
FIRST: Final = 3  # letters of words by which they are looked up
INDENT: Final = 1.0  # points by which a column's left edge lies before its captions
LONG_LINE: Final = 100  # words of a line beyond which it is not looked through one by one: 46 seen


_MARK = re.compile(r"\(\d{1,2}\)")


class Found:
    """A caption on the page: the words that make it, and the box around them in points."""

    __slots__ = ("bottom", "top", "words", "x0", "x1")

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words
        first = words[0]
        x0, x1, top, bottom = first.x0, first.x1, first.top, first.bottom
        for word in words[1:]:
            x0, x1 = min(x0, word.x0), max(x1, word.x1)
            if word.line != first.line or word.size != first.size:
                top, bottom = min(top, word.top), max(bottom, word.bottom)
        self.x0, self.x1, self.top, self.bottom = x0, x1, top, bottom


class Head(NamedTuple):
    """A table's head as found: its title, its leaf columns from the left and the captions over several of them."""

    title: Found
    leaves: list[Found]
    groups: list[Found]

    @property
    def bottom(self) -> float:
        return max(found.bottom for found in (*self.leaves, *self.groups))


def heads_of(words: list[Word], table_heads: Sequence[TableHeads]) -> list[Head]:
    """The heads on a page from the top; where several tables share a title, the one whose captions are found best."""
    lines = [[word for word in line if word.tick is None] for line in printed_lines(words)] if words else []
    lines = [line for line in lines if line]
    said = [[squeezed(word.text) for word in line] for line in lines]
    text = "\n".join(map("".join, said))
    tables, beginnings, first_letters = _sought(tuple(table_heads))
    if not any(title in text for title in beginnings):
        return []
    best: dict[int, tuple[float, int, Head]] = {}
    search = _Search(lines, said, first_letters)
    titles: dict[tuple[str, ...], list[Found]] = {}
    for heads in tables:
        if heads.title not in titles:
            titles[heads.title] = search.find(heads.title)
        for title in titles[heads.title]:
            known = best.get(title.words[0].order)
            # Most tables that share a title have columns that stand nowhere on the page: no need to place the others.
            if not search.can_beat(known[:2] if known else (0.0, 0), title, heads):
                continue
            head, share = search.head(title, heads)
            if head is None or share < FOUND:
                continue
            if known is None or (share, len(head.leaves)) > known[:2]:
                best[title.words[0].order] = share, len(head.leaves), head
    return sorted((head for _, _, head in best.values()), key=lambda head: head.title.top)


class _Sought(NamedTuple):
    """What is looked for on a page.

    `tables` by the number of their columns: of two that are found whole, the wider one wins; how their titles begin;
    how words begin that a caption begins with.
    """

    tables: tuple[TableHeads, ...]
    beginnings: tuple[str, ...]
    first_letters: frozenset[str]


@cache
def _sought(table_heads: tuple[TableHeads, ...]) -> _Sought:
    tables = tuple(sorted(table_heads, key=lambda heads: -len(heads.columns)))
    beginnings = {title[:BEGINNING] for heads in tables for title in _wanted(heads.title)}
    every = [wordings for heads in tables for wordings in (heads.title, *heads.columns, heads.groups)]
    wanted = {text for wordings in every for text in _wanted(wordings)}
    first_letters = frozenset(text[:length] for text in wanted for length in range(1, FIRST + 1))
    return _Sought(tables, tuple(beginnings), first_letters)


@cache
def _wanted(wordings: tuple[str, ...]) -> tuple[str, ...]:
    """The wordings of a caption, squeezed, longest first."""
    return tuple(sorted({squeezed(wording) for wording in wordings}, key=lambda text: (-len(text), text)))


@cache
def _captions(heads: TableHeads) -> list[tuple[tuple[str, ...], int]]:
    """A table's captions with the numbers of their columns, -1 for groups.

    The longest come first: "Title" and "(A)" stand inside longer captions too.
    """
    wanted = [(wordings, index) for index, wordings in enumerate(heads.columns)]
    wanted += [((wording,), -1) for wording in heads.groups]
    return sorted(wanted, key=lambda one: -max(map(len, one[0])))


class _Search:
    """The words of a page by line, for finding captions among them.

    Tables of several forms share captions, so what was found is kept: of a page without rulings, searching was a half.
    """

    def __init__(self, lines: list[list[Word]], said: list[list[str]], begun: frozenset[str]) -> None:
        self.lines = lines
        self.squeezed = said
        self.begun = begun
        self.rights: dict[int, list[float]] = {}  # how far long lines reach with each of their words
        self.known: dict[str, list[tuple[int, int, list[Word]]]] = {}
        # Of words that a caption may begin with, by their first letters, by text.
        self.places: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def find(
        self, wordings: tuple[str, ...], top: float = 0.0, bottom: float = float("inf"), taken: set[int] | None = None
    ) -> list[Found]:
        """All places of a caption, in any wording, between two heights, among words not `taken`; longest first."""
        taken = taken or set()
        out: list[Found] = []
        for wanted in _wanted(wordings):
            for row, at, chain in self._anywhere(wanted):
                first = chain[0]
                if not top <= first.line <= bottom or any(found.words[0] is first for found in out):
                    continue
                if any(word.order in taken for word in chain):
                    free = self._free(wanted, row, at, taken)
                    if not free:
                        continue
                    chain = free
                out.append(Found(tuple(chain)))
        return out

    def _anywhere(self, wanted: str) -> list[tuple[int, int, list[Word]]]:
        """All places of a caption, as line, place in the line and words."""
        known = self.known.get(wanted)
        if known is None:
            if not self.places:
                self._place()
            begun = {wanted[:length] for length in range(1, FIRST + 1)}
            places = sorted(
                [
                    place
                    for first in begun
                    for text, places in self.places.get(first, {}).items()
                    if wanted.startswith(text)
                    for place in places
                ]
            )
            found = [(row, at, self._free(wanted, row, at, set())) for row, at in places]
            known = self.known[wanted] = [(row, at, chain) for row, at, chain in found if chain]
        return known

    def _place(self) -> None:
        """Note where each text stands that a caption may begin with."""
        for row, said in enumerate(self.squeezed):
            for at, text in enumerate(said):
                first = text[:FIRST]
                if first in self.begun:
                    self.places.setdefault(first, {}).setdefault(text, []).append((row, at))

    def _free(self, wanted: str, row: int, at: int, taken: set[int]) -> list[Word] | None:
        """The words, none of them `taken`, that spell a caption from a place on; None if they do not."""
        word = self.lines[row][at]
        text = self.squeezed[row][at]
        if not text or word.order in taken or not wanted.startswith(text):
            return None
        return self._chain(wanted[len(text) :], row, at, [word], taken)

    def _chain(self, wanted: str, row: int, at: int, words: list[Word], taken: set[int]) -> list[Word] | None:
        """`words` gone on until they spell `wanted` too; None if they cannot."""
        if not wanted:
            return words
        # As a rule a caption goes on beside its last word, or not at all.
        if self._is_beside(row, at):
            chain = self._chain_at(wanted, row, at + 1, words, taken)
            if chain:
                return chain
        for next_row, next_at in self._below(row, words):
            chain = self._chain_at(wanted, next_row, next_at, words, taken)
            if chain:
                return chain
        return None

    def _chain_at(self, wanted: str, row: int, at: int, words: list[Word], taken: set[int]) -> list[Word] | None:
        """The same with the word at a place as the next one."""
        text = self.squeezed[row][at]
        if not wanted.startswith(text):
            return None
        word = self.lines[row][at]
        if word.order in taken:
            return None
        return self._chain(wanted[len(text) :], row, at, [*words, word], taken)

    def _is_beside(self, row: int, at: int) -> bool:
        """Whether a caption can go on beside a word."""
        line = self.lines[row]
        return at + 1 < len(line) and line[at + 1].x0 - line[at].x1 < NEXT_WORD * line[at].size

    def _below(self, row: int, words: list[Word]) -> list[tuple[int, int]]:
        """Where a caption can go on below: on the next line of its column."""
        last = words[-1]
        base, pitch = last.line, NEXT_LINE * last.size
        out: list[tuple[int, int]] = []
        x0, x1 = words[0].x0, last.x1
        for word in words:
            if word.x0 < x0:
                x0 = word.x0
            if word.x1 > x1:
                x1 = word.x1
        for lower in range(row + 1, len(self.lines)):
            line = self.lines[lower]
            if line[0].line - base > pitch:
                break
            index = self._first_beyond(lower, x0)
            if index < len(line) and line[index].x0 < x1:
                out.append((lower, index))
        return out

    def _first_beyond(self, row: int, x: float) -> int:
        """The number of the first word of a line that reaches beyond `x`; their count where none does."""
        line = self.lines[row]
        if len(line) > LONG_LINE:
            if row not in self.rights:
                self.rights[row] = list(accumulate([word.x1 for word in line], max))
            return bisect_right(self.rights[row], x)
        for index, word in enumerate(line):
            if word.x1 > x:
                return index
        return len(line)

    def _place_of(self, word: Word) -> tuple[int, int]:
        """Where a word of the page stands; by identity, for two words of one text object can share their number."""
        return next((row, at) for row, line in enumerate(self.lines) for at, one in enumerate(line) if one is word)

    def can_beat(self, known: tuple[float, int], title: Found, heads: TableHeads) -> bool:
        """Whether `head` may find more columns of `heads` under a title than `known`, a share and a number, and enough:
        whether so many have a caption there at all.
        """
        top, bottom = title.bottom, title.bottom + HEAD_HEIGHT * title.words[0].size
        found = columns = len(heads.columns)
        for wordings in heads.columns:
            if found / columns < FOUND or (found / columns, found) <= known:
                return False
            found -= not self._stands(wordings, top, bottom)
        return found / columns >= FOUND and (found / columns, found) > known

    def _stands(self, wordings: tuple[str, ...], top: float, bottom: float) -> bool:
        """Whether a caption stands between two heights, in any wording."""
        return any(
            top <= chain[0].line <= bottom for wanted in _wanted(wordings) for _, _, chain in self._anywhere(wanted)
        )

    def head(self, title: Found, heads: TableHeads) -> tuple[Head | None, float]:
        """The captions of `heads` under a title, and the share of columns found."""
        top, bottom = title.bottom, title.bottom + HEAD_HEIGHT * title.words[0].size
        taken = {word.order for word in title.words}
        groups: list[Found] = []
        leaves: dict[int, Found] = {}
        for wordings, index in _captions(heads):
            if index >= 0:
                self._take(leaves, index, wordings, top, bottom, taken)
                continue
            for found in self.find(wordings, top, bottom, taken)[:1]:
                groups.append(found)
                taken.update(word.order for word in found.words)
        ordered = [leaves[index] for index in sorted(leaves)]
        if not ordered or any(one.x0 >= other.x0 for one, other in pairwise(ordered)):
            return None, 0.0
        whole = [self._whole(found, bottom, taken) for found in (*ordered, *groups)]
        return Head(title, whole[: len(ordered)], whole[len(ordered) :]), len(ordered) / len(heads.columns)

    def _take(
        self,
        leaves: dict[int, Found],
        index: int,
        wordings: tuple[str, ...],
        top: float,
        bottom: float,
        taken: set[int],
    ) -> None:
        """Take the place of a column's caption that stands between those of its neighbours."""
        low = max((found.x0 for other, found in leaves.items() if other < index), default=float("-inf"))
        high = min((found.x0 for other, found in leaves.items() if other > index), default=float("inf"))
        for found in self.find(wordings, top, bottom, taken):
            if low < found.x0 < high:
                leaves[index] = found
                taken.update(word.order for word in found.words)
                return

    def _whole(self, found: Found, bottom: float, taken: set[int]) -> Found:
        """A caption with what follows it in the same ink and column: "(Instr. 3)", "(Month/Day/Year)"."""
        words = list(found.words)
        while True:
            row, at = self._place_of(words[-1])
            beside = [(row, at + 1)] if self._is_beside(row, at) else []
            for next_row, next_at in (*beside, *self._below(row, words)):
                word = self.lines[next_row][next_at]
                if (
                    word.order not in taken
                    and word.line < bottom
                    and _same_ink(word, words[-1])
                    and _goes_on(word, words)
                ):
                    words.append(word)
                    taken.add(word.order)
                    break
            else:
                return Found(tuple(words))


def _same_ink(word: Word, other: Word) -> bool:
    return (
        word.style.bold == other.style.bold
        and word.style.colour == other.style.colour
        and abs(word.size - other.size) < 1
    )


def _goes_on(word: Word, words: list[Word]) -> bool:
    """Whether a word behind a caption belongs to it: an addition in brackets, but no mark."""
    if word.x0 < words[0].x0 - INDENT:
        return False
    text = "".join(each.text for each in words)
    return text.count("(") > text.count(")") or (word.text.startswith("(") and not _MARK.match(word.text))
