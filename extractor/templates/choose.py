"""From a layout to the template that explains it best, with the evidence for the choice.

A form is chosen by its captions: each that stands on the page speaks for it, each that is missing against it, and so
does a caption that only other eras have. A printing is chosen by its own captions and by what the file says of itself.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import inf
from typing import NamedTuple

from extractor.errors import AmbiguousTemplate, NotAnOwnershipForm
from extractor.layout import Layout, squeeze, texts_of
from extractor.templates.load import forms, printings, template
from extractor.templates.model import Evidence, Form, Template, Wordings

# A page of the form shows nearly all of its captions (95 to 100 % on every genuine print; a clipped head or a broken
# one costs a few); a retyped summary or another form of the SEC's shows less than a third.
LEAST_SHARE = 0.6

# Captions shorter than this (squeezed) stand in any text and prove nothing: "Code", "V", "(A)", "Price".
LEAST_LENGTH = 9


class Choice(NamedTuple):
    """The winner, and why: captions found of those asked for, and what else spoke for it."""

    template: Template
    evidence: tuple[str, ...]


class _Captions(NamedTuple):
    wanted: tuple[tuple[str, ...], ...]  # squeezed wordings, a tuple a caption
    foreign: tuple[tuple[str, ...], ...]  # captions of other eras of the same form number


def _squeezed(words: Wordings) -> tuple[str, ...]:
    return tuple(squeeze(word) for word in words)


def _captions_of(form: Form) -> dict[str, tuple[str, ...]]:
    found = {"titles": _squeezed(form.titles)}
    found |= {f"items.{name}": _squeezed(words) for name, words in form.items.items()}
    found |= {f"labels.{name}": _squeezed(words) for name, words in form.labels.items()}
    for which, table in (("table_1", form.table_1), ("table_2", form.table_2)):
        found[f"{which}.title"] = _squeezed(table.titles)
        for column in table.columns:
            words = _squeezed(column.captions)
            if min(map(len, words)) >= LEAST_LENGTH:
                found[f"{which}.{column.field}"] = words
    return found


def _with_printings(form: Form) -> dict[str, tuple[str, ...]]:
    """The captions of a form in the wordings of all printings: the form is chosen before the printing."""
    own = {key: tuple(dict.fromkeys(words)) for key, words in _captions_of(form).items()}
    for printing in printings():
        for which, wordings in printing.wordings.items():
            table = form.table_1 if which == "table_1" else form.table_2
            for column in (column for column in table.columns if column.field in wordings):
                words = _squeezed((*column.captions, *wordings[column.field]))
                if min(map(len, words)) >= LEAST_LENGTH:
                    key = f"{which}.{column.field}"
                    own[key] = tuple(dict.fromkeys((*own.get(key, ()), *words)))
    return own


@cache
def _captions() -> dict[str, _Captions]:
    own = {form.id: _with_printings(form) for form in forms()}
    compiled = {}
    for form in forms():
        others = {words for other in forms() if other.id != form.id for words in own[other.id].values()}
        mine = {word for words in own[form.id].values() for word in words}
        foreign = tuple(sorted(words for words in others if not mine & set(words)))
        compiled[form.id] = _Captions(tuple(own[form.id].values()), foreign)
    return compiled


# Letters by which wordings without a number are looked for, those that begin alike at once.
BEGINNING = 6
# Letters behind the dot of a number by which the others are, with the number's last.
BEHIND_DOT = 3


class _Wordings(NamedTuple):
    """Every squeezed wording of every form, once, by how it is looked for."""

    numbered: dict[str, tuple[tuple[int, str], ...]]  # "4. Issuer Name" by "4.iss": where its dot stands, and itself
    others: tuple[tuple[str, tuple[str, ...]], ...]  # beginnings, and the wordings that begin so


@cache
def _wordings() -> _Wordings:
    words = (word for captions in _captions().values() for group in captions for each in group for word in each)
    numbered: dict[str, list[tuple[int, str]]] = {}
    others: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        dot = word.find(".")
        if 0 < dot < len(word) - BEHIND_DOT:
            numbered.setdefault(_around(word, dot), []).append((dot, word))
        else:
            others.setdefault(word[:BEGINNING], []).append(word)
    return _Wordings(
        {around: tuple(found) for around, found in numbered.items()},
        tuple((beginning, tuple(found)) for beginning, found in others.items()),
    )


def _around(text: str, dot: int) -> str:
    return text[max(dot - 1, 0) : dot + 1 + BEHIND_DOT]


def _standing(page: str) -> frozenset[str]:
    """The wordings that stand on a page, squeezed like them.

    There are 190 of them, and to search the page for each takes twice as long as to go through its dots, of which a
    page has some 80, and to search it for 18 beginnings.
    """
    numbered, others = _wordings()
    found: list[str] = []
    dot = page.find(".")
    while dot >= 0:
        for before, word in numbered.get(_around(page, dot), ()):
            if before <= dot and page.startswith(word, dot - before):
                found.append(word)
        dot = page.find(".", dot + 1)
    for beginning, words in others:
        at = page.find(beginning)
        while at >= 0:
            for word in words:
                if page.startswith(word, at):
                    found.append(word)
            at = page.find(beginning, at + 1)
    return frozenset(found)


def _weigh_form(form: Form, there: frozenset[str]) -> tuple[float, int, int]:
    """Score, captions found, captions wanted. `there` are the wordings that stand on the page."""
    captions = _captions()[form.id]
    found = sum(not there.isdisjoint(words) for words in captions.wanted)
    mine = tuple(word for words in captions.wanted for word in words if word in there)
    strange = sum(any(_only(word, mine) for word in words if word in there) for words in captions.foreign)
    missing = len(captions.wanted) - found
    return found - missing - strange, found, len(captions.wanted)


# Sets of captions whose weights are kept: the pages of one printing and era show the same ones, but for what a break
# or a clipped head costs; 14 sets occurred on 175 pages.
KEPT_WEIGHTS = 256


@lru_cache(maxsize=KEPT_WEIGHTS)
def _weigh_forms(there: frozenset[str]) -> tuple[tuple[float, int, int, str], ...]:
    """Every form's weight with its id, the best first."""
    return tuple(sorted(((*_weigh_form(form, there), form.id) for form in forms()), reverse=True))


def _only(word: str, mine: tuple[str, ...]) -> bool:
    """Whether `word` is no part of one of the wanted captions that stand on the page."""
    return not any(word in each for each in mine)


@cache
def _evidence() -> tuple[tuple[str, Evidence], ...]:
    """What speaks for each printing and against it, squeezed, with the printing's id."""
    return tuple(
        (each.id, Evidence(**{name: _squeezed(words) for name, words in each.evidence})) for each in printings()
    )


def _weigh_printing(evidence: Evidence, page: str, properties: str) -> float:
    if evidence.required and not any(word in properties for word in evidence.required):
        return -inf
    score = sum(word in page for word in evidence.captions) / max(len(evidence.captions), 1)
    score += sum(word in properties for word in (*evidence.properties, *evidence.required))
    return score - sum(word in page for word in evidence.absent)


def choose(layout: Layout) -> Choice:
    """The template that explains `layout` best.

    Raises NotAnOwnershipForm where no form's captions stand on the page, AmbiguousTemplate where two forms or two
    printings explain it equally well.
    """
    page = "".join(map(squeeze, texts_of(layout.blocks)))
    properties = squeeze(" ".join(layout.properties.values()))
    weighed = _weigh_forms(_standing(page))
    score, found, wanted, form_id = weighed[0]
    if found < LEAST_SHARE * wanted:
        raise NotAnOwnershipForm(f"only {found} of {wanted} captions of the nearest form ({form_id}) stand on the page")
    if weighed[1][0] == score:
        raise AmbiguousTemplate(f"{form_id} and {weighed[1][3]} explain the page equally well")
    drawn = sorted(((_weigh_printing(each, page, properties), name) for name, each in _evidence()), reverse=True)
    if len(drawn) > 1 and drawn[0][0] == drawn[1][0]:
        raise AmbiguousTemplate(f"{drawn[0][1]} and {drawn[1][1]} explain the page equally well")
    evidence = (
        f"{found} of {wanted} captions of {form_id}",
        f"next best form {weighed[1][3]} by {score - weighed[1][0]:g}",
        f"printing {drawn[0][1]} {drawn[0][0]:.2f}, next {drawn[1][1]} {drawn[1][0]:.2f}",
    )
    return Choice(template(form_id, drawn[0][1]), evidence)
