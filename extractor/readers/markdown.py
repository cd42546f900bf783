"""Takes the bytes of a Markdown page, as converters write it, and gives its Layout, by way of HTML."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt

from extractor.errors import SourceTooLarge
from extractor.layout import Layout
from extractor.readers.html import dom
from extractor.readers.html.reader import Parse
from extractor.readers.html.reader import read as read_html

# Limits met before the parser sees a page. Conversions of forms have 4 to 60 KB and up to 100 brackets; the parser
# takes up to 30 s a megabyte, and time that grows with the square of brackets that nothing closes: 0.5 s for 2,000.
MAX_BYTES = 1024 * 1024
MAX_BRACKETS = 2_000
MAX_NESTING = 100  # lists, quotes and emphasis inside one another; conversions have 3
MAX_COLUMNS = 200  # of a pipe table; Table II has 16
MAX_SLOTS = 50_000  # of all pipe tables, filled up; a form of 30 rows has 800

# A whole page put into one fence, as language models hand it over.
_FENCED = re.compile(r"\A\s*(```|~~~)(?:markdown|md)?[ \t]*\n(.*?)\n\1\s*\Z", re.DOTALL)
_DELIMITERS = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
# PyMuPDF names the heads of columns that have none `Col1`, `Col2`, by their place.
_NAMED_BY_PLACE = re.compile(r"\s*Col(\d+)\s*")


def _parser() -> MarkdownIt:
    """CommonMark with tables and markup, less what forms have no use for.

    A `[^1]: …` is a footnote and no target of links, text that is set in is no code, and a line of the page is a line
    of the layout.
    """
    options = {"html": True, "breaks": True, "maxNesting": MAX_NESTING}
    return MarkdownIt("commonmark", options).enable("table").disable(["reference", "code"])


def read(data: bytes, parse: Parse = dom.parse) -> Layout:
    """The layout of a Markdown page; places are those of `to_html`. `properties` has `format`.

    `parse` is the parser to read its HTML with. Raises SourceTooLarge beyond the limits stated here and those of the
    HTML reader, and DamagedSource for a page without any text.
    """
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"more than {MAX_BYTES // 2**20} MiB of Markdown")
    text, doubts = dom.decode(data)
    if text.count("[") > MAX_BRACKETS:
        raise SourceTooLarge(f"more than {MAX_BRACKETS} brackets")
    layout = read_html(_html(text), parse)
    return replace(layout, properties={**layout.properties, "format": "markdown"}, issues=doubts + layout.issues)


def to_html(data: bytes) -> bytes:
    """The HTML page that a Markdown page is read as."""
    return _html(dom.decode(data)[0])


def _html(text: str) -> bytes:
    fenced = _FENCED.match(text)
    lines = (fenced[2] if fenced else text).splitlines()
    parser = _parser()
    tokens = parser.parse("\n".join(_evened(lines)))
    for index, token in enumerate(tokens):
        if token.type == "list_item_open":
            if token.info.isdecimal():  # the number that is written, not its place
                token.attrSet("value", token.info)
            if tokens[index + 1].type == "paragraph_open":  # its text stands beside the number
                tokens[index + 1].hidden = tokens[index + 3].hidden = True
    body = parser.renderer.render(tokens, parser.options, {})
    return f"\ufeff<!DOCTYPE html><html><body>\n{body}</body></html>\n".encode("utf-8", "replace")


def _evened(lines: list[str]) -> list[str]:
    """The lines, each pipe table's heads filled up to its widest row: Markdown drops cells that no head stands over."""
    found: list[str] = []
    index = slots = 0
    while index < len(lines):
        end = _table_end(lines, index)
        if end == index:
            found.append(lines[index])
            index += 1
            continue
        width = max(len(_cells(line)) for line in (lines[index], *lines[index + 2 : end]))
        slots += width * (end - index)
        if width > MAX_COLUMNS or slots > MAX_SLOTS:
            raise SourceTooLarge(f"tables of more than {MAX_COLUMNS} columns or {MAX_SLOTS} slots")
        found += [_row(_named(_cells(lines[index])), width), "|" + "---|" * width, *lines[index + 2 : end]]
        index = end
    return found


def _table_end(lines: list[str], index: int) -> int:
    """The line behind the pipe table whose heads stand on line `index`; `index` itself where no table begins."""
    following = lines[index + 1] if index + 1 < len(lines) else ""
    if "|" not in lines[index] or "-" not in following or _DELIMITERS.fullmatch(following.strip()) is None:
        return index
    end = index + 2
    while end < len(lines) and _PIPE.search(lines[end]):
        end += 1
    return end


def _cells(line: str) -> list[str]:
    return _PIPE.split(line.strip().removeprefix("|").removesuffix("|"))


def _named(cells: list[str]) -> list[str]:
    """The heads, less the names that a converter gave to empty ones."""
    named = [match and int(match[1]) == place for place, match in enumerate(map(_NAMED_BY_PLACE.fullmatch, cells), 1)]
    return [" " if name else cell for cell, name in zip(cells, named, strict=True)]


def _row(cells: list[str], width: int) -> str:
    return "|" + "|".join(cells + [" "] * (width - len(cells))) + "|"
