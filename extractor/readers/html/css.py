"""Takes the text of style sheets and style attributes and gives rules with the few properties a Layout can hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractor.errors import SourceTooLarge

SIDES = ("top", "right", "bottom", "left")
READ = frozenset(
    {
        *("display", "visibility", "white-space", "vertical-align", "top", "color", "list-style", "list-style-type"),
        *("font", "font-size", "font-weight", "font-style", "font-family", "text-decoration", "text-decoration-line"),
        *("border", "border-style", "border-width"),
        *(f"border-{side}{part}" for side in SIDES for part in ("", "-style", "-width")),
    }
)
"""The properties read; all others say nothing that a Layout holds."""

CHILD = ">"
NOT_READ = frozenset("+~[]:*()|&\\@")
"""Selectors with these ask for siblings, attributes, states or pseudo-elements; their rules are passed over."""

MAX_RULES = 50_000  # of one sheet; a page saved from a site with a big style sheet has 5 000
CACHED_SHEETS = 64  # pages of one printing share their style sheet to the letter
CACHED_ATTRIBUTES = 4096  # a page has about 10 different style attributes


class Declaration(NamedTuple):
    """`property: value`, the value in lower case with single spaces."""

    name: str
    value: str
    important: bool = False


class Compound(NamedTuple):
    """What one element must be: its tag ("" for any), its id ("" for any) and all of `classes`."""

    tag: str
    name: str
    classes: frozenset[str]
    child: bool = False  # must stand directly in the element of the compound before


class Rule(NamedTuple):
    """Declarations for the element of the last compound, inside elements of the ones before.

    `weight` orders rules: specificity (ids, classes, tags), then place in the sheet.
    """

    compounds: tuple[Compound, ...]
    declarations: tuple[Declaration, ...]
    weight: tuple[int, int, int, int]


@lru_cache(maxsize=CACHED_SHEETS)
def rules_of(text: str) -> tuple[Rule, ...]:
    """The rules of a style sheet in document order; what cannot be read is passed over, at-rules too.

    Raises SourceTooLarge for more than 50 000.
    """
    rules: list[Rule] = []
    for prelude, body in _rule_sets(_without_comments(text)):
        declarations = declarations_of(body)
        if not declarations:
            continue
        for selector in prelude.split(","):
            compounds = _compounds(selector)
            if compounds:
                rules.append(Rule(compounds, declarations, (*_specificity(compounds), len(rules))))
        if len(rules) > MAX_RULES:
            raise SourceTooLarge(f"a style sheet of more than {MAX_RULES} rules")
    return tuple(rules)


@lru_cache(maxsize=CACHED_ATTRIBUTES)
def declarations_of(text: str) -> tuple[Declaration, ...]:
    """The declarations of a rule or a style attribute that say something a Layout holds."""
    found = []
    for part in text.split(";"):
        name, _, value = part.partition(":")
        name = name.strip().lower()
        if name in READ:
            value = " ".join(value.lower().split())
            important = value.endswith(("!important", "! important"))
            if important:
                value = value[: value.rindex("!")].rstrip()
            if value:
                found.append(Declaration(name, value, important))
    return tuple(found)


def _without_comments(text: str) -> str:
    text = text.replace("<!--", " ").replace("-->", " ")
    kept = []
    start = 0
    while True:
        opened = text.find("/*", start)
        if opened < 0:
            kept.append(text[start:])
            return " ".join(kept)
        kept.append(text[start:opened])
        closed = text.find("*/", opened + 2)
        if closed < 0:
            return " ".join(kept)
        start = closed + 2


def _rule_sets(text: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of every rule that stands in no at-rule."""
    at = 0
    while True:
        opened = text.find("{", at)
        if opened < 0:
            return
        prelude = text[at:opened].rpartition(";")[2].rpartition("}")[2].strip()
        if prelude.startswith("@"):
            at = _end_of_block(text, opened)
            continue
        closed = text.find("}", opened)
        if closed < 0:
            closed = len(text)
        yield prelude, text[opened + 1 : closed]
        at = closed + 1


def _end_of_block(text: str, opened: int) -> int:
    """The place behind the brace that closes the one at `opened`."""
    depth, at = 1, opened + 1
    while depth:
        closed = text.find("}", at)
        if closed < 0:
            return len(text)
        depth += text.count("{", at, closed) - 1
        at = closed + 1
    return at


def _compounds(selector: str) -> tuple[Compound, ...]:
    """The compounds of a selector, () for one that is not read."""
    if not NOT_READ.isdisjoint(selector):
        return ()
    found: list[Compound] = []
    child = False
    for word in selector.replace(CHILD, f" {CHILD} ").split():
        if word == CHILD:
            child = True
            continue
        found.append(_compound(word, child))
        child = False
    return tuple(found)


def _compound(word: str, child: bool) -> Compound:
    """`td.value.big#one` as a compound; an id may stand before, between or behind the classes."""
    head, *others = word.replace("#", ".#").split(".")
    name = next((other[1:] for other in others if other.startswith("#")), "")
    classes = frozenset(other for other in others if other and not other.startswith("#"))
    return Compound(head.lower(), name, classes, child)


def _specificity(compounds: tuple[Compound, ...]) -> tuple[int, int, int]:
    ids = sum(bool(compound.name) for compound in compounds)
    classes = sum(len(compound.classes) for compound in compounds)
    return ids, classes, sum(bool(compound.tag) for compound in compounds)
