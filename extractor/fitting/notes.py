"""From the lines below the tables to footnotes, remarks, signatures: what stands between one section and the next."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from extractor.fitting.captions import Captions
from extractor.fitting.centred import NUMBER, Section, centred
from extractor.fitting.people import merged, text_reading
from extractor.fitting.stream import Piece, Stream, lines_in, runs_of_pieces, text_of
from extractor.fitting.values import EMPTY, SENTENCE_ENDS, Reading, parse_date, parse_free_date, quoted, reading
from extractor.issues import Code, Issue
from extractor.layout import Location, Run, Segment, indent, joined, space_between, squeeze
from extractor.layout.text import WRAPPED

# A name signed, and the date behind it.
_SIGNED = re.compile(r"(/s/.*\S)\s+(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)

ALIGNED = 0.5  # heights of a line by which the left ends of one cell's lines may differ: 0 seen
INDENTED = 5.0  # heights of a line that the signatures of the SEC's page stand right of its margin: 25 and more seen

SHORT_CAPTION = 8  # letters that a caption has at most which a name may have in it: "Date"


class Sections:
    """The parts of the page below the tables, by name, each as the pieces between its caption and the next."""

    def __init__(self, stream: Stream, captions: Captions, start: int) -> None:
        words = captions.sections
        places: list[tuple[int, int, str]] = []
        closing = self._at(stream, words["closing"], stream.begins_piece, start)
        end = closing[0] if closing else len(stream.text)
        for name in ("explanation", "remarks", "owners", "signatures"):
            hit = self._at(stream, words[name], stream.begins_piece, start, end) if name in words else None
            if hit is None and name in words and captions.marks == "typed":  # typed below a full line
                hit = self._at(stream, words[name], stream.begins_printed_line, start, end)
            if hit:
                places.append((*hit, name))
        places.sort()
        self.end = end
        self.parts: dict[str, Section] = {}
        for index, (_, behind, name) in enumerate(places):
            until = places[index + 1][0] if index + 1 < len(places) else end
            self.parts[name] = stream.cut(behind, until)

    @staticmethod
    def _at(
        stream: Stream,
        words: tuple[str, ...],
        begins: Callable[[int], bool],
        start: int,
        end: int | None = None,
    ) -> tuple[int, int] | None:
        """The first place of a caption at or behind `start` where `begins` tells of a beginning."""
        while (hit := stream.find(words, start, end)) is not None:
            if begins(hit[0]):
                return hit
            start = hit[0] + 1
        return None


def take_sentence(pieces: Section, words: tuple[str, ...]) -> tuple[Section, Reading | None]:
    """The pieces without the line that is the sentence `words` and nothing else, and that line as a flag."""
    for line in lines_in(pieces):
        if squeeze(text_of(line)) in words:
            flag = reading(True, text_of(line), (), _at(line))
            return tuple(piece for piece in pieces if piece.line != line[0].line), flag
    return pieces, None


def read_footnotes(pieces: Section, issues: list[Issue]) -> list[dict[str, Any]]:
    """Numbered notes: one starts where a line begins with the next number, `1.` or `(1)`; the rest continues it."""
    notes: list[dict[str, Any]] = []
    parts: list[Piece] = []

    def close() -> None:
        if notes:
            text = text_of(parts)
            notes[-1]["text"] = text
            notes[-1]["at"] = _at(parts)

    goes_on = False  # whether a line without a number stands below the last footnote's first
    lines = lines_in(pieces)
    waiting = deque(centred(lines) or lines)
    begun = {int(match[1]) for line in waiting if (match := NUMBER.match(line[0].text))}
    while waiting:
        line = waiting.popleft()
        rest = _starts_note(line, len(notes) + 1)
        following = len(notes) + 1 + (rest is not None)
        # A wrap is only then another note's first line where no line of its own begins with that number.
        if following not in begun and (parted := _part_at(line, following)) is not None:
            line, behind = parted
            if _part_at(behind, following) is not None:
                message = f"more than one line begins with {following}.; the first was taken for the footnote"
                places = _at(behind)
                issues.append(Issue(Code.UNCERTAIN_JOIN, f"footnotes[{following - 1}]", message, places))
            waiting.appendleft(behind)
            rest = _starts_note(line, len(notes) + 1)
        if rest is not None:
            close()
            if goes_on and _within_sentence(notes[-1]["text"], line, text_of(rest)):
                message = f"footnote {len(notes) + 1} begins inside a sentence: its number may stand beside its middle"
                issues.append(Issue(Code.UNCERTAIN_JOIN, f"footnotes[{len(notes)}]", message, _at(line)))
            goes_on = False
            notes.append({"id": f"F{len(notes) + 1}", "text": "", "at": ()})
            parts = list(rest)
        elif notes:
            goes_on = True
            parts += line
        elif any(piece.runs for piece in line):
            issues.append(
                Issue(
                    Code.TEXT_UNPLACED,
                    "footnotes",
                    f"{quoted(text_of(line))} belongs to no footnote",
                    _at(line),
                )
            )
    close()
    return notes


def _at(pieces: Iterable[Piece]) -> tuple[Location, ...]:
    return tuple(run.at for run in runs_of_pieces(pieces))


def _within_sentence(before: str, line: Section, text: str) -> bool:
    """Whether a footnote whose number stands in a column of its own seems to go on the one before: it begins small, or
    that one ends without a full stop.
    """
    apart = len(line) > 1 and NUMBER.fullmatch(line[0].text) is not None
    return apart and (text[:1].islower() or not before.endswith(SENTENCE_ENDS))


def _part_at(line: Section, number: int) -> tuple[Section, Section] | None:
    """A line of one piece, parted before the printed line that begins with footnote `number`; None if there is none."""
    if len(line) != 1:
        return None
    parts = line[0].segment.parts
    for index, part in enumerate(parts):
        if index and isinstance(part, Run) and part.join in WRAPPED:
            match = NUMBER.match(part.text)
            if match is not None and int(match[1]) == number:
                before, behind = (line[0]._replace(segment=Segment(each)) for each in (parts[:index], parts[index:]))
                return (before,), (behind,)
    return None


def _starts_note(line: Section, number: int) -> Section | None:
    """What stands behind the number, where `line` begins with footnote `number`; None where it does not."""
    text = line[0].text
    match = NUMBER.match(text)
    if match is None or int(match[1]) != number:
        return None
    stream = Stream(line)
    return stream.cut(len(squeeze(match[0])))


def read_signatures(lines: list[Section], captions: Captions, issues: list[Issue]) -> list[dict[str, Reading]]:
    """A name and, beside it, a date; the captions beneath part one signature, or all of them, from the rest.

    Lines without a date go on the name where a single signature stands over its caption; among several it cannot be
    told whose they are.
    """
    words = (*captions.sections["signature"], *captions.sections["signature_date"])
    found: list[dict[str, Reading]] = []
    group: list[Section] = []
    for line in (*lines, None):
        if line is not None and not squeeze(text_of(line)).startswith(words):
            group.append(line)
            continue
        found += _read_group([each for each in group if any(piece.runs for piece in each)], captions.free, issues)
        group = []
    for index, signature in enumerate(found):
        name = signature["name"]
        if any(_holds(squeeze(name["printed"]), word) for word in words if len(word) > SHORT_CAPTION):
            message = f"{quoted(name['printed'])} has a caption in it: a signature may be cut, or two have become one"
            issues.append(Issue(Code.TEXT_UNPLACED, f"signatures[{index}].name", message, name["at"]))
    return found


def _holds(text: str, caption: str) -> bool:
    """Whether squeezed text has a caption in it, or ends as one begins."""
    return caption in text or any(text.endswith(caption[:end]) for end in range(SHORT_CAPTION, len(caption)))


def _read_group(lines: list[Section], free: bool, issues: list[Issue]) -> list[dict[str, Reading]]:
    """The signatures over one caption."""
    dated = [line for line in lines if is_signature(line, free)]
    alone = len(dated) == 1
    for line in lines:
        if not alone and not is_signature(line, free):
            places = _at(line)
            message = f"{quoted(text_of(line))} is no signature with a date"
            issues.append(Issue(Code.TEXT_UNPLACED, "signatures", message, places))
    found: list[dict[str, Reading]] = []
    for line in dated:
        names = [text_reading(each[:-1] if each is line else each) for each in (lines if alone else [line])]
        day = text_reading(line[-1:])
        signed = reading(_day(day["printed"], free), day["printed"], (), day["at"])
        found.append({"name": merged(names), "date": signed})
    return found


def is_signature(line: Section, free: bool = False) -> bool:
    """Whether a line is a signature: text, and beside it a date; `free` where filers typed the form themselves."""
    return len(line) > 1 and _day(joined(line[-1].runs), free) is not None and any(piece.runs for piece in line[:-1])


def _day(text: str, free: bool) -> date | None:
    return parse_free_date(text) if free else parse_date(text)


def read_remarks(pieces: Section) -> Reading:
    """The remarks as one text."""
    return text_reading(pieces) if pieces else EMPTY


def split_tail(pieces: Section, page: Iterable[Run], free: bool = False) -> tuple[Section, list[Section]]:
    """The pieces before the first signature, and the lines from it on; `page` are the runs that show its margin.

    Where a page break goes through a signature's row, the print has its name a line at a time, the date beside one of
    them; the lines above that one are told by standing as far right as it does.
    """
    lines = [_parted_date(line) for line in lines_in(pieces)]
    if free:
        return _typed_tail(lines)
    first = next((index for index, line in enumerate(lines) if is_signature(line)), len(lines))
    if 0 < first < len(lines) and _is_beneath(lines[first], lines[first - 1]) and _is_indented(lines[first], page):
        while first > 0 and _is_beneath(lines[first], lines[first - 1]):
            first -= 1
    return tuple(piece for line in lines[:first] for piece in line), lines[first:]


# Characters that a line has at most which names whom the signature below it is for; prose runs over more.
LONGEST_NAME = 60
LONG_WORD = 4  # letters from which on a word of a name begins with a capital: "of", "and" and "the" do not
# Heights of a line that part paragraphs: a blank line is one, none is nought.
PARAGRAPH = 0.5


def _typed_tail(lines: list[Section]) -> tuple[Section, list[Section]]:
    """The same where filers typed the form: short lines over a signature, parted from the notes, name who signs."""
    first = next((index for index, line in enumerate(lines) if is_signature(line, free=True)), len(lines))
    while 0 < first < len(lines):
        above = lines[first - 1]
        begun = first == 1 or not _is_close(lines[first - 2], above) or _is_close(above, lines[first])
        if not begun or NUMBER.match(above[0].text) or not _names_signer(text_of(above)):
            break
        if first > 1 and _is_close(lines[first - 2], above) and NUMBER.match(lines[first - 2][0].text):
            break
        first -= 1
    return tuple(piece for line in lines[:first] for piece in line), lines[first:]


def _names_signer(text: str) -> bool:
    """Whether a line is short and its words of some length are written as names are: "QUILL PARTNERS, L.P."."""
    words = [word for word in text.split() if len(word) >= LONG_WORD]
    return 0 < len(text) <= LONGEST_NAME and bool(words) and all(word[0].isupper() for word in words)


def _is_close(above: Section, below: Section) -> bool:
    """Whether no blank line parts two lines."""
    upper, lower = runs_of_pieces(above)[-1:], runs_of_pieces(below)[:1]
    space = space_between(upper[0].at, lower[0].at) if upper and lower else None
    return space is not None and space < PARAGRAPH


def _is_beneath(line: Section, above: Section) -> bool:
    """Whether two lines begin at one place."""
    runs, before = runs_of_pieces(line)[:1], runs_of_pieces(above)[:1]
    away = indent(runs[0].at, before[0].at) if runs and before else None
    return away is not None and abs(away) < ALIGNED


def _is_indented(line: Section, page: Iterable[Run]) -> bool:
    """Whether a line begins right of the page's margin."""
    at = runs_of_pieces(line)[0].at
    return max((margin for run in page if (margin := indent(at, run.at)) is not None), default=0.0) > INDENTED


def _parted_date(line: Section) -> Section:
    """A signature's line that a print set without a gutter before the date, as name and date."""
    runs = runs_of_pieces(line)
    if len(line) != 1 or len(runs) != 1 or (match := _SIGNED.fullmatch(runs[0].text)) is None:
        return line
    signed = (runs[0]._replace(text=text) for text in match.groups())
    return tuple(line[0]._replace(segment=Segment((run,))) for run in signed)
