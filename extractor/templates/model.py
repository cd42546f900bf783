"""What a template file may say: the models that a form's or a printing's TOML is checked against."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from extractor.issues import Code, Issue

Wordings = tuple[str, ...]


class Strict(BaseModel):
    """Base of the template models: a name that is not declared stops the program."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Column(Strict):
    """A leaf column of a table: the field that its cells hold, and the wordings of its head."""

    field: str
    captions: Wordings


class Table(Strict):
    """Table I or II: the wordings of its title, the captions over several columns, the columns left to right."""

    titles: Wordings
    groups: Wordings = ()
    columns: tuple[Column, ...]

    def column(self, field: str) -> Column:
        """The column that holds `field`; KeyError if there is none."""
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(field)


class Form(Strict):
    """What a form of one era asks: its items, labels to tick, tables and sections, each with its wordings.

    `waived` are the checks that its filers were not bound by: a code, or `code:field` for one field alone.
    """

    id: str
    form: Literal["3", "4", "5"]
    eras: tuple[str, ...]
    headings: Wordings
    titles: Wordings
    hints: Wordings
    furniture: Wordings = ()
    stops: Wordings = ()
    items: dict[str, Wordings]
    parts: dict[str, Wordings]
    labels: dict[str, Wordings]
    sections: dict[str, Wordings]
    table_1: Table
    table_2: Table
    waived: frozenset[str] = frozenset()

    @field_validator("waived")
    @classmethod
    def _known_codes(cls, waived: frozenset[str]) -> frozenset[str]:
        for each in waived:
            Code(each.partition(":")[0])  # ValueError for one that is none
        return waived

    def waives(self, issue: Issue) -> bool:
        """Whether an issue that a check raised says nothing of a filing on this form."""
        field = issue.path.rpartition(".")[2]
        return not self.waived.isdisjoint({issue.code.value, f"{issue.code.value}:{field}"})


class Evidence(Strict):
    """What speaks for a printing: captions only it has, words of the file about itself, captions it never has.

    `required`: words of which the file, or the reader of it, must say one, or it is not this printing.
    """

    captions: Wordings
    properties: Wordings
    absent: Wordings = ()
    required: Wordings = ()


class Printing(Strict):
    """How a form is drawn: where the parts of an item stand, and the wordings that only this printing uses.

    `converted`: a converter wrote the page, so that lines, columns and the order of what stands apart may be lost.
    `entries` are "free" where filers typed the form themselves: dates, numbers and captions are not of one shape.
    """

    id: str
    address: Literal["slots", "joined", "lines"]
    titles: Literal["under-labels", "one-line"]
    owners: Literal["blocks", "table"]
    marks: Literal["raised", "typed", "converted"] = "raised"
    converted: bool = False
    entries: Literal["drawn", "free"] = "drawn"
    furniture: Wordings = ()
    evidence: Evidence
    wordings: dict[Literal["table_1", "table_2"], dict[str, Wordings]] = {}
    owners_table: dict[str, Wordings] = {}


class Template(Strict):
    """A form as drawn by a printing: the form with the printing's wordings added."""

    form: Form
    printing: Printing

    @property
    def id(self) -> str:
        """The ids of form and printing, as `form4-x05/sec-stylesheet`."""
        return f"{self.form.id}/{self.printing.id}"
