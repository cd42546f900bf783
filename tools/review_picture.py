"""A sample filing comes in and a picture of its review goes out, as the documentation shows it.

`python -m tools.review_picture [FILE.png]` draws it anew in a headless Chromium, by Playwright (the extra `test`).
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from extractor import extract
from extractor.review.page import review_page

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "qualys-2021-sec" / "filing.pdf"
PICTURE = ROOT / "docs" / "review.png"
IN_HAND = "#at-non_derivative-0-price_per_share"  # a price whose footnote tells what it is the average of
WIDTH, HEIGHT = 1400, 880  # pixels of the window
COLOURS = 64  # of the picture: type, lines and five washes; a quarter of the bytes that all colours take
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def draw(to: Path = PICTURE) -> None:
    """Write the picture to a file. Raises FileNotFoundError where there is no browser."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise FileNotFoundError("no Chromium on this machine")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "review.html"
        file.write_text(review_page(extract(SAMPLE)).replace(str(SAMPLE), "form4.pdf"), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=found, args=["--headless", "--no-sandbox", "--disable-gpu"])
        to.write_bytes(_few_colours(_shot(browser, file)))
        browser.close()


def _shot(browser: Any, file: Path) -> bytes:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce")
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready] .box")
    page.focus(IN_HAND)
    shot: bytes = page.screenshot()
    return shot


def _few_colours(png: bytes) -> bytes:
    buffer = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    # by coverage: the rare colours of what is lit would otherwise be merged with others
    few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


if __name__ == "__main__":
    draw(*map(Path, sys.argv[1:2]))
