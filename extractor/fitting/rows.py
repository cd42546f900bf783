"""From the cells of one row to its values: what each column's cell says, and what the row says as a whole."""

from __future__ import annotations

from extractor.fitting.values import (
    Reading,
    begins_with_date,
    quoted,
    read_code,
    read_date,
    read_letter,
    read_number,
    read_text,
    reading,
    says_nothing,
)
from extractor.issues import Code, Issue
from extractor.layout import Run, joined
from extractor.templates.codes import transaction_codes

RowCells = dict[str, tuple[Run, ...]]
Row = dict[str, Reading | str]

_TEXTS = ("security_title", "nature_of_ownership", "underlying_title")
_TITLES = ("security_title", "underlying_title")
_DATES = ("transaction_date", "deemed_execution_date", "exercise_date", "expiration_date")
_NUMBERS = ("price_per_share", "conversion_or_exercise_price")


def is_nothing(cells: RowCells) -> bool:
    """Whether a row says nothing but that there is none: "None", "N/A"."""
    return all(says_nothing(joined(runs)) for runs in cells.values())


def read_row(cells: RowCells, path: str, form: str, issues: list[Issue], free: bool = False) -> Row:
    """The fields of a row, named as in `filing.securities`; `free` where filers typed the form themselves."""
    row: Row = {}
    for field in _TEXTS:
        if field in cells:
            read = read_text(cells[field])
            row[field] = {**read, "value": None} if free and says_nothing(read["printed"]) else read
            if free and field in _TITLES and begins_with_date(read["printed"]):
                message = f"{quoted(read['printed'])} begins with a date: a value of another column"
                issues.append(Issue(Code.ROW_INCOMPLETE, f"{path}.{field}", message, read["at"]))
    for field in _DATES:
        if field in cells:
            row[field] = read_date(cells[field], f"{path}.{field}", issues, free)
    for field in _NUMBERS:
        if field in cells:
            row[field] = read_number(cells[field], f"{path}.{field}", issues, free)
    if "direct_or_indirect" in cells:
        row["direct_or_indirect"] = read_letter(cells["direct_or_indirect"], "DI", f"{path}.direct_or_indirect", issues)
    _read_amount(cells, row, path, issues, free)
    _either(cells.get("underlying_amount"), row, ("underlying_shares", "underlying_value"), path, issues, free)
    _either(cells.get("owned_following"), row, ("shares_owned_following", "value_owned_following"), path, issues, free)
    _read_coding(cells, row, path, form, issues)
    if free and ("acquired" in cells or "disposed" in cells):
        _doubt_unusual_side(row, path, issues)
    row["kind"] = "transaction" if _is_transaction(row) else "holding"
    return row


def _is_transaction(row: Row) -> bool:
    """A transaction has a date; where the date cannot be read, a code or an amount still tells it from a holding.

    A late holding on a Form 5 has a `3` in the code column and no code.
    """
    if "form_type" in row and not _shows(row, "transaction_code"):
        return _shows(row, "transaction_date")
    asked = ("transaction_date", "transaction_code", "shares", "total_value", "acquired_disposed")
    return any(_shows(row, field) for field in asked)


def _shows(row: Row, field: str) -> bool:
    """Whether the page shows something for a field, be it readable or not; a form digit alone is no code."""
    each = row.get(field)
    if not isinstance(each, dict):
        return False
    return each["value"] is not None or (each["printed"] != "" and not each["printed"].isdigit())


def _read_amount(cells: RowCells, row: Row, path: str, issues: list[Issue], free: bool) -> None:
    """The amount and its letter: in Table I each has a column, in Table II the column is the letter."""
    if "amount" in cells:
        row["shares"] = read_number(cells["amount"], f"{path}.shares", issues, free)
    if "acquired_disposed" in cells:
        row["acquired_disposed"] = read_letter(cells["acquired_disposed"], "AD", f"{path}.acquired_disposed", issues)
    sides = [side for side in ("acquired", "disposed") if side in cells]
    if free and len(sides) > 1:  # the other side may say that it has nothing
        sides = [side for side in sides if not says_nothing(joined(cells[side]))] or sides[:1]
    if len(sides) > 1:
        issues.append(
            Issue(
                Code.ROW_INCOMPLETE,
                f"{path}.shares",
                "both (A) and (D) hold an amount",
                tuple(run.at for side in sides for run in cells[side]),
            )
        )
    for side in sides[:1]:
        _either(cells[side], row, ("shares", "total_value"), path, issues, free)
        letter = side[0].upper()
        row["acquired_disposed"] = reading(letter, "", (), tuple(run.at for run in cells[side]))


def _doubt_unusual_side(row: Row, path: str, issues: list[Issue]) -> None:
    """An issue where a code stands with the side it hardly ever has: in a text a few blanks tell (A) from (D)."""
    code, side = row.get("transaction_code"), row.get("acquired_disposed")
    if not isinstance(code, dict) or not isinstance(side, dict):
        return
    known = transaction_codes().get(str(code["value"]))
    if known is not None and known.usual_table_2 in ("A", "D") and side["value"] not in (None, known.usual_table_2):
        message = f"code {known.letter} stands in the column ({side['value']}), mostly it stands in the other"
        issues.append(Issue(Code.ROW_INCOMPLETE, f"{path}.acquired_disposed", message, side["at"]))


def _either(
    runs: tuple[Run, ...] | None, row: Row, fields: tuple[str, str], path: str, issues: list[Issue], free: bool
) -> None:
    """An amount that is a number of shares or, told only by its `$`, a dollar value."""
    if runs is None:
        return
    is_value = any("$" in run.text for run in runs)
    field = fields[1] if is_value else fields[0]
    row[field] = read_number(runs, f"{path}.{field}", issues, free)


def _read_coding(cells: RowCells, row: Row, path: str, form: str, issues: list[Issue]) -> None:
    """Code, form type and swap. `V` on a Form 4 says that the row belongs on a Form 5; a digit says its form."""
    if "transaction_code" not in cells and "voluntary" not in cells:
        return
    code, digit, swap = read_code(cells.get("transaction_code", ()), f"{path}.transaction_code", issues)
    voluntary = read_letter(cells.get("voluntary", ()), "V", f"{path}.form_type", issues)
    at = (*code["at"], *voluntary["at"])
    row["transaction_code"] = {**code, "footnotes": (*code["footnotes"], *voluntary["footnotes"]), "at": at}
    if voluntary["value"]:
        row["form_type"] = reading("5", "V", (), voluntary["at"])
    elif digit:
        row["form_type"] = reading(digit, digit, (), code["at"])
    elif code["value"] is not None:
        row["form_type"] = reading(form, "", (), code["at"])
    if code["value"] is not None:
        row["equity_swap"] = reading(swap, "/K" if swap else "", (), code["at"])
