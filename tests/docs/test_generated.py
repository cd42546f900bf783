"""The generated parts of the pages are fresh; with them every option, code, public name, item and column is told."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import click
import pytest

import extractor
from extractor.cli import cli
from extractor.issues import CATALOGUE, Code
from extractor.templates import forms, printings
from extractor.writers.sec_columns import TABLES
from tools.make_docs import names
from tools.make_docs.__main__ import PARTS, ROOT, main, renewed, stale
from tools.make_docs.markdown import escaped

CONTEXT = click.Context(cli, info_name="extractor")

pytestmark = pytest.mark.skipif(not ROOT.is_dir(), reason="no docs here")


def text(name: str) -> str:
    return (ROOT / f"{name}.md").read_text(encoding="utf-8")


def test_the_pages_are_what_would_be_written() -> None:
    assert [path.name for path in stale()] == [], "run python -m tools.make_docs"


def test_every_part_is_on_a_page() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("*.md"))
    assert [part for part in PARTS if f"<!-- generated:begin {part} -->" not in pages] == []


def test_a_part_out_of_date_is_found_and_made_anew(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- generated:begin csv -->\nold\n<!-- generated:end -->\nAfter\n", encoding="utf-8")
    assert stale(tmp_path) == [page]
    made = renewed(page.read_text(encoding="utf-8"))
    assert made.startswith("Before\n")
    assert made.endswith("<!-- generated:end -->\nAfter\n")
    assert "old" not in made
    assert "`price_per_share_footnotes`" in made


def test_the_check_says_what_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", cli.list_commands(CONTEXT))
def test_every_option_is_told(name: str) -> None:
    command = cli.get_command(CONTEXT, name)
    assert command is not None
    section = text("command-line").partition(f"\n## extractor {name}\n")[2].partition("\n## ")[0]
    assert section
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert all(f"`{each}`" in section for each in option.opts), option.name


@pytest.mark.parametrize("code", list(Code))
def test_every_issue_is_told(code: Code) -> None:
    entry = CATALOGUE[code]
    section = text("issues").partition(f"\n### {code.value}\n")[2].partition("\n### ")[0].replace("\\", "")
    assert entry.meaning in section
    assert entry.advice in section


@pytest.mark.parametrize("module", names.MODULES)
def test_every_public_name_is_told_and_says_what_it_is(module: str) -> None:
    loaded = import_module(module)
    section = text("python").partition(f"\n## {module}\n")[2].partition("\n## ")[0]
    assert [name for name in names.public_names(loaded) if f"\n### {escaped(name)}\n" not in section] == []
    for name in names.public_names(loaded):
        thing = getattr(loaded, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, name
            assert list(undocumented(thing)) == [], name


def undocumented(thing: object) -> list[str]:
    """Public methods and properties of a class that say nothing of themselves."""
    if not inspect.isclass(thing):
        return []
    members = {name: member for name, member in vars(thing).items() if not name.startswith("_")}
    return [
        name
        for name, member in members.items()
        if (inspect.isfunction(member) or isinstance(member, property))
        and not inspect.getdoc(member)
        # what the standard library's own classes ask for and document
        and not any(name in vars(base) for base in thing.__mro__[1:])
    ]


def test_the_names_of_the_package_are_among_them() -> None:
    assert names.public_names(extractor) == list(extractor.__all__)


def test_every_item_column_and_printing_is_told() -> None:
    page = text("forms")
    for form in forms():
        section = page.partition(f"\n## {form.id}\n")[2].partition("\n## ")[0]
        told = [
            *form.items,
            *form.labels,
            *(column.field for table in (form.table_1, form.table_2) for column in table.columns),
        ]
        assert [name for name in told if f"`{name}`" not in section] == []
    assert [printing.id for printing in printings() if f"\n### {printing.id}\n" not in page] == []


def test_every_table_and_column_of_a_batch_is_told() -> None:
    page = text("formats")
    for table in TABLES.values():
        section = page.partition(f"\n### {table.name}\n")[2].partition("\n### ")[0]
        assert [column.name for column in table.columns if f"`{column.name}`" not in section] == []
