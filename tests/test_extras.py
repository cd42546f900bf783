"""What the doctor finds: parts that work, parts that are missing and parts that are broken."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractor.extras import PARTS, Part, examine, interpreter

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]


def test_what_every_reading_needs_works_here() -> None:
    assert [finding for finding in examine() if not finding.part.extra and not finding.works] == []


def test_a_missing_part_and_a_broken_one() -> None:
    missing = Part("no-such-distribution", "json", "none", "nothing")
    broken = Part("pydantic", "pydantic.no_such_module", "", "nothing")
    first, second = examine([missing, broken])
    assert (first.version, first.works) == ("", False)
    assert second.version
    assert not second.works
    assert "no_such_module" in second.fault


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.distribution)
def test_parts_are_where_the_project_asks_for_them(part: Part) -> None:
    asked = PROJECT["optional-dependencies"][part.extra] if part.extra else PROJECT["dependencies"]
    assert any(each.startswith(part.distribution) for each in asked)


def test_the_interpreter_is_named() -> None:
    assert interpreter().startswith("Python 3.")
