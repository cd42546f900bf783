"""The templates in, what every form of every era asks and every printing draws otherwise out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from extractor.templates import Form, Printing, Table, forms, printings
from tools.make_docs.markdown import code, escaped, table

FOLDER = Path(__file__).resolve().parents[2] / "extractor" / "templates"
# What a table of captions is of, and the part of the form's model that holds it.
PARTS = (("Items", "items"), ("Labels that are ticked", "labels"), ("Small captions inside an item", "parts"))
TABLES = (("Table I", "table_1"), ("Table II", "table_2"))


def page() -> Iterator[str]:
    """The lines of the generated part."""
    yield from table(
        ("file", "form", "eras", "what"),
        (
            (f"[{code(form.id)}](#{form.id})", form.form, ", ".join(form.eras), escaped(_about("forms", form.id)))
            for form in forms()
        ),
    )
    for form in forms():
        yield from _form(form)
    yield from ("", "## Printings", "", "How a form is drawn, and the wordings that only this printing uses.")
    for printing in printings():
        yield from _printing(printing)


def _about(folder: str, name: str) -> str:
    """What the file says of itself on its first line."""
    first = (FOLDER / folder / f"{name}.toml").read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("#").strip()


def _form(form: Form) -> Iterator[str]:
    yield from ("", f"## {form.id}", "", f"{escaped(_about('forms', form.id))} *{escaped(form.titles[0])}*.")
    for head, part in PARTS:
        captions: Mapping[str, tuple[str, ...]] = getattr(form, part)
        yield from ("", f"**{head}**", "")
        yield from table(("name", "captions"), ((code(name), _captions(words)) for name, words in captions.items()))
    for head, part in TABLES:
        yield from ("", f"**{head}**", "")
        of: Table = getattr(form, part)
        yield from table(
            ("column", "field", "captions"),
            (
                (str(number), code(column.field), _captions(column.captions))
                for number, column in enumerate(of.columns, 1)
            ),
        )


def _printing(printing: Printing) -> Iterator[str]:
    yield from ("", f"### {printing.id}", "", escaped(_about("printings", printing.id)), "")
    choices = ("address", "titles", "owners", "marks")
    yield ", ".join(f"{name}: {code(getattr(printing, name))}" for name in choices) + "."
    yield from ("", "Told by: " + _captions((*printing.evidence.captions, *printing.evidence.properties)) + ".", "")
    rows = [
        (code(f"{where}.{field}"), _captions(words))
        for where, wordings in printing.wordings.items()
        for field, words in wordings.items()
    ]
    rows += [(code(f"owners_table.{field}"), _captions(words)) for field, words in printing.owners_table.items()]
    if rows:
        yield from table(("of its own", "captions"), rows)
    else:
        yield "No wordings of its own."


def _captions(words: tuple[str, ...]) -> str:
    return " · ".join(map(escaped, words))
