"""A sample's facts in, out the files of its folder; and the table that lists all samples."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from tools.make_samples import converted_page, expected, online_page, paper_page, printers, sec_page
from tools.make_samples.facts import SAMPLES, Printer, Printing, Sample
from tools.make_samples.facts.model import to_xml

ROOT = Path(__file__).resolve().parents[2] / "samples"
XML, PAGE, EXPECTED, README = "ownership.xml", "filing.html", "expected.json", "README.md"
CONVERTED = "filing.md"
# A sample is read in every test run and kept in the repository.
MAX_BYTES = 120_000

PAGES: dict[Printing, Callable[[bytes], str]] = {
    Printing.SEC: sec_page.render,
    Printing.ONLINE: online_page.render,
    Printing.PAPER: paper_page.render,
}
PRINTERS: dict[Printer, Callable[[str], bytes]] = {
    Printer.CHROMIUM: printers.chromium,
    Printer.CHROMIUM_TAGGED: partial(printers.chromium, tagged=True),
    Printer.CHROMIUM_HEADERS: partial(printers.chromium, headers=True),
    Printer.CHROMIUM_ACROSS: partial(printers.chromium, across=True),
    Printer.WEASYPRINT: printers.weasyprint,
    Printer.WKHTMLTOPDF: printers.wkhtmltopdf,
    Printer.LIBREOFFICE: printers.libreoffice,
}
PRINTING_NAMES = {Printing.SEC: "SEC style sheet", Printing.ONLINE: "EDGAR Online", Printing.PAPER: "Paper form"}
PRINTER_NAMES = {
    Printer.CHROMIUM: "Chromium",
    Printer.CHROMIUM_TAGGED: "Chromium, tagged",
    Printer.CHROMIUM_HEADERS: "Chromium with head and foot lines",
    Printer.CHROMIUM_ACROSS: "Chromium laid across",
    Printer.WEASYPRINT: "WeasyPrint",
    Printer.WKHTMLTOPDF: "wkhtmltopdf",
    Printer.LIBREOFFICE: "LibreOffice",
}

ABOUT = """# Samples

Small filings to try the reader on and to prove the templates by. One folder a sample:

| file | what |
|---|---|
| `ownership.xml` | the truth: the filing as EDGAR disseminates it, with nothing but what a page shows, the CIKs, the \
schema version and the relationships of all owners |
| `filing.html` | its page, in the printing that the table names |
| `filing.pdf` | the page as a browser prints it |
| `filing-….pdf` | the same page printed otherwise: `headers` with the browser's head and foot lines, `landscape` \
across, or by the printer that the name says |
| `filing.md` | the page as a converter to Markdown leaves it |
| `expected.json` | what the page shows, path by path; read from `ownership.xml` by `tools/make_samples/expected.py`, \
which states its rules and shares no code with the package |

The filers are invented, but for the two Qualys samples, whose facts are public record. Made by
`python -m tools.make_samples [ID…]`; `--check` tells whether XML, page and expectation are still what it writes \
(PDFs are not compared).

| sample | shows | how made |
|---|---|---|
"""


def texts(sample: Sample) -> dict[str, str]:
    """Name and content of the files that are made the same on every machine."""
    xml = to_xml(sample.facts)
    return {
        XML: xml.decode("utf-8"),
        PAGE: PAGES[sample.printing](xml),
        EXPECTED: expected.to_json(expected.derive(xml, sample.printing)),
        **({CONVERTED: converted_page.render(xml)} if sample.converted else {}),
    }


def readme() -> str:
    """`samples/README.md`: the table of sample, what it shows and how it was made."""
    lines = []
    for name, sample in SAMPLES.items():
        prints = " and ".join(PRINTER_NAMES[printer] for _, printer in sample.pdfs)
        lines.append(
            f"| `{name}` | {sample.shows} | {PRINTING_NAMES[sample.printing]} page, schema {sample.facts.schema}; "
            f"PDF by {prints}{'; Markdown' if sample.converted else ''} |\n"
        )
    return ABOUT + "".join(lines)


def make(names: Iterable[str], root: Path = ROOT) -> list[Path]:
    """Write the samples of these names, PDFs included, and the table.

    Raises `PrinterMissingError`, and `ValueError` for a file that is too large to keep.
    """
    written = []
    for name in names:
        sample, folder = SAMPLES[name], root / name
        folder.mkdir(parents=True, exist_ok=True)
        contents = {file: text.encode("utf-8") for file, text in texts(sample).items()}
        page = contents[PAGE].decode("utf-8")
        contents |= {file: PRINTERS[printer](page) for file, printer in sample.pdfs}
        for file, content in contents.items():
            if len(content) > MAX_BYTES:
                raise ValueError(f"{name}/{file} has {len(content)} bytes")
            (folder / file).write_bytes(content)
            written.append(folder / file)
    (root / README).write_text(readme(), encoding="utf-8")
    return [*written, root / README]


def stale(names: Iterable[str], root: Path = ROOT) -> list[Path]:
    """The files that are missing or are not what the maker writes; of PDFs only whether they are there."""
    found = [] if _holds(root / README, readme()) else [root / README]
    for name in names:
        sample = SAMPLES[name]
        found += [root / name / file for file, text in texts(sample).items() if not _holds(root / name / file, text)]
        found += [root / name / file for file, _ in sample.pdfs if not (root / name / file).is_file()]
    return found


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")
