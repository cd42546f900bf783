"""A call of the batch commands in this process, without the command line around them."""

from __future__ import annotations

from typing import NamedTuple

from click.testing import CliRunner

from extractor.batch.commands import commands
from extractor.errors import ExtractorError


class Done(NamedTuple):
    """How a call ended: its exit code, as the command line would give it, and what it said."""

    code: int
    out: str
    err: str


def call(*arguments: object) -> Done:
    """`call("batch", folder, "-o", out)`."""
    result = CliRunner().invoke(commands, [str(each) for each in arguments])
    error = result.exception
    if error is not None and not isinstance(error, SystemExit):
        if not isinstance(error, ExtractorError):
            raise error
        return Done(int(error.exit_code), result.stdout, f"{result.stderr}{error}\n{error.hint}")
    return Done(result.exit_code, result.stdout, result.stderr)
