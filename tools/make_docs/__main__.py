"""Nothing in, the generated parts of the pages under `docs/` out: `python -m tools.make_docs [--check]`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.make_docs import command_line, formats, forms, issues, names

ROOT = Path(__file__).resolve().parents[2] / "docs"
PARTS: dict[str, Callable[[], Iterable[str]]] = {
    "command-line": command_line.page,
    "csv": formats.csv_columns,
    "forms": forms.page,
    "issues": issues.page,
    "json": formats.json_members,
    "names": names.page,
    "tables": formats.tables,
}
"""What can be generated, by the name that stands in a page's markers."""
_PART = re.compile(r"(<!-- generated:begin (?P<name>[\w-]+) -->\n).*?(<!-- generated:end -->)", re.DOTALL)

_BLANK = re.compile(r"\n{3,}")


def renewed(text: str) -> str:
    """A page with all its generated parts made anew. KeyError for the name of no part."""

    def part(found: re.Match[str]) -> str:
        lines = _BLANK.sub("\n\n", "\n".join(PARTS[found["name"]]()).strip("\n"))
        return f"{found[1]}\n{lines}\n\n{found[3]}"

    return _PART.sub(part, text)


def stale(root: Path = ROOT) -> list[Path]:
    """The pages that are not what would be written."""
    return [path for path in sorted(root.glob("*.md")) if renewed(text := path.read_text("utf-8")) != text]


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, or 1 where `--check` finds pages that are out of date."""
    parser = argparse.ArgumentParser(prog="python -m tools.make_docs", description="Makes generated parts anew.")
    parser.add_argument("--check", action="store_true", help="write nothing, tell what is out of date")
    options = parser.parse_args(arguments)
    paths = stale()
    for path in paths:
        print(path.relative_to(ROOT.parent))
        if not options.check:
            path.write_text(renewed(path.read_text("utf-8")), encoding="utf-8")
    return 1 if options.check and paths else 0


if __name__ == "__main__":
    sys.exit(main())
