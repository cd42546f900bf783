"""Calls by the thousand: what they write comes back in columns, in order, and nothing of the calls before.

Both ways of asking are held to the same: call by call, and by the compiled loops where a compiler is found.
"""

from __future__ import annotations

import re
from ctypes import CFUNCTYPE, POINTER, c_double, c_float, c_int, c_void_p, cast
from pathlib import Path
from types import ModuleType

import pytest

from extractor.readers.pdf import bulk, bulk_compiled, bulk_ctypes, page_shapes, page_text
from extractor.readers.pdf.bulk_ctypes import CHUNK
from extractor.readers.pdf.page import read_pages
from tools.compile_helper import ROOT, SOURCE, compile_helper

HANDLE = 7


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The compiled way, its helper made anew."""
    root = tmp_path_factory.mktemp("helper")
    (root / SOURCE).parent.mkdir(parents=True)
    (root / SOURCE).write_bytes((ROOT / SOURCE).read_bytes())
    problem = compile_helper(root)
    if problem:
        pytest.skip(f"the helper cannot be compiled: {problem}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk_compiled, "HELPER", root / SOURCE.with_suffix(".so"))
        bulk_compiled._helper.cache_clear()
        assert bulk_compiled._helper() is not None
    return bulk_compiled


@pytest.fixture(params=["ctypes", "compiled"])
def way(request: pytest.FixtureRequest) -> ModuleType:
    return bulk_ctypes if request.param == "ctypes" else request.getfixturevalue("compiled")


def _free(function: object) -> object:
    """A function as pdfium's are declared: no types of arguments, no result where nobody looks at it."""
    return CFUNCTYPE(None)(cast(function, c_void_p).value)  # type: ignore[arg-type]


@CFUNCTYPE(c_int, c_void_p, c_int, POINTER(c_double), POINTER(c_double))
def _squares(handle, number, first, second):  # type: ignore[no-untyped-def]
    if number % 5 == 4:  # as pdfium where it has nothing to say
        return 0
    first[0], second[0] = number, number * number + handle - HANDLE
    return 1


# A line, a raised mark on it, the line again, and a pen that goes back a little and then far.
PEN = [(0.0, 9.0), (5.0, 9.0), (9.0, 6.0), (12.0, 9.0), (11.6, 9.0), (2.0, 9.0), (8.0, 9.01), (9.0, 20.0)]


@CFUNCTYPE(c_int, c_void_p, c_int, POINTER(c_double), POINTER(c_double))
def _pen(_, number, x, y):  # type: ignore[no-untyped-def]
    x[0], y[0] = PEN[number]
    return 1


@CFUNCTYPE(c_int, c_void_p, *[POINTER(c_float)] * 4)
def _sides(handle, left, low, right, high):  # type: ignore[no-untyped-def]
    if handle % 5 != 4:
        left[0], low[0], right[0], high[0] = handle, handle + 0.25, handle + 0.5, handle + 0.75
    return 1


@CFUNCTYPE(c_int, c_void_p, c_int, POINTER(c_float))
def _matrix(handle, number, out):  # type: ignore[no-untyped-def]
    for place in range(6):
        out[place] = 10 * number + place
    return handle


@CFUNCTYPE(c_int, c_void_p, c_int)
def _sign(_, number):  # type: ignore[no-untyped-def]
    return number - 2


@CFUNCTYPE(c_double, c_void_p, c_int)
def _half(_, number):  # type: ignore[no-untyped-def]
    return number / 2


@CFUNCTYPE(c_void_p, c_void_p, c_int)
def _child(handle, number):  # type: ignore[no-untyped-def]
    return handle * 2**33 + number if number else None


@CFUNCTYPE(c_int, c_void_p)
def _kind(handle):  # type: ignore[no-untyped-def]
    return handle % 3


@CFUNCTYPE(c_void_p, c_void_p)
def _parent(handle):  # type: ignore[no-untyped-def]
    return handle * 2**33 if handle else None


squares, sides, matrix, pen = _free(_squares), _free(_sides), _free(_matrix), _free(_pen)


def test_columns(way: ModuleType) -> None:
    assert way.columns_at(squares, "d", 2, HANDLE, [0, 1, 2, 3]) == [[0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 4.0, 9.0]]
    assert way.columns_of(sides, "f", 4, [1, 3]) == [[1.0, 3.0], [1.25, 3.25], [1.5, 3.5], [1.75, 3.75]]


@pytest.mark.parametrize(
    ("spans", "steps"),
    [
        ([(0, 8)], [2, 3, 5, 7]),
        ([(0, 2), (2, 8)], [3, 5, 7]),  # where a stretch begins is no step
        ([(1, 3), (5, 6), (6, 8)], [1, 4]),  # counted among the points, not by index
        ([(3, 5)], []),
        ([], []),
    ],
)
def test_points_of_stretches_and_the_steps_inside_them(
    way: ModuleType, spans: list[tuple[int, int]], steps: list[int]
) -> None:
    indices, xs, ys, found = way.points_in(pen, HANDLE, spans, 0.5, 0.05)
    asked = [index for start, end in spans for index in range(start, end)]
    assert list(indices) == asked
    assert list(zip(xs, ys, strict=True)) == [PEN[index] for index in asked]
    assert found == bulk.steps_in(xs, ys, spans, 0.5, 0.05) == steps


def test_no_calls_give_empty_columns(way: ModuleType) -> None:
    assert way.columns_at(squares, "d", 2, HANDLE, []) == [[], []]
    assert way.columns_of(sides, "f", 4, []) == [[], [], [], []]
    assert way.matrices_at(matrix, HANDLE, []) == ([], [])
    assert way.answers_at(_sign, "int", HANDLE, []) == way.answers_of(_kind, "int", []) == []


def test_what_is_not_written_is_zero_and_not_the_number_of_a_call_before(way: ModuleType) -> None:
    way.columns_at(squares, "d", 2, HANDLE, [7, 7, 7, 7])
    assert way.columns_at(squares, "d", 2, HANDLE, [1, 4, 3]) == [[1.0, 0.0, 3.0], [1.0, 0.0, 9.0]]
    way.columns_of(sides, "f", 4, [7, 7])
    assert way.columns_of(sides, "f", 4, [4, 1])[3] == [0.0, 1.75]


def test_more_calls_than_a_buffer_holds(way: ModuleType) -> None:
    numbers, _ = way.columns_at(squares, "d", 2, HANDLE, range(2 * CHUNK + 3))
    assert numbers == [0.0 if number % 5 == 4 else float(number) for number in range(2 * CHUNK + 3)]
    thirds, fourths = way.matrices_at(matrix, HANDLE, range(CHUNK))
    assert (len(thirds), thirds[-1], fourths[-1]) == (CHUNK, 10.0 * (CHUNK - 1) + 2, 10.0 * (CHUNK - 1) + 3)


def test_third_and_fourth_number_of_matrices(way: ModuleType) -> None:
    assert way.matrices_at(matrix, HANDLE, range(3)) == ([2.0, 12.0, 22.0], [3.0, 13.0, 23.0])


def test_answers(way: ModuleType) -> None:
    assert way.answers_at(_sign, "int", HANDLE, [0, 2, 5]) == [-2, 0, 3]
    assert way.answers_at(_half, "double", HANDLE, [0, 3]) == [0.0, 1.5]
    assert way.answers_at(_child, "handle", HANDLE, [1, 0]) == [HANDLE * 2**33 + 1, 0]
    assert way.answers_of(_kind, "int", [1, 3, 5]) == [1, 0, 2]
    assert way.answers_of(_parent, "handle", [5, 0]) == [5 * 2**33, 0]


def test_the_helper_goes_with_the_module_that_loads_it() -> None:
    source = (ROOT / SOURCE).read_text()
    assert re.findall(r"bulk_edition\(void\) \{ return (\d+); \}", source) == [str(bulk_compiled.EDITION)]
    assert set(re.findall(r"EXPORT void (\w+)\(", source)) == set(bulk_compiled._SIGNATURES)


def test_a_helper_of_another_state_or_system_is_left_alone(compiled: ModuleType, tmp_path: Path) -> None:
    helper = compiled._helper
    strange = tmp_path / "strange.so"
    strange.write_bytes(b"\x7fELF of another system")
    with pytest.MonkeyPatch.context() as patch:
        for path in (strange, tmp_path / "none.so"):
            patch.setattr(bulk_compiled, "HELPER", path)
            assert helper.__wrapped__() is None
        patch.setattr(bulk_compiled, "HELPER", Path(helper()._name))
        assert helper.__wrapped__() is not None
        patch.setattr(bulk_compiled, "EDITION", bulk_compiled.EDITION + 1)
        assert helper.__wrapped__() is None


def test_no_compiler_is_told_and_nothing_else_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / SOURCE).parent.mkdir(parents=True)
    (tmp_path / SOURCE).write_text("this is no C\n")
    monkeypatch.setenv("PATH", "")
    assert compile_helper(tmp_path) == "no C compiler"
    monkeypatch.undo()
    if problem := compile_helper(tmp_path):
        assert "bulk_helper.c" in problem or problem == "no C compiler"
    assert [path.name for path in (tmp_path / SOURCE).parent.iterdir()] == [SOURCE.name]


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*/*.pdf")), ids=lambda path: path.parent.name)
def test_both_ways_read_the_same(compiled: ModuleType, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    for each in (bulk_ctypes, compiled):
        for room in (page_shapes, page_text):
            for name in set(bulk.__all__) & set(vars(room)):
                monkeypatch.setattr(room, name, getattr(each, name, getattr(bulk, name)))
        read.append(read_pages(sample.read_bytes()))
    assert read[0] == read[1]
    assert any(page.pieces for page in read[0][0])


@pytest.mark.parametrize("pure", [True, False])
def test_the_way_is_chosen_by_what_is_there_and_wanted(
    compiled: ModuleType, monkeypatch: pytest.MonkeyPatch, pure: bool
) -> None:
    monkeypatch.delenv(bulk_compiled.PURE, raising=False)
    if pure:
        monkeypatch.setenv(bulk_compiled.PURE, "1")
    assert compiled.available() is not pure


def test_what_is_offered_is_one_way_whole() -> None:
    assert bulk._way in (bulk_compiled, bulk_ctypes)
    asking = {name for name in bulk.__all__ if name not in ("pointer", "start_of", "steps_in", "zeros")}
    assert {getattr(bulk, name) for name in asking} == {getattr(bulk._way, name) for name in asking}
