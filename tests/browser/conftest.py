"""Fixtures: a headless Chromium, and the review of a document opened in it. Without a browser the tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from extractor.review.page import review_page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_review(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """`open_review("joint-many-rows/filing.pdf")` or `open_review(page_bytes)`: the review, ready to be used.

    A page that asks for anything beyond itself, logs an error or opens a dialog fails the test.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(given: str | bytes, **settings: Any) -> Any:
        file = tmp_path / "review.html"
        source = given if isinstance(given, bytes) else SAMPLES / given
        file.write_text(review_page(extract(source)), encoding="utf-8")
        context = browser.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _is_own(request.url, file) or complaints.append(f"asks for {request.url}"))
        page.on("pageerror", lambda error: complaints.append(f"fails: {error}"))
        page.on("console", lambda message: message.type == "error" and complaints.append(f"logs: {message.text}"))
        page.on("dialog", lambda dialog: (complaints.append(f"opens: {dialog.message}"), dialog.dismiss()))
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready] .box", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _is_own(url: str, file: Path) -> bool:
    return url == file.as_uri() or url.startswith(("data:", "blob:", "about:"))
