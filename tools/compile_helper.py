"""Compiles the loops that ask pdfium (`extractor/readers/pdf/bulk_helper.c`) where a C compiler is found.

`python -m tools.compile_helper` does it in this checkout; the installation does it by itself (`hatch_build.py`). Where
there is no compiler, or the compiler fails, everything works without: reading a PDF then takes half as long again.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
SOURCE: Final = Path("extractor/readers/pdf/bulk_helper.c")
# Beside the source, under one name on every system: it is loaded by its path.
HELPER: Final = SOURCE.with_suffix(".so")
SECONDS: Final = 60.0  # 0.2 are usual


def compile_helper(root: Path = ROOT) -> str:
    """Compiles the helper beside its source; what went wrong, or nothing.

    A helper of before is replaced in one step, for processes may have it loaded.
    """
    found = compiler()
    aside = root / HELPER.with_suffix(".new")
    try:
        if not found:
            return "no C compiler"
        command = [*found, "-O2", "-ffp-contract=off", "-shared", "-fPIC", "-o", str(aside), str(root / SOURCE)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        if done.returncode:
            return (done.stderr.strip() or f"{found[0]} ended with {done.returncode}").splitlines()[0]
        aside.replace(root / HELPER)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    finally:
        _remove(aside)
    return ""


def compiler() -> list[str]:
    """The C compiler's command, empty where there is none: the user's choice, what Python itself was compiled with, or
    what the system calls its compiler.
    """
    for words in (os.environ.get("CC"), sysconfig.get_config_var("CC"), "cc", "gcc", "clang"):
        command = shlex.split(words or "")
        if command and shutil.which(command[0]):
            return command[:1] if words != os.environ.get("CC") else command
    return []


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def main() -> None:
    if problem := compile_helper():
        sys.exit(f"not compiled: {problem}")
    print(HELPER)


if __name__ == "__main__":
    main()
