"""A document's way through a pipe: what comes out is what went in, whatever its texts hold."""

from __future__ import annotations

import json
import zlib

import pytest

from extractor.batch.documents import DOCUMENT, ROWS, Unpacked, pack_document, unpack_document
from extractor.batch.parts import FORMATS
from extractor.batch.shard import wanted
from extractor.writers.json import document_to_dict
from extractor.writers.sec_tables import unkeyed
from tests.writers.made import DOCUMENT as MADE

NAME = "a.zip!b.pdf"


def test_a_document_comes_out_as_it_went_in_but_for_its_name() -> None:
    named = {**document_to_dict(MADE), "source": {**MADE.source, "file": NAME}}
    assert unpack_document(pack_document(MADE, NAME, (DOCUMENT,))) == Unpacked(named, None)


def test_rows_come_out_as_they_went_in() -> None:
    sent = unpack_document(pack_document(MADE, NAME, (ROWS,)))
    assert sent.document is None
    made = unkeyed(MADE.filing, {**MADE.source, "needs_review": MADE.needs_review}, MADE.issues)
    assert sent.rows is not None
    assert list(sent.rows) == json.loads(json.dumps(made))
    assert unpack_document(pack_document(MADE, NAME, (DOCUMENT, ROWS))).rows == sent.rows


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_sent_what_it_is_made_of(name: str) -> None:
    assert wanted([name]) == ((ROWS,) if name in ("parquet", "tsv", "sqlite", "duckdb") else (DOCUMENT,))
    assert wanted([name, "jsonl", "tsv"]) == (DOCUMENT, ROWS)
    assert wanted([]) == ()


def test_what_the_standard_reader_takes_is_taken() -> None:
    for told in ('{"a": NaN}', '{"a": "\\ud800"}', "[" * 300 + "]" * 300):
        packed = zlib.compress(b'{"document": %b}' % told.encode())
        assert repr(unpack_document(packed).document) == repr(json.loads(told))


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        unpack_document(zlib.compress(b"no JSON"))
    for told in (b"[]", b'{"filing": {}}', b'{"rows": null, "filing": {}}'):
        with pytest.raises(TypeError, match="nothing that was packed here"):
            unpack_document(zlib.compress(told))
    with pytest.raises(TypeError):
        unpack_document(zlib.compress(b'{"rows": [1]}'))
    with pytest.raises(zlib.error):
        unpack_document(b"no deflate")
