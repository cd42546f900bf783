"""Reviews of HTML pages in a real browser: boxes on the saved page, and a page that would run, fetch or inject."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import SAMPLES, Open
from tests.browser.desk import PRICE, boxes, lit
from tests.pages import form_4

SAMPLE = "qualys-2021-sec/filing.html"
SCRIPT = "<script>parent.hurt = window.hurt = 1; alert('hurt')</script>"
PICTURE = '<img src="https://example.invalid/spy.png" onerror="alert(1)">'
SHOWN = "</script><script>window.hurt = 1</script><img src=x onerror='window.hurt = 1'>"
HOSTILE = {
    "script": SCRIPT,
    "picture": PICTURE,
    "frame": '<iframe src="https://example.invalid/"></iframe><object data="https://example.invalid/"></object>',
    "handler": '<p onmouseover="alert(1)" style="background:url(\'https://example.invalid/a\')">text</p>',
    "sheet": "<style>@import 'https://example.invalid/a'; p { background: u\\72l(https://example.invalid/b) }</style>",
    "link": '<link rel="stylesheet" href="https://example.invalid/c.css"><base href="https://example.invalid/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://example.invalid/">',
    "form": '<form action="https://example.invalid/"><input type="submit" autofocus onfocus="alert(1)"></form>',
    "svg": '<svg onload="alert(1)"><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "escape": '--></iframe>"><script>parent.hurt = 1</script>',
}

# The middle of a box, in the saved page's own coordinates, and what stands there.
AT_BOX = """box => {
    const frame = box.closest('.sheet').querySelector('iframe');
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(name => Number(box.getAttribute(name)));
    return frame.contentDocument.elementFromPoint(x + width / 2, y + height / 2).textContent;
}"""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("owners-0-address-city", "FOSTER CITY"),
        ("non_derivative-1-shares", "17,858"),
        ("signatures-0-date", "10/18/2021"),
    ],
)
def test_boxes_stand_on_the_saved_page(open_review: Open, value: str, text: str) -> None:
    page = open_review(SAMPLE)
    page.focus(f"#at-{value}")
    assert page.eval_on_selector(".box.lit", AT_BOX).strip() == text


def test_pointing_works_both_ways(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.hover(PRICE)
    assert set(boxes(page)) == {"Table I, row 1: Price"}
    page.locator(".box[aria-label='Table I, row 2: Owned following']").first.hover()
    assert lit(page) == ["at-non_derivative-1-shares_owned_following"]


def test_zoom_keeps_boxes_on_their_elements(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.keyboard.press("+")
    page.focus("#at-non_derivative-1-shares")
    script = """box => {
        const frame = box.closest('.sheet').querySelector('iframe');
        const [outer, scale] = [frame.getBoundingClientRect(), frame.getBoundingClientRect().width / frame.offsetWidth];
        const cell = [...frame.contentDocument.querySelectorAll('[data-place]')].find(e => e.textContent === '17,858');
        const [a, b] = [cell.getBoundingClientRect(), box.getBoundingClientRect()];
        return [outer.left + a.left * scale - b.left, outer.top + a.top * scale - b.top];
    }"""
    assert all(abs(offset) < 4 for offset in page.eval_on_selector(".box.lit", script))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_runs_nothing_and_fetches_nothing(open_review: Open, kind: str) -> None:
    """`open_review` fails the test where anything is asked for or a dialog opens."""
    hostile = form_4().replace(b"<body>", f"<body>{HOSTILE[kind]}".encode())
    page = open_review(hostile)
    page.wait_for_timeout(100)
    assert page.evaluate("window.hurt") is None
    assert page.eval_on_selector("iframe", "frame => frame.contentDocument.scripts.length") == 0
    page.hover(PRICE)
    assert boxes(page)


def test_a_filing_whose_text_is_script_shows_it_as_text(open_review: Open) -> None:
    escaped = SHOWN.replace("<", "&lt;")
    page = open_review(form_4(security=escaped, symbol=escaped).replace(b"Sold under a plan.", escaped.encode()))
    assert page.evaluate("window.hurt") is None
    assert page.inner_text("#at-non_derivative-0-security_title .read") == SHOWN
    assert SHOWN in page.inner_text("#at-footnotes-0")
    page.focus("#at-non_derivative-0-security_title")
    page.focus("#at-footnotes-0")
    assert SHOWN in page.inner_text("#at-non_derivative") + page.inner_text("#inspector")
    page.dblclick("#at-footnotes-0")
    page.fill("#editor-value", SHOWN + "!")
    page.click("#editor button[value=keep]")
    assert page.inner_text("#at-footnotes-0 ins") == SHOWN + "!"
    assert page.evaluate("window.hurt") is None


def test_a_name_that_is_script_shows_as_text(open_review: Open, tmp_path: Path) -> None:
    """The name of a file comes from outside too."""
    named = tmp_path / "<img src=x onerror=alert(1)>.html"
    named.write_bytes((SAMPLES / SAMPLE).read_bytes())
    page = open_review(str(named))
    assert page.inner_text(".file").endswith(named.name)
