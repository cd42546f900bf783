"""The commands with which people look at a reading and at the tool itself; exit codes are `errors.ExitCode`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.errors import ExitCode, ExtractorError
from extractor.terminal import complain, print_bytes, write_file

if TYPE_CHECKING:
    from extractor.api import Extraction

FORMATS = ("json", "jsonl", "xml", "csv", "md")
STAGES = ("rulings", "cells", "fields")  # of `draw.STAGES`, which is not loaded for a command's help


@click.group()
def commands() -> None:
    """Look at what was read."""


@commands.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The page to write, or for several files the folder for their pages and an index.",
)
@click.option("--second-opinion", is_flag=True, help="Read each file once more with independent engines. Slower.")
def review(files: tuple[str, ...], output: Path, second_opinion: bool) -> None:
    """Write a page that shows the document beside what was read, to be looked through in a browser.

    One self-contained HTML file: it fetches nothing and sends nothing. Values that you accept or correct there are
    saved as corrections.json, for `extractor apply`. Several files, or a PATH that is a folder, make a folder of pages.

    \b
    Example: extractor review form4.pdf -o review.html
    """
    from extractor.api import extract
    from extractor.review.index import write_reviews
    from extractor.review.page import review_page

    if len(files) == 1 and not (output.is_dir() or str(output).endswith(os.sep) or not output.suffix):
        write_file(output, review_page(extract(files[0], second_opinion=second_opinion)).encode())
        return
    failed: list[ExtractorError] = []
    lines = write_reviews(_read(files, second_opinion, failed), output, write_file)
    click.echo(f"{output / 'index.html'}: {len(lines)} of {len(files)} filings", err=True)
    if failed:
        sys.exit(failed[0].exit_code if len(files) == 1 else ExitCode.SOME_FAILED)


def _read(files: Sequence[str], second_opinion: bool, failed: list[ExtractorError]) -> Iterator[Extraction]:
    """The readings one by one; an error is told and kept, and costs only its file."""
    from extractor.api import extract

    for file in files:
        try:
            yield extract(file, second_opinion=second_opinion)
        except ExtractorError as error:
            failed.append(error)
            complain(error)


@commands.command()
@click.argument("corrections", type=click.Path(path_type=Path), metavar="CORRECTIONS.json")
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@click.option("--to", default="json", show_default=True, type=click.Choice(FORMATS), help="What to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help="Write here instead of printing.")
def apply(corrections: Path, file: str | None, to: str, output: Path | None) -> None:
    """Read a filing once more and carry out the corrections that were saved from its review page.

    FILE is looked for under the name that it had then, from here and from the folder of the corrections. Where its
    bytes, an old value or the type of a new one do not fit, all are refused. JSON keeps who decided what, and when.

    \b
    Example: extractor apply corrections.json form4.pdf --to xml
    """
    from extractor.api import extract
    from extractor.review.corrections import apply as carry_out
    from extractor.review.corrections import read_corrections
    from extractor.writers import FORMATS as WRITERS

    decided = read_corrections(corrections)
    result = carry_out(decided, extract(file or _found(decided.source.file, corrections.parent)))
    content = WRITERS[to].write(result)
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        print_bytes(data)
    else:
        write_file(output, data)


def _found(name: str, beside: Path) -> str:
    there = beside / name
    return str(there) if not Path(name).exists() and there.exists() else name


@commands.command()
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--stage", default="fields", show_default=True, type=click.Choice(STAGES), help="What to draw in.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1), help="The page, from 1.")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="PAGE.png", help="The picture to write."
)
def draw(file: str, stage: str, page: int, output: Path) -> None:
    """Draw a page of a PDF with what was found on it: rulings, cells with their texts, or fields.

    \b
    Example: extractor draw form4.pdf --stage cells -o page.png
    """
    import io

    from extractor.api import extract
    from extractor.draw import STAGES as DRAWN

    result = extract(file)
    try:
        picture = DRAWN[stage](result, result.layout, page)
    except IndexError as error:
        raise click.BadParameter(f"there is no {error}", param_hint="--page") from error
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    write_file(output, buffer.getvalue())


@commands.command()
def schema() -> None:
    """Print the JSON Schema of the JSON that is written for a filing.

    \b
    Example: extractor schema
    """
    import json

    from extractor.writers.schema import json_schema

    print_bytes(json.dumps(json_schema(), indent=2).encode() + b"\n")


@commands.command()
def doctor() -> None:
    """Say which optional parts are installed and work, and what was compiled; ends with 3 where a part that every
    reading needs does not work.

    \b
    Example: extractor doctor
    """
    from extractor.extras import builds, examine, interpreter
    from extractor.version import __version__

    click.echo(f"extractor {__version__}, {interpreter()}")
    findings = examine()
    for part, version, fault in findings:
        state = "works" if version and not fault else "broken" if version else "missing"
        brought = f"extra {part.extra}" if part.extra else "always"
        click.echo(f"{state:<8}{part.distribution:<16}{version:<12}{brought:<15}{part.purpose}")
        if version and fault:
            click.echo(f"        {fault}")
        elif fault:
            click.echo(f"        pip install 'form345-extractor[{part.extra}]'" if part.extra else "        " + fault)
    for build in builds():
        state = "works" if build.works else "absent"
        click.echo(f"{state:<8}{build.name:<28}{build.by:<15}{build.purpose}")
    if any(not finding.works for finding in findings if not finding.part.extra):
        sys.exit(ExitCode.NOT_READABLE)
