"""Nothing comes in; which optional parts are installed and work on this machine comes out."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple


class Part(NamedTuple):
    """A distribution that the tool uses: the module that is loaded to try it, and the extra that brings it.

    `extra` is empty for what every installation needs.
    """

    distribution: str
    module: str
    extra: str
    purpose: str


class Finding(NamedTuple):
    """What was found of a part; `version` is empty where it is not installed, `fault` says why it cannot be loaded."""

    part: Part
    version: str
    fault: str

    @property
    def works(self) -> bool:
        return bool(self.version) and not self.fault


PARTS = (
    Part("pypdfium2", "pypdfium2", "", "reads and draws PDFs"),
    Part("lxml", "lxml.etree", "", "reads HTML, writes XML"),
    Part("pydantic", "pydantic", "", "checks values"),
    Part("pillow", "PIL.Image", "", "draws pictures of pages"),
    Part("pdfplumber", "pdfplumber", "", "second opinion on PDFs"),
    Part("beautifulsoup4", "bs4", "", "second opinion on HTML"),
    Part("camelot-py", "camelot", "camelot", "further witness of tables"),
    Part("pyarrow", "pyarrow", "batch", "Parquet files, Arrow tables"),
    Part("duckdb", "duckdb", "batch", "DuckDB databases"),
    Part("fsspec", "fsspec", "remote", "archives in stores such as s3://"),
    Part("pandas", "pandas", "frames", "row sets as pandas data frames"),
    Part("polars", "polars", "frames", "row sets as polars data frames"),
)


def examine(parts: Iterable[Part] = PARTS) -> list[Finding]:
    """Every part, loaded to see whether it works."""
    return [_examined(part) for part in parts]


# What `builds` calls the rooms that `tools.compile_rooms` compiles.
ROOMS = "reader and fitting"


class Build(NamedTuple):
    """Something that may have been compiled when this was installed: by what, and what it brings. All reads the same
    without it.
    """

    name: str
    works: bool
    by: str
    purpose: str


def builds() -> list[Build]:
    """What was compiled of this installation."""
    from extractor.fitting import assemble
    from extractor.readers.pdf.bulk_compiled import available

    rooms = not assemble.__file__.endswith(".py")
    return [
        Build("pdfium's helper", available(), "a C compiler", "reads PDFs in a third less time"),
        Build(ROOMS, rooms, "mypyc", "reads all a quarter faster"),
    ]


def interpreter() -> str:
    """The Python that runs, and where."""
    return f"Python {sys.version.split()[0]} ({sys.platform})"


def _examined(part: Part) -> Finding:
    try:
        found = version(part.distribution)
    except PackageNotFoundError:
        return Finding(part, "", "not installed")
    try:
        importlib.import_module(part.module)
    except (
        ImportError,
        OSError,
        RuntimeError,
        AttributeError,
    ) as error:  # a missing library of the system, an old build
        return Finding(part, found, str(error) or type(error).__name__)
    return Finding(part, found, "")
