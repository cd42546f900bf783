"""What was read comes in and the bytes that a worker sends of it go out; and the other way: JSON, deflated.

A worker sends what the formats are made of: the document, the rows of its tables, or both.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from extractor.batch.frames import from_json, to_json

if TYPE_CHECKING:
    from extractor.writers.document import Document
    from extractor.writers.sec_tables import Unkeyed

DOCUMENT: Final = "document"
ROWS: Final = "rows"
# Deflate's fastest: a document's JSON of 20 KB becomes 3 KB in 0.1 ms; the slower levels save a tenth of that.
_LEVEL: Final = 1


class Unpacked(NamedTuple):
    """What a worker sent: the document as `writers.json.document_to_dict` tells it, its rows; None for what was not
    wanted.
    """

    document: dict[str, object] | None
    rows: Unkeyed | None


def pack_document(document: Document, name: str, wanted: Collection[str]) -> bytes:
    """The bytes of a document, under this name; of `DOCUMENT` and `ROWS` what is wanted."""
    parts = []
    if DOCUMENT in wanted:
        from extractor.writers.json_dense import to_dense_json

        parts.append(f'"{DOCUMENT}":{to_dense_json(document, file=name)}'.encode("ascii"))
    if ROWS in wanted:
        from extractor.writers.sec_tables import unkeyed

        known = {**document.source, "needs_review": document.needs_review}
        parts.append(b'"%b":%b' % (ROWS.encode(), to_json(unkeyed(document.filing, known, document.issues))))
    return zlib.compress(b"{%b}" % b",".join(parts), _LEVEL)


def unpack_document(packed: bytes) -> Unpacked:
    """What was packed. Raises ValueError, TypeError or zlib.error for other bytes."""
    told: Any = from_json(zlib.decompress(packed))
    if not isinstance(told, dict) or not told.keys() <= {DOCUMENT, ROWS}:
        raise TypeError("is nothing that was packed here")  # and would be written as a filing without rows
    rows = told.get(ROWS)
    if rows is not None:
        from extractor.writers.sec_tables import Unkeyed

        rows = Unkeyed(*rows)
    return Unpacked(told.get(DOCUMENT), rows)
