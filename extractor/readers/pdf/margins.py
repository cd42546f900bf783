"""The words of each page in; those without the lines that a browser prints into the margins out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractor.readers.pdf.lines import printed_lines
from extractor.readers.pdf.words import Word

MARGIN: Final = 40.0  # points from the page's edge in which a browser prints date, title, address and page number

_BROWSER_LINE = re.compile(
    r"^\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}|^(https?|file)://|^(page )?\d{1,3} ?(/|of) ?\d{1,3}$", re.IGNORECASE
)


def without_margins(pages: Sequence[list[Word]], heights: Sequence[float]) -> list[list[Word]]:
    """Each page's words without the lines that a browser prints into its margins."""
    ends: list[list[tuple[tuple[str, int], list[Word]]]] = []
    for words, height in zip(pages, heights, strict=True):
        lines = printed_lines([word for word in words if not MARGIN <= word.line <= height - MARGIN])
        ends.append([((re.sub(r"\d+", "#", _text(line)), round(line[0].line)), line) for line in lines])
    common = set.intersection(*({key for key, _ in lines} for lines in ends)) if len(ends) > 1 else set()
    out: list[list[Word]] = []
    for words, ending in zip(pages, ends, strict=True):
        dropped = {
            word.order for key, line in ending if key in common or _BROWSER_LINE.search(_text(line)) for word in line
        }
        out.append([word for word in words if word.order not in dropped] if dropped else list(words))
    return out


def _text(line: list[Word]) -> str:
    return " ".join(word.text for word in line)
