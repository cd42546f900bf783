"""Layouts made by hand: from strings, runs and ticks to lines, cells, grids, layouts and streams."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from extractor.filing import Field
from extractor.fitting.stream import Stream, pieces_of
from extractor.layout import (
    PLAIN,
    BBox,
    Block,
    Cell,
    Grid,
    HtmlLocation,
    Join,
    Layout,
    Line,
    PdfLocation,
    Run,
    Segment,
    Sheet,
    Style,
    Tick,
    runs_of,
)
from extractor.layout.text import TickState

HERE = HtmlLocation("/html[1]")
RAISED = Style(raised=True, small=True)
SMALL = Style(small=True)

Part = str | Run | Tick
Content = Part | Segment | Line | Grid | tuple[Block, ...]


def run(text: str, join: Join = Join.SPACE, style: Style = PLAIN, link: str = "", at: str = "") -> Run:
    """A run; `at` is the path of its place."""
    return Run(text, style, HtmlLocation(at) if at else HERE, join, link)


def printed(text: str, x0: float, top: float, page: int = 1, height: float = 8.0) -> Run:
    """A run on a page of a PDF; every letter is half as wide as high."""
    box = BBox(x0, top, x0 + height / 2 * len(text), top + height)
    return run(text)._replace(at=PdfLocation(page, box))


def tick(state: TickState = "ticked") -> Tick:
    return Tick(state, HERE)


def segment(*parts: Part) -> Segment:
    """What stands together; a bare string is a plain run behind a space."""
    return Segment(tuple(run(part) if isinstance(part, str) else part for part in parts))


def line(*segments: Part | Segment) -> Line:
    """A line, a segment an argument."""
    return Line(tuple(each if isinstance(each, Segment) else segment(each) for each in segments))


def marked(text: str, *marks: str, join: Join = Join.NONE) -> Segment:
    """A value and its raised marks: `marked("1,057", "(1)")`; an empty text leaves the marks alone."""
    value = [run(text)] if text else []
    return Segment((*value, *(run(mark, join, RAISED) for mark in marks)))


def blocks_of(content: Content) -> tuple[Block, ...]:
    """The blocks of a cell; an empty string makes none."""
    match content:
        case "":
            return ()
        case Line() | Grid():
            return (content,)
        case Segment() | Run() | Tick() | str():
            return (line(content),)
        case _:
            return content


class Wide(NamedTuple):
    """A cell's content with the slots that it spans."""

    content: Content
    cols: int = 1
    rows: int = 1


def cell(row: int, col: int, content: Content, *, rows: int = 1, cols: int = 1) -> Cell:
    return Cell(row, col, rows, cols, blocks_of(content))


def grid(*rows: tuple[Content | Wide, ...] | list[Content | Wide], ruled: bool = True) -> Grid:
    """A grid from rows of contents; as in an HTML table, each takes the next free slot of its row."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row, contents in enumerate(rows):
        col = 0
        for each in contents:
            wide = each if isinstance(each, Wide) else Wide(each)
            while (row, col) in taken:
                col += 1
            taken |= {(row + down, col + right) for down in range(wide.rows) for right in range(wide.cols)}
            cells.append(cell(row, col, wide.content, rows=wide.rows, cols=wide.cols))
            col += wide.cols
    return Grid(tuple(cells), ruled)


def stack(*contents: Content) -> tuple[Block, ...]:
    """Contents below one another, as the blocks of a cell or of a page."""
    return tuple(block for content in contents for block in blocks_of(content))


def layout(*contents: Content, **properties: str) -> Layout:
    """A page of one sheet."""
    return Layout((Sheet(stack(*contents)),), properties)


def placed(page: Layout) -> Layout:
    """The same page with a place of its own for every run and tick: `/1`, `/2`, … in reading order."""
    numbers = count(1)

    def part(each: Run | Tick) -> Run | Tick:
        return each._replace(at=HtmlLocation(f"/{next(numbers)}"))

    def block(each: Block) -> Block:
        if isinstance(each, Line):
            return Line(tuple(Segment(tuple(map(part, one.parts))) for one in each.segments))
        return each._replace(cells=tuple(one._replace(blocks=tuple(map(block, one.blocks))) for one in each.cells))

    sheets = tuple(Sheet(tuple(map(block, sheet.blocks))) for sheet in page.sheets)
    return Layout(sheets, page.properties, page.issues)


def stream(*contents: Content) -> Stream:
    return Stream(pieces_of(stack(*contents)))


def runs(content: Content) -> tuple[Run, ...]:
    """The runs of a cell with this content."""
    return runs_of(cell(0, 0, content))


def field(value: object, *marks: str) -> Field[object]:
    """A field with a value (None for none) and marks."""
    return Field(value=value, printed="" if value is None else str(value), footnotes=marks)
