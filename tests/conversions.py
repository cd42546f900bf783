"""A page's layout in, out the page as a converter would have it: Markdown in the manner of one tool, or bare HTML.

What they lose is lost here, too: a cell's lines, spans, the style of marks, boxes around ticks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from extractor.layout import Block, Cell, Grid, Layout, Line, Run, Tick
from extractor.layout.grid import lines_of
from extractor.layout.text import SPACED

# What Markdown would take for its own.
SPECIAL = re.compile(r"([\\`*_|])")
MARK = re.compile(r"\((\d+)\)")
LEAST_COLUMNS = 5  # of the form's tables, but for Form 3's Table I
BOXES = {"ticked": "☒", "empty": "☐", "unclear": "☐"}


class Manner(NamedTuple):
    """How a tool writes: what stands between a cell's lines; marks, spans, ticks, heads, notes."""

    name: str
    line_break: str
    mark: Callable[[str], str]
    spans_repeat: bool = False
    tick: str = "X"
    heads_named: bool = False
    notes: Callable[[int], str] = "{}.".format
    bold_heads: bool = False
    empty_heads: bool = False


def _superscript(text: str) -> str:
    return text.translate(str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾"))


MANNERS = (
    Manner(
        "marker", " ", lambda marks: f"<sup>{marks}</sup>", tick='<input type="checkbox" checked>', empty_heads=True
    ),
    Manner("marker-unicode", " ", lambda marks: f" {_superscript(marks)}", tick="☒", notes=lambda _: "-"),
    Manner("docling", " ", lambda marks: f" {marks}", spans_repeat=True, notes="({})".format),
    Manner("pymupdf4llm", "<br>", lambda marks: f"[{marks}]", heads_named=True, bold_heads=True),
    Manner("pandoc", "<br />", lambda marks: f"^{marks}^", tick="\\_\\_X\\_\\_"),
    Manner(
        "language model",
        "<br>",
        lambda marks: MARK.sub(r"[^\1]", marks),
        tick="[x]",
        empty_heads=True,
        notes="[^{}]:".format,
    ),
    Manner("mathpix", " ", lambda marks: f"$^{{{marks}}}$", tick="☑"),
)


def markdown(page: Layout, manner: Manner) -> bytes:
    """The page as that tool would write it."""
    parts = [_block(block, manner) for block in page.blocks]
    return _noted("\n\n".join(part for part in parts if part), manner).encode()


def _noted(text: str, manner: Manner) -> str:
    """The footnotes with their numbers as the tool writes them."""
    before, caption, behind = text.partition("Explanation of Responses:")
    return (
        before + caption + re.sub(r"^(\d+)\. ", lambda found: f"\n{manner.notes(int(found[1]))} ", behind, flags=re.M)
    )


def _block(block: Block, manner: Manner) -> str:
    if isinstance(block, Line):
        return _line(block, manner)
    if block.n_cols < 2 or _is_text(block):  # a table that only sets lines below one another
        return "\n\n".join(filter(None, (_line(line, manner) for line in lines_of((block,)))))
    return _table(block, manner)


def _is_text(grid: Grid) -> bool:
    """Whether a grid holds the footnotes, remarks or signatures."""
    texts = [cell.text for cell in grid.cells]
    return any(text.startswith(("Explanation of", "Remarks", "** Signature")) for text in texts)


def _table(grid: Grid, manner: Manner) -> str:
    if grid.n_cols >= LEAST_COLUMNS:  # a table of securities, where an X is a code
        manner = manner._replace(tick="X")
    rows = [["" for _ in range(grid.n_cols)] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        text = _cell(cell, manner)
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                if manner.spans_repeat or (row, col) == (cell.row, cell.col):
                    rows[row][col] = text
    if manner.heads_named:
        rows[0] = [text or f"Col{index}" for index, text in enumerate(rows[0], start=1)]
    if manner.bold_heads:
        rows[0] = [f"**{text}**" if text and not text.startswith("Col") else text for text in rows[0]]
    if manner.empty_heads:
        rows.insert(0, [""] * grid.n_cols)
    lines = [rows[0], ["---"] * grid.n_cols, *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: Cell, manner: Manner) -> str:
    return manner.line_break.join(filter(None, (_line(line, manner) for line in lines_of(cell.blocks))))


def _line(line: Line, manner: Manner) -> str:
    return " ".join(filter(None, (_parts(segment.parts, manner) for segment in line.segments)))


def _parts(parts: Iterable[Run | Tick], manner: Manner) -> str:
    out = ""
    for part in parts:
        if isinstance(part, Tick):
            out += f" {BOXES[part.state]} "
            continue
        if part.join in SPACED and out:
            out += " "
        if part.style.raised and MARK.search(part.text):
            out += manner.mark(part.text)
        elif part.text == "X":
            out += manner.tick
        elif "CIK=" in part.link:
            out += "[" + SPECIAL.sub(r"\\\1", part.text) + f"]({part.link})"
        else:
            out += SPECIAL.sub(r"\\\1", part.text)
    return out.strip()


def linear(page: Layout) -> bytes:
    """The page as docling writes it where it sees no tables: every line of every cell a paragraph of its own."""
    manner = Manner("linear", "\n\n", lambda marks: f" {marks}", tick="\\_\\_ X \\_\\_")
    parts = [_line(line, manner) for line in _apart(page.blocks)]
    return _noted("\n\n".join(part for part in parts if part), manner).encode()


def _apart(blocks: Iterable[Block]) -> Iterable[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block
            continue
        for cell in block.cells:
            yield from lines_of(cell.blocks)


def bare_html(page: Layout) -> bytes:
    """The page as HTML without any style: tables in tables, `<sup>` for marks."""
    return f"<html><body>{''.join(map(_html, page.blocks))}</body></html>".encode()


def _html(block: Block) -> str:
    if isinstance(block, Line):
        return f"<p>{_html_line(block)}</p>"
    rows: dict[int, list[str]] = {row: [] for row in range(block.n_rows)}
    for cell in block.cells:
        spans = f' rowspan="{cell.row_span}"' * (cell.row_span > 1) + f' colspan="{cell.col_span}"' * (
            cell.col_span > 1
        )
        rows[cell.row].append(f"<td{spans}>{''.join(map(_html, cell.blocks))}</td>")
    return "<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values()) + "</table>"


def _html_line(line: Line) -> str:
    out = ""
    for segment in line.segments:
        for part in segment.parts:
            if isinstance(part, Tick):
                out += f"<input type=checkbox{' checked' * (part.state == 'ticked')}>"
                continue
            text = html.escape(part.text)
            if part.style.raised:
                text = f"<sup>{text}</sup>"
            if part.link:
                text = f'<a href="{html.escape(part.link)}">{text}</a>'
            out += (" " if part.join in SPACED else "") + text
    return out
