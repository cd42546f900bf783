"""Messages between the supervisor and its workers: a JSON head and a body of bytes, each with its length before it.

JSON and never pickle: what a worker sends may have been chosen by the document that it was reading.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Final, NamedTuple

import pydantic_core

_LENGTHS: Final = struct.Struct(">II")
LENGTHS: Final = _LENGTHS.size
# Bytes of a head. Names of 4 KiB and messages of a line are the most that one holds.
HEAD: Final = 256 * 1024


class Frame(NamedTuple):
    """A message: what is said of the body, and the body."""

    head: dict[str, object]
    body: bytes


class BadFrame(ValueError):
    """Bytes that are no message within its bounds."""


def to_json(value: object) -> bytes:
    """JSON as pydantic writes it, in a fifth of the standard library's time."""
    try:
        return pydantic_core.to_json(value)
    except ValueError:  # half a surrogate pair, which a PDF's text may hold, is no UTF-8
        return json.dumps(value, separators=(",", ":")).encode()


def from_json(data: bytes) -> Any:
    """What `to_json` wrote, in two thirds of the standard library's time. Raises ValueError for what is no JSON."""
    try:
        return pydantic_core.from_json(data, cache_strings="keys")
    except ValueError:  # it takes no half pairs either, and no more than 200 levels
        return json.loads(data)


def pack(frame: Frame) -> bytes:
    """The bytes of a message."""
    head = to_json(frame.head)
    return _LENGTHS.pack(len(head), len(frame.body)) + head + frame.body


def lengths(data: bytes | bytearray, body: int) -> tuple[int, int]:
    """Lengths of head and body, from the first `LENGTHS` bytes. Raises BadFrame where one is beyond bounds."""
    head_length, body_length = _LENGTHS.unpack_from(data)
    if head_length > HEAD or body_length > body:
        raise BadFrame("a message is longer than allowed")
    return head_length, body_length


def unpack(data: bytearray, body: int) -> Frame | None:
    """The message at the start of `data`, which is taken away from it; None while it is not whole.

    Raises BadFrame for what is none, and for a body of more than `body` bytes.
    """
    if len(data) < LENGTHS:
        return None
    head_length, body_length = lengths(data, body)
    end = LENGTHS + head_length + body_length
    if len(data) < end:
        return None
    try:
        head = from_json(bytes(data[LENGTHS : LENGTHS + head_length]))
    except (ValueError, RecursionError) as error:
        raise BadFrame("a message's head is no JSON") from error
    if not isinstance(head, dict):
        raise BadFrame("a message's head is no object")
    frame = Frame(head, bytes(data[LENGTHS + head_length : end]))
    del data[:end]
    return frame
