"""A seed in, a random but valid ownership XML out, for tests that want more kinds of filings than anyone files.

Valid means: what EDGAR checks before it accepts a filing holds, among it that every footnote is cited and every
citation defined, that none stands twice in a cell, that D has no nature and I has one, that of shares and value one is
given, and that an empty price, date or underlying amount has a footnote.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from tools.make_samples.facts.model import Cell, DerivativeRow, Facts, Owner, Row, to_xml
from tools.make_samples.places import COUNTRIES, STATES

MAX_OWNERS, MAX_ROWS, MAX_NOTES = 10, 30, 40
# Observed in one cell: up to ten marks.
MAX_MARKS = 10
LIMITS = {"title": 60, "nature": 100, "relationship": 30, "street": 40, "city": 30, "note": 1000, "remarks": 2000}
# Share of transactions, of late or early rows, of amounts in dollars, and of cells that hold marks alone.
TRANSACTIONS, OFF_FORM, DOLLARS, MARKS_ALONE = 0.7, 0.1, 0.1, 0.3
SCHEMAS = {
    "3": (("X0203", 2010), ("X0206", 2019)),
    "4": (("X0303", 2010), ("X0306", 2016), ("X0407", 2023), ("X0508", 2025), ("X0609", 2026)),
    "5": (("X0303", 2011), ("X0306", 2018), ("X0508", 2024)),
}
CODES = "PSADFIMCEHOXGLWZJU"
VOCABULARY = (
    "Common Stock Class A B Preferred Series C-1 Units Shares Option (Right to Buy) Trust Société Générale "
    "Müller-Łukasiewicz & Söhne L.P. LLC S.à r.l. By the d’Été “ADS” par value $0.001 per share; u/a/d 01/02/2003 "
    "See footnotes (1) and/or Þórður Çelik Co., Ltd. 10% 401(k) Plan fbo O'Neil, Jr. – Fund IX"
)
GAZETTEER = "C/O SOCIÉTÉ EXEMPLE, 12 RUE DE L'ÉGLISE SUITE 100 P.O. BOX 9 ONE MAIN ST. FLOOR 3, BLDG. #4"
WORDS, STREETS = tuple(VOCABULARY.split()), tuple(GAZETTEER.split())


@dataclass(slots=True)
class Draft:
    """A row before its marks are dealt out: texts by field name, and the fields that must or may have marks."""

    texts: dict[str, str]
    must: list[str] = field(default_factory=list)
    notes: dict[str, list[int]] = field(default_factory=dict)
    code: str = ""
    form_type: str = ""
    swap: bool = False

    def cell(self, name: str) -> Cell:
        """A field with the marks it was dealt; an empty cell for one that the row has not."""
        return Cell(self.texts.get(name, ""), tuple(self.notes.get(name, ())))

    @property
    def may(self) -> list[str]:
        """The fields that can carry marks: all with a text, and those with marks alone."""
        code = ["code"] if self.code else []
        return [name for name, text in self.texts.items() if text or name in self.must] + code


def generate(seed: int) -> bytes:
    """The same bytes for the same seed: Form 3, 4 or 5, 1-10 owners, 0-30 rows a table, 0-40 footnotes."""
    return to_xml(facts(Random(seed)))


def facts(random: Random) -> Facts:
    """A random filing."""
    form = random.choice("34445")
    schema, year = random.choice(SCHEMAS[form])
    period = date(year, 1, 1) + timedelta(days=random.randrange(330))
    wants_notes = random.random() < 0.85
    table1 = [_draft(random, form, period, wants_notes, derivative=False) for _ in range(_size(random))]
    table2 = [_draft(random, form, period, wants_notes, derivative=True) for _ in range(_size(random))]
    count = _deal(random, [*table1, *table2]) if wants_notes else 0
    owners = _owners(random, schema)
    filed = period + timedelta(days=random.randrange(1, 30))
    amended = random.random() < 0.15
    return Facts(
        schema=schema,
        document_type=form + ("/A" if amended else ""),
        period=period.isoformat(),
        original=(period + timedelta(days=1)).isoformat() if amended else "",
        # A filing without a transaction is accepted only with this box ticked.
        not_subject=form != "3" and not any(draft.code for draft in (*table1, *table2)),
        form3_holdings=form == "5" and random.random() < 0.5,
        form4_transactions=form == "5" and random.random() < 0.5,
        aff10b5_one=random.random() < 0.3,
        issuer=_words(random, WORDS, LIMITS["title"]),
        issuer_cik=f"{random.randrange(9990100, 9999999):010}",
        symbol=random.choice(("XMPL", "NONE", "XMP.A", "XMP, XMP.A")),
        foreign_symbol=random.choice(("", "9999.TW")) if schema >= "X06" else None,
        owners=owners,
        table1=[_row(draft) for draft in table1],
        table2=[_derivative_row(draft) for draft in table2],
        footnotes=[_words(random, WORDS, random.choice((12, 80, 300, LIMITS["note"]))) for _ in range(count)],
        remarks=random.choice((None, "", _words(random, WORDS, random.choice((40, LIMITS["remarks"]))))),
        signatures=[
            (f"/s/ {_words(random, WORDS, 80)}", filed.isoformat()) for _ in range(random.randint(1, len(owners)))
        ],
    )


def _size(random: Random) -> int:
    """A table's rows: often few, at times none or as many as are allowed."""
    return random.choice((0, 0, 1, 2, 3, 5, 8, random.randint(0, MAX_ROWS), MAX_ROWS))


def _words(random: Random, words: tuple[str, ...], limit: int) -> str:
    """Words up to a random length within the limit, at least one."""
    text, goal = random.choice(words), random.randint(1, limit)
    while len(text) < goal:
        longer = f"{text} {random.choice(words)}"
        if len(longer) > limit:
            break
        text = longer
    return text


def _amount(random: Random, *, zeros: tuple[str, ...]) -> str:
    return random.choice(
        (
            random.choice(zeros),
            str(random.randint(1, 999)),
            str(random.randint(1_000, 99_999_999)),
            f"{random.randint(1, 9_999)}.{random.randint(0, 99):02}",
            f"{random.randint(1, 9_999_999)}.{random.randint(0, 9_999):04}",
            f"{random.randint(1, 99_999)}.0000",
            "999999999999.9999",
        )
    )


def _shares(random: Random) -> str:
    return _amount(random, zeros=("0",))


def _money(random: Random) -> str:
    return _amount(random, zeros=("0", "0.00", "0.0"))


def _near(random: Random, day: date, spread: int) -> str:
    return (day + timedelta(days=random.randint(0, spread))).isoformat()


def _draft(random: Random, form: str, period: date, wants_notes: bool, *, derivative: bool) -> Draft:
    draft = Draft({"title": _words(random, WORDS, LIMITS["title"])})
    if form != "3" and random.random() < TRANSACTIONS:
        _transaction(random, draft, form, period, wants_notes)
        if derivative and random.random() < DOLLARS:
            draft.texts["total_value"] = draft.texts.pop("shares")
    elif form == "5" and random.random() < OFF_FORM:
        draft.form_type = "3"
    if derivative:
        _derivative(random, draft, period, wants_notes)
    if not (derivative and form == "3"):
        dollars = random.random() < DOLLARS
        draft.texts["owned_value" if dollars else "owned"] = _money(random) if dollars else _shares(random)
    indirect = random.random() < 0.5
    draft.texts["direct_indirect"] = "I" if indirect else "D"
    if indirect:
        draft.texts["nature"] = _words(random, WORDS, LIMITS["nature"])
    return draft


def _blank(random: Random, draft: Draft, name: str, text: str, wants_notes: bool) -> None:
    """Set a field, or leave it empty and owing a mark."""
    if wants_notes and random.random() < MARKS_ALONE:
        draft.must.append(name)
        text = ""
    draft.texts[name] = text


def _transaction(random: Random, draft: Draft, form: str, period: date, wants_notes: bool) -> None:
    draft.code = random.choice(CODES)
    draft.swap = random.random() < OFF_FORM
    draft.form_type = {"4": "5", "5": "4"}[form] if random.random() < OFF_FORM else form
    draft.texts["date"] = _near(random, period, 5)
    if random.random() < OFF_FORM:
        draft.texts["deemed"] = _near(random, period, 5)
    draft.texts["shares"] = _shares(random)
    draft.texts["acquired_disposed"] = random.choice("AD")
    _blank(random, draft, "price", _money(random), wants_notes)


def _derivative(random: Random, draft: Draft, period: date, wants_notes: bool) -> None:
    _blank(random, draft, "conversion_price", _money(random), wants_notes)
    _blank(random, draft, "exercise", _near(random, period, 900), wants_notes)
    _blank(random, draft, "expiration", _near(random, period + timedelta(days=900), 3000), wants_notes)
    draft.texts["underlying"] = _words(random, WORDS, LIMITS["title"])
    # Only its `$` tells a value from a number of shares, so a page cannot show an empty value.
    if random.random() < DOLLARS:
        draft.texts["underlying_value"] = _money(random)
    else:
        _blank(random, draft, "underlying_shares", _shares(random), wants_notes)


def _deal(random: Random, drafts: list[Draft]) -> int:
    """Deal footnotes out so that each is cited and every empty cell has one; gives how many there are."""
    # A mark at the side of a derivative row has no place on the page, where the side is a column.
    places = [
        (draft, name)
        for draft in drafts
        for name in draft.may
        if not (name == "acquired_disposed" and "underlying" in draft.texts)
    ]
    count = min(random.choice((1, 3, 8, 20, MAX_NOTES)), len(places) * MAX_MARKS // 2)
    open_cells = [(draft, name) for draft in drafts for name in draft.must]
    random.shuffle(open_cells)
    for number in range(1, count + 1):
        draft, name = open_cells.pop() if open_cells else random.choice(_free(places))
        draft.notes.setdefault(name, []).append(number)
    for draft, name in open_cells:
        draft.notes.setdefault(name, []).append(random.randint(1, count))
    for _ in range(random.randint(0, len(places) // 2) if count else 0):
        draft, name = random.choice(places)
        marks, number = draft.notes.setdefault(name, []), random.randint(1, count)
        if number not in marks and len(marks) < MAX_MARKS:
            marks.append(number)
    return count


def _free(places: list[tuple[Draft, str]]) -> list[tuple[Draft, str]]:
    return [(draft, name) for draft, name in places if len(draft.notes.get(name, ())) < MAX_MARKS]


def _row(draft: Draft) -> Row:
    return Row(
        title=draft.cell("title"),
        date=draft.cell("date"),
        deemed=draft.cell("deemed"),
        code=draft.code,
        code_notes=draft.cell("code").notes,
        form_type=draft.form_type,
        swap=draft.swap,
        shares=draft.cell("shares"),
        price=draft.cell("price"),
        acquired_disposed=draft.cell("acquired_disposed"),
        owned=draft.cell("owned"),
        owned_value=draft.cell("owned_value"),
        direct_indirect=draft.cell("direct_indirect"),
        nature=draft.cell("nature"),
    )


def _derivative_row(draft: Draft) -> DerivativeRow:
    plain = _row(draft)
    return DerivativeRow(
        **{name: getattr(plain, name) for name in Row.__slots__},
        conversion_price=draft.cell("conversion_price"),
        total_value=draft.cell("total_value"),
        exercise=draft.cell("exercise"),
        expiration=draft.cell("expiration"),
        underlying=draft.cell("underlying"),
        underlying_shares=draft.cell("underlying_shares"),
        underlying_value=draft.cell("underlying_value"),
    )


def _owners(random: Random, schema: str) -> list[Owner]:
    count = random.choice((1, 1, 1, 2, 3, random.randint(1, MAX_OWNERS), MAX_OWNERS))
    first = random.randrange(9980000, 9989000)
    return [_owner(random, schema, f"{first + number:010}") for number in range(count)]


def _owner(random: Random, schema: str, cik: str) -> Owner:
    relationship = random.randint(1, 15)
    owner = Owner(
        name=_words(random, WORDS, random.choice((20, 150))),
        cik=cik,
        street1=_words(random, STREETS, LIMITS["street"]),
        street2=random.choice(("", _words(random, STREETS, LIMITS["street"]))),
        city=random.choice(("NOWHERE", "SAINT-ÉTIENNE-DU-ROUVRAY", "ST. LOUIS", "RANCHO SANTA MARGARITA")),
        zip_code=random.choice(("00001", "94128-8999", "M5J 2T3", "")),
        director=bool(relationship & 1),
        officer=_words(random, WORDS, LIMITS["relationship"]) if relationship & 2 else "",
        ten_percent=bool(relationship & 4),
        other=_words(random, WORDS, LIMITS["relationship"]) if relationship & 8 else "",
    )
    if schema >= "X06" and random.random() < 0.4:
        country = random.choice(list(COUNTRIES))
        return replace(owner, non_us=True, country=country, non_us_state=random.choice(("", "TAIWAN", "ZÜRICH")))
    state = random.choice(list(STATES))
    return replace(owner, state=state, non_us=False if schema >= "X06" else None)
