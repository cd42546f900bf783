"""One rendering comes in; what became of reading it goes out: its score, its doubts, its cost."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import get_context
from typing import NamedTuple

from benchmarks.renderings import Rendering
from benchmarks.scoring import Facts, Marks, Wrong, compare_facts, compare_marks, facts, parse, text_at
from extractor import extract
from extractor.errors import ExtractorError
from extractor.filing.ownership_xml import to_xml

# Schema versions such as X0306: the first digits are the look of the page, the last two its revision.
_ERA = re.compile(r"X0[1-9]")


class Outcome(NamedTuple):
    """What became of one rendering.

    `error` names the exception's type where reading ended in one, with a `!` before it where that type was not one of
    the package's own. `cpu_ms` is processor time of reading alone, in milliseconds.
    """

    file: str
    printing: str
    filing: str
    issuer: str
    form: str
    era: str
    right: int
    total: int
    wrong: tuple[Wrong, ...]
    marks: Marks
    doubts: tuple[str, ...]
    needs_review: bool
    error: str
    cpu_ms: float

    @property
    def exact(self) -> bool:
        """Whether the reading equals what was filed."""
        return not self.error and not self.wrong

    @property
    def silent(self) -> bool:
        """Whether something is wrong and nothing says so."""
        return not self.error and bool(self.wrong) and not self.needs_review

    @property
    def false_alarm(self) -> bool:
        """Whether nothing is wrong and something says so."""
        return self.exact and self.needs_review


def measure(rendering: Rendering) -> Outcome:
    """Reads the rendering and compares it with the filed XML. Raises nothing over the rendering itself."""
    filed = rendering.truth.read_bytes()
    expected = facts(filed)
    found: Facts = {}
    doubts: tuple[str, ...] = ()
    error = ""
    needs_review = False
    start = time.process_time()
    spent = None
    try:
        result = extract(rendering.file)
        spent = time.process_time() - start
        found = facts(to_xml(result.filing))
        needs_review = result.needs_review
        doubts = tuple(sorted({issue.code.value for issue in result.issues if issue.severity == "doubt"}))
    except ExtractorError as caught:
        error = type(caught).__name__
    except Exception as caught:  # noqa: BLE001  # what escapes is what is measured here
        error = f"!{type(caught).__name__}"
    spent = time.process_time() - start if spent is None else spent
    scored = compare_facts(expected, found)
    root = parse(filed)
    era = _ERA.match(text_at(root, "schemaVersion"))
    return Outcome(
        file=str(rendering.file),
        printing=rendering.printing,
        filing=rendering.filing,
        issuer=text_at(root, "issuer/issuerCik").lstrip("0") or text_at(root, "issuer/issuerName"),
        form=text_at(root, "documentType")[:1],
        era=era[0] if era else "?",
        right=scored.right,
        total=scored.total,
        wrong=scored.wrong,
        marks=compare_marks(expected, found),
        doubts=doubts,
        needs_review=needs_review,
        error=error,
        cpu_ms=spent * 1000,
    )


def measure_all(chosen: Sequence[Rendering], workers: int = 1) -> Iterator[Outcome]:
    """The outcome of each rendering, in their order, read by this process or by several."""
    if workers <= 1:
        yield from map(measure, chosen)
        return
    # Spawned, not forked: a PDF engine's state must not be copied into the children.
    with get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(measure, chosen)


def as_dict(outcomes: Iterable[Outcome]) -> list[dict[str, object]]:
    """The outcomes as JSON takes them."""
    return [
        {
            **outcome._asdict(),
            "marks": outcome.marks._asdict(),
            "wrong": [wrong._asdict() for wrong in outcome.wrong],
            "exact": outcome.exact,
        }
        for outcome in outcomes
    ]
