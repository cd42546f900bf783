"""The command line: documents named on it go in, filings go out on standard output or into files.

Data goes to standard output only, messages to standard error only; exit codes are `errors.ExitCode`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.errors import ExitCode, ExtractorError
from extractor.readers.source import KINDS, Kind
from extractor.terminal import complain, print_bytes, say, write_file
from extractor.version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

EPILOG = """\b
Examples:
  extractor form4.pdf                         the filing as JSON
  extractor form4.pdf --to md                 the filing for reading
  extractor *.pdf --to csv -o trades.csv      all rows of all tables in one file
  extractor *.html --to xml -o xml/           one ownership XML a filing
  extractor layout form4.pdf                  what was seen on the page
  extractor review form4.pdf -o review.html   the page beside what was read of it
  extractor batch archive/ -o out/            a data set from an archive of filings

\b
Exit codes: 0 read · 2 usage · 3 not readable · 4 no Form 3, 4 or 5 · 5 in doubt (--strict) ·
            6 some files failed · 7 output cannot be written · 130 interrupted
"""


# Commands that are loaded when they are first asked for: reading one file should not wait for them.
LATER = {
    **dict.fromkeys(("review", "apply", "draw", "schema", "doctor"), "extractor.review.commands"),
    **dict.fromkeys(("batch", "finish", "status", "retry"), "extractor.batch.commands"),
}


class DefaultGroup(click.Group):
    """A group whose first argument may be a file: `extractor FILE` is `extractor read FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if args and args[0] not in self.commands and args[0] not in own and args[0] not in LATER:
            args = ["read", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in LATER:
            group: click.Group = import_module(LATER[cmd_name]).commands
            return group.commands[cmd_name]
        return super().get_command(ctx, cmd_name)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]


@click.group(
    cls=DefaultGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True
)
@click.version_option(__version__, prog_name="extractor")
def cli() -> None:
    """Turn rendered SEC ownership filings (Forms 3, 4, 5 as PDF, HTML, Markdown or text) back into data.

    `extractor FILE` reads a file and prints the filing as JSON; see `extractor read --help` for formats and output.
    """


FROM = click.option(
    "--from", "kind", type=click.Choice(KINDS), help="What FILE is read as. Without it, its content decides."
)


@cli.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(allow_dash=True))
@FROM
@click.option(
    "--to",
    "to",
    default="json",
    show_default=True,
    type=click.Choice(["json", "jsonl", "xml", "csv", "md"]),
    help="What to write: JSON, a line of JSON a filing, ownership XML, rows as CSV, Markdown.",
)
@click.option("-o", "--output", metavar="PATH", help="Write to this file, or into this folder, instead of printing.")
@click.option("--strict", is_flag=True, help="End with exit code 5 when any value is in doubt.")
@click.option(
    "--second-opinion",
    is_flag=True,
    help="Read each file once more with independent engines; where they disagree, the value is in doubt. Slower.",
)
@click.option("-q", "--quiet", is_flag=True, help="No messages about doubts; errors are still told.")
def read(
    files: tuple[str, ...],
    kind: Kind | None,
    to: str,
    output: str | None,
    strict: bool,
    second_opinion: bool,
    quiet: bool,
) -> None:
    """Read filings and print or write what they report. FILE may be `-` for standard input."""
    results, failed = _extract_all(files, kind, second_opinion, quiet)
    if results:
        _write(results, to, output)
    if failed:
        sys.exit(failed[0].exit_code if len(files) == 1 else ExitCode.SOME_FAILED)
    if strict and any(result.needs_review for _, result in results):
        sys.exit(ExitCode.IN_DOUBT)


def _extract_all(
    files: Sequence[str], kind: Kind | None, second_opinion: bool, quiet: bool
) -> tuple[list[tuple[str, Any]], list[ExtractorError]]:
    from extractor.api import extract

    results: list[tuple[str, Any]] = []
    failed: list[ExtractorError] = []
    for file in files:
        try:
            result = extract(file, second_opinion=second_opinion, kind=kind)
        except ExtractorError as error:
            failed.append(error)
            complain(error)
            continue
        results.append((file, result))
        if result.needs_review and not quiet:
            doubts = [issue for issue in result.issues if issue.severity == "doubt"]
            say(f"{file}: {len(doubts)} in doubt")
            for issue in doubts:
                say(f"  {issue.code}: {issue.path or 'document'}: {issue.message}")
    return results, failed


def _write(results: list[tuple[str, Any]], to: str, output: str | None) -> None:
    from extractor.writers import FORMATS

    suffix = FORMATS[to].suffix
    if output is None:
        if to == "xml" and len(results) > 1:
            raise click.UsageError("several XML documents cannot share standard output; give a folder with -o")
        print_bytes(_together(results, to))
    elif _is_folder(output, to, len(results)):
        for name, content in _apart(results, to, suffix):
            write_file(Path(output) / name, content)
    else:
        write_file(Path(output), _together(results, to))


def _is_folder(output: str, to: str, count: int) -> bool:
    """Whether `-o` names a folder: it is one, ends like one, or several XML documents must go somewhere."""
    return output.endswith(("/", os.sep)) or Path(output).is_dir() or (count > 1 and to == "xml")


def _together(results: list[tuple[str, Any]], to: str) -> bytes:
    """All results in one piece: JSON as an array where there are several, CSV under one head."""
    from extractor.writers import FORMATS

    if to == "csv":
        from extractor.writers.tables import to_csv

        return to_csv(result for _, result in results).encode()
    pieces = [_bytes(FORMATS[to].write(result)) for _, result in results]
    if to == "json" and len(pieces) > 1:
        return b"[\n" + b",\n".join(piece.rstrip(b"\n") for piece in pieces) + b"\n]\n"
    return b"".join(piece if piece.endswith(b"\n") else piece + b"\n" for piece in pieces)


def _apart(results: list[tuple[str, Any]], to: str, suffix: str) -> Iterable[tuple[str, bytes]]:
    """A file a result, named after its source; a name that is taken gets the start of the content's hash."""
    from extractor.writers import FORMATS

    taken: set[str] = set()
    for file, result in results:
        stem = Path(file).stem if file != "-" else "stdin"
        name, count = stem + suffix, 1
        while name in taken:
            number = f"-{count}" if count > 1 else ""
            name, count = f"{stem}-{result.source['sha256'][:12]}{number}{suffix}", count + 1
        taken.add(name)
        yield name, _bytes(FORMATS[to].write(result))


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@cli.command()
@click.argument("file", type=click.Path(allow_dash=True))
@FROM
def layout(file: str, kind: Kind | None) -> None:
    """Print what was seen on the page: grids, cells, lines, ticks; before any form is fitted to it.

    \b
    Example: extractor layout form4.pdf
    """
    from extractor.api import read as read_layout
    from extractor.layout.show import show

    print_bytes(show(read_layout(file, kind=kind)).encode() + b"\n")


@cli.command()
@click.argument("file", type=click.Path(allow_dash=True))
@click.argument("xml", metavar="OWNERSHIP.xml", type=click.Path())
@FROM
def compare(file: str, xml: str, kind: Kind | None) -> None:
    """Compare what is read from FILE with the filed ownership XML; print each difference.

    Ends with 0 where they say the same, with 5 where they differ.

    \b
    Example: extractor compare form4.pdf ownership.xml
    """
    from extractor.api import extract, read_xml
    from extractor.writers.compare import compare as differences

    result = extract(file, kind=kind)
    found = differences(result.filing, read_xml(xml))
    for difference in found:
        print_bytes(f"{difference.path}\n  filed  {difference.truth}\n  read   {difference.read}\n".encode())
    if found:
        say(f"{len(found)} differences")
        sys.exit(ExitCode.IN_DOUBT)
    say("no differences")


@cli.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain an issue CODE: what it means and what to do. Without CODE, list all of them.

    \b
    Example: extractor explain footnote-uncited
    """
    from extractor.issues import CATALOGUE, Code

    if code is None:
        for each, entry in CATALOGUE.items():
            print_bytes(f"{each.value:<20} {entry.severity.value:<6} {entry.meaning}\n".encode())
        return
    try:
        entry = CATALOGUE[Code(code)]
    except ValueError:
        raise click.UsageError(f"no issue has the code {code!r}; `extractor explain` lists them") from None
    print_bytes(f"{code} ({entry.severity.value})\n{entry.meaning}\n{entry.advice}\n".encode())


def main() -> None:
    """The console script: every error of ours ends in its exit code and without a traceback."""
    # Plugins that other packages bring to pydantic see every value, and one is known to send them away. Not looking for
    # them saves every start 10 ms, too.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    try:
        cli.main(standalone_mode=False)
    except ExtractorError as error:
        complain(error)
        sys.exit(error.exit_code)
    except click.Abort:
        say("interrupted")
        sys.exit(ExitCode.INTERRUPTED)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        if context is not None:
            for line in context.get_usage().splitlines():
                say(line)
        say(f"Error: {error.format_message()}")
        sys.exit(ExitCode.USAGE)
    except KeyboardInterrupt:
        say("interrupted")
        sys.exit(ExitCode.INTERRUPTED)
