"""What a reader may be told of a form: the captions of its tables' heads, as plain words."""

from __future__ import annotations

from typing import NamedTuple


class TableHeads(NamedTuple):
    """The captions of one table, each with all its wordings: what a table without rulings is known by.

    `title`: wordings of the table's title; `columns`: the leaf columns from the left, each with its wordings; `groups`:
    captions that stand over several columns.
    """

    title: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...] = ()
