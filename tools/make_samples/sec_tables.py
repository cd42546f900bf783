"""A table of the XML in, out Table I or Table II as the SEC's style sheet draws it."""

from __future__ import annotations

from html import escape

from tools.make_samples.captions import COLUMNS, PUTS, Column, slots_across, table_title
from tools.make_samples.document import Document
from tools.make_samples.printed import day_padded, number
from tools.make_samples.slots import CELLS, TABLE1, TABLE2, Kind, Slot

# The SEC's page declares this many columns for the title of Form 5's Table I, which has ten.
FORM5_TITLE_SPAN = 16


def table(document: Document, name: str) -> str:
    """Head and rows; an empty table keeps its head, as on the page."""
    form = document.form
    columns = COLUMNS[name, form]
    heads = _heads(columns, name, form)
    body = "".join(_row(CELLS[name](row, form), name, form) for row in document.rows(name))
    tbody = f"<tbody>{body}</tbody>" if body else ""
    return (
        '<table width="100%" border="1" cellspacing="0" cellpadding="4">\n<thead>'
        f"{_title(columns, name, form)}\n{heads}</thead>{tbody}</table>"
    )


def _title(columns: tuple[Column, ...], name: str, form: str) -> str:
    span = FORM5_TITLE_SPAN if (name, form) == (TABLE1, "5") else slots_across(columns)
    words = f"<b>{table_title(name, form)}</b>"
    if name == TABLE2:
        words += f"<br><b>{PUTS}</b>"
    return f'<tr><th width="100%" valign="top" colspan="{span}" align="center" class="FormTextC">{words}</th></tr>'


def _heads(columns: tuple[Column, ...], name: str, form: str) -> str:
    two_rows = any(column.under for column in columns)
    upper = "".join(
        _head(column, two_rows, _head_class(position, name, form)) for position, column in enumerate(columns)
    )
    rows = f"<tr>{upper}</tr>"
    if two_rows:
        low = ' valign="bottom"' if name == TABLE2 else ""
        look = "MedSmallFormText" if form == "3" else "SmallFormText"
        under = "".join(
            f'<th width="{sub.width}%"{low} align="center" class="{look}">{sub.caption}</th>'
            for column in columns
            for sub in column.under
        )
        rows += f"\n<tr>{under}</tr>"
    return rows


def _head_class(position: int, name: str, form: str) -> str:
    medium = form == "3" or (form == "4" and name == TABLE1 and position == 0)
    return "MedSmallFormText" if medium else "SmallFormText"


def _head(column: Column, two_rows: bool, look: str) -> str:
    down = ' rowspan="2"' if two_rows else ""
    span = f' colspan="{len(column.under)}"' if column.under else down
    # The style sheet breaks its source after "Instr."; browsers fold that into one space.
    words = column.caption.replace("(Instr. ", "(Instr. \n      ")
    return f'<th width="{column.width}%" valign="top"{span} align="left" class="{look}">{words}</th>\n'


def _row(slots: list[Slot], name: str, form: str) -> str:
    return "<tr>" + "\n".join(_cell(slot, name, form) for slot in slots) + "</tr>\n"


def _cell(slot: Slot, name: str, form: str) -> str:
    align = "left" if slot.kind is Kind.TITLE else "center"
    return f'<td align="{align}">{_content(slot, name, form)}</td>'


def _look(slot: Slot, name: str, form: str) -> str:
    """Table II is set small, but on a Form 3 only its dates are; on a Form 4 the code is small in Table I too."""
    small_table = name == TABLE2 and (form != "3" or slot.kind is Kind.DAY)
    small_code = slot.kind is Kind.CODE and form == "4"
    return "SmallFormData" if small_table or small_code else "FormData"


def _content(slot: Slot, name: str, form: str) -> str:
    value, look = slot.value, _look(slot, name, form)
    if not value and not slot.prefix:
        return ""
    text = _printed(slot)
    dollar = ""
    if slot.kind is Kind.MONEY and text:
        sign = "SmallFormText" if name == TABLE2 and form != "3" else "FormText"
        dollar = f'<span class="{sign}">$</span>'
    prefix = f'<span class="{look}">{slot.prefix}</span>' if slot.prefix else ""
    words = f'<span class="{look}">{escape(text, quote=False)}</span>'
    marks = "".join(f'<span class="FootnoteData"><sup>({note})</sup></span>' for note in value.notes)
    return prefix + dollar + words + marks


def _printed(slot: Slot) -> str:
    if slot.kind in (Kind.NUMBER, Kind.MONEY):
        return number(slot.value.text)
    if slot.kind is Kind.DAY:
        return day_padded(slot.value.text)
    return slot.value.text
