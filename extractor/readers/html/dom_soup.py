"""Takes the markup of an HTML page and calls a sink with its tags and text, as `dom.parse` does, but parsed by BeautifulSoup.

The only module that imports bs4. It builds the whole tree, with lxml underneath (never html.parser, which takes quadratic
time on hostile pages, nor html5lib, which overflows the stack), and then walks it: a second opinion on what `dom` hears
while it parses.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import LXMLTreeBuilder, ParserRejectedMarkup
from bs4.element import NavigableString, PreformattedString, Tag

from extractor.errors import DamagedSource, SourceTooLarge
from extractor.issues import Code, Issue
from extractor.readers.html.dom import MAX_TAGS, Sink

# Open elements at which parsing stops: the tree takes time by the square of its depth. Forms have 20; the readers
# refuse more than 1000 drawn ones.
MAX_DEPTH = 2000


def parse(text: str, sink: Sink) -> tuple[Issue, ...]:
    """Tell `text`, the markup of a page, to `sink`; return the doubts that parsing left.

    Raises SourceTooLarge for more than half a million tags or 2000 open elements, and DamagedSource where nothing can be
    parsed. What `sink` raises goes through unchanged.
    """
    if text.count("<") > MAX_TAGS:
        raise SourceTooLarge(f"more than {MAX_TAGS} tags")
    builder = _Builder(multi_valued_attributes=None, string_containers={}, huge_tree=True)
    soup = _soup(text.replace("\0", "\ufffd").encode("utf-8", "replace"), builder)
    _tell(soup, sink)
    sink.close()
    lost = [entry for entry in builder.parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    return tuple(Issue(Code.TEXT_LOST, "", f"the parser met a limit in line {entry.line}") for entry in lost[:1])


class _Builder(LXMLTreeBuilder):
    """lxml's builder, which stops in good time."""

    depth = 0

    def start(self, *arguments: Any, **named: Any) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SourceTooLarge(f"more than {MAX_DEPTH} elements inside one another")
        super().start(*arguments, **named)

    def end(self, *arguments: Any, **named: Any) -> None:
        self.depth -= 1
        super().end(*arguments, **named)


def _soup(markup: bytes, builder: LXMLTreeBuilder) -> BeautifulSoup:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that the page looks like XML, or like the name of a file
            return BeautifulSoup(markup, builder=builder, from_encoding="utf-8")
    # lxml's syntax errors are Python's; bs4 asserts what it expects of lxml
    except (ParserRejectedMarkup, SyntaxError, AssertionError, LookupError) as error:
        raise DamagedSource("the page holds no markup that can be parsed") from error


def _tell(soup: BeautifulSoup, sink: Sink) -> None:
    """Walk the tree in document order, with a list instead of recursion: a page may be deeper than Python's stack."""
    open_tags: list[tuple[str, Iterator[Any]]] = [("", iter(soup.contents))]
    while open_tags:
        name, children = open_tags[-1]
        child = next(children, None)
        if child is None:
            open_tags.pop()
            if open_tags:
                sink.end(name)
        elif isinstance(child, Tag):
            name = child.name.lower()
            sink.start(name, {key: str(value) for key, value in child.attrs.items()})
            open_tags.append((name, iter(child.contents)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            sink.data(str(child))  # comments, declarations and the like are preformatted
