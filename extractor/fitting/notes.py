"""From the lines below the tables to footnotes, remarks, signatures: what stands between one section and the next."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from extractor.fitting.captions import Captions
from extractor.fitting.people import merged, text_reading
from extractor.fitting.stream import Piece, Stream, lines_in, runs_of_pieces, text_of
from extractor.fitting.values import EMPTY, Reading, parse_date, quoted, reading
from extractor.issues import Code, Issue
from extractor.layout import Run, Segment, indent, joined, squeeze
from extractor.layout.text import WRAPPED

_NUMBER = re.compile(r"\(?(\d{1,2})[.)](?!\d)\s*")

# A name signed, and the date behind it.
_SIGNED = re.compile(r"(/s/.*\S)\s+(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)

ALIGNED = 0.5  # heights of a line by which the left ends of one cell's lines may differ: 0 seen
INDENTED = 5.0  # heights of a line that the signatures of the SEC's page stand right of its margin: 25 and more seen

Section = tuple[Piece, ...]


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
            flag = reading(True, text_of(line), (), tuple(run.at for run in runs_of_pieces(line)))
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
            notes[-1]["at"] = tuple(run.at for run in runs_of_pieces(parts))

    waiting = deque(lines_in(pieces))
    begun = {int(match[1]) for line in waiting if (match := _NUMBER.match(line[0].text))}
    while waiting:
        line = waiting.popleft()
        rest = _starts_note(line, len(notes) + 1)
        following = len(notes) + 1 + (rest is not None)
        # A wrap is only then another note's first line where no line of its own begins with that number.
        if following not in begun and (parted := _part_at(line, following)) is not None:
            line, behind = parted
            if _part_at(behind, following) is not None:
                message = f"more than one line begins with {following}.; the first was taken for the footnote"
                places = tuple(run.at for run in runs_of_pieces(behind))
                issues.append(Issue(Code.UNCERTAIN_JOIN, f"footnotes[{following - 1}]", message, places))
            waiting.appendleft(behind)
            rest = _starts_note(line, len(notes) + 1)
        if rest is not None:
            close()
            notes.append({"id": f"F{len(notes) + 1}", "text": "", "at": ()})
            parts = list(rest)
        elif notes:
            parts += line
        elif any(piece.runs for piece in line):
            issues.append(
                Issue(
                    Code.TEXT_UNPLACED,
                    "footnotes",
                    f"{quoted(text_of(line))} belongs to no footnote",
                    tuple(run.at for run in runs_of_pieces(line)),
                )
            )
    close()
    return notes


def _part_at(line: Section, number: int) -> tuple[Section, Section] | None:
    """A line of one piece, parted before the printed line that begins with footnote `number`; None if there is none."""
    if len(line) != 1:
        return None
    parts = line[0].segment.parts
    for index, part in enumerate(parts):
        if index and isinstance(part, Run) and part.join in WRAPPED:
            match = _NUMBER.match(part.text)
            if match is not None and int(match[1]) == number:
                before, behind = (line[0]._replace(segment=Segment(each)) for each in (parts[:index], parts[index:]))
                return (before,), (behind,)
    return None


def _starts_note(line: Section, number: int) -> Section | None:
    """What stands behind the number, where `line` begins with footnote `number`; None where it does not."""
    text = line[0].text
    match = _NUMBER.match(text)
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
        found += _read_group([each for each in group if any(piece.runs for piece in each)], issues)
        group = []
    return found


def _read_group(lines: list[Section], issues: list[Issue]) -> list[dict[str, Reading]]:
    """The signatures over one caption."""
    dated = [line for line in lines if is_signature(line)]
    alone = len(dated) == 1
    for line in lines:
        if not alone and not is_signature(line):
            places = tuple(run.at for run in runs_of_pieces(line))
            message = f"{quoted(text_of(line))} is no signature with a date"
            issues.append(Issue(Code.TEXT_UNPLACED, "signatures", message, places))
    found: list[dict[str, Reading]] = []
    for line in dated:
        names = [text_reading(each[:-1] if each is line else each) for each in (lines if alone else [line])]
        date = text_reading(line[-1:])
        signed = reading(parse_date(date["printed"]), date["printed"], (), date["at"])
        found.append({"name": merged(names), "date": signed})
    return found


def is_signature(line: Section) -> bool:
    """Whether a line is a signature: text, and beside it a date."""
    return len(line) > 1 and parse_date(joined(line[-1].runs)) is not None and any(piece.runs for piece in line[:-1])


def read_remarks(pieces: Section) -> Reading:
    """The remarks as one text."""
    return text_reading(pieces) if pieces else EMPTY


def split_tail(pieces: Section, page: Iterable[Run]) -> tuple[Section, list[Section]]:
    """The pieces before the first signature, and the lines from it on; `page` are the runs that show its margin.

    Where a page break goes through a signature's row, the print has its name a line at a time, the date beside one of
    them; the lines above that one are told by standing as far right as it does.
    """
    lines = [_parted_date(line) for line in lines_in(pieces)]
    first = next((index for index, line in enumerate(lines) if is_signature(line)), len(lines))
    if 0 < first < len(lines) and _is_beneath(lines[first], lines[first - 1]) and _is_indented(lines[first], page):
        while first > 0 and _is_beneath(lines[first], lines[first - 1]):
            first -= 1
    return tuple(piece for line in lines[:first] for piece in line), lines[first:]


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
    name, date = (runs[0]._replace(text=text) for text in match.groups())
    return tuple(line[0]._replace(segment=Segment((run,))) for run in (name, date))
