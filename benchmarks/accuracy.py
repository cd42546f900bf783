"""A corpus of renderings with their filed XML comes in; how exactly the package reads them goes out.

    python -m benchmarks.accuracy --corpus DIR [--printing NAME…] [--sample N] [--workers N] [--json FILE]
                                  [--markdown] [--update-readme] [--details] [--at-least NAME=PERCENT…]

Ends with 1 where a bar of `--at-least` is missed, with 2 where there is nothing to measure.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from benchmarks import measure, report
from benchmarks.renderings import Rendering, corpus_folder, renderings, select

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"


def main(given: Sequence[str] | None = None) -> int:
    """Runs the benchmark and returns the exit code; tables go to standard output, all else to standard error."""
    asked = _parser().parse_args(given)
    chosen = select(renderings(asked.corpus), asked.printing, asked.sample)
    if not chosen:
        print(f"nothing to measure in {asked.corpus}", file=sys.stderr)
        return 2
    outcomes = _run(chosen, asked.workers)
    printings = report.by_printing(outcomes)
    if asked.json:
        asked.json.write_text(_json(outcomes), encoding="utf-8")
    if asked.details:
        print(report.details(outcomes), end="\n\n")
    table = report.markdown(outcomes)
    if asked.update_readme:
        README.write_text(report.in_readme(README.read_text(encoding="utf-8"), table), encoding="utf-8")
    print(f"{report.BEGIN}\n{table}\n{report.END}" if asked.markdown else table)
    short = report.missed(printings, dict(asked.at_least))
    for line in short:
        print(line, file=sys.stderr)
    return 1 if short else 0


def _run(chosen: Sequence[Rendering], workers: int) -> list[measure.Outcome]:
    console = Console(stderr=True)
    running = measure.measure_all(chosen, workers)
    return list(
        track(running, "reading", total=len(chosen), console=console, disable=not console.is_terminal, transient=True)
    )


def _json(outcomes: Sequence[measure.Outcome]) -> str:
    content = {
        "printings": report.as_dict(report.by_printing(outcomes)),
        "forms": report.as_dict(report.by_form_and_era(outcomes)),
        "renderings": measure.as_dict(outcomes),
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=corpus_folder(), metavar="DIR", help="default: %(default)s")
    parser.add_argument(
        "--printing", nargs="+", default=[], metavar="NAME", help="only these printings: page.html, 'chromium*', …"
    )
    parser.add_argument("--sample", type=_count, default=1, metavar="N", help="of each printing every N-th filing")
    parser.add_argument("--workers", type=_count, default=1, metavar="N", help="processes (default: this one)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures and every outcome there")
    parser.add_argument("--markdown", action="store_true", help="put the README's markers around the tables")
    parser.add_argument("--update-readme", action="store_true", help="write the tables into README.md")
    parser.add_argument("--details", action="store_true", help="list what is wrong in each rendering")
    parser.add_argument(
        "--at-least",
        nargs="+",
        type=_bar,
        default=[],
        metavar="NAME=PERCENT",
        help="end with 1 where fewer of this printing's renderings are exact",
    )
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no count from 1 on")
    return int(text)


def _bar(text: str) -> tuple[str, float]:
    name, _, percent = text.rpartition("=")
    try:
        least = float(percent)
    except ValueError:
        least = -1.0
    if not name or not 0 <= least <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not like page.html=98")
    return name, least


if __name__ == "__main__":
    sys.exit(main())
