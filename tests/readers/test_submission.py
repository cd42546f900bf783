"""Full submissions: the form's document is found and unpacked, the header goes to the source, bombs end in errors."""

from __future__ import annotations

import binascii
from pathlib import Path

import pytest

from extractor import extract
from extractor.errors import DamagedSource, ExtractorError, NotAnOwnershipForm, SourceTooLarge
from extractor.filing.ownership_xml import from_xml, to_xml
from extractor.readers import submission
from extractor.readers.source import open_source
from extractor.readers.submission import documents_of, header_facts, unpacked

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "form4-amendment"
XML = (SAMPLE / "ownership.xml").read_bytes()
HTML = (SAMPLE / "filing.html").read_bytes()
PDF = (SAMPLE / "filing.pdf").read_bytes()

HEADER = """\
<SEC-DOCUMENT>0000999999-03-000042.txt : 20030218
<SEC-HEADER>0000999999-03-000042.hdr.sgml : 20030218
<ACCEPTANCE-DATETIME>20030218101112
ACCESSION NUMBER:\t\t0000999999-03-000042
CONFORMED SUBMISSION TYPE:\t4/A
PUBLIC DOCUMENT COUNT:\t\t2
CONFORMED PERIOD OF REPORT:\t20030214
FILED AS OF DATE:\t\t20030218

REPORTING-OWNER:\t

\tOWNER DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tTEASDALE ORRIN
\t\tCENTRAL INDEX KEY:\t\t\t0009999992

\tFILING VALUES:
\t\tFORM TYPE:\t\t4/A
\t\tSEC FILE NUMBER:\t001-99999

ISSUER:\t

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tBRAMBLE ENERGY CO
\t\tCENTRAL INDEX KEY:\t\t\t9999991
</SEC-HEADER>
"""
NC_HEADER = """\
<SUBMISSION>
<ACCESSION-NUMBER>0000999999-03-000042
<TYPE>4/A
<PUBLIC-DOCUMENT-COUNT>1
<PERIOD>20030214
<FILING-DATE>20030218
<REPORTING-OWNER>
<OWNER-DATA>
<CONFORMED-NAME>TEASDALE ORRIN
<CIK>0009999992
</OWNER-DATA>
<FILING-VALUES>
<FORM-TYPE>4/A
<FILE-NUMBER>001-99999
</FILING-VALUES>
</REPORTING-OWNER>
<ISSUER>
<COMPANY-DATA>
<CONFORMED-NAME>BRAMBLE ENERGY CO
<CIK>0009999991
</COMPANY-DATA>
</ISSUER>
"""
FACTS = {
    "accession_number": "0000999999-03-000042",
    "form_type": "4/A",
    "period_of_report": "2003-02-14",
    "filing_date": "2003-02-18",
    "file_number": "001-99999",
    "issuer_cik": "0009999991",
    "owner_ciks": ["0009999992"],
}


def document(content: bytes, kind: str = "4/A", name: str = "form.x") -> bytes:
    head = f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>{name}\n<DESCRIPTION>x\n<TEXT>\n"
    return head.encode() + content + b"\n</TEXT>\n</DOCUMENT>\n"


def submitted(*documents: bytes, header: str = HEADER) -> bytes:
    return header.encode() + b"".join(documents) + b"</SEC-DOCUMENT>\n"


def uuencoded(data: bytes, name: str = "form.pdf") -> bytes:
    lines = [binascii.b2a_uu(data[start : start + 45]) for start in range(0, len(data), 45)]
    return b"<PDF>\nbegin 644 " + name.encode() + b"\n" + b"".join(lines) + b"`\nend\n</PDF>"


EXHIBIT = document(b"Know all by these presents ...", "EX-24", "poa.txt")


# Headers


@pytest.mark.parametrize("header", [HEADER, NC_HEADER], ids=["txt", "nc"])
def test_the_header_says_who_what_and_when(header: str) -> None:
    assert header_facts(header.encode()) == FACTS


def test_older_headers_name_the_parties_otherwise() -> None:
    header = HEADER.replace("REPORTING-OWNER:", "FILED BY:").replace("ISSUER:", "SUBJECT COMPANY:")
    assert header_facts(header.encode()) == FACTS


def test_several_owners_are_told_each_once() -> None:
    owner = "REPORTING-OWNER:\n\tOWNER DATA:\n\t\tCENTRAL INDEX KEY:\t{}\n"
    header = owner.format("1") + owner.format("22") + owner.format("1")
    assert header_facts(header.encode())["owner_ciks"] == ["0000000001", "0000000022"]


def test_what_the_header_does_not_say_is_not_told() -> None:
    assert header_facts(b"") == {}
    assert header_facts(b"FILED AS OF DATE: 2003\nACCESSION NUMBER:\n<DOCUMENT>\nACCESSION NUMBER: 1") == {}


# Documents


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<XML>\n" + XML + b"</XML>", "xml"),
        (HTML, "html"),
        (uuencoded(PDF), "pdf"),
    ],
    ids=["xml", "html", "pdf"],
)
@pytest.mark.parametrize("header", [HEADER, NC_HEADER], ids=["txt", "nc"])
def test_the_form_is_read_whatever_it_is(content: bytes, kind: str, header: str) -> None:
    whole = submitted(EXHIBIT, document(content), header=header)
    result = extract(whole)
    assert not result.needs_review
    assert result.source["format"] == kind
    assert {name: result.source[name] for name in FACTS} == FACTS
    assert result.source["document"] == "form.x"
    assert result.source["sha256"] == open_source(whole).sha256 != open_source(XML).sha256
    assert result.filing.issuer.name.value == from_xml(XML).issuer.name.value
    assert len(result.filing.non_derivative) == len(from_xml(XML).non_derivative)


def test_xml_in_a_submission_is_the_xml_itself() -> None:
    assert extract(submitted(document(b"<XML>\n" + XML + b"</XML>"))).filing == from_xml(XML)


def test_the_data_go_before_the_page_and_the_page_before_its_picture() -> None:
    documents = [document(uuencoded(PDF)), document(HTML), document(b"<XML>" + XML + b"</XML>")]
    assert open_source(submitted(*documents)).kind == "xml"
    assert open_source(submitted(*documents[:2])).kind == "html"
    assert not extract(submitted(*documents)).needs_review


def test_two_different_documents_of_the_forms_type_are_in_doubt() -> None:
    other = HTML.replace(b"</body>", b"<p>x</p></body>")
    assert other != HTML
    result = extract(submitted(document(HTML), document(other)))
    assert [issue.code.value for issue in result.issues if issue.severity == "doubt"] == ["text-lost"]
    assert not extract(submitted(document(HTML), document(HTML))).needs_review


def test_a_document_cut_out_of_its_submission_is_read() -> None:
    assert extract(document(HTML)).source["document"] == "form.x"
    assert extract(b"<DOCUMENT>\n<TEXT>\n" + HTML + b"\n</TEXT>\n</DOCUMENT>").source["format"] == "html"


def test_tags_may_be_missing_at_the_end() -> None:
    assert extract(HEADER.encode() + document(HTML).replace(b"</TEXT>\n</DOCUMENT>\n", b"")).source["format"] == "html"


def test_the_tags_of_a_document_are_not_looked_for_in_its_text() -> None:
    first = next(documents_of(document(b"<TYPE>10-K\n<FILENAME>y"), "x"))
    assert (first.type, first.name, first.is_form) == ("4/A", "form.x", True)


@pytest.mark.parametrize(
    "whole",
    [
        submitted(),
        submitted(EXHIBIT),
        submitted(document(b"<html><body>x</body></html>", "10-K")),
        submitted(document(b"Dear Sirs, nothing to report.")),
    ],
    ids=["none", "exhibit", "10-K", "letter"],
)
def test_a_submission_without_a_form_is_no_form(whole: bytes) -> None:
    with pytest.raises(NotAnOwnershipForm) as caught:
        extract(whole)
    assert caught.value.exit_code == 4


# Limits


def test_a_broken_encoding_is_damaged() -> None:
    encoded = uuencoded(PDF)
    for broken in (encoded[: len(encoded) // 2], encoded.replace(encoded[200:215], b"\x80" * 15)):
        with pytest.raises(DamagedSource):
            extract(submitted(document(broken)))


def test_rubbish_behind_a_line_of_uuencoding_is_left_out() -> None:
    lines = uuencoded(PDF).splitlines()
    padded = b"\n".join([*lines[:2], *(line + b" x" for line in lines[2:-3]), *lines[-3:]])
    assert unpacked(padded) == PDF


def test_unpacking_never_makes_more() -> None:
    assert len(unpacked(uuencoded(b"x" * 100_000))) <= len(uuencoded(b"x" * 100_000))


def test_too_many_documents_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "MOST_DOCUMENTS", 3)
    assert len(list(documents_of(EXHIBIT * 3, "x"))) == 3
    with pytest.raises(DamagedSource, match="more than 3 documents"):
        list(documents_of(EXHIBIT * 4, "x"))


@pytest.mark.parametrize(
    "whole",
    [
        b"<SEC-DOCUMENT>" + b" " * 2_000_000,
        b"<SEC-DOCUMENT>" + b"A: " * 700_000,
        b"<DOCUMENT><TEXT>" * 100,
        b"<DOCUMENT><TYPE>4\n<TEXT>" + b"<XML>" + b" " * 2_000_000,
        b"<DOCUMENT><TYPE>4\n<TEXT>\nbegin 644 x\n" + b"M" * 2_000_000,
        b"<DOCUMENT><TYPE>4\n<TEXT>\n" + b"|\n" * 9_000,
        b"<DOCUMENT><TYPE>4\n<TEXT>\n" + (b"|" * 1900 + b"\n") * 500,
        b"<DOCUMENT><TYPE>4\n<TEXT>\n" + (b"| x " * 40 + b"\n") * 900,
        b"<DOCUMENT><TYPE>4\n<TEXT>\n" + b"<CAPTION>\n<S> <C> <C> <C> <C>\n" * 5000,
    ],
    ids=["blanks", "keys", "opened", "xml", "uu", "pipes", "wide", "lattice", "captions"],
)
def test_a_submission_made_to_harm_ends_soon(whole: bytes) -> None:
    with pytest.raises(ExtractorError):
        extract(whole)


def test_a_submission_beyond_the_limit_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.readers.source.MAX_BYTES", 1000)
    with pytest.raises(SourceTooLarge):
        open_source(submitted(document(HTML)))


def test_what_was_read_writes_the_same_xml_again() -> None:
    assert from_xml(to_xml(extract(submitted(document(b"<XML>" + XML + b"</XML>"))).filing)) == from_xml(XML)
