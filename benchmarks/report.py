"""Outcomes come in; figures a group, and tables of them for a terminal, a README or a program, go out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean, median
from typing import NamedTuple

from benchmarks.measure import Outcome
from benchmarks.scoring import Fact

BEGIN = "<!-- accuracy:begin -->"
END = "<!-- accuracy:end -->"


class Figures(NamedTuple):
    """What a group of renderings came to. Shares are between 0 and 1; those of nothing are 1 (no mark was missed).

    `by_issuer` is the mean over issuers of each one's share of exact renderings, so that a busy filer counts once.
    `errors` counts the types that reading ended in; those filings are wrong in every fact and mark.
    """

    renderings: int
    exact: int
    by_issuer: float
    facts: float
    marks_precision: float
    marks_recall: float
    silent: int
    false_alarms: int
    errors: Mapping[str, int]
    cpu_ms: float

    @property
    def share(self) -> float:
        """Exact renderings among all."""
        return _ratio(self.exact, self.renderings)


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of one group. ValueError where it is empty."""
    if not outcomes:
        raise ValueError("no outcomes")
    issuers: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        issuers[outcome.issuer].append(outcome.exact)
    shared = sum(outcome.marks.shared for outcome in outcomes)
    return Figures(
        renderings=len(outcomes),
        exact=sum(outcome.exact for outcome in outcomes),
        by_issuer=fmean(fmean(exact) for exact in issuers.values()),
        facts=_ratio(sum(outcome.right for outcome in outcomes), sum(outcome.total for outcome in outcomes)),
        marks_precision=_ratio(shared, sum(outcome.marks.read for outcome in outcomes)),
        marks_recall=_ratio(shared, sum(outcome.marks.true for outcome in outcomes)),
        silent=sum(outcome.silent for outcome in outcomes),
        false_alarms=sum(outcome.false_alarm for outcome in outcomes),
        errors=dict(Counter(outcome.error for outcome in outcomes if outcome.error).most_common()),
        cpu_ms=median(outcome.cpu_ms for outcome in outcomes),
    )


def by_printing(outcomes: Iterable[Outcome]) -> dict[str, Figures]:
    """Figures a printing, in the outcomes' order."""
    return _grouped(outcomes, lambda outcome: outcome.printing)


def by_form_and_era(outcomes: Iterable[Outcome]) -> dict[str, Figures]:
    """Figures a form and look of the page (`Form 4 X03`), over all printings."""
    groups = _grouped(outcomes, lambda outcome: f"Form {outcome.form} {outcome.era}")
    return dict(sorted(groups.items()))


def markdown(outcomes: Sequence[Outcome]) -> str:
    """Both tables as Markdown, with what their columns mean."""
    return "\n".join(
        [
            *_table("printing", by_printing(outcomes)),
            "",
            *_table("form and era", by_form_and_era(outcomes)),
            "",
            "*exact*: no difference from the filed XML in anything that the page shows; *by issuer*: the mean of each "
            "issuer's exact share; *facts*: single values that are right; *marks*: footnote marks in the right cell, "
            "precision / recall; *silent*: wrong, and nothing says so; *false alarms*: exact, but put in doubt; *ms*: "
            "median processor time of a file.",
        ]
    )


def in_readme(readme: str, block: str, begin: str = BEGIN, end: str = END) -> str:
    """The README with what stands between two markers replaced. ValueError where they are not there."""
    before, opened, rest = readme.partition(begin)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise ValueError(f"no {begin} … {end} in it")
    return f"{before}{begin}\n{block}\n{end}{after}"


def details(outcomes: Iterable[Outcome]) -> str:
    """Every wrong fact, doubt and error of the renderings that are not exact or were put in doubt."""
    lines = []
    for outcome in outcomes:
        if outcome.exact and not outcome.needs_review:
            continue
        fate = outcome.error or ("exact" if outcome.exact else f"{len(outcome.wrong)} of {outcome.total} wrong")
        doubts = ", ".join(outcome.doubts) or "none"
        lines.append(f"{outcome.file}: {fate}; doubts: {doubts}")
        if not outcome.error:
            lines += [f"  {path}: filed {_shown(filed)}, read {_shown(read)}" for path, filed, read in outcome.wrong]
    return "\n".join(lines)


def _shown(fact: Fact | None) -> str:
    """A fact for reading: a cell as its text and its marks."""
    match fact:
        case (str(text), (*marks,)):
            return f"{text!r}{''.join(f' ({mark})' for mark in marks)}"
        case _:
            return "nothing" if fact is None else repr(fact)


def missed(groups: Mapping[str, Figures], bars: Mapping[str, float]) -> list[str]:
    """What falls short of its bar, one line each; a bar is the least share of exact renderings, in per cent."""
    short = []
    for printing, bar in bars.items():
        reached = groups.get(printing)
        if reached is None:
            short.append(f"{printing}: not measured")
        elif reached.share * 100 < bar:
            short.append(f"{printing}: {reached.share:.1%} exact, {bar:g} % asked for")
    return short


def as_dict(groups: Mapping[str, Figures]) -> dict[str, dict[str, object]]:
    """The figures as JSON takes them."""
    return {
        name: {**group._asdict(), "errors": dict(group.errors), "share": group.share} for name, group in groups.items()
    }


def _grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, Figures]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome)].append(outcome)
    return {name: figures(group) for name, group in groups.items()}


def _table(head: str, groups: Mapping[str, Figures]) -> list[str]:
    columns = (head, "files", "exact", "by issuer", "facts", "marks", "silent", "false alarms", "errors", "ms")
    return [
        f"| {' | '.join(columns)} |",
        f"|---|{'---:|' * 7}---|---:|",
        *(f"| {' | '.join((name, *_cells(group)))} |" for name, group in groups.items()),
    ]


def _cells(group: Figures) -> tuple[str, ...]:
    return (
        str(group.renderings),
        f"{group.exact} ({_percent(group.share)})",
        _percent(group.by_issuer),
        _percent(group.facts),
        f"{_percent(group.marks_precision)} / {_percent(group.marks_recall)}",
        str(group.silent),
        str(group.false_alarms),
        ", ".join(f"{count} {name}" for name, count in group.errors.items()) or "–",
        f"{group.cpu_ms:.0f}",
    )


def _percent(share: float) -> str:
    """A share in per cent with one decimal, cut and not rounded: only all is 100."""
    return f"{int(share * 1000) / 10:g} %"


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
