"""What was reported: a whole Form 3, 4 or 5 as read from its page."""

from __future__ import annotations

from typing import Literal

from extractor.filing.field import Frozen
from extractor.filing.footnotes import Footnote
from extractor.filing.people import Date, Flag, Issuer, ReportingOwner, Signature, Text
from extractor.filing.securities import DerivativeRow, NonDerivativeRow


class Filing(Frozen):
    """An ownership filing. What the page does not show is None; tables, owners and notes keep printed order.

    `amendment` is true where the page gives the date of the original filing: no page prints the "/A".
    `schema_version` is known only to the filed XML. `statement_month` (`2002-12`) is what forms until August 2002 state
    in place of a day; no XML has it.
    """

    form: Literal["3", "4", "5"]
    amendment: bool = False
    schema_version: str | None = None
    period_of_report: Date = Date()
    statement_month: Text = Text()
    date_of_original_submission: Date = Date()
    no_securities_owned: Flag = Flag()
    not_subject_to_section16: Flag = Flag()
    form3_holdings_reported: Flag = Flag()
    form4_transactions_reported: Flag = Flag()
    issuer: Issuer = Issuer()
    owners: tuple[ReportingOwner, ...] = ()
    aff10b5_one: Flag = Flag()
    joint: Flag = Flag()
    non_derivative: tuple[NonDerivativeRow, ...] = ()
    derivative: tuple[DerivativeRow, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    remarks: Text = Text()
    signatures: tuple[Signature, ...] = ()

    def _repr_html_(self) -> str:
        """What a notebook shows: who, what and when, and the rows of both tables."""
        from extractor.filing.notebook import summary_of

        return summary_of(self)
