"""Ownership XML in, out the page as the SEC's style sheet prints it: X02/X03, X04/X05 or X06 look, Forms 3, 4 and 5."""

from __future__ import annotations

from html import escape

from tools.make_samples import captions, places
from tools.make_samples.captions import DAY, FORMS
from tools.make_samples.document import Document, View, parse
from tools.make_samples.printed import day_padded
from tools.make_samples.sec_tables import table
from tools.make_samples.slots import TABLE1, TABLE2

ARIAL = "arial, helvetica, sans-serif"
STYLE = f"""
.FormData {{font: small Times, serif; color: blue; background: white;}}
.SmallFormData {{font: x-small Times, serif; color: blue; background: white;}}
.FootnoteData {{font: x-small Times, serif; color: green; background: white;}}
.FormText {{font: small {ARIAL}; text-align: left;}}
.FormTextC {{font: small {ARIAL}; text-align: center;}}
.SmallFormText {{font: xx-small {ARIAL}; text-align: left;}}
.SmallFormTextR {{font: xx-small {ARIAL}; text-align: right;}}
.MedSmallFormText {{font: x-small {ARIAL}; text-align: left;}}
.FormTitle {{font: bold medium {ARIAL};}}
.FormName {{font: bold large {ARIAL};}}
th.SmallFormText, th.MedSmallFormText, th.FormTextC {{font-weight: bold;}}
body {{background: white;}}
"""
RULE = '<hr width="98%">'
# The title's cell spans these rows on the SEC's page even where the 10b5-1 box adds one more.
TITLE_ROWS = {"3": 1, "4": 2, "5": 4}
FOOT_LINES = {"3": "* Form 3: SEC 1473 (03-26)", "4": "* Form 4: SEC 1474 (03-26)", "5": "* Form 5: SEC 2770T (03-26)"}


def render(xml: bytes) -> str:
    """The page of any ownership XML, laid out as EDGAR shows it. Raises `ParseError` for what is no XML."""
    document = parse(xml)
    form = document.form
    # The page's first line and title name the amendment, its heading does not.
    kind = document.text("documentType")
    return "\n".join(
        (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">',
            '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">',
            f'<title>SEC FORM {kind}</title><style type="text/css">{STYLE}</style></head>',
            f"<body>SEC Form {kind}",
            _head(document),
            _boxes_form3(document) if form == "3" else _boxes(document),
            table(document, TABLE1),
            table(document, TABLE2),
            _joint_owners(document),
            _explanation(document),
            _foot(document),
            "</body></html>\n",
        )
    )


def _data(text: str) -> str:
    return f'<span class="FormData">{escape(text, quote=False)}</span>'


def _tick(state: bool) -> str:
    return _data("X") if state else ""


def _label(text: str) -> str:
    return f'<span class="MedSmallFormText">{text}</span>'


def _head(document: Document) -> str:
    form = document.form
    words = FORMS[form]
    rows = TITLE_ROWS[form]
    boxes = "".join(
        f'<tr valign="middle"><td><table width="100%" border="1" cellpadding="0" cellspacing="0"><tr><td>'
        f'{_tick(state) or "  "}</td></tr></table></td>\n<td class="SmallFormText">{label}</td></tr>'
        for label, state in _header_boxes(document)
    )
    return (
        '<table width="100%" border="0" cellspacing="0" cellpadding="4"><tr>\n'
        f'<td width="20%" colspan="2" valign="top" align="center" class="FormName">FORM {form}</td>\n'
        f'<td rowspan="{rows}" width="60%" valign="middle" align="center">'
        '<span class="FormTitle">UNITED STATES SECURITIES AND EXCHANGE COMMISSION</span><br>'
        f'{_label("Washington, D.C. 20549")}<br><br><span class="FormTitle">{words.title}</span><br><br>'
        f"{_label('Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934')}<br>"
        f"{_label('or Section 30(h) of the Investment Company Act of 1940')}</td>\n"
        f'<td rowspan="{rows}" width="20%" valign="top" align="center"><table width="100%" border="1">'
        '<tr><td class="FormTextC">OMB APPROVAL</td></tr><tr><td><table width="100%" border="0">'
        '<tr><td class="SmallFormText" colspan="3">OMB Number:</td>'
        f'<td class="SmallFormTextR">{words.omb_number}</td></tr>'
        '<tr><td class="SmallFormText" colspan="4">Estimated average burden</td></tr>'
        '<tr><td class="SmallFormText" colspan="3">hours per response:</td>'
        f'<td class="SmallFormTextR">{words.burden}</td></tr></table></td></tr></table></td></tr>\n{boxes}</table>'
    )


def _header_boxes(document: Document) -> list[tuple[str, bool]]:
    if document.form == "3":
        return []
    boxes = [(captions.SECTION_16, document.flag("notSubjectToSection16"))]
    if document.form == "5":
        boxes.append((captions.FORM_3_HOLDINGS, document.flag("form3HoldingsReported")))
        boxes.append((captions.FORM_4_TRANSACTIONS, document.flag("form4TransactionsReported")))
    if document.has_10b5_1:
        boxes.append((captions.RULE_10B5_1, document.flag("aff10b5One")))
    return boxes


def _link(cik: str, name: str) -> str:
    if not cik:
        return escape(name, quote=False)
    target = f"/cgi-bin/browse-edgar?action=getcompany&amp;CIK={cik.zfill(10)}"
    return f'<a href="{target}">{escape(name, quote=False)}</a>'


def _thirds(*cells: str, labels: bool = False) -> str:
    look = ' class="MedSmallFormText"' if labels else ""
    row = "".join(f'<td width="33%"{look}>{text}</td>' for text in cells)
    return f'<table border="0" width="100%"><tr>{row}</tr></table>'


def _name_and_address(owner: View, *, country: bool) -> str:
    """Item 1, as it also stands once for every owner of a joint filing after Table II."""
    street, city = "reportingOwnerAddress/rptOwnerStreet", owner.text("reportingOwnerAddress/rptOwnerCity")
    link = _link(owner.text("reportingOwnerId/rptOwnerCik"), owner.text("reportingOwnerId/rptOwnerName"))
    # A street element has its row on the page also where it is empty.
    lines = "".join(f"<tr><td>{_data(owner.text(street + n))}</td></tr>" for n in "12" if owner.has(street + n))
    state, zip_code = _state(owner, country=country), owner.text("reportingOwnerAddress/rptOwnerZipCode")
    parts = [
        _label("1. Name and Address of Reporting Person<sup>*</sup>"),
        f'<table border="0" width="100%"><tr><td>{link}</td></tr></table>',
        RULE,
        _thirds("(Last)", "(First)", "(Middle)", labels=True),
        f'<table border="0" width="100%">{lines}</table>',
        RULE,
        _label("(Street)") + _thirds(_data(city), state, _data(zip_code)),
        RULE,
        _thirds("(City)", "(State)", "(Zip)", labels=True),
    ]
    if country:
        parts += [RULE, _thirds(_data(_country(owner))), RULE, _label("(Country)")]
    return "\n".join(parts)


def _state(owner: View, *, country: bool) -> str:
    code = owner.text("reportingOwnerAddress/rptOwnerState")
    if not country:
        return _data(code)
    name = places.state_name(code) if code else owner.text("reportingOwnerAddress/rptOwnerNonUSStateTerritory")
    return f'<span class="FormData">\n\t\t\t\t{escape(name, quote=False)}\n\t\t\t</span>'


def _country(owner: View) -> str:
    """Pages with a country line print UNITED STATES for every address that is not flagged as foreign."""
    if not owner.flag("reportingOwnerAddress/rptOwnerNonUSAddressFlag"):
        return places.UNITED_STATES
    return places.country_name(owner.text("reportingOwnerAddress/rptOwnerCountry"))


def _issuer(document: Document, item: str) -> str:
    link = _link(document.text("issuer/issuerCik"), document.text("issuer/issuerName"))
    symbol = _data(document.text("issuer/issuerTradingSymbol"))
    caption = _label(f"{item}. Issuer Name <b>and</b> Ticker or Trading Symbol\n      ")
    return f"{caption}<br>{link}\n     [ {symbol} ]\n   "


def _foreign(document: Document, item: str) -> str:
    symbol = document.text("issuer/issuerForeignTradingSymbol")
    return _label(f"{item}. Foreign Trading Symbol\n\t\t <br>") + (_data(symbol) if symbol else "")


def _relationship(document: Document, item: str) -> str:
    owner = document.owners[0] if document.owners else document
    base = "reportingOwnerRelationship/"
    pairs = (
        ("isDirector", "Director", "isTenPercentOwner", "10% Owner"),
        ("isOfficer", "Officer (give title below)", "isOther", "Other (specify below)"),
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td width="15%" align="center">{_tick(owner.flag(base + tag))}</td>'
            f'<td width="35%" class="MedSmallFormText">{label}</td>'
            for tag, label in ((left, left_label), (right, right_label))
        )
        + "</tr>\n"
        for left, left_label, right, right_label in pairs
    )
    below = "".join(
        f'<td width="15%" align="center"></td><td width="35%" align="left" style="color: blue">'
        f"{escape(owner.text(base + tag), quote=False)}</td>"
        for tag in ("officerTitle", "otherText")
    )
    return (
        _label(f"{item}. Relationship of Reporting Person(s) to Issuer\n      ")
        + f'<br>{_label("(Check all applicable)")}<table border="0" width="100%">{rows}<tr>{below}</tr></table>'
    )


def _dated(caption: str, day: str) -> str:
    return _label(f"{caption}\n         {DAY}") + "<br>" + (_data(day_padded(day)) if day else "")


def _joint(document: Document) -> str:
    joint = len(document.owners) > 1
    rows = "".join(
        f'<tr><td width="15%" align="center">{_tick(state)}</td>'
        f'<td width="85%" class="MedSmallFormText">{label}</td></tr>'
        for state, label in (
            (not joint, "Form filed by One Reporting Person"),
            (joint, "Form filed by More than One Reporting Person"),
        )
    )
    caption = _label("6. Individual or Joint/Group Filing (Check Applicable Line)\n      ")
    return f'{caption}<table border="0" width="100%">{rows}</table>'


def _first_owner(document: Document) -> str:
    owner = document.owners[0] if document.owners else document
    return _name_and_address(owner, country=document.has_country)


def _amended(document: Document, item: str) -> str:
    return _dated(f"{item}. If Amendment, Date of Original Filed", document.text("dateOfOriginalSubmission"))


def _boxes(document: Document) -> str:
    """Items 1 to 6 of Forms 4 and 5; pages with a country line have item 2a in a row of its own."""
    period = _dated(FORMS[document.form].period, document.text("periodOfReport"))
    amended, joint = _amended(document, "4"), _joint(document)
    if document.has_country:
        foreign = _foreign(document, "2a")
        below = (
            f'<tr><td valign="top">{foreign}</td></tr>\n'
            f'<tr><td valign="top">{period}</td>\n<td valign="top" rowspan="2">{joint}</td></tr>\n'
            f'<tr><td valign="top" rowspan="1">{amended}</td></tr>'
        )
    else:
        below = (
            f'<tr><td valign="top">{period}</td></tr>\n'
            f'<tr><td valign="top">{amended}</td>\n<td valign="top">{joint}</td></tr>'
        )
    return (
        '<table width="100%" border="1" cellspacing="0" cellpadding="4"><tr>\n'
        f'<td rowspan="4" width="35%" valign="top">{_first_owner(document)}</td>\n'
        f'<td width="35%" valign="top">{_issuer(document, "2")}</td>\n'
        f'<td rowspan="2" valign="top">{_relationship(document, "5")}</td></tr>\n{below}</table>'
    )


def _boxes_form3(document: Document) -> str:
    period = _dated(FORMS["3"].period, document.text("periodOfReport"))
    foreign = f"<br>{_foreign(document, '3a')}" if document.has_country else ""
    return (
        '<table width="100%" border="1" cellspacing="0" cellpadding="4"><tr>\n'
        f'<td rowspan="3" width="30%" valign="top">{_first_owner(document)}</td>\n'
        f'<td rowspan="3" width="15%" valign="top">{period}</td>\n'
        f'<td valign="top" colspan="2">{_issuer(document, "3")}{foreign}</td></tr>\n'
        f'<tr><td rowspan="2" width="30%" valign="top">{_relationship(document, "4")}</td>\n'
        f'<td valign="top">{_amended(document, "5")}</td></tr>\n'
        f'<tr><td valign="top">{_joint(document)}</td></tr></table>'
    )


def _joint_owners(document: Document) -> str:
    if len(document.owners) < 2:
        return ""
    blocks = "\n".join(
        f'<tr><td valign="top">{_name_and_address(owner, country=document.has_country)}</td></tr>'
        for owner in document.owners
    )
    return f'<table width="40%" border="1" cellspacing="0" cellpadding="4">\n{blocks}</table>'


def _explanation(document: Document) -> str:
    rows = ['<tr><td class="MedSmallFormText"><b>Explanation of Responses:</b></td></tr>']
    for note in document.each("footnotes/footnote"):
        text = escape("".join(note.element.itertext()).strip(), quote=False)
        rows.append(f'<tr><td class="FootnoteData">{note.element.get("id", "F?")[1:]}. {text}</td></tr>')
    if document.has("remarks"):
        rows.append('<tr><td class="FormText"><b>Remarks:</b></td></tr>')
    if document.flag("noSecuritiesOwned"):
        # On the SEC's page the sentence stands between the heading of the remarks and their text.
        rows.append(f'<tr><td class="FormText"><b>{captions.NONE_OWNED}</b></td></tr>')
    if document.has("remarks"):
        rows.append(f'<tr><td class="FootnoteData">{escape(document.text("remarks"), quote=False)}</td></tr>')
    return '<table border="0" width="100%">\n' + "\n".join(rows) + "</table>"


def _foot(document: Document) -> str:
    signed = "\n".join(
        f'<tr><td width="60%"></td><td width="20%"><u>{_data(signature.text("signatureName"))}</u></td>'
        f'<td width="20%"><u>{_data(day_padded(signature.text("signatureDate")))}</u></td></tr>'
        for signature in document.each("ownerSignature")
    )
    lines = [
        captions.REMINDER,
        "* If the form is filed by more than one reporting person, <i>see</i> Instruction "
        f"{FORMS[document.form].instruction} (b)(v).",
        "** Intentional misstatements or omissions of facts constitute Federal Criminal Violations "
        "<i>See</i> 18 U.S.C. 1001 and 15 U.S.C. 78ff(a).",
        "Note: File three copies of this Form, one of which must be manually signed. If space is insufficient, "
        "<i>see</i> Instruction 6 for procedure.",
        "<b>Persons who respond to the collection of information contained in this form are not required to respond "
        "unless the form displays a currently valid OMB Number.</b>",
    ]
    if document.has_country:
        lines.append(f"<b>{FOOT_LINES[document.form]}</b>")
    closing = "\n".join(f'<tr><td colspan="3" class="MedSmallFormText">{line}</td></tr>' for line in lines)
    return (
        f'<table width="100%" border="0">\n{signed}\n<tr><td></td>'
        '<td class="MedSmallFormText">** Signature of Reporting Person</td>'
        f'<td class="MedSmallFormText">Date</td></tr>\n{closing}</table>'
    )
