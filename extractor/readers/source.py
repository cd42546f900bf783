"""From a path, bytes or standard input to the bytes of one document and what kind they are, told by content alone."""

from __future__ import annotations

import hashlib
import re
import stat
import sys
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args

from extractor.errors import DamagedSource, SourceTooLarge, SourceUnreadable, UnsupportedFormat
from extractor.issues import Issue

Kind = Literal["pdf", "html", "markdown", "text", "xml", "submission"]

# What `--from` takes: a kind said beforehand, instead of told by content.
KINDS: tuple[Kind, ...] = get_args(Kind)

# Bytes. The largest genuine filing seen has 1.3 MB, scans of long ones some 20 MB.
MAX_BYTES = 50 * 1024 * 1024

# Bytes in which the signature of a PDF may start (ISO 32000-1, implementation note 13).
SIGNATURE_WITHIN = 1024

# Bytes at the beginning of a page in which its markup must show; saved pages start with comments and scripts.
MARKUP_WITHIN = 64 * 1024

_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|title)\b", re.IGNORECASE)
# What a page of HTML as a whole has; a table alone may stand in Markdown, too.
_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_OWNERSHIP_XML = re.compile(rb"<\s*ownershipDocument\b")
# An ASCII filing marks columns by <S> and <C>, pages by <PAGE>; it has <TABLE> in common with HTML, but no rows.
_TEXT_TAGS = re.compile(rb"^[ \t]*<(?:S|C|CAPTION|PAGE)>", re.MULTILINE | re.IGNORECASE)
_ROWS = re.compile(rb"<\s*(?:!doctype|html|head|body|tr|td)\b", re.IGNORECASE)
_SUBMISSION = re.compile(
    rb"^(?:<(?:SEC-DOCUMENT|SEC-HEADER|IMS-DOCUMENT|IMS-HEADER|SUBMISSION|DOCUMENT)>"
    rb"|-----BEGIN PRIVACY-ENHANCED MESSAGE-----)",
    re.MULTILINE,
)
# The borders of a grid that an ASCII filing draws with pipes.
_TEXT_GRID = re.compile(rb"^[ \t]*[+|][-=]{2,}\+", re.MULTILINE)
# Control characters that no text has; line ends, tabs, form feeds, the end mark of DOS and escapes may stand in one.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")

_BLANKS = b"\xef\xbb\xbf \t\r\n"

# Signatures of kinds that users take for filings, and what to say of them.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or print the document to PDF"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "print it to PDF"),
    (b"\x89PNG", "a picture", "recognise its text with an OCR tool first"),
    (b"\xff\xd8\xff", "a picture", "recognise its text with an OCR tool first"),
    (b"II*\x00", "a picture", "recognise its text with an OCR tool first"),
    (b"{\\rtf", "a rich text document", "print it to PDF"),
)


# What only Markdown has, at the beginning of a line or within: a pipe table's second line (dashes in every cell), a
# heading, bold text, escaped check lines or dollars, a footnote's mark, a picture.
_MARKDOWN = re.compile(
    rb"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?[ \t]*)?\r?$"
    rb"|^#{1,6}\s|\*\*\S|\\[_$*|]|\[\^\d+\]|!\[[^\]]*\]\(|^<!-- image -->",
    re.MULTILINE,
)

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Source(NamedTuple):
    """A document's bytes, the name it goes by in messages, and its kind.

    Of a document out of a submission, `facts` is what the submission's header says, `whole` the hash of the submission
    and `issues` what is in doubt about the choice of the document.
    """

    name: str
    data: bytes
    kind: Kind
    facts: Mapping[str, Any] = _NOTHING
    whole: str = ""
    issues: tuple[Issue, ...] = ()

    @property
    def sha256(self) -> str:
        """Of the bytes as they were given: of the submission, where the document came in one."""
        return self.whole or hashlib.sha256(self.data).hexdigest()


def open_source(given: str | PathLike[str] | bytes, kind: Kind | None = None) -> Source:
    """The document at a path, in bytes, or on standard input (`-`); of a submission, the form's document in it.

    `kind` says what it is; None leaves that to its content. Raises SourceUnreadable, SourceTooLarge, DamagedSource
    (empty), UnsupportedFormat, and NotAnOwnershipForm for a submission without a form's document.
    """
    if isinstance(given, bytes):
        name, data = "<bytes>", given
    elif given == "-":
        name, data = "<stdin>", sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        name, data = str(Path(given)), read_file(Path(given))
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"is larger than {MAX_BYTES // 2**20} MiB", source=name)
    source = Source(name, data, kind or sniff(data, name))
    return _out_of(source) if source.kind == "submission" else source


def _out_of(source: Source) -> Source:
    """The form's document of a submission."""
    from extractor.readers.submission import find_form

    found = find_form(source.data, source.name, sniff)
    return Source(source.name, found.data, found.kind, found.facts, source.sha256, found.issues)


def read_file(path: Path) -> bytes:
    """The bytes of a regular file within the limits. Raises SourceUnreadable or SourceTooLarge."""
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise SourceUnreadable("is no regular file", source=str(path))
        if info.st_size > MAX_BYTES:
            raise SourceTooLarge(f"is larger than {MAX_BYTES // 2**20} MiB", source=str(path))
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "cannot be opened"
        raise SourceUnreadable(reason[0].lower() + reason[1:], source=str(path)) from error


def sniff(data: bytes, name: str = "") -> Kind:
    """The kind of a document by its content; names lie (EDGAR serves HTML under `.xml`)."""
    if not data.strip(b"\0 \t\r\n"):
        raise DamagedSource("is empty", source=name)
    for signature, what, hint in _OTHERS:  # first: an archive may hold a PDF as it is
        if data.startswith(signature):
            raise UnsupportedFormat(f"is {what}", source=name, hint=hint)
    if b"%PDF-" in data[:SIGNATURE_WITHIN]:
        return "pdf"
    marked = _markup_of(data[:MARKUP_WITHIN])
    if marked is not None:
        return marked
    if _NO_TEXT.search(data[:MARKUP_WITHIN]) is None and not data.lstrip(_BLANKS).startswith(b"<?xml"):
        return "text"
    raise UnsupportedFormat("is neither a PDF nor an HTML page nor text", source=name)


def _markup_of(head: bytes) -> Kind | None:
    """The kind of markup that comes first at the beginning of a document; None where there is none."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")
    head = head.removeprefix(b"\xef\xbb\xbf")
    places: list[tuple[int, Kind]] = []
    if (found := _SUBMISSION.search(head[:SIGNATURE_WITHIN])) is not None:
        places.append((found.start(), "submission"))
    if (found := _OWNERSHIP_XML.search(head)) is not None:
        places.append((found.start(), "xml"))
    if (found := _HTML.search(head)) is not None and (_ROWS.search(head) or not _TEXT_TAGS.search(head)):
        # a table alone may stand in Markdown, too
        markdown = not _PAGE.search(head) and _MARKDOWN.search(head)
        places.append((found.start(), "markdown" if markdown else "html"))
    if places:
        return min(places)[1]
    drawn = _TEXT_TAGS.search(head) or _TEXT_GRID.search(head)
    return "markdown" if _MARKDOWN.search(head) and not drawn else None
