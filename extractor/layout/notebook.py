"""A layout in; a short HTML summary of it out, as a notebook shows it."""

from __future__ import annotations

from extractor.layout.sheet import Layout
from extractor.layout.show import show
from extractor.layout.text import Tick, parts_of
from extractor.markup import element, html

MOST_LINES = 15  # of the text that shows what was seen


def summary_of(layout: Layout) -> str:
    """Counts, the document's own words about itself and the first lines of what was seen; all text is escaped."""
    lines = list(layout.lines())
    ticks = sum(isinstance(part, Tick) for part in parts_of(lines))
    counts = {
        "sheet": len(layout.sheets),
        "grid": sum(1 for _ in layout.grids()),
        "line": len(lines),
        "tick": ticks,
        "doubt": len(layout.issues),
    }
    told = ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())
    kind = layout.properties.get("format", "")
    text = show(layout).splitlines()
    more = ["…"] if len(text) > MOST_LINES else []
    return html(
        element(
            "div",
            element("p", element("b", f"Layout{f' of a page of {kind.upper()}' if kind else ''}"), f": {told}"),
            element("pre", "\n".join(text[:MOST_LINES] + more)),
        )
    )
