"""Ownership XML in, out a page in the layout of the SEC's paper form (SEC 1473, 1474, 2270), filled in by typing.

The paper has room for one owner; what a filing has of others is not shown.
"""

from __future__ import annotations

from html import escape

from tools.make_samples import captions, places
from tools.make_samples.captions import DAY, FORMS
from tools.make_samples.document import Document, View, parse
from tools.make_samples.paper_tables import first_rows, table
from tools.make_samples.printed import day_padded
from tools.make_samples.slots import TABLE1, TABLE2

STYLE = """
@page {size: letter landscape; margin: 14mm 25mm}
body {font: 8pt Times, serif; margin: 0}
table {border-collapse: collapse; width: 100%}
.ruled, .ruled > tbody > tr > td {border: 1px solid black}
.ruled > tbody > tr > td {vertical-align: top; padding: 2px 5px; height: 24px}
.plain td {border: none; padding: 0 2px}
.typed {font: 8pt 'Courier New', monospace}
.line {display: inline-block; width: 18px; border-bottom: 1px solid black; text-align: center}
.under {border-bottom: 1px solid black; min-height: 12px; margin: 2px 12px}
.head {font-weight: bold; font-size: 9pt}
.middle {text-align: center}
.sheet {break-before: page}
.number {border: 1px solid black; font-weight: bold; font-size: 12pt; padding: 0 1px}
"""
NUMBERS = {"3": "SEC 1473 (05-19)", "4": "SEC 1474 (03-26)", "5": "SEC 2270 (03-26)"}
RELATIONSHIPS = (
    ("isDirector", "Director"),
    ("isOfficer", "Officer (give title below)"),
    ("isTenPercentOwner", "10% Owner"),
    ("isOther", "Other (specify below)"),
)
POTENTIAL = (
    "Potential persons who are to respond to the collection of information contained in this Form are not required to "
    "respond unless the Form displays a currently valid OMB control number."
)


def render(xml: bytes) -> str:
    """The filled-in form, the sheets one after another. Raises `ParseError` for what is no XML."""
    document = parse(xml)
    form = document.form
    table1 = "" if form == "3" and len(document.rows(TABLE1)) <= first_rows(form) else _continued(document, TABLE1)
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html><head><meta charset="UTF-8">',
            f"<title>Form {form}</title><style>{STYLE}</style></head><body>",
            _head(document),
            "<div>(Print or Type Responses)</div>",
            _items_form3(document) if form == "3" else _items(document),
            _foot(form),
            table1,
            _continued(document, TABLE2),
            _explanation(document),
            _signature(document),
            "</body></html>\n",
        )
    )


def _typed(text: str) -> str:
    return f'<span class="typed">{escape(text, quote=False)}</span>' if text else ""


def _cell(*blocks: str, rows: int = 1, cols: int = 1) -> str:
    spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{cols}"' if cols > 1 else "")
    return f"<td{spans}>{''.join(f'<div>{block}</div>' for block in blocks if block)}</td>"


def _thirds(*cells: str) -> str:
    row = "".join(f'<td width="33%">{text}</td>' for text in cells)
    return f'<table class="plain"><tr>{row}</tr></table>'


def _check_line(state: bool, *, drawn: bool) -> str:
    """The line to tick a label on, drawn or made of letters, and what is typed on it."""
    mark = _typed("X") if state else ""
    if drawn:
        return f'<span class="line">{mark}</span>'
    return f"__{mark}__" if mark else "_____"


def _head(document: Document) -> str:
    form = document.form
    words = FORMS[form]
    boxes = "".join(
        f"<div><b>{'☒' if document.flag(tag) else '☐'} {label}</b></div>" for tag, label in _header_boxes(document)
    )
    return (
        f'<table><tr><td width="28%"><span class="number">FORM {form}</span>{boxes}</td>'
        f'<td class="head middle">UNITED STATES SECURITIES AND EXCHANGE COMMISSION<br>Washington, D.C. 20549<br><br>'
        f"{words.title}<br><br>Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934 or Section 30(h) "
        'of the Investment Company Act of 1940</td><td width="20%"><table class="ruled"><tr><td class="middle">'
        f"OMB APPROVAL</td></tr><tr><td><div>OMB Number: {words.omb_number}</div><div>Estimated average burden</div>"
        f"<div>hours per response… {words.burden}</div></td></tr></table></td></tr></table>"
    )


def _header_boxes(document: Document) -> list[tuple[str, str]]:
    if document.form == "3":
        return []
    boxes = [("notSubjectToSection16", captions.SECTION_16)]
    if document.form == "5":
        boxes.append(("form3HoldingsReported", captions.FORM_3_HOLDINGS))
        boxes.append(("form4TransactionsReported", captions.FORM_4_TRANSACTIONS))
    if document.has_10b5_1:
        boxes.append(("aff10b5One", captions.RULE_10B5_1))
    return boxes


def _owner_parts(document: Document) -> tuple[str, ...]:
    """The cells of item 1, top to bottom; each begins with the captions of what is typed in the one above it."""
    owner = document.owners[0]
    address = "reportingOwnerAddress/rptOwner"
    streets = [_typed(owner.text(f"{address}Street{number}")) for number in "12"]
    city, zip_code = owner.text(address + "City"), owner.text(address + "ZipCode")
    place = _thirds(_typed(city), _typed(_state(document, owner)), _typed(zip_code))
    zip_caption = "(Zip/Postal Code)" if document.has_country else "(Zip)"
    parts = [
        _cell("1. Name and Address of Reporting Person*", _typed(owner.text("reportingOwnerId/rptOwnerName"))),
        _cell(_thirds("(Last)", "(First)", "(Middle)"), *streets),
        _cell('<div class="middle">(Street)</div>', place),
    ]
    below = _thirds("(City)", "(State)", zip_caption)
    if not document.has_country:
        return (*parts, _cell(below))
    return (*parts, _cell(below, _typed(_country(owner))), _cell("(Country)"))


def _state(document: Document, owner: View) -> str:
    code = owner.text("reportingOwnerAddress/rptOwnerState")
    if code:
        return places.state_name(code) if document.has_country else code
    return owner.text("reportingOwnerAddress/rptOwnerNonUSStateTerritory")


def _country(owner: View) -> str:
    foreign = owner.flag("reportingOwnerAddress/rptOwnerNonUSAddressFlag")
    return places.country_name(owner.text("reportingOwnerAddress/rptOwnerCountry")) if foreign else places.UNITED_STATES


def _issuer(document: Document) -> str:
    return _typed(f"{document.text('issuer/issuerName')} [{document.text('issuer/issuerTradingSymbol')}]")


def _relationship(document: Document) -> tuple[str, ...]:
    """The ticks, and below them one line for the officer's title and the other text."""
    owner = document.owners[0]
    base = "reportingOwnerRelationship/"
    drawn = document.form == "3"
    ticks = tuple(f"{_check_line(owner.flag(base + tag), drawn=drawn)} {label}" for tag, label in RELATIONSHIPS)
    texts = " / ".join(text for tag in ("officerTitle", "otherText") if (text := owner.text(base + tag)))
    return (*ticks, f'<div class="under">{_typed(texts)}</div>')


def _joint(document: Document) -> tuple[str, ...]:
    joint, drawn = len(document.owners) > 1, document.form == "3"
    return (
        f"{_check_line(not joint, drawn=drawn)} Form filed by One Reporting Person",
        f"{_check_line(joint, drawn=drawn)} Form filed by More than One Reporting Person",
    )


def _period(document: Document) -> str:
    return _typed(day_padded(document.text("periodOfReport")))


def _amended(document: Document) -> str:
    return _typed(day_padded(document.text("dateOfOriginalSubmission")))


def _items(document: Document) -> str:
    """Items 1 to 6 of Forms 4 and 5, in three columns."""
    name, streets, place, below, *country = _owner_parts(document)
    earliest = f"3. Date of Earliest Transaction Required to be Reported {DAY}"
    period = earliest if document.form == "4" else f"{FORMS['5'].period} {DAY}"
    issuer = ("2. Issuer Name <b>and</b> Ticker or Trading Symbol", _issuer(document))
    heading = "5. Relationship of Reporting Person(s) to Issuer (Check all applicable)"
    related = (heading, *_relationship(document))
    dated, amended = (period, _period(document)), (f"4. If Amendment, Date Original Filed {DAY}", _amended(document))
    joint = ("6. Individual or Joint/Group Filing (Check Applicable Line)", *_joint(document))
    if country:
        foreign = f"2a. Foreign Trading Symbol {_typed(document.text('issuer/issuerForeignTradingSymbol'))}"
        rows = [
            name.replace("<td>", '<td rowspan="2">', 1) + _cell(*issuer) + _cell(*related, rows=4),
            _cell(foreign),
            streets + _cell(*dated, rows=2),
            place,
            below + _cell(*amended, rows=2) + _cell(*joint, rows=2),
            *country,
        ]
    else:
        rows = [
            name + _cell(*issuer, rows=2) + _cell(*related, rows=3),
            streets,
            place + _cell(*dated),
            below + _cell(*amended) + _cell(*joint),
        ]
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return (
        f'<table class="ruled">\n<colgroup><col width="33%"><col width="28%"><col width="39%"></colgroup>{body}</table>'
    )


def _items_form3(document: Document) -> str:
    """Items 1 to 6 of Form 3, and in the same ruled table the first rows of Table I, its title beside item 1."""
    name, streets, place, below, *country = _owner_parts(document)
    date = _cell(f"2. Date of Event Requiring Statement {DAY}", _period(document), rows=3, cols=2)
    foreign = (
        f"3a. Foreign Trading Symbol {_typed(document.text('issuer/issuerForeignTradingSymbol'))}" if country else ""
    )
    issuer = _cell("3. Issuer Name <b>and</b> Ticker or Trading Symbol", _issuer(document), foreign, cols=4)
    heading = "4. Relationship of Reporting Person(s) to Issuer (Click all applicable)"
    relationship = _cell(heading, *_relationship(document), rows=2, cols=3)
    amended = _cell(f"5. If Amendment, Date of Original Filed {DAY}", _amended(document))
    joint = _cell("6. Individual or Joint/Group (Check Applicable Line)", *_joint(document))
    title = f'<td colspan="6" rowspan="{1 + bool(country)}" class="head">{captions.table_title(TABLE1, "3")}</td>'
    rows = [name + date + issuer, streets + relationship + amended, place + joint, below + title, *country]
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    widths = "".join(f'<col width="{width}%">' for width in (28, 3, 16, 5, 17, 6, 25))
    return f'<table class="ruled">\n<colgroup>{widths}</colgroup>{body}{table(document, TABLE1, first=True)}</table>'


def _foot(form: str) -> str:
    return (
        "<div>* If the form is filed by more than one reporting person, see Instruction 4(b)(v).</div>"
        f'<table class="plain"><tr><td width="20%">{NUMBERS[form]}</td><td>{POTENTIAL}</td></tr></table>'
        '<table class="plain"><tr><td>Board of Governors of the Federal Reserve System</td>'
        "<td>OMB Number 7100-0091</td><td>Approval expires August 31, 2026</td></tr></table>"
    )


def _continued(document: Document, name: str) -> str:
    """A sheet with a table of its own."""
    form = document.form
    puts = f"<br>{captions.PUTS}" if name == TABLE2 else ""
    reminder = f"<div>{captions.REMINDER}</div>" if name == TABLE1 else ""
    return (
        f'<table class="plain sheet head"><tr><td width="25%">FORM {form} (continued)</td>'
        f"<td>{captions.table_title(name, form)}{puts}</td></tr></table>\n"
        f'<table class="ruled">{table(document, name)}</table>{reminder}'
    )


def _explanation(document: Document) -> str:
    notes = [
        f"({number}) {' '.join(''.join(note.element.itertext()).split())}"
        for number, note in enumerate(document.each("footnotes/footnote"), 1)
    ]
    remarks = document.text("remarks")
    texts = [*notes, f"Remarks: {remarks}"] if remarks else notes
    return "<div>Explanation of Responses:</div>" + "\n".join(f"<div>{_typed(text)}</div>" for text in texts)


def _signature(document: Document) -> str:
    signature = next(document.each("ownerSignature"))
    name, day = _typed(signature.text("signatureName")), _typed(day_padded(signature.text("signatureDate")))
    return (
        f'<table class="plain sheet"><tr><td width="40%"></td><td width="40%">{name}</td><td>{day}</td></tr>\n'
        "<tr><td>** Intentional misstatements or omissions of facts constitute Federal Criminal Violations. "
        "<i>See</i> 18 U.S.C. 1001 and 15 U.S.C. 78ff(a).</td><td>**Signature of Reporting Person</td><td>Date</td>"
        "</tr></table>\n<div>Note: File three copies of this Form, one of which must be manually signed. If space is "
        "insufficient, <i>see</i> Instruction 6 for procedure.</div>"
    )
