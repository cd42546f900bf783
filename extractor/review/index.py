"""Readings come in; a folder with a review of each and an index of all goes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import NamedTuple

from extractor.api import Extraction
from extractor.filing import Filing
from extractor.filing.notebook import shown, title_of
from extractor.issues import Severity
from extractor.markup import Element, element, html
from extractor.review.page import review_page
from extractor.writers.document import source_name

INDEX = "index.html"
_LONGEST = 80  # characters of a file's name; file systems take 255 bytes
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

WriteFile = Callable[[Path, bytes], None]


class Reviewed(NamedTuple):
    """A line of the index: the review's file (empty where there is none), what it is of, and how its reading ended.

    `status` and `error` are as in a batch's record.
    """

    file: str
    source: str
    title: str
    owners: str
    period: str
    doubts: int
    notes: int
    status: str = "read"
    error: str = ""


def write_reviews(readings: Iterable[Extraction], folder: Path, write: WriteFile) -> list[Reviewed]:
    """A page for every reading and an index of them in `folder`, written by `write`; the lines of the index.

    Readings are taken one by one, so an iterator may stand for more than fit into memory. Raises what `write` does.
    """
    lines = [write_review(reading, folder, write) for reading in readings]
    write(folder / INDEX, index_page(lines).encode())
    return lines


def write_review(reading: Extraction, folder: Path, write: WriteFile) -> Reviewed:
    """The page of one reading in `folder`, named after its source and the hash of its bytes; its line of the index."""
    source = source_name(reading)
    stem = re.sub(r"[^\w.-]+", "_", Path(source).stem)[:_LONGEST].strip("._") or "filing"
    name = f"{stem}-{str(reading.source.get('sha256') or '')[:12]}.html"
    write(folder / name, review_page(reading).encode())
    doubts = sum(issue.severity is Severity.DOUBT for issue in reading.issues)
    return line_of(reading.filing, name, source, doubts, len(reading.issues) - doubts)


def line_of(filing: Filing, file: str, source: str, doubts: int, notes: int) -> Reviewed:
    """The line of a filing that was read."""
    owners = "; ".join(shown(owner.name) for owner in filing.owners)
    return Reviewed(file, source, title_of(filing), owners, shown(filing.period_of_report), doubts, notes)


def index_page(lines: Iterable[Reviewed]) -> str:
    """The index as the text of an HTML file: what is in doubt first, else in the order given."""
    ordered = sorted(lines, key=lambda line: -line.doubts)
    doubtful = sum(line.doubts > 0 for line in ordered)
    told = f"{len(ordered)} filing{'' if len(ordered) == 1 else 's'}, {doubtful} in doubt"
    return "".join(index_parts([element("p", told)], ordered))


def index_parts(
    told: Iterable[Element], lines: Iterable[Reviewed], meaning: Callable[[str], str] = str
) -> Iterator[str]:
    """An index's HTML, piece by piece: what is `told` of all, and a row a line, in the order given.

    `meaning` says in a sentence what an error is, given the name of its class.
    """
    template = files("extractor.review").joinpath("index.html").read_text(encoding="utf-8")
    style = files("extractor.review").joinpath("page.css").read_text(encoding="utf-8")
    head, _, foot = template.partition("$rows")
    yield Template(head).substitute(policy=_POLICY, style=style, told="".join(map(html, told)))
    for line in lines:
        yield html(_row(line, meaning))
    yield foot


def _row(line: Reviewed, meaning: Callable[[str], str]) -> Element:
    title = line.title or meaning(line.error)
    return element(
        "tr",
        element("td", element("a", title, href=line.file) if line.file else title),
        element("td", line.owners),
        element("td", line.period),
        element("td", element("span", _verdict(line), class_=f"verdict {_look(line)}")),
        element("td", line.source),
    )


def _verdict(line: Reviewed) -> str:
    if line.error:
        return line.error
    found = f"{line.doubts} in doubt" if line.doubts else f"{line.notes} noted" if line.notes else "no doubt"
    return f"{found}, a copy" if line.status == "duplicate" else found


def _look(line: Reviewed) -> str:
    return "doubt" if line.doubts or line.error else "fine"
