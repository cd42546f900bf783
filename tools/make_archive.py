"""A seed in, a zip of pages out: two years of the Forms 4 of an invented company's insiders, to ask questions of.

`python -m tools.make_archive archive.zip` writes it. Unlike the random filings of `make_samples.stress`, these tell a
plausible story: a price that wanders, awards, shares withheld for taxes, purchases, gifts, and sales in several trades
whose weighted average price has a footnote with its range.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tools.make_samples import online_page, sec_page
from tools.make_samples.facts.model import Facts, Owner, Row, cell, to_xml

ISSUER, SYMBOL, CIK = "EXAMPLE ORCHARDS, INC.", "XMPL", "0009990001"
BEGIN, DAYS = date(2024, 1, 8), 700
FIRST_PRICE = 40.0  # dollars
DRIFT = 0.035  # of the price, from one filing to the next
SPREAD = 0.03  # of the price, within one day's sales
SIGNED_AFTER = 2  # days, as Section 16 has it
TITLE = "Common Stock"
RANGE = (
    "The price is a weighted average. These shares were sold in multiple trades at prices ranging from ${low} to "
    "${high}, inclusive. The reporting person will give the number sold at each price upon request."
)
PLAN = "Sold under a Rule 10b5-1 trading plan that the reporting person adopted."
TAXES = "Shares withheld by the issuer for taxes upon the vesting of restricted stock units."
AWARD = "Restricted stock units that vest in four equal yearly parts."
# A mark of a price: every footnote on a range is cited by one price alone, so that a page without it is in doubt.
MARK = b"(2)"


@dataclass
class Insider:
    """A reporting person and the shares held so far."""

    owner: Owner
    held: int


def insiders() -> list[Insider]:
    """Those who file, with what they held at the start."""
    somewhere = Owner(name="", street1="1 EXAMPLE WAY", city="SAN JOSE", state="CA", zip_code="95110")
    return [
        Insider(replace(somewhere, name="Roe Jane", cik="0009990011", officer="Chief Executive Officer"), 410_000),
        Insider(
            replace(somewhere, name="Bloggs Frederick", cik="0009990012", officer="Chief Financial Officer"), 155_000
        ),
        Insider(replace(somewhere, name="Mustermann Erika", cik="0009990013", director=True), 38_000),
    ]


def filings(count: int, seed: int) -> Iterator[Facts]:
    """Forms 4 in order of time; the same for the same seed."""
    random = Random(seed)
    people, price = insiders(), FIRST_PRICE
    for number in range(count):
        day = BEGIN + timedelta(days=DAYS * number // count)
        day -= timedelta(days=max(0, day.weekday() - 4))  # no trade on a weekend
        price *= 1 + random.gauss(0.01, DRIFT)
        yield _filing(random, random.choice(people), day, price)


def _filing(random: Random, insider: Insider, day: date, price: float) -> Facts:
    kind = "P" if insider.owner.director and random.random() < 0.5 else random.choice("SSSFAG")
    rows, notes = _sales(random, insider, day, price) if kind == "S" else _single(random, insider, day, price, kind)
    signed = (day + timedelta(days=SIGNED_AFTER)).isoformat()
    return Facts(
        schema="X0508",
        document_type="4",
        period=day.isoformat(),
        issuer=ISSUER,
        issuer_cik=CIK,
        symbol=SYMBOL,
        owners=[insider.owner],
        aff10b5_one=kind == "S",
        table1=rows,
        footnotes=notes,
        signatures=[(f"/s/ {insider.owner.name}", signed)],
    )


def _row(insider: Insider, day: date, code: str, shares: int, price: str, *notes: int, gains: bool) -> Row:
    insider.held += shares if gains else -shares
    return Row(
        title=cell(TITLE),
        date=cell(day.isoformat()),
        code=code,
        code_notes=notes[:1],
        shares=cell(str(shares)),
        price=cell(price, *notes[1:]),
        acquired_disposed=cell("A" if gains else "D"),
        owned=cell(str(insider.held)),
        direct_indirect=cell("D"),
    )


def _sales(random: Random, insider: Insider, day: date, price: float) -> tuple[list[Row], list[str]]:
    """One to three blocks of a day's sales, each at its weighted average price with a footnote of its own."""
    rows, notes = [], [PLAN]
    for _ in range(random.randint(1, 3)):
        low = price * (1 + random.uniform(-SPREAD, SPREAD))
        high = low * (1 + random.uniform(0.002, SPREAD))
        notes.append(RANGE.format(low=f"{low:.2f}", high=f"{high:.2f}"))
        mean = f"{random.uniform(low, high):.4f}"
        shares = random.randint(1, max(1, insider.held // 40))
        rows.append(_row(insider, day, "S", shares, mean, 1, len(notes), gains=False))
    return rows, notes


def _single(random: Random, insider: Insider, day: date, price: float, kind: str) -> tuple[list[Row], list[str]]:
    """A purchase, an award, a gift, or shares withheld for taxes."""
    match kind:
        case "A":
            return [_row(insider, day, "A", random.randrange(2_000, 30_000, 500), "0", 1, gains=True)], [AWARD]
        case "F":
            shares = random.randint(1, max(1, insider.held // 50))
            return [_row(insider, day, "F", shares, f"{price:.2f}", 1, gains=False)], [TAXES]
        case "G":
            return [_row(insider, day, "G", random.randrange(100, 2_000, 100), "0", gains=False)], []
    return [_row(insider, day, "P", random.randrange(500, 5_000, 100), f"{price:.2f}", gains=True)], []


def pages(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents: pages in turn as the SEC's style sheet and as EDGAR Online draw them.

    As in any archive not all is well: the first page with a range has lost its mark, and one is no form at all.
    """
    whole = True
    for number, facts in enumerate(filings(count, seed), 1):
        render = sec_page.render if number % 2 else online_page.render
        page = render(to_xml(facts)).encode()
        if whole and MARK in page:
            page, whole = page.replace(MARK, b"", 1), False
        yield f"{facts.period}-{number:03}.html", page
    yield "moved.html", b"<html><body><p>This page has moved.</p></body></html>"


def write_archive(to: Path, count: int = 60, seed: int = 4) -> None:
    """Write the zip; the same bytes for the same count and seed."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in pages(count, seed):
            archive.writestr(zipfile.ZipInfo(name), page, zipfile.ZIP_DEFLATED)


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.make_archive", description="Makes an archive to try.")
    parser.add_argument("archive", type=Path, help="the zip to write")
    parser.add_argument("--filings", type=int, default=60)
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args(arguments)
    write_archive(options.archive, options.filings, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
