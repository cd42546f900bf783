from __future__ import annotations

from extractor.layout import Grid, slots
from extractor.readers.heads import TableHeads
from extractor.readers.pdf.breaks import ANY_HABITS
from extractor.readers.pdf.unruled import unruled_grids
from extractor.readers.pdf.words import Word
from tests.readers.pdf.drawn import word, words

HEADS = TableHeads(
    ("Table I - Securities Owned",),
    (("1. Title of Security",), ("2. Date",), ("Amount",), ("Price",), ("5. Form",)),
    ("4. Securities Acquired",),
)


def page(*rows: tuple[tuple[str, float, float], ...]) -> list[Word]:
    """Words of texts at (x, y)."""
    return [
        each
        for number, row in enumerate(rows)
        for place, (text, x, y) in enumerate(row)
        for each in words(text, x, y, order=1000 * number + 50 * place)
    ]


HEAD = (
    (("Table I - Securities Owned", 100.0, 20.0),),
    (
        ("1. Title of", 0.0, 44.0),
        ("2. Date", 90.0, 44.0),
        ("4. Securities Acquired", 150.0, 40.0),
        ("5. Form", 290.0, 44.0),
    ),
    (("Security", 0.0, 55.5), ("Amount", 150.0, 60.0), ("Price", 220.0, 60.0)),
)
BODY = (
    (
        ("Common Stock", 0.0, 80.0),
        ("1/2/2024", 90.0, 80.0),
        ("5,000", 150.0, 80.0),
        ("$10", 220.0, 80.0),
        ("D", 290.0, 80.0),
    ),
    (("Preferred", 0.0, 100.0), ("", 90.0, 105.0), ("70", 150.0, 105.75), ("", 220.0, 105.0), ("I", 290.0, 105.75)),
    (("Stock", 0.0, 111.5),),
)
AFTER = ((("Explanation of the responses that follow here", 0.0, 140.0),),)


def cut(*rows: tuple[tuple[str, float, float], ...]) -> tuple[list[list[list[str]]], list[str]]:
    grids, rest = unruled_grids(page(*rows), [HEADS], 400, 1, ANY_HABITS)
    blocks = [grid.compose(ANY_HABITS).block for grid in grids]
    tables = [[[cell.text for cell in row] for row in slots(block)] for block in blocks if isinstance(block, Grid)]
    return tables, [word.text for word in rest]


def test_table_is_cut_under_its_heads() -> None:
    (table,), rest = cut(*HEAD, *BODY, *AFTER)
    assert table[3:] == [["Common Stock", "1/2/2024", "5,000", "$10", "D"], ["Preferred Stock", "", "70", "", "I"]]
    assert rest == ["Explanation", "of", "the", "responses", "that", "follow", "here"]


def test_heads_keep_their_spans() -> None:
    (table,), _ = cut(*HEAD, *BODY)
    group = "4. Securities Acquired"
    assert table[1] == ["1. Title of Security", "2. Date", group, group, "5. Form"]
    assert table[2] == ["1. Title of Security", "2. Date", "Amount", "Price", "5. Form"]


def test_empty_table_has_its_heads() -> None:
    (table,), rest = cut(*HEAD, *AFTER)
    assert len(table) == 3
    assert len(rest) == 7


def test_title_without_heads_is_no_table() -> None:
    tables, rest = cut(HEAD[0], *AFTER)
    assert tables == []
    assert rest[:2] == ["Table", "I"]


def test_captions_broken_inside_words_are_found() -> None:
    broken = (*HEAD[:2], (("Secur", 0.0, 55.5), *HEAD[2][1:]), (("ity", 0.0, 67.0),))
    (table,), _ = cut(*broken, *BODY)
    assert table[1][0].replace(" ", "") == "1.TitleofSecurity"
    assert table[-2][0] == "Common Stock"


def test_a_line_of_ticks_alone_breaks_no_search_for_heads() -> None:
    tick = word("", 40, 50, order=9000, tick="empty")
    grids, _ = unruled_grids([*page(*HEAD, *BODY), tick], (HEADS,), 400, 1, ANY_HABITS)
    assert len(grids) == 1
