"""What was reported, as immutable models: every value with its printed text, its footnotes and its places."""

from extractor.filing.field import Field, type_of
from extractor.filing.filing import Filing
from extractor.filing.footnotes import Footnote
from extractor.filing.paths import fields_in, member_at, places_of
from extractor.filing.people import Address, Issuer, Relationship, ReportingOwner, Signature
from extractor.filing.securities import DerivativeRow, NonDerivativeRow, Row

__all__ = [
    "Address",
    "DerivativeRow",
    "Field",
    "Filing",
    "Footnote",
    "Issuer",
    "NonDerivativeRow",
    "Relationship",
    "ReportingOwner",
    "Row",
    "Signature",
    "fields_in",
    "member_at",
    "places_of",
    "type_of",
]
