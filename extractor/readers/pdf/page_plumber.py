"""PDF bytes in; the ink of each page out, as `page.read_pages` gives it, but read by pdfplumber: a second opinion.

The only module that imports pdfplumber, and pdfminer.six and Pillow, which it brings. Nothing but the types and the
limits is shared with `page`, so a fault of either engine, or of the use made of it, shows as a difference between the
readings. pdfplumber needs some 30 times as long, and it cannot be stopped inside a page: a hostile file is held by the
limits of the process alone.
"""

from __future__ import annotations

import io
import logging
import struct
import warnings
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice, pairwise
from math import atan2, pi
from typing import Any, Final, NamedTuple
from unicodedata import normalize

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from PIL import Image, UnidentifiedImageError

from extractor.errors import DamagedSource, EncryptedSource, NoTextLayer, SourceTooLarge
from extractor.layout import PLAIN, Style
from extractor.readers.pdf.glyphs import LEVEL, Glyph, pieces_of
from extractor.readers.pdf.ink import SAME, SLANT
from extractor.readers.pdf.page import (
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_OBJECTS,
    MAX_PAGES,
    MAX_SEGMENTS,
    SMALL_PICTURE,
    THIN,
    Link,
    PageInk,
    Picture,
    Shape,
)

SIDE: Final = 1.0  # points: thickness given to the sides of a stroked rectangle
WHITE: Final = 250  # of 255, in every channel: ink nobody sees
QUARTER: Final = pi / 2
MAX_PIXELS: Final = 1_000_000  # of one picture; check boxes have 225

_SERIF, _ITALIC, _FORCE_BOLD = 2, 64, 1 << 18  # font descriptor flags, ISO 32000-1 table 123
_IMAGE: Final = ("Width", "W"), ("Height", "H"), ("BitsPerComponent", "BPC"), ("ColorSpace", "CS")
_ALTERS: Final = ("Mask", "Decode", "D")  # what gives an image's samples another meaning
_MODES: Final = {"DeviceGray": "L", "G": "L", 1: "L", "DeviceRGB": "RGB", "RGB": "RGB", 3: "RGB"}  # by name, or ICC's N
_UNDECODED: Final = {"JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "CCF"}
_UNDEFINED: Final = "(cid:"  # what pdfminer writes for a glyph of which the file does not say what character it is

# What damaged files make pdfplumber and pdfminer raise: beside their own, 13 kinds were seen on 334 hostile files, all
# of these families. A MemoryError is told apart.
_BROKEN: Final = (
    *(PdfminerException, MalformedPDFException, PSException),
    *(TypeError, ValueError, LookupError, AttributeError, AssertionError, ArithmeticError, OSError, RuntimeError),
    *(EOFError, StopIteration, struct.error, zlib.error, UnidentifiedImageError, Image.DecompressionBombError),
)

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

for _name in ("pdfminer", "pdfplumber"):  # what they warn of is no news to a user; a caller's own handlers still get it
    logging.getLogger(_name).addHandler(logging.NullHandler())


def read_pages(data: bytes) -> tuple[list[PageInk], dict[str, str]]:
    """The ink of every page of a PDF, and the file's own words about itself.

    Raises EncryptedSource, DamagedSource, SourceTooLarge (also where memory ends) and NoTextLayer, as the first reader.
    """
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"{len(data)} bytes, limit {MAX_BYTES}")
    with _guarded("the PDF cannot be opened"):
        pdf = pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False)
        fonts = pdf.rsrcmgr = _Fonts()
        count = sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), MAX_PAGES + 1))
        texts = {name.lower(): pdf.metadata.get(name) for name in ("Title", "Producer", "Creator", "Subject", "Author")}
        properties = {name: text.strip() for name, text in texts.items() if isinstance(text, str) and text.strip()}
    if count < 1:
        raise DamagedSource("the PDF has no pages")
    if count > MAX_PAGES:
        raise SourceTooLarge(f"more than {MAX_PAGES} pages")
    properties["pages"] = str(count)
    pages: list[PageInk] = []
    with _guarded("a page cannot be read"):
        for stored in pdf.pages:
            page = _upright(stored)
            pages.append(_read_page(page, fonts))
            page.close()
            stored.close()
    if not any(page.pieces for page in pages):
        raise NoTextLayer("no page has any characters")
    return pages, properties


@contextmanager
def _guarded(message: str) -> Iterator[None]:
    """Whatever the engine raises inside becomes an error of ours."""
    try:
        yield
    except MemoryError as error:
        raise SourceTooLarge("the PDF needs more memory than there is") from error
    except _BROKEN as error:
        causes = set(map(type, _causes(error)))
        if causes & {PDFPasswordIncorrect, PDFEncryptionError}:
            raise EncryptedSource("the PDF needs a password, or its encryption is of an unknown kind") from error
        if MemoryError in causes:
            raise SourceTooLarge("the PDF needs more memory than there is") from error
        raise DamagedSource(message) from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it wraps; pdfplumber puts pdfminer's into its own as an argument."""
    found: BaseException | None = error
    for _ in range(10):
        if found is None:
            return
        yield found
        inner = found.args[0] if found.args and isinstance(found.args[0], BaseException) else None
        found = inner or found.__cause__ or found.__context__


class _Fonts(PDFResourceManager):
    """pdfminer's store of fonts, which also keeps what pdfplumber's characters do not carry: by font name, the style
    and the descent ÷ size, where the boxes of its characters begin.
    """

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, tuple[Style, float]] = {}

    def get_font(self, objid: Any, spec: Any) -> Any:
        font = super().get_font(objid, spec)
        name = str(font.fontname)
        if name not in self.known:
            self.known[name] = _font_style(name, font.flags), font.get_descent()
        return font


def _font_style(name: str, flags: int) -> Style:
    lowered = name.lower()
    return PLAIN._replace(
        bold="bold" in lowered or bool(flags & _FORCE_BOLD),
        italic="italic" in lowered or "oblique" in lowered or bool(flags & _ITALIC),
        serif="sans" not in lowered and (bool(flags & _SERIF) or "times" in lowered or "serif" in lowered),
    )


class _Frame(NamedTuple):
    """From pdfplumber's coordinates to points from the displayed page's top left corner.

    pdfminer turns the page and measures from the media box's bottom left; what is displayed is the crop box. `left` and
    `top` are its corner as pdfminer counts; `shift` and `height` undo what pdfplumber adds to that.
    """

    turn: Matrix  # from page space to pdfminer's
    left: float
    top: float
    size: tuple[float, float]
    shift: tuple[float, float]
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Of a point as pdfminer counts."""
        return x - self.left, self.top - y

    def box(self, item: dict[str, Any]) -> Box:
        """Of one of pdfplumber's objects."""
        x0, x1 = item["x0"] - self.shift[0], item["x1"] - self.shift[0]
        return x0 - self.left, self.top - item["y1"], x1 - self.left, self.top - item["y0"]

    def points(self, item: dict[str, Any]) -> list[tuple[float, float]]:
        """The corners of one of pdfplumber's lines, rectangles or curves."""
        dx, dy = self.shift
        return [self.point(x - dx, dy + self.height - y) for x, y in item["pts"]]

    def turned(self, box: Box) -> Box:
        """Of a box in page space."""
        x0, y0, x1, y1 = _turned(self.turn, box)
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0


def _frame(page: Any) -> _Frame:
    x0, y0, x1, y1 = page.page_obj.mediabox
    turn = {
        90: (0.0, -1.0, 1.0, 0.0, -y0, x1),
        180: (-1.0, 0.0, 0.0, -1.0, x1, y1),
        270: (0.0, 1.0, -1.0, 0.0, y1, -x0),
    }.get(page.rotation, (1.0, 0.0, 0.0, 1.0, -x0, -y0))
    media, crop = _turned(turn, page.page_obj.mediabox), _turned(turn, page.page_obj.cropbox)
    left, low = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= low:  # a crop box beside the page crops nothing
        left, low, right, top = media
    return _Frame(turn, left, top, (right - left, top - low), page.mediabox[:2], page.height)


def _turned(turn: Matrix, box: Box) -> Box:
    a, b, c, d, e, f = turn
    xs = [a * x + c * y + e for x, y in (box[:2], box[2:])]
    ys = [b * x + d * y + f for x, y in (box[:2], box[2:])]
    return min(xs), min(ys), max(xs), max(ys)


# ---------------------------------------------------------------------------------------------------------------------
# one page


def _upright(page: Any) -> Any:
    """The page, turned by as many quarters as most of its characters are."""
    if len(page.chars) > MAX_CHARACTERS:
        raise SourceTooLarge(f"{len(page.chars)} characters on a page, limit {MAX_CHARACTERS}")
    turns = Counter(round(atan2(*reversed(item["matrix"][:2])) / QUARTER) % 4 for item in page.chars)
    turn = max(turns, key=turns.__getitem__, default=0)
    if not turn:
        return page
    stored = page.page_obj  # pdfminer asks the one, pdfplumber the other
    stored.rotate = stored.attrs["Rotate"] = (page.rotation + 90 * turn) % 360
    return type(page)(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _read_page(page: Any, fonts: _Fonts) -> PageInk:
    objects = page.objects
    if sum(map(len, objects.values())) - len(page.chars) > MAX_OBJECTS:
        raise SourceTooLarge(f"more than {MAX_OBJECTS} objects on a page")
    frame = _frame(page)
    level = [item for item in page.chars if not _is_slanted(item)]
    slanted = "".join(item["text"] for item in page.chars if _is_slanted(item))
    pieces = list(pieces_of(_glyphs(level, fonts, frame)))
    shapes = [
        shape
        for drawn in (page.rects, page.lines, page.curves)
        for item in drawn
        if _visible(item)
        for shape in _shapes(item, frame)
    ]
    pictures = [Picture(*box, *_pixels(image["stream"])) for image in page.images if _is_small(box := frame.box(image))]
    return PageInk(page.page_number, *frame.size, pieces, shapes, pictures, list(_links(page, frame)), slanted)


def _is_slanted(item: dict[str, Any]) -> bool:
    """Whether a character runs slantwise."""
    less, more = sorted(map(abs, item["matrix"][2:4]))
    return bool(less > SLANT * more)


def _glyphs(characters: Iterable[dict[str, Any]], fonts: _Fonts, frame: _Frame) -> Iterator[Glyph]:
    styles: dict[tuple[str, object], Style] = {}
    for item in characters:
        name, colour = str(item["fontname"]), item["non_stroking_color"]
        plain, descent = fonts.known.get(name, (PLAIN, 0.0))
        style = styles.get((name, repr(colour)))
        if style is None:
            style = styles[name, repr(colour)] = plain._replace(colour="#{:02x}{:02x}{:02x}".format(*_rgb(colour)))
        x, y = frame.point(*item["matrix"][4:])
        text = (
            "\ufffd"
            if item["text"].startswith(_UNDEFINED)
            else "".join(item["text"].replace("\0", " ").translate(SAME).split())
        )
        if "\ufb00" <= text <= "\ufb06":  # a ligature of Latin letters
            text = normalize("NFKC", text)
        upright = item["upright"]
        x1 = item["x1"] - frame.shift[0] - frame.left if upright else x
        size = item["size"] if upright else min(item["width"], item["height"])
        if upright and descent:  # the text rise (ISO 32000-1, 9.3.7) is in the box, but not in the matrix
            rise = item["y0"] - item["matrix"][5] - descent * size
            y -= rise if abs(rise) > LEVEL else 0.0
        yield Glyph(text, x, x1, y, size, style, item.get("mcid"))


def _rgb(colour: object) -> tuple[int, ...]:
    """Red, green and blue, 0 to 255, of a colour of one, three or four components; a pattern counts as black."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    values = [min(max(value, 0.0), 1.0) for value in parts if isinstance(value, int | float)]
    if len(values) == 4:
        values = [(1 - value) * (1 - values[3]) for value in values[:3]]
    values = {1: values * 3, 3: values}.get(len(values), [0.0] * 3)
    return tuple(round(255 * value) for value in values)


# ---------------------------------------------------------------------------------------------------------------------
# shapes, pictures and links


def _visible(item: dict[str, Any]) -> bool:
    """Whether a path is drawn in a colour that shows on white."""
    colour = item["stroking_color"] if item["stroke"] else item["non_stroking_color"]
    return bool(item["stroke"] or item["fill"]) and min(_rgb(colour)) < WHITE


def _shapes(item: dict[str, Any], frame: _Frame) -> Iterator[Shape]:
    """A thin path itself, the sides of a stroked rectangle, or the straight segments of another stroked path."""
    points = frame.points(item)
    if not 1 < len(points) <= MAX_SEGMENTS:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
    if min(x1 - x0, bottom - top) <= THIN:
        yield Shape(x0, top, x1, bottom)
    elif item["object_type"] == "rect" and item["stroke"]:
        half = SIDE / 2
        for y in (top, bottom):
            yield Shape(x0 - half, y - half, x1 + half, y + half)
        for x in (x0, x1):
            yield Shape(x - half, top - half, x + half, bottom + half)
    elif item["stroke"]:
        for (ax, ay), (bx, by) in pairwise(points):
            if min(abs(ax - bx), abs(ay - by)) <= THIN:
                yield Shape(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _is_small(box: Box) -> bool:
    sides = sorted((box[2] - box[0], box[3] - box[1]))
    return SMALL_PICTURE[0] <= sides[0] and sides[1] <= SMALL_PICTURE[1]


def _pixels(stream: Any) -> tuple[int, bytes]:
    """Width and luminance of a picture's pixels, transparent ones white; (0, b"") if it cannot be decoded.

    JPEG and plain samples of 8 bits in gray or RGB are decoded; others (palettes, CMYK, stencils, JBIG2, fax) leave it
    undecided what the check box shows that the picture may be.
    """
    try:
        image = _decoded(stream)
        if (mask := resolve1(stream.get_any(("SMask",)))) is not None:
            image = Image.composite(image, Image.new("L", image.size, 255), _decoded(mask).resize(image.size))
    except (*_BROKEN, MemoryError):
        return 0, b""
    return image.width, image.tobytes()


def _decoded(stream: Any) -> Image.Image:
    """An image XObject in gray. Raises ValueError for a kind that is not decoded."""
    width, height, bits, space = (resolve1(stream.get_any(names)) for names in _IMAGE)
    kinds = {str(getattr(name, "name", name)) for name, _ in stream.get_filters()}
    colours = resolve1(space[1]).get("N") if isinstance(space, list) else getattr(space, "name", None)
    mode = _MODES.get(colours)
    plain = bits == 8 and stream.get_any(_ALTERS) is None and not kinds & _UNDECODED
    if mode is None or not plain or not 0 < width * height <= MAX_PIXELS:
        raise ValueError("a kind of image that is not decoded")
    data = stream.get_data()
    if kinds & {"DCTDecode", "DCT"}:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            if picture.size != (width, height) or picture.mode != mode:
                raise ValueError("a JPEG that is not what its dictionary says")
            return picture.convert("L")
    return Image.frombytes(mode, (width, height), data).convert("L")


def _links(page: Any, frame: _Frame) -> Iterator[Link]:
    """The page's links to an address; none where an annotation is damaged, for pdfplumber gives all or nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an address that is no text
            links = page.hyperlinks
        rects = [frame.turned(link["data"]["Rect"]) for link in links]
    except _BROKEN:
        return
    for link, rect in zip(links, rects, strict=True):
        yield Link(*rect, str(link["uri"]))
