"""From a filing to the doubts that its own logic raises: rules that EDGAR enforces, and conventions that filers keep.

A filing that breaks a rule (E1 to E15) would have been refused, so the reading is wrong somewhere: the value is put in
doubt. A convention (C1 to C14) is only noted, with its measured strength in the catalogue: filers slip, and faithful
text is never corrected. An incomplete address breaks no rule, but as none was seen, it is in doubt. Rules are applied
only to what the page shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

from extractor.filing import DerivativeRow, Field, Filing, NonDerivativeRow, Relationship, ReportingOwner, Row
from extractor.issues import Code, Issue
from extractor.templates.codes import transaction_codes, us_states

# Limits of EDGAR's schema (FORM-FACTS 1.2, E5, E6, E15).
MOST_PEOPLE = 10
MOST_ROWS = 30
MOST_FOOTNOTES = 99
MOST_DECIMALS = 4
LENGTHS = {
    "security_title": 60,
    "underlying_title": 60,
    "nature_of_ownership": 100,
}
ADDRESS_LENGTHS = {"street1": 40, "street2": 40, "city": 30, "zip_code": 10}
LONGEST_TITLE = 30  # officer title and other text
LONGEST_FOOTNOTE = 1000
LONGEST_REMARKS = 2000

AnyField = Field[Any]


def check(filing: Filing) -> tuple[Issue, ...]:
    """Every broken rule and convention, rules first, each at its field and place."""
    rules = (_marks, _people, _counts, _natures, _rows, _lengths, _none_owned)
    conventions = (_period, _running_totals, _derivatives, _mark_order, _signature_dates, _joint, _symbol)
    return tuple(chain.from_iterable(each(filing) for each in (*rules, *conventions)))


def rows_of(filing: Filing) -> Iterator[tuple[str, NonDerivativeRow | DerivativeRow]]:
    """Every row of both tables with its path."""
    for index, row in enumerate(filing.non_derivative):
        yield f"non_derivative[{index}]", row
    for place, derivative in enumerate(filing.derivative):
        yield f"derivative[{place}]", derivative


def fields_of(row: Row) -> Iterator[tuple[str, AnyField]]:
    """Every field of a row with its name."""
    found = vars(row)
    model: Any = type(row)  # of pydantic's models mypy does not know that they can be hashed
    for name in _field_names(model):
        yield name, found[name]


@cache
def _field_names(model: Any) -> tuple[str, ...]:
    """The names of a row's fields, in the model's order: looked at one by one, values take longer to tell."""
    return tuple(name for name, field in model.model_fields.items() if isinstance(field.default, Field))


def _issue(code: Code, path: str, message: str, *fields: AnyField) -> Issue:
    return Issue(code, path, message, tuple(at for field in fields for at in field.at))


# Rules


def _marks(filing: Filing) -> Iterator[Issue]:
    """E1, E2: every mark has its footnote, every footnote a mark, no cell the same mark twice."""
    known = {note.id for note in filing.footnotes}
    cited: set[str] = set()
    for path, row in rows_of(filing):
        for name, field in fields_of(row):
            if not field.footnotes:
                continue
            cited.update(field.footnotes)
            if len(set(field.footnotes)) < len(field.footnotes):
                yield _issue(Code.MARK_REPEATED, f"{path}.{name}", f"marks {', '.join(field.footnotes)}", field)
            for mark in dict.fromkeys(field.footnotes):
                if mark not in known:
                    yield _issue(Code.MARK_UNRESOLVED, f"{path}.{name}", f"no footnote {mark}", field)
    for index, note in enumerate(filing.footnotes):
        if not note.text:
            yield Issue(Code.FOOTNOTE_EMPTY, f"footnotes[{index}]", f"{note.id} has no text", note.at)
        if note.id not in cited:
            yield Issue(Code.FOOTNOTE_UNCITED, f"footnotes[{index}]", f"no cell cites {note.id}", note.at)


def _people(filing: Filing) -> Iterator[Issue]:
    """E4, E5: every person has a name and, where the page shows relationships, at least one with its text."""
    if not 1 <= len(filing.owners) <= MOST_PEOPLE:
        yield Issue(Code.OWNER_MISSING, "owners", f"{len(filing.owners)} reporting persons")
    for index, owner in enumerate(filing.owners):
        if not owner.name.value:
            yield _issue(Code.OWNER_MISSING, f"owners[{index}].name", "no name")
        yield from _address(f"owners[{index}].address", owner)
        if index == 0 or _shows_relationship(owner.relationship):
            yield from _relationship(f"owners[{index}].relationship", owner.relationship)
    if not 1 <= len(filing.signatures) <= MOST_PEOPLE:
        yield Issue(Code.SIGNATURE_MISSING, "signatures", f"{len(filing.signatures)} signatures")
    for index, signature in enumerate(filing.signatures):
        if not signature.name.value or signature.date.value is None:
            message = "a signature lacks its name or date"
            yield _issue(Code.SIGNATURE_MISSING, f"signatures[{index}]", message, signature.name, signature.date)


def _address(path: str, owner: ReportingOwner) -> Iterator[Issue]:
    """What an address never lacks: EDGAR fills in the address of record where a filer gives none."""
    at = owner.address
    place = at.state.printed or at.non_us_state.printed or at.country.printed
    missing = {
        "street": not (at.street1.printed or at.street2.printed),
        "city": not at.city.printed,
        "state or country": not place,
        "postal code": at.state.value in us_states() and not at.zip_code.printed,
    }
    if any(missing.values()):
        lacking = ", ".join(name for name, lacks in missing.items() if lacks)
        yield _issue(Code.ADDRESS_INCOMPLETE, path, f"no {lacking}", owner.name)


def _shows_relationship(ties: Relationship) -> bool:
    """Whether the page shows labels to tick: the SEC's page does not for owners after the first."""
    flags = (ties.director, ties.officer, ties.ten_percent_owner, ties.other)
    return any(flag.value is not None for flag in flags)


def _relationship(path: str, ties: Relationship) -> Iterator[Issue]:
    flags = (ties.director, ties.officer, ties.ten_percent_owner, ties.other)
    if not any(flag.value for flag in flags):
        yield _issue(Code.TICK_MISSING, path, "no relationship is ticked", *flags)
    for flag, text, name in (
        (ties.officer, ties.officer_title, "officer_title"),
        (ties.other, ties.other_text, "other_text"),
    ):
        if bool(flag.value) != bool(text.value):
            yield _issue(Code.TITLE_MISSING, f"{path}.{name}", "the tick and its text do not go together", flag, text)


def _counts(filing: Filing) -> Iterator[Issue]:
    """E6, E7: at most 30 rows a table and 99 footnotes; a Form 4 or 5 reports a transaction."""
    for path, rows in (("non_derivative", filing.non_derivative), ("derivative", filing.derivative)):
        if len(rows) > MOST_ROWS:
            yield Issue(Code.OVER_LIMIT, path, f"{len(rows)} rows")
    if len(filing.footnotes) > MOST_FOOTNOTES:
        yield Issue(Code.OVER_LIMIT, "footnotes", f"{len(filing.footnotes)} footnotes")
    has_transaction = any(row.kind == "transaction" for _, row in rows_of(filing))
    if filing.form != "3" and not has_transaction and not filing.not_subject_to_section16.value:
        yield Issue(Code.TRANSACTION_MISSING, "non_derivative", "neither table reports a transaction")


def _natures(filing: Filing) -> Iterator[Issue]:
    """E3: direct ownership has no nature, indirect ownership has one (a mark alone is none)."""
    for path, row in rows_of(filing):
        how, nature = row.direct_or_indirect, row.nature_of_ownership
        if how.value == "D" and (nature.value is not None or nature.footnotes):
            yield _issue(Code.NATURE_MISMATCH, f"{path}.nature_of_ownership", "direct, yet with a nature", how, nature)
        if how.value == "I" and nature.value is None:
            yield _issue(Code.NATURE_MISMATCH, f"{path}.nature_of_ownership", "indirect, yet no nature", how, nature)


def _rows(filing: Filing) -> Iterator[Issue]:
    """E8 to E11: a row has all that its kind must have, nothing that it must not, and known codes."""
    for path, row in rows_of(filing):
        yield from _required(filing.form, path, row)
        yield from _explained(path, row)
        code = row.transaction_code.value
        known = transaction_codes().get(code) if code is not None else None
        if code is not None and (known is None or not known.xml):
            yield _issue(Code.CODE_UNKNOWN, f"{path}.transaction_code", f"{code!r} is no code", row.transaction_code)


def _required(form: str, path: str, row: NonDerivativeRow | DerivativeRow) -> Iterator[Issue]:
    needed = ["security_title", "direct_or_indirect"]
    if row.kind == "transaction":
        needed += ["transaction_date", "transaction_code", "acquired_disposed"]
    if isinstance(row, DerivativeRow):
        needed.append("underlying_title")
    for name in needed:
        field = getattr(row, name)
        if field.value is None:
            yield _issue(Code.ROW_INCOMPLETE, f"{path}.{name}", f"a {row.kind} without {name.replace('_', ' ')}", field)
    if row.kind == "holding" and row.price_per_share:
        yield _issue(Code.ROW_INCOMPLETE, f"{path}.price_per_share", "a holding with a price", row.price_per_share)
    total = row.total_value if isinstance(row, DerivativeRow) else Field[Decimal]()
    if row.kind == "transaction" and row.shares.value is None and total.value is None:
        yield _issue(Code.ROW_INCOMPLETE, f"{path}.shares", "a transaction without an amount", row.shares, total)
    after = (row.shares_owned_following, row.value_owned_following)
    on_page = not (isinstance(row, DerivativeRow) and form == "3")  # Form 3's Table II has no such column
    if on_page and all(each.value is None for each in after):
        yield _issue(Code.ROW_INCOMPLETE, f"{path}.shares_owned_following", "no amount owned afterwards", *after)


def _explained(path: str, row: NonDerivativeRow | DerivativeRow) -> Iterator[Issue]:
    """E9: what may stay blank must then have a mark."""
    asked: list[tuple[str, tuple[AnyField, ...]]] = []
    if row.kind == "transaction":
        asked.append(("price_per_share", (row.price_per_share,)))
    if isinstance(row, DerivativeRow):
        asked += [
            ("conversion_or_exercise_price", (row.conversion_or_exercise_price,)),
            ("exercise_date", (row.exercise_date,)),
            ("expiration_date", (row.expiration_date,)),
            ("underlying_shares", (row.underlying_shares, row.underlying_value)),
        ]
    for name, fields in asked:
        if all(field.value is None and not field.footnotes for field in fields):
            yield _issue(Code.BLANK_UNEXPLAINED, f"{path}.{name}", "blank, and no mark explains it", *fields)


def _lengths(filing: Filing) -> Iterator[Issue]:
    """E15: nothing is longer, and no number finer, than EDGAR takes."""
    for path, row in rows_of(filing):
        for name, field in fields_of(row):
            if isinstance(field.value, str) and name in LENGTHS:
                yield from _too_long(f"{path}.{name}", field, LENGTHS[name])
            elif isinstance(field.value, Decimal) and -int(field.value.as_tuple().exponent) > MOST_DECIMALS:
                yield _issue(Code.OVER_LENGTH, f"{path}.{name}", f"{field.value} has over 4 decimals", field)
    for index, owner in enumerate(filing.owners):
        path = f"owners[{index}].relationship"
        yield from _too_long(f"{path}.officer_title", owner.relationship.officer_title, LONGEST_TITLE)
        yield from _too_long(f"{path}.other_text", owner.relationship.other_text, LONGEST_TITLE)
        for name, most in ADDRESS_LENGTHS.items():
            yield from _too_long(f"owners[{index}].address.{name}", getattr(owner.address, name), most)
    for index, note in enumerate(filing.footnotes):
        if len(note.text) > LONGEST_FOOTNOTE:
            yield Issue(Code.OVER_LENGTH, f"footnotes[{index}]", f"{len(note.text)} characters", note.at)
    yield from _too_long("remarks", filing.remarks, LONGEST_REMARKS)


def _too_long(path: str, field: AnyField, most: int | None) -> Iterator[Issue]:
    if most is not None and isinstance(field.value, str) and len(field.value) > most:
        yield _issue(Code.OVER_LENGTH, path, f"{len(field.value)} of {most} characters", field)


def _none_owned(filing: Filing) -> Iterator[Issue]:
    """E12: a Form 3 has no transactions, and says that nothing is owned exactly where it has no rows."""
    rows = [row for _, row in rows_of(filing)]
    if filing.form == "3" and any(row.kind == "transaction" for row in rows):
        yield Issue(Code.NONE_OWNED_MISMATCH, "non_derivative", "a Form 3 with transactions")
    if filing.form == "3" and not rows and not filing.no_securities_owned.value:
        yield Issue(Code.NONE_OWNED_MISMATCH, "no_securities_owned", "no rows, and nothing says that none are owned")
    if filing.no_securities_owned.value and rows:
        yield _issue(
            Code.NONE_OWNED_MISMATCH,
            "no_securities_owned",
            f"yet there are {len(rows)} rows",
            filing.no_securities_owned,
        )


# Conventions


def _period(filing: Filing) -> Iterator[Issue]:
    """C1: on a Form 4 the period is the earliest transaction date."""
    dates = [row.transaction_date.value for _, row in rows_of(filing) if row.transaction_date.value is not None]
    period = filing.period_of_report.value
    if filing.form == "4" and period is not None and dates and min(dates) != period:
        yield _issue(
            Code.PERIOD_NOT_EARLIEST,
            "period_of_report",
            f"{period}, earliest transaction {min(dates)}",
            filing.period_of_report,
        )


def _running_totals(filing: Filing) -> Iterator[Issue]:
    """C2: in Table I the next amount owned is the one before plus or minus the amount traded."""
    held: dict[tuple[object, ...], Decimal] = {}
    for index, row in enumerate(filing.non_derivative):
        after, amount = row.shares_owned_following.value, row.shares.value
        if after is None:
            continue
        nature = row.nature_of_ownership
        key = (row.security_title.value, row.direct_or_indirect.value, nature.value, nature.footnotes)
        if key in held and row.kind == "transaction" and amount is not None:
            expected = held[key] + (amount if row.acquired_disposed.value == "A" else -amount)
            if after != expected:
                yield _issue(
                    Code.RUNNING_TOTAL,
                    f"non_derivative[{index}].shares_owned_following",
                    f"{after}, by the row before {expected}",
                    row.shares_owned_following,
                )
        held[key] = after


def _derivatives(filing: Filing) -> Iterator[Issue]:
    """C5, C6: as many underlying shares as derivatives; dates in order."""
    for index, row in enumerate(filing.derivative):
        path = f"derivative[{index}]"
        mine, under = row.shares.value, row.underlying_shares.value
        if mine is not None and under is not None and mine != under:
            yield _issue(
                Code.AMOUNTS_DIFFER,
                f"{path}.underlying_shares",
                f"{mine} derivatives, {under} shares",
                row.underlying_shares,
            )
        expires = row.expiration_date.value
        for name in ("transaction_date", "exercise_date"):
            earlier = getattr(row, name).value
            if expires is not None and earlier is not None and expires < earlier:
                yield _issue(
                    Code.DATES_OUT_OF_ORDER,
                    f"{path}.expiration_date",
                    f"{expires}, before {name} {earlier}",
                    row.expiration_date,
                )


def _mark_order(filing: Filing) -> Iterator[Issue]:
    """C8: footnotes are first cited in the order of their numbers, row by row."""
    in_rows = [{mark for _, field in fields_of(row) for mark in field.footnotes} for _, row in rows_of(filing)]
    newest = 0
    for marks in in_rows:
        numbers = sorted(int(mark[1:]) for mark in marks if int(mark[1:]) > newest)
        if numbers and numbers[0] != newest + 1:
            yield Issue(Code.MARKS_OUT_OF_ORDER, "footnotes", f"F{numbers[0]} is cited before F{newest + 1}")
            return
        newest = max([newest, *numbers])


def _signature_dates(filing: Filing) -> Iterator[Issue]:
    """C9: nobody signs before the event."""
    period = filing.period_of_report.value
    for index, signature in enumerate(filing.signatures):
        signed = signature.date.value
        if period is not None and signed is not None and signed < period:
            yield _issue(
                Code.SIGNED_BEFORE_EVENT, f"signatures[{index}].date", f"{signed}, event {period}", signature.date
            )


def _joint(filing: Filing) -> Iterator[Issue]:
    """C10: more than one person, more than one reporting owner."""
    if filing.joint.value is not None and filing.joint.value != (len(filing.owners) > 1):
        yield _issue(Code.JOINT_MISMATCH, "joint", f"{len(filing.owners)} persons", filing.joint)


def _symbol(filing: Filing) -> Iterator[Issue]:
    """C11: one plain symbol."""
    symbol = filing.issuer.trading_symbol
    text = (symbol.value or "").upper()
    if symbol.value is not None and (text in ("NONE", "N/A", "NA") or not text.replace(".", "").isalnum()):
        yield _issue(Code.SYMBOL_UNUSUAL, "issuer.trading_symbol", f"{symbol.value!r}", symbol)
