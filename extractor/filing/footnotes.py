"""The explanation of responses: numbered texts that the marks in the tables point at."""

from __future__ import annotations

from extractor.filing.field import At, Frozen


class Footnote(Frozen):
    """A footnote; `id` is `F` and the printed number, as EDGAR has it."""

    id: str
    text: str
    at: tuple[At, ...] = ()
