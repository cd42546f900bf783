"""A folder's lock file in; a lock that is held while its descriptor is open, and by one process at a time, out."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Final

from extractor.errors import ExitCode, WriteError

# Seconds for which a lock is tried: workers of a run that was just killed may hold it for a moment longer.
LOCK_PATIENCE: Final = 1.0


class OutputBusy(WriteError):
    """Another run writes into this folder."""

    exit_code = ExitCode.BUSY
    default_hint = "wait for the other run, or give another folder"


def locked(path: Path, out: Path) -> int:
    """A descriptor that holds the lock on a folder; closing it lets go. Raises OutputBusy."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o666)
    if sys.platform == "win32":
        return handle
    import fcntl

    until = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                os.close(handle)
                raise OutputBusy("another run is writing here", source=str(out)) from error
            time.sleep(0.05)
        except BaseException:
            os.close(handle)
            raise
        else:
            return handle
