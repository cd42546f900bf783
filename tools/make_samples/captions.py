"""What the forms ask: captions of boxes and columns as the SEC prints them, and the columns' widths in per cent."""

from __future__ import annotations

from dataclasses import dataclass

from tools.make_samples.slots import TABLE1, TABLE2


@dataclass(frozen=True, slots=True)
class Column:
    """A column head: its caption, its width in per cent of the table, and the heads under it."""

    caption: str
    width: int
    under: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The captions in which the three forms differ."""

    title: str
    omb_number: str
    burden: str
    period: str
    instruction: str


DAY = "(Month/Day/Year)"
FORMS = {
    "3": Form(
        "INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES",
        "3235-0104",
        "0.5",
        "2. Date of Event Requiring Statement",
        "5",
    ),
    "4": Form(
        "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP", "3235-0287", "0.5", "3. Date of Earliest Transaction", "4"
    ),
    "5": Form(
        "ANNUAL STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
        "3235-0362",
        "1.0",
        "3. Statement for Issuer's Fiscal Year Ended",
        "4",
    ),
}

ACQUIRED = "Acquired, Disposed of, or Beneficially Owned"
TITLES = {
    TABLE1: "Table I - Non-Derivative Securities ",
    TABLE2: "Table II - Derivative Securities ",
}
PUTS = "(e.g., puts, calls, warrants, options, convertible securities)"


def table_title(table: str, form: str) -> str:
    """The heading of Table I or Table II."""
    return TITLES[table] + ("Beneficially Owned" if form == "3" else ACQUIRED)


_EXERCISE = "Conversion or Exercise Price of Derivative Security"
_FORM = "Ownership Form: Direct (D) or Indirect (I) "
_NATURE = "Nature of Indirect Beneficial Ownership "
_UNDERLYING = "Title and Amount of Securities Underlying Derivative Security "
_AMOUNT = "Amount or Number of Shares"

_TABLE1_FORM4 = (
    Column("1. Title of Security (Instr. 3)", 36),
    Column(f"2. Transaction Date {DAY}", 6),
    Column(f"2A. Deemed Execution Date, if any {DAY}", 5),
    Column("3. Transaction Code (Instr. 8)", 7, (Column("Code", 4), Column("V", 3))),
    Column(
        "4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)",
        19,
        (Column("Amount", 8), Column("(A) or (D)", 5), Column("Price", 6)),
    ),
    Column("5. Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4)", 11),
    Column(f"6. {_FORM}(Instr. 4)", 9),
    Column(f"7. {_NATURE}(Instr. 4)", 8),
)
_TABLE1_FORM5 = (
    Column("1. Title of Security (Instr. 3)", 28),
    Column(f"2. Transaction Date {DAY}", 7),
    Column(f"2A. Deemed Execution Date, if any {DAY}", 6),
    Column("3. Transaction Code (Instr. 8)", 6),
    Column(
        "4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)",
        24,
        (Column("Amount", 10), Column("(A) or (D)", 5), Column("Price", 9)),
    ),
    Column("5. Amount of Securities Beneficially Owned at end of Issuer's Fiscal Year (Instr. 3 and 4)", 11),
    Column(f"6. {_FORM}(Instr. 4)", 8),
    Column(f"7. {_NATURE}(Instr. 4)", 9),
)
_TABLE1_FORM3 = (
    Column("1. Title of Security (Instr. 4)", 44),
    Column("2. Amount of Securities Beneficially Owned (Instr. 4)", 19),
    Column(f"3. {_FORM}(Instr. 5)", 11),
    Column(f"4. {_NATURE}(Instr. 5)", 26),
)


def _table2(
    widths: tuple[int, ...], code: Column, sides: int, days: tuple[int, int], under: tuple[int, int]
) -> tuple[Column, ...]:
    """Table II of Forms 4 and 5, which differ in widths and in the V column."""
    title, price, day, deemed, number, when, what, paid, owned, form, nature = widths
    return (
        Column("1. Title of Derivative Security (Instr. 3)", title),
        Column(f"2. {_EXERCISE}", price),
        Column(f"3. Transaction Date {DAY}", day),
        Column(f"3A. Deemed Execution Date, if any {DAY}", deemed),
        code,
        Column(
            "5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)",
            number,
            (Column("(A)", sides), Column("(D)", sides)),
        ),
        Column(
            f"6. Date Exercisable and Expiration Date {DAY}",
            when,
            (Column("Date Exercisable", days[0]), Column("Expiration Date", days[1])),
        ),
        Column(f"7. {_UNDERLYING}(Instr. 3 and 4)", what, (Column("Title", under[0]), Column(_AMOUNT, under[1]))),
        Column("8. Price of Derivative Security (Instr. 5)", paid),
        Column(
            "9. Number of derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)", owned
        ),
        Column(f"10. {_FORM}(Instr. 4)", form),
        Column(f"11. {_NATURE}(Instr. 4)", nature),
    )


_TABLE2_FORM3 = (
    Column("1. Title of Derivative Security (Instr. 4)", 35),
    Column(
        f"2. Date Exercisable and Expiration Date {DAY}",
        9,
        (Column("Date Exercisable", 4), Column("Expiration Date", 5)),
    ),
    Column(f"3. {_UNDERLYING}(Instr. 4)", 26, (Column("Title", 20), Column(_AMOUNT, 6))),
    Column(f"4. {_EXERCISE}", 7),
    Column(f"5. {_FORM}(Instr. 5)", 8),
    Column(f"6. {_NATURE}(Instr. 5)", 15),
)

COLUMNS: dict[tuple[str, str], tuple[Column, ...]] = {
    (TABLE1, "3"): _TABLE1_FORM3,
    (TABLE1, "4"): _TABLE1_FORM4,
    (TABLE1, "5"): _TABLE1_FORM5,
    (TABLE2, "3"): _TABLE2_FORM3,
    (TABLE2, "4"): _table2(
        (13, 5, 5, 5, 10, 9, 17, 6, 6, 6, 7),
        Column("4. Transaction Code (Instr. 8)", 9, (Column("Code", 4), Column("V", 4))),
        5,
        (5, 4),
        (10, 7),
    ),
    (TABLE2, "5"): _table2(
        (13, 6, 6, 6, 12, 10, 18, 5, 7, 6, 7),
        Column("4. Transaction Code (Instr. 8)", 6),
        6,
        (5, 5),
        (12, 6),
    ),
}


def slots_across(columns: tuple[Column, ...]) -> int:
    """How many body cells a row has."""
    return sum(len(column.under) or 1 for column in columns)


SECTION_16 = (
    "Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may continue. "
    "<i>See</i> Instruction 1(b)."
)
FORM_3_HOLDINGS = "Form 3 Holdings Reported."
FORM_4_TRANSACTIONS = "Form 4 Transactions Reported."
RULE_10B5_1 = (
    "Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan for "
    "the purchase or sale of equity securities of the issuer that is intended to satisfy the affirmative defense "
    "conditions of Rule 10b5-1(c). See Instruction 10."
)
REMINDER = "Reminder: Report on a separate line for each class of securities beneficially owned directly or indirectly."
NONE_OWNED = "No securities are beneficially owned."
