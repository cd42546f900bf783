"""Compiles the rooms in which a page's time is spent (the readers, the fitting, the checks) with mypyc.

The installation does it by itself where it finds a C compiler (`hatch_build.py`): a PDF then takes a quarter less time,
an HTML page a third. Where it cannot, everything works without and gives the same bytes. What was compiled of the same
sources before is taken again, from `build/rooms`. It never lies beside the sources, where it would be loaded instead of
them, whatever was changed there since.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
KEPT: Final = Path("build/rooms")
REQUIREMENTS: Final = ("mypy~=2.4", "setuptools>=77")
# Each library of compiled rooms with what it is made of; compilers work on several side by side. Cheap optimisation
# gives the same speed as dear one, in half the time.
LIBRARIES: Final = {
    "extractor_layout": ("layout/bbox.py", "layout/grid.py", "layout/text.py", "readers/pdf/*.py"),
    "extractor_html": ("readers/html/*.py",),
    "extractor_writers": ("writers/json*.py", "writers/sec_*.py"),
    "extractor_fitting": ("fitting/*.py", "templates/choose.py", "checks.py"),
}
# Left out is what others load by name, what calls C libraries most of its time, and what runs once a process.
LEFT_OUT: Final = (
    "*/__init__.py",
    "*/paper.py",
    "readers/html/dom_soup.py",
    "readers/html/harmless.py",
    "readers/pdf/bulk*.py",
    "readers/pdf/page.py",
    "readers/pdf/page_p*.py",
    "readers/pdf/page_shapes.py",
    "readers/pdf/witness.py",
)
# What other packages say of their types is left alone: to read it takes as long as to compile, and what comes out would
# depend on what is installed.
MYPY: Final = ("--python-version=3.11", "--no-site-packages", "--ignore-missing-imports", "--follow-imports=silent")
SECONDS: Final = 1200.0  # 50 are usual on two cores


def compile_rooms(root: Path = ROOT) -> tuple[Path | None, str]:
    """The folder in which the compiled rooms lie as they are to lie in a wheel; or None, and what went wrong."""
    try:
        kept = root / KEPT / _state(root)
        if not kept.is_dir():
            _compile(root, kept)
    except PackageNotFoundError as error:
        return None, f"{error.name} is not installed"
    except subprocess.CalledProcessError as error:
        return None, _reason(error)
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, str(error)
    return kept, ""


def _reason(error: subprocess.CalledProcessError) -> str:
    """What went wrong first: mypyc says it on standard output, a compiler on standard error."""
    said = [line for line in (*error.stderr.splitlines(), *error.stdout.splitlines()) if line.strip()]
    found = [line for line in said if "error:" in line.lower()] or said[-1:]
    return found[0] if found else f"the compiler ended with {error.returncode}"


def rooms(root: Path) -> dict[str, list[str]]:
    """What each library is made of, as paths from `root`."""
    package = root / "extractor"
    return {
        name: [f"extractor/{path}" for pattern in patterns for path in _matching(package, pattern)]
        for name, patterns in LIBRARIES.items()
    }


def _matching(package: Path, pattern: str) -> Iterator[str]:
    for path in sorted(package.glob(pattern)):
        name = path.relative_to(package).as_posix()
        if not any(fnmatch(name, each) for each in LEFT_OUT):
            yield name


def _state(root: Path) -> str:
    """A name for all that decides what comes out: the sources, this file, mypyc and the Python it is compiled for."""
    digest = hashlib.sha256()
    for text in (version("mypy"), version("setuptools"), str(sysconfig.get_config_var("EXT_SUFFIX"))):
        digest.update(f"{text}\n".encode())
    digest.update(Path(__file__).read_bytes())
    for path in sorted((root / "extractor").rglob("*.py")):
        digest.update(f"{path.relative_to(root)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:20]


def _compile(root: Path, kept: Path) -> None:
    """Compile a copy, for mypyc leaves its work beside what it compiles and would heed the project's own settings."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        shutil.copytree(root / "extractor", copy / "extractor", ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        command = [sys.executable, str(Path(__file__).resolve()), "--here"]
        subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=SECONDS, check=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as aside:
            done = shutil.copytree(copy / "out", Path(aside) / "done")
            # In one step, so that what is there is whole; of two installations at the same work, the first is kept.
            try:
                done.rename(kept)
            except OSError:
                if not kept.is_dir():
                    raise


def _compile_here() -> None:
    """Compile the rooms of the current folder into `out`, in a process of its own: mypyc ends it where it fails."""
    from mypyc.build import mypycify
    from setuptools import setup

    groups: list[tuple[list[str], str | None]] = [(paths, name) for name, paths in rooms(Path()).items()]
    every = [path for paths, _ in groups for path in paths]
    extensions = mypycify([*MYPY, *every], opt_level="1", debug_level="0", separate=groups)
    jobs = str(os.cpu_count() or 1)
    setup(
        name="rooms",
        packages=[],
        ext_modules=extensions,
        script_args=["--quiet", "build_ext", "--parallel", jobs, "--build-lib", "out"],
    )


def main() -> None:
    if sys.argv[1:] == ["--here"]:
        _compile_here()
        return
    folder, problem = compile_rooms()
    if folder is None:
        sys.exit(f"not compiled: {problem}")
    print(folder)


if __name__ == "__main__":
    main()
