"""Recorded doubts: a closed catalogue of codes, each with its severity, meaning and advice.

An issue never stops a reading. One of severity `doubt` says that a value may be wrong or missing and makes
`needs_review` true; a `note` is worth knowing and puts no value in doubt.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple, Protocol


class Severity(StrEnum):
    """How grave an issue is: a `doubt` puts a value in doubt, a `note` does not."""

    DOUBT = "doubt"
    NOTE = "note"


class Place(Protocol):
    """Somewhere in the source; what `layout.location` holds, seen from below it."""

    def as_dict(self) -> dict[str, Any]:
        """The place as JSON has it."""
        ...


class Entry(NamedTuple):
    """What the catalogue says of a code: how grave, what it means, what to do."""

    severity: Severity
    meaning: str
    advice: str


class Code(StrEnum):
    """Every kind of doubt that can be recorded; `CATALOGUE` explains each."""

    # reading the page
    TEXT_LOST = "text-lost"
    UNCERTAIN_JOIN = "uncertain-join"
    GRID_BROKEN = "grid-broken"
    WATERMARK = "watermark"
    READERS_DISAGREE = "readers-disagree"
    READ_BY_SECOND = "read-by-second"
    WITNESS_DISAGREES = "witness-disagrees"
    # fitting it to the form
    FORM_EMPTY = "form-empty"
    SECOND_FORM = "second-form"
    ITEM_MISSING = "item-missing"
    TABLE_MISSING = "table-missing"
    COLUMN_MISSING = "column-missing"
    ROW_INCOMPLETE = "row-incomplete"
    TEXT_UNPLACED = "text-unplaced"
    UNREADABLE_VALUE = "unreadable-value"
    SAID_IN_DOUBT = "said-in-doubt"
    PARTS_APART = "parts-apart"
    MARK_UNCERTAIN = "mark-uncertain"
    INKS_MIXED = "inks-mixed"
    TEXT_GARBLED = "text-garbled"
    TABLE_LOST = "table-lost"
    RATIO_FOR_PRICE = "ratio-for-price"
    TICK_UNCLEAR = "tick-unclear"
    TICK_MISSING = "tick-missing"
    STREET_UNSPLIT = "street-unsplit"
    STATE_UNKNOWN = "state-unknown"
    OWNERS_DISAGREE = "owners-disagree"
    ADDRESS_INCOMPLETE = "address-incomplete"
    # hard rules: EDGAR refuses a filing that breaks one, so the reading is wrong
    MARK_UNRESOLVED = "mark-unresolved"
    MARK_REPEATED = "mark-repeated"
    FOOTNOTE_UNCITED = "footnote-uncited"
    FOOTNOTE_EMPTY = "footnote-empty"
    NATURE_MISMATCH = "nature-mismatch"
    TITLE_MISSING = "title-missing"
    OWNER_MISSING = "owner-missing"
    SIGNATURE_MISSING = "signature-missing"
    OVER_LIMIT = "over-limit"
    TRANSACTION_MISSING = "transaction-missing"
    BLANK_UNEXPLAINED = "blank-unexplained"
    CODE_UNKNOWN = "code-unknown"
    NONE_OWNED_MISMATCH = "none-owned-mismatch"
    OVER_LENGTH = "over-length"
    # conventions: nearly always kept; filers break them, so nothing is put in doubt
    PERIOD_NOT_EARLIEST = "period-not-earliest"
    RUNNING_TOTAL = "running-total"
    AMOUNTS_DIFFER = "amounts-differ"
    DATES_OUT_OF_ORDER = "dates-out-of-order"
    MARKS_OUT_OF_ORDER = "marks-out-of-order"
    SIGNED_BEFORE_EVENT = "signed-before-event"
    JOINT_MISMATCH = "joint-mismatch"
    SYMBOL_UNUSUAL = "symbol-unusual"


_D, _N = Severity.DOUBT, Severity.NOTE

CATALOGUE: dict[Code, Entry] = {
    Code.TEXT_LOST: Entry(
        _D,
        "A part of the page is not in the file: a parser met a limit, or a line runs over the page's edge.",
        "Look at the end of the page, or of the line.",
    ),
    Code.UNCERTAIN_JOIN: Entry(
        _D,
        "Where a line breaks inside a value, or words stand close, a space may be missing or too many.",
        "Compare with the page.",
    ),
    Code.GRID_BROKEN: Entry(
        _D,
        "The rulings of a table do not close into cells; its slots were guessed.",
        "Compare the table with the page.",
    ),
    Code.WATERMARK: Entry(
        _N, "Text that runs slantwise over a page was left out, as a watermark does.", "Look at the page."
    ),
    Code.READERS_DISAGREE: Entry(
        _D, "The second reader, asked for with second_opinion, sees something else here.", "Compare with the page."
    ),
    Code.READ_BY_SECOND: Entry(
        _D, "The fast engine found the document damaged; this is the second engine's reading.", "Compare with the page."
    ),
    # A note, for it fuses cells. Measured where the truth is known, values read right and yet gainsaid / values made
    # wrong and noticed: prints by browsers 0 of 4,037 / 97 %, of EDGAR Online pages 0 of 1,075 / 92 %, by LibreOffice
    # 0 of 914 / 79 %, by wkhtmltopdf in 8 of 14 files / 52 %, by WeasyPrint (no rulings, so no tables) none / none.
    Code.WITNESS_DISAGREES: Entry(
        _N,
        "Camelot, asked with second_opinion where it is installed, sees a row otherwise.",
        "Compare the row with the page; on some prints camelot fuses cells, and is wrong.",
    ),
    Code.FORM_EMPTY: Entry(_D, "The form's captions are there, but nothing is filled in.", "This looks like a blank."),
    Code.SECOND_FORM: Entry(
        _D,
        "The document holds a second form; one filing was read, and rows or notes of the other may be among its own.",
        "Cut the document into one file a form.",
    ),
    Code.ITEM_MISSING: Entry(
        _D, "A numbered item that the form has was not found on the page.", "Look for it; the value stays empty."
    ),
    Code.TABLE_MISSING: Entry(_D, "Table I or Table II was not found.", "Check that no page is missing."),
    Code.COLUMN_MISSING: Entry(_D, "A column head of a table was not found.", "Its values stay empty; compare."),
    Code.ROW_INCOMPLETE: Entry(
        _D, "A row lacks what every row of its kind must show, or shows what it must not.", "Compare the row."
    ),
    Code.TEXT_UNPLACED: Entry(_D, "Text inside the form belongs to no item.", "See where it belongs."),
    Code.UNREADABLE_VALUE: Entry(
        _D, "A cell holds text that is no date, number or code of the kind its column asks for.", "Read it yourself."
    ),
    Code.SAID_IN_DOUBT: Entry(
        _D, "The page was written by this tool, from a reading in doubt.", "See the issues that the page lists."
    ),
    Code.PARTS_APART: Entry(
        _D, "A converter set the parts of an item apart; its captions tell what belongs together.", "Compare the item."
    ),
    Code.MARK_UNCERTAIN: Entry(
        _D, "A number in brackets may be a footnote's mark or a part of the text.", "Compare the cell with the page."
    ),
    Code.INKS_MIXED: Entry(
        _D,
        "A value is set in more than one colour or kind of type, as no form prints one: a stamp may stand there.",
        "Compare the value with the page.",
    ),
    Code.TEXT_GARBLED: Entry(
        _D, "A value has characters that no form has: the file or its fonts are damaged.", "Look at the page itself."
    ),
    Code.TABLE_LOST: Entry(
        _D,
        "A converter lost the columns of a table; its values were told apart by kind and order.",
        "Compare the row with the page, or read the page that was converted.",
    ),
    Code.RATIO_FOR_PRICE: Entry(
        _N,
        'The price of a derivative is printed as a ratio, such as "1 for 1": no price was read, the text is kept.',
        "See what one derivative is worth; often a share.",
    ),
    Code.TICK_UNCLEAR: Entry(_D, "A check mark could be neither told ticked nor empty.", "Look at the box."),
    Code.TICK_MISSING: Entry(_D, "No relationship of the reporting person is ticked.", "Look at item 4 or 5."),
    Code.STREET_UNSPLIT: Entry(
        _D, "Which address line is which could not be told for certain.", "Compare the address with the page."
    ),
    Code.STATE_UNKNOWN: Entry(_D, "The printed state or country is not in EDGAR's code table.", "Check the address."),
    Code.OWNERS_DISAGREE: Entry(
        _D, "Two places of the page name different reporting persons or addresses.", "Compare the two places."
    ),
    Code.ADDRESS_INCOMPLETE: Entry(
        _D,
        "An owner's address lacks its street, city, state, or in the United States its postal code.",
        "Look at item 1; EDGAR fills in an address that filers leave out, so that all 141 owners looked at had one.",
    ),
    Code.MARK_UNRESOLVED: Entry(
        _D, "A mark points at a footnote that is not on the page (rule E1).", "Look for the footnote."
    ),
    Code.MARK_REPEATED: Entry(
        _D, "The same mark stands twice in one cell (rule E2).", "Compare the cell with the page."
    ),
    Code.FOOTNOTE_UNCITED: Entry(
        _D, "No cell cites this footnote (rule E1).", "A mark was missed; look for it in the tables."
    ),
    Code.FOOTNOTE_EMPTY: Entry(_D, "A footnote's number has no text.", "Its text may stand under another number."),
    Code.NATURE_MISMATCH: Entry(
        _D,
        "Direct ownership with a nature, or indirect ownership without one (rule E3).",
        "A column may be shifted; compare the row.",
    ),
    Code.TITLE_MISSING: Entry(
        _D,
        "Officer is ticked without a title, or Other without a text, or the other way round (rule E4).",
        "Look at the relationship's item.",
    ),
    Code.OWNER_MISSING: Entry(
        _D, "No reporting person, or one without a name, or more than ten (rule E5).", "Look at item 1."
    ),
    Code.SIGNATURE_MISSING: Entry(
        _D, "No signature, one without a name or date, or more than ten (rule E5).", "Look at the last page."
    ),
    Code.OVER_LIMIT: Entry(
        _D, "More than 30 rows in a table or more than 99 footnotes (rule E6).", "Rows may have been cut in two."
    ),
    Code.TRANSACTION_MISSING: Entry(
        _D,
        "A Form 4 or 5 without a transaction, though the person is still subject to Section 16 (rule E7).",
        "Check that no page is missing.",
    ),
    Code.BLANK_UNEXPLAINED: Entry(
        _D, "A price, date or amount is blank and its cell has no mark (rule E9).", "A value or mark was missed."
    ),
    Code.CODE_UNKNOWN: Entry(_D, "A letter that is no transaction code (rule E10).", "Compare the code with the page."),
    Code.NONE_OWNED_MISMATCH: Entry(
        _D,
        "A Form 3 says that no securities are owned and yet has rows, or has transactions (rule E12).",
        "Compare both tables.",
    ),
    Code.OVER_LENGTH: Entry(
        _D, "A text or number is longer than EDGAR takes (rule E15).", "Two cells may have been read as one."
    ),
    Code.PERIOD_NOT_EARLIEST: Entry(
        _N,
        "The period is not the earliest transaction date (convention C1; 513 of 520 filings keep it).",
        "Usually the filer's slip.",
    ),
    Code.RUNNING_TOTAL: Entry(
        _N,
        "The amount owned after a transaction is not the one before plus or minus it (C2; 99.3 % of rows keep it).",
        "Often the filer's slip; compare both rows.",
    ),
    Code.AMOUNTS_DIFFER: Entry(
        _N,
        "Derivatives and underlying shares differ in number (C5; 97 % of rows have them equal).",
        "Right where one derivative is not one share.",
    ),
    Code.DATES_OUT_OF_ORDER: Entry(
        _N,
        "A derivative expires before it was traded or can be exercised (C6; 50 of 11,533 rows).",
        "Compare the dates.",
    ),
    Code.MARKS_OUT_OF_ORDER: Entry(
        _N, "Marks are not first used in the order 1, 2, 3 … (C8; 95 % of filings keep it).", "Usually harmless."
    ),
    Code.SIGNED_BEFORE_EVENT: Entry(
        _N, "The signature is dated before the event that is reported (C9).", "Usually the filer's slip."
    ),
    Code.JOINT_MISMATCH: Entry(
        _N,
        "The line ticked in the item on joint filing does not fit the number of persons (C10).",
        "Check whether a person is missing.",
    ),
    Code.SYMBOL_UNUSUAL: Entry(
        _N, "The trading symbol is none, several, or has an exchange before it (C11).", "It stands as printed."
    ),
}


class Issue(NamedTuple):
    """One recorded doubt: `path` names the field (`non_derivative[3].price_per_share`), `at` its places."""

    code: Code
    path: str
    message: str
    at: tuple[Place, ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity that the catalogue gives the code."""
        return CATALOGUE[self.code].severity

    def as_dict(self) -> dict[str, Any]:
        """The issue as JSON has it."""
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "path": self.path,
            "message": self.message,
            "at": [place.as_dict() for place in self.at],
        }


def needs_review(issues: tuple[Issue, ...] | list[Issue]) -> bool:
    """Whether any issue puts a value in doubt."""
    return any(issue.severity is Severity.DOUBT for issue in issues)
