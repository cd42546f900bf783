"""What a writer asks of the thing it writes: a filing, the doubts about it, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from extractor.filing import Filing
from extractor.issues import Issue

_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")


class Document(Protocol):
    """A filing as it was read. `source` says of what: `file` is the name that tables show."""

    @property
    def filing(self) -> Filing:
        """What was read."""
        ...

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The doubts about it."""
        ...

    @property
    def needs_review(self) -> bool:
        """Whether any of them puts a value in doubt."""
        ...

    @property
    def source(self) -> Mapping[str, object]:
        """Where it came from."""
        ...


def source_name(document: Document) -> str:
    """What to call the document's source, without characters that a terminal would obey; bytes have no name."""
    return str(document.source.get("file") or "").translate(_CONTROLS)
