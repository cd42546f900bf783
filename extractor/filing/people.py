"""Who the filing is about: the issuer, the reporting owners, and who signed."""

from __future__ import annotations

from datetime import date

from extractor.filing.field import Field, Frozen

Text = Field[str]
Flag = Field[bool]
Date = Field[date]


class Issuer(Frozen):
    """Item 2 (Form 3: item 3). The CIK stands only in link targets."""

    cik: Text = Text()
    name: Text = Text()
    trading_symbol: Text = Text()
    foreign_trading_symbol: Text = Text()


class Address(Frozen):
    """An owner's address. `state` is EDGAR's two-character code, from 2026 on looked up from the printed name.

    `non_us` (EDGAR's flag, from 2026 on) is told by the country line.
    """

    non_us: Flag = Flag()
    street1: Text = Text()
    street2: Text = Text()
    city: Text = Text()
    state: Text = Text()
    non_us_state: Text = Text()
    country: Text = Text()
    zip_code: Text = Text()


class Relationship(Frozen):
    """Item 5 (Form 3: item 4): ticked is True, an unticked label False, no label on the page None."""

    director: Flag = Flag()
    officer: Flag = Flag()
    ten_percent_owner: Flag = Flag()
    other: Flag = Flag()
    officer_title: Text = Text()
    other_text: Text = Text()


class ReportingOwner(Frozen):
    """Item 1, and of joint filings every further owner in printed order.

    `irs_number` was asked for until mid-2003, as printed; no XML has it.
    """

    cik: Text = Text()
    irs_number: Text = Text()
    name: Text = Text()
    address: Address = Address()
    relationship: Relationship = Relationship()


class Signature(Frozen):
    """A signature as typed, and its date. Signatures are not tied to owners."""

    name: Text = Text()
    date: Date = Date()
