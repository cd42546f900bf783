"""What became of one input: where it stands, its content's hash, how its reading ended, and the document read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor import errors
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.writers.sec_tables import Unkeyed


def name_of(uri: str, member: str) -> str:
    """What an input is called in messages and in its document."""
    return f"{uri}!{member}" if member else uri


class Record(NamedTuple):
    """One input and its outcome; every input has exactly one.

    `uri` names the file or archive, `member` the file inside it (empty where there is none), `size` is in bytes.
    `status` is `read`, `in_doubt`, `failed` or `duplicate` (the content came before; `document` is None and the row of
    the same `sha256` holds it). `error` is the class of the error of a failed input, else empty; `document` is what
    `writers.json.document_to_dict` gives and `rows` what its tables hold, each where what is made of a record needs it;
    `page` is its review page in HTML, deflated, where one was asked for.
    """

    uri: str
    member: str
    sha256: str
    size: int
    status: str
    error: str
    document: dict[str, object] | None
    rows: Unkeyed | None = None
    page: bytes | None = None

    @property
    def name(self) -> str:
        """What the input is called in messages."""
        return name_of(self.uri, self.member)


def typed(name: str, message: str, hint: str, source: str = "") -> ExtractorError:
    """The error that was recorded under its class's name."""
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, ExtractorError) and kind is not errors.MissingExtra:
        return kind(message, source=source, hint=hint)
    return ExtractorError(message, source=source, hint=hint)
