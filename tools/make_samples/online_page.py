"""Ownership XML in, out the page in the EDGAR Online printing that many investor-relations sites show."""

from __future__ import annotations

from html import escape

from tools.make_samples import captions
from tools.make_samples.captions import FORMS
from tools.make_samples.document import Document, View, parse
from tools.make_samples.online_tables import table
from tools.make_samples.printed import day_unpadded
from tools.make_samples.slots import TABLE1, TABLE2

DAY = "(MM/DD/YYYY)"
STYLE = """
body {font: 9pt 'Times New Roman', Times, serif; color: black;}
table {border-collapse: collapse; width: 100%;}
td, th {vertical-align: top; padding: 1px; font-weight: normal; text-align: left;}
.ruled > tbody > tr > td, .ruled > tbody > tr > th {border: 1px solid black; font-size: 7pt;}
.value {font-weight: bold; font-size: 9pt;}
.middle {text-align: center;}
.under {text-align: center; font-size: 6.5pt;}
.row td {font-weight: bold; font-size: 6.75pt; text-align: center;}
.row td:first-child {text-align: left;}
.acquired {color: green;}
.disposed {color: red;}
sup a {color: blue; font-weight: normal; font-size: 5.6pt;}
.name {font: bold 20pt Arial, sans-serif; border: 1px solid black; width: 1.4in;}
.box {font-family: 'Segoe UI Symbol', 'DejaVu Sans', sans-serif;}
.head {font-weight: bold; font-size: 7pt; margin: 8px 0 4px;}
.notes td {font-size: 7pt;}
.signed {width: 70%; margin-bottom: 6px;}
.signed .line {border-bottom: 1px solid black; font-weight: bold; font-size: 7pt;}
"""
# Observed: none on 2023-06-16, present on 2023-08-29.
SEPARATORS_SINCE = "2023-08-29"
RULE_10B5_1 = captions.RULE_10B5_1.replace(
    "for the purchase or sale of equity securities of the issuer that is intended", "that is intended"
)
STAR = '<sup><a href="#star">*</a></sup>'


def render(xml: bytes) -> str:
    """The page of any ownership XML, as the vendor draws it. Raises `ParseError` for what is no XML."""
    document = parse(xml)
    form = document.form
    separators = _signed_on(document) >= SEPARATORS_SINCE
    return "\n".join(
        (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>FORM {form}</title><style>{STYLE}</style></head>',
            f"<body>{_head(document)}<br>",
            _boxes_form3(document) if form == "3" else _boxes(document),
            table(document, TABLE1, separators=separators) + "<br>",
            table(document, TABLE2, separators=separators),
            _explanation(document),
            _owners(document),
            _signatures(document),
            _foot(form),
            "</body></html>\n",
        )
    )


def _signed_on(document: Document) -> str:
    """The latest signature date, which stands for the day of filing; the period where nobody signed."""
    days = [signature.text("signatureDate") for signature in document.each("ownerSignature")]
    return max(days, default=document.text("periodOfReport"))


def _value(text: str) -> str:
    return f'<span class="value">{escape(text, quote=False)}</span>'


def _head(document: Document) -> str:
    words = FORMS[document.form]
    title = words.title.removesuffix(" OF SECURITIES") + " OF SECURITIES"
    boxes = "<br>\n".join(f"{_box(document, state)} {label}" for label, state in _header_boxes(document))
    return (
        f'<table><tr><td width="20%"><div class="name">FORM {document.form}</div>{boxes}</td>\n'
        f'<td class="middle"><b>UNITED STATES SECURITIES AND EXCHANGE COMMISSION<br>Washington, D.C. 20549<br><br>'
        f"{title}</b><br><br>Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934 or "
        "Section 30(h) of the Investment Company Act of 1940</td>\n"
        f'<td width="20%">OMB APPROVAL<br>OMB Number: {words.omb_number}<br>Estimated average burden<br>'
        f"hours per response... {words.burden}</td></tr></table>"
    )


def _box(document: Document, state: bool) -> str:
    """Brackets up to March 2023, ballot boxes from May 2023 on: together with the Rule 10b5-1(c) box."""
    if document.has_10b5_1:
        return f'<span class="box">{"☒" if state else "☐"}</span>'
    return "[X]" if state else "[ ]"


def _header_boxes(document: Document) -> list[tuple[str, bool]]:
    if document.form == "3":
        return []
    boxes = [(captions.SECTION_16, document.flag("notSubjectToSection16"))]
    if document.form == "5":
        boxes.append((captions.FORM_3_HOLDINGS.rstrip("."), document.flag("form3HoldingsReported")))
        boxes.append((captions.FORM_4_TRANSACTIONS.rstrip("."), document.flag("form4TransactionsReported")))
    if document.has_10b5_1:
        boxes.append((RULE_10B5_1, document.flag("aff10b5One")))
    return boxes


def _street_lines(owner: View) -> list[str]:
    lines = (owner.text(f"reportingOwnerAddress/rptOwnerStreet{n}") for n in "12")
    return [line for line in lines if line]


def _city_line(owner: View) -> str:
    """`CITY, ST ZIP`; without a state `CITY ZIP`, as the vendor has it."""
    base = "reportingOwnerAddress/rptOwner"
    city, zip_code = owner.text(base + "City"), owner.text(base + "ZipCode")
    state = owner.text(base + "State") or owner.text(base + "NonUSStateTerritory")
    return " ".join(part for part in (f"{city}," if city and state else city, state, zip_code) if part)


def _owner(document: Document) -> View:
    return document.owners[0] if document.owners else document


def _name(document: Document) -> str:
    name = _owner(document).text("reportingOwnerId/rptOwnerName")
    return (
        f"1. Name and Address of Reporting Person {STAR}<br><br>{_value(name)}"
        '<div class="under">(Last) &nbsp; &nbsp; (First) &nbsp; &nbsp; (Middle)</div>'
    )


def _street(document: Document) -> str:
    return f'{_value(", ".join(_street_lines(_owner(document))))}<div class="under">(Street)</div>'


def _city(document: Document) -> str:
    return (
        _value(_city_line(_owner(document)))
        + '<div class="under">(City) &nbsp; &nbsp; (State) &nbsp; &nbsp; (Zip)</div>'
    )


def _issuer(document: Document, item: str) -> str:
    symbol = document.text("issuer/issuerTradingSymbol")
    brackets = f"[{symbol}]" if document.form == "3" else f"[ {symbol} ]"
    name = _value(f"{document.text('issuer/issuerName')} {brackets}")
    return f"{item}. Issuer Name <b>and</b> Ticker or Trading Symbol<br>{name}"


def _dated(caption: str, day: str) -> str:
    return f'{caption}{DAY}<div class="middle">{_value(day_unpadded(day))}</div>'


def _relationship(document: Document, item: str) -> str:
    owner, base = _owner(document), "reportingOwnerRelationship/"
    # On a Form 3 the vendor's officer tick is wider, and a slash follows the title also where no other text does.
    wide = "___X___" if document.form == "3" else "__X__"
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{tick if owner.flag(base + tag) else '_____'} {label}</td>" for tag, label, tick in pair)
        + "</tr>"
        for pair in (
            (("isDirector", "Director", "__X__"), ("isTenPercentOwner", "10% Owner", "__X__")),
            (("isOfficer", "Officer (give title below)", wide), ("isOther", "Other (specify below)", "__X__")),
        )
    )
    title, other = owner.text(base + "officerTitle"), owner.text(base + "otherText")
    slash = (title or other) and (document.form == "3" or (title and other))
    below = f"{title} / {other}".strip() if slash else title or other
    return (
        f"{item}. Relationship of Reporting Person(s) to Issuer (Check all applicable)"
        f"<table>{rows}</table><b>{escape(below, quote=False)}</b>"
    )


def _joint(document: Document) -> str:
    joint = len(document.owners) > 1
    one, more = ("_X_", "_X_") if document.form == "3" else ("_X _", "_ X _")
    return (
        "6. Individual or Joint/Group Filing (Check Applicable Line)<br>"
        f"{'___' if joint else one} Form filed by One Reporting Person<br>"
        f"{more if joint else '___'} Form filed by More than One Reporting Person"
    )


def _boxes(document: Document) -> str:
    period = _dated(FORMS[document.form].period + " ", document.text("periodOfReport"))
    amended = _dated("4. If Amendment, Date Original Filed ", document.text("dateOfOriginalSubmission"))
    return (
        f'<table class="ruled"><tr><td width="33%">{_name(document)}</td>'
        f'<td width="33%">{_issuer(document, "2")}</td>\n'
        f'<td rowspan="2">{_relationship(document, "5")}</td></tr>\n'
        f"<tr><td>{_street(document)}</td><td>{period}</td></tr>\n"
        f"<tr><td>{_city(document)}</td><td>{amended}</td><td>{_joint(document)}</td></tr></table>"
    )


def _boxes_form3(document: Document) -> str:
    period = _dated(FORMS["3"].period + " ", document.text("periodOfReport"))
    amended = _dated("5. If Amendment, Date Original Filed", document.text("dateOfOriginalSubmission"))
    return (
        f'<table class="ruled"><tr><td rowspan="3" width="33%">'
        f"{_name(document)}{_street(document)}{_city(document)}</td>\n"
        f'<td>{period}</td><td colspan="2">{_issuer(document, "3")}</td></tr>\n'
        f'<tr><td colspan="3">{_relationship(document, "4")}</td></tr>\n'
        f'<tr><td>{amended}</td><td colspan="2">{_joint(document)}</td></tr></table>'
    )


def _explanation(document: Document) -> str:
    rows = "\n".join(
        f'<tr><td width="4%"><b><a id="fn{number}">({number})</a></b></td><td>{escape(text, quote=False)}</td></tr>'
        for number, text in _notes(document)
    )
    parts = ['<div class="head">Explanation of Responses:</div>', f'<table class="notes">{rows}</table>']
    remarks = document.text("remarks")
    if remarks:
        parts.append(f'<div class="head">Remarks:</div><div>{escape(remarks, quote=False)}</div>')
    if document.flag("noSecuritiesOwned"):
        parts.append(f"<div>{captions.NONE_OWNED}</div>")
    return "\n".join(parts)


def _notes(document: Document) -> list[tuple[str, str]]:
    return [
        (note.element.get("id", "F?")[1:], "".join(note.element.itertext()).strip())
        for note in document.each("footnotes/footnote")
    ]


def _owners(document: Document) -> str:
    """All owners with their relationships: a title or text in its column, else an X."""
    rows = "\n".join(_owner_row(owner) for owner in document.owners)
    return (
        '<div class="head">Reporting Owners</div><table class="ruled" style="width: auto">'
        '<tr><td rowspan="2">Reporting Owner Name / Address</td><td colspan="4" class="middle">Relationships</td></tr>'
        f"\n<tr><td>Director</td><td>10% Owner</td><td>Officer</td><td>Other</td></tr>\n{rows}</table>"
    )


def _owner_row(owner: View) -> str:
    base = "reportingOwnerRelationship/"
    lines = [owner.text("reportingOwnerId/rptOwnerName"), *_street_lines(owner), _city_line(owner)]
    address = "<br>".join(escape(line, quote=False) for line in lines if line)
    ticks = "".join(
        f'<td class="middle"><b>{"X" if owner.flag(base + tag) else ""}</b></td>'
        for tag in ("isDirector", "isTenPercentOwner")
    )
    words = "".join(
        f"<td><b>{escape(owner.text(base + tag), quote=False)}</b></td>" for tag in ("officerTitle", "otherText")
    )
    return f"<tr><td><b>{address}</b></td>{ticks}{words}</tr>"


def _signatures(document: Document) -> str:
    blocks = "\n".join(
        '<table class="signed"><tr>'
        f'<td class="line">{escape(signature.text("signatureName"), quote=False)}</td><td width="4%"></td>'
        f'<td class="line">{day_unpadded(signature.text("signatureDate"))}</td></tr>\n'
        '<tr><td class="under"><sup><a href="#signed">**</a></sup>Signature of Reporting Person</td><td></td>'
        '<td class="under">Date</td></tr></table>'
        for signature in document.each("ownerSignature")
    )
    return f'<div class="head">Signatures</div>\n{blocks}'


def _foot(form: str) -> str:
    lines = (
        (
            '<a id="star">*</a>',
            "If the form is filed by more than one reporting person, <i>see</i> Instruction "
            f"{FORMS[form].instruction}(b)(v).",
        ),
        (
            '<a id="signed">**</a>',
            "Intentional misstatements or omissions of facts constitute Federal Criminal Violations. "
            "<i>See</i> 18 U.S.C. 1001 and 15 U.S.C. 78ff(a).",
        ),
        (
            "Note:",
            "File three copies of this Form, one of which must be manually signed. If space is insufficient, "
            "<i>see</i> Instruction 6 for procedure.",
        ),
    )
    rows = "\n".join(f"<tr><td>{mark}</td><td>{words}</td></tr>" for mark, words in lines)
    return (
        f'<table class="notes"><tr><td colspan="2">{captions.REMINDER}</td></tr>\n{rows}\n'
        '<tr><td colspan="2">Persons who respond to the collection of information contained in this form are not '
        "required to respond unless the form displays a currently valid OMB control number.</td></tr></table>"
    )
