"""The filed XML of the corpus: read, written, and read out of a submission, it says the same, CIKs included."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.renderings import corpus_folder
from benchmarks.scoring import score
from extractor import extract
from extractor.filing.ownership_xml import to_xml
from tests.corpus.place import every
from tests.readers.test_submission import FACTS, HEADER, NC_HEADER, document, submitted

CIK = re.compile(rb"Cik>\s*(\d+)\s*<")
FILED = sorted(corpus_folder().glob("filings/*/ownership.xml"))


def ciks(xml: bytes) -> list[bytes]:
    """The CIKs of the issuer and of the owners, in order."""
    return CIK.findall(xml)


@pytest.mark.parametrize("path", FILED[:: every()], ids=lambda path: path.parent.name)
def test_filed_xml_is_read_as_it_is(path: Path) -> None:
    filed = path.read_bytes()
    for header in (None, HEADER, NC_HEADER):
        whole = filed if header is None else submitted(document(b"<XML>\n" + filed + b"\n</XML>"), header=header)
        result = extract(whole)
        written = to_xml(result.filing)
        assert score(filed, written).wrong == ()
        assert ciks(written) == ciks(filed) != []
        assert not result.needs_review
        assert header is None or {name: result.source[name] for name in FACTS} == FACTS


def test_the_corpus_has_filed_xml(corpus: Path) -> None:
    assert len(list(corpus.glob("filings/*/ownership.xml"))) == len(FILED) > 0
