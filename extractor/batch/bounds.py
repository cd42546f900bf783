"""What a process may use comes in; on return this process is held to it by the kernel, as far as the system can."""

from __future__ import annotations

import ctypes
import math
import os
import signal
import struct
import sys
from pathlib import Path
from typing import Final, NamedTuple

MIB: Final = 2**20


class Bounds(NamedTuple):
    """What one task may use: wall seconds, bytes of address space beyond what the process starts with (None: all),
    whether it may write files, open files at a time, bytes of its answer, after how many tasks or bytes of resident
    memory beyond what it came up with its process is replaced, and how often it is started where a SIGKILL from outside
    ends it (the kernel short of memory, an administrator), which says little about the document.

    A filing takes 20 ms and 60 MiB; a self-referencing form object in a PDF of 1 KB takes pdfium to any bound.
    """

    seconds: float = 10.0
    memory: int | None = 1024 * MIB
    writes: bool = False
    files: int = 64
    answer: int = 16 * MIB
    tasks: int = 500
    resident: int = 256 * MIB
    starts: int = 5


_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
# include/uapi/linux/landlock.h: numbers of the calls, and the rights that are taken away
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_EXECUTE, _WRITE, _REMOVE_AND_MAKE, _REFER, _TRUNCATE = 1 << 0, 1 << 1, 0x1FF0, 1 << 13, 1 << 14
_CONNECT_AND_BIND = 0b11
_ABI_REFER, _ABI_TRUNCATE, _ABI_NETWORK = 2, 3, 4

_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
_libc: Final = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def bind(bounds: Bounds, parent: int) -> None:
    """Holds this process to `bounds`; ends it at once where `parent` has ended already.

    No core dumps, no new privileges, killed with its parent; without `writes` no file can be written, removed or made,
    no program run and no connection opened. What the system does not have is left out (macOS: no Landlock, no signal
    at the parent's death, address space not bounded).
    """
    if sys.platform == "win32":
        return
    import resource

    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    _limit(resource.RLIMIT_CORE, 0)
    if bounds.memory is not None and sys.platform == "linux":
        _limit(resource.RLIMIT_AS, _address_space() + bounds.memory)
    if not bounds.writes:
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_NOFILE, bounds.files)
        _landlock()


def allow_seconds(seconds: float) -> None:
    """Gives this process so much more processor time, a second beyond the wall time at which it is killed anyway."""
    if sys.platform == "win32":
        return
    import resource

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + seconds) + 1, hard))


def resident() -> int:
    """Bytes of this process in memory; 0 where the system does not tell. Asked for after every document."""
    try:
        handle = os.open("/proc/self/statm", os.O_RDONLY)  # a file object would take three times as long
    except OSError:
        return 0
    try:
        return int(os.read(handle, 256).split()[1]) * _PAGE
    finally:
        os.close(handle)


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _limit(kind: int, value: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _landlock() -> None:
    """Takes away writing, running programs and TCP; reading stays, for fonts and for modules loaded late."""
    if _libc is None:
        return
    abi = int(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1)))
    if abi < 1:
        return
    files = _EXECUTE | _WRITE | _REMOVE_AND_MAKE
    files |= _REFER if abi >= _ABI_REFER else 0
    files |= _TRUNCATE if abi >= _ABI_TRUNCATE else 0
    asked = struct.pack("=Q", files)
    if abi >= _ABI_NETWORK:
        asked = struct.pack("=QQ", files, _CONNECT_AND_BIND)
    rules = int(_libc.syscall(_CREATE_RULESET, asked, ctypes.c_size_t(len(asked)), ctypes.c_uint32(0)))
    if rules >= 0:
        _libc.syscall(_RESTRICT_SELF, rules, ctypes.c_uint32(0))
        os.close(rules)
