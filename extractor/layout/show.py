"""A layout in; readable text out: what the reader saw, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.layout.grid import Block, Grid
from extractor.layout.sheet import Layout
from extractor.layout.text import Join, Line, Run, Segment, Tick

_TICKS = {"ticked": "[x]", "empty": "[ ]", "unclear": "[?]"}
_JOINS = {
    Join.NONE: "",
    Join.SPACE: " ",
    Join.WRAP_SPACE: " ⏎",
    Join.WRAP_NONE: "⏎",
    Join.WRAP_UNSURE: "⏎?",
}


def show(layout: Layout) -> str:
    """`layout` as text: a line a logical line, segments parted by ` | `, wraps as `⏎`, raised runs as `^(1)^`.

    A grid's cells are headed by their slots, `[row,col]` or `[row,col 2×3]` for a cell of two rows and three columns.
    """
    lines = [f"{name}: {text}" for name, text in sorted(layout.properties.items())]
    for number, sheet in enumerate(layout.sheets, 1):
        lines.append(f"=== sheet {number}")
        lines.extend(_blocks(sheet.blocks, ""))
    lines.extend(f"! {issue.code.value}: {issue.message}" for issue in layout.issues)
    return "\n".join(lines) + "\n"


def _blocks(blocks: Sequence[Block], indent: str) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield indent + show_line(block)
        else:
            yield from _grid(block, indent)


def _grid(grid: Grid, indent: str) -> Iterator[str]:
    yield f"{indent}grid {grid.n_rows} × {grid.n_cols}{'' if grid.ruled else ', unruled'}"
    for cell in grid.cells:
        span = f" {cell.row_span}×{cell.col_span}" if (cell.row_span, cell.col_span) != (1, 1) else ""
        place = f"{indent}  [{cell.row},{cell.col}{span}]"
        if len(cell.blocks) == 1 and isinstance(cell.blocks[0], Line):
            yield f"{place} {show_line(cell.blocks[0])}"
        else:
            yield place
            yield from _blocks(cell.blocks, indent + "    ")


def show_line(line: Line) -> str:
    """One logical line as text."""
    return " | ".join(_segment(segment) for segment in line.segments)


def _segment(segment: Segment) -> str:
    out: list[str] = []
    for part in segment.parts:
        if isinstance(part, Tick):
            out.append((" " if out else "") + _TICKS[part.state])
        else:
            out.append((_JOINS[part.join] if out else "") + _run(part))
    return "".join(out)


def _run(run: Run) -> str:
    if run.style.raised:
        return f"^{run.text}^"
    return f"_{run.text}_" if run.style.small else run.text
