"""Bytes come in and a whole file goes out, or none: written aside in the same folder, synced, then renamed."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from extractor.errors import WriteError

_SUFFIX = ".aside"


class writing:  # noqa: N801  # in place of a function, which takes three times as long, thrice a file
    """Turns what the system and SQLite raise into a WriteError that names `path`."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            raise WriteError(error.strerror or "cannot be written", source=str(self._path)) from error
        if isinstance(error, sqlite3.Error):
            raise WriteError(str(error), source=str(self._path)) from error


def folder(path: Path) -> Path:
    """The folder, made where it is missing. Raises WriteError; also where it is a link, which may lead anywhere."""
    with writing(path):
        if path.is_symlink():
            raise WriteError("is a symbolic link and is not written to", source=str(path))
        path.mkdir(parents=True, exist_ok=True)
    return path


class Aside:
    """A file in the making: write to `file`, then `commit`; without that nothing of it stays.

    What an earlier, killed writer of the same file left is removed. One of many files in a folder, which would be
    looked through for each, is written aside under the name of `many`, and who writes them calls `sweep` for that once.
    Raises WriteError; also where the target is a symbolic link.
    """

    def __init__(self, target: Path, many: str = "") -> None:
        self.target = target
        with writing(target):
            _refuse_link(target)
            if not many:
                sweep(target)
            prefix = _prefix(target.with_name(many or target.name))
            self.path = target.with_name(f"{prefix}{secrets.token_hex(8)}{_SUFFIX}")
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            self.file: BinaryIO = os.fdopen(os.open(self.path, flags, 0o666), "wb")

    def write(self, data: bytes) -> None:
        with writing(self.target):
            self.file.write(data)

    def commit(self) -> None:
        """The file takes its name; call `sync_folder` once all files of a folder have theirs."""
        with writing(self.target):
            if not self.file.closed:
                self.file.flush()
                os.fsync(self.file.fileno())
                self.file.close()
            _refuse_link(self.target)
            self.path.replace(self.target)

    def abandon(self) -> None:
        """Nothing stays; harmless after `commit`."""
        try:
            self.file.close()
        except OSError:
            pass  # the disk is full: what could not be written is not wanted any more
        finally:
            self.path.unlink(missing_ok=True)


def make_aside(target: Path, fill: Callable[[Path], None]) -> None:
    """A file that `fill` writes by its path, such as a database; it starts out empty. Raises WriteError."""
    aside = Aside(target)
    try:
        with writing(target):
            aside.file.close()
            fill(aside.path)
            with aside.path.open("rb+") as file:
                os.fsync(file.fileno())
        aside.commit()
        sync_folder(target.parent)
    finally:
        aside.abandon()
        # An engine that failed leaves its log and its spilled pages, named after its file.
        _remove(target.parent, aside.path.name)


def sync_folder(path: Path) -> None:
    """Makes the names in a folder last through a loss of power."""
    with writing(path):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(target: Path) -> None:
    """Removes what killed writers of `target` left beside it."""
    _remove(target.parent, _prefix(target))


def _remove(parent: Path, prefix: str) -> None:
    for entry in os.scandir(parent):
        if entry.name.startswith(prefix):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                Path(entry.path).unlink(missing_ok=True)


def _prefix(target: Path) -> str:
    return f".{target.name}."


def _refuse_link(target: Path) -> None:
    if target.is_symlink():
        raise WriteError("is a symbolic link and is not written to", source=str(target))
