"""From the places that name joint owners to the list of all reporting owners.

The SEC's page repeats item 1 as a block for every owner, without relationships; EDGAR Online lists every owner in a
"Reporting Owners" table, with relationships and one street a line. A filing by one person has no blocks.
"""

from __future__ import annotations

from extractor.fitting.captions import Captions, skip_hints
from extractor.fitting.index import IndexedGrid
from extractor.fitting.items import Item
from extractor.fitting.leftover import places_in
from extractor.fitting.people import (
    MOST_STREETS,
    RELATIONSHIPS,
    Owner,
    merged,
    read_owner,
    read_place,
    read_relationship,
    text_reading,
)
from extractor.fitting.stream import Piece, Stream, lines_in, pieces_of
from extractor.fitting.values import EMPTY, Reading, read_text, reading
from extractor.issues import Code, Issue
from extractor.layout import Cell, Grid, lines_of, squeeze
from extractor.layout.text import WRAPPED, Run, Tick
from extractor.templates import Template


def read_blocks(stream: Stream, start: int, template: Template, captions: Captions, issues: list[Issue]) -> list[Owner]:
    """The owners of the name-and-address blocks behind offset `start`, in printed order."""
    words = captions.items["owner"]
    begun = [hit for hit in stream.find_all(words) if hit[0] >= start and stream.begins_piece(hit[0])]
    stop = stream.find(captions.sections["explanation"], start)
    last = stop[0] if stop else len(stream.text)
    begun = [hit for hit in begun if hit[0] < last]
    owners: list[Owner] = []
    for index, (_, behind) in enumerate(begun):
        until = begun[index + 1][0] if index + 1 < len(begun) else last
        block = Stream(stream.cut(behind, until))
        path = f"owners[{index}]"
        tied = block.find(captions.items["relationship"]) if captions.converted else None
        if tied is None:
            owners.append(read_owner(block, template, captions, path, issues))
            continue
        owner = read_owner(Stream(block.cut(0, tied[0])), template, captions, path, issues)
        item = Item("relationship", Stream(block.cut(skip_hints(block.text, tied[1], captions.hints))))
        ties = read_relationship(item, template, captions, f"{path}.relationship", issues)
        owners.append({**owner, "relationship": ties})
    return owners


def join_blocks(first: Owner, blocks: list[Owner], issues: list[Issue]) -> list[Owner]:
    """Item 1's owner with the blocks: the first block says the same again, or something is wrong."""
    if not blocks:
        return [first]
    names = [_name(block) for block in blocks]
    for index, name in enumerate(names):
        if name and name in names[:index]:
            message = f"{blocks[index]['name']['printed']!r} stands in two blocks"
            issues.append(Issue(Code.OWNERS_DISAGREE, f"owners[{index}].name", message, blocks[index]["name"]["at"]))
    if _name(blocks[0]) != _name(first):
        issues.append(
            Issue(
                Code.OWNERS_DISAGREE,
                "owners[0].name",
                f"item 1 names {_name(first)!r}, the first block {_name(blocks[0])!r}",
            )
        )
        return [first, *blocks]
    return [_seen_again(first, blocks[0]), *blocks[1:]]


def _seen_again(first: Owner, again: Owner) -> Owner:
    """Item 1's owner, each value with the places of its repetition added."""
    owner = dict(first)
    for name, value in again.items():
        if isinstance(value, dict) and "at" in value and name in owner:
            owner[name] = {**owner[name], "at": (*owner[name]["at"], *value["at"])}
        elif isinstance(value, dict) and isinstance(owner.get(name), dict):
            owner[name] = _seen_again(owner[name], value)
    return owner


def _name(owner: Owner) -> str:
    return squeeze(owner.get("name", EMPTY)["printed"])


def find_owners_table(grids: tuple[IndexedGrid, ...], captions: Captions) -> tuple[Grid, dict[str, Cell]] | None:
    """The Reporting Owners table and its head cells by field."""
    names = {word: name for name, words in captions.owners_table.items() for word in words}
    for each in grids:
        heads: dict[str, Cell] = {}
        for cell, text in each.cells:
            if text in names:
                heads.setdefault(names[text], cell)
        if len(heads) == len(captions.owners_table) > 0:
            return each.grid, heads
    return None


def read_table(grids: tuple[IndexedGrid, ...], captions: Captions, issues: list[Issue]) -> list[Owner]:
    """The owners of the Reporting Owners table, in printed order."""
    found = find_owners_table(grids, captions)
    if found is None:
        return []
    grid, heads = found
    first = max(cell.row + cell.row_span for cell in heads.values())
    owners: list[Owner] = []
    for row in range(first, grid.n_rows):
        cells = [cell for cell in grid.cells if cell.row == row]
        name = _under(cells, heads["name"])
        if name is None or not name.blocks:
            continue
        owner = _address(name, f"owners[{len(owners)}]", issues)
        owner["wrapped"] = any(run.join in WRAPPED for line in lines_of(name.blocks) for run in line.runs)
        owner["relationship"] = _relationship(cells, heads)
        owners.append(owner)
    return owners


def _under(cells: list[Cell], head: Cell) -> Cell | None:
    return next((cell for cell in cells if cell.col <= head.col < cell.col + cell.col_span), None)


def _relationship(cells: list[Cell], heads: dict[str, Cell]) -> dict[str, Reading]:
    """Any ink in a column ticks it; in the officer's and the other's column it is the title and the text itself."""
    found: dict[str, Reading] = {}
    for name in RELATIONSHIPS:
        cell = _under(cells, heads[name])
        whole = text_reading(tuple(pieces_of(cell.blocks))) if cell else EMPTY
        ticked = (
            any(
                isinstance(part, Tick) and part.state == "ticked"
                for line in lines_of(cell.blocks)
                for segment in line.segments
                for part in segment.parts
            )
            if cell
            else False
        )
        found[name] = reading(bool(whole["printed"]) or ticked, whole["printed"], (), whole["at"])
        if name in ("officer", "other") and whole["printed"] not in ("", "X"):
            found["officer_title" if name == "officer" else "other_text"] = whole
    return found


def _address(cell: Cell, path: str, issues: list[Issue]) -> Owner:
    """Name, streets a line each, `CITY, ST ZIP`."""
    lines = [text for line in lines_in(pieces_of(cell.blocks)) if (text := _text(line))["printed"]]
    if len(lines) < LEAST_LINES:  # the print's lines were taken for one: every printed line counts
        lines = _printed_lines(cell)
    if not lines:
        return {}
    owner: Owner = {"name": lines[0], "address": {}, "lines": lines[1:]}
    if len(lines) > 1:
        streets = lines[1:-1]
        owner["address"] = {"street1": merged(streets[:1]), "street2": merged(streets[1:])}
        owner["address"] |= read_place(lines[-1], path, issues)
        if len(streets) > MOST_STREETS:
            message = f"{len(streets)} lines for two streets"
            issues.append(Issue(Code.STREET_UNSPLIT, f"{path}.address.street2", message, merged(streets)["at"]))
    return owner


# Lines of an owner's cell: a name, a street or two, and the place.
LEAST_LINES = 3


def _printed_lines(cell: Cell) -> list[Reading]:
    """The lines of a cell as they were printed, wraps not undone."""
    lines: list[list[Run]] = []
    for line in lines_of(cell.blocks):
        for index, run in enumerate(line.runs):
            if index == 0 or run.join in WRAPPED:
                lines.append([])
            lines[-1].append(run)
    return [read_text(runs, marked=False) for runs in lines]


def _text(line: tuple[Piece, ...]) -> Reading:
    return text_reading(line)


def join_table(first: Owner, table: list[Owner], issues: list[Issue]) -> list[Owner]:
    """Item 1's owner with the table's rows; the row of that owner decides how the comma-joined street splits."""
    if not table:
        issues.append(Issue(Code.ITEM_MISSING, "owners", "the table of reporting owners was not found on the page"))
        return [first]
    index = next((index for index, owner in enumerate(table) if _same_name(owner, first)), None)
    if index is None:
        issues.append(
            Issue(
                Code.OWNERS_DISAGREE,
                "owners[0].name",
                f"item 1 names {_name(first)!r}, which the table of owners does not",
                first.get("name", EMPTY)["at"],
            )
        )
        return [first, *map(_without_lines, table)]
    row = table[index]
    owner = {**first, "address": _split_street(first, row, issues)}
    owner["relationship"] = _agreed(first.get("relationship", {}), row["relationship"], issues)
    owner["name"] = {**owner["name"], "at": (*owner["name"]["at"], *places_in(row))}
    rest = [each for place, each in enumerate(table) if place != index]
    for place, each in enumerate(rest, start=1):
        if each["wrapped"]:  # nothing on the page says the same again, so a wrap cannot be told from a new line
            message = "the lines of name and address may be told apart wrongly"
            issues.append(Issue(Code.STREET_UNSPLIT, f"owners[{place}].address", message, tuple(places_in(each))))
    return [owner, *map(_without_lines, rest)]


def _agreed(item: dict[str, Reading], row: dict[str, Reading], issues: list[Issue]) -> dict[str, Reading]:
    """The relationship of item 5 and of the table's row: both tick the same, the row tells title and text apart."""
    agreed = dict(row)
    for name, reading_there in item.items():
        here = row.get(name, EMPTY)
        agreed[name] = {**(here if here["printed"] or here["value"] else reading_there)}
        agreed[name]["at"] = (*reading_there["at"], *here["at"])
        if name in RELATIONSHIPS and bool(reading_there["value"]) != bool(here["value"]):
            path = f"owners[0].relationship.{name}"
            message = "the item's tick and the table of owners do not agree"
            issues.append(Issue(Code.OWNERS_DISAGREE, path, message, agreed[name]["at"]))
    for name in ("officer_title", "other_text"):
        if name in item and name not in row:  # the item prints both on one line, the row each in its column
            agreed.pop(name)
            other = "other_text" if name == "officer_title" else "officer_title"
            if other in agreed:
                agreed[other] = {**agreed[other], "at": (*agreed[other]["at"], *item[name]["at"])}
    return agreed


def _same_name(row: Owner, first: Owner) -> bool:
    """Whether the table's row is item 1's owner; a wrapped name has its end on the next line."""
    texts = (row.get("name", EMPTY)["printed"], *(line["printed"] for line in row.get("lines", [])))
    return bool(_name(first)) and squeeze("".join(texts)).startswith(_name(first))


def _without_lines(owner: Owner) -> Owner:
    return {name: value for name, value in owner.items() if name not in ("lines", "wrapped")}


def _split_street(first: Owner, row: Owner, issues: list[Issue]) -> dict[str, Reading]:
    """Item 1's address with its street split where the table has a line break and item 1 a comma."""
    address: dict[str, Reading] = dict(first.get("address", {}))
    joined = address.get("street1", EMPTY)
    whole = joined["printed"]
    if not whole:
        return address
    lines = [line["printed"] for line in row.get("lines", [])]
    for begin in range(len(lines)):
        for middle in range(begin + 1, len(lines) + 1):
            one = " ".join(lines[begin:middle])
            if squeeze(one) == squeeze(whole):
                return address
            for end in range(middle + 1, len(lines) + 1):
                two = " ".join(lines[middle:end])
                if squeeze(f"{one},{two}") == squeeze(whole):
                    return {
                        **address,
                        "street1": reading(one, one, (), joined["at"]),
                        "street2": reading(two, two, (), joined["at"]),
                    }
    path = "owners[0].address.street1"
    if squeeze(whole).replace(",", "") in squeeze("".join(lines)).replace(",", ""):
        if "," in whole:  # one street or two: neither place tells
            issues.append(Issue(Code.STREET_UNSPLIT, path, f"{whole!r} may be one street or two", joined["at"]))
        return address
    message = f"item 1 prints {whole!r}, which the table of owners does not"
    issues.append(Issue(Code.OWNERS_DISAGREE, path, message, joined["at"]))
    return address
