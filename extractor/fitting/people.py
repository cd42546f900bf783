"""From the items about people and companies to the issuer and the reporting owner: name, address, relationship."""

from __future__ import annotations

import re
from typing import Any

from extractor.fitting.captions import Captions
from extractor.fitting.checkboxes import read_ticks
from extractor.fitting.converted import doubt_comma, doubt_street, titles_beside
from extractor.fitting.doubts import broken
from extractor.fitting.items import Item
from extractor.fitting.stream import Piece, Stream, lines_in, may_break_word, runs_of_pieces
from extractor.fitting.values import EMPTY, Reading, clean, quoted, read_text, reading
from extractor.issues import Code, Issue
from extractor.layout import Run, Segment, indent, joined, space_between
from extractor.layout.text import WRAPPED
from extractor.templates import Template
from extractor.templates.codes import country_code, state_code

_CIK = re.compile(r"CIK=0*(\d{1,10})", re.IGNORECASE)
_SYMBOL = re.compile(r"(.*)\[([^\[\]]*)\]?\s*", re.DOTALL)
_PLACE = re.compile(r"(?:(.*),\s*)?(\S{2})(?:\s+(\S.*))?")
CODE_LENGTH = 2  # letters and digits of an EDGAR state code; anything longer is a name

_ZIP = re.compile(r"\b\d{5}(?:-\d{4})?$")

RELATIONSHIPS = ("director", "ten_percent_owner", "officer", "other")

Owner = dict[str, Any]


def text_reading(pieces: tuple[Piece, ...]) -> Reading:
    """All text of `pieces` as one value; no marks can stand in items (FORM-FACTS: typed text there)."""
    text = clean(" ".join(joined(piece.runs) for piece in pieces))
    return reading(text or None, text, (), tuple(run.at for run in runs_of_pieces(pieces)))


def read_cik(runs: tuple[Run, ...]) -> Reading:
    """The CIK in the link target of `runs`, ten digits; it is printed nowhere."""
    for run in runs:
        match = _CIK.search(run.link)
        if match:
            return reading(match[1].zfill(10), "", (), (run.at,))
    return EMPTY


def read_issuer(item: Item, issues: list[Issue]) -> dict[str, Reading]:
    """`MongoDB, Inc. [ MDB ]`: the name, then the symbol in the last pair of brackets."""
    whole = text_reading(item.stream.cut(0))
    runs = runs_of_pieces(item.stream.cut(0))
    match = _SYMBOL.fullmatch(whole["printed"])
    if match is None:
        if whole["printed"]:
            issues.append(Issue(Code.UNREADABLE_VALUE, "issuer.trading_symbol", "no symbol in brackets", whole["at"]))
        return {"cik": read_cik(runs), "name": whole}
    name, symbol = clean(match[1]), clean(match[2])
    bracket = next((index for index, run in enumerate(runs) if "[" in run.text), len(runs) - 1)
    return {
        "cik": read_cik(runs),
        "name": reading(name or None, name, (), tuple(run.at for run in runs[: bracket + 1])),
        "trading_symbol": reading(symbol or None, symbol, (), tuple(run.at for run in runs[bracket:])),
    }


def read_owner(stream: Stream, template: Template, captions: Captions, path: str, issues: list[Issue]) -> Owner:
    """Item 1, or a joint owner's block: the captions stand below the values."""
    places = {name: stream.find(words) for name, words in captions.parts.items()}
    last, street, city = places["last"], places["street"], places["city"]
    if last is None or street is None or city is None:
        issues.append(Issue(Code.ITEM_MISSING, path, "the small captions of name and address are not all there"))
        return {"name": text_reading(stream.cut(0, last[0] if last else None))}
    name = stream.cut(0, last[0])
    names = [hit for key in ("last", "first", "middle") if (hit := places[key]) is not None]
    streets = [line for line in lines_in(_below(stream, names, street[0])) if runs_of_pieces(line)]
    if stream.piece_at(last[0]).below_blank:  # a blank row above the whole item says nothing of its streets
        streets = [tuple(piece._replace(below_blank=False) for piece in line) for line in streets]
    address = _streets(streets, template, path, issues)
    if _is_alone(address) and _has_rows(template) and _stands_low(stream, streets[0], places):
        address = _second_alone(address["street1"], path, issues)
    if captions.converted and template.printing.address == "slots":  # joined streets are told by the table of owners
        doubt_street(stream, address.get("street1", EMPTY), street[0], path, issues)
    where = stream.cut(street[1], city[0])
    whole = text_reading(where)
    slots = _slots(stream, where, places) if template.printing.address == "slots" else {}
    address |= slots or read_place(whole, path, issues)
    touch = slots and places["country"] is None and state_code(slots.get("state", EMPTY)["printed"]) is None
    parted = _another_way(whole, path) if touch else {}
    address |= parted
    if (parted or not slots) and (_has_rows(template) or (captions.converted and template.printing.address == "slots")):
        doubt_comma(whole, address.get("city", EMPTY), path, issues)
    address |= _country(stream, places, address, path, issues)
    return {"cik": read_cik(runs_of_pieces(name)), "name": text_reading(name), "address": address}


def _below(stream: Stream, captions: list[tuple[int, int]], end: int) -> tuple[Piece, ...]:
    """What stands before `end` and behind captions that stand side by side.

    What is typed close below the first of them a print may take for its second line.
    """
    behind = [hit[1] for hit in sorted(captions)]
    until = [*(hit[0] for hit in sorted(captions)[1:]), end]
    return tuple(piece for start, stop in zip(behind, until, strict=True) for piece in stream.cut(start, stop))


def _streets(pieces: list[tuple[Piece, ...]], template: Template, path: str, issues: list[Issue]) -> dict[str, Reading]:
    """A street a line; where a single line stands below an empty row, the first street is empty."""
    lines = [text_reading(line) for line in pieces]
    if template.printing.address == "joined":
        return {"street1": merged(lines)}
    if len(lines) == 1 and pieces[0][0].below_blank and _has_rows(template):
        return {"street2": lines[0]}
    # A typist breaks no line: what looks like a wrap is the next street.
    typed = template.printing.marks == "typed"
    if len(lines) == 1 and (typed or len(lines[0]["printed"]) > LONGEST_STREET):
        lines = _parted(runs_of_pieces(pieces[0])) or lines
    if len(lines) > MOST_STREETS or any(len(line["printed"]) > LONGEST_STREET for line in lines):
        whole = merged(lines)
        message = f"{quoted(whole['printed'])} cannot be parted into two streets"
        issues.append(Issue(Code.STREET_UNSPLIT, f"{path}.address.street2", message, whole["at"]))
    return {"street1": merged(lines[:1]), "street2": merged(lines[1:])}


def _has_rows(template: Template) -> bool:
    """Whether each street has a row of its own; a typist puts a lone one anywhere between the captions."""
    return template.printing.address == "slots" and template.printing.marks != "typed"


def _is_alone(address: dict[str, Reading]) -> bool:
    """Whether one street was read, and as the first."""
    first, second = address.get("street1", EMPTY)["printed"], address.get("street2", EMPTY)["printed"]
    return 0 < len(first) <= LONGEST_STREET and not second


def _second_alone(street: Reading, path: str, issues: list[Issue]) -> dict[str, Reading]:
    """The second street without a first. No ink shows it, only blank, so that it is in doubt."""
    message = f"{quoted(street['printed'])} stands on the second street's row, as far as blank rows tell"
    issues.append(Issue(Code.STREET_UNSPLIT, f"{path}.address.street2", message, street["at"]))
    return {"street2": street}


# In type heights, of prints by Chromium, wkhtmltopdf and WeasyPrint. By how much more room a lone street has above than
# below, when its row stands below a blank one: 0.3 to 0.94; when above one: -0.4 to 0.1. LibreOffice sets the rows in a
# way of its own (1.2 without any blank row) that tells nothing.
LOW, STRANGE = 0.25, 1.05
# What room a blank row takes: 0.1 and more; where there is none, 0.0 and less is left.
BLANK = 0.05


def _stands_low(stream: Stream, street: tuple[Piece, ...], places: dict[str, tuple[int, int] | None]) -> bool:
    """Whether a print left the row above a lone street blank and not, as usual, the one below it.

    A PDF draws no blank rows. The room that they take is measured against the rows of the name and of the city, which
    stand to their captions as the street does.
    """
    last, below, city = places["last"], places["street"], places["city"]
    if last is None or below is None or city is None:
        return False
    first, second = (runs_of_pieces(stream.cut(*hit)) for hit in (last, below))
    name, place = (runs_of_pieces(stream.cut(*span)) for span in ((0, last[0]), (below[1], city[0])))
    runs = runs_of_pieces(street)
    pairs = ((name[-1:], first[-1:]), (first[:1], runs[:1]), (runs[-1:], second[-1:]), (second[:1], place[:1]))
    spaces = [space_between(upper[0].at, lower[0].at) for upper, lower in pairs if upper and lower]
    known = [space for space in spaces if space is not None]
    if len(known) < len(pairs):
        return False
    below_name, above_street, below_street, above_city = known
    above, below_it = above_street - above_city, below_street - below_name
    return LOW < above - below_it < STRANGE and above + below_it > BLANK


# EDGAR takes two streets of at most 40 characters (FORM-FACTS 1.2).
MOST_STREETS = 2
LONGEST_STREET = 40


def _parted(runs: tuple[Run, ...]) -> list[Reading]:
    """Two streets that a reader took for one wrapped line: none may be too long, so one wrap was a new line.

    Empty where no wrap, or more than one, parts the text into two streets.
    """
    ways: list[list[Reading]] = []
    for index, run in enumerate(runs):
        if index and run.join in WRAPPED:
            halves = [read_text(half, marked=False) for half in (runs[:index], runs[index:])]
            if all(len(half["printed"]) <= LONGEST_STREET for half in halves):
                ways.append(halves)
    return ways[0] if len(ways) == 1 else []


def merged(readings: list[Reading]) -> Reading:
    """Readings of one text, joined by spaces."""
    text = " ".join(each["printed"] for each in readings)
    return reading(text or None, text, (), tuple(at for each in readings for at in each["at"]))


def _slots(stream: Stream, where: tuple[Piece, ...], places: dict[str, tuple[int, int] | None]) -> dict[str, Reading]:
    """City, state and zip by the slots of their captions; empty where slots do not tell."""
    names = ("city", "state", "zip_code")
    heads = [stream.piece_at(hit[0]).col if (hit := places[name]) is not None else -1 for name in names]
    cols = [piece.col for piece in where]
    if len(where) == 3 and len({piece.line for piece in where}) == 1:
        return {name: text_reading((piece,)) for name, piece in zip(names, where, strict=True)}
    if -1 in heads or -1 in cols or len(set(heads)) < 3 or sorted(heads) != heads:
        return _nearest(stream, where, {name: places[name] for name in names})
    found: dict[str, list[Piece]] = {}
    for piece in where:
        place = max((index for index, head in enumerate(heads) if head <= piece.col), default=0)
        found.setdefault(names[place], []).append(piece)
    return {name: text_reading(tuple(pieces)) for name, pieces in found.items()}


def _nearest(stream: Stream, where: tuple[Piece, ...], places: dict[str, tuple[int, int] | None]) -> dict[str, Reading]:
    """City, state and zip, one of them missing, each by the caption that begins nearest; empty where that cannot be."""
    if len(where) != 2 or where[0].line != where[1].line or not all(piece.runs for piece in where):
        return {}
    heads = {name: runs_of_pieces(stream.cut(*hit))[0].at for name, hit in places.items() if hit is not None}
    found: dict[str, Reading] = {}
    for piece in where:
        shifts = {name: shift for name, at in heads.items() if (shift := indent(piece.runs[0].at, at)) is not None}
        if shifts:
            found[min(shifts, key=lambda name: abs(shifts[name]))] = text_reading((piece,))
    city, state = (found.get(name, EMPTY)["printed"] for name in ("city", "state"))
    # Two of them may stand in one: "MENLO PARK, CA" before a zip, "WASHINGTON 98108" behind a city.
    joint = state_code(state) is None and _ZIP.search(state) if state else _ends_in_code(city)
    return found if len(found) == 2 and city and not joint else {}


def _ends_in_code(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and len(words[-1]) == CODE_LENGTH and state_code(words[-1]) is not None


def read_place(whole: Reading, path: str, issues: list[Issue]) -> dict[str, Reading]:
    """`MENLO PARK, CA 94025` or `CUPERTINO CA 95014`: the city, EDGAR's code, the postal code."""
    text = whole["printed"]
    if not text:
        return {}
    for city, code, postal in _candidates(text):
        state = state_code(code) or state_code(code.rstrip("."))  # "Ms."
        if state is None or (not city and len(code) > CODE_LENGTH):
            continue
        if len(code) > CODE_LENGTH and not state.isalpha():  # a name of a country may stand for a territory as well
            message = f"{code!r} may be a state or a territory"
            issues.append(Issue(Code.STATE_UNKNOWN, f"{path}.address.state", message, whole["at"]))
        return {
            "city": reading(city or None, city, (), whole["at"]),
            "state": reading(state, code, (), whole["at"]),
            "zip_code": reading(postal or None, postal, (), whole["at"]),
        }
    issues.append(Issue(Code.STATE_UNKNOWN, f"{path}.address.state", f"no EDGAR state code in {text!r}", whole["at"]))
    found = _ZIP.search(text)
    city = text[: found.start()].rstrip(" ,") if found else text
    return {
        "city": reading(city or None, city, (), whole["at"]),
        "zip_code": reading(found[0], found[0], (), whole["at"]) if found else EMPTY,
    }


def _another_way(whole: Reading, path: str) -> dict[str, Reading]:
    """City, state and zip of a line whose slots give no state, as where two of them touch; empty where that fails."""
    doubts: list[Issue] = []
    found = read_place(whole, path, doubts)
    return {} if doubts else found


def _candidates(text: str) -> list[tuple[str, str, str]]:
    """The ways to part `text` into city, state and zip: at the last comma first, then at any blank."""
    found: list[tuple[str, str, str]] = []
    head, comma, tail = text.rpartition(",")
    if comma:
        words = tail.split()
        for size in range(len(words), 0, -1):
            found.append((head.strip(), " ".join(words[:size]), " ".join(words[size:])))
    words = text.split()
    for start in range(len(words) - 1, -1, -1):
        for size in range(min(3, len(words) - start), 0, -1):
            code = " ".join(words[start : start + size])
            found.append((" ".join(words[:start]), code, " ".join(words[start + size :])))
    return found


def _country(
    stream: Stream,
    places: dict[str, tuple[int, int] | None],
    address: dict[str, Reading],
    path: str,
    issues: list[Issue],
) -> dict[str, Reading]:
    """The country line of 2026 and later: for a foreign address the state is free text and the country has the code."""
    behind, country = places["zip_code"], places["country"]
    state = address.get("state", EMPTY)
    code = state_code(state["printed"]) if state["printed"] else None
    if behind is None or country is None:
        if state["printed"] and code is None:
            message = f"{state['printed']!r} is no EDGAR state"
            issues.append(Issue(Code.STATE_UNKNOWN, f"{path}.address.state", message, state["at"]))
        return {"state": {**state, "value": code}} if state["printed"] else {}
    heads = [hit for key in ("city", "state", "zip_code") if (hit := places[key]) is not None]
    named = text_reading(_below(stream, heads, country[0]))
    nation = country_code(named["printed"]) if named["printed"] else None
    if named["printed"] and nation is None:
        issues.append(
            Issue(
                Code.STATE_UNKNOWN, f"{path}.address.country", f"{named['printed']!r} is no EDGAR country", named["at"]
            )
        )
    if nation is None or nation == UNITED_STATES:
        if state["printed"] and code is None:
            issues.append(
                Issue(
                    Code.STATE_UNKNOWN, f"{path}.address.state", f"{state['printed']!r} is no EDGAR state", state["at"]
                )
            )
        non_us = reading(False, named["printed"], (), named["at"]) if named["printed"] else EMPTY
        return {"state": {**state, "value": code}, "non_us": non_us}
    return {
        "state": EMPTY,
        "non_us_state": {**state, "value": state["printed"] or None},
        "country": {**named, "value": nation},
        "non_us": reading(True, named["printed"], (), named["at"]),
    }


_TEXTS = {"officer": "officer_title", "other": "other_text"}  # the labels that ask for a text
UNITED_STATES = "X1"  # EDGAR's code for the country; its states have their own


def read_relationship(item: Item, template: Template, captions: Captions, path: str, issues: list[Issue]) -> Owner:
    """The four ticks, and beneath them the officer's title and the other text."""
    beside: dict[str, tuple[Piece, ...]] = {}
    if captions.converted:
        item, beside = titles_beside(item, captions)
    stream = item.stream
    labels = {name: captions.labels[name] for name in RELATIONSHIPS}
    ticks, behind = read_ticks(stream, labels, 0, len(stream.text), path, issues)
    found: Owner = dict(ticks)
    found |= {_TEXTS[name]: text_reading(pieces) for name, pieces in beside.items()}
    pieces = tuple(_off_line(piece) for piece in stream.cut(behind) if piece.text.strip("_ "))
    if not pieces or beside:
        return found
    columns = {name: _label_col(stream, captions.labels[name]) for name in ("officer", "other")}
    officer = bool(ticks.get("officer", EMPTY)["value"])
    other = bool(ticks.get("other", EMPTY)["value"])
    if officer != other:
        name = "officer_title" if officer else "other_text"
        found[name] = _text_of_lines(pieces, f"{path}.{name}", issues)
    elif template.printing.titles == "one-line" and " / " in text_reading(pieces)["printed"]:
        found |= _split_titles(text_reading(pieces))
    elif -1 not in columns.values() and all(piece.col >= 0 for piece in pieces):
        left = tuple(piece for piece in pieces if piece.col < columns["other"])
        right = tuple(piece for piece in pieces if piece.col >= columns["other"])
        found["officer_title"] = _text_of_lines(left, f"{path}.officer_title", issues)
        found["other_text"] = _text_of_lines(right, f"{path}.other_text", issues)
    else:
        found["officer_title"] = text_reading(pieces)
        issues.append(
            Issue(
                Code.TEXT_UNPLACED,
                f"{path}.officer_title",
                "officer title and other text cannot be told apart",
                found["officer_title"]["at"],
            )
        )
    return found


def _text_of_lines(pieces: tuple[Piece, ...], path: str, issues: list[Issue]) -> Reading:
    """A text over lines that nothing on the page ties together."""
    found = text_reading(pieces)
    if may_break_word(pieces):
        issues.append(broken(found["printed"], path, found["at"]))
    return found


def _off_line(piece: Piece) -> Piece:
    """A piece without the line that the form prints for it to be written on."""
    parts = (
        part._replace(text=part.text.strip("_")) if isinstance(part, Run) else part for part in piece.segment.parts
    )
    return piece._replace(segment=Segment(tuple(parts)))


def _split_titles(whole: Reading) -> dict[str, Reading]:
    title, _, other = whole["printed"].partition(" / ")
    return {
        "officer_title": reading(title, title, (), whole["at"]),
        "other_text": reading(other, other, (), whole["at"]),
    }


def _label_col(stream: Stream, words: tuple[str, ...]) -> int:
    hit = stream.find(words)
    return stream.piece_at(hit[0]).col if hit else -1


def read_line(item: Item) -> Reading:
    """An item of free text, such as the foreign trading symbol."""
    return read_text(runs_of_pieces(item.stream.cut(0)), marked=False)
