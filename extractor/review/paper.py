"""A reading in; its left side out: the pictures of the pages or the saved page itself, ready to lay boxes over."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from extractor.layout.paper import MarkupPaper, PagedPaper, Paper
from extractor.markup import Element, element

if TYPE_CHECKING:
    from PIL.Image import Image

# Pixels a point. Table heads are printed in 5 points, which can be read from 1.7 on; a page of 24 rows has 75 kB then.
SCALE = 1.75
COLOURS = 16  # of a page's picture: black and grey of smoothed type, and the blue and green of values and marks
MOST_PAGES = 60  # drawn; a filing has 1 to 20, and a page beyond would make the file too large to be opened

_SANDBOX = "allow-same-origin"  # no scripts; the same origin, so that the review's own script can find the places


def shown(paper: Paper, name: str, places: Mapping[str, str]) -> list[Element]:
    """The pages as pictures, or the saved page in a frame with `places` marked, or a line where there is neither."""
    if isinstance(paper, PagedPaper):
        return _pages(paper, name)
    if isinstance(paper, MarkupPaper):
        frame = element(
            "iframe",
            sandbox=_SANDBOX,
            srcdoc=paper.page(places),
            title=f"{name} as saved",
            tabindex="-1",
            referrerpolicy="no-referrer",
        )
        return [element("figure", frame, class_="sheet saved", data_saved=True)]
    return [element("p", "The document itself was not kept.", class_="none")]


def _pages(paper: PagedPaper, name: str) -> list[Element]:
    sizes = paper.sizes()
    sheets = []
    for number, (width, height) in enumerate(sizes[:MOST_PAGES], 1):
        picture = element(
            "img",
            src=data_url(paper.picture(number, SCALE)),
            alt=f"Page {number} of {len(sizes)} of {name}",
            draggable="false",
        )
        sheets.append(
            element(
                "figure",
                picture,
                class_="sheet",
                data_page=str(number),
                data_width=f"{width:g}",
                data_height=f"{height:g}",
                style=f"--width:{width:g};--height:{height:g}",
            )
        )
    if len(sizes) > MOST_PAGES:
        sheets.append(element("p", f"{len(sizes) - MOST_PAGES} further pages are not drawn.", class_="none"))
    return sheets


def data_url(picture: Image) -> str:
    """The picture as a PNG of `COLOURS` colours, written into an address."""
    from PIL import Image

    few = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, "PNG", compress_level=6)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
