"""Every sample: its facts, the printing of its page, its PDFs, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tools.make_samples.facts.joint_many_rows import JOINT_MANY_ROWS
from tools.make_samples.facts.joint_online import JOINT_ONLINE
from tools.make_samples.facts.many_footnotes import MANY_FOOTNOTES
from tools.make_samples.facts.model import Facts
from tools.make_samples.facts.qualys import QUALYS
from tools.make_samples.facts.small_forms import FORM3_INITIAL, FORM3_NONE, FORM4_AMENDMENT, FORM5_ANNUAL
from tools.make_samples.facts.x06_foreign import X06_FOREIGN


class Printing(StrEnum):
    """Who draws the page."""

    SEC = "sec"
    ONLINE = "online"


class Printer(StrEnum):
    """What prints the page to PDF."""

    CHROMIUM = "chromium"
    CHROMIUM_TAGGED = "chromium-tagged"
    WEASYPRINT = "weasyprint"


CHROMIUM_ONLY = (("filing.pdf", Printer.CHROMIUM),)
TAGGED = (("filing.pdf", Printer.CHROMIUM_TAGGED),)
BOTH = (*CHROMIUM_ONLY, ("filing-weasyprint.pdf", Printer.WEASYPRINT))


@dataclass(frozen=True, slots=True)
class Sample:
    """One folder under `samples/`; `shows` is its line in the table there."""

    facts: Facts
    shows: str
    printing: Printing = Printing.SEC
    pdfs: tuple[tuple[str, Printer], ...] = CHROMIUM_ONLY


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
        "accents, curly quotes, bullets; the WeasyPrint print, laid across, has no table rules",
        pdfs=BOTH,
    ),
    "x06-foreign": Sample(
        X06_FOREIGN, "Form 4 of 2026 (X06 look): country line, non-US territory, foreign trading symbol in item 2a"
    ),
    "form3-initial": Sample(
        FORM3_INITIAL,
        "Form 3 (X02 look): holdings in both tables, footnote-only dates and prices, an amount in dollars",
    ),
    "form3-none": Sample(FORM3_NONE, 'Form 3 (X02 look) with empty tables and "No securities are beneficially owned."'),
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
}
