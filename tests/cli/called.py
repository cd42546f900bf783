"""A call of the command line: what it returns, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """How a call of the command line ended."""

    code: int
    out: str
    err: str


Call = Callable[..., Done]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
