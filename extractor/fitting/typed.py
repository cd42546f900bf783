"""From the items of a form that its filer typed to issuer, owner and relationship: told by words, not by place.

Until mid-2003 filers set the form themselves: names and addresses without small captions, symbols in round brackets,
labels broken over lines beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.fitting.captions import Captions
from extractor.fitting.items import Item
from extractor.fitting.people import (
    MOST_STREETS,
    Owner,
    merged,
    read_issuer,
    read_owner,
    read_place,
    read_relationship,
    text_reading,
)
from extractor.fitting.stream import Piece, Stream, lines_in, runs_of_pieces
from extractor.fitting.values import (
    EMPTY,
    Reading,
    clean,
    parse_month,
    read_date,
    read_text,
    reading,
)
from extractor.issues import Code, Issue
from extractor.layout import Run, Segment, Tick, squeeze
from extractor.templates import Template

# A symbol behind the issuer's name: in round brackets, a word or an exchange before it or not; behind a dash or slash.
_IN_BRACKETS = re.compile(
    r"(.*\S)\s*\((?:[a-z/ ]*symbol|ticker)?[\s:-]*((?:[A-Z]{3,8}\s*:\s*)?[A-Z][A-Z0-9.]{0,9})\)",
    re.DOTALL | re.IGNORECASE,
)
_BEHIND_DASH = re.compile(r"(.*\S)(?:\s+-{1,2}\s*|\s*/\s*)([A-Z][A-Z0-9.]{0,5})", re.DOTALL)
_BARE_SYMBOL = re.compile(r"[A-Z][A-Z0-9.]{0,5}")

# A postal code begins and ends with a letter or digit.
_POSTAL = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z -]*[0-9A-Za-z])?")

# Lines of a name and an address below each other: a name, a street or more, the place.
LEAST_LINES = 3


def read_typed_issuer(item: Item, issues: list[Issue]) -> dict[str, Reading]:
    """Name and symbol, by square brackets as everywhere; else by round ones, a dash, or a line of its own."""
    pieces = tuple(piece for piece in item.stream.cut(0) if piece.runs)
    whole = text_reading(pieces)
    if "[" in whole["printed"]:
        return read_issuer(item, issues)
    match = _IN_BRACKETS.fullmatch(whole["printed"]) or _BEHIND_DASH.fullmatch(whole["printed"])
    if match is not None and match[2].isupper():
        name, symbol = clean(match[1]), match[2]
        return {
            "name": reading(name, name, (), whole["at"]),
            "trading_symbol": reading(symbol, symbol, (), whole["at"]),
        }
    if len(pieces) > 1 and _BARE_SYMBOL.fullmatch(pieces[-1].text) is not None:
        return {"name": text_reading(pieces[:-1]), "trading_symbol": text_reading(pieces[-1:])}
    return read_issuer(item, issues)


def read_typed_owner(stream: Stream, template: Template, captions: Captions, path: str, issues: list[Issue]) -> Owner:
    """Item 1, with the small captions or without: then name, streets and place stand a line each."""
    captioned = any(stream.find(captions.parts[name]) for name in ("last", "street", "city"))
    owner = read_owner(stream, template, captions, path, issues) if captioned else _by_lines(stream, path, issues)
    postal = owner.get("address", {}).get("zip_code", EMPTY)
    if postal["printed"] and _POSTAL.fullmatch(postal["printed"]) is None:
        message = f"{postal['printed']!r} is no postal code"
        issues.append(Issue(Code.UNREADABLE_VALUE, f"{path}.address.zip_code", message, postal["at"]))
    return owner


def _by_lines(stream: Stream, path: str, issues: list[Issue]) -> Owner:
    """Name, streets and place, a line each."""
    lines = [text for line in lines_in(stream.cut(0)) if (text := text_reading(line))["printed"]]
    if not lines:
        return {}
    owner: Owner = {"name": lines[0]}
    if len(lines) > 1:
        streets = lines[1:-1]
        owner["address"] = {"street1": merged(streets[:1]), "street2": merged(streets[1:])}
        owner["address"] |= read_place(lines[-1], path, issues)
        if len(lines) < LEAST_LINES or len(streets) > MOST_STREETS:
            message = f"{len(streets)} lines for two streets"
            issues.append(Issue(Code.STREET_UNSPLIT, f"{path}.address", message, merged(lines)["at"]))
    return owner


def read_typed_relationship(
    item: Item, template: Template, captions: Captions, path: str, issues: list[Issue]
) -> dict[str, Reading]:
    """The four ticks and the texts, where labels of two columns are broken over the same lines.

    What the longer wordings of a label have beyond the shortest, "(give title below)", is left out before anything is
    looked for.
    """
    beyond: set[str] = set()
    for name in ("officer", "other"):
        words = sorted(captions.labels[name], key=len)
        beyond |= {tail for word in words for tail in _tails(word, words[0])}
    stream = Stream(_without(item.stream.cut(0), frozenset(beyond)))
    return read_relationship(Item(item.name, stream), template, captions, path, issues)


def _tails(word: str, shortest: str) -> Iterator[str]:
    """Every piece of what a squeezed wording has behind the shortest one."""
    tail = word.removeprefix(shortest)
    yield from (tail[start:end] for start in range(len(tail)) for end in range(start + 1, len(tail) + 1))


def _without(pieces: tuple[Piece, ...], beyond: frozenset[str]) -> Iterator[Piece]:
    """The pieces without the words that are such pieces."""
    for piece in pieces:
        parts: list[Run | Tick] = []
        for part in piece.segment.parts:
            if isinstance(part, Run):
                words = (_unlined(word) for word in part.text.split() if not _is_beyond(word, beyond))
                text = " ".join(words)
                if text:
                    parts.append(part._replace(text=text))
            else:
                parts.append(part)
        if parts:
            yield piece._replace(segment=Segment(tuple(parts)))


def _unlined(word: str) -> str:
    """A word without the line that it is typed on; a tick keeps its own."""
    bare = word.strip("_")
    return bare if len(bare) > 1 else word


def _is_beyond(word: str, beyond: frozenset[str]) -> bool:
    return any(char.isalpha() for char in word) and squeeze(word) in beyond


def read_period(item: Item, free: bool, issues: list[Issue]) -> dict[str, Reading]:
    """The day of the report; where the filer typed the form, the month that forms until 2002 state in its place."""
    runs = runs_of_pieces(item.stream.cut(0))
    stated = read_text(runs, marked=False)
    month = parse_month(stated["printed"]) if free else None
    if month is not None:
        return {"statement_month": {**stated, "value": month}}
    return {"period_of_report": read_date(runs, "period_of_report", issues, free)}
