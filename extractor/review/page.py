"""A reading comes in and one HTML file goes out that shows the document beside what was read of it.

The file needs nothing but a browser: style, script and pictures stand in it, and its policy lets it fetch nothing. All
that comes from the document is escaped; the script gets it as JSON and writes it as text only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from string import Template

from extractor.api import Extraction
from extractor.filing.notebook import title_of
from extractor.issues import CATALOGUE, Issue, Severity
from extractor.markup import Element, element, html
from extractor.review.columns import label_of
from extractor.review.corrections import FORMAT, canonical
from extractor.review.paper import shown
from extractor.review.places import boxes_as_dicts, boxes_of, place_names, values_of
from extractor.review.transcript import anchor, transcript
from extractor.version import __version__
from extractor.writers.document import source_name

# What could end a script element or begin markup, what line splitters stumble over, and what cannot be seen.
_AWKWARD = re.compile("[<>&\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_SCRIPTS = ("boxes.js", "decisions.js", "desk.js")


def review_page(reading: Extraction) -> str:
    """The review of a reading, as the text of an HTML file. Raises SourceError where a page cannot be drawn."""
    values = values_of(reading)
    boxes = boxes_of(reading, values.values())
    name = source_name(reading) or "the document"
    names = place_names(boxes)
    data = {
        "format": FORMAT,
        "version": 1,
        "file": str(reading.source.get("file") or ""),
        "sha256": str(reading.source.get("sha256") or ""),
        "values": [value.as_dict() for value in values.values()],
        "issues": [_issue_data(issue, reading) for issue in reading.issues],
        "boxes": boxes_as_dicts(boxes, names),
    }
    script = "".join(map(_part, _SCRIPTS))
    return Template(_part("page.html")).substitute(
        policy=_policy(script),
        title=html(element("title", f"{title_of(reading.filing)} · review")),
        style=_part("page.css"),
        heading=html(element("h1", title_of(reading.filing))),
        verdict=html(_verdict(reading)),
        file=html(element("span", name, class_="file", title=name)),
        version=html(element("span", f"extractor {__version__}")),
        issues=html(_issues(reading, set(values))),
        paper="".join(map(html, shown(reading.paper, name, names))),
        filing="".join(map(html, transcript(reading.filing, values))),
        data=_json(data),
        script=script,
    )


@cache
def _part(name: str) -> str:
    return files("extractor.review").joinpath(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """What the page may do: run this one script, wear the styles in it, show the pictures in it. No address at all."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _json(data: object) -> str:
    """JSON that can stand in a script element: nothing in it ends the element or begins another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _AWKWARD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _verdict(reading: Extraction) -> Element:
    doubts = sum(issue.severity is Severity.DOUBT for issue in reading.issues)
    notes = len(reading.issues) - doubts
    told = f"{doubts} in doubt" if doubts else "no doubt"
    if notes:
        told += f", {notes} noted"
    return element("span", told, class_=f"verdict {'doubt' if doubts else 'fine'}", id="verdict")


def _issue_data(issue: Issue, reading: Extraction) -> dict[str, object]:
    return {"path": canonical(reading.filing, issue.path), "code": issue.code.value, "severity": issue.severity.value}


def _issues(reading: Extraction, known: set[str]) -> Element:
    if not reading.issues:
        return element("p", "Nothing is in doubt and nothing is noted.", class_="none")
    return element("ol", *(_issue(number, issue, reading, known) for number, issue in enumerate(reading.issues)))


def _issue(number: int, issue: Issue, reading: Extraction, known: set[str]) -> Element:
    path = canonical(reading.filing, issue.path)
    entry = CATALOGUE[issue.code]
    return element(
        "li",
        element(
            "a",
            element("code", issue.code.value),
            f" {label_of(path) if path else 'Document'}: {issue.message}",
            href=f"#{_target(path, known)}",
            data_issue=str(number),
        ),
        element("p", f"{entry.meaning} {entry.advice}"),
        class_=issue.severity.value,
        id=f"issue-{number}",
    )


def _target(path: str, known: set[str]) -> str:
    """The id of what an issue is about: the value, or else the row or section around it."""
    if path in known:
        return anchor(path)
    head = path.partition(".")[0]
    if head.startswith(("non_derivative[", "derivative[", "owners[")):
        return anchor(head)
    section = head.partition("[")[0]
    there = {"issuer", "non_derivative", "derivative", "footnotes", "signatures"}
    return anchor(section if section in there else "owners[0]" if section == "owners" else "filing")
