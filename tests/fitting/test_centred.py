"""Footnotes whose numbers stand beside their middle: told by where lines and numbers stand, or left as they are."""

from __future__ import annotations

from extractor.fitting.centred import centred
from extractor.fitting.notes import read_footnotes
from extractor.fitting.stream import lines_in, pieces_of
from extractor.issues import Issue
from extractor.layout import Block
from tests.made import line, printed, run, segment, stack


def page(*notes: int, at: float = 0.5) -> tuple[Block, ...]:
    """Notes of so many lines, ten points apart, each number beside the middle of its note (or `at` another share)."""
    drawn: list[tuple[float, Block]] = []
    row = 0
    for number, count in enumerate(notes, 1):
        middle = 10.0 * (row + at * (count - 1))
        texts = [(10.0 * each, f"note {number} line {each - row + 1}") for each in range(row, row + count)]
        for top, text in texts:
            beside = [printed(f"({number})", 10, middle)] if top == middle else []
            drawn.append((top, line(*(segment(each) for each in (*beside, printed(text, 40, top))))))
        if all(top != middle for top, _ in texts):
            drawn.append((middle, line(printed(f"({number})", 10, middle))))
        row += count
    return stack(*(block for _, block in sorted(drawn, key=lambda each: each[0])))


def read(blocks: tuple[Block, ...]) -> tuple[list[str], list[Issue]]:
    issues: list[Issue] = []
    return [note["text"] for note in read_footnotes(tuple(pieces_of(blocks)), issues)], issues


def test_notes_are_told_by_the_middles_of_their_numbers() -> None:
    for counts in ((3, 2, 1), (2, 4), (1, 5), (3,)):
        texts, issues = read(page(*counts))
        assert issues == []
        assert texts == [
            " ".join(f"note {number} line {each}" for each in range(1, count + 1))
            for number, count in enumerate(counts, 1)
        ]


def test_numbers_at_the_heads_or_feet_of_their_notes_are_none() -> None:
    assert centred(lines_in(pieces_of(page(3, 2, at=0.0)))) is None
    assert centred(lines_in(pieces_of(page(3, 2, at=1.0)))) is None


def test_notes_of_a_line_each_are_left_as_they_are() -> None:
    assert centred(lines_in(pieces_of(page(1, 1, 1)))) is None


def test_nothing_is_told_where_places_are_unknown_or_on_several_pages() -> None:
    unknown = stack(line(run("Sold under")), line(segment("(1)"), segment("a plan.")))
    assert centred(lines_in(pieces_of(unknown))) is None
    over = stack(
        line(printed("Sold", 40, 700)), line(segment(printed("(1)", 10, 20, 2)), segment(printed("a", 40, 20, 2)))
    )
    assert centred(lines_in(pieces_of(over))) is None
