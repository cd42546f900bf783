"""What is to be asked of pdfium for all letters or drawings of a page in; numbers out, in points from its top left.

Asking is most of the time that is spent on a page beyond pdfium's own, so there are two ways to do it: `bulk_compiled`,
loops in C that were compiled when the package was installed, and `bulk_ctypes`, which needs no compiler. Both give the
same. pdfium's functions that are asked so must declare no argument types (see `bulk_ctypes`).
"""

from __future__ import annotations

from extractor.readers.pdf import bulk_compiled, bulk_ctypes
from extractor.readers.pdf.bulk_ctypes import (
    FORM,
    IMAGE,
    PATH,
    Box,
    Drawn,
    Look,
    Looks,
    Matrix,
    applied,
    pointer,
    start_of,
    zeros,
)

__all__ = [
    "FORM",
    "IMAGE",
    "PATH",
    "Box",
    "Drawn",
    "Letters",
    "Look",
    "Looks",
    "Matrix",
    "applied",
    "characters",
    "drawn_in",
    "floats_at",
    "pointer",
    "start_of",
    "zeros",
]

_way = bulk_compiled if bulk_compiled.available() else bulk_ctypes

# (pdfium, text page, number of characters): the page's text, a character each; a space for what is none.
characters = _way.characters
# (pdfium, text page, its text, frame, back, rise): the characters of a page but for white space. `starts` and `ends`
# are those of runs of them, cut at white space, behind a currency sign, and where x goes back by more than `back` or y
# changes by more than `rise`; `indices`, `xs` and `ys` are the characters of all runs with their origins.
#   touching(): the numbers of runs that may be two cells that touch: the last two characters, a capital and a capital
#   or digit, are of another marked content than the first.
#   looks(starts, ends): how such runs are drawn, which may have been cut further.
Letters = _way.Letters
# (pdfium, the function that gets an object, page or form, number of objects, a form's matrix, frame): what is drawn.
drawn_in = _way.drawn_in
# (function, width, text page, indices): the `width` floats that function(page, index, …) writes for each, as columns.
floats_at = _way.floats_at
