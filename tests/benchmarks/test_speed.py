"""What the speed benchmark times, counts and tells; nothing here depends on how fast a machine is."""

from __future__ import annotations

import gc
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import chart, drawn, growth, peers, processes, speed, speed_report, timing
from benchmarks.groups import Group, sample_groups, spread
from benchmarks.growth import Point, Series
from benchmarks.peers import Contender
from benchmarks.speed_report import Bar
from benchmarks.timing import Timed
from extractor import extract
from extractor.extras import ROOMS, Build

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "qualys-2021-sec"
A, B = Path("a.pdf"), Path("b.pdf")
PRINTS = Group("chromium.pdf", "pdf", (A, B), (1, 1))


def run_of(*timed: Timed, groups: tuple[Group, ...] = (PRINTS,)) -> speed_report.Measured:
    return speed_report.Measured(list(groups), timed=list(timed))


def test_contenders_take_turns() -> None:
    calls: list[str] = []
    pair = [Contender(name, "peer", lambda _, name=name: calls.append(name)) for name in "xy"]  # type: ignore[misc]
    timed = list(timing.time_all([A], pair, rounds=3))
    turns = re.sub(r"(.)\1*", r"\1", "".join(calls))
    assert turns == "xy" * 4  # one to warm up, then three rounds
    assert [(each.contender, len(each.seconds)) for each in timed] == [("x", 3), ("y", 3)]


def test_one_that_fails_is_told_and_the_others_go_on() -> None:
    def fail(file: Path) -> object:
        raise ValueError(file)

    good = Contender("good", "ours", lambda _: None)
    timed = list(timing.time_all([A], [Contender("bad", "peer", fail), good], rounds=2))
    assert timed[0] == Timed("bad", A, (), "ValueError")
    assert timed[1].contender == "good"
    assert not timed[1].error
    assert gc.get_freeze_count() == 0


def test_a_ratio_is_taken_file_by_file_and_round_by_round() -> None:
    found = speed_report.costs(
        PRINTS,
        [
            # 3 times ours, though the machine went at half its pace from the second round on, and one was disturbed
            Timed("slow", A, (0.30, 0.60, 0.6, 0.60, 9.0)),
            Timed(peers.OURS, A, (0.10, 0.20, 0.2, 0.21, 0.1)),
            Timed("slow", B, (5.0,)),  # 5 times ours
            Timed(peers.OURS, B, (1.0,)),
            Timed("slow", Path("elsewhere.pdf"), (100.0,)),
        ],
    )
    assert [(cost.name, pytest.approx(cost.ratio), cost.files) for cost in found] == [
        (peers.OURS, 1.0, 2),
        ("slow", 4.0, 2),
    ]


def test_a_file_that_ours_failed_on_gives_no_ratio() -> None:
    timed = [Timed(peers.OURS, A, (0.1,)), Timed(peers.OURS, B, (), "NoTextLayer")]
    timed += [Timed("quick", A, (0.2,)), Timed("quick", B, (0.001,))]
    ours, quick = speed_report.costs(PRINTS, timed)
    assert (ours.files, ours.failed) == (1, 1)
    assert quick.ratio == pytest.approx(2.0)


def test_the_worst_printing_counts_for_a_bar() -> None:
    other = Group("site.pdf", "pdf", (B,), (1,))
    timed = [Timed(peers.OURS, A, (1.0,)), Timed(peers.OURS, B, (1.0,))]
    timed += [Timed(peers.FLOOR, A, (0.5,)), Timed(peers.FLOOR, B, (0.2,))]
    (bar,) = speed_report.bars(run_of(*timed, groups=(PRINTS._replace(files=(A,), pages=(1,)), other)))
    assert bar.measured == pytest.approx(5.0)
    assert "site.pdf" in bar.name
    assert not bar.met


def test_the_usual_and_the_worst_printing_are_held_against_a_multiple() -> None:
    files = [Path(f"{number}.pdf") for number in range(3)]
    groups = [Group(f"{file.stem}.pdf", "pdf", (file,), (1,)) for file in files]
    timed = [Timed(peers.OURS, file, (1.0,)) for file in files]
    timed += [Timed(peers.PLUMBER, file, (times,)) for file, times in zip(files, (14.0, 16.0, 20.0), strict=True)]
    usual, worst = speed_report.bars(run_of(*timed, groups=tuple(groups)))
    assert (usual.measured, usual.met) == (16.0, True)
    assert (worst.measured, worst.met) == (14.0, False)
    assert "0.pdf" in worst.name


@pytest.mark.parametrize(
    ("measured", "at_least", "met"), [(15, True, True), (14.9, True, False), (4, False, True), (4.1, False, False)]
)
def test_bars(measured: float, at_least: bool, met: bool) -> None:
    assert Bar("x", measured, 15 if at_least else 4, at_least).met is met


def test_who_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers.shutil, "which", lambda _: None)
    here, missing = peers.contenders("pdf")
    assert missing["tabula, lattice"] == "no Java"
    assert [each.name for each in here[:2]] == [peers.OURS, peers.FLOOR]
    found = run_of(Timed(peers.OURS, A, (0.1,)))
    found.missing = missing
    assert "Not measured: tabula, lattice (no Java)." in speed_report.markdown(found)


def test_the_floor_counts_what_is_there() -> None:
    pages, characters, objects = peers.size_of(SAMPLE / "filing.pdf")
    assert (pages, characters > 1000, objects > 100) == (1, True, True)
    assert peers.size_of(SAMPLE / "filing.html") == (0, 0, 0)


def test_samples_are_grouped_by_kind() -> None:
    prints, pages = sample_groups(ROOT / "samples")
    assert (prints.kind, pages.kind) == ("pdf", "html")
    assert SAMPLE / "filing.pdf" in prints.files
    assert set(pages.pages) == {1}


def test_spread_takes_from_all_over() -> None:
    assert spread(range(10), 3) == [1, 5, 8]
    assert spread([1, 2], 3) == [1, 2]


@pytest.mark.parametrize(("pages", "rows"), [(1, 1), (1, 60), (3, 30)])
def test_a_drawn_form_is_read_whole(pages: int, rows: int) -> None:
    filing = extract(drawn.form(pages, rows)).filing
    assert len(filing.non_derivative) == pages * rows
    assert filing.non_derivative[-1].direct_or_indirect.value == "D"


def test_drawn_pages_hold_as_much_as_was_asked_for(tmp_path: Path) -> None:
    few, more = tmp_path / "few.pdf", tmp_path / "more.pdf"
    few.write_bytes(drawn.with_shapes(100))
    more.write_bytes(drawn.with_shapes(1100))
    assert peers.size_of(more)[2] - peers.size_of(few)[2] == 1000


def test_a_page_with_rows() -> None:
    assert len(extract(growth.page_with_rows(7)).filing.non_derivative) == 7


def test_every_limit_stops_a_reading() -> None:
    assert {stop.name: stop.error for stop in growth.stops()} == {
        "shapes on a page": "SourceTooLarge",
        "characters on a page": "SourceTooLarge",
        "pages": "SourceTooLarge",
        "tags of an HTML page": "SourceTooLarge",
        "bytes": "SourceTooLarge",
    }


def test_the_exponent_of_growth() -> None:
    linear = Series("x", "x", (Point(1, 5.0, ""), Point(10, 10.0, ""), Point(100, 100.0, "")))
    square = Series("x", "x", (Point(1, 1.0, ""), Point(10, 1.0, ""), Point(100, 100.0, "")))
    assert (linear.exponent, linear.near_linear) == (pytest.approx(1.0), True)
    assert (square.exponent, square.near_linear) == (pytest.approx(2.0), False)


def test_memory_grows_from_where_it_had_settled() -> None:
    points = ((100, 10), (1_000, 50), (5_000, 52), (10_000, 53))
    assert processes.Memory(60, points).growth == 3


def test_memory_of_a_few_documents() -> None:
    found = processes.memory([SAMPLE / "filing.html"], 4)
    assert [number for number, _ in found.points] == [1, 2, 3, 4]
    assert found.peak >= found.points[0][1] > 2**20


def test_a_cold_reading_of_html_loads_no_pdf_engine() -> None:
    _, heavy = processes.imports(SAMPLE / "filing.html")
    assert not {"pdfplumber", "pdfminer", "bs4", "pypdfium2", "numpy", "pandas"} & set(heavy)


def test_a_cold_start_is_compared_with_a_script() -> None:
    found = processes.cold(SAMPLE / "filing.html", 1)
    assert [each.name for each in found] == [processes.OURS, processes.SOUP, processes.BARE]
    assert all(each.seconds > 0 for each in found)


def test_the_plot_is_drawn_to_scale() -> None:
    bars = chart.Bars("Cost", (chart.Bar("ours", 1, "1 ×", ours=True), chart.Bar("<peer>", 4, "4 ×")))
    drawing = ElementTree.fromstring(chart.svg("How fast", [bars], [chart.Curve("rows", ((1, 1), (10, 9)), "to 10")]))
    name = "{http://www.w3.org/2000/svg}"
    widths = [float(bar.get("width", "")) for bar in drawing.iter(f"{name}rect")][1:]
    assert widths[1] == pytest.approx(3 * widths[0], rel=0.01)  # from half the least, by powers: 2 is 1, 8 is 3
    assert "<peer>" in {each.text for each in drawing.iter(f"{name}text")}


@pytest.mark.parametrize("compiled", [False, True])
def test_the_command_writes_tables_figures_and_plot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], compiled: bool
) -> None:
    (tmp_path / "one").mkdir()
    for suffix in (".pdf", ".html"):
        (tmp_path / "one" / f"filing{suffix}").write_bytes((SAMPLE / f"filing{suffix}").read_bytes())
    readme = tmp_path / "README.md"
    begin, end = speed_report.MARKERS[compiled]
    readme.write_text(f"before\n{begin}\nold\n{end}\nafter\n", encoding="utf-8")
    rooms = Build(ROOMS, compiled, "mypyc", "")
    monkeypatch.setattr(speed_report, "builds", lambda: [rooms])
    monkeypatch.setattr(speed, "SAMPLES", tmp_path)
    monkeypatch.setattr(speed, "README", readme)
    monkeypatch.setattr(speed, "pin", lambda: None)  # it would hold for the tests that come after
    figures, plot = tmp_path / "speed.json", tmp_path / "docs" / "speed.svg"
    arguments = ["--samples", "--rounds", "1", "--only", "pdfplumber", "BeautifulSoup", "--json", str(figures)]
    assert speed.main([*arguments, "--svg", str(plot), "--update-readme"]) == 0
    table = capsys.readouterr().out
    assert "| samples | 1 | 1 | " in table
    assert f"Compiled: {ROOMS if compiled else 'nothing'}." in table
    assert readme.read_text(encoding="utf-8") == f"before\n{begin}\n{table.strip()}\n{end}\nafter\n"
    costs = json.loads(figures.read_text(encoding="utf-8"))["groups"]["pdf: samples"]["costs"]
    assert [cost["name"] for cost in costs] == [peers.OURS, peers.FLOOR, peers.PLUMBER]
    assert "How fast" in plot.read_text(encoding="utf-8")


def test_nothing_to_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "SAMPLES", tmp_path)
    assert speed.main(["--corpus", str(tmp_path)]) == 2


def test_a_readme_without_markers() -> None:
    with pytest.raises(ValueError, match=r"speed-pure:begin|speed:begin"):
        speed_report.in_readme("# Title", "table")
