"""Choosing: each form, era and printing from a page of nothing but its own captions; and when no choice is made."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from extractor.errors import AmbiguousTemplate, NotAnOwnershipForm
from extractor.layout import Layout
from extractor.templates import Template, choose, forms, printings, template
from tests.made import grid, layout, line

# The function has the name of its module.
module = sys.modules[choose.__module__]

EVERY = [template(form.id, printing.id) for form in forms() for printing in printings()]


def captions(of: Template) -> Iterator[str]:
    """The captions of a form as a printing words them, each once."""
    form = of.form
    yield from (words[0] for words in (form.headings, form.titles, *form.items.values(), *form.parts.values()))
    yield from (words[0] for words in form.labels.values())
    for table in (form.table_1, form.table_2):
        yield from (table.titles[0], *table.groups)
        yield from (column.captions[-1] for column in table.columns)


def page(of: Template, **properties: str) -> Layout:
    """A page of the captions alone, with what speaks for the printing."""
    evidence = of.printing.evidence
    said = {"format": evidence.required[0]} if evidence.required else {}
    if not evidence.captions:  # one that only the reader tells
        said = {"setting": (*evidence.properties, *evidence.required)[0]}
    return layout(*evidence.captions, *captions(of), **{**said, **properties})


def without(words: str, given: Layout) -> Layout:
    """The page without the lines that begin with `words`."""
    kept = [each for each in given.lines() if not each.text.startswith(words)]
    return layout(*kept, **dict(given.properties))


@pytest.mark.parametrize("of", EVERY, ids=lambda of: of.id)
def test_a_page_of_its_own_captions_chooses_the_template(of: Template) -> None:
    assert choose(page(of)).template.id == of.id


def test_captions_may_stand_in_cells_and_be_broken() -> None:
    of = template("form4-x05", "sec-stylesheet")
    rows = [(line(text[: len(text) // 2], text[len(text) // 2 :]),) for text in captions(of)]
    assert choose(layout("SEC Form 4", "OMB Number: 3235-0287", grid(*rows))).template.id == of.id


NUMBERED, OTHERS = module._wordings()
WORDINGS = [word for found in NUMBERED.values() for _, word in found] + [word for _, found in OTHERS for word in found]


@drawn(
    st.lists(
        st.one_of(
            st.sampled_from(WORDINGS),
            st.builds(lambda word, at: word[at % len(word) :], st.sampled_from(WORDINGS), st.integers(0, 60)),
            st.builds(lambda word, at: word[: at % len(word)], st.sampled_from(WORDINGS), st.integers(0, 60)),
            st.sampled_from(["", ".", "..", "4.", "a", "o", "table", "1.1.name"]),
        ),
        max_size=8,
    ).map("".join)
)
def test_wordings_are_found_where_a_search_for_each_finds_them(text: str) -> None:
    assert module._standing(text) == {word for word in WORDINGS if word in text}


def test_the_choice_says_why() -> None:
    evidence = choose(page(template("form4-x05", "sec-stylesheet"))).evidence
    assert len(evidence) == 3
    assert "captions of form4-x05" in evidence[0]
    assert evidence[1].startswith("next best form ")
    assert evidence[2].startswith("printing sec-stylesheet ")
    assert ", next edgar-online " in evidence[2]


def test_the_rule_10b5_1_box_tells_the_eras_of_2023_apart() -> None:
    of = template("form4-x05", "sec-stylesheet")
    given = page(of)
    assert choose(given).template.form.id == "form4-x05"
    assert choose(without("Check this box to indicate", given)).template.form.id == "form4-x03"


def test_the_foreign_symbol_tells_the_eras_of_2026_apart() -> None:
    given = page(template("form4-x06", "sec-stylesheet"))
    assert choose(without("2a. Foreign", given)).template.form.id == "form4-x05"


# A caption that alone tells a form or an era from the next; losing any other must change nothing.
TELLING = ("Check this box to indicate", "2a. Foreign", "3a. Foreign", "3. Date of Earliest Transaction")


@pytest.mark.parametrize("of", EVERY, ids=lambda of: of.id)
def test_a_caption_that_cannot_be_read_changes_nothing(of: Template) -> None:
    given = page(of)
    for text in captions(of):
        if not text.startswith(TELLING):
            assert choose(without(text, given)).template.id == of.id, text


def test_a_form_4_is_no_form_5_where_the_caption_of_its_date_cannot_be_read() -> None:
    given = page(template("form4-x05", "sec-stylesheet"))
    assert choose(without("3. Date of Earliest Transaction", given)).template.form.form == "4"


@pytest.mark.parametrize(
    ("properties", "printing"),
    [
        ({"producer": "EDGRpdf Service w/ EO.Pdf 22.0"}, "edgar-online"),
        ({"creator": "EDGAR PDF Generator"}, "edgar-online"),
        ({"title": "SEC FORM 4"}, "sec-stylesheet"),
    ],
)
def test_what_the_file_says_of_itself_speaks_for_a_printing(properties: dict[str, str], printing: str) -> None:
    of = template("form4-x03", "sec-stylesheet")
    bare = layout(*captions(of), **properties)
    assert choose(bare).template.printing.id == printing


def test_a_caption_that_a_printing_never_has_speaks_against_it() -> None:
    of = template("form4-x03", "edgar-online")
    assert choose(layout("Reporting Owners", "OMB Number:", *captions(of))).template.printing.id == "edgar-online"


def test_printings_that_explain_a_page_equally_well_are_refused() -> None:
    with pytest.raises(AmbiguousTemplate, match="explain the page equally well"):
        choose(layout(*captions(template("form4-x03", "sec-stylesheet"))))


def test_forms_that_explain_a_page_equally_well_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed = ((30.0, 35, 40, "form5-x06"), (30.0, 35, 40, "form5-x05"))
    monkeypatch.setattr(module, "_weigh_forms", lambda _there: weighed)
    with pytest.raises(AmbiguousTemplate, match="form5-x06 and form5-x05 explain the page equally well"):
        choose(page(template("form4-x03", "sec-stylesheet")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear shareholder, our directors and officers own common stock. Remarks: none. Price, Amount, Code, V.",
        "NOTICE OF PROPOSED SALE OF SECURITIES PURSUANT TO RULE 144. Title of Security. Date you Acquired. Remarks:",
        "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP OF SECURITIES, a summary: 1. Title of Security, Director",
    ],
    ids=["nothing", "letter", "form-144", "summary"],
)
def test_other_pages_are_refused(text: str) -> None:
    with pytest.raises(NotAnOwnershipForm, match=r"only \d+ of \d+ captions"):
        choose(layout(text))


def test_a_page_with_most_of_the_captions_is_chosen_one_with_half_is_not() -> None:
    of = template("form4-x03", "sec-stylesheet")
    words = list(captions(of))
    most = layout("SEC Form 4", *words[: len(words) * 4 // 5])
    assert choose(most).template.form.form == "4"
    with pytest.raises(NotAnOwnershipForm):
        choose(layout("SEC Form 4", *words[: len(words) * 2 // 5]))


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(NotAnOwnershipForm):
        choose(Layout(()))
