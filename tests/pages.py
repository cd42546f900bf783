"""A Form 4 as an HTML page, written by hand: a fictional filer, one sale and one grant, a footnote."""

from __future__ import annotations

from collections.abc import Iterable


def _row(cells: Iterable[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{each}</{tag}>" for each in cells) + "</tr>"


def _table(*rows: str) -> str:
    return f'<table border="1">{"".join(rows)}</table>'


def _heads(upper: Iterable[tuple[str, int]], lower: Iterable[str]) -> str:
    """Two rows of heads: in the upper one with the columns that each spans, 0 for one over both rows."""
    spans = {0: 'rowspan="2"'}
    cells = (f"<th {spans.get(width, f'colspan={width}')}>{text}</th>" for text, width in upper)
    return f"<tr>{''.join(cells)}</tr>{_row(lower, 'th')}"


OWNER = """1. Name and Address of Reporting Person<sup>*</sup>
<table><tr><td><a href="/cgi-bin/browse-edgar?action=getcompany&amp;CIK=0009990001">Doe Jane</a></td></tr></table>
<table><tr><td>(Last)</td><td>(First)</td><td>(Middle)</td></tr></table>
<table><tr><td>1 FABLE ROAD</td></tr></table>(Street)
<table><tr><td>MYTHVILLE</td><td>CA</td><td>94000</td></tr></table>
<table><tr><td>(City)</td><td>(State)</td><td>(Zip)</td></tr></table>"""
TIES = """5. Relationship of Reporting Person(s) to Issuer<br>(Check all applicable)
<table><tr><td>X</td><td>Director</td><td></td><td>10% Owner</td></tr>
<tr><td></td><td>Officer (give title below)</td><td></td><td>Other (specify below)</td></tr></table>"""
JOINT = """6. Individual or Joint/Group Filing (Check Applicable Line)
<table><tr><td>X</td><td>Form filed by One Reporting Person</td></tr>
<tr><td></td><td>Form filed by More than One Reporting Person</td></tr></table>"""
HEADS_1 = _heads(
    (
        ("1. Title of Security (Instr. 3)", 0),
        ("2. Transaction Date (Month/Day/Year)", 0),
        ("2A. Deemed Execution Date, if any (Month/Day/Year)", 0),
        ("3. Transaction Code (Instr. 8)", 2),
        ("4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)", 3),
        ("5. Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4)", 0),
        ("6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)", 0),
        ("7. Nature of Indirect Beneficial Ownership (Instr. 4)", 0),
    ),
    ("Code", "V", "Amount", "(A) or (D)", "Price"),
)
HEADS_2 = _heads(
    (
        ("1. Title of Derivative Security (Instr. 3)", 0),
        ("2. Conversion or Exercise Price of Derivative Security", 0),
        ("3. Transaction Date (Month/Day/Year)", 0),
        ("3A. Deemed Execution Date, if any (Month/Day/Year)", 0),
        ("4. Transaction Code (Instr. 8)", 2),
        ("5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)", 2),
        ("6. Date Exercisable and Expiration Date (Month/Day/Year)", 2),
        ("7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)", 2),
        ("8. Price of Derivative Security (Instr. 5)", 0),
        ("9. Number of derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)", 0),
        ("10. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)", 0),
        ("11. Nature of Indirect Beneficial Ownership (Instr. 4)", 0),
    ),
    ("Code", "V", "(A)", "(D)", "Date Exercisable", "Expiration Date", "Title", "Amount or Number of Shares"),
)


def form_4(price: str = "$173.147", symbol: str = "FBL", security: str = "Common Stock") -> bytes:
    """The page; with these defaults it is read without a doubt."""
    sale = (security, "06/29/2021", "", "S", "", "1,057", "D", f"{price}<sup>(1)</sup>", "5,000", "D", "")
    grant = ("Option", "$2.64", "06/30/2021", "", "A", "", "70", "", "06/30/2022", "06/30/2031", security, "70", "$0")
    items = _table(
        f'<tr><td rowspan="3">{OWNER}</td><td>2. Issuer Name <b>and</b> Ticker or Trading Symbol<br>'
        f'<a href="?CIK=0009990002">Fable Inc.</a> [ {symbol} ]</td><td rowspan="2">{TIES}</td></tr>',
        _row(("3. Date of Earliest Transaction (Month/Day/Year)<br>06/29/2021",)),
        _row(("4. If Amendment, Date of Original Filed (Month/Day/Year)<br>", JOINT)),
    )
    page = (
        "<!DOCTYPE html><html><head><title>SEC FORM 4</title></head><body>SEC Form 4",
        _table(_row(("FORM 4", "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP", "OMB Number: 3235-0287"))),
        _table(_row(("", "Check this box if no longer subject to Section 16. Form 4 or Form 5 may continue."))),
        items,
        _table(
            '<tr><th colspan="11">Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned</th>'
            "</tr>",
            HEADS_1,
            _row(sale),
        ),
        _table(
            '<tr><th colspan="16">Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned'
            "<br>(e.g., puts, calls, warrants, options, convertible securities)</th></tr>",
            HEADS_2,
            _row((*grant, "70", "D", "")),
        ),
        "<table><tr><td>Explanation of Responses:</td></tr><tr><td>1. Sold under a plan.</td></tr></table>",
        "<table><tr><td><b>Remarks:</b></td></tr><tr><td>None.</td></tr></table>",
        "<table><tr><td>/s/ Jane Doe</td><td>07/01/2021</td></tr>",
        "<tr><td>** Signature of Reporting Person</td><td>Date</td></tr></table>",
        "<p>Reminder: Report on a separate line for each class of securities beneficially owned.</p></body></html>",
    )
    return "\n".join(page).encode()


FORM_4 = form_4()
IN_DOUBT = form_4(price="$173.14.7")
NO_FORM = b"<html><body><h1>Proxy statement</h1><p>Dear shareholder,</p></body></html>"
