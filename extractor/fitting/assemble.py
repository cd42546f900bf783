"""From a layout and a template to a filing and its issues: the fitting's one way in."""

from __future__ import annotations

from typing import Any, NamedTuple

from extractor.filing import Filing
from extractor.fitting.captions import Captions, captions_of
from extractor.fitting.checkboxes import read_boxes, read_ticks
from extractor.fitting.converted import gather_parts, numbered, repaired, signed
from extractor.fitting.doubts import doubtful_looks
from extractor.fitting.index import IndexedGrid, index_grids
from extractor.fitting.items import Item, find_items
from extractor.fitting.leftover import leftover_text
from extractor.fitting.notes import (
    Sections,
    read_footnotes,
    read_remarks,
    read_signatures,
    split_tail,
    take_sentence,
)
from extractor.fitting.owners import join_blocks, join_table, read_blocks, read_table
from extractor.fitting.people import RELATIONSHIPS, Owner, read_issuer, read_line, read_owner, read_relationship
from extractor.fitting.stream import Piece, Stream, pieces_of, runs_of_pieces
from extractor.fitting.tables import read_tables
from extractor.fitting.typed import read_period, read_typed_issuer, read_typed_owner, read_typed_relationship
from extractor.fitting.values import EMPTY, Reading, read_date, reading, says_nothing
from extractor.issues import Code, Issue
from extractor.layout import Layout
from extractor.templates import Template

Tree = dict[str, Any]


class Fit(NamedTuple):
    """What was read, and the doubts that reading left."""

    filing: Filing
    issues: tuple[Issue, ...]


# Labels of header boxes: those that are no relationship and no line of item 6.
_ITEM_LABELS = frozenset({*RELATIONSHIPS, "one_person", "more_persons"})


def fit(layout: Layout, template: Template) -> Fit:
    """Reads `layout` as `template` says the form is drawn. Nothing is invented: what is not there is None."""
    issues: list[Issue] = list(layout.issues)
    captions = captions_of(template)
    if captions.converted:
        layout = repaired(layout, captions)
    stream = Stream(pieces_of(layout.blocks))
    tree: Tree = {"form": template.form.form}
    tree |= _header(stream, captions, issues)
    grids = index_grids(layout)
    items = find_items(grids, stream, captions)
    if captions.converted:
        items = gather_parts(items, captions, issues)
        if stream.find(captions.sections["in_doubt"]):
            issues.append(Issue(Code.SAID_IN_DOUBT, "", "the page says that values on it are in doubt"))
    tree |= _items(items, captions, issues)
    issues += _second_form(stream, captions)
    rows, tables = read_tables(grids, stream, captions, template.form.form, issues)
    tree |= rows
    below = _below_tables(stream, captions)
    tree["owners"] = _owners(grids, stream, below, items, template, captions, issues)
    sections = Sections(stream, captions, below)
    tree |= _tail(stream, below, sections, captions, issues)
    issues += _leftover(stream, sections.end, tree, captions)
    tree["no_securities_owned"] = _none_owned(tree, len(tables) == len(captions.tables))
    if _is_blank(tree):
        issue = Issue(Code.FORM_EMPTY, "", "neither issuer nor owner nor date nor any row is filled in")
        return Fit(Filing(form=template.form.form), (issue,))
    return Fit(Filing.model_validate(tree), tuple(issues))


def _header(stream: Stream, captions: Captions, issues: list[Issue]) -> Tree:
    """The boxes above item 1, or among the items."""
    labels = {name: words for name, words in captions.labels.items() if name not in _ITEM_LABELS}
    table = stream.find(captions.tables["table_1"].titles)
    found: Tree = dict(read_boxes(stream, labels, table[0] if table else len(stream.text), issues))
    for name in labels.keys() - found.keys():
        issues.append(Issue(Code.ITEM_MISSING, name, "the box was not found on the page"))
    return found


def _items(items: dict[str, Item], captions: Captions, issues: list[Issue]) -> Tree:
    tree: Tree = {}
    for name in captions.items:
        if name not in items:
            issues.append(Issue(Code.ITEM_MISSING, name, "the item was not found on the page"))
    if "issuer" in items:
        tree["issuer"] = (read_typed_issuer if captions.free else read_issuer)(items["issuer"], issues)
    if "foreign_trading_symbol" in items:
        tree.setdefault("issuer", {})["foreign_trading_symbol"] = read_line(items["foreign_trading_symbol"])
    if "period_of_report" in items:
        tree |= read_period(items["period_of_report"], captions.free, issues)
    if "date_of_original_submission" in items:
        runs = runs_of_pieces(items["date_of_original_submission"].stream.cut(0))
        tree["date_of_original_submission"] = read_date(runs, "date_of_original_submission", issues, captions.free)
    original = tree.get("date_of_original_submission", EMPTY)["printed"]
    tree["amendment"] = bool(original) and not (captions.free and says_nothing(original))
    if "joint" in items:
        labels = {name: captions.labels[name] for name in ("one_person", "more_persons")}
        stream = items["joint"].stream
        ticks, _ = read_ticks(stream, labels, 0, len(stream.text), "joint", issues)
        tree["joint"] = _joint(ticks)
    return tree


def _second_form(stream: Stream, captions: Captions) -> list[Issue]:
    """A doubt where the issuer is asked for twice, as no form does."""
    hits = stream.find_all(captions.items["issuer"])
    if len(hits) < 2:
        return []
    places = tuple(run.at for run in runs_of_pieces(stream.cut(*hits[1])))
    return [Issue(Code.SECOND_FORM, "", "a second form begins here", places)]


def _joint(ticks: dict[str, Reading]) -> Reading:
    """Item 6: one of two lines is ticked."""
    one, more = ticks.get("one_person", EMPTY), ticks.get("more_persons", EMPTY)
    at = (*one["at"], *more["at"])
    if bool(one["value"]) == bool(more["value"]):
        return reading(None, "", (), at)
    return reading(bool(more["value"]), (more if more["value"] else one)["printed"], (), at)


def _below_tables(stream: Stream, captions: Captions) -> int:
    """The offset behind the last table's head: where owner blocks and sections can begin."""
    titles = [stream.find(table.titles) for table in captions.tables.values()]
    return max((hit[1] for hit in titles if hit), default=0)


def _owners(
    grids: tuple[IndexedGrid, ...],
    stream: Stream,
    below: int,
    items: dict[str, Item],
    template: Template,
    captions: Captions,
    issues: list[Issue],
) -> list[Owner]:
    if "owner" not in items:
        return []
    first = (read_typed_owner if captions.free else read_owner)(
        items["owner"].stream, template, captions, "owners[0]", issues
    )
    if "irs_number" in items:
        first["irs_number"] = read_line(items["irs_number"])
    if "relationship" in items:
        path = "owners[0].relationship"
        read = read_typed_relationship if captions.free else read_relationship
        first["relationship"] = read(items["relationship"], template, captions, path, issues)
    if template.printing.owners == "table":
        return join_table(first, read_table(grids, captions, issues), issues)
    return join_blocks(first, read_blocks(stream, below, template, captions, issues), issues)


def _tail(stream: Stream, below: int, sections: Sections, captions: Captions, issues: list[Issue]) -> Tree:
    """Footnotes, remarks and signatures."""
    if captions.converted:
        sections.parts = {name: signed(pieces, captions) for name, pieces in sections.parts.items()}
    page = (run for _, run in stream.runs_between(below, len(stream.text)))
    signatures: list[tuple[Piece, ...]] = []
    explanation = sections.parts.get("explanation", ())
    remarks = sections.parts.get("remarks", ())
    if "signatures" in sections.parts:
        _, signatures = split_tail(sections.parts["signatures"], page, captions.free)
    elif "remarks" in sections.parts:
        remarks, signatures = split_tail(remarks, page, captions.free)
    else:
        explanation, signatures = split_tail(explanation, page, captions.free)
    tree: Tree = {}
    explanation, in_notes = take_sentence(explanation, captions.sections["no_securities"])
    remarks, in_remarks = take_sentence(remarks, captions.sections["no_securities"])
    tree["no_securities_owned"] = in_notes or in_remarks or EMPTY
    tree["footnotes"] = read_footnotes(numbered(explanation) if captions.converted else explanation, issues)
    tree["remarks"] = read_remarks(remarks)
    tree["signatures"] = read_signatures(signatures, captions, issues)
    return tree


def _leftover(stream: Stream, end: int, tree: Tree, captions: Captions) -> list[Issue]:
    """The text from the first item to `end`, where the closing notes begin, that nothing was read from, and joins left
    uncertain."""
    first = stream.find(captions.items["owner"])
    lost = leftover_text(stream, first[0], end, tree, captions) if first else ()
    return [*lost, *doubtful_looks(stream, tree, captions.words)]


def _is_blank(tree: Tree) -> bool:
    """Whether the form is there but not filled in: what stands around it (instructions) is no answer to it."""
    owners = tree["owners"]
    heads = (
        tree.get("issuer", {}).get("name"),
        tree.get("period_of_report"),
        owners[0].get("name") if owners else None,
    )
    return not any(head and head["value"] for head in heads) and not tree["non_derivative"] and not tree["derivative"]


def _none_owned(tree: Tree, complete: bool) -> Reading:
    """Whether a Form 3 reports no securities: the printed sentence, or both tables there and empty.

    EDGAR sets its flag by the rows alone (FORM-FACTS E12: 1,461 of 1,461), and not every printing has the sentence.
    """
    said: Reading = tree["no_securities_owned"]
    empty = complete and not tree["non_derivative"] and not tree["derivative"]
    return reading(True, "") if tree["form"] == "3" and empty and said["value"] is None else said
