"""The sources that a user names come in (folders, globs, lists, archives, addresses); every single input goes out.

Two walks: `listed` says what there is, in an order that depends on the names alone, and `Opener` reads one of them.
"""

from __future__ import annotations

import glob
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import IO, Final, NamedTuple

from extractor.batch import remote
from extractor.batch.archive import ArchiveLimits, Readable, Step, kind_of, members, read_member, told, unpacked
from extractor.errors import ExtractorError, SourceTooLarge, SourceUnreadable, UnsupportedFormat

# Bytes of an archive inside an archive that are held in memory; what is longer goes to an unnamed temporary file.
IN_MEMORY = 16 * 2**20


class Input(NamedTuple):
    """One input: how it is told (`uri`, `member`), where it lies (`path`, `steps`), or why it cannot be read at all."""

    uri: str
    member: str
    path: bytes
    steps: tuple[Step, ...] = ()
    error: ExtractorError | None = None


class Choice(NamedTuple):
    """Which of the files found are inputs: name patterns to keep (none: all), to leave out, and folders to pass by."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    apart: tuple[Path, ...] = ()

    def takes(self, name: str) -> bool:
        """Whether a file or member of this name is an input; patterns are matched with its last part."""
        last = name.rpartition("/")[2]
        wanted = not self.include or any(fnmatch(last, pattern) for pattern in self.include)
        return wanted and not any(fnmatch(last, pattern) for pattern in self.exclude)


ALL: Final = Choice()
USUAL: Final = ArchiveLimits()


def listed(
    sources: Iterable[str | os.PathLike[str]], choice: Choice = ALL, limits: ArchiveLimits = USUAL
) -> Iterator[Input]:
    """Every input of the sources, in their order; folders by name, archives as they are packed.

    A source is a file, a folder, a glob, an archive, an address (`s3://…`), `@file` with a source on each line, or `-`
    for such a list on standard input. Raises SourceUnreadable for a list that cannot be read and MissingExtra for an
    address without the extra `[remote]`; everything else that is wrong is an input with an error.
    """
    for source in sources:
        text = os.fspath(source)
        if text == "-" or text.startswith("@"):
            for line in _lines(text):
                yield from _found(line, choice, limits)
        else:
            yield from _found(text, choice, limits)


def _lines(source: str) -> Iterator[str]:
    """The entries of a list, one a line, or parted by NUL (`find -print0`)."""
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source[1:]).read_bytes()
    except OSError as error:
        raise SourceUnreadable(_reason(error), source=source[1:]) from error
    for line in data.split(b"\0" if b"\0" in data else b"\n"):
        entry = line.rstrip(b"\r\n")
        if entry:
            yield os.fsdecode(entry)


def _found(source: str, choice: Choice, limits: ArchiveLimits) -> Iterator[Input]:
    if remote.is_address(source):
        try:
            addresses = remote.find(source)
        except SourceUnreadable as error:
            yield Input(source, "", source.encode(), error=error)
            return
        for address in addresses:
            if address == source or kind_of(address) or choice.takes(address):
                yield from _file(address, address.encode(), choice, limits)
        return
    if not os.path.lexists(source) and glob.has_magic(source):
        for name in sorted(glob.glob(source, recursive=True), key=os.fsencode):  # noqa: PTH207  # a pattern may be absolute
            if not Path(name).is_dir():
                yield from _local(name, choice, limits)
    elif Path(source).is_dir():
        for name in _walk(source, choice):
            yield from _local(name, choice, limits)
    else:
        yield from _file(told(os.fsencode(source)), os.fsencode(os.path.abspath(source)), choice, limits)  # noqa: PTH100  # Path.absolute keeps `..`


def _local(name: str, choice: Choice, limits: ArchiveLimits) -> Iterator[Input]:
    """A file that was found rather than named: the patterns apply, but not to archives, whose members they are for."""
    uri = told(os.fsencode(name))
    if kind_of(name) or choice.takes(uri):
        yield from _file(uri, os.fsencode(os.path.abspath(name)), choice, limits)  # noqa: PTH100  # as above


def _walk(folder: str, choice: Choice) -> Iterator[str]:
    """Files under a folder, by the bytes of their names; links to folders are not followed."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError:
        yield folder  # opening it says why
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if not any(_same(entry.path, folder) for folder in choice.apart):
                yield from _walk(entry.path, choice)
        elif not entry.is_dir():
            yield entry.path


def _same(path: str, other: Path) -> bool:
    try:
        return Path(path).samefile(other)
    except OSError:
        return False


def _file(uri: str, path: bytes, choice: Choice, limits: ArchiveLimits) -> Iterator[Input]:
    """A document as itself, an archive as its members."""
    kind = kind_of(uri)
    if kind is None:
        yield Input(uri, "", path)
        return
    try:
        with open_path(path) as file:
            yield from _members(file, kind, Input(uri, "", path), choice, limits)
    except ExtractorError as error:
        yield Input(uri, "", path, error=error)
    except OSError as error:
        yield Input(uri, "", path, error=SourceUnreadable(_reason(error)))


def _members(file: IO[bytes], kind: str, parent: Input, choice: Choice, limits: ArchiveLimits) -> Iterator[Input]:
    packed = file.seek(0, os.SEEK_END)
    file.seek(0)
    stream = unpacked(file, kind)
    for member in members(stream, kind, packed, limits):
        name = f"{parent.member}!{member.name}" if parent.member and member.name else member.name or parent.member
        steps = (*parent.steps, member.step) if member.step else parent.steps
        inner = kind_of(name)
        if member.error or member.step is None:
            if not member.name or inner or choice.takes(name):
                yield Input(parent.uri, name, parent.path, steps, member.error)
        elif inner and parent.steps:
            error = UnsupportedFormat("is an archive in an archive in an archive", hint="unpack the outer one")
            yield Input(parent.uri, name, parent.path, steps, error)
        elif inner:
            yield from _nested(stream, inner, Input(parent.uri, name, parent.path, steps), choice, limits)
        elif choice.takes(name):
            yield Input(parent.uri, name, parent.path, steps)


def _nested(stream: Readable, kind: str, parent: Input, choice: Choice, limits: ArchiveLimits) -> Iterator[Input]:
    try:
        with _kept(stream, parent.steps[-1], limits) as inner:
            yield from _members(inner, kind, parent, choice, limits)
    except ExtractorError as error:
        yield parent._replace(error=error)


def _kept(stream: Readable, step: Step, limits: ArchiveLimits) -> IO[bytes]:
    """The archive inside an archive, still packed, as a file that can be sought in."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # its user closes it
    file.write(read_member(stream, step, limits.archive))
    file.seek(0)
    return file


def open_path(path: bytes) -> IO[bytes]:
    """A regular local file, or what an address leads to, opened for reading. Raises SourceUnreadable."""
    name = os.fsdecode(path)
    if remote.is_address(name):
        return remote.open_address(name)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise SourceUnreadable(_reason(error)) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):  # asked of what is open: the name may lead elsewhere by now
        os.close(handle)
        raise SourceUnreadable("is no regular file")
    return os.fdopen(handle, "rb")


class Opener:
    """Reads inputs; the archive that the last one came from stays open, and its packed stream where it is."""

    def __init__(self, limits: ArchiveLimits = USUAL) -> None:
        self._limits = limits
        self._open: list[tuple[object, Readable, list[IO[bytes]]]] = []

    def read(self, path: bytes, steps: Sequence[Step]) -> bytes:
        """An input's bytes. Raises SourceError."""
        try:
            if not steps:
                with open_path(path) as file:
                    return self._whole(file)
            return read_member(self._archive(path, steps), steps[-1], self._limits.member)
        except ExtractorError:
            raise
        except OSError as error:
            raise SourceUnreadable(_reason(error)) from error
        except Exception as error:  # a store behind an address raises the errors of its own client
            raise SourceUnreadable("cannot be read") from error

    def close(self) -> None:
        """Closes what is open."""
        while self._open:
            for file in self._open.pop()[2]:
                file.close()

    def _whole(self, file: IO[bytes]) -> bytes:
        data = file.read(self._limits.member + 1)
        if len(data) > self._limits.member:
            raise SourceTooLarge(f"is larger than {self._limits.member // 2**20} MiB")
        return data

    def _archive(self, path: bytes, steps: Sequence[Step]) -> Readable:
        keys: list[object] = [(path, steps[0].kind)]
        if len(steps) > 1:
            keys.append((path, steps[0], steps[1].kind))
        for level, key in enumerate(keys):
            if len(self._open) > level and self._open[level][0] == key:
                continue
            while len(self._open) > level:
                for file in self._open.pop()[2]:
                    file.close()
            opened = open_path(path) if level == 0 else _kept(self._open[0][1], steps[0], self._limits)
            self._open.append((key, unpacked(opened, steps[level].kind), [opened]))
        return self._open[len(keys) - 1][1]


def _reason(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "cannot be opened"
    return reason[0].lower() + reason[1:]
