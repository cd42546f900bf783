"""Every sample: its facts, the printing of its page, its PDFs, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tools.make_samples.facts.era_looks import FORM3_X06, FORM5_X03, FORM5_X06
from tools.make_samples.facts.joint_many_rows import JOINT_MANY_ROWS
from tools.make_samples.facts.joint_online import JOINT_ONLINE
from tools.make_samples.facts.many_footnotes import MANY_FOOTNOTES
from tools.make_samples.facts.model import Facts
from tools.make_samples.facts.online_forms import FORM3_ONLINE, FORM4_X06_ONLINE, FORM5_ONLINE
from tools.make_samples.facts.paper_forms import PAPER_FORM3, PAPER_FORM4
from tools.make_samples.facts.qualys import QUALYS
from tools.make_samples.facts.small_forms import FORM3_INITIAL, FORM3_NONE, FORM4_AMENDMENT, FORM5_ANNUAL
from tools.make_samples.facts.x06_foreign import X06_FOREIGN


class Printing(StrEnum):
    """Who draws the page."""

    SEC = "sec"
    ONLINE = "online"
    PAPER = "paper"


class Printer(StrEnum):
    """What prints the page to PDF."""

    CHROMIUM = "chromium"
    CHROMIUM_TAGGED = "chromium-tagged"
    CHROMIUM_HEADERS = "chromium-headers"
    CHROMIUM_ACROSS = "chromium-across"
    WEASYPRINT = "weasyprint"
    WKHTMLTOPDF = "wkhtmltopdf"
    LIBREOFFICE = "libreoffice"


CHROMIUM_ONLY = (("filing.pdf", Printer.CHROMIUM),)
TAGGED = (("filing.pdf", Printer.CHROMIUM_TAGGED),)
LINED = (
    *CHROMIUM_ONLY,
    ("filing-headers.pdf", Printer.CHROMIUM_HEADERS),
    ("filing-weasyprint.pdf", Printer.WEASYPRINT),
)
ACROSS = (*CHROMIUM_ONLY, ("filing-landscape.pdf", Printer.CHROMIUM_ACROSS))
OLD_WEBKIT = (*CHROMIUM_ONLY, ("filing-wkhtmltopdf.pdf", Printer.WKHTMLTOPDF))
OFFICE = (*CHROMIUM_ONLY, ("filing-libreoffice.pdf", Printer.LIBREOFFICE))


@dataclass(frozen=True, slots=True)
class Sample:
    """One folder under `samples/`; `shows` is its line in the table there, `converted` whether it has Markdown, too."""

    facts: Facts
    shows: str
    printing: Printing = Printing.SEC
    pdfs: tuple[tuple[str, Printer], ...] = CHROMIUM_ONLY
    converted: bool = False


SAMPLES: dict[str, Sample] = {
    "qualys-2021-sec": Sample(
        QUALYS, "A real Form 4 of 2021 (X03 look): two sales, each price with a footnote; one street line, no CIKs"
    ),
    "qualys-2021-online": Sample(
        QUALYS,
        "The same filing in the EDGAR Online printing: unpadded dates, no thousands separators, `__X__` ticks",
        Printing.ONLINE,
        TAGGED,
    ),
    "joint-many-rows": Sample(
        JOINT_MANY_ROWS,
        "Joint Form 4 (X05 look, Rule 10b5-1 ticked): four owners, 24 and 14 rows over page breaks, holdings among "
        "transactions, V, deemed dates, amounts in dollars, wrapped natures",
    ),
    "many-footnotes": Sample(
        MANY_FOOTNOTES,
        "Form 4 (X03 look) with 34 footnotes: cells of marks alone, ten marks in a cell, `(1)` as running text, "
        "accents, curly quotes, bullets; also printed with the browser's head and foot lines; the WeasyPrint print, "
        "laid across, has no table rules",
        pdfs=LINED,
        converted=True,
    ),
    "x06-foreign": Sample(
        X06_FOREIGN, "Form 4 of 2026 (X06 look): country line, non-US territory, foreign trading symbol in item 2a"
    ),
    "form3-initial": Sample(
        FORM3_INITIAL,
        "Form 3 (X02 look): holdings in both tables, footnote-only dates and prices, an amount in dollars",
        converted=True,
    ),
    "form3-none": Sample(
        FORM3_NONE,
        'Form 3 (X02 look) with empty tables and "No securities are beneficially owned."; LibreOffice puts it on '
        "three sheets of A4",
        pdfs=OFFICE,
    ),
    "form5-annual": Sample(
        FORM5_ANNUAL,
        "Form 5 (X05 look): late rows (`4P`, `4J/K`, a holding marked `3`), all header boxes, values in dollars",
    ),
    "form4-amendment": Sample(
        FORM4_AMENDMENT,
        "Form 4/A (X03 look): date of the original, no longer subject to Section 16, Canadian address, officer and "
        "other ticked with their texts, no remarks",
    ),
    "joint-online": Sample(
        JOINT_ONLINE,
        "Joint Form 4 in the EDGAR Online printing of 2024: three owners with three relationships, commas in streets, "
        "ballot boxes, thousands separators",
        Printing.ONLINE,
    ),
    "form3-x06": Sample(
        FORM3_X06,
        "Form 3 of 2026 (X06 look): foreign trading symbol in item 3a, country line, non-US territory, umlauts, a unit "
        "whose price and dates are marks alone",
        pdfs=OLD_WEBKIT,
    ),
    "form5-x03": Sample(
        FORM5_X03,
        "Form 5 of 2022 (X03 look, before the Rule 10b5-1 box): a late row `4S`, an ampersand in names, fractions of "
        "shares; also printed laid across",
        pdfs=ACROSS,
    ),
    "form5-x06": Sample(
        FORM5_X06,
        "Joint Form 5 of 2026 (X06 look as the paper form has it; no such page has been seen yet): item 2a, country "
        "lines foreign and domestic, a state by its name, a late holding, Rule 10b5-1 ticked",
    ),
    "form3-online": Sample(
        FORM3_ONLINE,
        "Joint Form 3 in the EDGAR Online printing of 2022: no thousands separators, two owners and signatures, "
        "holdings in both tables",
        Printing.ONLINE,
    ),
    "form5-online": Sample(
        FORM5_ONLINE,
        "Form 5 in the EDGAR Online printing of 2022: header boxes in brackets, two of them ticked, late rows (`4P`, a "
        "holding marked `3`)",
        Printing.ONLINE,
    ),
    "form4-x06-online": Sample(
        FORM4_X06_ONLINE,
        "Form 4 in the EDGAR Online printing of 2026, which has neither country nor foreign symbol: thousands "
        "separators, V, Rule 10b5-1 ticked",
        Printing.ONLINE,
    ),
    "form3-paper": Sample(
        PAPER_FORM3,
        "Form 3 typed on the SEC's paper form: Table I begins on the first sheet and goes on on another, marks "
        'typed on values and alone, "See footnote (2)" as text, check lines that are drawn',
        Printing.PAPER,
    ),
    "form4-paper": Sample(
        PAPER_FORM4,
        "Form 4/A typed on the paper form of 2026: country line, item 2a, Rule 10b5-1 ticked, V, deemed dates, several "
        "marks in a cell, check lines made of letters",
        Printing.PAPER,
    ),
    "form5-paper": Sample(
        FORM5_ANNUAL,
        "The facts of `form5-annual` typed on a paper Form 5: late rows, all header boxes, values in dollars",
        Printing.PAPER,
    ),
}
