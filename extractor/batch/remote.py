"""An address such as `s3://bucket/folder/` comes in; the addresses under it and their open files go out, by fsspec.

The adapter to fsspec, the optional extra `[remote]`. Nothing is asked of the network but what the user named.
"""

from __future__ import annotations

import re
from typing import IO, Any, cast

from extractor.errors import ExtractorError, MissingExtra, SourceUnreadable

# What can be named. Others that fsspec knows run commands, chain caches or go through hosts that nobody named.
SCHEMES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "https", "memory")

_ADDRESS = re.compile(rf"(?:{'|'.join(SCHEMES)})://", re.IGNORECASE)


def is_address(source: str) -> bool:
    """Whether the source is an address that fsspec is to open."""
    return _ADDRESS.match(source) is not None


def find(source: str) -> list[str]:
    """The addresses of all files under a folder or matching a glob, sorted; of a file, its own.

    Raises SourceUnreadable, or MissingExtra where fsspec or its part for this scheme is not installed.
    """
    files, path = _system(source)
    scheme = source.partition("://")[0]
    try:
        if scheme == "https":
            return [source]
        if any(sign in path for sign in "*?["):
            found = [name for name in files.glob(path) if files.isfile(name)]
        elif files.isfile(path):
            return [source]
        else:
            found = files.find(path)
    except Exception as error:  # each of fsspec's stores raises the errors of its own client
        raise SourceUnreadable("cannot be listed") from error
    if not found:
        raise SourceUnreadable("no such file or folder")
    return sorted(f"{scheme}://{str(name).lstrip('/')}" for name in found)


def open_address(address: str) -> IO[bytes]:
    """The file at an address, read as it is asked for. Raises SourceUnreadable or MissingExtra."""
    files, path = _system(address)
    try:
        return cast(IO[bytes], files.open(path, "rb"))
    except Exception as error:  # as above
        raise SourceUnreadable("cannot be opened") from error


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError as error:
        raise MissingExtra("remote", f"reading {address.partition('://')[0]}:// addresses") from error
    try:
        files, path = url_to_fs(address)
    except ImportError as error:
        raise MissingExtra("remote", f"reading {address.partition('://')[0]}:// addresses") from error
    except ExtractorError:
        raise
    except Exception as error:  # as above
        raise SourceUnreadable("cannot be reached") from error
    return files, str(path)
