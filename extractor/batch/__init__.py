"""Archives of filings come in; data sets go out, one record an input, whatever the inputs are."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.batch.many import Outcome, extract_many
    from extractor.batch.options import Options
    from extractor.batch.record import Record
    from extractor.batch.review import Review
    from extractor.batch.run import coordinated, retry_batch, run_batch
    from extractor.batch.unit import work

__all__ = ["Options", "Outcome", "Record", "Review", "coordinated", "extract_many", "retry_batch", "run_batch", "work"]

# The command line names its commands at every start, and most starts read one file: the rest is loaded when asked for.
_HOMES = {
    "Options": "options",
    "Outcome": "many",
    "Record": "record",
    "Review": "review",
    "coordinated": "run",
    "extract_many": "many",
    "retry_batch": "run",
    "run_batch": "run",
    "work": "unit",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
