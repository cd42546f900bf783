"""Turns rendered SEC ownership filings (Forms 3, 4 and 5 as PDF, HTML pages or text) back into data.

from extractor import extract

result = extract("form4.pdf")
result.filing.issuer.name.value
result.filing.non_derivative[0].price_per_share.footnotes
result.needs_review, result.issues
"""

from extractor.api import Extraction, extract, read
from extractor.errors import ExitCode, ExtractorError
from extractor.issues import Code, Issue, Severity
from extractor.version import __version__

__all__ = ["Code", "ExitCode", "Extraction", "ExtractorError", "Issue", "Severity", "__version__", "extract", "read"]
