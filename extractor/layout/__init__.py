"""The meeting point: what is on the paper, whether it came from an HTML page or a PDF.

Below it there are points and DOM nodes; above it only rows, columns, lines and slots.
"""

from extractor.layout.bbox import BBox
from extractor.layout.grid import Block, Cell, Grid, lines_of, runs_of, slots, texts_of
from extractor.layout.location import (
    HtmlLocation,
    Location,
    PdfLocation,
    indent,
    space_between,
    stands_before,
)
from extractor.layout.sheet import Layout, Sheet
from extractor.layout.text import PLAIN, Join, Line, Run, Segment, Style, Tick, joined, squeeze

__all__ = [
    "PLAIN",
    "BBox",
    "Block",
    "Cell",
    "Grid",
    "HtmlLocation",
    "Join",
    "Layout",
    "Line",
    "Location",
    "PdfLocation",
    "Run",
    "Segment",
    "Sheet",
    "Style",
    "Tick",
    "indent",
    "joined",
    "lines_of",
    "runs_of",
    "slots",
    "space_between",
    "squeeze",
    "stands_before",
    "texts_of",
]
