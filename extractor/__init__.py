"""Turns rendered SEC ownership filings (Forms 3, 4 and 5 as PDF, HTML pages or text) back into data.

from extractor import extract

result = extract("form4.pdf")
result.filing.issuer.name.value
result.filing.non_derivative[0].price_per_share.footnotes
result.needs_review, result.issues
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from extractor.version import __version__

if TYPE_CHECKING:
    from extractor.api import Extraction, extract, read
    from extractor.errors import ExitCode, ExtractorError
    from extractor.issues import Code, Issue, Severity

__all__ = ["Code", "ExitCode", "Extraction", "ExtractorError", "Issue", "Severity", "__version__", "extract", "read"]

# Where each public name lives. Loaded when it is first asked for: the command line's help and a shell's completion need
# none of them, and are there at once.
_ROOM_OF = {
    "Code": "extractor.issues",
    "ExitCode": "extractor.errors",
    "Extraction": "extractor.api",
    "ExtractorError": "extractor.errors",
    "Issue": "extractor.issues",
    "Severity": "extractor.issues",
    "extract": "extractor.api",
    "read": "extractor.api",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_ROOM_OF[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
