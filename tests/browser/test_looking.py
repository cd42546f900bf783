"""Looking at a review in a real browser: pointing, focusing, keys, issues, and how it is drawn."""

from __future__ import annotations

import pytest

from extractor import read
from extractor.readers.pdf.paper import PdfPaper
from tests.browser.conftest import Open
from tests.browser.desk import PRICE, boxes, focused, inside, lit, related
from tests.pages import FORM_4, IN_DOUBT, form_4

SAMPLE = "qualys-2021-sec/filing.pdf"
THREE_PAGES = "many-footnotes/filing-weasyprint.pdf"
JOINT = "joint-many-rows/filing.pdf"


def test_pointing_at_a_value_lights_its_box_and_its_footnote(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.hover(PRICE)
    assert lit(page) == [PRICE[1:]]
    assert related(page) == ["at-footnotes-0"]
    assert set(boxes(page)) == {"Table I, row 1: Price"}
    assert set(boxes(page, "related")) == {"Footnote 1"}
    assert "weighted average price" in page.inner_text("#inspector")
    page.hover("h1")
    assert (lit(page), boxes(page), related(page)) == ([], [], [])


def test_pointing_at_a_box_lights_its_value(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.locator(".box[aria-label='Table I, row 2: Amount']").first.hover()
    assert lit(page) == ["at-non_derivative-1-shares"]
    page.locator(".box[aria-label='Table I, row 2: Amount']").first.click()
    assert focused(page) == "at-non_derivative-1-shares"


def test_pointing_at_a_footnote_lights_what_cites_it(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.hover("#at-footnotes-1")
    assert related(page) == ["at-non_derivative-1-price_per_share"]
    assert set(boxes(page, "related")) == {"Table I, row 2: Price"}


def test_a_mark_leads_to_its_footnote(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.click(f"{PRICE} + .marks a")
    assert focused(page) == "at-footnotes-0"


def test_focus_lights_as_pointing_does(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.focus(PRICE)
    page.mouse.move(2, 2)
    assert lit(page) == [PRICE[1:]]
    assert related(page) == ["at-footnotes-0"]
    assert boxes(page)


def test_tab_reaches_every_value_that_there_is(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.focus("#transcript")
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(focused(page))
    there = page.eval_on_selector_all(".value:not(.empty)", "all => all.map(each => each.id)")
    assert set(there) <= reached


def test_keys_go_through_all_values_and_to_their_boxes_and_back(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    second = focused(page)
    assert first != second
    page.keyboard.press("k")
    assert focused(page) == first
    page.focus(PRICE)
    page.keyboard.press("b")
    label = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(label) == "Table I, row 1: Price"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    other = page.evaluate(label)
    assert other != "Table I, row 1: Price"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.title").startswith(other)
    page.keyboard.press("Escape")
    assert lit(page) == []


def test_an_empty_value_can_be_reached_with_keys(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.focus("#at-non_derivative-0-transaction_date")
    page.keyboard.press("j")
    assert focused(page) == "at-non_derivative-0-deemed_execution_date"
    assert page.evaluate("document.activeElement.ariaLabel") == "Table I, row 1: Deemed execution date: nothing read"


def test_single_keys_can_be_switched_off(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.keyboard.press("?")
    page.uncheck("#single-keys")
    page.click("#help button")
    page.focus(PRICE)
    page.keyboard.press("a")
    assert page.inner_text("#count") == "0"


def test_an_issue_leads_to_its_place(open_review: Open) -> None:
    page = open_review(IN_DOUBT)
    assert page.inner_text("#verdict").startswith("1 in doubt")
    page.click("#issues a")
    assert focused(page) == PRICE[1:]
    assert "settled" not in page.get_attribute("#issue-0", "class")
    assert boxes(page)
    assert "unreadable-value" in page.inner_text("#inspector")


def test_the_next_doubt_by_key_and_by_button(open_review: Open) -> None:
    page = open_review(form_4(price="$173.14.7").replace(b"1,057", b"1,O57"))
    doubts = page.eval_on_selector_all("#issues li.doubt", "all => all.length")
    assert doubts >= 2
    page.keyboard.press("n")
    first = focused(page)
    page.click("#next-doubt")
    assert focused(page) != first
    assert "Doubt 2 of" in page.inner_text("#status")
    page.click("#previous-doubt")
    assert focused(page) == first


def test_a_filing_without_doubt_says_so(open_review: Open) -> None:
    page = open_review(FORM_4)
    page.keyboard.press("n")
    assert page.inner_text("#status") == "Nothing is in doubt."


def test_three_pages_have_three_pictures_and_their_boxes(open_review: Open) -> None:
    page = open_review(THREE_PAGES)
    for sheet in page.query_selector_all(".sheet"):
        assert sheet.query_selector("img").evaluate("picture => picture.complete && picture.naturalWidth > 600")
        assert len(sheet.query_selector_all(".box")) > 5
    assert len(page.query_selector_all(".sheet")) == 3
    page.focus("#at-signatures-0-name")
    assert inside(page, ".box.lit", "#paper")
    assert page.eval_on_selector(".box.lit", "box => box.closest('.sheet').dataset.page") == "3"


def test_boxes_stand_where_the_ink_is(open_review: Open) -> None:
    """The picture under a lit box is darker than paper, and the strip left of the page's text is not."""
    page = open_review(SAMPLE)
    script = """box => {
        const picture = box.closest('.sheet').querySelector('img');
        const sheet = box.closest('.sheet').dataset;
        const canvas = document.createElement('canvas');
        const scale = picture.naturalWidth / sheet.width;
        const at = ['x', 'y', 'width', 'height'].map(name => box.getAttribute(name) * scale);
        canvas.width = picture.naturalWidth;
        canvas.height = picture.naturalHeight;
        const pen = canvas.getContext('2d');
        pen.drawImage(picture, 0, 0);
        const dark = area => pen.getImageData(...area).data.filter((value, at) => at % 4 === 1 && value < 128).length;
        return [dark(at), dark([0, 0, 20 * scale, picture.naturalHeight])];
    }"""
    page.focus("#at-owners-0-name")
    ink, margin = page.eval_on_selector(".box.lit", script)
    assert ink > 50
    assert margin == 0


def test_a_joint_filing_shows_every_person(open_review: Open) -> None:
    page = open_review(JOINT)
    heads = page.eval_on_selector_all("#transcript h2", "all => all.map(each => each.textContent)")
    assert [head for head in heads if head.startswith("Reporting person")] == [
        f"Reporting person {number}" for number in (1, 2, 3, 4)
    ]
    page.focus("#at-owners-3-name")
    # on this page the CIK is read from the link around the name
    assert set(boxes(page)) == {"Reporting person 4: CIK, Reporting person 4: Name"}
    assert inside(page, ".box.lit", "#paper")
    assert page.locator("#at-non_derivative tbody tr").count() == 24


def test_dark_by_preference_and_by_key(open_review: Open) -> None:
    page = open_review(SAMPLE, color_scheme="dark")
    shade = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(shade)
    page.keyboard.press("t")
    light = page.evaluate(shade)
    assert max(int(each) for each in dark[4:-1].split(",")) < 60
    assert min(int(each) for each in light[4:-1].split(",")) > 200
    assert page.get_attribute("#theme", "aria-pressed") == "false"


def test_zoom_enlarges_page_and_boxes_alike(open_review: Open) -> None:
    page = open_review(SAMPLE)
    width = "document.querySelector('.sheet img').getBoundingClientRect().width"
    box = "document.querySelector('.box').getBoundingClientRect().width"
    before, box_before = page.evaluate(width), page.evaluate(box)
    page.click("#larger")
    page.keyboard.press("+")
    assert page.evaluate(width) / before == pytest.approx(1.44, abs=0.02)
    assert page.evaluate(box) / box_before == pytest.approx(1.44, abs=0.05)
    page.keyboard.press("0")
    assert page.evaluate(width) == pytest.approx(before, abs=1)


def test_print_leaves_the_tools_away_and_keeps_the_pages(open_review: Open) -> None:
    page = open_review(SAMPLE)
    page.emulate_media(media="print")
    assert not page.is_visible(".tools")
    assert not page.is_visible("#inspector")
    assert page.is_visible(".sheet img")
    assert page.eval_on_selector("#transcript", "part => getComputedStyle(part).overflowY") == "visible"


def test_printed_pages_do_not_overlap_what_follows_them(open_review: Open) -> None:
    page = open_review(THREE_PAGES)
    printed = PdfPaper(page.pdf())
    words = [text for text in (line.text for line in read(printed.data).lines()) if text]
    assert "Footnotes (34)" in words
    assert len(printed.sizes()) >= 3 + 1  # the document's pages, and then the filing


def test_every_control_has_a_name_for_screen_readers(open_review: Open) -> None:
    page = open_review(JOINT)
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, a, input, rect, iframe, [role]')]
        .filter(each => !(each.textContent.trim() || each.ariaLabel || each.title || each.labels?.length
            || each.getAttribute('aria-labelledby') || each.matches('[role=status], [role=alert]')))
        .map(each => each.outerHTML)""")
    assert nameless == []
    assert page.get_by_role("button", name="Save corrections").count() == 1
    assert page.get_by_role("table", name="Table I: non-derivative securities").count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.eval_on_selector(
        PRICE, "value => document.getElementById(value.getAttribute('aria-describedby')).tagName"
    )
