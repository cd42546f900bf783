"""A document in; a short HTML summary of it out, as a notebook shows it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.filing.notebook import summary
from extractor.issues import Issue, Severity
from extractor.markup import Element, element, html
from extractor.writers import Document
from extractor.writers.document import source_name

MOST_ISSUES = 8  # listed in a summary; more are counted


def summary_of(document: Document) -> str:
    """The filing in short, under what puts it in doubt; all text is escaped."""
    doubts = [issue for issue in document.issues if issue.severity is Severity.DOUBT]
    verdict = f"needs review: {len(doubts)} in doubt" if document.needs_review else "read without a doubt"
    where = source_name(document)
    return html(
        element(
            "div",
            element("p", element("b", verdict), f" · {where}" if where else None),
            summary(document.filing),
            _list(document.issues),
        )
    )


def _list(issues: Sequence[Issue]) -> Element | None:
    if not issues:
        return None
    lines = [
        element("li", element("code", issue.code.value), f" {issue.path or 'document'}: {issue.message}")
        for issue in issues[:MOST_ISSUES]
    ]
    if len(issues) > MOST_ISSUES:
        lines.append(element("li", f"… and {len(issues) - MOST_ISSUES} more"))
    return element("ul", *lines)
