"""A record comes in; the name of a file that is made of it alone goes out."""

from __future__ import annotations

import re
from typing import Final

from extractor.batch.record import Record

# Of the content's hash: 64 bits are as good as unique for a million files.
_HASH_LETTERS: Final = 16
# File systems take 255 bytes; the hash, the suffix and a name while written aside want some 50.
_STEM_LETTERS: Final = 100
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def file_name(record: Record, suffix: str) -> str:
    """`<sha16>-<stem><suffix>`: of the hash of the record's content and what is safe of its name."""
    last = re.split(r"[\\/]", (record.member or record.uri).rstrip("/\\"))[-1]
    stem = _UNSAFE.sub("_", last.rpartition(".")[0] or last).strip("_")[:_STEM_LETTERS]
    return f"{record.sha256[:_HASH_LETTERS]}-{stem or 'filing'}{suffix}"
