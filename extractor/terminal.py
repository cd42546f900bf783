"""Messages, data and files in; standard error, standard output and the disk out: where the commands write."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from extractor.errors import ExtractorError, WriteError

# What a terminal would obey rather than show: C0 and C1 controls, DEL, bidirectional overrides.
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSAFE = dict.fromkeys(_CONTROLS, "\ufffd")


def plain(text: str) -> str:
    """The text on one line, without characters that a terminal would obey."""
    return text.translate(_UNSAFE)


def say(message: str) -> None:
    """A message for the user, on standard error, without characters that a terminal would obey."""
    click.echo(plain(message), err=True)


def complain(error: ExtractorError) -> None:
    """An error in one line, its hint in the next."""
    say(f"extractor: {error}")
    if error.hint:
        say(f"  {error.hint}")


def print_bytes(content: bytes) -> None:
    """Bytes on standard output; a reader that has seen enough (head, less) is no error. Raises WriteError."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise WriteError(f"standard output: {error.strerror}") from error


def write_file(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: aside first, then renamed. Raises WriteError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            mask = os.umask(0)
            os.umask(mask)
            Path(aside).chmod(0o666 & ~mask)
            Path(aside).replace(path)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WriteError(error.strerror or "cannot be written", source=str(path)) from error
