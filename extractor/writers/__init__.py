"""A document comes in and a file's content goes out, in any of the formats that `FORMATS` names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from extractor.writers.document import Document


class Writer(NamedTuple):
    """A format: its name, the suffix of its files, and the function that writes one document."""

    name: str
    suffix: str
    write: Callable[[Document], str | bytes]


# Each format is loaded when it is first written: a command that prints JSON needs no XML library.


def _json(document: Document) -> str:
    from extractor.writers.json import to_json

    return to_json(document)


def _jsonl(document: Document) -> str:
    from extractor.writers.json import to_jsonl

    return to_jsonl(document)


def _xml(document: Document) -> bytes:
    from extractor.filing.ownership_xml import to_xml

    return to_xml(document.filing)


def _csv(document: Document) -> str:
    from extractor.writers.tables import to_csv

    return to_csv([document])


def _markdown(document: Document) -> str:
    from extractor.writers.markdown import to_markdown

    return to_markdown(document)


FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        writer.name: writer
        for writer in (
            Writer("json", ".json", _json),
            Writer("jsonl", ".jsonl", _jsonl),
            Writer("xml", ".xml", _xml),
            Writer("csv", ".csv", _csv),
            Writer("md", ".md", _markdown),
        )
    }
)

__all__ = ["FORMATS", "Document", "Writer"]
