"""Called by mkdocs: a page comes in, and goes out with what it includes of other files; the accuracy plot is drawn.

What stands in the README or in ARCHITECTURE.md is shown by the site and not kept twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]
PLOT = "accuracy.svg"
_INCLUDE = re.compile(r"^<!-- include: (?P<file>[\w./-]+)(?: (?P<block>\w+))? -->$", re.MULTILINE)
_ROW = re.compile(r"^\| (?P<name>[^| ]+) \| (?P<files>\d+) \| (?P<exact>\d+) ", re.MULTILINE)
# Pixels.
_STEP, _LEFT, _LENGTH, _TOP = 24, 200, 480, 20


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page with its includes filled in. Raises PluginError where there is nothing to include."""
    return _INCLUDE.sub(lambda found: included(found["file"], found["block"]), markdown)


def on_files(files: Files, config: Any) -> Files:
    """The site's files and the plot of the accuracy table."""
    files.append(File.generated(config, PLOT, content=plot(included("README.md", "accuracy"))))
    return files


def included(file: str, block: str | None) -> str:
    """What stands between a file's markers of that name; without one, the whole file but for its title."""
    path = ROOT / file
    if not path.is_file():
        raise PluginError(f"no {file} to include")
    text = path.read_text(encoding="utf-8")
    if block is None:
        return text.partition("\n")[2]
    between = re.search(rf"<!-- {block}:begin -->\n(.*?)<!-- {block}:end -->", text, re.DOTALL)
    if between is None:
        raise PluginError(f"no block {block} in {file}")
    return between[1]


class Share(NamedTuple):
    """Files of a printing, and those among them that were read exactly."""

    name: str
    files: int
    exact: int


def shares(tables: str) -> list[Share]:
    """The rows of the first of the accuracy tables, that by printing."""
    by_printing = tables.strip().partition("\n\n")[0]
    return [Share(row["name"], int(row["files"]), int(row["exact"])) for row in _ROW.finditer(by_printing)]


def plot(tables: str) -> str:
    """A bar a printing, as SVG: its length is all files, what is filled was read exactly."""
    rows = shares(tables)
    height = _TOP + _STEP * len(rows) + 10
    lines = "\n".join(line for number, share in enumerate(rows) for line in _bar(share, _TOP + _STEP * number))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13"><title>Read exactly, by printing</title>\n'
        f'<rect width="860" height="{height}" fill="#ffffff"/>\n{lines}\n</svg>\n'
    )


def _bar(share: Share, y: int) -> Iterator[str]:
    filled = _LENGTH * share.exact / share.files
    yield f'<text x="{_LEFT - 8}" y="{y + 12}" text-anchor="end" fill="#1f2328">{escape(share.name)}</text>'
    yield f'<rect x="{_LEFT}" y="{y}" width="{_LENGTH}" height="15" fill="#d0d7de"/>'
    yield f'<rect x="{_LEFT}" y="{y}" width="{filled:.1f}" height="15" fill="#1f6feb"/>'
    yield f'<text x="{_LEFT + _LENGTH + 8}" y="{y + 12}" fill="#1f2328">{share.exact} of {share.files}</text>'
