"""Layouts: their blocks over all sheets, outermost grids, and lines."""

from __future__ import annotations

import dataclasses

import pytest

from extractor.layout import Layout, Sheet
from tests.made import grid, line, stack

INNER = grid(("x", "y"))
OUTER = grid((stack("item", INNER),))
PAGES = Layout((Sheet((line("head"), OUTER)), Sheet((INNER, line("foot")))), {"format": "pdf"})


def test_blocks_run_over_all_sheets() -> None:
    assert PAGES.blocks == (line("head"), OUTER, INNER, line("foot"))


def test_only_outermost_grids_are_grids_of_the_layout() -> None:
    assert list(PAGES.grids()) == [OUTER, INNER]


def test_lines_include_those_of_grids() -> None:
    assert [each.text for each in PAGES.lines()] == ["head", "item", "x  y", "x  y", "foot"]


def test_a_layout_without_sheets_has_nothing() -> None:
    empty = Layout(())
    assert (empty.blocks, list(empty.lines()), dict(empty.properties), empty.issues) == ((), [], {}, ())


def test_a_layout_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        PAGES.sheets = ()  # type: ignore[misc]
