"""Tests of the figures and tables."""

from __future__ import annotations

import pytest

from benchmarks.measure import Outcome
from benchmarks.report import BEGIN, END, by_form_and_era, by_printing, details, figures, in_readme, markdown, missed
from benchmarks.scoring import Marks, Wrong

WRONG = Wrong("nonDerivative[0].securityTitle", ("Common", ("1",)), None)


def outcome(**given: object) -> Outcome:
    usual: dict[str, object] = {
        "file": "a.html",
        "printing": "page.html",
        "filing": "a",
        "issuer": "1",
        "form": "4",
        "era": "X03",
        "right": 10,
        "total": 10,
        "wrong": (),
        "marks": Marks(2, 2, 2),
        "doubts": (),
        "needs_review": False,
        "error": "",
        "cpu_ms": 10.0,
    }
    return Outcome(**{**usual, **given})  # type: ignore[arg-type]


EXACT = outcome()
ALARM = outcome(needs_review=True, doubts=("over-length",))
SILENT = outcome(issuer="2", right=9, wrong=(WRONG,), marks=Marks(2, 4, 1))
DOUBTED = outcome(issuer="2", right=9, wrong=(WRONG,), needs_review=True, doubts=("over-length",))
FAILED = outcome(issuer="2", right=0, wrong=(WRONG,), marks=Marks(2, 0, 0), error="DamagedSource")
CRASHED = outcome(issuer="2", right=0, wrong=(WRONG,), marks=Marks(2, 0, 0), error="!KeyError")


def test_outcome_knows_whether_it_is_exact_silent_or_a_false_alarm() -> None:
    fates = {each: (each.exact, each.silent, each.false_alarm) for each in (EXACT, ALARM, SILENT, DOUBTED, FAILED)}
    assert fates == {
        EXACT: (True, False, False),
        ALARM: (True, False, True),
        SILENT: (False, True, False),
        DOUBTED: (False, False, False),
        FAILED: (False, False, False),
    }


def test_figures_count_what_became_of_a_group() -> None:
    group = figures([EXACT, ALARM, SILENT, FAILED, CRASHED])
    assert (group.renderings, group.exact, group.silent, group.false_alarms) == (5, 2, 1, 1)
    assert group.share == 0.4
    assert group.facts == 29 / 50
    assert (group.marks_precision, group.marks_recall) == (5 / 8, 5 / 10)
    assert group.errors == {"DamagedSource": 1, "!KeyError": 1}


def test_mean_over_issuers_counts_each_issuer_once() -> None:
    assert figures([EXACT, EXACT, EXACT, SILENT]).by_issuer == 0.5


def test_median_time_is_of_the_middle() -> None:
    assert figures([outcome(cpu_ms=1.0), outcome(cpu_ms=9.0), outcome(cpu_ms=500.0)]).cpu_ms == 9.0


def test_groups_are_by_printing_and_by_form_and_era() -> None:
    mixed = [EXACT, outcome(printing="site.html", form="3", era="X02"), outcome(printing="site.html")]
    assert {name: group.renderings for name, group in by_printing(mixed).items()} == {"page.html": 1, "site.html": 2}
    assert list(by_form_and_era(mixed)) == ["Form 3 X02", "Form 4 X03"]


def test_only_all_exact_is_100_per_cent() -> None:
    table = markdown([EXACT] * 1999 + [DOUBTED])
    assert "| page.html | 2000 | 1999 (99.9 %) |" in table


def test_details_name_the_wrong_facts_and_the_doubts() -> None:
    assert details([EXACT]) == ""
    assert details([SILENT]) == (
        "a.html: 1 of 10 wrong; doubts: none\n  nonDerivative[0].securityTitle: filed 'Common' (1), read nothing"
    )
    assert details([ALARM]) == "a.html: exact; doubts: over-length"
    assert details([FAILED]) == "a.html: DamagedSource; doubts: none"


@pytest.mark.parametrize(("bar", "short"), [(50.0, []), (50.1, ["page.html: 50.0% exact, 50.1 % asked for"])])
def test_bar_is_missed_below_it_and_not_at_it(bar: float, short: list[str]) -> None:
    assert missed(by_printing([EXACT, SILENT]), {"page.html": bar}) == short


def test_bar_of_what_was_not_measured_is_missed() -> None:
    assert missed(by_printing([EXACT]), {"site.pdf": 0.0}) == ["site.pdf: not measured"]


def test_readme_keeps_all_but_what_stands_between_the_markers() -> None:
    readme = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    once = in_readme(readme, "new")
    assert once == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    assert in_readme(once, "new") == once


@pytest.mark.parametrize("readme", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_readme_without_markers_is_refused(readme: str) -> None:
    with pytest.raises(ValueError, match="accuracy:begin"):
        in_readme(readme, "new")
