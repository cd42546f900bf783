"""Sources: from paths, bytes and standard input to bytes and their kind, told by content alone."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor.errors import DamagedSource, SourceTooLarge, SourceUnreadable, UnsupportedFormat
from extractor.readers import source
from extractor.readers.source import MARKUP_WITHIN, Source, open_source, read_file, sniff

HTML = b"<html><body>FORM 4</body></html>"
PDF = b"%PDF-1.7\n..."


# Kinds


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN'><p>x",
        b"<!doctype HTML>",
        b"  \n<html lang=en>",
        b"<HEAD><title>x</title>",
        b"< table border=1>",
        b"<?xml version='1.0'?><!-- xslF345X05 --><html xmlns='x'>",
        b"<!--" + b"-" * 5000 + b"--><body>",
        "<html>".encode("utf-16"),
        "<html>".encode("utf-16-be").join((b"\xfe\xff", b"")),
        b"\xef\xbb\xbf<html>",
    ],
)
def test_html_is_told_by_its_markup(data: bytes) -> None:
    assert sniff(data) == "html"


@pytest.mark.parametrize("before", [b"", b"\n\n", b"junk " * 10])
def test_a_pdf_is_told_by_its_signature(before: bytes) -> None:
    assert sniff(before + PDF) == "pdf"


def test_a_signature_further_down_is_none() -> None:
    assert sniff(b"x" * 1019 + PDF) == "pdf"
    assert sniff(b"x" * 1020 + PDF) != "pdf"


def test_a_pdf_signature_goes_before_markup() -> None:
    assert sniff(b"<html>%PDF-1.4") == "pdf"


def test_markup_far_down_is_none() -> None:
    assert sniff(b" " + b"x" * MARKUP_WITHIN + b"<html>") != "html"


def test_a_tag_that_only_begins_like_one_of_html_is_none() -> None:
    assert sniff(b"<htmlish><tables><bodywork>") != "html"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\0" * 100])
def test_a_document_without_content_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedSource, match="is empty"):
        sniff(data)


@pytest.mark.parametrize(
    ("data", "what", "hint"),
    [
        (b"PK\x03\x04...", "a zip archive or an office document", "unpack it"),
        (b"\x1f\x8b...", "a gzip archive", "unpack it"),
        (b"\xd0\xcf\x11\xe0...", "an old office document", "print it to PDF"),
        (b"\x89PNG...", "a picture", "OCR"),
        (b"\xff\xd8\xff...", "a picture", "OCR"),
        (b"II*\x00...", "a picture", "OCR"),
        (b"{\\rtf1", "a rich text document", "print it to PDF"),
    ],
)
def test_other_kinds_are_named(data: bytes, what: str, hint: str) -> None:
    with pytest.raises(UnsupportedFormat, match=f"a.bin: is {what}") as caught:
        sniff(data, "a.bin")
    assert hint in caught.value.hint


def test_an_archive_that_holds_a_pdf_is_no_pdf() -> None:
    with pytest.raises(UnsupportedFormat, match="a zip archive"):
        sniff(b"PK\x03\x04form4.pdf" + PDF)


def test_the_filed_xml_is_told() -> None:
    with pytest.raises(UnsupportedFormat, match="the filed XML itself") as caught:
        sniff(b"<?xml version='1.0'?>\n<ownershipDocument><schemaVersion>X0306</schemaVersion>")
    assert "give the PDF or the HTML page" in caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        b"# Form 4\n",
        b"| a | b |\n|---|---|\n| c | d |",
        b"**Remarks:**",
        b"\\_\\_X\\_\\_ Director",
        b"Price [^1]\n\n[^1]: weighted",
        b"## Table I\n\n<table><tr><td>Common Stock</td></tr></table>\n",
        b"\xef\xbb\xbf# Form 4",
    ],
)
def test_markdown_is_told_by_its_signs(data: bytes) -> None:
    assert sniff(data) == "markdown"


def test_a_table_alone_is_html_and_a_page_is_html_whatever_it_says() -> None:
    assert sniff(b"<table><tr><td>a</td></tr></table>") == "html"
    assert sniff(b"<!doctype html><body># a\n**b**<table></table>") == "html"


def test_what_no_text_holds_is_no_kind() -> None:
    with pytest.raises(UnsupportedFormat, match="neither a PDF, nor an HTML page, nor text"):
        sniff(b"FORM 4\x01\x02")


def test_a_kind_that_is_given_is_not_told_by_content() -> None:
    assert open_source(HTML, "markdown").kind == "markdown"
    assert open_source(b"# a", "html").kind == "html"


# Opening


def test_a_path_is_its_name_and_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "form4.xml"  # EDGAR serves HTML under `.xml`
    path.write_bytes(HTML)
    assert open_source(path) == open_source(str(path)) == Source(str(path), HTML, "html")


def test_bytes_have_no_name() -> None:
    assert open_source(HTML) == Source("<bytes>", HTML, "html")


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PDF)))
    assert open_source("-") == Source("<stdin>", PDF, "pdf")


def test_a_file_called_dash_has_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "-").write_bytes(HTML)
    monkeypatch.chdir(tmp_path)
    assert open_source(Path("./-").absolute()).data == HTML


def test_the_hash_is_that_of_the_bytes() -> None:
    assert open_source(HTML).sha256 == hashlib.sha256(HTML).hexdigest()


def test_an_error_names_the_source(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.touch()
    with pytest.raises(DamagedSource) as caught:
        open_source(path)
    assert caught.value.source == str(path)
    with pytest.raises(DamagedSource) as caught:
        open_source(b"")
    assert caught.value.source == "<bytes>"


# Limits


def test_a_document_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", len(HTML))
    path = tmp_path / "a.html"
    path.write_bytes(HTML)
    assert open_source(path).data == open_source(HTML).data == HTML
    path.write_bytes(HTML + b" ")
    for given in (path, HTML + b" "):
        with pytest.raises(SourceTooLarge, match="is larger than"):
            open_source(given)


def test_standard_input_beyond_the_limit_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", len(HTML))
    pipe = io.BytesIO(HTML + b" " * 100)
    monkeypatch.setattr(source.sys, "stdin", SimpleNamespace(buffer=pipe))
    with pytest.raises(SourceTooLarge):
        open_source("-")
    assert pipe.tell() == len(HTML) + 1


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse.pdf"
    with path.open("wb") as file:
        file.truncate(source.MAX_BYTES + 1)
    with pytest.raises(SourceTooLarge, match="50 MiB"):
        read_file(path)


# Paths


def test_a_path_to_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="no such file") as caught:
        read_file(tmp_path / "none.pdf")
    assert caught.value.source == str(tmp_path / "none.pdf")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match="is no regular file"):
        read_file(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(SourceUnreadable, match="is no regular file"):
        read_file(pipe)


def test_a_path_with_a_nul() -> None:
    with pytest.raises(SourceUnreadable):
        open_source("a\0b.pdf")


def test_a_path_that_is_too_long() -> None:
    with pytest.raises(SourceUnreadable, match="too long"):
        open_source("a" * 5000)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    path.chmod(0)
    with pytest.raises(SourceUnreadable, match="permission denied"):
        read_file(path)
