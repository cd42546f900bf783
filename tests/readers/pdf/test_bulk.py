"""What is asked of pdfium by the thousand: letters and how they are drawn, shapes and where.

Both ways of asking are held to the same: call by call, and by the compiled loops where a compiler is found. A pdfium is
made up here of a few characters and objects, so that each answer is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ctypes import CFUNCTYPE, POINTER, c_float, c_int, c_uint, c_void_p
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from extractor.readers.pdf import bulk, bulk_compiled, bulk_ctypes, page_shapes, page_text, spacing
from extractor.readers.pdf.bulk_ctypes import CHUNK, FORM, IMAGE, PATH
from extractor.readers.pdf.frame import Frame
from extractor.readers.pdf.ink import ADJACENT, GENERATED, NEW_LINE, SPACE_FIRST
from extractor.readers.pdf.page import read_pages
from tests.readers.pdf.asked import Drawing, Ink, Letter, Pdfium, free
from tools.compile_helper import ROOT, SOURCE, compile_helper


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


HANDLE = 7
UPRIGHT = Frame(0.0, 792.0, 612.0, 0.0, 0)
FRAMES = [UPRIGHT, *(Frame(10.0, 802.0, 622.0, 10.0, turns) for turns in range(4))]


def letters_of(way: ModuleType, letters: Sequence[Letter], inks: Sequence[Ink] = (), frame: Frame = UPRIGHT) -> Any:
    pdfium = Pdfium(letters, inks)
    return way.Letters(pdfium, HANDLE, "".join(letter.text for letter in letters), frame, 0.5, 0.05)


def set_in(text: str, *ones: int) -> list[Letter]:
    """Letters of text in a line, each behind the other, of these text objects."""
    given = ones or (1,) * len(text)
    return [Letter(each, 5.0 * at, 100.0, one) for at, (each, one) in enumerate(zip(text, given, strict=True))]


# ---------------------------------------------------------------------------------------------------------------------
# letters


def test_a_page_s_text_has_a_character_for_each(way: ModuleType) -> None:
    codes = [65, 0, 0x20AC, 0x1F5F9, 0xD800, 0x110000]
    ask = CFUNCTYPE(c_uint, c_void_p, c_int)(lambda _, at: codes[at])
    pdfium = SimpleNamespace(FPDFText_GetUnicode=ask, FPDFText_GetText=lambda *_: 0)
    assert way.characters(pdfium, HANDLE, len(codes)) == "A €\U0001f5f9  "


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("  ", []),
        ("to be ", ["to", "be"]),
        ("$ 5 $5 US$5 $", ["$", "5", "$", "5", "US$5", "$"]),
        ("$$5 €€ £\u00a0¥1", ["$", "$5", "€", "€", "£", "¥", "1"]),
    ],
)
def test_runs_of_letters(way: ModuleType, text: str, runs: list[str]) -> None:
    found = letters_of(way, set_in(text))
    assert [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == runs
    assert list(found.indices) == [at for at, each in enumerate(text) if not each.isspace()]


def test_white_space_is_what_python_takes_for_it(way: ModuleType) -> None:
    text = "".join(chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000)
    found = letters_of(way, [Letter(each) for each in text])
    assert "".join(text[at] for at in found.indices) == "".join(text.split())


# A line, a raised mark on it, the line again, and a pen that goes back a little and then far.
PEN = [(0.0, 9.0), (5.0, 9.0), (9.0, 6.0), (12.0, 9.0), (11.6, 9.0), (2.0, 9.0), (8.0, 9.01), (9.0, 20.0)]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("abcdefgh", [0, 2, 3, 5, 7]),
        ("ab cdefg", [0, 3, 5, 7]),  # where a run begins anyway
        ("a  de   ", [0, 3]),
    ],
)
def test_runs_are_cut_where_the_pen_goes_back_or_up(way: ModuleType, text: str, starts: list[int]) -> None:
    letters = [Letter(each, *place) for each, place in zip(text, PEN, strict=True)]
    found = letters_of(way, letters)
    assert found.starts == starts
    asked = [(x, 792.0 - y) for (x, y), each in zip(PEN, text, strict=True) if each != " "]
    assert list(zip(found.xs, found.ys, strict=True)) == asked


@pytest.mark.parametrize("frame", FRAMES)
def test_letters_stand_on_the_page_as_it_is_displayed(way: ModuleType, frame: Frame) -> None:
    letters = set_in("Doe", 1, 1, 2)
    found = letters_of(way, letters, [Ink(), Ink()], frame)
    assert list(zip(found.xs, found.ys, strict=True)) == [frame.point(letter.x, letter.y) for letter in letters]
    *_, last = letters
    right = max(frame.point(last.x, last.y - 1)[0], frame.point(last.x + 4, last.y + 6)[0])
    assert found.looks([0], [3]).rights == [max(right, found.xs[2])]


def test_a_letter_without_an_origin_stands_in_the_corner(way: ModuleType) -> None:
    found = letters_of(way, [Letter("A", 5.0, 100.0), Letter(" "), Letter("B", -1.0, 50.0)])
    assert list(zip(found.xs, found.ys, strict=True)) == [(5.0, 692.0), (0.0, 792.0)]


@pytest.mark.parametrize(
    ("text", "ones", "contents", "runs"),
    [
        ("ROMEGA", "111122", (3, 4), [0]),
        ("a ROMEG4", "11222233", (3, 4, 5), [1]),
        ("ROMEGA", "111111", (3,), []),
        ("ROMEGA", "111122", (3, 3), []),  # one cell, drawn in two pieces
        ("ROMEGA", "111122", (-1, 4), []),  # no tagged PDF
        ("ROMEga", "111122", (3, 4), []),
        ("ROMEG-", "111122", (3, 4), []),
        ("GA", "12", (3, 4), []),
    ],
)
def test_cells_that_may_touch(
    way: ModuleType, text: str, ones: str, contents: tuple[int, ...], runs: list[int]
) -> None:
    inks = [Ink(content=content) for content in contents]
    assert letters_of(way, set_in(text, *map(int, ones)), inks).touching() == runs


def test_how_runs_are_drawn(way: ModuleType) -> None:
    inks = [Ink(), Ink(9.0, 0.0, 2.0, 71, (1, 2, 3)), Ink(), Ink(8.0, 0.5, 1.0)]
    found = letters_of(way, set_in("aa bb cc dd aa", *map(int, "11022033044011")), inks)
    seen = found.looks(found.starts, found.ends)
    assert [seen.looks[number][:7] for number in seen.numbers] == [
        (8.0, 0.0, 1.0, 70, 0, 0, 0),
        (9.0, 0.0, 2.0, 71, 1, 2, 3),
        (8.0, 0.0, 1.0, 70, 0, 0, 0),
        (8.0, 0.5, 1.0, 70, 0, 0, 0),
        (8.0, 0.0, 1.0, 70, 0, 0, 0),
    ]
    assert [seen.looks[number].first for number in seen.numbers[:2]] == [0, 3]


def test_more_looks_than_are_looked_through(way: ModuleType) -> None:
    inks = [Ink(size=float(size)) for size in range(1, 30)]
    text = " ".join("a" * (2 * len(inks)))
    found = letters_of(way, set_in(text, *(at // 2 % len(inks) + 1 for at in range(len(text)))), inks)
    seen = found.looks(found.starts, found.ends)
    assert [seen.looks[number].size for number in seen.numbers] == [float(at % 29 + 1) for at in range(58)]
    assert [letter.first for letter in seen.looks] == sorted({letter.first for letter in seen.looks})


def test_what_stands_between_runs(way: ModuleType) -> None:
    text = "a b\tc\nd \ne\r\nf$5"
    made = {1: False, 3: True, 5: True}
    letters = [each._replace(generated=made.get(at, False)) for at, each in enumerate(set_in(text))]
    found = letters_of(way, letters, [Ink()])
    runs = [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]
    gaps = dict(zip(runs, found.looks(found.starts, found.ends).gaps, strict=True))
    assert gaps["a"] & ADJACENT
    assert gaps == gaps | {
        "b": 0,
        "c": GENERATED,
        "d": GENERATED | NEW_LINE,
        "e": NEW_LINE | SPACE_FIRST,
        "f$5": NEW_LINE,
    }
    cut = letters_of(way, set_in("ab"), [Ink()]).looks([0, 1], [1, 2])
    assert cut.gaps[1] == ADJACENT


def test_a_run_ends_no_further_left_than_its_last_letter_stands(way: ModuleType) -> None:
    letters = [Letter("a", 10.0, 50.0, 1), Letter("b", 16.0, 50.0, 1)]
    turned = letters_of(way, letters, [Ink()], Frame(0.0, 792.0, 612.0, 0.0, 2))
    assert turned.looks(turned.starts, turned.ends).rights == list(turned.xs) == [602.0, 596.0]


def test_more_letters_than_a_buffer_holds(way: ModuleType) -> None:
    count = 2 * CHUNK + 3
    found = letters_of(way, [Letter("a", float(at), 0.0, 1) for at in range(count)], [Ink()])
    assert (found.starts, found.ends, found.xs[-1]) == ([0], [count], count - 1.0)


@CFUNCTYPE(c_int, c_void_p, c_int, POINTER(c_float))
def _sides(handle, number, out):  # type: ignore[no-untyped-def]
    for place in range(4):
        out[place] = 10 * number + place
    return handle


def test_floats_come_back_in_columns(way: ModuleType) -> None:
    sides = free(_sides)
    assert way.floats_at(sides, 4, HANDLE, [0, 2]) == [[0.0, 20.0], [1.0, 21.0], [2.0, 22.0], [3.0, 23.0]]
    assert way.floats_at(sides, 4, HANDLE, []) == [[], [], [], []]


# ---------------------------------------------------------------------------------------------------------------------
# drawings


def drawn_in(way: ModuleType, drawings: Sequence[Drawing], matrix: Any = None, frame: Frame = UPRIGHT) -> Any:
    pdfium = Pdfium(drawings=drawings)
    return way.drawn_in(pdfium, pdfium.FPDFPage_GetObject, HANDLE, len(drawings), matrix, frame)


LINE, AREA = (10.0, 700.0, 90.0, 701.0), (10.0, 600.0, 90.0, 700.0)
WHITE, CLEAR = (255, 250, 255, 255), (0, 0, 0, 0)


def test_thin_paths_that_show(way: ModuleType) -> None:
    lines = [
        Drawing(box=LINE),
        Drawing(1, LINE),  # a text
        Drawing(0, LINE),  # none
        Drawing(box=LINE, fill=WHITE),
        Drawing(box=LINE, fill=CLEAR),
        Drawing(box=LINE, filled=False),
        Drawing(box=LINE, stroked=True, fill=WHITE),
        Drawing(box=LINE, stroked=True, stroke=WHITE),
        Drawing(box=(10.0, 500.0, 12.5, 600.0)),
    ]
    found = drawn_in(way, lines)
    assert found.handles == [1000, 1006, 1008]
    assert found.boxes[:2] == [(10.0, 91.0, 90.0, 92.0)] * 2
    assert found.boxes[2] == (10.0, 192.0, 12.5, 292.0)
    assert found.others == []
    assert found.extent == (0.0, 292.0)


def test_what_is_no_thin_path(way: ModuleType) -> None:
    others = [
        Drawing(IMAGE, LINE),
        Drawing(box=AREA),  # an area
        Drawing(box=AREA, stroked=True),
        Drawing(FORM),
        Drawing(box=AREA, segments=6),
        Drawing(box=AREA, segments=6, fill=WHITE),
        Drawing(box=AREA, segments=6, filled=False),
        Drawing(box=AREA, stroked=True, stroke=CLEAR),
        Drawing(box=AREA, stroked=True, segments=4001),
        Drawing(7, AREA),
    ]
    found = drawn_in(way, others)
    area = (10.0, 92.0, 90.0, 192.0)
    assert found.others == [
        (1000, IMAGE, (10.0, 91.0, 90.0, 92.0)),
        (1002, PATH, area),
        (1003, FORM, (0.0, 0.0, 0.0, 0.0)),
        (1004, PATH, area),
    ]
    assert (found.handles, found.boxes) == ([], [])


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("matrix", [None, (2.0, 0.0, 0.0, 2.0, 5.0, 7.0), (0.0, 1.0, -1.0, 0.0, 600.0, 0.0)])
def test_drawings_stand_on_the_page_as_it_is_displayed(way: ModuleType, frame: Frame, matrix: Any) -> None:
    x0, y0, x1, y1 = 1.0, 2.0, 41.0, 3.0
    found = drawn_in(way, [Drawing(box=(x0, y0, x1, y1))], matrix, frame)
    a, b, c, d, e, f = matrix or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((x0, y0), (x1, y1))]
    box = frame.box(*corners[0], *corners[1])
    assert found.boxes == [box]
    assert found.extent == (min(0.0, box[1]), max(0.0, box[3]))


def test_nothing_drawn(way: ModuleType) -> None:
    assert drawn_in(way, []) == ([], [], [], (0.0, 0.0))


# ---------------------------------------------------------------------------------------------------------------------
# the helper


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
        for room in (page_shapes, page_text, spacing):
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
    asking = {"Letters", "characters", "drawn_in", "floats_at"}
    assert asking < set(bulk.__all__)
    assert {getattr(bulk, name) for name in asking} == {getattr(bulk._way, name) for name in asking}
