"""Blanks between letters that are set by other widths than their own: at whole pixels, or apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.issues import Code
from extractor.layout import Line
from extractor.readers.pdf import page_text, read
from extractor.readers.pdf.spacing import BLANK, _beyond, _bound
from tests.readers.pdf.drawn import pdf_of, text

# Helvetica's widths in thousandths of its size.
KINDS = {"ABEKPSVXY": 667, "CDHNRUw": 722, "abdeghnopquL0123456789": 556, "cksvxyz": 500, "GOQ": 778, ",. I/!ft": 278}
WIDTHS = {letter: width for letters, width in KINDS.items() for letter in letters}
WIDTHS |= {"F": 611, "T": 611, "M": 833, "m": 833, "W": 944, "i": 222, "l": 222, "j": 222, "r": 333, "J": 500}
TEXTS = [
    "MITHRIL CAPITAL MANAGEMENT LLC",
    "THIEL PETER, NEW YORK",
    "vesting in equal instalments, subject to earlier events",
    "Class B Common Stock, Convertible Preferred Stock",
]


sources = pytest.mark.skipif(not page_text.__file__.endswith(".py"), reason="compiled: no function can be replaced")


def letters(size: float, advance: Callable[[float], float]) -> list[str]:
    """Content that draws each letter of the texts by itself; `advance` gives the way to the next one from its width."""
    out: list[str] = []
    for row, line in enumerate(TEXTS):
        x = 50.0
        for letter in line:
            if letter != " ":
                out.append(text(x, 40 + 30 * row, letter, size))
            x += advance(WIDTHS[letter] * size / 1000)
    return out


def at_pixels(size: float, pixel: float, narrow: float) -> list[str]:
    """Letters at whole pixels, set `narrow` times as wide as they are."""
    return letters(size, lambda width: round(width * narrow / pixel) * pixel)


def set_apart(spacing: float) -> list[str]:
    """Letters of 8 points that stand `spacing` points further than their widths."""
    return letters(8, lambda width: width + spacing)


def lines_of(*content: str) -> list[str]:
    return [block.text for block in read(pdf_of(list(content))).blocks if isinstance(block, Line)]


@pytest.mark.parametrize(
    ("size", "pixel", "narrow"), [(7.47, 0.8, 0.83), (8.0, 0.8, 0.85), (9.33, 1.0, 0.9), (7.47, 1.0, 1.0)]
)
def test_words_are_told_where_letters_stand_at_whole_pixels(size: float, pixel: float, narrow: float) -> None:
    assert lines_of(*at_pixels(size, pixel, narrow)) == TEXTS


@sources
@pytest.mark.parametrize("content", [at_pixels(8, 0.8, 0.85), set_apart(1.6)], ids=["pixels", "apart"])
def test_pdfium_alone_does_not_tell_them(monkeypatch: pytest.MonkeyPatch, content: list[str]) -> None:
    """What the tests of words would be without: they can fail."""
    monkeypatch.setattr(page_text, "is_uneven", lambda *_: False)
    assert lines_of(*content) != TEXTS


@sources
def test_letters_set_by_their_own_widths_are_left_to_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(*_: object) -> list[bool | None]:
        raise AssertionError("an even page was looked at")

    monkeypatch.setattr(page_text, "blanks", unwanted)
    assert lines_of(*(text(50, 40 + 30 * row, line) for row, line in enumerate(TEXTS))) == TEXTS


def test_the_bound_between_gaps_is_looked_for_where_one_comes_near_the_usual_one() -> None:
    assert _bound([-0.05, 0.0, 0.055, 0.08, 0.2]) == (BLANK, True)
    bound, clear = _bound([-0.05, 0.0, 0.068, 0.15, 0.2])
    assert (0.068 < bound < 0.15, clear) == (True, True)
    assert _bound([0.03 + 0.01 * step for step in range(13)]) == (BLANK, False)


@sources
def test_a_page_whose_blanks_are_unclear_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_text, "is_uneven", lambda *_: True)
    monkeypatch.setattr(page_text, "blanks", lambda _pdfium, _page, indices, *_: ([None] * (len(indices) - 1), False))
    assert [issue.code for issue in read(pdf_of([text(50, 40, "Doe")])).issues] == [Code.UNCERTAIN_JOIN]


def test_what_a_gap_has_beyond_the_usual_advance() -> None:
    beyond, apart = _beyond([2.0, 4.0, 6.0, 90.0], [2.5, 5.0, 5.0, 5.0], [10.0] * 4)
    assert (beyond, apart) == (pytest.approx([0.0, 0.0, 0.2, 8.6]), 0.0)
    beyond, apart = _beyond([3.5, 6.0, 6.0, 8.5], [2.5, 5.0, 5.0, 5.0], [10.0] * 4)
    assert (beyond, apart) == (pytest.approx([0.0, 0.0, 0.0, 0.25]), pytest.approx(0.1))
    assert _beyond([4.0], [0.0], [0.0]) == ([0.0], 0.0)


@pytest.mark.parametrize("spacing", [0.8, 1.2, 1.6, 2.4])
def test_words_are_told_where_letters_are_set_apart(spacing: float) -> None:
    assert lines_of(*set_apart(spacing)) == TEXTS
