"""A Form 4 as Markdown, written by hand as converters do: a fictional filer, a sale, an empty Table II, a footnote."""

from __future__ import annotations

TITLE = "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n"
SECTION_16 = "Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may continue.\n"
OWNER = """\
1. Name and Address of Reporting Person*

Doe Jane

(Last) (First) (Middle)

1 FABLE ROAD

(Street)

MYTHVILLE CA 94000

(City) (State) (Zip)
"""
ISSUER = "2. Issuer Name and Ticker or Trading Symbol\n\nFable Inc. [ FBL ]\n"
PERIOD = "3. Date of Earliest Transaction (Month/Day/Year)\n\n06/29/2021\n"
AMENDED = "4. If Amendment, Date of Original Filed (Month/Day/Year)\n"
TIES = """\
5. Relationship of Reporting Person(s) to Issuer (Check all applicable)

X Director 10% Owner Officer (give title below) Other (specify below)
"""
JOINT = """\
6. Individual or Joint/Group Filing (Check Applicable Line)

X Form filed by One Reporting Person Form filed by More than One Reporting Person
"""
TABLE_1_TITLE = "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned\n"
HEADS_1 = """\
| 1. Title of Security (Instr. 3) | 2. Transaction Date (Month/Day/Year) | 2A. Deemed Execution Date, if any \
(Month/Day/Year) | 3. Transaction Code (Instr. 8) |  | 4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and \
5) |  |  | 5. Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4) | 6. \
Ownership Form: Direct (D) or Indirect (I) (Instr. 4) | 7. Nature of Indirect Beneficial Ownership (Instr. 4) |
|---|---|---|---|---|---|---|---|---|---|---|
|  |  |  | Code | V | Amount | (A) or (D) | Price |  |  |  |
"""
SALE = "| Common Stock | 06/29/2021 |  | S |  | 1,057 | D | $173.147 ⁽¹⁾ | 5,000 | D |  |\n"
TABLE_2 = """\
Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned (e.g., puts, calls, warrants, options, \
convertible securities)

| 1. Title of Derivative Security (Instr. 3) | 2. Conversion or Exercise Price of Derivative Security | 3. Transaction \
Date (Month/Day/Year) | 3A. Deemed Execution Date, if any (Month/Day/Year) | 4. Transaction Code (Instr. 8) |  | 5. \
Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5) |  | 6. Date Exercisable and \
Expiration Date (Month/Day/Year) |  | 7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and \
4) |  | 8. Price of Derivative Security (Instr. 5) | 9. Number of derivative Securities Beneficially Owned Following \
Reported Transaction(s) (Instr. 4) | 10. Ownership Form: Direct (D) or Indirect (I) (Instr. 4) | 11. Nature of \
Indirect Beneficial Ownership (Instr. 4) |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
|  |  |  |  | Code | V | (A) | (D) | Date Exercisable | Expiration Date | Title | Amount or Number of Shares | | | | |
"""
NOTES = "Explanation of Responses:\n\n1. Sold under a plan.\n"
SIGNED = "/s/ Jane Doe 07/01/2021\n\n** Signature of Reporting Person Date\n"
CLOSING = (
    "Reminder: Report on a separate line for each class of securities beneficially owned directly or indirectly.\n"
)

PARTS = {
    "title": TITLE,
    "section_16": SECTION_16,
    "owner": OWNER,
    "issuer": ISSUER,
    "period": PERIOD,
    "amended": AMENDED,
    "ties": TIES,
    "joint": JOINT,
    "table_1_title": TABLE_1_TITLE,
    "table_1": HEADS_1 + SALE,
    "table_2": TABLE_2,
    "notes": NOTES,
    "remarks": "",
    "signed": SIGNED,
    "closing": CLOSING,
}


def form_4(**parts: str) -> bytes:
    """The page, with parts of it written otherwise; as it is, it is read without a doubt."""
    assert parts.keys() <= PARTS.keys()
    return "\n".join({**PARTS, **parts}.values()).encode()
