"""From a template to squeezed captions, compiled once: what the fitting looks for."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from extractor.layout import squeeze
from extractor.templates import Form, Table, Template

Squeezed = tuple[str, ...]


PARTING = ".-:/>|"  # between the captions of two rows of heads that a converter put into one


class TableCaptions(NamedTuple):
    """A table's captions, squeezed: its title, its leaf columns by field, left to right, and its groups.

    `exact` has the fields of a head's whole text, alone or with one hint; `beginnings` is how any head's text begins.
    """

    titles: Squeezed
    columns: tuple[tuple[str, Squeezed], ...]
    groups: Squeezed
    hints: Squeezed
    exact: dict[str, tuple[str, ...]]
    beginnings: Squeezed
    retyped: bool = False

    def fields_of(self, text: str) -> tuple[str, ...]:
        """The columns that squeezed `text` can be the head of; most texts are told by their beginning alone."""
        known = self.exact.get(text)
        if known is not None:
            return known
        # a converter may put a group's caption before each of its columns'
        if text.startswith(self.groups) and (fields := self.exact.get(self._below_group(text))):
            return fields
        if self.retyped:
            return retyped_as(text, self.columns)
        if not text.startswith(self.beginnings):
            return ()
        return tuple(field for field, words in self.columns if is_caption(text, words, self.hints))

    def _below_group(self, text: str) -> str:
        """What stands behind a group's caption and its hints: `3.transactioncode(instr.8).code` has `code`."""
        group = next(group for group in self.groups if text.startswith(group))
        return text[skip_hints(text, len(group), self.hints) :].lstrip(PARTING)

    def is_head(self, text: str) -> bool:
        """Whether squeezed `text` is the head of a column or of a group."""
        if self.retyped:
            return bool(self.fields_of(text) or retyped_as(text, (("", self.groups),)))
        return bool(self.fields_of(text)) or is_caption(text, self.groups, self.hints)


class Captions(NamedTuple):
    """All captions of a template, squeezed."""

    items: dict[str, Squeezed]
    parts: dict[str, Squeezed]
    labels: dict[str, Squeezed]
    sections: dict[str, Squeezed]
    hints: Squeezed
    furniture: Squeezed
    stops: Squeezed
    tables: dict[str, TableCaptions]
    owners_table: dict[str, Squeezed]
    marks: str  # how marks are drawn, as the printing says
    converted: bool  # lines, columns and the order of what stands apart may be lost
    free: bool  # dates, numbers and captions are of no one shape: filers typed the form themselves
    words: frozenset[str]  # their longer words, inside which hardly any page breaks a line
    whole: str  # all captions one after the other, in the form's order: a run may hold several, or a piece of one


def _all(words: dict[str, tuple[str, ...]]) -> dict[str, Squeezed]:
    return {name: _one(each) for name, each in words.items()}


def _one(words: tuple[str, ...]) -> Squeezed:
    """Squeezed, the longest wording first."""
    return tuple(sorted({squeeze(word) for word in words}, key=lambda word: (-len(word), word)))


def _table(table: Table, hints: Squeezed, retyped: bool) -> TableCaptions:
    columns = tuple((column.field, _one(column.captions)) for column in table.columns)
    exact: dict[str, tuple[str, ...]] = {}
    for field, words in columns:
        for text in (word + hint for word in words for hint in ("", *hints)):
            exact[text] = (*exact.get(text, ()), field)
    beginnings = tuple({word[:CLIPPED_LEAST] for _, words in columns for word in words})
    return TableCaptions(_one(table.titles), columns, _one(table.groups), hints, exact, beginnings, retyped)


_COMPILED: dict[str, tuple[Template, Captions]] = {}


def captions_of(template: Template) -> Captions:
    """The captions of `template`, squeezed; compiled on first use."""
    known = _COMPILED.get(template.id)
    if known is not None and known[0] is template:
        return known[1]
    form, printing = template.form, template.printing
    free = printing.entries == "free"
    hints = _one(form.hints)
    captions = Captions(
        items=_all(form.items),
        parts=_all(form.parts),
        labels=_all(form.labels),
        sections=_all(form.sections),
        hints=hints,
        furniture=_one((*form.furniture, *printing.furniture, *form.stops)),
        stops=_one(form.stops),
        tables={"table_1": _table(form.table_1, hints, free), "table_2": _table(form.table_2, hints, free)},
        owners_table=_all(printing.owners_table),
        marks=printing.marks,
        converted=printing.converted,
        free=free,
        words=_words(form),
        whole="",
    )
    captions = captions._replace(whole=_whole(captions))
    _COMPILED[template.id] = (template, captions)
    return captions


# Letters of a caption's word that two others beside each other do not make.
LONG_WORD = 6


def _words(form: Form) -> frozenset[str]:
    tables = (form.table_1, form.table_2)
    captions = [*form.titles, *form.headings, *form.furniture, *(text for table in tables for text in table.titles)]
    captions += [text for table in tables for column in table.columns for text in column.captions]
    for named in (form.items, form.parts, form.labels, form.sections):
        captions += [text for wordings in named.values() for text in wordings]
    words = (squeeze(word) for text in captions for word in re.split(r"[\s/-]+", text))
    return frozenset(word for word in words if len(word) >= LONG_WORD)


def _whole(captions: Captions) -> str:
    groups = [captions.parts, captions.items, captions.labels, captions.sections, captions.owners_table]
    words = [word for group in groups for each in group.values() for word in each[:1]]
    words += [word for group in groups for each in group.values() for word in each[1:]]
    for table in captions.tables.values():
        words += [*table.titles, *table.groups]
        words += [word for _, each in table.columns for word in each]
    return "".join((*words, *captions.hints, *captions.furniture))


def is_caption(text: str, captions: Squeezed, hints: Squeezed) -> bool:
    """Whether squeezed `text` is one of `captions`, alone or with bracketed hints behind it.

    A head that runs over the edge of the page is clipped; a clipped one still counts while two thirds of it show.
    """
    for caption in captions:
        if text.startswith(caption) and _only_hints(text[len(caption) :], hints):
            return True
        if len(text) >= CLIPPED_LEAST and len(text) * 3 >= len(caption) * 2 and caption.startswith(text):
            return True
    return False


# Where filers typed the form themselves a head may be misspelt or shortened: how much of it must be the caption's, and
# how long it must be. Different captions of one table are alike by 0.79 at most ("Ownership Form", "Nature of").
ALIKE = 0.86
ALIKE_LEAST = 10
_HINT = re.compile(r"\((?:instr|month|mo|mm|see)[^()]*\)")
_NUMBER = re.compile(r"\d{1,2}[a-z]?")


def retyped_as(text: str, columns: tuple[tuple[str, Squeezed], ...]) -> tuple[str, ...]:
    """The column whose caption squeezed `text` is but for hints, points and slips of typing; it keeps its number."""
    typed = _bare(text)
    best: tuple[float, str] = (0.0, "")
    for field, words in columns:
        for word in words:
            asked = _bare(word)
            if typed == asked:
                return (field,)
            most = 2 * min(len(typed), len(asked)) / (len(typed) + len(asked) or 1)  # that the ratio can be
            if len(asked) >= ALIKE_LEAST and most >= ALIKE and _number(typed) == _number(asked):
                best = max(best, (SequenceMatcher(None, typed, asked, autojunk=False).ratio(), field))
    return (best[1],) if best[0] >= ALIKE else ()


def _bare(text: str) -> str:
    return re.sub(r"[-.,:;]", "", _HINT.sub("", text))


def _number(text: str) -> str:
    found = _NUMBER.match(text)
    return found[0] if found else ""


# Squeezed characters that a clipped head must still show; the longest caption that is a beginning of another one,
# "1.titleofsecurity", has 17.
CLIPPED_LEAST = 20


def _only_hints(tail: str, hints: Squeezed) -> bool:
    while tail:
        hint = next((hint for hint in hints if tail.startswith(hint)), None)
        if hint is None:
            return False
        tail = tail[len(hint) :]
    return True


def skip_hints(text: str, offset: int, hints: Squeezed) -> int:
    """The offset behind any bracketed hints that stand at `offset`."""
    while hint := next((hint for hint in hints if text.startswith(hint, offset)), None):
        offset += len(hint)
    return offset
