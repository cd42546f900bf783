from __future__ import annotations

from extractor.layout import Grid, slots
from extractor.readers.pdf.breaks import ANY_HABITS
from extractor.readers.pdf.cells import Lattice, Region, lattice_of
from extractor.readers.pdf.grids import PageGrid, page_grids
from extractor.readers.pdf.rulings import Ruling, Rulings
from extractor.readers.pdf.words import Word
from tests.readers.pdf.drawn import lines, word, words


def lattice(xs: list[float], ys: list[float]) -> Lattice:
    made = lattice_of(Rulings([Ruling(y, xs[0], xs[-1]) for y in ys], [Ruling(x, ys[0], ys[-1]) for x in xs]))
    assert made is not None
    return made


def texts(grid: PageGrid) -> list[list[str]]:
    block = grid.compose(ANY_HABITS).block
    assert isinstance(block, Grid)
    return [[cell.text for cell in row] for row in slots(block)]


def placed(found: list[Word], *lattices: Lattice) -> tuple[list[PageGrid], list[Word]]:
    return page_grids(lattices, found, [], 1)


def test_words_stand_in_their_cells_and_others_stay_outside() -> None:
    found = [*words("Common Stock", 5, 15), word("D", 85, 15, order=9), word("Remarks:", 5, 90, order=20)]
    (grid,), loose = placed(found, lattice([0, 80, 120], [0, 20, 40]))
    assert texts(grid) == [["Common Stock", "D"], ["", ""]]
    assert [each.text for each in loose] == ["Remarks:"]


def test_heads_that_run_together_are_cut_at_the_wall() -> None:
    (grid,), _ = placed([word("Director10%", 2, 12)], lattice([0, 42, 70], [0, 20]))
    assert texts(grid) == [["Director", "10%"]]


def test_narrow_letter_before_the_wall_is_no_hindrance() -> None:
    (grid,), _ = placed([word("OwnerOfficer", 2, 12)], lattice([0, 25.5, 70], [0, 20]))
    assert texts(grid) == [["Owner", "Officer"]]


def test_word_that_sticks_out_of_its_cell_stays_whole() -> None:
    (grid,), _ = placed([word("Beneficially", 2, 12)], lattice([0, 58, 120], [0, 20]))
    assert texts(grid) == [["Beneficially", ""]]


def test_gaps_between_double_borders_are_no_rows_or_columns() -> None:
    (grid,), _ = placed([word("OMB", 8, 15)], lattice([0, 4, 60, 64], [0, 3.5, 20, 24]))
    assert texts(grid) == [["OMB"]]


def test_slots_beside_a_narrower_part_are_filled() -> None:
    group = Rulings(
        [Ruling(0, 0, 100), Ruling(20, 0, 100), Ruling(40, 0, 50)],
        [Ruling(0, 0, 40), Ruling(50, 0, 40), Ruling(100, 0, 20)],
    )
    made = lattice_of(group)
    assert made is not None
    (grid,), _ = placed([word("wide", 60, 15)], made)
    assert texts(grid) == [["", "wide"], ["", ""]]


def test_column_made_to_fit_its_lines_is_known() -> None:
    owner = [
        *words("Reporting Owner", 1, 12),
        *words("Doe Jane", 1, 32, order=20),
        *words("1 Fable Road", 1, 43.5, order=30),
    ]
    (grid,), _ = placed(owner, lattice([0, 74.5, 200], [0, 20, 60]))
    grid.fit_columns()
    assert grid.fitted == {0}


def test_column_that_its_longest_word_fills_is_not_made_to_fit() -> None:
    (grid,), _ = placed(lines("By", "Partnership(5)", x=1), lattice([0, 72, 200], [0, 30]))
    grid.fit_columns()
    assert grid.fitted == set()


def test_rows_are_known_while_cells_are_added() -> None:
    grid = PageGrid([0.0, 10.0, 20.0], [0.0, 10.0, 20.0], [Region(0, 0, 1, 2)], 1)
    assert (grid.in_row(0), grid.in_row(1), grid.head_rows()) == ([0], [], {0})
    grid.add(Region(1, 0, 1, 1), [])
    grid.add(Region(1, 1, 1, 1), [])
    assert (grid.in_row(1), grid.head_rows()) == ([1, 2], {0})


def test_last_row_taken_off_goes_with_its_cells() -> None:
    grid = PageGrid([0.0, 10.0, 20.0], [0.0, 10.0, 20.0], [Region(0, 0, 1, 2), Region(1, 0, 1, 1)], 1)
    grid.add(Region(1, 1, 1, 1), [])
    grid.drop_last_row()
    assert (grid.regions, grid.ys, len(grid.contents), len(grid.rules)) == ([Region(0, 0, 1, 2)], [0.0, 10.0], 1, 1)
    grid.add(Region(1, 0, 1, 2), [])
    assert (grid.in_row(1), grid.head_rows()) == ([1], {0, 1})


def test_cell_that_reaches_into_the_last_row_ends_above_it() -> None:
    grid = PageGrid(
        [0.0, 10.0, 20.0], [0.0, 10.0, 20.0], [Region(0, 0, 2, 1), Region(0, 1, 1, 1), Region(1, 1, 1, 1)], 1
    )
    assert grid.head_rows() == {0, 1}
    grid.drop_last_row()
    assert (grid.regions, grid.head_rows()) == ([Region(0, 0, 1, 1), Region(0, 1, 1, 1)], set())
