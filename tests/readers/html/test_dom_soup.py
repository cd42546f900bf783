from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4.builder import ParserRejectedMarkup

from extractor.errors import DamagedSource, SourceTooLarge
from extractor.issues import Code
from extractor.readers.html import dom, dom_soup
from tests.corpus.place import corpus_or_skip, every


class Heard:
    """A sink that writes down what it is told; text that comes in several pieces as one."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.text = ""

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        self._say("<" + " ".join([tag, *(f"{name}={value}" for name, value in attributes.items())]))

    def data(self, data: str, /) -> None:
        self.text += data

    def end(self, tag: str, /) -> None:
        self._say(f"/{tag}")

    def close(self) -> None:
        self._say("closed")

    def _say(self, what: str) -> None:
        if self.text:  # white space alone is told shorter, for nothing depends on how much it is
            self.said.append(self.text if self.text.strip(" \n\t\r\f") else " ")
        self.said.append(what)
        self.text = ""


def heard(markup: str) -> list[str]:
    sink = Heard()
    assert dom_soup.parse(markup, sink) == ()
    return sink.said


def test_unclosed_tags_are_closed_innermost_first() -> None:
    assert heard("<table><TR><td Width=3>a<td>b</table>c") == [
        *("<html", "<body", "<table", "<tr", "<td width=3", "a", "/td", "<td", "b", "/td", "/tr", "/table"),
        *("c", "/body", "/html", "closed"),
    ]


def test_attributes_are_told_as_written() -> None:
    assert (
        heard('<p CLASS="a  b" rel="x y" nowrap Style="Color:RED">t</p>')[2]
        == "<p class=a  b rel=x y nowrap= style=Color:RED"
    )


def test_void_elements_end_at_once() -> None:
    assert heard("<p>a<br>b<input checked>c")[2:9] == ["<p", "a", "<br", "/br", "b", "<input checked=", "/input"]


def test_comments_declarations_and_instructions_are_not_told() -> None:
    markup = '<?xml version="1.0"?><!DOCTYPE html><p>a<!-- no --><?php no ?><![CDATA[no]]>b</p>'
    assert heard(markup) == ["<html", "<body", "<p", "ab", "/p", "/body", "/html", "closed"]


def test_style_sheets_and_scripts_are_told_as_text() -> None:
    said = heard("<style>td { color: blue }</style><script>if (a<b) {}</script><p>t")
    assert said[2:8] == ["<style", "td { color: blue }", "/style", "<script", "if (a<b) {}", "/script"]


def test_references_are_resolved_and_nul_is_replaced() -> None:
    assert heard("<p>A&amp;B &#146;&nbsp;\0</p>")[3] == "A&B ’\xa0\ufffd"


def test_declared_encoding_does_not_count_for_text() -> None:
    assert heard('<meta charset="shift_jis"><p>café')[-5:-4] == ["café"]


def test_what_the_sink_raises_goes_through() -> None:
    class Full(Heard):
        def data(self, _data: str, /) -> None:
            raise SourceTooLarge("enough")

    with pytest.raises(SourceTooLarge, match="enough"):
        dom_soup.parse("<p>text</p>", Full())


def test_text_deeper_than_any_stack_is_told() -> None:
    assert heard("<div>" * 5000 + "deep")[5002] == "deep"


def test_markup_without_anything_tells_nothing() -> None:
    assert heard("") == ["closed"]
    assert heard("<!-- only this -->") == ["closed"]


def test_page_that_looks_like_an_address_warns_of_nothing(recwarn: pytest.WarningsRecorder) -> None:
    assert heard("https://example.org/")[2:3] == ["https://example.org/"]
    assert not recwarn.list


@pytest.mark.parametrize("error", [ParserRejectedMarkup("bs4's own words"), SyntaxError("lxml's own words")])
def test_errors_of_the_parser_are_wrapped(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_arguments: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(dom_soup, "BeautifulSoup", give_up)
    with pytest.raises(DamagedSource, match="no markup that can be parsed"):
        dom_soup.parse("<p>x</p>", Heard())


def test_too_many_tags() -> None:
    with pytest.raises(SourceTooLarge, match="tags"):
        dom_soup.parse("<b>" * (dom.MAX_TAGS + 1), Heard())


def test_text_lost_at_a_limit_of_the_parser_is_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    log = [SimpleNamespace(type_name=name, line=7) for name in ("ERR_TAG_NAME_MISMATCH", "ERR_RESOURCE_LIMIT")]
    builder = SimpleNamespace(parser=SimpleNamespace(error_log=log))
    monkeypatch.setattr(dom_soup, "_soup", lambda _markup: SimpleNamespace(contents=[], builder=builder))
    issues = dom_soup.parse("<p>t</p>", Heard())
    assert [(issue.code, issue.message) for issue in issues] == [(Code.TEXT_LOST, "the parser met a limit in line 7")]


ODD = {
    "namespaces": '<o:p>x</o:p><svg:rect a:b="c"/>',
    "misnested": "<p><b>a<p>c</b>d</i>",
    "text in a table": "<table>text<tr><td>a</table>b",
    "two bodies": "<html a=1><body b=1>x<html c=2><body d=2>y",
    "one attribute twice": "<p a=1 a=2>x",
    "cut in a tag": '<p>a<a href="x',
    "cut in a comment": "<p>a<!-- b",
    "references to nothing": "&nbsp;&bogus;&#0;&#x80;&#xD800;&amp",
    "lone surrogate": "a\ud800b",
    "frames": "<frameset><frame src=x></frameset>",
    "white space": "<pre> a\n\n b </pre> <p>\n</p>\t<textarea>\n c</textarea>",
    "byte order mark": "\ufeff<p>a</p>",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_markup_is_told_as_by_the_first_parser(name: str) -> None:
    sink = Heard()
    assert (dom.parse(ODD[name], sink), sink.said) == ((), heard(ODD[name]))


def test_pages_of_filings_are_told_as_by_the_first_parser() -> None:
    folder = corpus_or_skip()
    chosen: list[Path] = sorted([*folder.glob("filings/*/*.html"), *folder.glob("genuine/html/*.html")])[:: 2 * every()]
    assert chosen
    for path in chosen:
        text, _ = dom.decode(path.read_bytes())
        sink = Heard()
        dom.parse(text, sink)
        assert heard(text) == sink.said, path.name
