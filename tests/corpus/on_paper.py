"""A seed comes in; out goes a random filing that the SEC's paper form has room for, as ownership XML."""

from __future__ import annotations

import textwrap
import xml.etree.ElementTree as ET
from dataclasses import replace
from random import Random

from tools.make_samples import stress
from tools.make_samples.facts.model import Facts, to_xml

# Rows in Table I and Table II: Form 3 has room for 2 + 11 and 6, Form 4 for 15 and 10.
MOST_ROWS = {"3": (6, 4), "4": (8, 5)}
# In characters: of a footnote, of a name, and of what stands in a cell.
LONGEST_NOTE, LONGEST_TEXT, LONGEST_CELL = 200, 60, 36
# A letter that a typewriter lacks, and what is too wide for the narrowest columns.
REPLACED = {"Müller-Łukasiewicz": "Müller", "Ł": "L", "999999999999.9999": "999999.9999"}
BLANK_SCHEMAS = {"3": "X0206", "4": "X0609"}


def on_paper(seed: int) -> bytes | None:
    """The filing of `tools.make_samples.stress` with this seed, cut to the paper; None for a Form 5.

    One owner, few rows, short texts. What a typewriter cannot set is replaced; the number in brackets, which is one
    of the words that texts are made of, is left out where it would end a cell: typed, it could not be told from a mark.
    """
    facts = stress.facts(Random(seed))
    schema = BLANK_SCHEMAS.get(facts.form)
    if schema is None:
        return None
    xml = to_xml(_cut(facts, schema)).decode("utf-8")
    for long, short in REPLACED.items():
        xml = xml.replace(long, short)
    root = ET.fromstring(xml)
    for element in root.iter("value"):
        element.text = textwrap.shorten(element.text or "", LONGEST_CELL, placeholder="")
    for element in root.iter():
        if element.text and element.text.rstrip().endswith("(1)"):
            element.text = element.text.rstrip().removesuffix("(1)") + "one"
    _renumber(root)
    found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _cut(facts: Facts, schema: str) -> Facts:
    first, second = MOST_ROWS[facts.form]
    owner = facts.owners[0]
    if schema >= "X06" and owner.non_us is None:
        owner = replace(owner, non_us=False)
    owner = replace(owner, name=owner.name[:LONGEST_TEXT].strip())
    table1, table2 = facts.table1[:first], facts.table2[:second]
    return replace(
        facts,
        schema=schema,
        foreign_symbol=(facts.foreign_symbol or "") if schema >= "X06" else None,
        owners=(owner,),
        table1=table1,
        table2=table2,
        not_subject=facts.form == "4" and not any(row.date for row in (*table1, *table2)),
        footnotes=[note[:LONGEST_NOTE].strip() for note in facts.footnotes],
        remarks=facts.remarks and facts.remarks[:LONGEST_NOTE].strip(),
        signatures=[(name[:LONGEST_TEXT].strip(), day) for name, day in facts.signatures[:1]],
    )


def _renumber(root: ET.Element) -> None:
    """Leaves out the footnotes that no row cites any more and numbers the others from 1."""
    cited = {mark.get("id") for mark in root.iter("footnoteId")}
    kept: dict[str | None, str] = {}
    for notes in root.findall("footnotes"):
        for note in list(notes):
            if note.get("id") in cited:
                kept[note.get("id")] = f"F{len(kept) + 1}"
            else:
                notes.remove(note)
        if not len(notes):
            root.remove(notes)
    for element in (*root.iter("footnote"), *root.iter("footnoteId")):
        element.set("id", kept[element.get("id")])
