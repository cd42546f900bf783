from __future__ import annotations

from extractor.readers.pdf.cells import Region, lattice_of, tables_of
from extractor.readers.pdf.rulings import Ruling, Rulings, extent


def box(xs: list[float], ys: list[float]) -> Rulings:
    """A full lattice."""
    return Rulings([Ruling(y, xs[0], xs[-1]) for y in ys], [Ruling(x, ys[0], ys[-1]) for x in xs])


def test_full_lattice_has_a_cell_a_slot() -> None:
    lattice = lattice_of(box([0, 50, 100], [0, 20, 40]))
    assert lattice is not None
    assert lattice.regions == [Region(0, 0, 1, 1), Region(0, 1, 1, 1), Region(1, 0, 1, 1), Region(1, 1, 1, 1)]
    assert (lattice.broken, lattice.open_top, lattice.open_bottom) == (False, False, False)


def test_missing_walls_make_spans() -> None:
    group = Rulings(
        [Ruling(0, 0, 100), Ruling(20, 0, 100), Ruling(40, 50, 100), Ruling(60, 0, 100)],
        [Ruling(0, 0, 60), Ruling(50, 20, 60), Ruling(100, 0, 60)],
    )
    lattice = lattice_of(group)
    assert lattice is not None
    assert lattice.regions == [Region(0, 0, 1, 2), Region(1, 0, 2, 1), Region(1, 1, 1, 1), Region(2, 1, 1, 1)]


def test_nothing_is_enclosed_by_one_ruling_a_direction() -> None:
    assert lattice_of(Rulings([Ruling(0, 0, 100)], [Ruling(0, 0, 3)])) is None


def test_row_that_a_page_break_cuts_is_closed_and_told_open() -> None:
    group = Rulings([Ruling(0, 0, 100), Ruling(20, 0, 100)], [Ruling(0, 0, 50), Ruling(50, 0, 20), Ruling(100, 0, 50)])
    lattice = lattice_of(group)
    assert lattice is not None
    assert lattice.open_bottom
    assert lattice.regions[-1] == Region(1, 0, 1, 2)


def test_row_that_a_page_break_leaves_half_drawn_is_not_broken() -> None:
    """Firefox closes the cells of a cut row whose text has ended, and leaves the others open."""
    group = Rulings(
        [Ruling(0, 0, 150), Ruling(20, 0, 150), Ruling(40, 100, 150)],
        [Ruling(0, 0, 60), Ruling(50, 0, 60), Ruling(100, 0, 60), Ruling(150, 0, 40)],
    )
    lattice = lattice_of(group)
    assert lattice is not None
    assert lattice.open_bottom
    assert not lattice.broken


def test_right_border_beyond_the_page_is_closed() -> None:
    group = Rulings([Ruling(0, 0, 130), Ruling(20, 0, 130)], [Ruling(0, 0, 20), Ruling(100, 0, 20)])
    lattice = lattice_of(group)
    assert lattice is not None
    assert lattice.xs == [0, 100, 130]
    assert len(lattice.regions) == 2


def test_slots_beside_a_narrower_part_are_outside() -> None:
    group = Rulings(
        [Ruling(0, 0, 100), Ruling(20, 0, 100), Ruling(40, 0, 50)],
        [Ruling(0, 0, 40), Ruling(50, 0, 40), Ruling(100, 0, 20)],
    )
    lattice = lattice_of(group)
    assert lattice is not None
    assert lattice.slots == [[0, 1], [2, -1]]


def test_region_that_is_no_rectangle_is_cut_and_told_broken() -> None:
    group = Rulings(
        [Ruling(0, 0, 100), Ruling(20, 0, 50), Ruling(40, 0, 100)],
        [Ruling(0, 0, 40), Ruling(50, 0, 20), Ruling(100, 0, 40)],
    )
    lattice = lattice_of(group)
    assert lattice is not None
    assert lattice.broken


def test_line_under_a_word_that_begins_at_a_wall_parts_no_cell() -> None:
    group = box([0, 100], [0, 40])
    group.horizontal.append(Ruling(20, 1.5, 60))
    lattice = lattice_of(Rulings(sorted(group.horizontal), group.vertical))
    assert lattice is not None
    assert lattice.regions == [Region(0, 0, 1, 1)]


def stacked(upper: list[float], lower: list[float]) -> Rulings:
    """Two tables of one width, a title row (20-40) over the lower one."""
    across = [Ruling(y, 0, 100) for y in (0.0, 20.0, 40.0, 60.0)]
    down = [Ruling(0, 0, 60), Ruling(100, 0, 60)]
    down += [Ruling(x, 0, 20) for x in upper] + [Ruling(x, 40, 60) for x in lower]
    return Rulings(across, sorted(down))


def test_tables_with_other_columns_are_cut_above_the_title_row() -> None:
    parts = tables_of(stacked([30, 60], [20, 45, 80]))
    assert [extent(part) for part in parts] == [(0, 0, 100, 20), (0, 20, 100, 60)]


def test_title_row_between_rows_of_the_same_columns_cuts_nothing() -> None:
    assert len(tables_of(stacked([30, 60], [30, 60]))) == 1


def test_narrower_table_below_is_cut_off() -> None:
    group = Rulings(
        [Ruling(0, 0, 100), Ruling(20, 0, 100), Ruling(40, 0, 60)],
        [Ruling(0, 0, 40), Ruling(50, 0, 20), Ruling(60, 20, 40), Ruling(100, 0, 20)],
    )
    lattices = [lattice_of(part) for part in tables_of(group)]
    assert [lattice.xs for lattice in lattices if lattice] == [[0, 50, 100], [0, 60]]
