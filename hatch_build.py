"""Adds to a wheel what this machine can compile: the helper in C and the rooms compiled by mypyc.

Where there is no C compiler, or it fails, the wheel is pure Python and does the same, more slowly.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
from tools.compile_helper import HELPER, compile_helper, compiler
from tools.compile_rooms import REQUIREMENTS, compile_rooms

# Set to anything, nothing is compiled, and a wheel fits every system.
PURE = "EXTRACTOR_PURE"
EDITABLE = "editable"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before it collects the files of a wheel."""

    def dependencies(self) -> list[str]:
        """What is fetched to build with: nothing where nothing will be compiled."""
        wanted = self.target_name == "wheel" and PURE not in os.environ and _fits() and compiler()
        return list(REQUIREMENTS) if wanted else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or PURE in os.environ:
            return
        root = Path(self.root)
        if problem := compile_helper(root):
            self.app.display_warning(f"nothing is compiled, reading takes three quarters longer: {problem}")
            return
        build_data["artifacts"].append(HELPER.as_posix())
        build_data["pure_python"] = False
        # In an editable installation the sources are what is to be run.
        if version != EDITABLE and _fits() and self._add_rooms(root, build_data):
            build_data["infer_tag"] = True
            return
        # Plain C, called through ctypes: it depends on the system, and on no version of Python.
        system = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{system}"

    def _add_rooms(self, root: Path, build_data: dict[str, Any]) -> bool:
        folder, problem = compile_rooms(root)
        if folder is None:
            self.app.display_warning(f"the reader and the fitting are not compiled: {problem}")
            return False
        for path in folder.rglob("*"):
            if path.is_file():
                build_data["force_include"][str(path)] = path.relative_to(folder).as_posix()
        return True


def _fits() -> bool:
    """Whether mypyc compiles for this Python."""
    return sys.implementation.name == "cpython" and not sysconfig.get_config_var("Py_GIL_DISABLED")
