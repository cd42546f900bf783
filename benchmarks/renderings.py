"""A corpus folder comes in; its renderings go out, each with the filed XML that says what it should read as."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

FILED = "ownership.xml"
PAGES = (".html", ".pdf")
# Image-only renderings: they have no text, and reading them is another task than this one.
SCANS = "scan*"


def corpus_folder() -> Path:
    """Where the corpus is looked for: $EXTRACTOR_CORPUS, or `../shared/corpus` beside the repository."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    return Path(os.environ.get("EXTRACTOR_CORPUS") or beside)


class Rendering(NamedTuple):
    """A file to read, how it was drawn, which filing it shows, and that filing's XML."""

    file: Path
    printing: str
    filing: str
    truth: Path


def renderings(corpus: Path) -> list[Rendering]:
    """Every rendering with a filed XML, by printing and filing; an empty list where there is no such folder.

    A printing is a file's name in `filings/<id>/`, else the folder it lies in (`genuine/html`).
    """
    found = [
        Rendering(file, file.name, file.parent.name, file.parent / FILED)
        for file in sorted((corpus / "filings").glob("*/*"))
        if file.suffix in PAGES and not fnmatchcase(file.name, SCANS)
    ]
    for folder in ("genuine/html", "genuine/pdf"):
        found += [
            Rendering(file, folder, file.stem, file.with_suffix(".xml"))
            for file in sorted((corpus / folder).glob("*"))
            if file.suffix in PAGES
        ]
    return sorted((each for each in found if each.truth.is_file()), key=lambda each: (_order(each), each.filing))


def select(found: Iterable[Rendering], printings: Sequence[str] = (), every: int = 1) -> list[Rendering]:
    """The renderings of the printings named (shell patterns; none means all), and of each every `every`-th."""
    named = [each for each in found if not printings or any(fnmatchcase(each.printing, name) for name in printings)]
    groups = groupby(sorted(named, key=lambda each: (_order(each), each.filing)), key=lambda each: each.printing)
    return [each for _, group in groups for each in list(group)[::every]]


def _order(rendering: Rendering) -> tuple[bool, str, str]:
    """Pages before prints, genuine files last."""
    return rendering.printing.startswith("genuine"), rendering.file.suffix, rendering.printing
