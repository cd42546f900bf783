"""A page's HTML in, the PDF that a browser or WeasyPrint prints of it out."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from importlib import import_module
from pathlib import Path

# Links on the pages are relative to the SEC's site; in a print they are absolute.
SITE = "https://www.sec.gov/"
TIMEOUT_SECONDS = 120
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# WeasyPrint never breaks a run of marks: ten of them push the last columns off an upright page.
ACROSS = "@page {size: letter landscape; margin: 1cm}"
UNTAGGED = "--disable-pdf-tagging"
PDF_DAY = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)(\d{14})")
# Any day will do, as long as it is the same one every time.
FIXED_DAY = b"20260101000000"


class PrinterMissingError(Exception):
    """The program or library that prints is not on this machine."""


def chromium(html: str, *, tagged: bool = False) -> bytes:
    """The page as a headless Chromium prints it, on letter paper without header and footer lines.

    Structure tags, which browsers write since about 2020, make a long filing three times as large (117 kB to 364 kB).

    Raises `PrinterMissingError` where there is no Chromium, `subprocess.SubprocessError` where it fails.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise PrinterMissingError("no Chromium on this machine")
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html.replace("<head>", f'<head><base href="{SITE}">', 1), encoding="utf-8")
        tags = [] if tagged else [UNTAGGED]
        command = [
            program,
            *FLAGS,
            *tags,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={printed}",
            page.as_uri(),
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


def _undated(pdf: bytes) -> bytes:
    """Dates replaced byte for byte, so that offsets stay true."""
    return PDF_DAY.sub(rb"\g<1>" + FIXED_DAY, pdf)
