"""Adds the compiled helper to a wheel, where this machine can compile it; without one the wheel is pure Python."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
from tools.compile_helper import HELPER, compile_helper

# Set to anything, nothing is compiled, and a wheel fits every system.
PURE = "EXTRACTOR_PURE"
# Where it is set, mypyc's hook comes next, and what that compiles fits one version of Python.
ROOMS = "HATCH_BUILD_HOOK_ENABLE_MYPYC"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before it collects the files of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        if self.target_name != "wheel" or PURE in os.environ:
            return
        if problem := compile_helper(Path(self.root)):
            self.app.display_warning(f"without the compiled helper: {problem}")
            return
        build_data["artifacts"].append(HELPER.as_posix())
        build_data["pure_python"] = False
        if ROOMS not in os.environ:
            # Plain C, called through ctypes: it depends on the system, and on no version of Python.
            system = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{system}"
