"""From TOML files to templates: forms and printings inherit by `extends`, printings add their wordings.

Besides the package's own files those of a folder are read that `EXTRACTOR_TEMPLATES` names: its `forms/*.toml` and
`printings/*.toml`. They add to ours and replace none. They are read once a process, when a template is first asked for.

A file that breaks its schema, extends an unknown one, or names a column that no form has, raises `TemplateError`: a
wrong template must stop the program, never yield a half-read filing.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.errors import TemplateError
from extractor.templates.model import Column, Form, Printing, Table, Template

Raw = dict[str, Any]

ADDED = "EXTRACTOR_TEMPLATES"
"""The environment variable that names a folder of templates besides the package's own."""
FOLDERS = ("forms", "printings")


def read_folder(folder: str) -> dict[str, Raw]:
    """The parsed files of `folder` (`forms`, `printings`) by their `id`, the package's own first."""
    found: dict[str, Raw] = {}
    for path in (*_files(resources.files("extractor.templates").joinpath(folder)), *_added(folder)):
        try:
            raw = tomllib.loads(_bytes(path).decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise TemplateError(f"not TOML: {error}", source=path.name) from error
        if raw.get("id") in found or "id" not in raw:
            raise TemplateError("id is missing or taken", source=path.name)
        found[raw["id"]] = raw
    return found


def _files(folder: Traversable) -> list[Traversable]:
    return sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)


def _bytes(path: Traversable) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(f"cannot be read: {error.strerror}", source=path.name) from error


def _added(folder: str) -> Iterator[Traversable]:
    """The files of one kind that were added. Raises TemplateError where the folder named has neither kind."""
    named = os.environ.get(ADDED)
    if not named:
        return
    if not any(Path(named, kind).is_dir() for kind in FOLDERS):
        raise TemplateError(f"{ADDED} names a folder without {' or '.join(FOLDERS)} in it", source=named)
    if Path(named, folder).is_dir():
        yield from _files(Path(named, folder))


def fingerprint_of_added() -> str:
    """The sha256 of the templates that were added, names and contents; empty where there are none."""
    digest = hashlib.sha256()
    files = [(folder, path) for folder in FOLDERS for path in _added(folder)]
    for folder, path in files:
        content = _bytes(path)
        digest.update(f"{folder}/{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest() if files else ""


def inherit(raws: dict[str, Raw], name: str, seen: tuple[str, ...] = ()) -> Raw:
    """The file `name` laid over what it extends: tables merge key by key, anything else replaces."""
    if name in seen:
        raise TemplateError(f"{' extends '.join((*seen, name))}", source=name)
    if name not in raws:
        raise TemplateError("extends an unknown template", source=name)
    raw = raws[name]
    if "extends" not in raw:
        return raw
    base = inherit(raws, raw["extends"], (*seen, name))
    merged = {key: value for key, value in base.items() if key != "abstract"}
    for key, value in raw.items():
        merged[key] = {**merged[key], **value} if isinstance(value, dict) and key in merged else value
    return {key: value for key, value in merged.items() if key != "extends"}


def build_form(raws: dict[str, Raw], name: str) -> Form:
    """The form `name`, checked."""
    raw = inherit(raws, name)
    try:
        return Form.model_validate(raw)
    except ValidationError as error:
        raise TemplateError(str(error), source=name) from error


def build_printing(raw: Raw) -> Printing:
    """A printing, checked."""
    try:
        return Printing.model_validate(raw)
    except ValidationError as error:
        raise TemplateError(str(error), source=str(raw["id"])) from error


def draw(form: Form, printing: Printing) -> Template:
    """`form` as `printing` draws it."""
    tables: dict[str, Any] = {
        name: _with_wordings(getattr(form, name), words) for name, words in printing.wordings.items() if words
    }
    return Template(form=form.model_copy(update=tables), printing=printing)


def _with_wordings(table: Table, words: dict[str, tuple[str, ...]]) -> Table:
    columns = tuple(
        Column(field=column.field, captions=(*column.captions, *words.get(column.field, ())))
        for column in table.columns
    )
    return table.model_copy(update={"columns": columns, "groups": (*table.groups, *words.get("groups", ()))})


@cache
def forms() -> tuple[Form, ...]:
    """Every form that can be read, in order of their ids."""
    raws = read_folder("forms")
    return tuple(build_form(raws, name) for name, raw in raws.items() if not raw.get("abstract"))


@cache
def printings() -> tuple[Printing, ...]:
    """Every printing that can be read, in order of their ids."""
    raws = read_folder("printings")
    found = tuple(build_printing(inherit(raws, name)) for name in raws)
    known = {column.field for form in forms() for table in (form.table_1, form.table_2) for column in table.columns}
    for printing in found:
        for words in printing.wordings.values():
            strangers = set(words) - known - {"groups"}
            if strangers:
                raise TemplateError(f"no form has the column {', '.join(sorted(strangers))}", source=printing.id)
    return found


@cache
def template(form_id: str, printing_id: str) -> Template:
    """The template of a form and a printing, by their ids."""
    form = next((form for form in forms() if form.id == form_id), None)
    printing = next((printing for printing in printings() if printing.id == printing_id), None)
    if form is None or printing is None:
        raise TemplateError("no such template", source=f"{form_id}/{printing_id}")
    return draw(form, printing)
