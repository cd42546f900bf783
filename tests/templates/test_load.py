"""Loading: inheritance by `extends`, wordings of printings, and every way in which a file can be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import TemplateError
from extractor.templates import forms, load, printings, template
from extractor.templates.load import build_form, build_printing, draw, inherit, read_folder

BASE: dict[str, Any] = {
    "id": "base",
    "abstract": True,
    "hints": ["(Instr. 3)"],
    "items": {"owner": ["1. Name"], "issuer": ["2. Issuer"]},
    "parts": {},
    "labels": {"director": ["Director"]},
    "sections": {},
}
TABLE: dict[str, Any] = {"titles": ["Table"], "columns": [{"field": "amount", "captions": ["Amount"]}]}
CHILD: dict[str, Any] = {
    "id": "child",
    "extends": "base",
    "form": "4",
    "eras": ["X03"],
    "headings": ["FORM 4"],
    "titles": ["STATEMENT"],
    "items": {"issuer": ["3. Issuer"], "joint": ["6. Joint"]},
    "table_1": TABLE,
    "table_2": TABLE,
}
GRANDCHILD: dict[str, Any] = {"id": "grandchild", "extends": "child", "eras": ["X05"], "labels": {"other": ["Other"]}}
RAWS = {raw["id"]: raw for raw in (BASE, CHILD, GRANDCHILD)}
PRINTING: dict[str, Any] = {
    "id": "drawn",
    "address": "slots",
    "titles": "under-labels",
    "owners": "blocks",
    "evidence": {"captions": ["SEC Form 4"], "properties": []},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder `forms`, from which template files are read."""
    monkeypatch.setattr(load.resources, "files", lambda _package: tmp_path)
    (tmp_path / "forms").mkdir()
    return tmp_path / "forms"


# Inheritance


def test_tables_of_a_file_are_laid_over_those_it_extends_key_by_key() -> None:
    assert inherit(RAWS, "child")["items"] == {"owner": ["1. Name"], "issuer": ["3. Issuer"], "joint": ["6. Joint"]}


def test_what_is_no_table_replaces() -> None:
    merged = inherit(RAWS, "grandchild")
    assert merged["eras"] == ["X05"]
    assert merged["hints"] == ["(Instr. 3)"]


def test_inheritance_goes_all_the_way_down() -> None:
    merged = inherit(RAWS, "grandchild")
    assert merged["labels"] == {"director": ["Director"], "other": ["Other"]}
    assert merged["items"]["joint"] == ["6. Joint"]
    assert merged["id"] == "grandchild"


def test_a_child_of_an_abstract_file_is_not_abstract() -> None:
    assert not inherit(RAWS, "child").keys() & {"abstract", "extends"}


def test_what_is_extended_stays_as_it_is() -> None:
    inherit(RAWS, "grandchild")
    assert BASE["items"] == {"owner": ["1. Name"], "issuer": ["2. Issuer"]}
    assert RAWS["child"]["eras"] == ["X03"]


def test_an_unknown_base_stops_the_program() -> None:
    with pytest.raises(TemplateError, match="extends an unknown template"):
        inherit({"child": CHILD}, "child")


def test_a_circle_stops_the_program() -> None:
    circle = {"a": {"id": "a", "extends": "b"}, "b": {"id": "b", "extends": "a"}}
    with pytest.raises(TemplateError, match="a extends b extends a"):
        inherit(circle, "a")


def test_a_file_that_extends_itself_stops_the_program() -> None:
    with pytest.raises(TemplateError, match="a extends a"):
        inherit({"a": {"id": "a", "extends": "a"}}, "a")


# Building


def test_a_form_is_built_from_its_file_and_what_it_extends() -> None:
    form = build_form(RAWS, "grandchild")
    assert (form.id, form.form, form.eras) == ("grandchild", "4", ("X05",))
    assert form.table_1.column("amount").captions == ("Amount",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"caption": ["x"]},
        {"form": "6"},
        {"eras": "X03"},
        {"items": {"owner": [1]}},
        {"table_1": {**TABLE, "rows": 3}},
        {"table_1": {"titles": ["Table"], "columns": [{"field": "amount", "captions": ["Amount"], "width": 3}]}},
        {"table_2": {"columns": [{"field": "amount"}]}},
    ],
    ids=["unknown-key", "unknown-form", "no-list", "no-words", "key-of-table", "key-of-column", "no-captions"],
)
def test_a_form_that_breaks_its_schema_stops_the_program(wrong: dict[str, Any]) -> None:
    raws = {**RAWS, "wrong": {**wrong, "id": "wrong", "extends": "child"}}
    with pytest.raises(TemplateError) as caught:
        build_form(raws, "wrong")
    assert caught.value.source == "wrong"


def test_a_form_that_lacks_a_part_stops_the_program() -> None:
    with pytest.raises(TemplateError, match="table_1"):
        build_form(RAWS, "base")


@pytest.mark.parametrize("wrong", [{"colour": "blue"}, {"address": "stacked"}, {"evidence": {"captions": []}}])
def test_a_printing_that_breaks_its_schema_stops_the_program(wrong: dict[str, Any]) -> None:
    with pytest.raises(TemplateError) as caught:
        build_printing({**PRINTING, **wrong})
    assert caught.value.source == "drawn"


def test_wordings_for_a_table_that_no_form_has_stop_the_program() -> None:
    with pytest.raises(TemplateError, match="table_3"):
        build_printing({**PRINTING, "wordings": {"table_3": {}}})


def test_wordings_for_a_column_that_no_form_has_stop_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {**PRINTING, "wordings": {"table_1": {"price": ["Cost"], "amount": ["Sum"], "groups": ["Trans."]}}}
    forms()
    monkeypatch.setattr(load, "read_folder", lambda _folder: {"drawn": wrong})
    with pytest.raises(TemplateError, match="no form has the column price"):
        printings.__wrapped__()


# Drawing


def test_a_printing_adds_its_wordings_behind_the_form_s() -> None:
    words = {"table_1": {"amount": ["Sum"], "groups": ["Trans."]}}
    drawn = draw(build_form(RAWS, "child"), build_printing({**PRINTING, "wordings": words}))
    assert drawn.form.table_1.column("amount").captions == ("Amount", "Sum")
    assert drawn.form.table_1.groups == ("Trans.",)
    assert drawn.form.table_2.column("amount").captions == ("Amount",)


def test_a_printing_without_wordings_draws_the_form_as_it_is() -> None:
    form = build_form(RAWS, "child")
    assert draw(form, build_printing(PRINTING)).form == form


# Folders


def test_files_are_read_by_their_id(folder: Path) -> None:
    (folder / "b.toml").write_text('id = "two"\n')
    (folder / "a.toml").write_text('id = "one"\nform = "4"\n')
    (folder / "notes.txt").write_text("no template")
    assert read_folder("forms") == {"one": {"id": "one", "form": "4"}, "two": {"id": "two"}}


def test_a_file_that_is_no_toml_stops_the_program(folder: Path) -> None:
    (folder / "a.toml").write_text("id = ")
    with pytest.raises(TemplateError, match="not TOML") as caught:
        read_folder("forms")
    assert caught.value.source == "a.toml"


@pytest.mark.parametrize("text", ['form = "4"\n', 'id = "taken"\n'], ids=["no-id", "same-id"])
def test_every_file_has_an_id_of_its_own(folder: Path, text: str) -> None:
    (folder / "a.toml").write_text('id = "taken"\n')
    (folder / "b.toml").write_text(text)
    with pytest.raises(TemplateError, match="id is missing or taken") as caught:
        read_folder("forms")
    assert caught.value.source == "b.toml"


# What is there


def test_abstract_files_are_no_forms() -> None:
    assert "ownership" in read_folder("forms")
    assert "ownership" not in {form.id for form in forms()}


def test_a_template_is_found_by_its_ids() -> None:
    found = template("form3-x06", "sec-stylesheet")
    assert (found.form.id, found.printing.id) == ("form3-x06", "sec-stylesheet")


@pytest.mark.parametrize("ids", [("form6", "sec-stylesheet"), ("form4-x03", "crayon"), ("ownership", "edgar-online")])
def test_an_unknown_template_is_refused(ids: tuple[str, str]) -> None:
    with pytest.raises(TemplateError, match="no such template"):
        template(*ids)


# Templates of a user's own


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that the environment names; printings are loaded anew before and after."""
    monkeypatch.setenv(load.ADDED, str(tmp_path))
    (tmp_path / "printings").mkdir()
    load.printings.cache_clear()
    yield tmp_path
    load.printings.cache_clear()


VENDOR = """
id = "vendor"
address = "slots"
titles = "under-labels"
owners = "blocks"

[evidence]
captions = ["Insider Trades Viewer"]
properties = []
"""


def test_a_folder_of_ones_own_adds_to_the_printings(own: Path) -> None:
    (own / "printings" / "vendor.toml").write_text(VENDOR, encoding="utf-8")
    assert {each.id for each in load.printings()} > {"vendor", "sec-stylesheet"}


def test_a_template_of_ones_own_replaces_none(own: Path) -> None:
    (own / "printings" / "mine.toml").write_text(VENDOR.replace("vendor", "sec-stylesheet"), encoding="utf-8")
    with pytest.raises(TemplateError, match="taken"):
        load.printings()


def test_a_folder_without_templates_is_a_mistake(own: Path) -> None:
    (own / "printings").rmdir()
    with pytest.raises(TemplateError, match="EXTRACTOR_TEMPLATES"):
        load.printings()


def test_a_template_of_ones_own_that_cannot_be_read_is_named(own: Path) -> None:
    (own / "printings" / "vendor.toml").mkdir()
    for use in (load.printings, load.fingerprint_of_added):
        with pytest.raises(TemplateError, match=r"vendor\.toml: cannot be read"):
            use()


def test_the_fingerprint_tells_added_templates_apart(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load.fingerprint_of_added() == ""
    file = own / "printings" / "vendor.toml"
    file.write_text(VENDOR, encoding="utf-8")
    before = load.fingerprint_of_added()
    file.write_text(VENDOR.replace("Viewer", "View"), encoding="utf-8")
    assert len({"", before, load.fingerprint_of_added()}) == 3
    monkeypatch.delenv(load.ADDED)
    assert load.fingerprint_of_added() == ""
