"""From the bytes of a full EDGAR submission to the form's document in it, its kind, and what the header says.

A submission is SGML in name only: a header of `KEY: value` lines (`.txt`) or of `<KEY>value` lines (`.nc`), then one
`<DOCUMENT>` after the other, each with tags of a line each and its content between `<TEXT>` and `</TEXT>`.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.errors import DamagedSource, NotAnOwnershipForm, UnsupportedFormat
from extractor.issues import Code, Issue

if TYPE_CHECKING:
    from extractor.readers.source import Kind

# Documents of one submission that are looked at: ownership filings have 1 to 20, exhibits included.
MOST_DOCUMENTS = 500

# Bytes of a header that are read: that of ten owners has some 12 kB.
LONGEST_HEADER = 256 * 1024

_FORM_TYPE = re.compile(r"(?:FORM\s+)?([345])(?:/A)?", re.IGNORECASE)
_DOCUMENT = re.compile(rb"<DOCUMENT>[ \t]*\r?\n?(.*?)(?:</DOCUMENT>|(?=<DOCUMENT>)|\Z)", re.DOTALL)
_TAG = re.compile(rb"^<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>[ \t]*([^\r\n]*)", re.MULTILINE)
_TEXT = re.compile(rb"<TEXT>[ \t]*\r?\n?(.*?)(?:\r?\n?</TEXT>|\Z)", re.DOTALL)
_INNER = re.compile(rb"<(XML|PDF|XBRL)>")
_UU_BEGIN = re.compile(rb"begin [0-7]{3,4} [^\r\n]*\r?\n")
_ACCESSION = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}")

# Which of several documents of the form's type holds it: data before pages, pages before pictures of them.
_RANKS: Mapping[str, int] = {"xml": 0, "html": 1, "text": 2, "pdf": 3}


class Document(NamedTuple):
    """A document of a submission: its tags and the bytes between `<TEXT>` and `</TEXT>`."""

    type: str
    name: str
    data: bytes

    @property
    def is_form(self) -> bool:
        """Whether its type is that of a Form 3, 4 or 5."""
        return _FORM_TYPE.fullmatch(self.type.strip()) is not None


class Found(NamedTuple):
    """The form's document, unpacked; `facts` as `Extraction.source` has them."""

    data: bytes
    kind: Kind
    facts: Mapping[str, Any]
    issues: tuple[Issue, ...]


def find_form(data: bytes, name: str, sniff: Callable[[bytes, str], Kind]) -> Found:
    """The document of a submission that is the form; `sniff` tells the kind of what is in it.

    Raises NotAnOwnershipForm where no document is a form's, DamagedSource where the form's cannot be unpacked.
    """
    documents = list(documents_of(data, name))
    typed = [document for document in documents if document.is_form]
    if not typed:  # a document cut out of its submission may have lost its type
        typed = [document for document in documents if not document.type]
    known: list[tuple[Document, bytes, Kind]] = []
    unread: UnsupportedFormat | DamagedSource | None = None
    for document in typed:
        try:
            inner = unpacked(document.data, name)
            kind = sniff(inner, name)
            # EDGAR takes no Markdown: what looks like it is a text with asterisks or pipes
            known.append((document, inner, "text" if kind == "markdown" else kind))
        except (UnsupportedFormat, DamagedSource) as error:
            unread = error
    known = sorted((each for each in known if each[2] in _RANKS), key=lambda each: _RANKS[each[2]])
    if not known:
        if unread is not None:
            raise unread
        types = ", ".join(dict.fromkeys(document.type or "?" for document in documents)) or "none"
        raise NotAnOwnershipForm(f"no document of the submission is a Form 3, 4 or 5 (types: {types})", source=name)
    chosen, inner, kind = known[0]
    facts = {**header_facts(data), "document": chosen.name or None}
    rivals = [each for each in known[1:] if each[2] == kind and each[1] != inner]
    issues = (
        (Issue(Code.TEXT_LOST, "", f"{len(rivals)} further documents of the form's type were not read"),)
        if rivals
        else ()
    )
    return Found(inner, kind, {key: value for key, value in facts.items() if value}, issues)


def documents_of(data: bytes, name: str) -> Iterator[Document]:
    """The documents of a submission in order. Raises DamagedSource for one of too many."""
    for number, match in enumerate(_DOCUMENT.finditer(data)):
        if number == MOST_DOCUMENTS:
            raise DamagedSource(f"has more than {MOST_DOCUMENTS} documents", source=name)
        content = match[1]
        text = _TEXT.search(content)
        tags = {key.decode(): _word(value) for key, value in _TAG.findall(content[: text.start() if text else None])}
        yield Document(tags.get("TYPE", ""), tags.get("FILENAME", ""), text[1] if text else b"")


def _word(value: bytes) -> str:
    return value.decode("latin-1").strip()


def unpacked(data: bytes, name: str = "") -> bytes:
    """The content of a `<TEXT>`: out of its inner `<XML>` or `<PDF>`, uudecoded where it is so.

    Raises DamagedSource for an encoding that is broken.
    """
    inner = data.strip()
    if (tag := _INNER.match(inner)) is not None:
        inner = data = inner[tag.end() :].removesuffix(b"</" + tag[1] + b">").strip()
    begin = _UU_BEGIN.match(inner)
    return data if begin is None else _uudecoded(inner[begin.end() :], name)


def _uudecoded(data: bytes, name: str) -> bytes:
    """The bytes behind a uuencoded text; never more than three quarters of it."""
    out: list[bytes] = []
    for line in data.splitlines():
        if line.strip() == b"end":
            return b"".join(out)
        if line:
            out.append(_uudecoded_line(line, name))
    raise DamagedSource("holds a uuencoded document that has no end", source=name)


def _uudecoded_line(line: bytes, name: str) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some encoders leave rubbish behind the line's own length, or mail has eaten blanks at its end.
        length = (line[0] - 32) & 63
        wanted = (length * 4 + 2) // 3 + 1
        try:
            return binascii.a2b_uu(line[:wanted])
        except binascii.Error as error:
            raise DamagedSource("holds a uuencoded document that is broken", source=name) from error


# --- the header

# What is told of the submission, by the words of both headers: `KEY:` and `<KEY>`.
_FACTS = {
    "ACCESSION NUMBER": "accession_number",
    "ACCESSION-NUMBER": "accession_number",
    "CONFORMED SUBMISSION TYPE": "form_type",
    "TYPE": "form_type",
    "CONFORMED PERIOD OF REPORT": "period_of_report",
    "PERIOD": "period_of_report",
    "FILED AS OF DATE": "filing_date",
    "FILING-DATE": "filing_date",
    "SEC FILE NUMBER": "file_number",
    "FILE-NUMBER": "file_number",
}
_DATES = ("period_of_report", "filing_date")
_PARTIES = {
    "ISSUER": "issuer_cik",
    "SUBJECT COMPANY": "issuer_cik",
    "SUBJECT-COMPANY": "issuer_cik",
    "REPORTING-OWNER": "owner_ciks",
    "REPORTING OWNER": "owner_ciks",
    "FILED BY": "owner_ciks",
    "FILED-BY": "owner_ciks",
    "FILER": "filer_ciks",
}
_CIK_KEYS = ("CENTRAL INDEX KEY", "CIK")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_KEYED = re.compile(r"<([A-Z-]+)>(.*)|([A-Z][A-Z /-]*):(.*)")


def header_facts(data: bytes) -> dict[str, Any]:
    """What the header of a submission says: accession number, form type, dates (ISO), file number and CIKs.

    What it does not say is not in the result.
    """
    until = data.find(b"<DOCUMENT>")
    header = data[: until if until >= 0 else None][:LONGEST_HEADER].decode("latin-1")
    facts: dict[str, Any] = {}
    party = ""
    for key, value in _keyed_lines(header):
        if key in _PARTIES and not value:
            party = _PARTIES[key]
        elif key in _CIK_KEYS and value.isdigit():
            _add_cik(facts, party, value.zfill(10))
        elif key in _FACTS and value:
            facts.setdefault(_FACTS[key], value)
        elif key in ("SEC-DOCUMENT", "SEC-HEADER") and (number := _ACCESSION.match(value)) is not None:
            facts.setdefault("accession_number", number[0])
    for name in _DATES:
        if name in facts:
            day = _DAY.fullmatch(facts[name])
            facts[name] = "-".join(day.groups()) if day else None
    return {name: value for name, value in facts.items() if value}


def _keyed_lines(header: str) -> Iterator[tuple[str, str]]:
    for line in header.splitlines():
        match = _KEYED.fullmatch(line.strip())
        if match is not None:
            yield match[1] or match[3], (match[2] if match[1] else match[4]).strip()


def _add_cik(facts: dict[str, Any], party: str, cik: str) -> None:
    if party == "issuer_cik":
        facts.setdefault(party, cik)
    elif party and cik not in facts.setdefault(party, []):
        facts[party].append(cik)
