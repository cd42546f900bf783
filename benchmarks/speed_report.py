"""What a run of the speed benchmark found comes in; tables, a plot, figures for a program and bars go out."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Final, NamedTuple

from benchmarks import chart, growth, peers, processes, report
from benchmarks.groups import DENSEST, Group
from benchmarks.timing import Timed
from extractor.extras import ROOMS, builds

# In the README, where the figures of an installation stand, and where those of one without compiled rooms do.
MARKERS: Final = {
    True: ("<!-- speed:begin -->", "<!-- speed:end -->"),
    False: ("<!-- speed-pure:begin -->", "<!-- speed-pure:end -->"),
}
PACKAGES: Final = ("pypdfium2", "pdfplumber", "camelot-py", "tabula-py", "pymupdf", "beautifulsoup4", "lxml", "pandas")
MB: Final = 2**20


@dataclass(slots=True)
class Measured:
    """All that one run found out; empty where it was not asked for. `missing` tells who could not be timed, and why."""

    groups: list[Group]
    timed: list[Timed] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    series: list[growth.Series] = field(default_factory=list)
    stops: list[growth.Stop] = field(default_factory=list)
    cold: dict[str, list[processes.Cold]] = field(default_factory=dict)
    imports: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    memory: processes.Memory | None = None


class Cost(NamedTuple):
    """What someone took for a group: seconds of its median file, and how often the time of ours.

    `ratio` is the median of the files' own ratios, and a file's that of its rounds'; `failed` says how many files ended
    in an error.
    """

    name: str
    seconds: float
    ratio: float
    files: int
    failed: int


class Bar(NamedTuple):
    """Something promised: what was measured, and the least or most that it may be."""

    name: str
    measured: float
    bound: float
    at_least: bool
    unit: str = "×"

    @property
    def met(self) -> bool:
        """Whether what was measured is within the bound."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        state = "met" if self.met else "MISSED"
        return f"{state:6} {self.name}: {self.measured:.2f} {self.unit} ({sign} {self.bound:g} {self.unit})"


def costs(group: Group, timed: Sequence[Timed]) -> list[Cost]:
    """Everyone's cost for a group, ours first. Files that ours failed on give no ratio to anyone."""
    by_name: dict[str, list[Timed]] = {}
    for each in timed:
        if each.file in group.files:
            by_name.setdefault(each.contender, []).append(each)
    mine = {each.file: each for each in by_name.get(peers.OURS, []) if not each.error}
    found = []
    for name, theirs in by_name.items():
        good = [each for each in theirs if not each.error and each.file in mine]
        if good:
            ratio = median(_ratio(each, mine[each.file]) for each in good)
            failed = sum(bool(each.error) for each in theirs)
            found.append(Cost(name, median(each.median for each in good), ratio, len(good), failed))
    return sorted(found, key=lambda cost: cost.name != peers.OURS)


def _ratio(theirs: Timed, ours: Timed) -> float:
    """How often the time of ours theirs is, in the middle round. Each round is compared with itself: a machine's pace
    was seen to change by half from one to the next, which a ratio of medians takes for someone's."""
    return median(their / our for their, our in zip(theirs.seconds, ours.seconds, strict=True))


def bars(found: Measured) -> list[Bar]:
    """Each bar that what was measured can be held against; of several printings the worst one counts."""
    return [*_pdf_bars(found), *_html_bars(found), *_process_bars(found), *_growth_bars(found)]


def _ratios(found: Measured, name: str, groups: Sequence[Group]) -> list[tuple[float, str]]:
    """Of each group the ratio of someone to ours, with the group's name."""
    return [(cost.ratio, group.name) for group in groups for cost in costs(group, found.timed) if cost.name == name]


def _pdf_bars(found: Measured) -> Iterator[Bar]:
    prints = [group for group in found.groups if group.kind == "pdf"]
    single = [group for group in prints if group.one_page and group.name != DENSEST]
    dense = [group for group in prints if group.name == DENSEST]
    for name, bound, groups in (
        (peers.PLUMBER, 15.0, single),
        (peers.LATTICE, 25.0, single),
        (peers.PLUMBER, 25.0, dense),
    ):
        if ratios := _ratios(found, name, groups):
            worst, where = min(ratios)
            what = "the densest prints" if groups is dense else f"one-page prints, worst printing ({where})"
            if groups is single:
                usual = median(ratio for ratio, _ in ratios)
                yield Bar(f"{name} ÷ ours, one-page prints, median of the printings", usual, bound, at_least=True)
            yield Bar(f"{name} ÷ ours, {what}", worst, bound, at_least=True)
    if ratios := _ratios(found, peers.FLOOR, [group for group in prints if group.name != DENSEST]):
        worst, where = min(ratios)
        yield Bar(f"ours ÷ pdfium's floor, worst printing ({where})", 1 / worst, 4.0, at_least=False)


def _html_bars(found: Measured) -> Iterator[Bar]:
    if ratios := _ratios(found, peers.SOUP, [group for group in found.groups if group.kind == "html"]):
        worst, where = min(ratios)
        yield Bar(f"ours ÷ BeautifulSoup's parse and walk, worst printing ({where})", 1 / worst, 1.0, at_least=False)


def _process_bars(found: Measured) -> Iterator[Bar]:
    for file, cold in found.cold.items():
        seconds = {each.name: each.seconds for each in cold}
        if processes.PLUMBER in seconds:
            ratio = seconds[processes.OURS] / seconds[processes.PLUMBER]
            yield Bar(f"cold start on {file}, ours ÷ pdfplumber's", ratio, 0.75, at_least=False)
    if found.memory is not None:
        yield Bar("memory, growth once settled", found.memory.growth / MB, 5.0, at_least=False, unit="MB")
        yield Bar("memory, peak", found.memory.peak / MB, 150.0, at_least=False, unit="MB")


def _growth_bars(found: Measured) -> Iterator[Bar]:
    for series in found.series:
        yield Bar(f"{series.name}, exponent of cost", series.exponent, growth.NEAR_LINEAR, at_least=False, unit="")
    if found.stops:
        short = sum(stop.error != "SourceTooLarge" for stop in found.stops)
        yield Bar("documents beyond a limit that do not end in SourceTooLarge", short, 0, at_least=False, unit="")


def markdown(found: Measured) -> str:
    """All tables, as Markdown."""
    lines: list[str] = []
    if found.timed:
        lines += _comparison(found, "pdf") + _comparison(found, "html")
        lines += [f"Not measured: {name} ({reason})." for name, reason in found.missing.items()]
        lines += ["", _conditions(found), ""]
    if found.series:
        lines += ["| what there is more of | cost | grows with its power |", "|---|---|---:|"]
        lines += [
            f"| {series.name} | {', '.join(_point(p.size, p.seconds, p.error) for p in series.points)} "
            f"| {series.exponent:.2f} |"
            for series in found.series
        ]
        lines += ["", "| beyond a limit | ends in | ms |", "|---|---|---:|"]
        lines += [f"| {stop.name} | {stop.error or 'nothing'} | {_ms(stop.seconds)} |" for stop in found.stops] + [""]
    if found.cold:
        lines += ["| from a cold start | CPU (ms) | × ours |", "|---|---:|---:|", *_cold(found), ""]
    if found.memory is not None:
        last, resident = found.memory.points[-1]
        lines.append(
            f"Memory of one process after {last:,} documents: {resident / MB:.0f} MB, "
            f"{found.memory.growth / MB:+.1f} MB since it had settled; {found.memory.peak / MB:.0f} MB at most."
        )
    return "\n".join(lines).rstrip()


def _comparison(found: Measured, kind: peers.Kind) -> list[str]:
    """A row a group: ours in milliseconds, everyone else as a multiple of it."""
    groups = [
        (group, {cost.name: cost for cost in costs(group, found.timed)}) for group in found.groups if group.kind == kind
    ]
    groups = [(group, found_costs) for group, found_costs in groups if peers.OURS in found_costs]
    others = list(dict.fromkeys(name for _, found_costs in groups for name in found_costs if name != peers.OURS))
    if not groups:
        return []
    head = ["PDF, CPU of a file" if kind == "pdf" else "HTML, CPU of a file", "files", "pages", "ours (ms)"]
    lines = [f"| {' | '.join([*head, *others])} |", f"|---|{'---:|' * (len(head) - 1 + len(others))}"]
    for group, found_costs in groups:
        mine = found_costs[peers.OURS]
        pages = f"{min(group.pages)}–{max(group.pages)}" if len(set(group.pages)) > 1 else str(group.pages[0])
        cells = [group.name, str(mine.files), pages, _ms(mine.seconds)]
        lines.append(f"| {' | '.join([*cells, *(_times(found_costs.get(name)) for name in others)])} |")
    return [*lines, ""]


def _times(cost: Cost | None) -> str:
    if cost is None:
        return "–"
    return f"{cost.ratio:.2g} ×" + (f" ({cost.failed} failed)" if cost.failed else "")


def _conditions(found: Measured) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in _versions().items())
    rounds = max((len(each.seconds) for each in found.timed), default=0)
    compiled = " and ".join(_compiled()) or "nothing"
    return (
        f"Processor time of one core, in turns, median of {rounds} rounds, of each group the median file; every "
        f"multiple is of ours on the same file in the same round. Compiled: {compiled}. "
        f"Python {platform.python_version()}, {versions}."
    )


def _compiled() -> list[str]:
    return [build.name for build in builds() if build.works]


def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _cold(found: Measured) -> Iterator[str]:
    for file, cold in found.cold.items():
        mine = cold[0].seconds
        for each in cold:
            yield f"| {each.name} on {file} | {_ms(each.seconds)} | {each.seconds / mine:.2f} |"


def _point(size: int, seconds: float, error: str) -> str:
    return f"{size:,}: {_ms(seconds)} ms" + (f" ({error})" if error else "")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}" if seconds < 0.1 else f"{seconds * 1000:,.0f}"


def plot(found: Measured) -> str:
    """The README's plot: what a one-page print and a page cost everyone, and how ours grows."""
    groups = []
    for kind, title in (("pdf", "A PDF of a filing, one page"), ("html", "An HTML page of a filing")):
        ratios: dict[str, list[float]] = {}
        chosen = [group for group in found.groups if group.kind == kind and (kind == "html" or group.one_page)]
        for group in chosen or [group for group in found.groups if group.kind == kind]:
            for cost in costs(group, found.timed):
                ratios.setdefault(cost.name, []).append(cost.ratio)
        values = sorted((median(each), name) for name, each in ratios.items())
        bars_ = tuple(chart.Bar(name, value, f"{value:.2g} ×", name == peers.OURS) for value, name in values)
        if bars_:
            groups.append(chart.Bars(f"{title}: processor time, as a multiple of ours", bars_))
    curves = [
        chart.Curve(
            series.name,
            tuple((point.size, point.seconds) for point in series.points),
            f"{series.points[0].size:,} to {series.points[-1].size:,}; power {series.exponent:.2f}",
        )
        for series in found.series
    ]
    return chart.svg("How fast", groups, curves)


def as_dict(found: Measured) -> dict[str, object]:
    """Everything that was measured, as JSON takes it; seconds and bytes."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": sys.version.split()[0],
        "machine": platform.machine(),
        "packages": _versions(),
        "compiled": _compiled(),
        "missing": found.missing,
        "groups": {
            f"{group.kind}: {group.name}": {
                "files": [file.as_posix() for file in group.files],
                "pages": list(group.pages),
                "costs": [cost._asdict() for cost in costs(group, found.timed)],
            }
            for group in found.groups
        },
        "timed": [{**each._asdict(), "file": each.file.as_posix()} for each in found.timed],
        "growth": [
            {"name": each.name, "exponent": each.exponent, "points": [point._asdict() for point in each.points]}
            for each in found.series
        ],
        "stops": [stop._asdict() for stop in found.stops],
        "cold": {file: [each._asdict() for each in cold] for file, cold in found.cold.items()},
        "imports": {file: {"modules": count, "heavy": heavy} for file, (count, heavy) in found.imports.items()},
        "memory": found.memory and {**found.memory._asdict(), "growth": found.memory.growth},
        "bars": [{**bar._asdict(), "met": bar.met} for bar in bars(found)],
    }


def in_readme(readme: str, block: str) -> str:
    """The README with what stands between the markers of this build replaced. ValueError where they are not there."""
    return report.in_readme(readme, block, *MARKERS[ROOMS in _compiled()])
