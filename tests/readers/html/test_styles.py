from __future__ import annotations

import pytest

from extractor.errors import SourceTooLarge
from extractor.layout import Style
from extractor.readers.html.styles import Computed, Styles, styles_of

PLAIN = Style(serif=True)  # browsers draw text of no stated face with serifs


def computed(sheet: str, *chain: str) -> Computed:
    """The style of the last of `chain`, each an element of the one before: `td.small style=color:red`."""
    styles = Styles((sheet,))
    found = styles.root
    for element in chain:
        name, *pairs = element.split(" ")
        tag, *classes = name.split(".")
        attributes = dict(pair.split("=", 1) for pair in pairs)
        if classes:
            attributes["class"] = " ".join(classes)
        found = styles.child(found, tag, attributes)
    return found


@pytest.mark.parametrize(
    ("chain", "style"),
    [
        (("p",), PLAIN),
        (("b",), Style(serif=True, bold=True)),
        (("th",), Style(serif=True, bold=True)),
        (("th", "i", "u"), Style(serif=True, bold=True, italic=True, underlined=True)),
        (("sup",), Style(serif=True, raised=True, small=True)),
        (("sup", "a"), Style(serif=True, raised=True, small=True)),
        (("sub",), Style(serif=True, small=True)),
        (("a",), PLAIN),
        (("a href=x",), Style(serif=True, underlined=True, colour="#0000ee")),
        (("code",), Style()),
        (("font color=red face=Arial",), Style(colour="#ff0000")),
        (("body text=#00ff00", "p"), Style(serif=True, colour="#00ff00")),
        (("sup", "div"), PLAIN),
    ],
)
def test_what_tags_draw(chain: tuple[str, ...], style: Style) -> None:
    assert computed("", *chain).style == style


@pytest.mark.parametrize(
    ("sheet", "chain", "style"),
    [
        (".v{color:blue;font-family:Times,serif}", ("td.v",), Style(serif=True, colour="#0000ff")),
        (".v{color:blue;font-family:arial}", ("td.v", "span"), Style(colour="#0000ff")),
        (".g th{font-weight:normal}", ("table.g", "tr", "th"), PLAIN),
        (".g th{font-weight:normal}", ("table", "tr", "th"), Style(serif=True, bold=True)),
        ("tr > td{color:red}", ("tr", "td"), Style(serif=True, colour="#ff0000")),
        ("tr > td{color:red}", ("tr", "b", "td"), Style(serif=True, bold=True)),
        (".a.b{color:red}", ("p.b.a",), Style(serif=True, colour="#ff0000")),
        (".a.b{color:red}", ("p.a",), PLAIN),
        ("#x{color:red}", ("p id=x",), Style(serif=True, colour="#ff0000")),
        # the more specific rule wins, then the later one, then the style attribute, then what is important
        (".v{color:red} p{color:blue}", ("p.v",), Style(serif=True, colour="#ff0000")),
        (".v{color:red} .w{color:blue}", ("p.w.v",), Style(serif=True, colour="#0000ff")),
        (".v{color:red}", ("p.v style=color:green",), Style(serif=True, colour="#008000")),
        (".v{color:red!important}", ("p.v style=color:green",), Style(serif=True, colour="#ff0000")),
        ("p{color:red!important} .v{color:blue}", ("p.v",), Style(serif=True, colour="#ff0000")),
        # raised: by alignment, by moving, and <sup> whatever a resetting style sheet says
        (".m{vertical-align:super}", ("span.m",), Style(serif=True, raised=True)),
        (".m{vertical-align:3px}", ("span.m",), Style(serif=True, raised=True)),
        (".m{vertical-align:-3px}", ("span.m",), PLAIN),
        (".m{position:relative;top:-0.5em}", ("span.m",), Style(serif=True, raised=True)),
        ("sup{vertical-align:baseline}", ("sup",), Style(serif=True, raised=True, small=True)),
        ("td{vertical-align:super}", ("td",), PLAIN),
        ("a{text-decoration:none;color:black}", ("a href=x",), Style(serif=True, colour="#000000")),
        ("a{text-decoration:none}", ("u", "a href=x"), Style(serif=True, underlined=True, colour="#0000ee")),
        (".x{font:bold 8pt Arial}", ("i", "b.x"), Style(bold=True)),
    ],
)
def test_what_style_sheets_draw(sheet: str, chain: tuple[str, ...], style: Style) -> None:
    assert computed(sheet, *chain).style == style


@pytest.mark.parametrize(
    ("sheet", "chain", "size"),
    [
        ("", ("p",), 16.0),
        (".v{font-size:9pt}", ("p.v", "b"), 12.0),
        (".v{font-size:50%}", ("p.v", "b.v"), 4.0),
        ("", ("font size=1",), 10.0),
        (".v{font-size:x-small}", ("p.v", "sup"), 10.0 * 5 / 6),
        (".v{font-size:nonsense}", ("p.v",), 16.0),
    ],
)
def test_size(sheet: str, chain: tuple[str, ...], size: float) -> None:
    assert computed(sheet, *chain).size == size


@pytest.mark.parametrize(
    ("sheet", "chain", "hidden"),
    [
        ("", ("p",), False),
        ("", ("script",), True),
        ("script{display:block}", ("script",), True),
        ("", ("p hidden=",), True),
        ("", ("option",), True),
        ("", ("option selected=",), False),
        (".no{display:none}", ("td.no",), True),
        (".no{display:none}", ("td.no style=display:block",), False),
        (".no{visibility:hidden}", ("td.no",), True),
        (".no{visibility:hidden} td{display:block}", ("td.no",), True),
    ],
)
def test_hidden(sheet: str, chain: tuple[str, ...], hidden: bool) -> None:
    assert computed(sheet, *chain).hidden == hidden


def test_blocks() -> None:
    assert computed("", "div").block
    assert not computed("", "span").block
    assert computed("span{display:block}", "span").block
    assert not computed("div{display:inline}", "div").block
    assert computed("td{display:inline}", "td").block


def test_kept_breaks_numbers_and_symbols() -> None:
    assert computed("", "pre", "b").pre
    assert computed(".p{white-space:pre-wrap}", "p.p").pre
    assert not computed("", "p").pre
    assert computed("", "ol", "li").numbered
    assert not computed("ol{list-style:none}", "ol", "li").numbered
    assert computed("", "font face=Wingdings").symbols
    assert not computed("b{font-family:arial}", "font face=Wingdings", "b").symbols


def test_borders() -> None:
    sheet = ".g td{border:1px solid} .n td{border:0!important}"
    grid, bare = computed(sheet, "table.g", "tr", "td"), computed(sheet, "table.n", "tr", "td")
    assert grid.borders is not None
    assert grid.borders.drawn == 0b1111
    assert bare.borders is not None
    assert bare.borders.drawn == 0
    assert computed(sheet, "table", "tr", "td").borders is None


def test_equal_chains_share_their_style() -> None:
    styles = Styles((".v{color:red}",))
    row = styles.child(styles.root, "tr", {})
    first = styles.child(row, "td", {"class": "v", "width": "1%"})
    assert styles.child(row, "td", {"class": "v", "width": "9%"}) is first
    assert styles.child(row, "td", {"class": "w"}) is not first


def test_later_sheets_win() -> None:
    styles = styles_of(("b{color:red} i{color:red}", "b{color:blue}"))
    assert styles.child(styles.root, "b", {}).style.colour == "#0000ff"
    assert styles.child(styles.root, "i", {}).style.colour == "#ff0000"


def test_styles_kept_for_other_pages_are_few() -> None:
    styles = styles_of(("b{color:green}",))
    for number in range(3000):
        styles.child(styles.root, "b", {"class": f"c{number}"})
    assert len(styles.root.children) <= 2001
    assert styles_of(("b{color:green}",)).root.children == {}


def test_limits() -> None:
    with pytest.raises(SourceTooLarge, match="attributes"):
        computed("", "b " + " ".join(f"a{number}=" for number in range(1001)))
    with pytest.raises(SourceTooLarge, match="style sheets"):
        styles_of(("b{color:red}",) * 501)
    styles = Styles(("b{color:red}" * 2000,))
    styles.matches = 1_999_999
    with pytest.raises(SourceTooLarge, match="style sheets"):
        styles.child(styles.root, "b", {})
