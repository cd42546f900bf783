"""Takes the bytes of an HTML page and gives its Layout: one sheet of grids and lines in reading order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extractor.errors import DamagedSource, SourceTooLarge
from extractor.issues import Issue
from extractor.layout import HtmlLocation, Layout, Sheet, lines_of
from extractor.readers.html import dom, ticks
from extractor.readers.html.flow import Flow
from extractor.readers.html.styles import LINK_COLOUR, Computed, styles_of
from extractor.readers.html.tables import Table, unwrapped

MAX_NESTING = 1000  # open elements; forms have 20, site pages around them up to 60
MAX_TABLES_INSIDE = 50  # tables inside one another; forms have 4, site pages around them up to 10
MAX_KEPT_LINES = 200_000  # line breaks in preformatted text; an ASCII filing has 500
PLACED_DEPTH = 100  # an element nested deeper is located by the one at this depth, so that paths stay short

CAPTURED = frozenset({"title", "style"})
CHECK_BOXES = frozenset({"checkbox", "radio"})
TEXT_BOXES = frozenset({"", "text", "date", "number", "email", "tel", "url", "search"})

UNSTYLED = "unstyled"
"""What `properties` say of the style of a page that colours nothing: every printing of the form has coloured values, a
converter's page has not."""

Parse = Callable[[str, dom.Sink], tuple[Issue, ...]]


def read(data: bytes, parse: Parse = dom.parse) -> Layout:
    """The layout of an HTML page; `properties` has its `format`, `title`, `generator` and `style`.

    `parse` is the parser to read with. Raises SourceTooLarge for a page beyond the limits stated here and in the other
    modules of this package, and DamagedSource for one without any text.
    """
    text, doubts = dom.decode(data)
    page = Page()
    issues = parse(text, page)
    if page.late_sheets:
        # A style sheet behind the first text holds for that text too.
        page = Page(page.sheets)
        issues = parse(text, page)
    return page.layout(doubts + issues)


class Element:
    """An open element: what its children need to know, and what its end tag has to do."""

    __slots__ = ("at", "attributes", "computed", "counts", "ends", "items", "link", "path")

    def __init__(self, path: str, computed: Computed, attributes: Mapping[str, str], link: str) -> None:
        self.path = path
        self.computed = computed
        self.attributes = attributes
        self.link = link
        self.at: HtmlLocation | None = None
        self.counts: dict[str, int] = {}  # children so far, by tag
        self.ends: Callable[[Page], None] | None = None
        self.items = 0  # list items so far


class Page:
    """The sink of a page's tags and text (see `dom.Sink`); `layout` gives the result.

    `sheets` are the page's style sheets if all are known beforehand. Otherwise they are heeded as they come, and
    `late_sheets` says that one came behind the first text.
    """

    def __init__(self, sheets: tuple[str, ...] = ()) -> None:
        self.sheets = sheets
        self.late_sheets = False
        self._known_sheets = bool(sheets)
        self._styles = styles_of(sheets)
        self._flow = Flow()
        self._page = self._flow
        self._table: Table | None = None
        self._tables = 0
        self._stack = [Element("", self._styles.root, {}, "")]
        self._text: list[str] = []
        self._skipping = 0  # elements open since one that is not drawn
        self._capturing = ""
        self._begun = False
        self._kept_lines = 0
        self._properties = {"format": "html"}

    def layout(self, issues: tuple[Issue, ...]) -> Layout:
        """The finished page, which can be asked for once; DamagedSource where it holds no text."""
        self._flush()
        self._page.break_line()
        blocks = unwrapped(self._page.blocks)
        # lxml keeps what it called in a cycle of its own; all that was read would stay until those are looked for.
        self._flow = self._page = Flow()
        runs = [run for line in lines_of(blocks) for run in line.runs]
        if not runs:
            raise DamagedSource("the page holds no text")
        if all(not run.style.colour or run.style.colour == LINK_COLOUR for run in runs):
            self._properties["style"] = UNSTYLED
        return Layout((Sheet(blocks),), self._properties, issues)

    # What the parser calls. These three run 1500 times a page, so they are written for speed.

    def data(self, data: str, /) -> None:
        self._text.append(data)

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        if self._text:
            self._flush()
        if self._skipping:
            self._skipping += 1
            return
        stack = self._stack
        around = stack[-1]
        counts = around.counts
        count = counts[tag] = counts.get(tag, 0) + 1
        computed = self._styles.child(around.computed, tag, attributes)
        if computed.hidden or tag in CAPTURED:
            self._skipping = 1
            self._capturing = tag if tag in CAPTURED else ""
            return
        depth = len(stack)
        path = around.path if depth > PLACED_DEPTH else f"{around.path}/{tag}[{count}]"
        element = Element(path, computed, attributes, around.link)
        stack.append(element)
        if computed.block:
            self._flow.break_line()
            element.ends = Page._end_block
        handler = HANDLERS.get(tag)
        if handler is not None:
            handler(self, element)
        if depth > MAX_NESTING:
            raise SourceTooLarge(f"more than {MAX_NESTING} elements inside one another")

    def end(self, _tag: str, /) -> None:
        if self._text:
            self._flush()
        if self._skipping:
            self._skipping -= 1
            return
        ends = self._stack.pop().ends
        if ends is not None:
            ends(self)

    def close(self) -> None:
        """Nothing to do: `layout` finishes the page."""

    # Text

    def _flush(self) -> None:
        text = self._text
        data = text[0] if len(text) == 1 else "".join(text)
        text.clear()
        if self._skipping:
            if self._skipping == 1 and self._capturing:
                self._capture(data)
            return
        element = self._stack[-1]
        if element.computed.pre:
            self._kept_lines += data.count("\n")
            if self._kept_lines > MAX_KEPT_LINES:
                raise SourceTooLarge(f"more than {MAX_KEPT_LINES} lines of preformatted text")
        elif data.isspace():
            self._flow.space()
            return
        self._begun = True
        self._flow.text(data, element.computed, element.at or _located(element), element.link)

    def _capture(self, data: str) -> None:
        if self._capturing == "title":
            self._properties.setdefault("title", " ".join(data.split()))
            return
        if self._known_sheets:
            return
        self.sheets = (*self.sheets, data)
        self.late_sheets = self.late_sheets or self._begun
        self._styles = styles_of(self.sheets)
        computed = self._styles.root
        for element in self._stack[1:]:
            computed = element.computed = self._styles.child(computed, element.computed.tag, element.attributes)

    def _end_block(self) -> None:
        self._flow.break_line()

    # Tables. Text between a table's tags but in no cell stands in the flow around it, before the table.

    def _start_table(self, element: Element) -> None:
        self._flow.break_line()
        self._tables += 1
        if self._tables > MAX_TABLES_INSIDE:
            raise SourceTooLarge(f"more than {MAX_TABLES_INSIDE} tables inside one another")
        self._table = Table(self._table, self._flow, element.attributes, element.computed.borders)
        element.ends = Page._end_table

    def _end_table(self) -> None:
        table = self._table
        if table is not None:
            table.flow.break_line()
            grid = table.grid()
            if grid is not None:
                table.flow.grid(grid)
            self._table = table.outer
            self._tables -= 1

    def _start_section(self, element: Element) -> None:
        if self._table is not None and not self._table.in_cell:
            self._table.start_section(element.computed.tag)
            element.ends = Page._end_section

    def _end_section(self) -> None:
        self._flow.break_line()
        if self._table is not None:
            self._table.end_section()

    def _start_row(self, element: Element) -> None:
        if self._table is not None and not self._table.in_cell:
            self._table.start_row()
            element.ends = Page._end_row

    def _end_row(self) -> None:
        self._flow.break_line()
        if self._table is not None:
            self._table.end_row()

    def _start_cell(self, element: Element) -> None:
        table = self._table
        if table is None or table.in_cell:
            return  # a cell tag without a table is text like any other
        table.start_cell(element.attributes, element.computed.borders)
        self._flow = Flow()
        element.ends = Page._end_cell

    def _end_cell(self) -> None:
        flow = self._flow
        flow.break_line()
        table = self._table
        if table is not None:
            table.end_cell(flow.blocks)
            self._flow = table.flow

    # Single tags

    def _break(self, _element: Element) -> None:
        self._flow.break_line()

    def _link(self, element: Element) -> None:
        if "href" in element.attributes:
            element.link = element.attributes["href"].strip()

    def _item(self, element: Element) -> None:
        """The number of an item in an ordered list is printed like text."""
        around = self._stack[-2]
        if around.computed.tag != "ol" or not element.computed.numbered:
            return
        value = element.attributes.get("value", "").strip()
        around.items = int(value) if value.isdecimal() and len(value) < LONGEST_NUMBER else around.items + 1
        self._flow.text(f"{around.items}.", element.computed, _located(element), element.link)
        self._flow.space()

    def _list(self, element: Element) -> None:
        start = element.attributes.get("start", "").strip()
        if start.isdecimal() and len(start) < LONGEST_NUMBER:
            element.items = int(start) - 1

    def _meta(self, element: Element) -> None:
        attributes = element.attributes
        if attributes.get("name", "").lower() == "generator" and attributes.get("content"):
            self._properties.setdefault("generator", " ".join(attributes["content"].split()))

    def _input(self, element: Element) -> None:
        attributes = element.attributes
        kind = attributes.get("type", "").lower()
        if kind in CHECK_BOXES:
            self._flow.tick("ticked" if "checked" in attributes else "empty", _located(element))
        elif kind in TEXT_BOXES and attributes.get("value"):
            self._flow.text(attributes["value"], element.computed, _located(element), element.link)

    def _image(self, element: Element) -> None:
        state = ticks.picture(element.attributes)
        if state is not None:
            self._flow.tick(state, _located(element))


LONGEST_NUMBER = 9  # digits of a list item's number


def _located(element: Element) -> HtmlLocation:
    if element.at is None:
        element.at = tuple.__new__(HtmlLocation, (element.path,))
    return element.at


HANDLERS: dict[str, Callable[[Page, Element], None]] = {
    "table": Page._start_table,
    "thead": Page._start_section,
    "tbody": Page._start_section,
    "tfoot": Page._start_section,
    "tr": Page._start_row,
    "td": Page._start_cell,
    "th": Page._start_cell,
    "br": Page._break,
    "a": Page._link,
    "ol": Page._list,
    "li": Page._item,
    "meta": Page._meta,
    "input": Page._input,
    "img": Page._image,
}
