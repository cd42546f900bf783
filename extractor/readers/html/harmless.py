"""The bytes of an HTML page in; markup out that looks alike, runs nothing and fetches nothing.

Written anew from what the parser tells, by lists of what is let through: a script, a handler, a link or a form that is
on no list cannot come along. The paths of elements are those of `reader`, for both are told the same tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from extractor.readers.html import dom, ticks
from extractor.readers.html.reader import CHECK_BOXES, PLACED_DEPTH, TEXT_BOXES

_LET_THROUGH_WORDS = """
    html head body div span p br hr pre center blockquote address article section main header footer nav aside figure
    figcaption h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr td th
    a abbr acronym b big cite code del dfn em font i ins kbd label mark nobr q s samp small strike strong sub sup time
    tt u var fieldset legend form details summary
"""
_LET_THROUGH = frozenset(_LET_THROUGH_WORDS.split())
_WITHOUT_CONTENT = frozenset({"br", "hr", "col"})
# Dropped with all that is in them; other unknown elements are dropped alone, and their text stays.
_DROPPED_WORDS = """
    script noscript noembed noframes template iframe frame frameset object embed applet svg math audio video canvas
    title textarea select button map portal plaintext xmp
"""
_DROPPED = frozenset(_DROPPED_WORDS.split())
_ATTRIBUTES_WORDS = """
    align valign bgcolor border bordercolor cellpadding cellspacing class clear color colspan dir face height hspace
    id lang noshade nowrap rowspan size span start type value vspace width
"""
_ATTRIBUTES = frozenset(_ATTRIBUTES_WORDS.split())
# What fetches, or hides what is written: addresses, imports, old script hooks; a backslash can spell any of them.
_CSS_UNSAFE = re.compile(r"url|@import|@namespace|image-set|image|expression|behavior|-moz-binding|src\s*\(|\\", re.I)
_GLYPHS = {"ticked": "\u2612", "empty": "\u2610", "unclear": "\u2610?"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_HEAD = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'


def harmless(data: bytes, marked: Mapping[str, str]) -> str:
    """The page as HTML; elements whose path is in `marked` bear its name as `data-place`.

    Raises SourceError as `reader.read` does.
    """
    text, _ = dom.decode(data)
    page = _Page(marked)
    dom.parse(text, page)
    return f"<!DOCTYPE html>{_HEAD}{''.join(page.out)}"


class _Page:
    """The sink that writes (see `dom.Sink`)."""

    def __init__(self, marked: Mapping[str, str]) -> None:
        self.out: list[str] = []
        self._marked = marked
        self._open: list[tuple[str, dict[str, int], str]] = [("", {}, "")]  # path, children by tag, end tag
        self._dropping = 0
        self._style: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        around, counts, _ = self._open[-1]
        counts[tag] = counts.get(tag, 0) + 1
        path = around if len(self._open) > PLACED_DEPTH else f"{around}/{tag}[{counts[tag]}]"
        if self._dropping or tag in _DROPPED:
            self._dropping += 1
            self._open.append((path, {}, ""))
            return
        if tag == "style":
            self._style = []
        place = self._marked.get(path) if path != around else None
        start, end = _tags(tag, attributes, f' data-place="{escape(place)}"' if place else "")
        self.out.append(start)
        self._open.append((path, {}, end))

    def data(self, data: str, /) -> None:
        if self._dropping:
            return
        if self._style is not None:
            self._style.append(data)
        else:
            self.out.append(escape(data, quote=False))

    def end(self, tag: str, /) -> None:
        _, _, end = self._open.pop()
        if self._dropping:
            self._dropping -= 1
            return
        if tag == "style" and self._style is not None:
            self.out.append(f"<style>{harmless_sheet(''.join(self._style))}</style>")
            self._style = None
        self.out.append(end)

    def close(self) -> None:
        """Nothing to do: `harmless` joins what was written."""


def _tags(tag: str, attributes: Mapping[str, str], mark: str) -> tuple[str, str]:
    """The start tag that stands for an element, and its end tag; nothing for one that is only dropped itself."""
    if tag == "img":
        state = ticks.picture(attributes)
        shown = _GLYPHS[state] if state else attributes.get("alt") or ""
        return f"<span{mark}>{escape(shown)}", "</span>"
    if tag == "input":
        kind = (attributes.get("type") or "").lower()
        if kind in CHECK_BOXES or kind in TEXT_BOXES:
            checked = " checked" if "checked" in attributes else ""
            return f"<input disabled{checked}{_kept(attributes)}{mark}>", ""
        return "", ""
    if tag not in _LET_THROUGH:
        return (f"<span{mark}>", "</span>") if mark else ("", "")
    drawn = "div" if tag == "form" else tag
    return f"<{drawn}{_kept(attributes)}{mark}>", "" if tag in _WITHOUT_CONTENT else f"</{drawn}>"


def _kept(attributes: Mapping[str, str]) -> str:
    return "".join(_attributes(attributes))


def _attributes(attributes: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        if name in _ATTRIBUTES:
            yield f' {name}="{escape(value or "")}"'
        elif name == "style":
            kept = ";".join(part for part in (value or "").split(";") if not _CSS_UNSAFE.search(part))
            yield f' style="{escape(kept)}"'


def harmless_sheet(sheet: str) -> str:
    """A style sheet without the declarations that fetch anything or could end its element."""
    text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL).replace("<", "")
    return "".join(map(_harmless_part, re.split(r"(?<=[;{}])", text)))


def _harmless_part(part: str) -> str:
    """A selector with its brace, or a declaration; of one that could fetch, only a closing brace is left."""
    if part.endswith("{") or not _CSS_UNSAFE.search(part):
        return part
    return "}" if part.endswith("}") else ""
