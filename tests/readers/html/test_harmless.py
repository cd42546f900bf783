"""The saved page made harmless: it looks alike, bears its places, and nothing in it runs or fetches."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from extractor import extract
from extractor.filing import fields_in
from extractor.layout import HtmlLocation
from extractor.layout.paper import MarkupPaper
from extractor.readers.html.harmless import harmless, harmless_sheet
from tests.pages import FORM_4


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text in those that have a place."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.texts: dict[str, str] = {}
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("br", "hr", "meta", "input", "col"):
            self.open.append(dict(attrs).get("data-place") or "")

    def handle_endtag(self, _tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for place in filter(None, self.open):
            self.texts[place] = self.texts.get(place, "") + data


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


def test_places_are_those_of_the_reader() -> None:
    """Every value without marks stands in the element that its location names."""
    result = extract(FORM_4)
    assert isinstance(result.layout.paper, MarkupPaper)
    wanted = {
        place.path: (path, field.printed)
        for path, field in fields_in(result.filing)
        for place in field.at
        if isinstance(place, HtmlLocation) and getattr(field, "printed", "") and not getattr(field, "footnotes", ())
    }
    assert len(wanted) > 20
    texts = Elements(result.layout.paper.page({path: path for path in wanted})).texts
    assert set(texts) == set(wanted)
    assert [path for path, (_, printed) in wanted.items() if printed not in " ".join(texts[path].split())] == []


@pytest.mark.parametrize(
    "given",
    [
        "<script>alert(1)</script>",
        "<script src=https://example.invalid/a></script>",
        "<iframe src=https://example.invalid></iframe>",
        "<iframe srcdoc='<script>1</script>'></iframe>",
        "<svg onload=alert(1)><script>1</script></svg>",
        "<object data=a><embed src=b></object>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<template><script>1</script></template>",
        "<title></title><textarea></textarea><select></select><button>b</button>",
        "<math><mi href=javascript:alert(1)>x</mi></math>",
        "<unknown><script>1</script></unknown>",
    ],
)
def test_what_could_run_is_gone(given: str) -> None:
    found = Elements(harmless(page(f"before {given} after"), {}))
    assert set(found.tags) <= {"meta", "html", "body", "p"}
    assert "alert" not in harmless(page(given), {})


@pytest.mark.parametrize(
    "given",
    [
        "<p onclick=alert(1) ONMOUSEOVER=alert(1)>a</p>",
        "<a href=javascript:alert(1) target=_top ping=x>a</a>",
        "<img src=https://example.invalid/a srcset=b onerror=alert(1) alt=a>",
        "<table background=https://example.invalid/a><tr><td>a</table>",
        "<form action=https://example.invalid><input type=image src=a formaction=b></form>",
        "<p style='background: url(https://example.invalid)'>a</p>",
        "<p style='background: u\\72l(https://example.invalid)'>a</p>",
        "<p style='width: expression(alert(1))'>a</p>",
        "<p data-place=9 srcdoc=b poster=c>a</p>",
        "<link rel=stylesheet href=https://example.invalid><base href=https://example.invalid>",
        "<meta http-equiv=refresh content='0;url=https://example.invalid'>",
    ],
)
def test_what_could_fetch_or_handle_is_gone(given: str) -> None:
    found = Elements(harmless(page(given), {}))
    assert {name for name, _ in found.attributes} <= {"charset", "http-equiv", "content", "style"}
    said = " ".join(value for name, value in found.attributes if name not in ("content", "http-equiv"))
    assert not any(word in said for word in ("example", "alert", "url", "72l"))
    assert harmless(page(given), {}).count("http-equiv") == 1


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        ("p { color: red; }", "p { color: red; }"),
        ("p { background: url(x); color: red }", "p { color: red }"),
        ("p { color: red; background: url(x) } b { color: blue }", "p { color: red;} b { color: blue }"),
        ("@import 'x'; b { color: blue }", " b { color: blue }"),
        ("p { /* url(x) */ color: red }", "p {  color: red }"),
        ("p { color: u\\72l(x); } </style><script>", "p { } /style>script>"),
    ],
)
def test_style_sheets_keep_what_fetches_nothing(sheet: str, left: str) -> None:
    assert harmless_sheet(sheet) == left


def test_text_is_escaped() -> None:
    assert "&lt;script&gt;1&lt;/script&gt;" in harmless(page("&lt;script&gt;1&lt;/script&gt;"), {})


def test_pictures_of_check_boxes_are_shown_as_such() -> None:
    text = harmless(
        page('<img src="box-checked.gif"> a <img src="box-unchecked.gif" alt=""> b <img src="x" alt="logo">'), {}
    )
    assert "\u2612" in text
    assert "\u2610" in text
    assert "logo" in text


def test_tags_of_form_and_look_stay() -> None:
    given = (
        '<table border="1" width="50%"><tr><td colspan="2" style="color:red"><b>a</b><input type="checkbox" checked>'
    )
    text = harmless(page(given), {})
    assert '<td colspan="2" style="color:red"><b>a</b><input disabled checked type="checkbox"></td>' in text
