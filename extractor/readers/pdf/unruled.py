"""Words of a page without rulings and the captions of its tables in; unruled grids out."""

from __future__ import annotations

from typing import NamedTuple


class TableHeads(NamedTuple):
    """The captions of one kind of table, each with all its wordings: what the head of a table without rulings is known by.

    `title`: wordings of the table's title; `columns`: the leaf columns from the left, each with its wordings; `groups`: captions that
    stand over several columns.
    """

    title: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...] = ()
