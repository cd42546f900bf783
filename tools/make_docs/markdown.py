"""Texts and cells in, Markdown out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Sequence

# What Markdown or HTML would take for its own outside of code.
_SPECIAL = re.compile(r"([\\*_<>\[\]|#])")

_CODE = re.compile(r"`[^`]*`")


def escaped(text: str) -> str:
    """Plain text, so that it shows as it stands."""
    return _SPECIAL.sub(r"\\\1", text)


def code(text: str) -> str:
    """Text in the type of code."""
    return f"`{text}`" if text else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table. Cells are Markdown; line breaks in them become spaces.

    A bar would end the cell, and in code it cannot be escaped: a drawn one stands for it.
    """
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        cells = (_CODE.sub(lambda found: found[0].replace("|", "\u2502"), " ".join(cell.split())) for cell in row)
        yield f"| {' | '.join(cells)} |"


def docstring(thing: object) -> str:
    """The docstring without its indentation; empty where the thing itself has none."""
    return inspect.cleandoc(thing.__doc__) if thing.__doc__ else ""


def first_paragraph(text: str) -> str:
    """Up to the first empty line, as one line."""
    return " ".join(text.partition("\n\n")[0].split())
