"""Takes the tags, classes and style sheets of a page and gives each element its computed Style, as a browser draws it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from extractor.errors import SourceTooLarge
from extractor.layout import Style
from extractor.readers.html import values
from extractor.readers.html.css import Compound, Declaration, Rule, declarations_of, rules_of

BLOCKS = frozenset(
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p pre search section "
    "summary ul table caption thead tbody tfoot tr td th".split()
)
"""Elements that start on a new line."""

NOT_DRAWN = frozenset(
    "script noscript template datalist iframe object embed applet audio video canvas map svg math colgroup frameset "
    "noframes".split()
)
"""Elements whose text is not printed, or not as text."""

ALL_SIDES = 0b1111  # bits of `Computed.sides`: top, right, bottom, left
UPRIGHT = 0b0101  # the left and right sides

CLEARLY_SMALLER = 0.8  # of the largest text in the line: marks without <sup> stand at 10/13 px, names and values at 13/16
BODY_SIZE = 16.0  # px, every browser's default
MAX_MATCHES = 5_000_000  # selectors tried on one page; a saved page with a big style sheet needs 100 000

BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
ITALIC_TAGS = frozenset({"i", "em", "cite", "var", "dfn", "address"})
UNDERLINED_TAGS = frozenset({"u", "ins"})
FIXED_TAGS = frozenset({"tt", "code", "kbd", "samp", "pre"})
SIZE_TAGS = {"sup": 5 / 6, "sub": 5 / 6, "small": 5 / 6, "big": 6 / 5, "h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67}
SMALL_TAGS = frozenset({"sup", "sub", "small"})
LINK_COLOUR = "#0000ee"  # every browser's colour of links not visited

Key = tuple[str | bool | None, ...] | str


class Computed:
    """How the text directly in an element is drawn.

    It is one node of a tree of all (tag, class, style) chains that occur, so that equal chains share it: a page of
    700 elements has about 100.
    """

    __slots__ = ("block", "children", "classes", "hidden", "marker", "name", "parent", "pre", "sides", "size", "style",
                 "symbols", "tag")

    def __init__(self, tag: str, name: str, classes: frozenset[str], parent: Computed | None) -> None:
        self.tag = tag
        self.name = name
        self.classes = classes
        self.parent = parent
        self.children: dict[Key, Computed] = {}
        self.block = False
        self.hidden = False
        self.sides: int | None = None  # borders that a style sheet draws or forbids; None where it says nothing
        # Inherited. Browsers draw text of no stated family in a serif face.
        self.style = parent.style if parent else Style(serif=True)
        self.size = parent.size if parent else BODY_SIZE
        self.pre = parent.pre if parent else False
        self.symbols = parent.symbols if parent else False  # drawn with Wingdings: letters are pictures
        self.marker = parent.marker if parent else True  # list items in <ol> show their number


class Styles:
    """The styles of one page. `root` is above its outermost element."""

    def __init__(self, sheets: tuple[str, ...] = ()) -> None:
        self.root = Computed("", "", frozenset(), None)
        self._matches = 0
        self._by_class: dict[str, list[Rule]] = {}
        self._by_name: dict[str, list[Rule]] = {}
        self._by_tag: dict[str, list[Rule]] = {}
        for sheet in sheets:
            self.add(sheet)

    def add(self, sheet: str) -> None:
        """Heed the rules of `sheet` in all elements not asked for before."""
        for rule in rules_of(sheet):
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
            get = attributes.get
            key = (tag, get("class"), get("style"), get("id"), "hidden" in attributes, "href" in attributes)
            if tag == "font" or tag == "body":
                key += (get("color"), get("face"), get("size"), get("text"))
        found = parent.children.get(key)
        if found is None:
            found = parent.children[key] = self._compute(parent, tag, attributes)
        return found

    def _compute(self, parent: Computed, tag: str, attributes: Mapping[str, str]) -> Computed:
        classes = frozenset((attributes.get("class") or "").split())
        computed = Computed(tag, attributes.get("id") or "", classes, parent)
        _draw_tag(computed, tag, attributes)
        for declaration in self._declarations(computed, attributes.get("style")):
            _declare(computed, declaration)
        if tag == "sup" and not computed.style.raised:
            # Style sheets that reset browsers undo vertical-align and lift <sup> with `top` instead.
            computed.style = computed.style._replace(raised=True)
        computed.style = interned(computed.style)
        return computed

    def _declarations(self, computed: Computed, style: str | None) -> list[Declaration]:
        """What applies to the element, the strongest last."""
        candidates = [rule for name in computed.classes for rule in self._by_class.get(name, ())]
        candidates += self._by_tag.get(computed.tag, ())
        candidates += self._by_name.get(computed.name, ()) if computed.name else ()
        self._matches += len(candidates)
        if self._matches > MAX_MATCHES:
            raise SourceTooLarge("style sheets too large for their page")
        rules = [rule for rule in candidates if matches(computed, rule.compounds)]
        rules.sort(key=_weight)
        declarations = [declaration for rule in rules for declaration in rule.declarations]
        if style:
            declarations += declarations_of(style)
        if any(declaration.important for declaration in declarations):
            declarations.sort(key=_importance)
        return declarations


def matches(computed: Computed, compounds: tuple[Compound, ...]) -> bool:
    """Whether the element and those around it are what `compounds` ask for, innermost last.

    After `a > b` fails on the nearest `b`, no outer one is tried: style sheets of forms never need it.
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
def interned(style: Style) -> Style:
    """One object for all equal styles."""
    return style


@lru_cache(maxsize=4096)
def smaller(style: Style) -> Style:
    """The same style, marked small."""
    return style._replace(small=True)


def _draw_tag(computed: Computed, tag: str, attributes: Mapping[str, str]) -> None:
    """What a browser's own style sheet says of the tag."""
    style = computed.style
    computed.hidden = tag in NOT_DRAWN or "hidden" in attributes
    if tag in BLOCKS:
        computed.block = True
        if style.raised or style.small:
            style = style._replace(raised=False, small=False)
    if tag in BOLD_TAGS:
        style = style._replace(bold=True)
    elif tag in ITALIC_TAGS:
        style = style._replace(italic=True)
    elif tag in UNDERLINED_TAGS:
        style = style._replace(underlined=True)
    elif tag == "a" and "href" in attributes:
        style = style._replace(underlined=True, colour=LINK_COLOUR)
    if tag in SIZE_TAGS:
        computed.size *= SIZE_TAGS[tag]
        style = style._replace(small=style.small or tag in SMALL_TAGS, raised=style.raised or tag == "sup")
    if tag in FIXED_TAGS:
        style = style._replace(serif=False)
        computed.pre = computed.pre or tag == "pre"
    computed.style = style
    if tag == "font":
        _draw_font(computed, attributes)
    elif tag == "body" and attributes.get("text"):
        computed.style = style._replace(colour=values.colour(attributes["text"]) or style.colour)


def _draw_font(computed: Computed, attributes: Mapping[str, str]) -> None:
    if colour := values.colour(attributes.get("color") or ""):
        computed.style = computed.style._replace(colour=colour)
    if face := attributes.get("face"):
        _declare_family(computed, face.lower())
    computed.size = values.font_attribute(attributes.get("size") or "") or computed.size


def _declare(computed: Computed, declaration: Declaration) -> None:
    """Draw the element as one declaration wants it."""
    name, value, _ = declaration
    if name.startswith("border"):
        computed.sides = values.sides(computed.sides, name, value)
    elif name.startswith("font"):
        _declare_font(computed, name, value)
    elif name == "color":
        computed.style = computed.style._replace(colour=values.colour(value) or computed.style.colour)
    elif name.startswith("text-decoration"):
        _declare_line(computed, value)
    elif name == "vertical-align":
        _declare_rise(computed, value == "super" or values.lifts(value))
    elif name == "top":
        # `position: relative; top: -0.5em`; on an element that is not moved `top` says nothing, and is not negative.
        _declare_rise(computed, value.startswith("-") and values.lifts(value[1:]))
    elif name == "white-space":
        computed.pre = value in values.KEEPS_BREAKS
    elif name.startswith("list-style"):
        computed.marker = "none" not in value.split()
    elif name in ("display", "visibility"):
        _declare_display(computed, value)


def _declare_display(computed: Computed, value: str) -> None:
    if value in ("none", "hidden", "collapse"):
        computed.hidden = True
    elif value in ("block", "list-item", "flex", "grid", "table", "table-row"):
        computed.block = True
    elif value in ("inline", "inline-block", "contents", "inline-flex") and computed.tag not in ("td", "th", "tr"):
        computed.block = False


def _declare_line(computed: Computed, value: str) -> None:
    """Underlining. What an element around draws goes on, whatever this one says."""
    around = computed.parent is not None and computed.parent.style.underlined
    computed.style = computed.style._replace(underlined=around or "underline" in value.split())


def _declare_rise(computed: Computed, rises: bool) -> None:
    if rises and not computed.block and not computed.style.raised:
        computed.style = computed.style._replace(raised=True)


def _declare_font(computed: Computed, name: str, value: str) -> None:
    if name == "font":
        parts = values.font(value)
        computed.style = computed.style._replace(bold=False, italic=False)
    else:
        parts = {name: value}
    for part, said in parts.items():
        if part == "font-size":
            around = computed.parent.size if computed.parent else BODY_SIZE
            computed.size = values.size(said, around) or computed.size
        elif part == "font-weight":
            computed.style = computed.style._replace(bold=values.is_bold(said, computed.style.bold))
        elif part == "font-style":
            computed.style = computed.style._replace(italic=said.startswith(("italic", "oblique")))
        elif part == "font-family":
            _declare_family(computed, said)


def _declare_family(computed: Computed, families: str) -> None:
    serif, symbols = values.family(families)
    if serif is not None:
        computed.style = computed.style._replace(serif=serif)
    computed.symbols = symbols
