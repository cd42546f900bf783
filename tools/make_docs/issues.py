"""The catalogue of issues in, a section for each code out: how grave it is, what it means, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.issues import CATALOGUE, Severity
from tools.make_docs.markdown import code, escaped, table

_SAID = {
    Severity.DOUBT: "a **doubt**: a value may be wrong or missing, and `needs_review` is true",
    Severity.NOTE: "a **note**: worth knowing, and no value is put in doubt",
}


def page() -> Iterator[str]:
    """The lines of the generated part."""
    yield from table(
        ("code", "severity", "meaning"),
        (
            (f"[{code(each.value)}](#{each.value})", entry.severity.value, escaped(entry.meaning))
            for each, entry in CATALOGUE.items()
        ),
    )
    for severity, said in _SAID.items():
        yield from ("", f"## {severity.value.capitalize()}s", "", f"Each of these is {said}.")
        for each, entry in CATALOGUE.items():
            if entry.severity is severity:
                yield from ("", f"### {each.value}", "", escaped(entry.meaning), "")
                yield f"**What to do:** {escaped(entry.advice)}"
