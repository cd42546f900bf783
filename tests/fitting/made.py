"""Pages made by hand for the fitting: the grid of numbered boxes and both tables of a Form 4."""

from __future__ import annotations

from typing import Any

from extractor.fitting.captions import Captions, captions_of
from extractor.fitting.index import index_grids
from extractor.fitting.items import Item, find_items
from extractor.fitting.stream import Stream, pieces_of
from extractor.issues import Issue
from extractor.layout import Block, Grid, Layout, Line
from extractor.templates import Template, template
from tests.made import Content, Wide, grid, line, run, stack

SEC = template("form4-x03", "sec-stylesheet")
SEC_2026 = template("form4-x06", "sec-stylesheet")
PAPER = template("form4-x03", "sec-paper")
ONLINE = template("form4-x03", "edgar-online")
FORM3 = template("form3-x02", "sec-stylesheet")
FORM5 = template("form5-x03", "sec-stylesheet")


def captions(of: Template = SEC) -> Captions:
    return captions_of(of)


def doubts(issues: list[Issue]) -> list[tuple[str, str]]:
    """Codes and paths of issues."""
    return [(issue.code.value, issue.path) for issue in issues]


def values(tree: dict[str, Any]) -> dict[str, Any]:
    """The values of readings, those that are empty left out."""
    found = {name: values(each) if "value" not in each else each["value"] for name, each in tree.items()}
    return {name: each for name, each in found.items() if each not in (None, {})}


def items_of(page: Layout, of: Template = SEC) -> dict[str, Item]:
    """The items of a page by name."""
    return find_items(index_grids(page), Stream(pieces_of(page.blocks)), captions(of))


# The address of item 1 as the SEC's page sets it: each part in its slot, its small caption below.
NAME = line(run("Doe Jane", link="/cgi-bin/browse-edgar?action=getcompany&CIK=0001234567"))
NAME_PARTS = grid(("(Last)", "(First)", "(Middle)"))
PLACE_PARTS = grid(("(City)", "(State)", "(Zip)"))


def owner_lines(
    streets: Content = "1 FABLE ROAD", place: Content | None = None, name: Line = NAME, foot: Content = ()
) -> tuple[Block, ...]:
    """What stands below the caption of item 1 or of a block of joint owners."""
    where = grid(("MYTHVILLE", "CA", "94000")) if place is None else place
    return stack(grid((name,)), NAME_PARTS, streets, "(Street)", where, PLACE_PARTS, foot)


def owner_item(**parts: Content | Line) -> tuple[Block, ...]:
    return stack("1. Name and Address of Reporting Person*", owner_lines(**parts))  # type: ignore[arg-type]


RELATIONSHIP_CAPTION = ("5. Relationship of Reporting Person(s) to Issuer", "(Check all applicable)")


def relationship_grid(
    ticks: tuple[Content, ...] = ("X", "", "", ""), below: tuple[Content, Content] = ("", "")
) -> Grid:
    """Ticks of director, 10% owner, officer, other; the title and the other text below."""
    director, owner, officer, other = ticks
    return grid(
        (director, "Director", owner, "10% Owner"),
        (officer, "Officer (give title below)", other, "Other (specify below)"),
        ("", below[0], "", below[1]),
    )


def items_grid(
    owner: Content | None = None,
    relationship: Content | None = None,
    issuer: Content = "Fable Inc. [ FBL ]",
    period: Content = "06/29/2021",
    original: Content = "",
    joint: tuple[Content, Content] = ("X", ""),
) -> Grid:
    """The numbered boxes of a Form 4 in three columns, as the SEC's page draws them."""
    return grid(
        (
            Wide(owner_item() if owner is None else owner, rows=3),
            stack("2. Issuer Name and Ticker or Trading Symbol", issuer),
            Wide(stack(*RELATIONSHIP_CAPTION, relationship_grid() if relationship is None else relationship), rows=2),
        ),
        (stack("3. Date of Earliest Transaction (Month/Day/Year)", period),),
        (
            stack("4. If Amendment, Date of Original Filed (Month/Day/Year)", original),
            stack(
                "6. Individual or Joint/Group Filing (Check Applicable Line)",
                grid(
                    (joint[0], "Form filed by One Reporting Person"),
                    (joint[1], "Form filed by More than One Reporting Person"),
                ),
            ),
        ),
    )


TABLE_1_TITLE = "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned"
TABLE_2_TITLE = "Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned (e.g., puts, calls)"

Row = tuple[Content | Wide, ...] | list[Content | Wide]

TABLE_1_HEADS: tuple[Row, Row] = (
    (
        Wide("1. Title of Security (Instr. 3)", rows=2),
        Wide("2. Transaction Date (Month/Day/Year)", rows=2),
        Wide("2A. Deemed Execution Date, if any (Month/Day/Year)", rows=2),
        Wide("3. Transaction Code (Instr. 8)", cols=2),
        Wide("4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)", cols=3),
        Wide("5. Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4)", rows=2),
        Wide("6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)", rows=2),
        Wide("7. Nature of Indirect Beneficial Ownership (Instr. 4)", rows=2),
    ),
    ("Code", "V", "Amount", "(A) or (D)", "Price"),
)
TABLE_2_HEADS: tuple[Row, Row] = (
    (
        Wide("1. Title of Derivative Security (Instr. 3)", rows=2),
        Wide("2. Conversion or Exercise Price of Derivative Security", rows=2),
        Wide("3. Transaction Date (Month/Day/Year)", rows=2),
        Wide("3A. Deemed Execution Date, if any (Month/Day/Year)", rows=2),
        Wide("4. Transaction Code (Instr. 8)", cols=2),
        Wide("5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)", cols=2),
        Wide("6. Date Exercisable and Expiration Date (Month/Day/Year)", cols=2),
        Wide("7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)", cols=2),
        Wide("8. Price of Derivative Security (Instr. 5)", rows=2),
        Wide(
            "9. Number of derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)", rows=2
        ),
        Wide("10. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)", rows=2),
        Wide("11. Nature of Indirect Beneficial Ownership (Instr. 4)", rows=2),
    ),
    ("Code", "V", "(A)", "(D)", "Date Exercisable", "Expiration Date", "Title", "Amount or Number of Shares"),
)
COLUMNS = (11, 16)

SALE: Row = ["Common Stock", "06/29/2021", "", "S", "", "1,057", "D", "$173.147", "5,000", "D", ""]
GRANT: Row = ["Option", "$2.64", "06/29/2021", "", "A", "", "70,750", "", "06/29/2022", "06/28/2031"]
GRANT = [*GRANT, "Common Stock", "70,750", "$0", "70,750", "D", ""]


def table_1(*rows: Row) -> Grid:
    """Table I with its title and heads."""
    return grid((Wide(TABLE_1_TITLE, cols=COLUMNS[0]),), *TABLE_1_HEADS, *rows)


def table_2(*rows: Row) -> Grid:
    """Table II with its title and heads."""
    return grid((Wide(TABLE_2_TITLE, cols=COLUMNS[1]),), *TABLE_2_HEADS, *rows)
