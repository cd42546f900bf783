from __future__ import annotations

import pytest

from extractor.batch.frames import BadFrame, Frame, pack, unpack


def test_a_message_arrives_in_pieces() -> None:
    data = pack(Frame({"name": "é"}, b"body")) + pack(Frame({}, b""))
    received, found = bytearray(), []
    for byte in data:
        received.append(byte)
        if frame := unpack(received, 100):
            found.append(frame)
    assert found == [({"name": "é"}, b"body"), ({}, b"")]
    assert not received


@pytest.mark.parametrize("text", ["\ud800", "a\0b", "Zoë \U0001f600"])
def test_any_text_passes(text: str) -> None:
    frame = Frame({"name": text, "seconds": 0.1, "issues": 2**40, "error": None}, b"")
    assert unpack(bytearray(pack(frame)), 0) == frame


@pytest.mark.parametrize(
    "data",
    [
        b"\xff" * 8,
        b"\0\0\0\2\0\0\0\0[]",
        b"\0\0\0\2\0\0\0\0{\xff",
        b"\0\0\0\2\0\0\0\x65{}" + b"x" * 101,
        b"\0\3\0\0\0\0\0\0" + b"[" * 0x30000,
    ],
)
def test_what_is_no_message(data: bytes) -> None:
    with pytest.raises(BadFrame):
        unpack(bytearray(data), 100)
