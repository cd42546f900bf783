"""The checkout comes in; the folder of the package that is to be measured goes out.

Users run what is installed, and that is compiled where it can be. So it is measured as long as its sources are those of
this checkout; else the checkout itself is, and so it is with `EXTRACTOR_PURE=1`.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
DISTRIBUTION: Final = "form345-extractor"
PURE: Final = "EXTRACTOR_PURE"


@cache
def folder() -> Path:
    """Where the package to be measured lies: among the installed ones, or in this checkout."""
    if PURE in os.environ:
        return ROOT
    try:
        found = Path(str(distribution(DISTRIBUTION).locate_file("")))
    except PackageNotFoundError:
        return ROOT
    return found if _sources(found) == _sources(ROOT) else ROOT


def prefer() -> None:
    """Have `extractor` found where `folder` says; to be called before it is imported."""
    if str(folder()) != sys.path[0]:
        sys.path.insert(0, str(folder()))


def environment() -> dict[str, str]:
    """That of this process, for one of its own that is to find the same package."""
    return {**os.environ, "PYTHONSAFEPATH": "1"} if folder() != ROOT else dict(os.environ)


def _sources(place: Path) -> dict[str, bytes]:
    package = place / "extractor"
    kinds = (".py", ".toml", ".c")
    return {str(path.relative_to(place)): path.read_bytes() for path in package.rglob("*") if path.suffix in kinds}
