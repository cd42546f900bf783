"""A stand-in whose module takes long to load, as engines do on a busy machine."""

from __future__ import annotations

import time
from collections.abc import Mapping

from extractor.batch.frames import Frame

LOADED_IN = 0.8  # seconds
time.sleep(LOADED_IN)


def echo(_head: Mapping[str, object], body: bytes) -> Frame:
    """The body, as text."""
    return Frame({"status": "read", "told": body.decode()}, b"")
