"""A document comes in and a file's content goes out, in any of the formats that `FORMATS` names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from extractor.filing.ownership_xml import to_xml
from extractor.writers.document import Document
from extractor.writers.json import to_json, to_jsonl
from extractor.writers.markdown import to_markdown
from extractor.writers.tables import to_csv


class Writer(NamedTuple):
    """A format: its name, the suffix of its files, and the function that writes one document."""

    name: str
    suffix: str
    write: Callable[[Document], str | bytes]


def _xml(document: Document) -> bytes:
    return to_xml(document.filing)


def _csv(document: Document) -> str:
    return to_csv([document])


FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        writer.name: writer
        for writer in (
            Writer("json", ".json", to_json),
            Writer("jsonl", ".jsonl", to_jsonl),
            Writer("xml", ".xml", _xml),
            Writer("csv", ".csv", _csv),
            Writer("md", ".md", to_markdown),
        )
    }
)

__all__ = ["FORMATS", "Document", "Writer"]
