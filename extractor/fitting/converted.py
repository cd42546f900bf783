"""From the pieces of a converted page to pieces as a print has them: parts of items, notes and signatures told apart.

A converter keeps the words and their rough order; what it loses of lines, numbers and columns is told here by captions
and by shape, or stays in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extractor.fitting.captions import Captions
from extractor.fitting.items import Item
from extractor.fitting.stream import Piece, Stream, lines_in, runs_of_pieces
from extractor.fitting.values import Reading, parse_date, quoted
from extractor.issues import Code, Issue
from extractor.layout import Block, Cell, HtmlLocation, Layout, Line, Run, Segment, Sheet, squeeze

Section = tuple[Piece, ...]

LONGEST_SIGNATURE = 400  # characters of a signature's line with its date; EDGAR takes names of 150

# A footnote's number as converters write it: `1.`, `(1)`, `[1]`, `[^1]:`, `^1^`, `¹`, `⁽¹⁾`, `1)`.
_NUMBERED = re.compile(
    r"\s*(?:\[\^?\(?(\d{1,2})\)?\]:?|\^\(?(\d{1,2})\)?\^|[(⁽]?([\d⁰¹²³⁴-⁹]{1,2})(?:[.):⁾]+|(?=\s)))\s*"
)
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = re.compile(r"\s*[⁰¹²³⁴-⁹]{1,2}")
# Paragraphs and list items; what a line break parts in one of them is one footnote.
_BLOCK = re.compile(r".*/li\[\d+\]|.*/(?:p|td|div)\[\d+\]")

_CELL = re.compile(r"/t[dh]\[")

_DATED = re.compile(r"(.*\S)\s+(\d{1,2}/\d{1,2}/\d{4})", re.DOTALL)
# A line in care of somebody, and behind it a number as a street's line has one.
_TWO_LINES = re.compile(r"c/o\s+\D+\s\d+\b", re.IGNORECASE)


def repaired(layout: Layout, captions: Captions) -> Layout:
    """The layout with lower heads below their groups, and without cells that say again what one beside them says.

    Some converters fill the slots of a span so, to the right and below. Only cells that begin with a caption are
    dropped: two values beside or below one another may well be the same.
    """
    words = [word for each in captions.items.values() for word in each]
    for table in captions.tables.values():
        words += [*table.titles, *table.groups]
        words += [word for _, each in table.columns for word in each if len(word) >= LEAST_CAPTION]
    begun = tuple(words)
    groups = tuple(word for table in captions.tables.values() for word in table.groups) + captions.furniture
    sheets = [
        Sheet(tuple(_aligned(_unrepeated(block, begun), captions, groups) for block in sheet.blocks))
        for sheet in layout.sheets
    ]
    return replace(layout, sheets=tuple(sheets))


def _aligned(block: Block, captions: Captions, groups: tuple[str, ...]) -> Block:
    """A table whose lower heads slid to the left, below heads that span both rows: put below the groups again.

    A converter that leaves the second row's spanned slots out begins it with `Code`. Where it has as many heads as the
    groups have slots, there is one way to set them.
    """
    if isinstance(block, Line) or any((cell.row_span, cell.col_span) != (1, 1) for cell in block.cells):
        return block
    rows: dict[int, list[Cell]] = {}
    for cell in block.cells:
        rows.setdefault(cell.row, []).append(cell)
    for row in range(1, block.n_rows):
        upper, lower = rows.get(row - 1, []), rows.get(row, [])
        heads = [cell for cell in lower if cell.blocks]
        slots = _slots_of_groups(upper, groups)
        packed = [cell.col for cell in heads] == list(range(len(heads)))
        if slots and packed and len(slots) == len(heads) and slots[0] > 0 and _are_heads(heads, captions):
            contents = dict(zip(slots, (cell.blocks for cell in heads), strict=True))
            moved = {cell: cell._replace(blocks=contents.get(cell.col, ())) for cell in lower}
            return block._replace(cells=tuple(moved.get(cell, cell) for cell in block.cells))
    return block


def _slots_of_groups(upper: list[Cell], groups: tuple[str, ...]) -> list[int]:
    """The columns that groups stand over: their own and the empty ones behind them."""
    slots: list[int] = []
    inside = False
    for cell in upper:
        text = squeeze(cell.text)
        inside = text.startswith(groups) if text else inside
        if inside:
            slots.append(cell.col)
    return slots


def _are_heads(cells: list[Cell], captions: Captions) -> bool:
    texts = [squeeze(cell.text) for cell in cells]
    owners = [word for words in captions.owners_table.values() for word in words]
    tables = captions.tables.values()
    return all(text in owners for text in texts) or any(all(map(table.fields_of, texts)) for table in tables)


def _unrepeated(block: Block, words: tuple[str, ...]) -> Block:
    if isinstance(block, Line):
        return block
    texts = {(cell.row, cell.col): squeeze(cell.text) for cell in block.cells}
    cells = []
    for cell in block.cells:
        text = texts[cell.row, cell.col]
        around = (texts.get((cell.row, cell.col - 1)), texts.get((cell.row - 1, cell.col)))
        repeats = bool(text) and text in around and text.startswith(words)
        cells.append(cell._replace(blocks=()) if repeats else cell)
    return block._replace(cells=tuple(cells))


LEAST_CAPTION = 9  # squeezed characters of a caption that is no value: "price", "title" and "code" could be


def gather_parts(items: dict[str, Item], captions: Captions, issues: list[Issue]) -> dict[str, Item]:
    """The items, with what belongs to item 1 moved there from behind the captions of others.

    A converter that reads a page in lines sets `(Street)` and what stands around it behind item 3. From the first small
    caption in another item on, all is item 1's: the parts are joined in the order in which they stand.
    """
    owner = items.get("owner")
    if owner is None:
        return items
    words = tuple(word for each in captions.parts.values() for word in each)
    gathered = dict(items)
    parts: list[Piece] = list(owner.stream.pieces)
    moved: list[Piece] = []
    for name, item in items.items():
        hit = item.stream.find(words) if name != "owner" else None
        if hit:
            gathered[name] = Item(name, Stream(item.stream.cut(0, hit[0])))
            moved += item.stream.cut(hit[0])
    if moved:
        places = tuple(run.at for run in runs_of_pieces(moved))
        message = "the parts of the item stand apart on the page; they were joined by their captions"
        issues.append(Issue(Code.PARTS_APART, "owners[0]", message, places))
        gathered["owner"] = Item("owner", Stream(parts + moved))
    return gathered


def titles_beside(item: Item, captions: Captions) -> tuple[Item, dict[str, Section]]:
    """Item 5 without what stands on one line behind the labels that ask for a text, and that text by its label.

    A list of labels has the title behind `Officer (give title below)`, where the form has it beneath all four.
    """
    stream, texts, taken = item.stream, {}, []
    labels = [hit for words in captions.labels.values() if (hit := stream.find(words))]
    for name in ("officer", "other"):
        hit = stream.find(captions.labels[name])
        if hit is None:
            continue
        line = stream.piece_at(hit[0]).line
        end = next((at for at, piece in stream.begun() if at >= hit[1] and piece.line != line), len(stream.text))
        alone = not any(hit[1] <= at < end for at, _ in labels)
        begin = hit[1] + stream.text.startswith(":", hit[1])
        if alone and any(piece.runs for piece in stream.cut(begin, end)):
            texts[name] = stream.cut(begin, end)
            taken.append((hit[1], end))
    kept: list[Piece] = []
    begin = 0
    for start, end in taken:
        kept += stream.cut(begin, start)
        begin = end
    return Item(item.name, Stream([*kept, *stream.cut(begin)])), texts


def doubt_street(stream: Stream, street: Reading, caption: int, path: str, issues: list[Issue]) -> None:
    """A doubt where a street stands on one line with its caption, or is two lines in one: no break tells them apart."""
    inline = not stream.begins_piece(caption)
    # in a table, lines are cells or breaks of a cell; converters make paragraphs of what looks like one
    in_cell = any(isinstance(at, HtmlLocation) and _CELL.search(at.path) for at in street["at"])
    if street["printed"] and (inline or (not in_cell and _TWO_LINES.search(street["printed"]))):
        message = f"{quoted(street['printed'])} may be one street or two: the conversion kept no line break"
        issues.append(Issue(Code.STREET_UNSPLIT, f"{path}.address.street1", message, street["at"]))


def doubt_comma(whole: Reading, city: Reading, path: str, issues: list[Issue]) -> None:
    """A doubt where a comma stands behind the city: the form has none there, unless it is the filer's own."""
    if city["printed"] and whole["printed"][len(city["printed"]) :].startswith(","):
        message = f"the comma in {quoted(whole['printed'])} may belong to the city"
        issues.append(Issue(Code.UNCERTAIN_JOIN, f"{path}.address.city", message, whole["at"]))


def numbered(pieces: Section) -> Section:
    """The lines of the footnotes, their numbers as `1.`; where no line has the first one, each block is a note."""
    lines = lines_in(pieces)
    numbers = [_number(line) for line in lines]
    if not any(number and number[0] == 1 for number in numbers):
        return _counted([line for line in lines if runs_of_pieces(line)])
    found: list[Piece] = []
    expected = 1
    for line, number in zip(lines, numbers, strict=True):
        if number and number[0] == expected:
            line = _with_number(line, *number)
            expected += 1
        found += line
    return tuple(found)


def _number(line: Section) -> tuple[int, int] | None:
    """The number that a line begins with, and how many characters of its first run are that number."""
    runs = runs_of_pieces(line)
    if not runs:
        return None
    text = runs[0].text
    if len(runs) > 1 and (runs[0].style.raised or _SUPERSCRIPT.fullmatch(text)):
        text += " "
    match = _NUMBERED.match(text)
    if match is None and (small := _SUPERSCRIPT.match(text)):
        return int(small[0].strip().translate(_DIGITS)), len(small[0])
    if match is None or (match[3] and match[0].isdigit() and not runs[0].style.raised):
        return None
    digits = next(group for group in match.groups() if group).translate(_DIGITS)
    bare = match[3] and not match[0].strip().translate(_DIGITS).strip("0123456789")
    if bare and not (runs[0].style.raised or _SUPERSCRIPT.match(text)):
        return None
    return int(digits), min(len(match[0]), len(runs[0].text))


def _with_number(line: Section, number: int, size: int = 0) -> Section:
    """The line, behind a number of ours; `size` characters of its first run were its own number."""
    first, *rest = line
    parts = list(first.segment.parts)
    place = next(index for index, part in enumerate(parts) if isinstance(part, Run))
    run = parts[place]
    assert isinstance(run, Run)
    text = run.text[size:].strip()
    parts[place : place + 1] = [run._replace(text=f"{number}."), *([run._replace(text=text)] if text else [])]
    return (first._replace(segment=Segment(tuple(parts))), *rest)


def _counted(lines: list[Section]) -> Section:
    """Lines without numbers, numbered in their order; lines of one block are one note."""
    found: list[Piece] = []
    count, before = 0, ""
    for line in lines:
        at = runs_of_pieces(line)[0].at
        match = _BLOCK.match(at.path) if isinstance(at, HtmlLocation) else None
        block = match[0] if match else ""
        if not block or block != before:
            count += 1
            line = _with_number(line, count)
        before = block
        found += line
    return tuple(found)


def signed(pieces: Section, captions: Captions) -> Section:
    """The pieces with each signature and its date side by side, and apart from what is printed beneath them.

    Above `** Signature of Reporting Person` stands a signature: on a line with its date, above it, or before the
    caption on one line.
    """
    lines = [part for line in lines_in(pieces) for part in _without_caption(line, captions)]
    words = captions.sections["signature"]
    found: list[Section] = []
    for line in lines:
        if squeeze(_text(line)).startswith(words):
            found = _all_dated(found)
        found.append(line)
    kept = [line for index, line in enumerate(found) if not _heads_signatures(found, index, words)]
    return tuple(piece._replace(line=number) for number, line in enumerate(kept) for piece in line)


def _heads_signatures(lines: list[Section], index: int, words: tuple[str, ...]) -> bool:
    """Whether a line is the caption of signatures that stand below it, as the head of a table."""
    if not squeeze(_text(lines[index])).startswith(words):
        return False
    dated = [len(line) > 1 and parse_date(line[-1].text) is not None for line in lines[max(index - 1, 0) : index + 2]]
    return dated[-1] and not (index and dated[0])


def _without_caption(line: Section, captions: Captions) -> Iterable[Section]:
    """A line on which the caption stands behind the signature, in two."""
    stream = Stream(line)
    hit = stream.find(captions.sections["signature"])
    if hit is None or hit[0] == 0:
        return (line,)
    return stream.cut(0, hit[0]), stream.cut(hit[0])


def _all_dated(lines: list[Section]) -> list[Section]:
    """The lines, those of the signatures at their end as name and date: where the last one is signed `/s/`, all are."""
    behind: list[Section] = []
    signs = True
    while lines and len(_text(lines[-1])) < LONGEST_SIGNATURE:
        *above, last = _dated(lines)
        if parse_date(last[-1].text) is None or (behind and signs and "/s/" not in _text(last).lower()):
            break
        signs = "/s/" in _text(last).lower()
        lines, behind = above, [last, *behind]
    return [*lines, *behind]


def _dated(lines: list[Section]) -> list[Section]:
    """The lines, the last one, which a signature's caption follows, as name and date."""
    *before, last = lines
    text = _text(last)
    if parse_date(text) is not None and before and len(last) == 1:
        return [*before[:-1], (*before[-1], *last)]
    runs = runs_of_pieces(last)
    match = _DATED.fullmatch(runs[-1].text) if len(last) == 1 and runs else None
    if match is None and len(last) == 1 and len(runs) > 1 and parse_date(runs[-1].text) is not None:
        return [*before, _split(last[0], (*runs[:-1],), runs[-1])]
    if match is None:
        return lines
    name, date = (runs[-1]._replace(text=each) for each in match.groups())
    return [*before, _split(last[0], (*runs[:-1], name), date)]


def _split(piece: Piece, name: tuple[Run, ...], date: Run) -> Section:
    return piece._replace(segment=Segment(name)), piece._replace(segment=Segment((date,)))


def _text(line: Section) -> str:
    return " ".join(piece.text for piece in line)
