"""A stand-in for a process that a document has taken over: it answers before it has read its task."""

from __future__ import annotations

import os
from collections.abc import Mapping

from extractor.batch.frames import Frame, pack
from extractor.batch.worker import ANSWERS, READY

os.write(ANSWERS, pack(Frame({READY: 0}, b"")) + pack(Frame({"status": "read", "told": "early"}, b"")))


def echo(_head: Mapping[str, object], body: bytes) -> Frame:
    """How much there was to read."""
    return Frame({"status": "read", "told": len(body)}, b"")
