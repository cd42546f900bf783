"""What the browser tests ask of an open review: which values and boxes are lit, and where things stand."""

from __future__ import annotations

from typing import Any

PRICE = "#at-non_derivative-0-price_per_share"


def lit(page: Any) -> list[str]:
    """The ids of the values that are lit."""
    found: list[str] = page.eval_on_selector_all("button.value.lit", "all => all.map(each => each.id)")
    return found


def related(page: Any) -> list[str]:
    """The ids of the values that belong to the lit ones: their footnotes, or what cites them."""
    found: list[str] = page.eval_on_selector_all("button.value.related", "all => all.map(each => each.id)")
    return found


def boxes(page: Any, kind: str = "lit") -> list[str]:
    """What the boxes of a kind say they are of."""
    found: list[str] = page.eval_on_selector_all(
        f".box.{kind}", "all => all.map(each => each.getAttribute('aria-label'))"
    )
    return found


def focused(page: Any) -> str:
    """The id of the element that has the focus."""
    found: str = page.evaluate("document.activeElement.id")
    return found


def inside(page: Any, selector: str, container: str) -> bool:
    """Whether the first such element can be seen within a scrolling container."""
    script = """([selector, container]) => {
        const one = document.querySelector(selector).getBoundingClientRect();
        const all = document.querySelector(container).getBoundingClientRect();
        return one.top >= all.top - 2 && one.bottom <= all.bottom + 2;
    }"""
    return bool(page.evaluate(script, [selector, container]))
