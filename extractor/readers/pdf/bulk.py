"""A function of pdfium's and what it is to be asked of, thousands of characters or shapes, in; columns of numbers out.

Asking is most of the time that is spent on a page beyond pdfium's own, so there are two ways to do it: `bulk_compiled`,
loops in C that were compiled when the package was installed, and `bulk_ctypes`, which needs no compiler. Both give the
same.

Functions named `_at` ask `function(handle, index, …)` for each index, those named `_of` ask `function(handle, …)` for
each handle. The functions asked must declare no argument types (see `bulk_ctypes`).
"""

from __future__ import annotations

from extractor.readers.pdf import bulk_compiled, bulk_ctypes
from extractor.readers.pdf.bulk_ctypes import pointer, start_of, steps_in, zeros

__all__ = [
    "answers_at",
    "answers_of",
    "columns_at",
    "columns_of",
    "matrices_at",
    "pointer",
    "points_in",
    "start_of",
    "steps_in",
    "zeros",
]

_way = bulk_compiled if bulk_compiled.available() else bulk_ctypes

# (function, code, width, handle, indices): the `width` numbers of type `code` that each call writes, as columns; zeros
# where it writes none.
columns_at = _way.columns_at
# (function, handle, spans, back, rise): the x and y that each call writes for the indices of some stretches, given by
# their starts and ends: the indices, the x, the y, and the places among them where inside a stretch x goes back by more
# than `back` or y changes by more than `rise`.
points_in = _way.points_in
# (function, code, width, handles): as `columns_at`, for each handle.
columns_of = _way.columns_of
# (function, handle, indices): the third and the fourth number of the matrix that each call writes.
matrices_at = _way.matrices_at
# (function, answer, handle, indices): what each call answers, a `handle` as a number, 0 for none.
answers_at = _way.answers_at
# (function, answer, handles): the same for each handle.
answers_of = _way.answers_of
