"""Tags, texts and attributes in; HTML out in which every text and attribute is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

__all__ = ["Child", "Element", "add", "element", "html", "seen"]

# Characters that no page should obey rather than show: controls, writing direction, lone surrogates (no UTF-8).
_UNSEEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SCRIPTS = frozenset({"script", "style"})  # whose content a serialiser of HTML writes as it is

Child = Element | str | None


def element(tag: str, *children: Child, **attributes: str | bool | None) -> Element:
    """An element with its children in order; None is left out.

    A trailing underscore of an attribute's name is dropped (`class_`), other underscores are dashes (`aria_label`).
    True stands for an attribute without a value, False and None for none. ValueError for elements whose content cannot
    be escaped.
    """
    if tag in _SCRIPTS:
        raise ValueError(f"the content of <{tag}> cannot be escaped")
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None and value is not False:
            made.set(name.rstrip("_").replace("_", "-"), "" if value is True else seen(value))
    return add(made, children)


def add(to: Element, children: Iterable[Child]) -> Element:
    """`to` with further children behind those it has."""
    for child in children:
        if isinstance(child, str):
            last = to[-1] if len(to) else None
            if last is None:
                to.text = (to.text or "") + seen(child)
            else:
                last.tail = (last.tail or "") + seen(child)
        elif child is not None:
            to.append(child)
    return to


def html(root: Element) -> str:
    """The element as HTML text."""
    return tostring(root, encoding="unicode", method="html")


def seen(text: str) -> str:
    """The text with every character that could not be seen, or would steer what shows it, replaced by U+FFFD."""
    return _UNSEEN.sub("\ufffd", text)
