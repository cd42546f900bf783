"""Records of the samples, as a batch hands them to the writers of parts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

import pytest

from extractor import ExtractorError, extract
from extractor.batch.documents import DOCUMENT, ROWS, pack_document, unpack_document
from extractor.batch.parts import FORMATS, require
from extractor.batch.record import Record
from extractor.errors import MissingExtra
from extractor.writers.json import dict_to_filing
from extractor.writers.sec_tables import unkeyed

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*/filing.html"))
FAILED = Record("bad.pdf", "", "f" * 64, 9, "failed", "DamagedSource", None)


def record_of(path: Path) -> Record:
    """The record of a file, its document as it comes back from a worker: through JSON."""
    size = path.stat().st_size
    uri = f"{path.parent.name}/{path.name}"
    try:
        result = extract(path)
    except ExtractorError as error:
        return Record(uri, "", "0" * 64, size, "failed", type(error).__name__, None)
    status = "in_doubt" if result.needs_review else "read"
    sent = unpack_document(pack_document(result, uri, (DOCUMENT, ROWS)))
    return Record(uri, "", str(result.source["sha256"]), size, status, "", *sent)


def with_filing(record: Record, **members: object) -> Record:
    """The record with other members of its filing."""
    assert record.document is not None
    plain = {**cast("dict[str, object]", record.document["filing"]), **members}
    return record._replace(
        document={**record.document, "filing": plain}, rows=unkeyed(dict_to_filing(plain), {"needs_review": False})
    )


def installed() -> list[str]:
    """The formats whose engines are installed."""
    found = []
    for name in FORMATS:
        try:
            require([name])
        except MissingExtra:
            continue
        found.append(name)
    return found


@cache
def _read() -> tuple[Record, ...]:
    return tuple(record_of(path) for path in SAMPLES)


def sample_records() -> list[Record]:
    """A record of every sample, one that failed and one that came before; the test is skipped without samples."""
    if not SAMPLES:
        pytest.skip("no samples here")
    return [*_read(), FAILED, _read()[0]._replace(uri="again.html", status="duplicate", document=None, rows=None)]
