"""A document's way through a pipe: what comes out is what went in, whatever its texts hold."""

from __future__ import annotations

import json
import zlib

import pytest

from extractor.batch.documents import pack_document, unpack_document
from extractor.writers.json import document_to_dict
from tests.writers.made import DOCUMENT


def test_a_document_comes_out_as_it_went_in() -> None:
    document = document_to_dict(DOCUMENT)
    assert unpack_document(pack_document(document)) == document


@pytest.mark.parametrize("text", ["\ud800", "a\0b", "\ufffe\uffff", "Zoë \U0001f600", '"\\\n'])
def test_any_text_passes(text: str) -> None:
    document = {"filing": {"remarks": {"value": text, "at": [{"page": 1, "bbox": [0.1, 72.0, 306.12, 7e-5]}]}}}
    assert unpack_document(pack_document(document)) == document


def test_what_the_standard_reader_takes_is_taken() -> None:
    for told in ('{"a": NaN}', '{"a": "\\ud800"}', "[" * 300 + "]" * 300):
        assert repr(unpack_document(zlib.compress(told.encode()))) == repr(json.loads(told))


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        unpack_document(zlib.compress(b"no JSON"))
    with pytest.raises(zlib.error):
        unpack_document(b"no deflate")
