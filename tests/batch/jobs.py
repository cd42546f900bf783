"""Stand-ins for the reading of documents: they do what documents make native code do."""

from __future__ import annotations

import ctypes
import gc
import os
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from extractor.batch.frames import Frame
from extractor.batch.worker import read_document
from extractor.errors import DamagedSource

JOB = f"{__name__}:act"
POISON = f"{__name__}:read_or_act"


def act(_head: Mapping[str, object], body: bytes) -> Frame:
    """Does what the body's first word says and answers with the rest of it."""
    word, _, rest = body.decode().partition(" ")
    return Frame({"status": "read", "told": str(_ACTS[word](rest))}, b"")


def read_or_act(head: Mapping[str, object], body: bytes) -> Frame:
    """Reads a document, unless it says `!` and what else to do."""
    return act(head, body[1:].split(b"\n")[0]) if body.startswith(b"!") else read_document(head, body)


def _segfault(_: str) -> None:
    ctypes.string_at(0)


def _hang(_: str) -> None:
    while True:
        pass


def _sleep(seconds: str) -> str:
    time.sleep(float(seconds))
    return seconds


def _work(seconds: str) -> str:
    """So much of a processor's time."""
    until = time.process_time() + float(seconds)
    while time.process_time() < until:
        pass
    return seconds


def _eat(_: str) -> None:
    bytearray(4 * 2**30)


def _eat_natively(_: str) -> None:
    """As pdfium does: memory until there is none, then SIGABRT."""
    held = []
    try:
        while True:
            held.append(bytearray(2**24))
    except MemoryError:
        os.abort()


def _exit(code: str) -> None:
    os._exit(int(code))


def _mistake(_: str) -> None:
    raise KeyError("no such thing")


def _damaged(_: str) -> None:
    raise DamagedSource("is broken")


def _forbidden(path: str) -> str:
    """What of writing, running and connecting is possible."""
    done = []
    for name, deed in {
        "write": lambda: Path(path).write_text("x" * 10),
        "run": lambda: subprocess.run(["/bin/true"], check=True),
        "connect": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    }.items():
        try:
            deed()
        except (PermissionError, subprocess.SubprocessError):
            continue
        except OSError:
            if name == "write":  # file size limit, where the system has no Landlock
                continue
        done.append(name)
    return ",".join(done)


_held: list[bytes] = []


def _grow(mebibytes: str) -> int:
    """Holds so much memory for good."""
    _held.append(b"x" * (int(mebibytes) * 2**20))
    return os.getpid()


_ACTS = {
    "echo": str,
    "grow": _grow,
    "pid": lambda _: os.getpid(),
    "segfault": _segfault,
    "hang": _hang,
    "sleep": _sleep,
    "work": _work,
    "eat": _eat,
    "eat-natively": _eat_natively,
    "exit": _exit,
    "mistake": _mistake,
    "damaged": _damaged,
    "forbidden": _forbidden,
    "large": lambda size: "x" * int(size),
    "stop": lambda _: os.kill(os.getpid(), 19),
    "kill-parent": lambda _: os.kill(os.getppid(), 9),
    "kill": lambda _: os.kill(os.getpid(), 9),
}


def measure(_head: Mapping[str, object], body: bytes) -> Frame:
    """The length of the body."""
    return Frame({"status": "read", "told": len(body)}, b"")


def thresholds(_head: Mapping[str, object], _body: bytes) -> Frame:
    """After how many objects cycles are looked for here."""
    return Frame({"status": "read", "told": list(gc.get_threshold())}, b"")
