"""A blank of the SEC's paper form and a filing's ownership XML come in; the form, filled in by typing, goes out.

It is typed in Courier over the blank's own ink, as with a typewriter or a PDF editor: answers above, below or beside
their captions, X on the check lines, a row of a table a line, marks behind their values.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import pdfplumber
import pikepdf

from tools.make_samples import places
from tools.make_samples.document import Document, View, parse
from tools.make_samples.printed import day_padded, number
from tools.make_samples.slots import CELLS, TABLE1, TABLE2, Kind, Slot

FONT = "/Typed"
EM = 0.6  # width of a letter of Courier, in type heights
LEADING = 0.8  # between typed lines, in points
# In points: type on the lines of the form, in tables, of the footnotes, and the smallest that is still legible.
SIZE, TABLE_SIZE, NOTE_SIZE, SMALLEST = 9.0, 7.0, 6.0, 3.0
ADDRESS, RELATIONSHIP = "reportingOwnerAddress/", "reportingOwnerRelationship/"
# The pages of the blanks on which the tables are; Form 3 begins Table I on the first.
TABLE_PAGES = {TABLE1: (0, 1), TABLE2: (2,)}
EXPLANATION_PAGE, SIGNATURE_PAGE = 2, 3
FOOT = 34  # room that the page number takes, in points
WIDTH = 620  # of a line of the explanation, in points


class FullError(Exception):
    """More is to be typed than the paper has room for."""


class Word(NamedTuple):
    """A word of the blank, in points from the page's upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


class Rectangle(NamedTuple):
    """A cell of a table, in points from the page's upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class Blank(NamedTuple):
    """A page before anything is typed on it: its height in points, its words, and the cells of its tables' rows."""

    height: float
    words: list[Word]
    rows: list[list[Rectangle]]


@lru_cache(maxsize=2)
def blank_pages(pdf: bytes) -> tuple[Blank, ...]:
    """The pages of a blank that are filled in; the SEC's instructions follow them."""
    with pdfplumber.open(io.BytesIO(pdf)) as pages:
        return tuple(
            Blank(
                float(page.height),
                [Word(*(word[name] for name in Word._fields)) for word in page.extract_words()],
                [
                    [Rectangle(*cell) for cell in row.cells if cell is not None]
                    for table in page.find_tables()
                    for row in table.rows
                ],
            )
            for page in pages.pages[: SIGNATURE_PAGE + 1]
        )


class Sheet:
    """A page of the blank, and what is typed on it."""

    def __init__(self, blank: Blank) -> None:
        self.height, self.words, self.rows = blank
        self.typed: list[str] = []

    def find(self, phrase: str) -> Word:
        """The word at which the phrase begins; the blanks set no space behind some numbers."""
        whole, wanted = "".join(word.text for word in self.words), phrase.replace(" ", "")
        at = whole.index(wanted)
        for word in self.words:
            if at < len(word.text):
                return word
            at -= len(word.text)
        raise AssertionError(phrase)

    def type(self, x: float, base: float, text: str, size: float = SIZE, width: float = WIDTH) -> None:
        """Text on a base line, `base` points below the page's top, smaller where it is too wide.

        Raises `FullError` where it would be illegible, `UnicodeEncodeError` where the typewriter lacks a letter.
        """
        size = min(size, width / (EM * max(len(text), 1)))
        if size < SMALLEST:
            raise FullError(text)
        keys = "".join(f"\\{letter:03o}" for letter in text.encode("cp1252"))
        self.typed.append(f"BT {FONT} {size:.2f} Tf 1 0 0 1 {x:.1f} {self.height - base:.1f} Tm ({keys}) Tj ET")

    def tick(self, label: str) -> None:
        """An X on the check line left of the label."""
        word = self.find(label)
        self.type(word.x0 - 20, word.bottom - 2, "X")

    def empty_rows(self, columns: int) -> Iterator[list[Rectangle]]:
        """The rows of tables with so many columns in which nothing is printed, top to bottom."""
        for row in self.rows:
            if len(row) == columns and not any(_inside(word, cell) for word in self.words for cell in row):
                yield row

    def fill_cell(self, cell: Rectangle, text: str) -> None:
        """Type into a cell, in as many lines and as small as it takes."""
        width, height = cell.x1 - cell.x0 - 4, cell.bottom - cell.top - 2
        size = TABLE_SIZE
        while True:
            lines = wrapped(text, width, size)
            if len(lines) * (size + LEADING) <= height and all(len(line) * EM * size <= width for line in lines):
                break
            size -= 0.25
            if size < SMALLEST:
                raise FullError(text)
        for index, line in enumerate(lines):
            self.type(cell.x0 + 2, cell.top + 1 + size + index * (size + LEADING), line, size)


def _inside(word: Word, cell: Rectangle) -> bool:
    middle, base = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return cell.x0 <= middle <= cell.x1 and cell.top <= base <= cell.bottom


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The lines of a text in a cell so wide; a word that is too long stays whole."""
    letters = int(width / (EM * size))
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split():
            if line and len(line) + 1 + len(word) > letters:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines += [line] if line else []
    return lines


def fill(blank: bytes, xml: bytes, *, behind: str = "") -> bytes:
    """The blank with the facts of a filing of one owner; `behind` is what is typed between a value and its marks.

    Raises `FullError` where the paper has too little room, `UnicodeEncodeError` for letters a typewriter lacks.
    """
    document = parse(xml)
    sheets = [Sheet(page) for page in blank_pages(blank)]
    _header(sheets[0], document)
    _owner(sheets[0], document)
    _issuer(sheets[0], document)
    _relationship(sheets[0], document)
    for name, numbers in TABLE_PAGES.items():
        _table([sheets[index] for index in numbers], document, name, behind)
    _explanation(sheets, document)
    _signature(sheets[SIGNATURE_PAGE], document)
    return _overlaid(blank, sheets)


def _header(sheet: Sheet, document: Document) -> None:
    """The boxes in the head of Form 4; the blank prints them as letters."""
    for tag, label in (("notSubjectToSection16", "Check this box if"), ("aff10b5One", "Check this box to")):
        if document.flag(tag):
            word = sheet.find(label)
            sheet.type(word.x0 - 12, word.bottom - 3, "X")


def _owner(sheet: Sheet, document: Document) -> None:
    owner = document.owners[0]
    last, street = sheet.find("(Last)"), sheet.find("(Street)")
    city, state, zip_code = (sheet.find(label) for label in ("(City)", "(State)", "(Zip"))
    zip_room = 70 if document.has_country else 30  # to the right edge of the box
    sheet.type(last.x0, last.top - 4, owner.text("reportingOwnerId/rptOwnerName"), width=150)
    streets = [text for n in "12" if (text := owner.text(f"{ADDRESS}rptOwnerStreet{n}"))]
    for index, text in enumerate(reversed(streets)):
        sheet.type(last.x0, street.top - 4 - 10 * index, text, width=150)
    sheet.type(city.x0, city.top - 4, owner.text(ADDRESS + "rptOwnerCity"), width=state.x0 - city.x0 - 6)
    sheet.type(state.x0, city.top - 4, _state(document, owner), width=zip_code.x0 - state.x0 - 6)
    sheet.type(zip_code.x0, city.top - 4, owner.text(ADDRESS + "rptOwnerZipCode"), width=zip_room)
    if document.has_country:
        country = sheet.find("(Country)")
        sheet.type(country.x0, country.top - 4, _country(owner))


def _state(document: Document, owner: View) -> str:
    code = owner.text(ADDRESS + "rptOwnerState")
    if code:
        return places.state_name(code) if document.has_country else code
    return owner.text(ADDRESS + "rptOwnerNonUSStateTerritory")


def _country(owner: View) -> str:
    foreign = owner.flag(ADDRESS + "rptOwnerNonUSAddressFlag")
    return places.country_name(owner.text(ADDRESS + "rptOwnerCountry")) if foreign else places.UNITED_STATES


def _issuer(sheet: Sheet, document: Document) -> None:
    """Issuer, the foreign symbol beside its caption, and the dates below theirs."""
    form3 = document.form == "3"
    named = f"{document.text('issuer/issuerName')} [{document.text('issuer/issuerTradingSymbol')}]"
    issuer = sheet.find("3. Issuer" if form3 else "2. Issuer")
    # Form 4 leaves only the room behind the caption's last word.
    place = (issuer.x0 + 40, issuer.top + 24, 280) if form3 else (issuer.x0 + 34, issuer.top + 20, 135)
    sheet.type(place[0], place[1], named, width=place[2])
    if document.has_country:
        foreign = sheet.find("2a. Foreign")
        sheet.type(foreign.x0 + 120, foreign.bottom - 2, document.text("issuer/issuerForeignTradingSymbol"), width=55)
    period = sheet.find("2. Date" if form3 else "3. Date")
    sheet.type(period.x0, period.top + 46, day_padded(document.text("periodOfReport")))
    amended = sheet.find("5. If" if form3 else "4. If")
    sheet.type(amended.x0, amended.top + 32, day_padded(document.text("dateOfOriginalSubmission")))


def _relationship(sheet: Sheet, document: Document) -> None:
    """The ticks, and the officer's title or the other text on the one line for both."""
    owner = document.owners[0]
    labels = {
        "isDirector": "Director",
        "isOfficer": "Officer (give",
        "isTenPercentOwner": "10% Owner",
        "isOther": "Other (specify",
    }
    for tag, label in labels.items():
        if owner.flag(RELATIONSHIP + tag):
            sheet.tick(label)
    texts = [text for tag in ("officerTitle", "otherText") if (text := owner.text(RELATIONSHIP + tag))]
    below = 26 if document.form == "4" else 44
    line = sheet.find("Other (specify").top + below
    sheet.type(sheet.find("Officer (give").x0, line, " / ".join(texts), width=135)
    sheet.tick("Form filed by One")


def _table(sheets: list[Sheet], document: Document, name: str, behind: str) -> None:
    rows = [CELLS[name](row, document.form) for row in document.rows(name)]
    if not rows:
        return
    room = ((sheet, row) for sheet in sheets for row in sheet.empty_rows(len(rows[0])))
    for slots in rows:
        free = next(room, None)
        if free is None:
            raise FullError(name)
        for slot, cell in zip(slots, free[1], strict=True):
            free[0].fill_cell(cell, typed(slot, behind))


def typed(slot: Slot, behind: str) -> str:
    """What is typed into a cell."""
    text = slot.value.text
    match slot.kind:
        case Kind.DAY:
            text = day_padded(text)
        case Kind.NUMBER:
            text = number(text)
        case Kind.MONEY if text:
            text = f"${number(text)}"
    marks = "".join(f"({note})" for note in slot.value.notes)
    return f"{slot.prefix}{text}{behind if text and marks else ''}{marks}"


def _explanation(sheets: list[Sheet], document: Document) -> None:
    """Footnotes and remarks below Table II, and on above the signature."""
    texts = [
        f"({index}) {' '.join(''.join(note.element.itertext()).split())}"
        for index, note in enumerate(document.each("footnotes/footnote"), 1)
    ]
    texts += [f"Remarks: {text}"] if (text := document.text("remarks")) else []
    caption = sheets[EXPLANATION_PAGE].find("Explanation of")
    above = sheets[SIGNATURE_PAGE].find("**Signature").top - 4 * SIZE
    room = iter(
        [
            *((sheets[EXPLANATION_PAGE], base) for base in _bases(caption.bottom, sheets[0].height - FOOT)),
            *((sheets[SIGNATURE_PAGE], base) for base in _bases(FOOT, above)),
        ]
    )
    for text in texts:
        for line in wrapped(text, WIDTH, NOTE_SIZE):
            free = next(room, None)
            if free is None:
                raise FullError(text)
            free[0].type(caption.x0, free[1], line, NOTE_SIZE, WIDTH + 1)


def _bases(top: float, bottom: float) -> Iterator[float]:
    """The base lines of footnotes between two heights."""
    base = top + 2 * NOTE_SIZE
    while base <= bottom:
        yield base
        base += NOTE_SIZE + LEADING


def _signature(sheet: Sheet, document: Document) -> None:
    name, day = sheet.find("**Signature"), sheet.find("Date")
    signature = next(document.each("ownerSignature"))
    sheet.type(name.x0, name.top - 5, signature.text("signatureName"), width=day.x0 - name.x0 - 30)
    sheet.type(day.x0 - 20, name.top - 5, day_padded(signature.text("signatureDate")))


def _overlaid(blank: bytes, sheets: list[Sheet]) -> bytes:
    courier = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Courier,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    filled = io.BytesIO()
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        font = pdf.make_indirect(courier)
        for page, sheet in zip(pdf.pages, sheets, strict=False):  # the blank's instructions follow
            page.contents_add(pikepdf.Stream(pdf, b"q"), prepend=True)
            page.contents_add(pikepdf.Stream(pdf, ("Q\n" + "\n".join(sheet.typed)).encode("ascii")))
            page.obj.Resources.Font[FONT] = font
        pdf.save(filled)
    return filled.getvalue()
