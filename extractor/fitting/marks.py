"""From the runs of a cell, as typed or as a converter left them, to runs whose marks are raised and shaped `(n)`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.layout import Join, Run, joined
from extractor.layout.text import WRAPPED

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")
# A mark of superscript characters: `⁽¹⁾`, `⁽¹⁾⁽²⁾`, `¹` behind anything but a space-parted word.
_SMALL = re.compile(r"(?:⁽[⁰¹²³⁴-⁹]{1,2}⁾[ ,]*)+|[⁰¹²³⁴-⁹]{1,2}(?:[,⁾ ]+[⁰¹²³⁴-⁹]{1,2})*")
# What converters make of a raised mark, at the end of a cell: `[^1]`, `[1]`, `[(1)]`, `^(1)^`, `$^{(1)}$`, `${ }^{1}$`.
_WRITTEN = re.compile(
    r"(.*?)((?:[ ,]*(?:\[\^?\d{1,2}\]|\[\(\d{1,2}\)\]|\^[(\d)]{1,24}\^|\$(?:\{\s*\})?\^\{?[\s(\d)]{1,24}\}?\$))+)",
    re.DOTALL,
)
# The whole of a raised run that is marks: `1`, `1,2`, `[1]`, `(1) (2)`.
_RAISED = re.compile(r"[\[(]?\^?\d{1,2}[\])]?(?:[ ,]*[\[(]?\^?\d{1,2}[\])]?)*")


# Marks typed behind a text, and the words behind which a number in brackets is text: "See footnote (2)".
_TYPED = re.compile(r"(.*?)( *\(\d{1,2}\)(?:[ ,]*\(\d{1,2}\))*)", re.DOTALL)
_REFERS = re.compile(r"(?:\b(?:foot)?notes?|\b(?:items?|paragraphs?|sections?|rules?|and|or|in)|[,&])", re.IGNORECASE)


def raise_typed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs of a cell that was filled in by typing, its marks raised as marks are everywhere else.

    They stand on the line, at the end of the cell and in the size of its text; only their shape tells them.
    """
    marks: list[Run] = []
    texts, glued = list(runs), False
    while texts and (match := _TYPED.fullmatch(texts[-1].text)) is not None:
        run = texts.pop()
        numbers = "".join(re.findall(r"\(\d+\)", match[2]))
        raised = run.style._replace(raised=True)
        if match[1]:
            texts.append(run._replace(text=match[1]))
            glued = match[2].startswith("(")
            marks.insert(0, run._replace(text=numbers, style=raised, join=Join.NONE))
            break
        marks.insert(0, run._replace(text=numbers, style=raised))
    words = joined(texts).split()
    return runs if words and _REFERS.fullmatch(words[-1]) and not glued else (*texts, *marks)


def may_be_mark(runs: tuple[Run, ...]) -> bool:
    """Whether runs that `raise_typed` left as they are end in what could still be a mark: "See footnote (2)"."""
    return bool(runs) and not runs[-1].style.raised and _TYPED.fullmatch(runs[-1].text) is not None


def stands_level(runs: tuple[Run, ...]) -> bool:
    """Whether runs end in a number as small as a mark which is not raised, though text stands beside it on its line."""
    last = runs[-1]
    small = last.style.small and not last.style.raised and _TYPED.fullmatch(last.text) is not None
    begins = last.join in WRAPPED or last.join is Join.LINE
    return small and not begins and any(not run.style.small for run in runs)


def raise_converted(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs of a cell of a converted page, its marks raised and shaped as they are everywhere else.

    A converter keeps a mark as superscript characters, as a raised number with or without brackets, or in signs of its
    own; what stands on the line in brackets is left as it is.
    """
    return tuple(each for run in runs for each in _raised(run))


def _raised(run: Run) -> Iterable[Run]:
    """A run, its marks as runs of their own."""
    if run.style.raised:
        yield run._replace(text=_brackets(run.text)) if _RAISED.fullmatch(run.text) else run
        return
    if (match := _WRITTEN.fullmatch(run.text)) is not None:
        yield from _with_marks(run, match[1], match[2])
        return
    behind = 0
    for match in _SMALL.finditer(run.text):
        yield from _with_marks(run, run.text[behind : match.start()], match[0].translate(_SUPERSCRIPTS))
        behind = match.end()
    if rest := run.text[behind:].strip():
        yield run._replace(text=rest, join=Join.SPACE) if behind else run


def _with_marks(run: Run, text: str, marks: str) -> Iterable[Run]:
    """The text before marks, and the marks."""
    if text.strip():
        yield run._replace(text=text.strip())
    yield run._replace(text=_brackets(marks), style=run.style._replace(raised=True), join=Join.NONE)


def _brackets(marks: str) -> str:
    return "".join(f"({int(number)})" for number in re.findall(r"\d+", marks))


def shows_marks(runs: Iterable[Run]) -> bool:
    """Whether any of the runs is, or ends in, a mark that a converter kept as one."""
    return any(
        (run.style.raised and _RAISED.fullmatch(run.text) is not None)
        or _SMALL.search(run.text) is not None
        or _WRITTEN.fullmatch(run.text) is not None
        for run in runs
    )


def shows_small_marks(runs: Iterable[Run]) -> bool:
    """Whether any of the runs is a mark that its size tells."""
    return any(run.style.small and _RAISED.fullmatch(run.text) is not None for run in runs)
