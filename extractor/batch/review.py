"""A reading comes in and its review page, deflated, goes out beside its document; also what of a run is reviewed.

The page is made where the document is open already, in the process that read it, and within the same limits.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

from extractor.batch.frames import Frame
from extractor.errors import ExtractorError, OutOfMemory, TimedOut, WorkerDied

if TYPE_CHECKING:
    from extractor.api import Extraction

INDEX: Final = "index.html"
What = Literal["doubt", "all"]

# Bytes of a page: three pages of a PDF take 0.3 MB and 60, the most that are drawn, 6 MB; browsers open ten times that.
LARGEST: Final = 24 * 2**20
# Deflated, so that a document and its page fit into one answer. Drawn pages pack to three quarters, saved ones to a
# tenth.
LARGEST_PACKED: Final = 12 * 2**20
# Deflate's fastest: the others save a hundredth of a picture.
_LEVEL: Final = 1
# What ends a reading that its page may be to blame for.
_LIMITS: Final = (TimedOut.__name__, OutOfMemory.__name__, WorkerDied.__name__)


class Review(NamedTuple):
    """The folder for the pages and their index, and what has a page: filings in doubt, or all that were read."""

    folder: Path
    what: What = "doubt"

    def seen_from(self, out: Path) -> list[str]:
        """For JSON, the folder told from `out`, so that both can be moved together."""
        return [os.path.relpath(self.folder, out), self.what]

    @classmethod
    def of(cls, told: object, out: Path) -> Review | None:
        """What `seen_from` made `told` of, or None."""
        if not isinstance(told, list):
            return None
        place, what = told
        return cls(Path(os.path.normpath(out / str(place))), cast(What, what))


def preload() -> None:
    """Imports what a page needs, before forking."""
    import importlib

    for name in ("PIL.PngImagePlugin", "extractor.review.page"):
        importlib.import_module(name)


def page_of(reading: Extraction, name: str, what: object) -> bytes:
    """The review page of a reading that is told as `name`, deflated; empty where none is asked for or can be made."""
    from extractor.review.page import review_page

    if not (what == "all" or (what == "doubt" and reading.needs_review)):
        return b""
    try:
        page = review_page(replace(reading, source={**reading.source, "file": name})).encode()
    except ExtractorError:  # a page that cannot be drawn; the index says that there is none
        return b""
    packed = zlib.compress(page, _LEVEL)
    return packed if len(page) <= LARGEST and len(packed) <= LARGEST_PACKED else b""


def unpacked(page: bytes) -> bytes:
    """The page's HTML; cut off beyond `LARGEST` bytes, for what a worker sends may be anything."""
    return zlib.decompressobj().decompress(page, LARGEST)


def parted(answer: Frame) -> tuple[bytes, bytes]:
    """The document and the page in a worker's answer; both may be empty."""
    length = answer.head.get("page")
    at = len(answer.body) - length if isinstance(length, int) and 0 < length <= len(answer.body) else len(answer.body)
    return answer.body[:at], answer.body[at:]


def may_be_to_blame(answer: Mapping[str, object]) -> bool:
    """Whether reading without making a page may end otherwise than in this answer."""
    return answer.get("error") in _LIMITS
