from __future__ import annotations

import inspect
from collections.abc import Mapping

import pytest
from lxml import etree

from extractor.errors import DamagedSource, SourceTooLarge
from extractor.issues import Code
from extractor.readers.html import dom


class Heard:
    """A sink that writes down what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        self.said.append("<" + " ".join([tag, *(f"{name}={value}" for name, value in attributes.items())]))

    def data(self, data: str, /) -> None:
        self.said.append(data)

    def end(self, tag: str, /) -> None:
        self.said.append(f"/{tag}")

    def close(self) -> None:
        self.said.append("closed")


def heard(markup: str) -> list[str]:
    sink = Heard()
    assert dom.parse(markup, sink) == ()
    return sink.said


def test_the_signature_that_the_parser_asks_for_is_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    found = inspect._signature_from_callable  # type: ignore[attr-defined]

    def ask(called: object, **how: object) -> object:
        asked.append(getattr(called, "__signature__", None))
        return found(called, **how)

    monkeypatch.setattr(inspect, "_signature_from_callable", ask)
    assert heard("<b>a") == ["<html", "<body", "<b", "a", "/b", "/body", "/html", "closed"]
    assert [type(each) for each in asked] == [inspect.Signature]


def test_unclosed_tags_are_closed_innermost_first() -> None:
    assert heard("<table><TR><td Width=3>a<td>b</table>c") == [
        *("<html", "<body", "<table", "<tr", "<td width=3", "a", "/td", "<td", "b", "/td", "/tr", "/table"),
        *("c", "/body", "/html", "closed"),
    ]


def test_comments_and_instructions_are_not_told() -> None:
    assert "".join(heard('<?xml version="1.0" encoding="latin-1"?><p>a<!-- no --><?php no ?>b</p>')[2:-3]) == "<pab/p"


def test_references_are_resolved_and_nul_is_replaced() -> None:
    assert "".join(heard("<p>A&amp;B &#146;&nbsp;\0</p>")[3:-4]) == "A&B ’\xa0\ufffd"


def test_what_the_sink_raises_goes_through() -> None:
    class Full(Heard):
        def data(self, _data: str, /) -> None:
            raise SourceTooLarge("enough")

    with pytest.raises(SourceTooLarge, match="enough"):
        dom.parse("<p>text</p>", Full())


def test_text_deeper_than_the_parser_builds_trees_is_told() -> None:
    assert heard("<div>" * 5000 + "deep")[5002] == "deep"


def test_markup_without_anything_tells_nothing() -> None:
    assert heard("") == ["closed"]
    assert heard("<!-- only this -->") == ["closed"]


def test_errors_of_the_parser_are_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_arguments: object) -> None:
        raise etree.ParserError("lxml's own words")

    monkeypatch.setattr(etree, "fromstring", give_up)
    with pytest.raises(DamagedSource, match="no markup that can be parsed"):
        dom.parse("<p>x</p>", Heard())


def test_too_many_tags() -> None:
    with pytest.raises(SourceTooLarge, match="500000 tags"):
        dom.parse("<b>" * 500_001, Heard())


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>é</p>".encode(), "<p>é</p>"),
        (b"\xef\xbb\xbf<p>\xc3\xa9</p>", "<p>é</p>"),
        (b"\xff\xfe" + "<p>é</p>".encode("utf-16-le"), "<p>é</p>"),
        (b"\xfe\xff" + "<p>é</p>".encode("utf-16-be"), "<p>é</p>"),
        ("<p>é</p>".encode("utf-16-le"), "<p>é</p>"),
        ("<p>é</p>".encode("utf-16-be"), "<p>é</p>"),
        (b"<p>\x93caf\xe9\x94</p>", "<p>“café”</p>"),
        (b'<meta charset="ISO-8859-1"><p>\x93\xe9</p>', '<meta charset="ISO-8859-1"><p>“é</p>'),
        (b'<meta charset="koi8-r"><p>\xc1</p>', '<meta charset="koi8-r"><p>а</p>'),
        (b"<meta content='text/html; charset = koi8-r'>\xc1", "<meta content='text/html; charset = koi8-r'>а"),
        (b'<?xml version="1.0" encoding="koi8-r"?>\xc1', '<?xml version="1.0" encoding="koi8-r"?>а'),
        (b'<meta charset=iso-2022-jp>\x1b$B$"\x1b(B', "<meta charset=iso-2022-jp>あ"),
        # what is UTF-8 without an error is UTF-8, whatever the page says
        (b'<meta charset="iso-8859-1"><p>\xc3\xa9</p>', '<meta charset="iso-8859-1"><p>é</p>'),
        (b'<meta charset="utf-16"><p>\xc3\xa9</p>', '<meta charset="utf-16"><p>é</p>'),
        # a page that says UTF-8 and is windows-1252 throughout
        (b'<meta charset="utf-8"><p>\x93caf\xe9\x94</p>', '<meta charset="utf-8"><p>“café”</p>'),
        # names that no browser knows, and codecs of Python that are no encodings of text
        (b"<meta charset=nonsense>\xe9", "<meta charset=nonsense>é"),
        (b"<meta charset=rot13>\xe9", "<meta charset=rot13>é"),
        (b"<meta charset=unicode_escape>\xe9\\n", "<meta charset=unicode_escape>é\\n"),
        (b"<meta charset=utf-7>+AGE-", "<meta charset=utf-7>+AGE-"),
        (b"<script>var charset = 'koi8-r'</script>\xe9", "<script>var charset = 'koi8-r'</script>é"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert dom.decode(data) == (text, ())


def test_spoilt_utf8_is_told() -> None:
    text, issues = dom.decode(b'<meta charset="utf-8">' + "Société Générale ".encode() + b"\xff")
    assert text.endswith("Société Générale \ufffd")
    assert [(issue.code, issue.message) for issue in issues] == [
        (Code.TEXT_LOST, "1 characters are not valid utf-8 and could not be read")
    ]


def test_bytes_without_a_character_are_told() -> None:
    text, issues = dom.decode(b"<p>caf\xe9 \x81</p>")
    assert text == "<p>café \ufffd</p>"
    assert [issue.code for issue in issues] == [Code.TEXT_LOST]


@pytest.mark.parametrize("data", [b"", b" \r\n\t"])
def test_no_bytes_are_damage(data: bytes) -> None:
    with pytest.raises(DamagedSource, match="empty"):
        dom.decode(data)


def test_too_many_bytes() -> None:
    with pytest.raises(SourceTooLarge):
        dom.decode(b" " * (20 * 1024 * 1024 + 1))
