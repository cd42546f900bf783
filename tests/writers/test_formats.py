"""The registry: each format writes the document, under its own name and suffix."""

from __future__ import annotations

from extractor.filing.ownership_xml import from_xml
from extractor.writers import FORMATS
from tests.writers.made import DOCUMENT


def test_names_and_suffixes() -> None:
    assert {name: writer.suffix for name, writer in FORMATS.items()} == {
        "json": ".json",
        "jsonl": ".jsonl",
        "xml": ".xml",
        "csv": ".csv",
        "md": ".md",
    }
    assert all(writer.name == name for name, writer in FORMATS.items())


def test_each_writes_its_kind() -> None:
    written = {name: writer.write(DOCUMENT) for name, writer in FORMATS.items()}
    xml = written.pop("xml")
    assert isinstance(xml, bytes)
    assert from_xml(xml).non_derivative[0].transaction_code.value == "S"
    beginnings = {
        "json": '{\n  "needs_review"',
        "jsonl": '{"needs_review"',
        "csv": "source,form,",
        "md": "# SEC Form 4/A",
    }
    for name, text in written.items():
        assert isinstance(text, str)
        assert text.startswith(beginnings[name])
        assert text.endswith("\n")
