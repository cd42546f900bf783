"""Takes the bytes of an HTML page and gives its Layout: one sheet of grids and lines in reading order."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.errors import DamagedSource, SourceTooLarge
from extractor.issues import Issue
from extractor.layout import HtmlLocation, Layout, Sheet
from extractor.layout.text import TickState
from extractor.readers.html import dom
from extractor.readers.html.flow import Flow
from extractor.readers.html.styles import ALL_SIDES, UPRIGHT, Computed, Styles
from extractor.readers.html.tables import (
    BODY,
    MAX_COL_SPAN,
    MAX_ROW_SPAN,
    MAX_TABLES_INSIDE,
    SECTIONS,
    RawCell,
    Section,
    grid_of,
    span_of,
)

PLACED_DEPTH = 100  # elements nested deeper are located by the one at this depth, so that paths stay short; real: 60
CAPTURED = frozenset({"title", "style"})
CHECK_BOXES = frozenset({"checkbox", "radio"})
TEXT_BOXES = frozenset({"", "text", "date", "number", "email", "tel", "url", "search"})
EMPTY_WORDS = ("uncheck", "not check", "notcheck", "un-check", "non-check", "untick", "not tick", "unselected", "[ ]")
TICKED_WORDS = ("checked", "ticked", "[x]", "selected")
BOX_WORDS = ("checkbox", "check box", "check_box", "check-box")


def read(data: bytes) -> Layout:
    """The layout of an HTML page; `properties` has its `format`, `title` and `generator`.

    Raises SourceTooLarge beyond the limits of `dom` and `tables`, DamagedSource for a page without any text.
    """
    text, doubts = dom.decode(data)
    dom.check_limits(text)
    page = Page()
    issues = dom.parse(text, page)
    if page.late_sheets:
        # A style sheet behind the first text holds for that text too.
        page = Page(tuple(page.sheets))
        issues = dom.parse(text, page)
    return page.layout(doubts + issues)


class Element:
    """An open element: what its children need to know, and what its end tag has to do."""

    __slots__ = ("at", "computed", "counts", "depth", "ends", "items", "link", "path")

    def __init__(self, path: str, computed: Computed, link: str, depth: int) -> None:
        self.path = path
        self.computed = computed
        self.link = link
        self.depth = depth
        self.at: HtmlLocation | None = None
        self.counts: dict[str, int] = {}
        self.ends = ""  # "", "block", "cell" or "table"
        self.items = 0  # list items so far


class Table:
    """An open table: the rows so far, and where the table goes when it ends."""

    __slots__ = ("bare", "border", "boxed", "cells", "depth", "flow", "in_cell", "outer", "own_sides", "row",
                 "sections", "spans")

    def __init__(self, outer: Table | None, flow: Flow, border: bool, own_sides: int | None) -> None:
        self.outer = outer
        self.flow = flow
        self.depth: int = outer.depth + 1 if outer else 1
        self.border = border
        self.own_sides = own_sides
        self.sections: list[Section] = []
        self.row: list[RawCell] | None = None
        self.in_cell = False
        self.spans = (1, 1)
        self.cells = self.boxed = self.bare = 0

    def start_section(self, kind: int) -> None:
        self.sections.append(Section(kind, []))
        self.row = None

    def start_row(self) -> None:
        if not self.sections:
            self.start_section(BODY)
        self.row = []
        self.sections[-1].rows.append(self.row)

    def start_cell(self, attributes: Mapping[str, str], sides: int | None) -> None:
        if self.row is None:
            self.start_row()
        self.in_cell = True
        self.spans = (
            span_of(attributes.get("rowspan"), MAX_ROW_SPAN) if "rowspan" in attributes else 1,
            span_of(attributes.get("colspan"), MAX_COL_SPAN) if "colspan" in attributes else 1,
        )
        self.cells += 1
        if sides is not None:
            self.boxed += bool(sides & UPRIGHT) and bool(sides & ~UPRIGHT)
            self.bare += not sides

    def end_cell(self, flow: Flow) -> None:
        flow.break_line()
        self.in_cell = False
        if self.row is not None:
            self.row.append(RawCell(*self.spans, tuple(flow.blocks)))

    @property
    def ruled(self) -> bool:
        """Whether the cells are drawn with rulings: by the table's border, or by the style of most cells."""
        if self.cells == 1 and self.own_sides == ALL_SIDES:
            return True
        if self.border and self.bare < self.cells:
            return True
        return self.boxed * 2 > self.cells


class Page:
    """The sink of a page's tags and text (see `dom.Sink`); `layout` gives the result."""

    def __init__(self, sheets: tuple[str, ...] = ()) -> None:
        self.sheets: list[str] = []
        self.late_sheets = False
        self._styles = Styles(sheets)
        self._fixed = bool(sheets)  # all style sheets were known from the start
        self._flow = Flow()
        self._page = self._flow
        self._table: Table | None = None
        self._stack = [Element("", self._styles.root, "", 0)]
        self._text: list[str] = []
        self._capturing = ""
        self._skipping = 0  # open elements since one that is not drawn
        self._printed = False
        self._properties = {"format": "html"}

    def layout(self, issues: tuple[Issue, ...]) -> Layout:
        """The finished page; DamagedSource where it printed nothing."""
        self._flush()
        self._page.break_line()
        if not self._printed:
            raise DamagedSource("the page holds no text")
        return Layout((Sheet(tuple(self._page.blocks)),), self._properties, issues)

    # --- what dom calls ---

    def data(self, data: str) -> None:
        self._text.append(data)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._text:
            self._flush()
        if self._skipping:
            self._skipping += 1
            return
        around = self._stack[-1]
        count = around.counts[tag] = around.counts.get(tag, 0) + 1
        computed = self._styles.child(around.computed, tag, attributes)
        if computed.hidden or tag in CAPTURED:
            self._skipping = 1
            self._capturing = tag if tag in CAPTURED else ""
            return
        path = f"{around.path}/{tag}[{count}]" if around.depth < PLACED_DEPTH else around.path
        element = Element(path, computed, around.link, around.depth + 1)
        self._stack.append(element)
        handler = HANDLERS.get(tag)
        if handler is not None:
            handler(self, element, attributes)
        elif computed.block:
            element.ends = "block"
            self._flow.break_line()

    def end(self, tag: str) -> None:
        if self._text:
            self._flush()
        if self._skipping:
            self._skipping -= 1
            if not self._skipping:
                self._capturing = ""
            return
        ends = self._stack.pop().ends
        if not ends:
            return
        if ends == "block":
            self._flow.break_line()
        elif self._table is not None:
            if ends == "cell":
                self._end_cell(self._table)
            elif ends == "table":
                self._end_table(self._table)

    def close(self) -> None:
        """The page is over."""

    # --- text ---

    def _flush(self) -> None:
        data = self._text[0] if len(self._text) == 1 else "".join(self._text)
        self._text.clear()
        if self._skipping:
            if self._skipping == 1 and self._capturing:
                self._capture(data)
            return
        element = self._stack[-1]
        if data.isspace():
            self._flow.text(data, element.computed, NOWHERE, "")
            return
        self._printed = True
        self._flow.text(data, element.computed, self._at(element), element.link)

    def _capture(self, data: str) -> None:
        if self._capturing == "title":
            self._properties.setdefault("title", " ".join(data.split()))
            return
        self.sheets.append(data)
        if not self._fixed:
            self._styles.add(data)
            self.late_sheets = self.late_sheets or self._printed

    def _at(self, element: Element) -> HtmlLocation:
        if element.at is None:
            element.at = HtmlLocation(element.path)
        return element.at

    # --- tables ---

    def _start_table(self, element: Element, attributes: Mapping[str, str]) -> None:
        self._flow.break_line()
        border = attributes.get("border")
        drawn = border is not None and span_of(border.strip() or "1", MAX_COL_SPAN) > 0
        drawn = drawn or attributes.get("rules") == "all"
        table = Table(self._table, self._flow, drawn, element.computed.sides)
        if table.depth > MAX_TABLES_INSIDE:
            raise SourceTooLarge(f"more than {MAX_TABLES_INSIDE} tables inside one another")
        self._table = table
        element.ends = "table"

    def _end_table(self, table: Table) -> None:
        table.flow.break_line()
        grid = grid_of(table.sections, table.ruled)
        if grid is not None:
            table.flow.grid(grid)
        self._table = table.outer
        self._flow = table.flow

    def _start_section(self, element: Element, attributes: Mapping[str, str]) -> None:
        self._flow.break_line()
        element.ends = "block"
        if self._table is not None and not self._table.in_cell:
            self._table.start_section(SECTIONS[element.computed.tag])

    def _start_row(self, element: Element, attributes: Mapping[str, str]) -> None:
        self._flow.break_line()
        element.ends = "block"
        if self._table is not None and not self._table.in_cell:
            self._table.start_row()

    def _start_cell(self, element: Element, attributes: Mapping[str, str]) -> None:
        self._flow.break_line()
        table = self._table
        if table is None or table.in_cell:
            element.ends = "block"  # no table around: text like any other
            return
        table.start_cell(attributes, element.computed.sides)
        self._flow = Flow()
        element.ends = "cell"

    def _end_cell(self, table: Table) -> None:
        table.end_cell(self._flow)
        self._flow = table.flow

    # --- single tags ---

    def _break(self, element: Element, attributes: Mapping[str, str]) -> None:
        self._flow.break_line()

    def _link(self, element: Element, attributes: Mapping[str, str]) -> None:
        if "href" in attributes:
            element.link = attributes["href"].strip()
        if element.computed.block:
            element.ends = "block"
            self._flow.break_line()

    def _item(self, element: Element, attributes: Mapping[str, str]) -> None:
        self._flow.break_line()
        element.ends = "block"

    def _meta(self, element: Element, attributes: Mapping[str, str]) -> None:
        if (attributes.get("name") or "").lower() == "generator" and attributes.get("content"):
            self._properties.setdefault("generator", " ".join(attributes["content"].split()))

    def _input(self, element: Element, attributes: Mapping[str, str]) -> None:
        kind = (attributes.get("type") or "").lower()
        if kind in CHECK_BOXES:
            self._flow.tick("ticked" if "checked" in attributes else "empty", self._at(element))
            self._printed = True
        elif kind in TEXT_BOXES and attributes.get("value"):
            self._flow.text(attributes["value"], element.computed, self._at(element), element.link)
            self._printed = True

    def _image(self, element: Element, attributes: Mapping[str, str]) -> None:
        state = tick_of(attributes)
        if state is not None:
            self._flow.tick(state, self._at(element))
            self._printed = True


NOWHERE = HtmlLocation("")
HANDLERS = {
    "table": Page._start_table,
    "thead": Page._start_section,
    "tbody": Page._start_section,
    "tfoot": Page._start_section,
    "tr": Page._start_row,
    "td": Page._start_cell,
    "th": Page._start_cell,
    "br": Page._break,
    "a": Page._link,
    "meta": Page._meta,
    "input": Page._input,
    "img": Page._image,
}


def tick_of(attributes: Mapping[str, str]) -> TickState | None:
    """What the picture of a check box shows, by its words or its file's name; None for any other picture."""
    name = (attributes.get("src") or "").rpartition("/")[2]
    said = f"{attributes.get('alt') or ''} {attributes.get('title') or ''} {name if len(name) < 200 else ''}".lower()
    if any(word in said for word in EMPTY_WORDS):
        return "empty"
    if any(word in said for word in TICKED_WORDS) or (attributes.get("alt") or "").strip().lower() == "x":
        return "ticked"
    return "unclear" if any(word in said for word in BOX_WORDS) else None
