"""Boxes on a page: points (1/72 inch) from the top left corner, `x` to the right, `top` and `bottom` downwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class BBox(NamedTuple):
    """A rectangle in points; `x0 <= x1` and `top <= bottom`, origin top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Points from side to side."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top


def union(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all `boxes`; raises ValueError for none."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return BBox(min(x0s), min(tops), max(x1s), max(bottoms))
