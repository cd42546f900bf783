"""Words of a page without rulings and the captions of its tables in; unruled grids out."""

from __future__ import annotations

from extractor.readers.heads import TableHeads

__all__ = ["TableHeads"]
