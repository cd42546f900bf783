"""A folder of samples or a corpus comes in; groups of files to be timed together go out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from benchmarks.peers import Kind, size_of
from benchmarks.renderings import PAGES, SCANS

_T = TypeVar("_T")
DENSEST: Final = "densest"
# Chromium prints with most pages that stand for the densest.
DENSE_FILES: Final = 3


class Group(NamedTuple):
    """Files of one printing, or picked for another reason; `pages` has each file's number of pages (1 for HTML)."""

    name: str
    kind: Kind
    files: tuple[Path, ...]
    pages: tuple[int, ...]

    @property
    def one_page(self) -> bool:
        """Whether all are PDFs of a single page."""
        return self.kind == "pdf" and set(self.pages) == {1}


def sample_groups(folder: Path) -> list[Group]:
    """The samples, by kind; nothing where there are none."""
    return _by_name({"samples": [file for file in sorted(folder.glob("*/filing*")) if file.suffix in PAGES]}, 0)


def corpus_groups(corpus: Path, files: int) -> list[Group]:
    """Of each printing `files` files, of one page where it has such, and the densest Chromium prints of all."""
    found: dict[str, list[Path]] = defaultdict(list)
    for file in sorted((corpus / "filings").glob("*/*")):
        if file.suffix in PAGES and not fnmatchcase(file.name, SCANS):
            found[file.name].append(file)
    for folder in ("genuine/html", "genuine/pdf", "genuine/pdf/*"):
        for file in sorted(corpus.glob(f"{folder}/*")):
            if file.suffix in PAGES:
                found[file.parent.relative_to(corpus).as_posix()].append(file)
    groups = _by_name(found, files)
    prints = [file for name, each in found.items() if fnmatchcase(name, "chromium*.pdf") for file in each]
    dense = sorted(prints, key=size_of, reverse=True)[:DENSE_FILES]
    if dense:
        groups.append(Group(DENSEST, "pdf", tuple(dense), tuple(size_of(file)[0] for file in dense)))
    return groups


def _by_name(found: dict[str, list[Path]], most: int) -> list[Group]:
    """A group a name and kind, PDFs first; of each up to `most` files, or all if that is 0."""
    groups = []
    for suffix in (".pdf", ".html"):
        kind: Kind = "pdf" if suffix == ".pdf" else "html"
        for name, files in found.items():
            sized = [(size_of(file)[0] if kind == "pdf" else 1, file) for file in files if file.suffix == suffix]
            fewest = min((pages for pages, _ in sized), default=1)
            # Prints of one page are what a bar asks for; printings that have none give their shortest.
            chosen = spread([one for one in sized if one[0] == fewest], most) if most else sized
            if chosen:
                pages, picked = zip(*chosen, strict=True)
                groups.append(Group(name, kind, picked, pages))
    return groups


def spread(items: Sequence[_T], most: int) -> list[_T]:
    """Up to `most` of the items, evenly from first to last."""
    if len(items) <= most:
        return list(items)
    return [items[(2 * number + 1) * len(items) // (2 * most)] for number in range(most)]
