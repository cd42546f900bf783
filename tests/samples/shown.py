"""A filing comes in; out goes what it says path by path, as `expected.json` has it, and where two such differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractor.filing import Field, Filing, Footnote
from extractor.filing.field import Frozen

# No page has a label for these, so that an absent one says nothing.
UNLABELLED = ("equity_swap", "no_securities_owned")

Shown = str | bool | list[str]


def plain(value: object, name: str) -> Shown:
    """A value as `expected.json` has it; the empty string for what is left out there."""
    match value:
        case None:
            return ""
        case bool():
            return "" if not value and name in UNLABELLED else value
        case Decimal():
            digits = format(value, "f")
            return digits.rstrip("0").rstrip(".") if "." in digits else digits
        case date():
            return value.isoformat()
        case _:
            return str(value)


def members(value: object, path: str, name: str = "") -> Iterator[tuple[str, Shown]]:
    """The paths and values of a part of a filing, empty ones included."""
    match value:
        case Field():
            yield path, plain(value.value, name)
            yield f"{path}.footnotes", list(value.footnotes)
        case Footnote():
            yield f"footnotes.{value.id}", value.text
        case Frozen():
            for inner in type(value).model_fields:
                yield from members(getattr(value, inner), f"{path}.{inner}" if path else inner, inner)
        case tuple():
            for index, each in enumerate(value):
                yield from members(each, f"{path}[{index}]")
        case _:
            yield path, plain(value, name)


def flat(filing: Filing) -> dict[str, Shown]:
    """The filing path by path, by the rules that `tools/make_samples/expected.py` states."""
    return {path: value for path, value in members(filing, "") if value not in ("", [])}


def differences(expected: dict[str, Shown], read: dict[str, Shown]) -> dict[str, tuple[Shown | None, Shown | None]]:
    """By path what is expected and what was read, where the two are not the same."""
    return {
        path: (expected.get(path), read.get(path))
        for path in [*expected, *(path for path in read if path not in expected)]
        if expected.get(path) != read.get(path)
    }
