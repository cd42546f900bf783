"""How seldom garbage is looked for while documents are read, and that all is as before afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from extractor import extract
from extractor.errors import ExtractorError
from extractor.garbage import YOUNG, seldom_collected


@pytest.fixture(autouse=True)
def threshold() -> Iterator[tuple[int, int, int]]:
    """Python's own, whatever the tests before have set."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield (700, 10, 10)
    gc.set_threshold(*before)


def test_the_last_reading_restores_what_the_first_one_found(threshold: tuple[int, int, int]) -> None:
    with seldom_collected():
        with seldom_collected():
            assert gc.get_threshold() == (YOUNG, 10, 10)
        assert gc.get_threshold() == (YOUNG, 10, 10)
    assert gc.get_threshold() == threshold


@pytest.mark.parametrize("young", [0, YOUNG + 1])
def test_what_is_more_seldom_already_is_left_alone(young: int) -> None:
    gc.set_threshold(young, 10, 10)
    with seldom_collected():
        assert gc.get_threshold() == (young, 10, 10)
    assert gc.get_threshold() == (young, 10, 10)


def test_what_somebody_else_sets_meanwhile_stays() -> None:
    with seldom_collected():
        gc.set_threshold(5, 5, 5)
    assert gc.get_threshold() == (5, 5, 5)


def test_an_error_restores_it_too(threshold: tuple[int, int, int]) -> None:
    with pytest.raises(ExtractorError):
        extract(b"nothing to read")
    assert gc.get_threshold() == threshold
