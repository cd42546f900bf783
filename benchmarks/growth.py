"""Nothing comes in; how the cost of an extraction grows with pages, rows and shapes, and where it stops, goes out.

The documents are made here: prints drawn by `benchmarks.drawn`, pages made of a sample whose row is repeated.
"""

from __future__ import annotations

import copy
import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from lxml import etree

from benchmarks import drawn
from benchmarks.timing import seconds_of, warm_up
from extractor import extract
from extractor.errors import ExtractorError

SAMPLE: Final = Path(__file__).resolve().parent.parent / "samples" / "qualys-2021-sec" / "ownership.xml"
PAGES: Final = (1, 2, 5, 10, 20, 50)
# EDGAR takes 30 rows a table; 60 is what both tables can hold.
ROWS: Final = (1, 5, 15, 30, 60)
SHAPES: Final = (100, 1_000, 5_000, 20_000, 50_000)
# Exponent of the cost between the middle and the largest size: 1 is linear, 2 quadratic. 0.9-1.1 is what noise makes
# of linear; rows compared with all rows of the pages before gave 2.8.
NEAR_LINEAR: Final = 1.25
# Seconds of one reading beyond which no larger size is tried: the shape of the curve is plain by then.
PATIENCE: Final = 5.0


class Point(NamedTuple):
    """The processor seconds that one document of `size` took; `error` is the type that reading ended in, or empty."""

    size: int
    seconds: float
    error: str


class Series(NamedTuple):
    """How cost grows with one thing that there is more of."""

    name: str
    unit: str
    points: tuple[Point, ...]

    @property
    def exponent(self) -> float:
        """The power of the size with which cost grows, between the middle and the last point; 0 for a single one."""
        last, middle = self.points[-1], self.points[(len(self.points) - 1) // 2]
        if last.size == middle.size:
            return 0.0
        return math.log(last.seconds / middle.seconds) / math.log(last.size / middle.size)

    @property
    def near_linear(self) -> bool:
        """Whether all sizes were read to the end and cost grew about as they did."""
        return self.exponent <= NEAR_LINEAR and not any(point.error for point in self.points)


class Stop(NamedTuple):
    """A document beyond a limit: what reading ended in, and after how many processor seconds."""

    name: str
    error: str
    seconds: float


def grow(rounds: int) -> Iterator[Series]:
    """Each series, measured."""
    yield _series("pages of a PDF", "pages", PAGES, drawn.form, rounds)
    yield _series("rows on one page of a PDF", "rows", ROWS, lambda rows: drawn.form(1, rows), rounds)
    yield _series("rows of an HTML page", "rows", ROWS, page_with_rows, rounds)
    yield _series("shapes on a page of a PDF", "shapes", SHAPES, drawn.with_shapes, rounds)


def stops() -> Iterator[Stop]:
    """What is beyond each stated limit, tried."""
    from extractor.readers import source
    from extractor.readers.html import dom
    from extractor.readers.pdf import ink

    too_many_tags = b"<!DOCTYPE html><title>SEC FORM 4</title>" + b"<p>" * (dom.MAX_TAGS + 1)
    beyond: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("shapes on a page", lambda: drawn.with_shapes(ink.MAX_OBJECTS + 1)),
        ("characters on a page", lambda: drawn.document([drawn.words(ink.MAX_CHARACTERS + 1)])),
        ("pages", lambda: drawn.form(ink.MAX_PAGES + 1, 1)),
        ("tags of an HTML page", lambda: too_many_tags),
        ("bytes", lambda: b"%PDF-1.4\n" + b"%" * source.MAX_BYTES),
    )
    for name, make in beyond:
        data = make()
        ended: list[str] = []
        seconds = seconds_of(lambda data=data, ended=ended: ended.append(_ends_in(data)))  # type: ignore[misc]
        yield Stop(name, ended[0], seconds)


def page_with_rows(count: int) -> bytes:
    """The SEC's page of a sample filing with `count` transactions in Table I."""
    from tools.make_samples.sec_page import render

    root = etree.fromstring(SAMPLE.read_bytes())
    rows = root.findall("nonDerivativeTable/nonDerivativeTransaction")
    table = rows[0].getparent()
    if table is None:
        raise ValueError("the sample has no Table I")
    for row in rows:
        table.remove(row)
    for _ in range(count):
        table.append(copy.deepcopy(rows[0]))
    return render(etree.tostring(root)).encode()


def _series(name: str, unit: str, sizes: Sequence[int], make: Callable[[int], bytes], rounds: int) -> Series:
    points: list[Point] = []
    for size in sizes:
        points.append(_point(size, make(size), rounds))
        if points[-1].seconds > PATIENCE:
            break
    return Series(name, unit, tuple(points))


def _point(size: int, data: bytes, rounds: int) -> Point:
    error = ""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "drawn")
        file.write_bytes(data)

        def read() -> None:
            nonlocal error
            error = _ends_in(file)

        first = seconds_of(read)
        if first > 1:  # noise is small beside a second, and rounds of many seconds add nothing
            return Point(size, first, error)
        repeats = warm_up(read)
        return Point(size, median(seconds_of(read, repeats) for _ in range(rounds)), error)


def _ends_in(given: Path | bytes) -> str:
    """The type of the error that extraction ends in; empty where it comes to its end."""
    try:
        extract(given)
    except ExtractorError as error:
        return type(error).__name__
    return ""
