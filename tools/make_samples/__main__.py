"""Names of samples in, their folders under `samples/` out: `python -m tools.make_samples [ID…] [--check]`."""

from __future__ import annotations

import argparse
import sys

from tools.make_samples.facts import SAMPLES
from tools.make_samples.maker import ROOT, make, stale


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, or 1 where `--check` finds files that are not what the maker writes."""
    parser = argparse.ArgumentParser(prog="python -m tools.make_samples", description="Makes the samples anew.")
    parser.add_argument("samples", nargs="*", metavar="ID", help="which samples; all where none is named")
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is out of date")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.samples if name not in SAMPLES]
    if unknown:
        parser.error(f"no such sample: {', '.join(unknown)}; there are {', '.join(SAMPLES)}")
    names = options.samples or list(SAMPLES)
    paths = stale(names) if options.check else make(names)
    for path in paths:
        print(path.relative_to(ROOT.parent))
    return 1 if options.check and paths else 0


if __name__ == "__main__":
    sys.exit(main())
