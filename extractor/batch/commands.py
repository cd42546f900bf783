"""The command line of batches: `batch`, `finish`, `status` and `retry`; exit codes are `errors.ExitCode`."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

import click

from extractor.errors import ExitCode

if TYPE_CHECKING:
    from extractor.batch.ledger import Part
    from extractor.batch.options import Engine, Observe, Options
    from extractor.batch.review import What

FORMATS = ("parquet", "tsv", "jsonl", "xml", "sqlite", "duckdb")
# Errors that may not come again: they say as much of the machine as of the document.
PASSING = ("TimedOut", "OutOfMemory", "WorkerDied", "SourceUnreadable", "MissingExtra")
MIB = 2**20

_Command = TypeVar("_Command", bound=Callable[..., None])


def _limits(command: _Command) -> _Command:
    """The options that `batch` and `retry` share."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="No bar and no summary."),
        click.option("--log", type=click.Choice(["json"]), help="A line of JSON for each input on standard error."),
        click.option("--memory", default=1024, show_default=True, type=click.IntRange(64), help="MiB for one file."),
        click.option(
            "--timeout", default=10.0, show_default=True, type=click.FloatRange(0.1), help="Seconds for a file."
        ),
        click.option(
            "--workers",
            default=os.cpu_count() or 1,
            type=click.IntRange(1),
            help="Processes; as many as there are CPUs.",
        ),
    ):
        command = option(command)
    return command


@click.group()
def commands() -> None:
    """Read archives of filings."""


@commands.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="OUT", help="Folder to write to."
)
@click.option(
    "--to",
    "formats",
    multiple=True,
    default=("parquet",),
    show_default=True,
    type=click.Choice(FORMATS),
    help="Repeatable.",
)
@click.option("--include", multiple=True, metavar="GLOB", help="Only files of these names. Repeatable.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="No files of these names. Repeatable.")
@click.option("--shard-size", default=500, show_default=True, type=click.IntRange(1), help="Inputs a part file.")
@click.option(
    "--shard", "part", metavar="I/N", help="Only every Nth shard, from the Ith (0 to N-1): one job of an array."
)
@click.option(
    "--review",
    "pages",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder for pages to look at, and an index of every input, what is in doubt first.",
)
@click.option(
    "--review-what",
    type=click.Choice(["doubt", "all"]),
    default="doubt",
    show_default=True,
    help="What has such a page: filings in doubt, or all (some 0.2 s and 0.2 MB each).",
)
@click.option("--second-opinion", is_flag=True, help="Read each file once more with independent engines. Slower.")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or a dask cluster.",
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="The cluster's, for --engine dask; without it, one made on this machine."
)
@_limits
def batch(
    sources: tuple[str, ...],
    output: Path,
    formats: tuple[str, ...],
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    shard_size: int,
    part: str | None,
    pages: Path | None,
    review_what: What,
    second_opinion: bool,
    engine: Engine,
    scheduler: str | None,
    workers: int,
    timeout: float,
    memory: int,
    log: str | None,
    quiet: bool,
) -> None:
    """Read an archive of filings into a data set. The same command goes on where it was ended.

    SOURCE is a folder, a file, a glob, a zip or tar archive, an address such as s3://bucket/folder, @FILE with a source
    on each line, or - for such a list on standard input. What each input ended as is in OUT/ledger.sqlite.

    \b
    Example: extractor batch filings.zip -o data --to parquet --to sqlite --workers 8
    """
    from extractor.batch.inputs import Choice
    from extractor.batch.options import Options
    from extractor.batch.review import Review

    if scheduler and engine != "dask":
        raise click.UsageError("--scheduler is for --engine dask")
    options = Options(
        tuple(dict.fromkeys(formats)),
        shard_size,
        second_opinion=second_opinion,
        choice=Choice(include, exclude),
        part=_part(part),
        review=Review(pages, review_what) if pages else None,
        workers=workers,
        seconds=timeout,
        memory=memory * MIB,
        engine=engine,
        scheduler=scheduler,
    )
    _watched(output, log, quiet, lambda observe: _run_job(sources, output, options, quiet, observe))


def _run_job(sources: tuple[str, ...], out: Path, options: Options, quiet: bool, observe: Observe) -> None:
    """Runs a batch; for a job of an array, says what is left to be done after all of them."""
    from extractor.batch.run import run_batch

    run_batch(sources, out, options, observe)
    jobs = options.part.of
    if jobs > 1 and not quiet:
        click.echo(f"once all {jobs} jobs are done: extractor finish {shlex.quote(str(out))}", err=True)


@commands.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
def finish(out: Path, quiet: bool) -> None:
    """Make databases, review index and summary of a run that an array of jobs did with --shard, once all are done.

    \b
    Example: extractor finish data
    """
    from extractor.batch.array import finish_array

    _watched(out, None, quiet, lambda _observe: finish_array(out))


@commands.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--error", "names", multiple=True, metavar="NAME", help="Only what failed by this error. Repeatable.")
@_limits
def retry(
    out: Path, names: tuple[str, ...], workers: int, timeout: float, memory: int, log: str | None, quiet: bool
) -> None:
    """Read again what failed in OUT, by default for reasons that may pass: limits, unreadable files, missing extras.

    Where an input ends otherwise than before, its shard is read and written anew.

    \b
    Example: extractor retry data --error TimedOut --timeout 60
    """
    from extractor.batch.array import finish_array, is_finished, parts_in
    from extractor.batch.options import Options
    from extractor.batch.run import retry_batch

    def run(observe: Observe) -> None:
        parts = parts_in(out)
        for part in parts:
            options = Options(part=part, workers=workers, seconds=timeout, memory=memory * MIB)
            retry_batch(out, names or PASSING, options, observe)
        if len(parts) > 1 and is_finished(out):
            finish_array(out)

    _watched(out, log, quiet, run)


@commands.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--error", metavar="NAME", help="List the inputs that failed by this error.")
@click.option("--failed", is_flag=True, help="List all inputs that failed.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def status(out: Path, error: str | None, failed: bool, as_json: bool) -> None:
    """Say how far the run in OUT is, what failed and why.

    \b
    Example: extractor status data --error TimedOut
    """
    import json

    from extractor.batch.overview import failed_inputs, overview
    from extractor.batch.progress import summary
    from extractor.terminal import plain

    if error or failed:
        for name, kind, message in failed_inputs(out, error):
            told = {"input": name, "error": kind, "message": message}
            click.echo(json.dumps(told) if as_json else plain(f"{name}: {kind}: {message}"))
        return
    found = overview(out)
    click.echo(json.dumps(found.as_dict(out), indent=2) if as_json else "\n".join(summary(found, out)))


def _watched(out: Path, log: str | None, quiet: bool, run: Callable[[Observe], None]) -> None:
    """Runs a batch, closes with its summary, and ends with exit code 6 where something failed."""
    from extractor.batch.overview import overview
    from extractor.batch.progress import Watch, summary, write_summary

    with _stoppable(), Watch(log, quiet) as watch:
        run(watch.begin)
    found = overview(out)
    write_summary(found, out)
    if not quiet:
        for line in summary(found, out):
            click.echo(line, err=True)
    if found.failed:
        sys.exit(ExitCode.SOME_FAILED)


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM ends a run as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("stopped; the same command goes on from here", err=True)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _part(text: str | None) -> Part:
    from extractor.batch.ledger import WHOLE, Part

    if text is None:
        return WHOLE
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if not found or not int(found[1]) < int(found[2]):
        raise click.BadParameter(f"{text!r} is not I/N with I from 0 to N-1", param_hint="--shard")
    return Part(int(found[1]), int(found[2]))
