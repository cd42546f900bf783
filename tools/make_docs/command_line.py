"""The commands of the command line in, a section for each out: usage, what it does, options, examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from extractor.cli import cli
from tools.make_docs.markdown import code, escaped, table

TOOL = "extractor"
# The examples in the help are run by the test of the commands.
_RUN = "<!-- run by: tests/cli/test_examples.py -->"


def page() -> Iterator[str]:
    """The lines of the generated part."""
    context = click.Context(cli, info_name=TOOL)
    names = cli.list_commands(context)
    yield from table(
        ("command", "what it does"),
        ((f"[`{TOOL} {name}`](#{TOOL}-{name})", escaped(_help(context, name)[0])) for name in names),
    )
    for name in names:
        yield from _command(context, name)


def _found(context: click.Context, name: str) -> click.Command:
    command = cli.get_command(context, name)
    if command is None:
        raise LookupError(name)
    return command


def _help(context: click.Context, name: str) -> list[str]:
    """The paragraphs of a command's help; those that keep their lines begin with \\b, as click has it."""
    text = inspect.cleandoc(_found(context, name).help or "")
    return [part if part.startswith("\b") else " ".join(part.split()) for part in text.split("\n\n")]


def _command(context: click.Context, name: str) -> Iterator[str]:
    command = _found(context, name)
    own = click.Context(command, info_name=name, parent=context)
    yield from ("", f"## {TOOL} {name}", "", "```text", f"{TOOL} {name} {' '.join(command.collect_usage_pieces(own))}")
    yield "```"
    for part in _help(context, name):
        if part.startswith("\b"):
            example = part.removeprefix("\b\n").removeprefix("Example: ")
            yield from ("", _RUN, "```sh", example, "```")
        else:
            yield from ("", escaped(part))
    yield from _examples(command.epilog or "")
    yield ""
    rows = [_option(each) for each in command.params if isinstance(each, click.Option)]
    if rows:
        yield from table(("option", "what it does", "default"), rows)


def _examples(epilog: str) -> Iterator[str]:
    """The lines under "Examples:" behind a command's help, told apart by their indentation."""
    lines = epilog.partition("Examples:\n")[2].partition("\n\n")[0].splitlines()
    if lines:
        yield from ("", _RUN, "```sh", *(re.sub(r"  +", "  # ", line.strip()) for line in lines), "```")


def _option(option: click.Option) -> tuple[str, str, str]:
    names = ", ".join(code(name) for name in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag or option.count else f" {code(_metavar(option))}"
    default = option.default if option.show_default and not callable(option.default) else None
    shown = ", ".join(map(str, default)) if isinstance(default, tuple) else "" if default is None else str(default)
    return f"{names}{value}", escaped(option.help or ""), code(shown)


def _metavar(option: click.Option) -> str:
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return ", ".join(map(str, option.type.choices))
    return option.type.name.upper()
