"""From a template to squeezed captions, compiled once: what the fitting looks for."""

from __future__ import annotations

from typing import NamedTuple

from extractor.layout import squeeze
from extractor.templates import Table, Template

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

    def fields_of(self, text: str) -> tuple[str, ...]:
        """The columns that squeezed `text` can be the head of; most texts are told by their beginning alone."""
        known = self.exact.get(text)
        if known is not None:
            return known
        # a converter may put a group's caption before each of its columns'
        if text.startswith(self.groups) and (fields := self.exact.get(self._below_group(text))):
            return fields
        if not text.startswith(self.beginnings):
            return ()
        return tuple(field for field, words in self.columns if is_caption(text, words, self.hints))

    def _below_group(self, text: str) -> str:
        """What stands behind a group's caption and its hints: `3.transactioncode(instr.8).code` has `code`."""
        group = next(group for group in self.groups if text.startswith(group))
        return text[skip_hints(text, len(group), self.hints) :].lstrip(PARTING)

    def is_head(self, text: str) -> bool:
        """Whether squeezed `text` is the head of a column or of a group."""
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
    whole: str  # all captions one after the other, in the form's order: a run may hold several, or a piece of one


def _all(words: dict[str, tuple[str, ...]]) -> dict[str, Squeezed]:
    return {name: _one(each) for name, each in words.items()}


def _one(words: tuple[str, ...]) -> Squeezed:
    """Squeezed, the longest wording first."""
    return tuple(sorted({squeeze(word) for word in words}, key=lambda word: (-len(word), word)))


def _table(table: Table, hints: Squeezed) -> TableCaptions:
    columns = tuple((column.field, _one(column.captions)) for column in table.columns)
    exact: dict[str, tuple[str, ...]] = {}
    for field, words in columns:
        for text in (word + hint for word in words for hint in ("", *hints)):
            exact[text] = (*exact.get(text, ()), field)
    beginnings = tuple({word[:CLIPPED_LEAST] for _, words in columns for word in words})
    return TableCaptions(_one(table.titles), columns, _one(table.groups), hints, exact, beginnings)


_COMPILED: dict[str, tuple[Template, Captions]] = {}


def captions_of(template: Template) -> Captions:
    """The captions of `template`, squeezed; compiled on first use."""
    known = _COMPILED.get(template.id)
    if known is not None and known[0] is template:
        return known[1]
    form, printing = template.form, template.printing
    hints = _one(form.hints)
    captions = Captions(
        items=_all(form.items),
        parts=_all(form.parts),
        labels=_all(form.labels),
        sections=_all(form.sections),
        hints=hints,
        furniture=_one((*form.furniture, *printing.furniture, *form.stops)),
        stops=_one(form.stops),
        tables={"table_1": _table(form.table_1, hints), "table_2": _table(form.table_2, hints)},
        owners_table=_all(printing.owners_table),
        marks=printing.marks,
        converted=printing.converted,
        whole="",
    )
    captions = captions._replace(whole=_whole(captions))
    _COMPILED[template.id] = (template, captions)
    return captions


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
