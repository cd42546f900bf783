"""Streams that do not unpack to their ends are counted, whatever they draw; all others are left alone."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from extractor.issues import Code
from extractor.readers.pdf import read
from extractor.readers.pdf.streams import damaged_streams
from tests.readers.pdf.drawn import pdf_of, text

CONTENT = "\n".join(text(50, 20 + 2 * row, f"Row {row} of a page") for row in range(300)).encode()


def with_stream(packed: bytes, **entries: object) -> bytes:
    """A PDF of one page whose content is `packed` as it is."""
    pdf, out = pikepdf.open(io.BytesIO(pdf_of([text(50, 100, "Doe")]))), io.BytesIO()
    stream = pikepdf.Stream(pdf, packed)
    stream.Filter = pikepdf.Name.FlateDecode
    for name, value in entries.items():
        stream[f"/{name}"] = value
    pdf.pages[0].Contents = pdf.make_indirect(stream)
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def flipped(packed: bytes, at: int) -> bytes:
    return packed[:at] + bytes([packed[at] ^ 0x10]) + packed[at + 1 :]


def test_sound_streams_are_not_counted() -> None:
    assert damaged_streams(with_stream(zlib.compress(CONTENT))) == 0
    assert damaged_streams(pdf_of([text(50, 100, "Doe")])) == 0


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_stream_that_is_broken_off_or_changed_is_counted_and_told(share: float) -> None:
    packed = zlib.compress(CONTENT)
    at = int(share * len(packed))
    for damaged in (packed[:at], flipped(packed, at)):
        data = with_stream(damaged)
        assert damaged_streams(data) == 1
    issues = read(with_stream(packed[: int(0.95 * len(packed))])).issues
    assert [(issue.code, issue.path) for issue in issues] == [(Code.TEXT_LOST, "")]


def test_what_draws_no_text_is_not_asked() -> None:
    cut = zlib.compress(CONTENT)[:50]
    assert damaged_streams(with_stream(cut, Length1=500)) == 0  # a font
    assert damaged_streams(with_stream(cut, Subtype=pikepdf.Name.Image)) == 0
    assert damaged_streams(with_stream(cut, Subtype=pikepdf.Name.Form)) == 1
    assert damaged_streams(with_stream(cut) + b"/Encrypt") == 0


def test_no_more_is_unpacked_than_a_limit() -> None:
    packed = zlib.compress(CONTENT)
    assert damaged_streams(with_stream(packed[:-20])) == 1
    assert damaged_streams(with_stream(packed[:-20]), most=1000) == 0


def test_the_word_may_stand_anywhere() -> None:
    for data in (b"stream\n", b"d stream\n", b"end stream\n" + b" " * 3000 + b"stream\n", b"obj/FlateDecode stream\n"):
        assert damaged_streams(data) == (b"obj" in data)
