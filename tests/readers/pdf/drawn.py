"""Words and whole PDFs drawn by hand for the tests: every letter is half an em wide."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pikepdf
from pikepdf import Dictionary, Name

from extractor.layout import PLAIN
from extractor.readers.pdf.ink import Piece
from extractor.readers.pdf.lines import Strip
from extractor.readers.pdf.words import Word

LETTER = 0.5


def word(text: str, x: float, y: float, size: float = 10.0, order: int = 0, **changes: object) -> Word:
    """A word whose first letter stands at (`x`, `y`)."""
    xs = tuple(x + LETTER * size * index for index in range(len(text)))
    made = Word(x, x + LETTER * size * len(text), y, y, size, text, PLAIN, 1, order, xs=xs)
    return made._replace(**changes)  # type: ignore[arg-type]


def words(text: str, x: float, y: float, size: float = 10.0, order: int = 0) -> list[Word]:
    """The words of a line of text, a quarter of an em apart."""
    out: list[Word] = []
    for number, part in enumerate(text.split()):
        out.append(word(part, x, y, size, order + number))
        x = out[-1].x1 + 0.25 * size
    return out


def lines(*texts: str, x: float = 0.0, y: float = 10.0, size: float = 10.0, pitch: float = 11.5) -> list[Word]:
    """Lines of text under each other."""
    return [each for row, text in enumerate(texts) for each in words(text, x, y + row * pitch, size, order=100 * row)]


def strip(text: str, x: float = 0.0, y: float = 10.0, size: float = 10.0) -> Strip:
    return Strip(words(text, x, y, size))


def piece(text: str, x: float, y: float, size: float = 10.0, before: str = "\n", **changes: object) -> Piece:
    xs = tuple(x + LETTER * size * index for index in range(len(text)))
    made = Piece(text, xs, x + LETTER * size * len(text), y, size, PLAIN, before, False)
    return made._replace(**changes)  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------------------------------
# whole documents


def text(x: float, y: float, string: str, size: float = 8.0) -> str:
    """Content that draws a string at `y` points from the top of a page 800 points high."""
    escaped = string.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F {size} Tf 1 0 0 1 {x} {800 - y} Tm ({escaped}) Tj ET"


def touching(first: int | None, second: int | None) -> str:
    """Content that draws VANCOUVER and A1 without a gap, each as marked content with a number; None: not marked."""
    content = ["BT /F 10 Tf 1 0 0 1 50 700 Tm"]
    for string, number in (("VANCOUVER", first), ("A1", second)):
        show = f"({string}) Tj"
        content.append(show if number is None else f"/P <</MCID {number}>> BDC {show} EMC")
    return " ".join([*content, "ET"])


def bar(x0: float, top: float, x1: float, bottom: float) -> str:
    """Content that fills a rectangle."""
    return f"{x0} {800 - bottom} {x1 - x0} {bottom - top} re f"


def frame(x0: float, top: float, x1: float, bottom: float) -> list[str]:
    """Content that draws four borders, half a point thick."""
    return [
        bar(x0 - 0.25, top - 0.25, x1 + 0.25, top + 0.25),
        bar(x0 - 0.25, bottom - 0.25, x1 + 0.25, bottom + 0.25),
        bar(x0 - 0.25, top - 0.25, x0 + 0.25, bottom + 0.25),
        bar(x1 - 0.25, top - 0.25, x1 + 0.25, bottom + 0.25),
    ]


def pdf_of(*pages: Iterable[str], links: Sequence[tuple[float, float, float, float, str]] = (), low: int = 0) -> bytes:
    """A PDF of pages 600 × 800 points, each of some content in Helvetica; `links` lie on the first. The lower edge of
    pages is at `low` in their own space."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    for content in pages:
        pdf.add_blank_page(page_size=(600, 800))
        leaf = pdf.pages[-1]
        leaf.MediaBox = pikepdf.Array([0, low, 600, low + 800])
        leaf.Resources = Dictionary(Font=Dictionary({"/F": font}))
        leaf.Contents = pdf.make_stream("\n".join(content).encode("cp1252"))
    if links:
        pdf.pages[0].Annots = pdf.make_indirect(
            pikepdf.Array(
                [
                    Dictionary(
                        Type=Name.Annot,
                        Subtype=Name.Link,
                        Rect=pikepdf.Array([x0, 800 - bottom, x1, 800 - top]),
                        A=Dictionary(S=Name.URI, URI=pikepdf.String(uri)),
                    )
                    for x0, top, x1, bottom, uri in links
                ]
            )
        )
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()
