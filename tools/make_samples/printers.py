"""A page's HTML in, the PDF that a browser, WeasyPrint, wkhtmltopdf or LibreOffice prints of it out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from threading import Thread

# Links on the pages are relative to the SEC's site; in a print they are absolute.
SITE = "https://www.sec.gov/"
TIMEOUT_SECONDS = 120
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# WeasyPrint never breaks a run of marks: ten of them push the last columns off an upright page.
ACROSS = "@page {size: letter landscape; margin: 1cm}"
UNTAGGED, UNLINED = "--disable-pdf-tagging", "--no-pdf-header-footer"
# The foot line of a browser's print shows the page's address: this one, wherever the page lies. The name is reserved.
HOST = "filings.example"
WRITER = "pdf:writer_web_pdf_Export"
PDF_DAY = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)(\d{14})")
# Any day will do, as long as it is the same one every time.
FIXED_DAY = b"20260101000000"


class PrinterMissingError(Exception):
    """The program or library that prints is not on this machine."""


def chromium(html: str, *, tagged: bool = False, headers: bool = False, across: bool = False) -> bytes:
    """The page as a headless Chromium prints it, on letter paper.

    Structure tags, which browsers write since about 2020, make a long filing three times as large (117 kB to 364 kB).
    With `headers` each sheet has the date and the page's title above, its address and the sheet's number below;
    `across` lays the paper across.

    Raises `PrinterMissingError` where there is no Chromium, `subprocess.SubprocessError` where it fails.
    """
    program = _program("chromium", "chromium-browser", "google-chrome")
    with tempfile.TemporaryDirectory() as folder, _served(folder) as port:
        printed = Path(folder, "page.pdf")
        _put(folder, html, f"<style>{ACROSS}</style>" if across else "")
        command = [
            program,
            *FLAGS,
            *([] if tagged else [UNTAGGED]),
            *([] if headers else [UNLINED]),
            f"--user-data-dir={folder}/profile",
            f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{port}",
            f"--print-to-pdf={printed}",
            f"http://{HOST}/page.html",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
        return _undated(printed.read_bytes())


def weasyprint(html: str) -> bytes:
    """The page as WeasyPrint prints it, on letter paper laid across.

    Raises `PrinterMissingError` where it is not installed.
    """
    try:
        # Untyped, and an optional part: `pip install form345-extractor[samples]`.
        library = import_module("weasyprint")
    except ImportError as error:
        raise PrinterMissingError("WeasyPrint is not installed") from error
    paper = library.CSS(string=ACROSS)
    printed = library.HTML(string=html, base_url=SITE).write_pdf(stylesheets=[paper])
    return _undated(bytes(printed or b""))


def wkhtmltopdf(html: str) -> bytes:
    """The page as wkhtmltopdf, the WebKit of 2012, prints it on letter paper.

    Raises `PrinterMissingError` where it is not installed, `subprocess.SubprocessError` where it fails.
    """
    program = _program("wkhtmltopdf")
    with tempfile.TemporaryDirectory() as folder:
        page, printed = _put(folder, html), Path(folder, "page.pdf")
        command = [program, "--quiet", "--page-size", "Letter", str(page), str(printed)]
        # Debian's build wants a screen unless Qt is told that there is none.
        screenless = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder}
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS, env=screenless)
        return _undated(printed.read_bytes())


def libreoffice(html: str) -> bytes:
    """The page as LibreOffice Writer prints it.

    Raises `PrinterMissingError` where it is not installed, `subprocess.SubprocessError` where it fails.
    """
    program = _program("soffice", "libreoffice")
    with tempfile.TemporaryDirectory() as folder:
        page = _put(folder, html)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", WRITER, "--outdir", folder, str(page)]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
        return _undated(Path(folder, "page.pdf").read_bytes())


def _program(*names: str) -> str:
    """The first of the programs that is on this machine."""
    for name in names:
        found = shutil.which(name)
        if found is not None:
            return found
    raise PrinterMissingError(f"no {names[0]} on this machine")


def _put(folder: str, html: str, head: str = "") -> Path:
    """`page.html` in the folder, its links absolute, with `head` at the end of its head."""
    page = Path(folder, "page.html")
    based = html.replace("<head>", f'<head><base href="{SITE}">', 1).replace("</head>", f"{head}</head>", 1)
    page.write_text(based, encoding="utf-8")
    return page


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _served(folder: str) -> Iterator[int]:
    """The port at which this machine alone can load the folder's files."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


def _undated(pdf: bytes) -> bytes:
    """Dates replaced byte for byte, so that offsets stay true."""
    return PDF_DAY.sub(rb"\g<1>" + FIXED_DAY, pdf)
