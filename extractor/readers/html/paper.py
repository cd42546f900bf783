"""The bytes of an HTML page in; the same page out as markup that is safe to show, places marked."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.layout.paper import MarkupPaper


class HtmlPaper(MarkupPaper):
    """An HTML page to look at."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data

    def page(self, marked: Mapping[str, str]) -> str:
        from extractor.readers.html.harmless import harmless

        return harmless(self.data, marked)
