"""From `codes.toml` to look-ups: a transaction code's facts, and EDGAR's code of a printed state or country."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, ValidationError

from extractor.errors import TemplateError
from extractor.layout import squeeze
from extractor.templates.model import Strict

SOURCE = "codes.toml"

Usual = Literal["A", "D", "either", ""]
Letter = Annotated[str, Field(pattern=r"^[A-Z]$")]
Place = Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$")]  # EDGAR's code of a state, province or country
Name = Annotated[str, Field(min_length=3)]  # shorter ones could be taken for codes


class TransactionCode(NamedTuple):
    """What a letter in the code column means.

    `usual` tells what filers mostly do with it: "A" acquire, "D" dispose, "either", or "" where the letter says
    nothing of it; by table, because an exercise adds shares to Table I and takes an option from Table II.
    """

    letter: str
    group: str
    meaning: str
    xml: bool  # stands in the XML's transactionCode
    usual: Usual
    usual_table_1: Usual
    usual_table_2: Usual


class _CodeFacts(Strict):
    group: Literal["General", "Rule 16b-3", "Derivative", "Other exempt", "Other"]
    meaning: Annotated[str, Field(min_length=1)]
    xml: bool
    usual: Usual | tuple[Usual, Usual]  # a pair: in Table I, in Table II


class _File(Strict):
    us_states: tuple[Place, ...]
    transaction_codes: dict[Letter, _CodeFacts]
    states: dict[Place, Name]
    state_aliases: dict[Name, Place]
    country_names: dict[Name, Place]


class Codes(NamedTuple):
    """The file, checked; names are squeezed."""

    transaction_codes: Mapping[str, TransactionCode]
    state_names: Mapping[str, str]
    code_of: Mapping[str, str]  # squeezed code, name or alias → code
    country_names: Mapping[str, str]  # squeezed name → code, where a country is asked for
    us_states: frozenset[str]


def read_codes(text: str) -> Codes:
    """The codes that `text`, a TOML file, declares.

    TemplateError if it is not TOML, breaks the schema, or lets one name stand for two codes.
    """
    try:
        file = _File.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise TemplateError(str(error), source=SOURCE) from error
    used = {*file.us_states, *file.state_aliases.values(), *file.country_names.values()}
    if used - file.states.keys():
        raise TemplateError(f"no such state: {', '.join(sorted(used - file.states.keys()))}", source=SOURCE)
    return Codes(
        transaction_codes=MappingProxyType(
            {letter: _transaction_code(letter, facts) for letter, facts in file.transaction_codes.items()}
        ),
        state_names=MappingProxyType(dict(file.states)),
        code_of=MappingProxyType(_code_of(file)),
        country_names=MappingProxyType({squeeze(name): code for name, code in file.country_names.items()}),
        us_states=frozenset(file.us_states),
    )


def _transaction_code(letter: str, facts: _CodeFacts) -> TransactionCode:
    pair = facts.usual if isinstance(facts.usual, tuple) else (facts.usual, facts.usual)
    usual = pair[0] if pair[0] == pair[1] else "either"
    return TransactionCode(letter, facts.group, facts.meaning, facts.xml, usual, *pair)


def _code_of(file: _File) -> dict[str, str]:
    found: dict[str, str] = {}
    wordings = [(code, code) for code in file.states]
    wordings += [(name, code) for code, name in file.states.items()]
    wordings += file.state_aliases.items()
    for wording, code in wordings:
        if squeeze(wording) in found:
            raise TemplateError(f"{wording!r} stands for {found[squeeze(wording)]} and {code}", source=SOURCE)
        found[squeeze(wording)] = code
    return found


@cache
def _codes() -> Codes:
    try:
        text = resources.files("extractor.templates").joinpath(SOURCE).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"cannot be read: {error}", source=SOURCE) from error
    return read_codes(text)


def transaction_codes() -> Mapping[str, TransactionCode]:
    """The transaction codes by letter. TemplateError if the file is malformed, as for every look-up here."""
    return _codes().transaction_codes


def state_names() -> Mapping[str, str]:
    """EDGAR's names of states, provinces and countries, in capitals, by code ("M0": "JAPAN")."""
    return _codes().state_names


def state_code(name: str) -> str | None:
    """EDGAR's code for what stands where a state is asked for: a code, name or alias; None if it is unknown.

    Case, white space and the shape of dashes do not matter. "GEORGIA" is the state.
    """
    return _codes().code_of.get(squeeze(name))


def us_states() -> frozenset[str]:
    """EDGAR's codes of the states and territories of the United States."""
    return _codes().us_states


def country_code(name: str) -> str | None:
    """EDGAR's code for what stands where a country is asked for; None for a US state. "GEORGIA" is the country."""
    code = _codes().country_names.get(squeeze(name)) or state_code(name)
    return None if code in _codes().us_states else code
