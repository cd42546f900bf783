"""Markup: whatever stands in texts and attributes comes out as text."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.markup import add, element, html, seen


class Told(HTMLParser):
    """What a parser is told of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(), st.text())
def test_texts_and_attributes_come_back_as_they_were(text: str, name: str) -> None:
    told = Told(html(element("p", text, element("b"), text, title=name)))
    whole = seen(text) * 2
    assert [tag for tag, _ in told.tags] == ["p", "b"]
    assert told.text.replace("\r", "\n") == whole.replace("\r", "\n")
    assert unescape(told.tags[0][1]["title"] or "") == unescape(seen(name).replace("\r", "\n")) or "\r" in name


def test_children_keep_their_order() -> None:
    assert html(element("p", "a", element("i", "b"), "c", None, element("br"), "d")) == "<p>a<i>b</i>c<br>d</p>"


def test_more_children_stand_behind() -> None:
    assert html(add(element("p", "a"), ["b", element("i"), "c"])) == "<p>ab<i></i>c</p>"


def test_attributes() -> None:
    made = element("input", class_="a b", data_of="1", disabled=True, checked=False, value=None)
    assert html(made) == '<input class="a b" data-of="1" disabled="">'


@pytest.mark.parametrize("tag", ["script", "style"])
def test_elements_whose_content_cannot_be_escaped_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="cannot be escaped"):
        element(tag, "x")


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800"])
def test_what_cannot_be_seen_is_replaced(letter: str) -> None:
    assert seen(f"a{letter}b\n\t") == "a\ufffdb\n\t"
    assert not re.search("[\x00-\x08\ud800-\udfff]", html(element("p", letter, title=letter)))
