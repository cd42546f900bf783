"""Takes the markup of an HTML page and tells a sink its tags and text, as `dom.parse` does, but by BeautifulSoup.

The only module that imports bs4. It builds the whole tree, with lxml underneath (never html.parser, which takes
quadratic time on hostile pages, nor html5lib, which overflows the stack), and then walks it: a second opinion on what
`dom` hears while it parses.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any, cast

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.element import NavigableString, PreformattedString, Tag

from extractor.errors import DamagedSource, SourceTooLarge
from extractor.issues import Code, Issue
from extractor.readers.html.dom import MAX_TAGS, Sink


def parse(text: str, sink: Sink) -> tuple[Issue, ...]:
    """Tell `text`, the markup of a page, to `sink`; return the doubts that parsing left.

    Raises SourceTooLarge for more than half a million tags (which take 15 s and 600 MB) and DamagedSource where nothing
    can be parsed. What `sink` raises goes through unchanged.
    """
    if text.count("<") > MAX_TAGS:
        raise SourceTooLarge(f"more than {MAX_TAGS} tags")
    soup = _soup(text.replace("\0", "\ufffd").encode("utf-8", "replace"))
    _tell(soup, sink)
    sink.close()
    log = cast(Any, soup.builder).parser.error_log
    lost = [entry for entry in log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    return tuple(Issue(Code.TEXT_LOST, "", f"the parser met a limit in line {entry.line}") for entry in lost[:1])


def _soup(markup: bytes) -> BeautifulSoup:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that the page looks like XML, or like the name of a file
            return BeautifulSoup(markup, "lxml", from_encoding="utf-8", multi_valued_attributes=None, huge_tree=True)
    except (ParserRejectedMarkup, SyntaxError, AssertionError) as error:  # SyntaxError: what lxml's own derives from
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
            name = child.name
            sink.start(name, {key: str(value) for key, value in child.attrs.items()})
            open_tags.append((name, iter(child.contents)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            sink.data(str(child))  # comments, declarations and the like are preformatted
