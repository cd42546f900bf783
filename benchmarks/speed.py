"""Samples and a corpus come in; how fast they are read, against whom and against what floor, goes out.

    python -m benchmarks.speed [--corpus DIR] [--samples] [--files N] [--rounds N] [--only NAME…] [--growth] [--cold]
                               [--memory N] [--json FILE] [--svg FILE] [--update-readme] [--bars]

Everything is a ratio of processor times, measured in turns in one run on one core. Ends with 1 where a bar of `--bars`
is missed, with 2 where there is nothing to measure.

What is timed is the installed package, compiled as it is, where its sources are those of this checkout; else, and with
`EXTRACTOR_PURE=1`, this checkout's sources.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import track

from benchmarks import growth, processes, speed_report
from benchmarks.groups import Group, corpus_groups, sample_groups
from benchmarks.peers import contenders
from benchmarks.renderings import corpus_folder
from benchmarks.speed_report import Measured
from benchmarks.timing import Timed, pin, time_all

ROOT: Final = Path(__file__).resolve().parent.parent
README: Final = ROOT / "README.md"
SAMPLES: Final = ROOT / "samples"
# The one that the README's first command reads.
COLD_SAMPLE: Final = "qualys-2021-sec/filing"


def main(given: Sequence[str] | None = None) -> int:
    """Runs the benchmark and returns the exit code; tables go to standard output, all else to standard error."""
    asked = _parser().parse_args(given)
    groups = sample_groups(SAMPLES) if asked.samples else corpus_groups(asked.corpus, asked.files)
    if not groups:
        print(f"no corpus in {asked.corpus}: only the samples are read", file=sys.stderr)
        groups = sample_groups(SAMPLES)
    if not groups:
        print("nothing to measure", file=sys.stderr)
        return 2
    pin()
    found = _measure(asked, groups)
    block = speed_report.markdown(found)
    print(block)
    if asked.json:
        asked.json.write_text(json.dumps(speed_report.as_dict(found), indent=1) + "\n", encoding="utf-8")
    if asked.svg:
        asked.svg.parent.mkdir(parents=True, exist_ok=True)
        asked.svg.write_text(speed_report.plot(found), encoding="utf-8")
    if asked.update_readme:
        README.write_text(speed_report.in_readme(README.read_text(encoding="utf-8"), block), encoding="utf-8")
    bars = speed_report.bars(found)
    for bar in bars if asked.bars else ():
        print(bar, file=sys.stderr)
    return 1 if asked.bars and not all(bar.met for bar in bars) else 0


def _measure(asked: argparse.Namespace, groups: list[Group]) -> Measured:
    found = Measured(groups)
    # First of all: where the peers are loaded, each look for garbage goes through theirs too, and large documents pay.
    if asked.growth:
        found.series = list(growth.grow(asked.rounds))
        found.stops = list(growth.stops())
    if asked.timing:
        found.timed = list(_time(found, asked.only, asked.rounds))
    if asked.cold:
        for suffix in (".pdf", ".html"):
            sample = (SAMPLES / COLD_SAMPLE).with_suffix(suffix)
            found.cold[sample.name] = processes.cold(sample, asked.rounds)
            found.imports[sample.name] = processes.imports(sample)
    if asked.memory:
        files = list(dict.fromkeys(file for group in groups for file in group.files))
        found.memory = processes.memory(files, asked.memory)
    return found


def _time(found: Measured, only: Sequence[str], rounds: int) -> Iterator[Timed]:
    """Every file once, whichever groups it is in, by everyone who is here and was asked for."""
    console = Console(stderr=True)
    for kind in ("pdf", "html"):
        here, missing = contenders(kind)
        found.missing.update({name: reason for name, reason in missing.items() if _wanted(name, only)})
        here = [each for each in here if each.role != "peer" or _wanted(each.name, only)]
        files = dict.fromkeys(file for group in found.groups if group.kind == kind for file in group.files)
        shown = track(list(files), kind, console=console, disable=not console.is_terminal, transient=True)
        yield from time_all(shown, here, rounds)


def _wanted(name: str, only: Sequence[str]) -> bool:
    return not only or any(part.lower() in name.lower() for part in only)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=corpus_folder(), metavar="DIR", help="default: %(default)s")
    parser.add_argument("--samples", action="store_true", help="read the samples instead of a corpus")
    parser.add_argument("--files", type=_count, default=3, metavar="N", help="of each printing N files (default: 3)")
    parser.add_argument("--rounds", type=_count, default=5, metavar="N", help="default: %(default)s")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="only peers with this in their name")
    parser.add_argument("--no-timing", dest="timing", action="store_false", help="leave the comparison out")
    parser.add_argument("--growth", action="store_true", help="measure how cost grows, and where limits stop it")
    parser.add_argument("--cold", action="store_true", help="measure whole processes from their start")
    parser.add_argument("--memory", type=_count, metavar="N", help="watch the memory of one process over N documents")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the plot there")
    parser.add_argument("--update-readme", action="store_true", help="write the tables into README.md")
    parser.add_argument("--bars", action="store_true", help="end with 1 where what was measured misses a bar")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no count from 1 on")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
