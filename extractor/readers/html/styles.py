"""Takes the tags, classes and style sheets of a page and gives each element its Style as a browser would draw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from extractor.errors import SourceTooLarge
from extractor.layout import Style
from extractor.readers.html import values
from extractor.readers.html.css import MAX_RULES, Compound, Declaration, Rule, declarations_of, rules_of

BLOCKS = frozenset(
    {
        *("html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre"),
        *("search", "section", "summary", "ul", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    }
)
"""Elements that start on a new line."""

NOT_DRAWN = frozenset(
    {
        *("script", "noscript", "template", "datalist", "iframe", "object", "applet", "audio", "video", "canvas"),
        *("colgroup", "frameset", "noframes", "metadata", "desc"),
    }
)
"""Elements whose text is not printed, or not as text."""

BODY_SIZE = 16.0  # px, every browser's default
LINK_COLOUR = "#0000ee"  # every browser's colour of links not visited
MAX_MATCHES = 2_000_000  # selectors tried on one page: a form needs 2 000, a saved page with a big style sheet 100 000
MAX_SHEETS = 500  # <style> elements of one page; saved pages have up to 50

MAX_ATTRIBUTES = 1000  # on one tag; real tags have up to 8, those of site pages up to 40
SHARED_STYLES = 16  # combinations of style sheets whose computed styles are kept
KEPT_NODES = 2000  # computed styles kept of one; a page has about 60, all pages of a printing about 200

BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
ITALIC_TAGS = frozenset({"i", "em", "cite", "var", "dfn", "address"})
UNDERLINED_TAGS = frozenset({"u", "ins"})
FIXED_TAGS = frozenset({"tt", "code", "kbd", "samp", "pre"})
SMALL_TAGS = frozenset({"sup", "sub", "small"})
SIZE_TAGS = {
    "sup": 5 / 6, "sub": 5 / 6, "small": 5 / 6, "big": 6 / 5, "h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67,
}  # fmt: skip
"""Sizes against the text around, as browsers draw them."""

KEYED = {"font": ("color", "face", "size"), "body": ("text",), "option": ("selected",)}
"""Attributes besides class, style, id, hidden and href that make one tag look different from another."""
Key = tuple[str | bool | None, ...] | str


class Computed:
    """How the text directly in an element is drawn.

    It is a node in a tree of all chains of (tag, class, style) that occur, so equal chains share it: a page of 450
    elements has about 60.
    """

    __slots__ = (
        *("tag", "name", "classes", "parent", "children", "block", "hidden", "borders", "style", "size", "pre"),
        *("symbols", "numbered", "raised", "small", "bold", "italic", "serif", "underlined", "colour", "unseen"),
    )

    def __init__(self, tag: str, name: str, classes: frozenset[str], parent: Computed | None) -> None:
        self.tag = tag
        self.name = name
        self.classes = classes
        self.parent = parent
        self.children: dict[Key, Computed] = {}
        self.block = False
        self.hidden = False  # not drawn, nor anything in it
        self.unseen = False  # leaves its place empty
        self.borders: values.Borders | None = None  # None where style sheets say nothing of them
        # What follows is inherited. Browsers draw text of no stated family in a serif face.
        drawn: Style = parent.style if parent else Style(serif=True)
        self.style: Style = drawn
        self.raised, self.small, self.bold, self.italic, self.serif, self.underlined, self.colour = drawn
        self.size: float = parent.size if parent else BODY_SIZE  # px
        self.pre: bool = parent.pre if parent else False  # line breaks are kept
        self.symbols: bool = parent.symbols if parent else False  # drawn with Wingdings: letters are pictures
        self.numbered: bool = parent.numbered if parent else True  # items of an <ol> show their number


class Styles:
    """The styles of one page. `root` stands above its outermost element."""

    def __init__(self, sheets: tuple[str, ...] = ()) -> None:
        self.root = Computed("", "", frozenset(), None)
        self.nodes = 0  # computed so far
        self.matches = 0  # selectors tried so far
        self._by_class: dict[str, list[Rule]] = {}
        self._by_name: dict[str, list[Rule]] = {}
        self._by_tag: dict[str, list[Rule]] = {}
        for place, sheet in enumerate(sheets):
            for rule in rules_of(sheet):
                self._add(rule._replace(weight=(*rule.weight[:3], place * (MAX_RULES + 1) + rule.weight[3])))

    def _add(self, rule: Rule) -> None:
        last = rule.compounds[-1]
        if last.classes:
            self._by_class.setdefault(next(iter(last.classes)), []).append(rule)
        elif last.name:
            self._by_name.setdefault(last.name, []).append(rule)
        else:
            self._by_tag.setdefault(last.tag, []).append(rule)

    def child(self, parent: Computed, tag: str, attributes: Mapping[str, str]) -> Computed:
        """The computed style of an element in one that has `parent`."""
        key: Key = tag
        if attributes:
            if len(attributes) > MAX_ATTRIBUTES:
                raise SourceTooLarge(f"more than {MAX_ATTRIBUTES} attributes on one tag")
            get = attributes.get
            key = (tag, get("class"), get("style"), get("id"), "hidden" in attributes, "href" in attributes)
            if tag in KEYED:
                key += tuple(get(name) for name in KEYED[tag])
        found = parent.children.get(key)
        if found is None:
            found = self._compute(parent, tag, attributes)
            if self.nodes <= KEPT_NODES:
                parent.children[key] = found
        return found

    def _compute(self, parent: Computed, tag: str, attributes: Mapping[str, str]) -> Computed:
        self.nodes += 1
        classes = frozenset((attributes.get("class") or "").split())
        computed = Computed(tag, attributes.get("id") or "", classes, parent)
        _draw_tag(computed, tag, attributes)
        for name, value, _ in self._declarations(computed, attributes.get("style")):
            DRAW.get(name, _draw_border)(computed, name, value)
        # Style sheets that reset browsers undo vertical-align and lift <sup> with `top` instead: it stays raised.
        computed.raised = computed.raised or tag == "sup"
        computed.hidden = computed.hidden or computed.unseen or tag in NOT_DRAWN
        computed.style = style_of(
            computed.raised,
            computed.small,
            computed.bold,
            computed.italic,
            computed.serif,
            computed.underlined,
            computed.colour,
        )
        return computed

    def _declarations(self, computed: Computed, style: str | None) -> list[Declaration]:
        """What applies to the element, the strongest last."""
        candidates = [rule for name in computed.classes for rule in self._by_class.get(name, ())]
        candidates += self._by_tag.get(computed.tag, ())
        if computed.name:
            candidates += self._by_name.get(computed.name, ())
        self.matches += len(candidates)
        if self.matches > MAX_MATCHES:
            raise SourceTooLarge("style sheets too large for their page")
        rules = [rule for rule in candidates if matches(computed, rule.compounds)]
        rules.sort(key=_weight)
        declarations = [declaration for rule in rules for declaration in rule.declarations]
        if style:
            declarations += declarations_of(style)
        if any(declaration.important for declaration in declarations):
            declarations.sort(key=_importance)
        return declarations


@lru_cache(maxsize=SHARED_STYLES)
def _shared(sheets: tuple[str, ...]) -> list[Styles]:
    return [Styles(sheets)]


def styles_of(sheets: tuple[str, ...]) -> Styles:
    """The styles of a page with these sheets; pages of one printing share them, which saves a fifth of the reading.

    Raises SourceTooLarge for more than 500 sheets.
    """
    if len(sheets) > MAX_SHEETS:
        raise SourceTooLarge(f"more than {MAX_SHEETS} style sheets")
    shared = _shared(sheets)
    if shared[0].nodes > KEPT_NODES:
        shared[0] = Styles(sheets)
    shared[0].matches = 0
    return shared[0]


def matches(computed: Computed, compounds: tuple[Compound, ...]) -> bool:
    """Whether the element and those around it are what `compounds` ask for, innermost last.

    The nearest element that fits a compound is taken. Where `a > b c` fails on the nearest `b`, no outer one is tried.
    """
    if not _is(computed, compounds[-1]):
        return False
    node = computed.parent
    child = compounds[-1].child
    for compound in reversed(compounds[:-1]):
        while node is not None and not child and not _is(node, compound):
            node = node.parent
        if node is None or not _is(node, compound):
            return False
        child = compound.child
        node = node.parent
    return True


def _is(computed: Computed, compound: Compound) -> bool:
    return (
        (not compound.tag or compound.tag == computed.tag)
        and (not compound.name or compound.name == computed.name)
        and compound.classes <= computed.classes
    )


def _weight(rule: Rule) -> tuple[int, int, int, int]:
    return rule.weight


def _importance(declaration: Declaration) -> bool:
    return declaration.important


@lru_cache(maxsize=4096)
def style_of(raised: bool, small: bool, bold: bool, italic: bool, serif: bool, underlined: bool, colour: str) -> Style:
    """The style of these facts, one object for all equal ones."""
    return Style(raised, small, bold, italic, serif, underlined, colour)


@lru_cache(maxsize=4096)
def smaller(style: Style) -> Style:
    """The same style, marked small."""
    return style._replace(small=True)


def _draw_tag(computed: Computed, tag: str, attributes: Mapping[str, str]) -> None:
    """Draw the element as a browser's own style sheet wants it."""
    computed.hidden = "hidden" in attributes or (tag == "option" and "selected" not in attributes)
    if tag in BLOCKS:
        computed.block = True
        computed.raised = computed.small = False
    if tag in SIZE_TAGS:
        computed.size *= SIZE_TAGS[tag]
        computed.small = computed.small or tag in SMALL_TAGS
    computed.bold = computed.bold or tag in BOLD_TAGS
    computed.italic = computed.italic or tag in ITALIC_TAGS
    computed.underlined = computed.underlined or tag in UNDERLINED_TAGS
    if tag in FIXED_TAGS:
        computed.serif = False
        computed.pre = computed.pre or tag == "pre"
    if attributes:
        _draw_attributes(computed, tag, attributes)


def _draw_attributes(computed: Computed, tag: str, attributes: Mapping[str, str]) -> None:
    if tag == "a" and "href" in attributes:
        computed.underlined = True
        computed.colour = LINK_COLOUR
    elif tag == "body":
        computed.colour = values.colour(attributes.get("text") or "") or computed.colour
    elif tag == "font":
        computed.colour = values.colour(attributes.get("color") or "") or computed.colour
        computed.size = values.font_attribute(attributes.get("size") or "") or computed.size
        if face := attributes.get("face"):
            _draw_family(computed, "", face.lower())


def _draw_border(computed: Computed, name: str, value: str) -> None:
    computed.borders = values.borders(computed.borders or values.Borders(), name, value)


def _draw_display(computed: Computed, _name: str, value: str) -> None:
    computed.hidden = value == "none"
    if value in ("block", "list-item", "flex", "grid", "table", "table-row"):
        computed.block = True
    elif value in ("inline", "inline-block", "contents", "inline-flex") and computed.tag not in ("td", "th", "tr"):
        computed.block = False


def _draw_visibility(computed: Computed, _name: str, value: str) -> None:
    computed.unseen = value in ("hidden", "collapse")


def _draw_colour(computed: Computed, _name: str, value: str) -> None:
    computed.colour = values.colour(value) or computed.colour


def _draw_line(computed: Computed, _name: str, value: str) -> None:
    """Underline. What an element around draws goes on, whatever this one says."""
    around = computed.parent is not None and computed.parent.underlined
    computed.underlined = around or "underline" in value.split()


def _draw_rise(computed: Computed, _name: str, value: str) -> None:
    if not computed.block and (value == "super" or values.lifts(value)):
        computed.raised = True


def _draw_top(computed: Computed, _name: str, value: str) -> None:
    """`top: -0.5em` lifts; on an element that does not move `top` says nothing, and is not negative in practice."""
    if not computed.block and value.startswith("-") and values.lifts(value[1:]):
        computed.raised = True


def _draw_space(computed: Computed, _name: str, value: str) -> None:
    computed.pre = value in values.KEEPS_BREAKS


def _draw_list(computed: Computed, _name: str, value: str) -> None:
    computed.numbered = "none" not in value.split()


def _draw_size(computed: Computed, _name: str, value: str) -> None:
    around = computed.parent.size if computed.parent else BODY_SIZE
    computed.size = values.size(value, around) or computed.size


def _draw_weight(computed: Computed, _name: str, value: str) -> None:
    computed.bold = values.is_bold(value, computed.bold)


def _draw_slant(computed: Computed, _name: str, value: str) -> None:
    computed.italic = value.startswith(("italic", "oblique"))


def _draw_family(computed: Computed, _name: str, value: str) -> None:
    serif, computed.symbols = values.family(value)
    if serif is not None:
        computed.serif = serif


def _draw_font(computed: Computed, _name: str, value: str) -> None:
    computed.bold = computed.italic = False
    for part, said in values.font(value).items():
        DRAW[part](computed, part, said)


DRAW: dict[str, Callable[[Computed, str, str], None]] = {
    "display": _draw_display,
    "visibility": _draw_visibility,
    "color": _draw_colour,
    "text-decoration": _draw_line,
    "text-decoration-line": _draw_line,
    "vertical-align": _draw_rise,
    "top": _draw_top,
    "white-space": _draw_space,
    "list-style": _draw_list,
    "list-style-type": _draw_list,
    "font": _draw_font,
    "font-size": _draw_size,
    "font-weight": _draw_weight,
    "font-style": _draw_slant,
    "font-family": _draw_family,
}
"""How to draw an element as a declaration wants it, by property; borders are all the rest."""
