"""Markdown: what the parser makes of a converter's page, as seen in the layout."""

from __future__ import annotations

import pytest

from extractor.errors import DamagedSource, SourceTooLarge
from extractor.layout import Grid, Layout, Tick
from extractor.layout.text import parts_of
from extractor.readers import markdown, read_source
from extractor.readers.source import Source


def seen(text: str) -> list[object]:
    """Lines as text, grids as rows of cells' texts."""
    return [_grid(block) if isinstance(block, Grid) else block.text for block in markdown.read(text.encode()).blocks]


def _grid(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return rows


def ticks(page: Layout) -> list[str]:
    return [part.state for part in parts_of(list(page.lines())) if isinstance(part, Tick)]


def test_the_layout_says_that_it_is_markdown() -> None:
    assert markdown.read(b"# a").properties["format"] == "markdown"


def test_headings_lists_and_tables_in_reading_order() -> None:
    text = "# Table I\n\n| a | b |\n|---|---|\n| c | d |\n\n- one\n- two"
    assert seen(text) == ["Table I", [["a", "b"], ["c", "d"]], "one", "two"]


def test_a_line_of_the_page_is_a_line_of_the_layout() -> None:
    assert seen("1 FABLE ROAD\n(Street)") == ["1 FABLE ROAD", "(Street)"]
    assert seen("|a|\n|-|\n|1 FABLE ROAD<br>(Street)|") == [[["a"], ["1 FABLE ROAD (Street)"]]]


def test_numbers_of_lists_are_those_that_are_written() -> None:
    text = "1. Name\n\n5. Relationship\n6. Joint\n\ntext\n\n2. Issuer"
    assert seen(text) == ["1. Name", "5. Relationship", "6. Joint", "text", "2. Issuer"]


def test_cells_that_no_head_stands_over_are_kept() -> None:
    assert seen("|a|\n|---|\n|b|c|d|") == [[["a", "", ""], ["b", "c", "d"]]]


def test_a_table_after_a_table_begins_anew() -> None:
    assert seen("|a|\n|-|\n|b|\n\n|c|d|\n|-|-|\n") == [[["a"], ["b"]], [["c", "d"]]]


def test_a_bar_that_is_escaped_parts_no_cells() -> None:
    assert seen("|a \\| b|c|\n|-|-|\n|d|e|") == [[["a | b", "c"], ["d", "e"]]]


def test_heads_that_are_called_by_their_place_are_empty() -> None:
    assert seen("|Col1|Col2|Col7|\n|---|---|---|\n|a|b|c|") == [[["", "", "Col7"], ["a", "b", "c"]]]


def test_escaped_signs_are_signs() -> None:
    assert seen("\\_\\_X\\_\\_ \\$26.67 \\[ FBL \\]") == ["__X__ $26.67 [ FBL ]"]


def test_footnotes_definitions_are_text() -> None:
    assert seen("[^1]: sold\n[^2]: held") == ["[^1]: sold", "[^2]: held"]


def test_text_that_is_set_in_is_no_code() -> None:
    assert seen("a\n\n    **b** c") == ["a", "b c"]


@pytest.mark.parametrize("fence", ["```", "```markdown", "~~~"])
def test_a_page_in_a_fence_is_the_page(fence: str) -> None:
    assert seen(f"{fence}\n# a\n\nb\n{fence[:3]}\n") == ["a", "b"]


def test_markup_is_heeded() -> None:
    text = 'Director <input checked="" type="checkbox"> ☐ <u>a</u>\n\n<table><tr><td>b</td></tr></table>'
    assert ticks(markdown.read(text.encode())) == ["ticked", "empty"]
    assert seen(text)[-1] == [["b"]]


def test_links_are_kept() -> None:
    (run,) = next(iter(markdown.read(b"[Doe](https://x/?CIK=7)").lines())).runs
    assert (run.text, run.link) == ("Doe", "https://x/?CIK=7")


def test_both_engines_see_the_same() -> None:
    source = Source("a.md", b"# a\n\n| b | c<br>d |\n|---|---|\n| <sup>(1)</sup> | e |\n", "markdown")
    assert read_source(source).sheets == read_source(source, engine="second").sheets


def test_the_page_can_be_looked_at() -> None:
    paper = read_source(Source("a.md", b"# a <script>b</script>", "markdown")).paper
    page = paper.page({}) if hasattr(paper, "page") else ""
    assert "a" in page
    assert "<script>b" not in page


@pytest.mark.parametrize("data", [b"---", b"<!-- image -->", b"\xef\xbb\xbf\n"])
def test_a_page_without_text_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedSource):
        markdown.read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"a " * markdown.MAX_BYTES,
        b"[" * (markdown.MAX_BRACKETS + 1),
        b"|" * (markdown.MAX_COLUMNS + 2) + b"\n|-|\n",
        b"\n\n".join([b"|a|" * 90 + b"\n|-|" + b"\n|b|" * 90] * 8),
    ],
    ids=["bytes", "brackets", "columns", "slots"],
)
def test_what_would_take_too_long_is_refused(data: bytes) -> None:
    with pytest.raises(SourceTooLarge):
        markdown.read(data)
