"""Figures come in; a plot of bars and curves for a README goes out as SVG, written here without any library."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final, NamedTuple

WIDTH: Final = 860
_BAR_LEFT, _BAR_RIGHT, _BAR_STEP = 300, 760, 24
_CURVE_WIDTH, _CURVE_HEIGHT, _CURVE_GAP = 190, 120, 20
_OURS, _PEER, _INK, _PALE = "#1f6feb", "#8c959f", "#1f2328", "#d0d7de"


class Bar(NamedTuple):
    """A figure with its name and how it is written; `ours` stands out."""

    name: str
    value: float
    label: str
    ours: bool = False


class Bars(NamedTuple):
    """Bars under a title, all on one logarithmic scale: costs lie up to a hundredfold apart."""

    title: str
    bars: tuple[Bar, ...]


class Curve(NamedTuple):
    """Points under a title, on logarithmic scales, with a pale line that shows what linear would be."""

    title: str
    points: tuple[tuple[float, float], ...]
    note: str


def svg(title: str, groups: Sequence[Bars], curves: Sequence[Curve] = ()) -> str:
    """The plot: groups of bars below each other, then the curves side by side. Values must be above 0."""
    parts: list[str] = []
    y = 30
    for group in groups:
        y += 26
        parts.append(_words(20, y, group.title, weight="600"))
        parts += _bars(group.bars, y)
        y += _BAR_STEP * len(group.bars) + 14
    for start in range(0, len(curves), 4):
        parts += _curves(curves[start : start + 4], y + 34)
        y += _CURVE_HEIGHT + 80
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 10}" viewBox="0 0 {WIDTH} {y + 10}" '
        f'role="img" font-family="system-ui, sans-serif" font-size="13">'
    )
    paper = f'<rect width="{WIDTH}" height="{y + 10}" fill="#ffffff"/>'
    return "\n".join(
        [head, f"<title>{escape(title)}</title>", paper, _words(20, 28, title, weight="700"), *parts, "</svg>"]
    )


def _bars(bars: Sequence[Bar], y: float) -> Iterator[str]:
    values = [bar.value for bar in bars]
    least = min(values, default=1.0) / 2
    span = math.log(max(values, default=1.0) / least) or 1.0
    for number, bar in enumerate(bars, 1):
        middle = y + _BAR_STEP * number
        length = (_BAR_RIGHT - _BAR_LEFT) * math.log(bar.value / least) / span
        fill = _OURS if bar.ours else _PEER
        yield _words(_BAR_LEFT - 8, middle, bar.name, anchor="end")
        yield f'<rect x="{_BAR_LEFT}" y="{middle - 13:g}" width="{length:.1f}" height="16" rx="2" fill="{fill}"/>'
        yield _words(_BAR_LEFT + length + 6, middle, bar.label)


def _curves(curves: Sequence[Curve], y: float) -> Iterator[str]:
    for number, curve in enumerate(curves):
        left = 20 + number * (_CURVE_WIDTH + _CURVE_GAP)
        bottom = y + _CURVE_HEIGHT
        yield _words(left, y - 8, curve.title, weight="600")
        yield _line([(left, y), (left, bottom), (left + _CURVE_WIDTH, bottom)], _PALE, 1)
        xs = [math.log(x) for x, _ in curve.points]
        ys = [math.log(value) for _, value in curve.points]
        # Both axes span as many powers of ten, so that linear rises at the same slope everywhere.
        span = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
        across, up = _CURVE_WIDTH / span, _CURVE_HEIGHT / span
        end = min(span, max(xs) - min(xs))
        yield _line([(left, bottom), (left + across * end, bottom - up * end)], _PALE, 2)
        points = [(left + across * (x - min(xs)), bottom - up * (v - min(ys))) for x, v in zip(xs, ys, strict=True)]
        yield _line(points, _OURS, 2)
        yield from (f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{_OURS}"/>' for px, py in points)
        yield _words(left, bottom + 18, curve.note, size=11)


def _line(points: Sequence[tuple[float, float]], colour: str, width: int) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _words(x: float, y: float, text: str, *, anchor: str = "start", weight: str = "400", size: int = 13) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" font-size="{size}" '
        f'fill="{_INK}">{escape(text)}</text>'
    )
