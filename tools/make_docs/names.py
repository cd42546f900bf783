"""The public modules in, a section for each public name out: its signature, what it says of itself, its members."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from tools.make_docs.markdown import code, docstring, escaped, first_paragraph

MODULES = (
    "extractor",
    "extractor.errors",
    "extractor.issues",
    "extractor.filing",
    "extractor.rows",
    "extractor.layout",
    "extractor.templates",
    "extractor.fitting",
    "extractor.writers",
    "extractor.batch",
)
"""The modules whose names are public, the ones that are met first, first."""


def public_names(module: ModuleType) -> list[str]:
    """What `__all__` names; of a module without one, what it defines and does not hide."""
    named = getattr(module, "__all__", None)
    if named is not None:
        return list(named)
    return [name for name, thing in vars(module).items() if name[0] != "_" and _is_defined(thing, module)]


def _is_defined(thing: object, module: ModuleType) -> bool:
    return (inspect.isclass(thing) or inspect.isfunction(thing)) and thing.__module__ == module.__name__


def page() -> Iterator[str]:
    """The lines of the generated part. A name that several modules offer is told once, in the first of them."""
    told: dict[int, str] = {}
    for name in MODULES:
        module = import_module(name)
        text = docstring(module)
        yield from ("", f"## {name}", "", text if name == "extractor.errors" else first_paragraph(text))
        for each in public_names(module):
            thing = getattr(module, each)
            home = told.setdefault(id(thing), name)
            yield from ("", f"### {escaped(each)}", "")
            if home != name and (inspect.isclass(thing) or inspect.isfunction(thing)):
                yield f"The one of {code(home)}."
            else:
                yield from _thing(each, thing)


def _thing(name: str, thing: Any) -> Iterator[str]:
    if inspect.isclass(thing):
        yield from _class(name, thing)
    elif callable(thing):
        yield from (code(f"{name}{_signature(thing)}"), "", docstring(thing))
    else:
        yield f"A constant: {code(_shown(thing))}."


def _shown(thing: object) -> str:
    """A constant's value as far as it fits a line; a mapping's keys."""
    text = ", ".join(map(str, thing)) if hasattr(thing, "keys") and hasattr(thing, "__iter__") else str(thing)
    return text if len(text) <= 100 else text[:99] + "…"


def _signature(function: Callable[..., object]) -> str:
    try:
        signature = inspect.signature(function)
        public = [given for name, given in signature.parameters.items() if not name.startswith("_")]
        return str(signature.replace(parameters=public)).replace("'", "")
    except ValueError:
        return "(…)"


def _class(name: str, of: type) -> Iterator[str]:
    if not issubclass(of, BaseModel | Enum | BaseException) and "__init__" in vars(of) | vars(of).get(
        "__annotations__", {}
    ):
        yield from (code(f"{name}{_signature(of)}"), "")
    yield docstring(of)
    for lines in (_values(of), _fields(of), _methods(of)):
        yield ""
        yield from lines


def _values(of: type) -> Iterator[str]:
    if issubclass(of, Enum):
        yield "Values: " + ", ".join(code(f"{each.name} = {each.value!r}") for each in of) + "."


def _fields(of: type) -> Iterator[str]:
    """Members that are data: those of a model, a dataclass or a named tuple."""
    if issubclass(of, Enum):
        return
    names = list(of.model_fields) if issubclass(of, BaseModel) else list(vars(of).get("__annotations__", {}))
    shown = [each for each in names if not each.startswith("_") and each != "model_config"]
    if shown:
        yield "Members: " + ", ".join(map(code, shown)) + "."


def _methods(of: type) -> Iterator[str]:
    """Properties and methods of the class's own, each with the first paragraph of what it says of itself."""
    for name, member in vars(of).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property | cached_property):
            function, shown = member.fget if isinstance(member, property) else member.func, name
        elif inspect.isfunction(member):
            function, shown = member, name + _signature(member).replace("self, ", "").replace("(self)", "()")
        else:
            continue
        yield f"- {code(shown)}: {first_paragraph(docstring(function))}"
