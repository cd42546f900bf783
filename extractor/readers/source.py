"""From a path, bytes or standard input to the bytes of one document and what kind they are, told by content alone."""

from __future__ import annotations

import hashlib
import re
import stat
import sys
from os import PathLike
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from extractor.errors import DamagedSource, SourceTooLarge, SourceUnreadable, UnsupportedFormat

Kind = Literal["pdf", "html", "markdown"]
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


# What only Markdown has, at the beginning of a line or within: a pipe table's second line, a heading, bold text,
# escaped check lines or dollars, a footnote's mark, a picture.
_MARKDOWN = re.compile(
    rb"^[ \t|]*:?-{2,}:?[ \t]*\|[-:| \t]*\r?$|^#{1,6}\s|\*\*\S|\\[_$*|]|\[\^\d+\]|!\[[^\]]*\]\(|^<!-- image -->",
    re.MULTILINE,
)
# Bytes that no text has: controls but white space, escape and end of file.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1c-\x1f]")


class Source(NamedTuple):
    """A document's bytes, the name it goes by in messages, and its kind."""

    name: str
    data: bytes
    kind: Kind

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def open_source(given: str | PathLike[str] | bytes, kind: Kind | None = None) -> Source:
    """The document at a path, in bytes, or on standard input (`-`); of that `kind`, or what its content says.

    Raises SourceUnreadable, SourceTooLarge, DamagedSource (empty) or UnsupportedFormat.
    """
    if isinstance(given, bytes):
        name, data = "<bytes>", given
    elif given == "-":
        name, data = "<stdin>", sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        name, data = str(Path(given)), read_file(Path(given))
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"is larger than {MAX_BYTES // 2**20} MiB", source=name)
    told = sniff(data, name) if kind is None else kind
    return Source(name, data, told)


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
    head = data[:MARKUP_WITHIN]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")
    if _HTML.search(head) and (_PAGE.search(head) or not _MARKDOWN.search(head)):
        return "html"
    if _OWNERSHIP_XML.search(head):
        raise UnsupportedFormat(
            "is the filed XML itself", source=name, hint="it holds the data already; give the PDF or the HTML page"
        )
    if _NO_TEXT.search(head):
        raise UnsupportedFormat("is neither a PDF, nor an HTML page, nor text", source=name)
    return "markdown"  # any text is a page of Markdown; whether it is a form shows when it is fitted
