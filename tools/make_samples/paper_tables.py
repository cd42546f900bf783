"""A table of the XML in, out the rows of Table I or II as the SEC's paper form rules them, empty ones included."""

from __future__ import annotations

from html import escape

from tools.make_samples.captions import COLUMNS, Column
from tools.make_samples.document import Document
from tools.make_samples.printed import day_padded, number
from tools.make_samples.slots import CELLS, TABLE1, TABLE2, Kind, Slot

# Rows that the paper has ruled: Form 3 begins Table I on its first sheet.
FIRST_ROWS = 2
RULED_ROWS = {
    (TABLE1, "3"): 11,
    (TABLE2, "3"): 6,
    (TABLE1, "4"): 15,
    (TABLE2, "4"): 10,
    (TABLE1, "5"): 15,
    (TABLE2, "5"): 10,
}
# Slots across in which Form 3's first sheet sets the four columns of Table I: its other slots part the items above.
FIRST_SPANS = (2, 2, 1, 2)

# Captions that the paper words otherwise than the SEC's page, by table and form; the typing error is the paper's.
_FORM = "Ownership Form of Derivative Security"
_OWNED = "9. Number of derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)"
_OWNED_SINCE = "9. Number of Derivative Securities Beneficially Owned following Reported Transactions (Instr. 4)"
_OWNED_AT_END = "9. Number of Derivative Securities Beneficially Owned at End of Issuer's Fiscal Year (Instr. 4)"
_PRICE = "4. Conversion or Exercise Price of Derivative Security"
PAPER: dict[tuple[str, str], dict[str, str]] = {
    (TABLE1, "3"): {
        "3. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)": (
            "3. Ownership From: Direct (D) or Indirect (I) (Instr. 5)"
        ),
        "4. Nature of Indirect Beneficial Ownership (Instr. 5)": (
            "3. Nature of Indirect Beneficial Ownership (Instr. 5)"
        ),
    },
    (TABLE2, "3"): {
        "1. Title of Derivative Security (Instr. 4)": "1. Title of Security (Instr. 4)",
        "Date Exercisable": "Date Exer-cisable",
        "Expiration Date": "Expira-tion Date",
        _PRICE: "4. Conver-sion or Exer-cise Price of Deriva-tive Security",
        "5. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)": f"5. {_FORM} Direct (D) or Indirect (I) (Instr. 5)",
    },
    (TABLE2, "4"): {
        "5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)": (
            "5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4, and 5)"
        ),
        "7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)": (
            "7. Title and Amount of Underlying Securities (Instr. 3 and 4)"
        ),
        _OWNED: _OWNED_SINCE,
        "10. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)": (
            f"10. {_FORM}: Direct (D) or Indirect (I) (Instr. 4)"
        ),
    },
    (TABLE2, "5"): {_OWNED: _OWNED_AT_END},
}


def first_rows(form: str) -> int:
    """How many rows of Table I stand on the first sheet."""
    return FIRST_ROWS if form == "3" else 0


def table(document: Document, name: str, *, first: bool = False) -> str:
    """Heads, what is typed, and the rows left empty; `first` for the part on Form 3's first sheet."""
    form = document.form
    before = first_rows(form) if name == TABLE1 else 0
    rows = document.rows(name)[:before] if first else document.rows(name)[before:]
    spans = FIRST_SPANS if first else (1,) * len(_slots(name, form))
    typed = [[_typed(slot) for slot in CELLS[name](row, form)] for row in rows]
    empty = (FIRST_ROWS if first else RULED_ROWS[name, form]) - len(typed)
    blank = [[""] * len(spans)] * max(empty, 0)
    return _heads(name, form, spans) + "".join(_row(cells, spans) for cells in (*typed, *blank))


def _slots(name: str, form: str) -> list[Column]:
    return [under for column in COLUMNS[name, form] for under in column.under or (column,)]


def _words(caption: str, name: str, form: str) -> str:
    return PAPER.get((name, form), {}).get(caption, caption)


def _heads(name: str, form: str, spans: tuple[int, ...]) -> str:
    """One row of heads, or two where a head has others under it."""
    columns = COLUMNS[name, form]
    under = [sub for column in columns for sub in column.under]
    upper = ""
    for position, column in enumerate(columns):
        across = len(column.under) or spans[position]
        span = (f' colspan="{across}"' if across > 1 else "") + (' rowspan="2"' if under and not column.under else "")
        upper += f'<td{span} width="{column.width}%">{_words(column.caption, name, form)}</td>'
    lower = "".join(f'<td class="middle">{_words(sub.caption, name, form)}</td>' for sub in under)
    return f"<tr>{upper}</tr>\n" + (f"<tr>{lower}</tr>\n" if lower else "")


def _row(cells: list[str], spans: tuple[int, ...]) -> str:
    tds = "".join(
        f'<td colspan="{span}">{cell}</td>' if span > 1 else f"<td>{cell}</td>"
        for cell, span in zip(cells, spans, strict=True)
    )
    return f"<tr>{tds}</tr>\n"


def _typed(slot: Slot) -> str:
    """A cell's text; marks are typed behind it, in its own size."""
    text = slot.value.text
    if slot.kind is Kind.DAY:
        text = day_padded(text)
    elif slot.kind in (Kind.NUMBER, Kind.MONEY):
        text = number(text)
    dollar = "$" if slot.kind is Kind.MONEY and text else ""
    marks = "".join(f"({note})" for note in slot.value.notes)
    whole = f"{slot.prefix}{dollar}{text}{marks}"
    return f'<span class="typed">{escape(whole, quote=False)}</span>' if whole else ""
