from __future__ import annotations

from extractor.readers.pdf.ink import Piece
from extractor.readers.pdf.pieces import crowded, without_repeats
from tests.readers.pdf.drawn import piece


def test_what_is_printed_twice_in_one_place_is_taken_once() -> None:
    bold = [piece("Bold", 0, 50), piece("type", 30, 50), piece("Bold", 0.2, 50.1)]
    assert without_repeats(bold) == bold[:2]


def test_two_texts_in_one_place_are_both_kept() -> None:
    over = [piece("X", 0, 50), piece("Form", 0.2, 50)]
    assert without_repeats(over) == over


def test_no_piece_is_lost_in_whatever_order_a_file_has_them() -> None:
    page = [piece(f"{row}-{col}", 40.0 * col, 10.0 * row) for row in range(6) for col in range(5)]
    for pieces in (page, page[::-1], page[::2] + page[1::2]):
        assert without_repeats(pieces) == pieces
        assert without_repeats([*pieces, *pieces]) == pieces


def test_a_page_is_crowded_where_its_spaces_are_narrower_than_any_font_has_them() -> None:
    def page(gap: float, before: str = "\t") -> list[Piece]:
        return [piece("Doe", 20 * gap * at + 15 * at, 50, before=before if at else "\n") for at in range(30)]

    assert crowded(page(1.6 / 20))
    assert not crowded(page(2.5 / 20))
    assert not crowded(page(1.6 / 20, " "))  # drawn spaces tell themselves
    assert not crowded(page(1.6 / 20)[:5])
    assert crowded([*page(1.6 / 20), piece("x", 900, 50, 0.0, before="\t")])  # ink without size tells nothing
