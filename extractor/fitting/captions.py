"""From a template to squeezed captions, compiled once: what the fitting looks for."""

from __future__ import annotations

from typing import NamedTuple

from extractor.layout import squeeze
from extractor.templates import Table, Template

Squeezed = tuple[str, ...]


class TableCaptions(NamedTuple):
    """A table's captions, squeezed: its title, its leaf columns by field, left to right, and its groups."""

    titles: Squeezed
    columns: tuple[tuple[str, Squeezed], ...]
    groups: Squeezed


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


def _all(words: dict[str, tuple[str, ...]]) -> dict[str, Squeezed]:
    return {name: _one(each) for name, each in words.items()}


def _one(words: tuple[str, ...]) -> Squeezed:
    """Squeezed, the longest wording first."""
    return tuple(sorted({squeeze(word) for word in words}, key=lambda word: (-len(word), word)))


def _table(table: Table) -> TableCaptions:
    columns = tuple((column.field, _one(column.captions)) for column in table.columns)
    return TableCaptions(_one(table.titles), columns, _one(table.groups))


_COMPILED: dict[str, tuple[Template, Captions]] = {}


def captions_of(template: Template) -> Captions:
    """The captions of `template`, squeezed; compiled on first use."""
    known = _COMPILED.get(template.id)
    if known is not None and known[0] is template:
        return known[1]
    form, printing = template.form, template.printing
    captions = Captions(
        items=_all(form.items),
        parts=_all(form.parts),
        labels=_all(form.labels),
        sections=_all(form.sections),
        hints=_one(form.hints),
        furniture=_one((*form.furniture, *form.stops)),
        stops=_one(form.stops),
        tables={"table_1": _table(form.table_1), "table_2": _table(form.table_2)},
        owners_table=_all(printing.owners_table),
    )
    _COMPILED[template.id] = (template, captions)
    return captions


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
