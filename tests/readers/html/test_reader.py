from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import DamagedSource, ExtractorError, SourceTooLarge
from extractor.layout import Block, Grid, HtmlLocation, Layout, Line, Run, Style, Tick, slots
from extractor.layout.text import parts_of
from extractor.readers.html import read


def page(markup: str) -> Layout:
    layout = read(markup.encode())
    assert layout.issues == ()
    return layout


def runs(markup: str) -> list[Run]:
    return [run for line in page(markup).lines() for run in line.runs]


def texts(blocks: tuple[Block, ...]) -> list[object]:
    """Lines as their text, grids as lists of their cells."""
    return [block.text if isinstance(block, Line) else [texts(cell.blocks) for cell in block.cells] for block in blocks]


def seen(markup: str) -> list[object]:
    return texts(page(markup).blocks)


def ticks(markup: str) -> list[str]:
    found = []
    for part in parts_of(list(page(markup).lines())):
        found.append(part.state if isinstance(part, Tick) else part.text)
    return found


def grids(blocks: tuple[Block, ...]) -> Iterator[Grid]:
    for block in blocks:
        if isinstance(block, Grid):
            yield block
            for cell in block.cells:
                yield from grids(cell.blocks)


def ruled(markup: str) -> list[bool]:
    return [grid.ruled for grid in grids(page(markup).blocks)]


# --- what a page is made of ---


def test_one_sheet_with_properties() -> None:
    layout = page("<title> SEC FORM\n 4</title><meta name=Generator content='A  tool'><p style='color: blue'>text")
    assert len(layout.sheets) == 1
    assert layout.properties == {"format": "html", "title": "SEC FORM 4", "generator": "A tool"}


def test_a_page_that_colours_nothing_is_unstyled() -> None:
    assert page("<p><b>text</b> <a href=x>link</a>").properties["style"] == "unstyled"
    assert "style" not in page("<p>text <font color=green>(1)</font>").properties


def test_lines_and_tables_in_reading_order() -> None:
    markup = (
        "SEC Form 4 <table><tr><td>a</td><td>b<br>c</td></tr></table><p>d</p>e<hr>f<div>g<ul><li>h</li></ul></div>i"
    )
    assert seen(markup) == ["SEC Form 4", [["a"], ["b", "c"]], "d", "e", "f", "g", "h", "i"]


def test_a_table_in_a_cell_is_a_grid_in_the_cell() -> None:
    markup = "<table><tr><td>1. Name<table><tr><td>(Last)<td>(First)</table><hr><span>x</span><td></table>"
    assert seen(markup) == [[["1. Name", [["(Last)"], ["(First)"]], "x"], []]]


def test_value_and_mark_are_glued_runs() -> None:
    value, mark = runs("<td><span>78,667</span><span class=m><sup>(1)</sup></span>\n</td>")
    assert (value.text, mark.text, mark.join.value) == ("78,667", "(1)", "none")
    assert (value.style.raised, mark.style.raised, mark.style.small) == (False, True, True)


def test_style_from_the_sheet_in_the_head() -> None:
    (run,) = runs("<style>.FormData {color: blue; font-family: Times, serif}</style><b class=FormData>x</b>")
    assert run.style == Style(bold=True, serif=True, colour="#0000ff")


def test_a_style_sheet_behind_the_text_holds_too() -> None:
    first, second = runs("<b>x</b><style>b{color:red}</style><p><b>y</b>")
    assert (first.style.colour, second.style.colour) == ("#ff0000", "#ff0000")


def test_a_style_sheet_inside_the_page_holds_for_open_elements() -> None:
    (run,) = runs("<div class=a><style>.a b{color:red}</style><b>x</b></div>")
    assert run.style.colour == "#ff0000"


def test_links() -> None:
    name, rest = runs('<td><a href=" /cgi-bin/browse-edgar?CIK=0001 "><b>Doe John</b></a> x</td>')
    assert (name.text, name.link) == ("Doe John", "/cgi-bin/browse-edgar?CIK=0001")
    assert (rest.text, rest.link, rest.join.value) == ("x", "", "space")


def test_places() -> None:
    markup = "<html><body><p>a</p><table><tr><td>b<tr><td>c<i>d</i></table><p>e</p></body></html>"
    assert [run.at for run in runs(markup)] == [
        HtmlLocation("/html[1]/body[1]/p[1]"),
        HtmlLocation("/html[1]/body[1]/table[1]/tr[1]/td[1]"),
        HtmlLocation("/html[1]/body[1]/table[1]/tr[2]/td[1]"),
        HtmlLocation("/html[1]/body[1]/table[1]/tr[2]/td[1]/i[1]"),
        HtmlLocation("/html[1]/body[1]/p[2]"),
    ]


def test_places_nested_very_deep_are_short() -> None:
    (run,) = runs("<div>" * 500 + "x")
    assert run.at.as_dict()["path"].count("/") == 100


def test_what_is_not_printed_is_skipped() -> None:
    markup = (
        "<head><title>t</title><script>no</script></head><style>.h{display:none}</style>a<!-- no --><script>no</script>"
        "<noscript>no</noscript><template><p>no</p></template><b hidden>no</b><div class=h>no<p>no</p>no</div>"
        "<p style='display: none'>no</p><span>b</span><style>.z{}</style>c"
    )
    assert [run.text for run in runs(markup)] == ["a", "b", "c"]


def test_hidden_cells_have_no_slot() -> None:
    assert seen("<table><tr><td>a<td style='display:none'>no<td>b<tr style='display:none'><td>no</table>") == [
        [["a"], ["b"]]
    ]


def test_numbered_items_show_their_numbers() -> None:
    assert seen("<ol><li>a<li>b<li value=7>c<li>d</ol><ul><li>e</ul><ol start=3><li><p>f</ol>") == [
        *("1. a", "2. b", "7. c", "8. d", "e", "3.", "f"),
    ]
    assert seen("<ol style='list-style:none'><li>a</ol>") == ["a"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert seen("<pre>a  b\nc\n\n<b>d</b>e</pre>f\ng") == ["a b", "c", "de", "f g"]


def test_text_boxes_show_their_value() -> None:
    assert seen("<p>Name <input value='Doe'><input type=hidden value=no><input type=text></p>") == ["Name Doe"]


# --- ticks ---


def test_ticks() -> None:
    assert ticks("<p>☒ Director <input type=checkbox checked>Officer<input type=CHECKBOX> Other</p>") == [
        *("ticked", "Director", "ticked", "Officer", "empty", "Other"),
    ]
    assert ticks("<p><img alt='checkbox unchecked'>a<img src='logo.gif'>b<input type=radio></p>") == [
        "empty",
        "ab",
        "empty",
    ]


def test_a_tick_alone_in_a_box_stays_in_the_box() -> None:
    layout = page("<table border=1><tr><td><span>☒</span></td></tr></table><p>x")
    (grid,) = layout.grids()
    (block,) = grid.cells[0].blocks
    assert isinstance(block, Line)
    assert block.segments[0].parts == (Tick("ticked", HtmlLocation("/html[1]/body[1]/table[1]/tr[1]/td[1]/span[1]")),)


def test_an_empty_box_is_a_grid_of_one_empty_cell() -> None:
    layout = page(
        "<table><tr><td><table border=1><tr><td>&nbsp;</td></tr></table></td><td>Check this box</td></tr></table>"
    )
    (outer,) = layout.grids()
    (box,) = outer.cells[0].blocks
    assert isinstance(box, Grid)
    assert (box.ruled, [cell.blocks for cell in box.cells]) == (True, [()])


# --- which tables are ruled ---


@pytest.mark.parametrize(
    ("markup", "is_ruled"),
    [
        ("<table border=1><tr><td>x</table>", True),
        ("<table border><tr><td>x</table>", True),
        ("<table border=0><tr><td>x</table>", False),
        ("<table border=0px><tr><td>x</table>", False),
        ("<table><tr><td>x</table>", False),
        ("<table rules=all><tr><td>x</table>", True),
        ("<style>.g td{border:1px solid}</style><table class=g><tr><td>x<td>y</table>", True),
        ("<style>.g td{border-style:solid;border-width:0 0 1px 1px}</style><table class=g><tr><td>x</table>", True),
        ("<style>td{border:1px solid}.n td{border:0!important}</style><table class=n><tr><td>x</table>", False),
        ("<style>td{border:none}</style><table border=1><tr><td>x</table>", False),
        ("<table><tr><td style='border-bottom:1px solid'>signature<td>y</table>", False),
        ("<table style='border:1px solid'><tr><td>x</table>", True),
        ("<table style='border:1px solid'><tr><td>x<td>y</table>", False),
        ("<table><tr><td style='border:1px solid'>x<td>y</table>", False),
    ],
)
def test_ruled(markup: str, is_ruled: bool) -> None:
    assert ruled(markup) == [is_ruled]


# --- odd markup ---


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        # text between a table's tags stands before the table, as in browsers
        ("<table>a<tr>b<td>c</td>d</tr>e</table>f", ["a", "b", "d", "e", [["c"]], "f"]),
        ("<table><caption>a</caption><tr><td>b</table>", ["a", [["b"]]]),
        # cells without a row, rows behind a section, forms between rows
        ("<table><td>a<td>b</table>", [[["a"], ["b"]]]),
        ("<table><tr><td>a</td></tr><td>b</td></table>", [[["a"], ["b"]]]),
        ("<table><thead><tr><th>a</thead><tr><td>b</table>", [[["a"], ["b"]]]),
        ("<table><form><tr><td>a</td></tr></form></table>", [[["a"]]]),
        ("<table><tfoot><tr><td>z</tfoot><tbody><tr><td>a</table>", [[["a"], ["z"]]]),
        # cells without a table
        ("<td>a</td><td>b</td>", ["a", "b"]),
        ("<tr><td>a</td></tr>b", ["a", "b"]),
        ("<table><tr><td>a", [[["a"]]]),
        ("<table></table><table><tr></tr></table>a", ["a"]),
        ("a<svg><text>b</text>c", ["abc"]),
        ("<p>a<p>b</p></div></td>c", ["a", "b", "c"]),
    ],
)
def test_odd_markup(markup: str, blocks: list[object]) -> None:
    assert seen(markup) == blocks


def test_the_form_inside_a_site() -> None:
    form = "<table border=1>" + "<tr><td>a<td>b<td>c" * 2 + "</table>"
    markup = f"<table><tr><td>menu</td><td><div>SEC Form 4{form}<p>Remarks:</div></td></tr></table>"
    assert seen(markup) == ["menu", "SEC Form 4", [["a"], ["b"], ["c"]] * 2, "Remarks:"]


# --- errors and limits ---


@pytest.mark.parametrize(
    "markup", ["", " ", "<html></html>", "<p>&nbsp;</p>", "<!-- a -->", "<title>a</title>", "<p>☐</p>", "<script>a"]
)
def test_no_text_is_damage(markup: str) -> None:
    with pytest.raises(DamagedSource):
        read(markup.encode())


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 1001 + "x",
        "<table><tr><td>" * 51 + "x",
        "<p " + " ".join(f"a{number}" for number in range(1001)) + ">x",
        "<pre>" + "x\n" * 200_001,
        "x<style>b{color:red}</style>" * 501,
        "<table><tr>" + "<td colspan=1000>x" * 1001,
    ],
)
def test_limits(markup: str) -> None:
    with pytest.raises(SourceTooLarge):
        read(markup.encode())


def test_deep_but_not_too_deep() -> None:
    assert seen("<div>" * 990 + "x") == ["x"]
    assert len(ruled("<table><tr><td>" * 50 + "x")) == 50


def test_characters_that_could_not_be_read_are_told() -> None:
    layout = read(b"<p>caf\xe9 \x81</p>")
    assert [issue.code.value for issue in layout.issues] == ["text-lost"]


TAGS = ("table", "tr", "td", "th", "thead", "tfoot", "p", "br", "b", "sup", "div", "li", "ol", "pre", "svg", "style")
ATTRIBUTES = ("", " rowspan=0", " rowspan=3", " colspan=2", " colspan=99", " border=1", " hidden", ' style="border:0"')
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(TAGS)),
    st.sampled_from(("☒", " ", "x", "&nbsp;", "<!--", "-->", "<", "&", "b{color:red}", "<input type=checkbox>")),
    st.text(max_size=5),
)


def check(data: bytes) -> None:
    try:
        layout = read(data)
    except ExtractorError:
        return
    for grid in grids(layout.blocks):
        slots(grid)
    found = [run for line in layout.lines() for run in line.runs]
    assert found
    assert all(run.text == " ".join(run.text.split()) != "" for run in found)


@given(st.lists(PIECES, max_size=40))
def test_any_markup_gives_a_layout_or_a_typed_error(pieces: list[str]) -> None:
    check("".join(pieces).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200))
def test_any_bytes_give_a_layout_or_a_typed_error(data: bytes) -> None:
    check(data)


def test_what_was_read_goes_with_its_layout() -> None:
    def held() -> int:
        return sum(type(each) is Grid for each in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = held()
        layout = page("<table><tr><td>a</table>")
        assert held() == before + 1
        del layout
        assert held() == before
    finally:
        gc.enable()
