"""Builds a wheel with the reader's and the fitting's rooms compiled by mypyc.

A PDF then takes about a fifth less time, an HTML page a third.
`python -m tools.compiled_wheel DIR` needs a C compiler, Python's headers and three minutes; the wheel fits the Python
and the system that it was built on. It is built from a copy: compiled modules beside their sources would be loaded
instead of them, whatever was changed there since.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
# What a wheel is built from.
PARTS: Final = ("extractor", "tools", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE")


def build(target: Path, root: Path = ROOT) -> Path:
    """The wheel, put into the folder `target`; raises CalledProcessError where it cannot be built."""
    with tempfile.TemporaryDirectory() as name:
        copy, out = Path(name) / "source", Path(name) / "wheel"
        for part in PARTS:
            _copy(root / part, copy / part)
        environment = {**os.environ, "HATCH_BUILD_HOOK_ENABLE_MYPYC": "true"}
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(copy)]
        subprocess.run(command, env=environment, check=True)
        (wheel,) = out.glob("*.whl")
        target.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy2(wheel, target))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tools.compiled_wheel DIR")
    try:
        print(build(Path(sys.argv[1])))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)


if __name__ == "__main__":
    main()
