from __future__ import annotations

from extractor.layout import Style
from extractor.readers.pdf.ink import Link, Piece
from extractor.readers.pdf.words import cut, words_of
from tests.readers.pdf.drawn import piece, word

GREEN = Style(colour="#008000")


def test_mark_is_raised_and_belongs_to_the_line_it_rises_from() -> None:
    value, mark = words_of([piece("2,000", 0, 50, before="\n"), piece("(1)", 25.2, 46.8, 6.5, before="")], 1)
    assert (mark.style.raised, mark.style.small, mark.line, mark.glued) == (True, True, 50, True)
    assert not value.style.raised


def test_several_marks_are_raised_alike() -> None:
    found = words_of([piece("S", 0, 50), piece("(2)", 5.1, 46.8, 6.5, ""), piece("(3)", 15, 46.8, 6.5, "")], 1)
    assert [(each.style.raised, each.line) for each in found] == [(False, 50), (True, 50), (True, 50)]


def test_marks_may_stand_further_apart_than_a_text_from_a_mark() -> None:
    apart = [piece("S", 0, 10), piece("(1)", 6, 8, 4), piece("(2)", 14, 8, 4), piece("etc", 22, 8, 4)]
    assert [word.style.raised for word in words_of(apart, 1)] == [False, True, True, False]


def test_smaller_word_on_the_same_baseline_is_no_mark() -> None:
    assert [each.style.raised for each in words_of([piece("[", 0, 50, 12), piece("JOBY", 8, 50, 8, " ")], 1)] == [
        False
    ] * 2


def test_smaller_word_centred_beside_a_cross_is_no_mark() -> None:
    _, label = words_of([piece("X", 0, 50, 12), piece("Form", 8, 45, 10)], 1)
    assert not label.style.raised
    assert label.line == 45


def test_mark_after_a_drawn_space_is_raised_but_not_glued() -> None:
    _, mark = words_of([piece("67552", 0, 50, 6.75), piece("(1)", 18.6, 48, 5.6, " ")], 1)
    assert mark.style.raised
    assert not mark.glued


def test_mark_that_hardly_rises_is_told_by_its_shape() -> None:
    _, mark = words_of([piece("Stock", 0, 50, 5.19), piece("(1)", 13, 49.43, 4.03, " ")], 1)
    assert mark.style.raised
    _, label = words_of([piece("X", 0, 50, 5.19), piece("10%", 5, 49.43, 4.03, " ")], 1)
    assert not label.style.raised


def test_marks_alone_are_small_if_drawn_as_the_page_draws_marks() -> None:
    found = words_of(
        [piece("S", 0, 50), piece("(1)", 5.1, 46.8, 6.5, "", style=GREEN), piece("(3)", 80, 60, 6.5, style=GREEN)], 1
    )
    assert (found[2].style.small, found[2].style.raised) == (True, False)


def test_text_printed_twice_in_one_place_is_taken_once() -> None:
    assert [each.text for each in words_of([piece("Bold", 0, 50), piece("Bold", 0.2, 50)], 1)] == ["Bold"]


def test_check_box_glyph_becomes_a_tick_and_leaves_the_text() -> None:
    found = words_of([piece("☒Check", 0, 50)], 1)
    assert [(each.tick, each.text) for each in found] == [("ticked", ""), (None, "Check")]


def test_ligatures_are_spelled_out() -> None:
    assert words_of([piece("Snowﬂake", 0, 50)], 1)[0].text == "Snowflake"


def test_space_that_pdfium_overlooked_between_kerned_capitals() -> None:
    # "ARIZONA AVE": 13 % of an em between the A's, where other A's are followed at once
    xs = (0.0, 5.0, 11.5, 16.5)
    gap = piece("LANA", 0, 50)._replace(text="NAAV", xs=xs, x1=21.5)
    others = [piece("ANNA", 0, 70), piece("BAND", 50, 70)]
    assert [each.text for each in words_of([gap, *others], 1)] == ["NA", "AV", "ANNA", "BAND"]


def test_link_is_carried_by_the_words_inside_its_rectangle() -> None:
    found = words_of([piece("Doe", 10, 50), piece("Jane", 60, 50, before=" ")], 1, [Link(8, 42, 30, 53, "a?CIK=1")])
    assert [each.link for each in found] == ["a?CIK=1", ""]


def test_word_is_cut_at_a_letter() -> None:
    left, right = cut(word("Director10%", 0, 10), 0, 8), cut(word("Director10%", 0, 10), 8, 11)
    assert (left.text, right.text, right.x0) == ("Director", "10%", 40)


def test_jumps_tell_nothing_where_the_printer_draws_spaces_now_and_then() -> None:
    often = [piece("Class", 0, 10), *(piece("a", 30 + 8 * at, 10, before=" " if at % 3 else "\t") for at in range(9))]
    assert not any(word.jumped for word in words_of(often, 1)[1:])


def test_a_jump_tells_of_a_column_where_the_printer_draws_spaces() -> None:
    rarely = [piece("Class", 0, 10), *(piece("a", 30 + 8 * at, 10, before=" ") for at in range(12))]
    found = words_of([*rarely, piece("b", 128.5, 10, before="\t")], 1)
    assert [word.jumped for word in found[1:]] == [False] * 12 + [True]


def letters(text: str, pitch: float, y: float = 50, ink: float = 4.3, hyphen: float = 2.9) -> list[Piece]:
    """Letters at one pitch, in points, as pdfium gives them where it takes a page's lines for columns."""
    return [
        piece(letter, index * pitch, y, 8, "\n")._replace(x1=index * pitch + (hyphen if letter == "-" else ink))
        for index, letter in enumerate(text)
        if letter != " "
    ]


def texts_of(pieces: list[Piece]) -> list[str]:
    """The words, glued letters in one."""
    found: list[str] = []
    for each in words_of(pieces, 1):
        found[len(found) - each.glued :] = [(found[-1] if each.glued else "") + each.text]
    return found


def test_letters_of_one_width_that_are_parted_join_at_their_pitch() -> None:
    assert texts_of(letters("Key-Lever, Attorney-in-Fact", 4.8)) == ["Key-Lever,", "Attorney-in-Fact"]


def test_parted_letters_of_other_widths_join_by_their_ink() -> None:
    narrow = letters("Mill", 4.8)
    pieces = [each._replace(xs=(x0,), x1=x0 + 4.3) for each, x0 in zip(narrow, (0.0, 4.5, 9.3, 15.0), strict=True)]
    assert texts_of(pieces) == ["Mil", "l"]


def test_a_short_line_shows_no_pitch() -> None:
    assert texts_of(letters("A-B", 4.8)) == ["A-", "B"]


def test_a_mark_as_large_as_its_text_is_told_by_its_shape_and_its_rise() -> None:
    found = words_of([piece("Stock", 0, 50), piece("(1)", 27, 46.5, before=" "), piece("(2)", 43, 46.5, before="")], 1)
    assert [(each.style.raised, each.style.small, each.line) for each in found] == [
        (False, False, 50),
        (True, False, 50),
        (True, False, 50),
    ]


def test_a_higher_neighbour_as_large_as_the_text_is_no_mark() -> None:
    for text, y in (("(I)", 46.5), ("(1)", 50), ("(1)", 49), ("(1)", 38), ("1", 46.5)):
        _, other = words_of([piece("Stock", 0, 50), piece(text, 27, y, before=" ")], 1)
        assert not other.style.raised, (text, y)


def test_marks_as_large_as_the_text_make_no_other_text_small() -> None:
    found = words_of([piece("S", 0, 50), piece("(1)", 6, 46.5, before=""), piece("(2)", 80, 60)], 1)
    assert not found[2].style.small


def test_ink_without_size_is_no_host_of_a_mark() -> None:
    found = words_of([piece("S", 0, 50, 0.0), piece("(1)", 0.1, 49, 6.5, "")], 1)
    assert [each.style.raised for each in found] == [False, False]


def test_what_was_told_of_blanks_is_not_asked_again() -> None:
    """Letters of a page that sets them apart; by their gaps alone they would be words."""
    apart = [piece(letter, 9.0 * at, 50, before="" if at else "\n") for at, letter in enumerate("AAR")]
    assert "".join("" if word.glued else " " for word in words_of(apart, 1)) == "   "
    assert "".join("" if word.glued else " " for word in words_of(apart, 1, told=True)) == " "
