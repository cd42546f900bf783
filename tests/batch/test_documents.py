"""A document's way through a pipe: what comes out is what went in, whatever its texts hold."""

from __future__ import annotations

import json
import zlib

import pytest

from extractor.batch.documents import pack_document, unpack_document
from extractor.writers.json import document_to_dict
from tests.writers.made import DOCUMENT


def test_a_document_comes_out_as_it_went_in_but_for_its_name() -> None:
    document = document_to_dict(DOCUMENT)
    named = {**document, "source": {**DOCUMENT.source, "file": "a.zip!b.pdf"}}
    assert unpack_document(pack_document(DOCUMENT, "a.zip!b.pdf")) == named


def test_what_the_standard_reader_takes_is_taken() -> None:
    for told in ('{"a": NaN}', '{"a": "\\ud800"}', "[" * 300 + "]" * 300):
        assert repr(unpack_document(zlib.compress(told.encode()))) == repr(json.loads(told))


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        unpack_document(zlib.compress(b"no JSON"))
    with pytest.raises(zlib.error):
        unpack_document(b"no deflate")
