"""A document's values in; the filing as a person reads it out: items, owners, both tables, footnotes, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractor.filing import Field, Filing, Row
from extractor.markup import Child, Element, element
from extractor.review.columns import ADDRESS, FILING, ISSUER, LABELS, RELATIONSHIP, Column, table_1, table_2
from extractor.review.places import Value

EMPTY = "–"

Values = Mapping[str, Value]


def anchor(path: str) -> str:
    """The id of the element that shows what stands at `path`."""
    return "at-" + re.sub(r"[^a-z0-9_]+", "-", path.lower()).strip("-")


def transcript(filing: Filing, values: Values) -> list[Element]:
    """The sections of the right side, in the form's order."""
    parts = [
        _section("issuer", "Issuer", _items(values, [(f"issuer.{name}", LABELS[name]) for name in ISSUER])),
        _section("", "Filing", _items(values, [(name, LABELS[name]) for name in FILING])),
        *(_owner(values, number) for number in range(len(filing.owners))),
        _table("non_derivative", "Table I: non-derivative securities", filing, table_1(filing.form), values),
        _table("derivative", "Table II: derivative securities", filing, table_2(filing.form), values),
        _footnotes(filing, values),
    ]
    if values["remarks"].member:
        parts.append(_section("remarks-part", "Remarks", [element("p", *shown_value(values["remarks"]))]))
    return [*parts, _signatures(filing, values)]


def shown_value(value: Value, *, long: bool = False) -> list[Child]:
    """A value as a button that can be hovered, focused and picked, and its marks as links to their footnotes."""
    looks = ("value", value.kind, value.trouble, "long" if long else "", "" if value.text else "empty")
    text = _flag_text(value) if value.kind == "flag" else value.text
    button = element(
        "button",
        element("span", text or EMPTY, class_="read"),
        element("span", ", in doubt", class_="unseen") if value.trouble == "doubt" else None,
        type="button",
        class_=" ".join(filter(None, looks)),
        id=anchor(value.path),
        data_value=str(value.number),
        title=_title(value),
        aria_describedby=" ".join(anchor(f"note-{mark}") for mark in value.marks) or None,
        aria_label=None if text else f"{value.label}: nothing read",
        tabindex=None if text or value.trouble or value.marks else "-1",
    )
    return [button, *_marks(value)]


def _flag_text(value: Value) -> str:
    flag = getattr(value.member, "value", None)
    return {True: "☒ yes", False: "☐ no"}[flag] if isinstance(flag, bool) else value.text


def _title(value: Value) -> str:
    printed = getattr(value.member, "printed", "")
    return f"{value.label}; printed: {printed}" if printed and printed != value.text else value.label


def _marks(value: Value) -> Iterator[Child]:
    if value.marks:
        links = [
            element(
                "a",
                f"({mark.removeprefix('F')})",
                href=f"#{anchor('note-' + mark)}",
                data_mark=mark,
                aria_label=f"footnote {mark.removeprefix('F')}",
            )
            for mark in value.marks
        ]
        yield element("sup", *links, class_="marks")


def _section(path: str, title: str, children: Iterable[Child]) -> Element:
    return element("section", element("h2", title), *children, id=anchor(path or "filing"), tabindex="-1")


def _items(values: Values, wanted: Sequence[tuple[str, str]]) -> list[Child]:
    """A list of labelled values; those of which the page shows nothing stand folded away, so that they can be added."""
    there = [(values[path], label) for path, label in wanted]
    filled = [pair for pair in there if pair[0].text or pair[0].marks or pair[0].trouble]
    absent = [pair for pair in there if pair not in filled]
    parts: list[Child] = [element("dl", *_pairs(filled))] if filled else []
    if absent:
        summary = element("summary", f"Not on this page ({len(absent)})")
        parts.append(element("details", summary, element("dl", *_pairs(absent)), class_="absent"))
    return parts


def _pairs(pairs: Iterable[tuple[Value, str]]) -> Iterator[Element]:
    for value, label in pairs:
        yield element("div", element("dt", label), element("dd", *shown_value(value)))


def _owner(values: Values, number: int) -> Element:
    head = f"owners[{number}]"
    wanted = [(f"{head}.{name}", LABELS[name]) for name in ("name", "cik", "irs_number")]
    wanted += [(f"{head}.address.{name}", LABELS[name]) for name in ADDRESS]
    wanted += [(f"{head}.relationship.{name}", LABELS[name]) for name in RELATIONSHIP]
    return _section(head, f"Reporting person {number + 1}", _items(values, wanted))


def _table(name: str, title: str, filing: Filing, columns: Sequence[Column], values: Values) -> Element:
    rows: Sequence[Row] = getattr(filing, name)
    if not rows:
        return _section(name, title, [element("p", "No rows.", class_="none")])
    heads = [element("th", column.head, scope="col") for column in columns]
    body = [
        element(
            "tr",
            element("th", str(number + 1), scope="row"),
            *(element("td", *_cell(row, f"{name}[{number}]", column, filing.form, values)) for column in columns),
            id=anchor(f"{name}[{number}]"),
            class_=row.kind,
            tabindex="-1",
        )
        for number, row in enumerate(rows)
    ]
    head = element("thead", element("tr", element("th", "#", scope="col"), *heads))
    table = element("table", head, element("tbody", *body), aria_label=title)
    frame = element("div", table, class_="wide", role="group", tabindex="0", aria_label=f"{title}, scrollable")
    return _section(name, f"{title} ({len(rows)})", [frame])


def _cell(row: Row, path: str, column: Column, form: str, values: Values) -> Iterator[Child]:
    there = [name for name in column.names if f"{path}.{name}" in values]
    shown = [name for name in there if _tells(row, name, form) or values[f"{path}.{name}"].trouble]
    for name in shown or column.names[:1]:
        yield from shown_value(values[f"{path}.{name}"])


def _tells(row: Row, name: str, form: str) -> bool:
    """Whether the page shows anything in this field; of the code's companions, anything beside the usual."""
    field = getattr(row, name)
    if name == "form_type":
        return bool(field.value not in (None, form) or field.footnotes)
    if name == "equity_swap":
        return bool(field.value or field.footnotes)
    return isinstance(field, Field) and bool(field)


def _footnotes(filing: Filing, values: Values) -> Element:
    if not filing.footnotes:
        return _section("footnotes", "Footnotes", [element("p", "None.", class_="none")])
    lines = [
        element(
            "li",
            element("span", f"({note.id.removeprefix('F')})", class_="number", aria_hidden="true"),
            *shown_value(values[f"footnotes[{index}]"], long=True),
            id=anchor(f"note-{note.id}"),
            data_note=note.id,
            tabindex="-1",
        )
        for index, note in enumerate(filing.footnotes)
    ]
    return _section("footnotes", f"Footnotes ({len(lines)})", [element("ol", *lines, class_="notes")])


def _signatures(filing: Filing, values: Values) -> Element:
    wanted = [
        (f"signatures[{number}].{name}", LABELS[name])
        for number in range(len(filing.signatures))
        for name in ("name", "date")
    ]
    return _section("signatures", "Signatures", _items(values, wanted) or [element("p", "None.", class_="none")])
