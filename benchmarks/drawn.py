"""A number of rows, pages or shapes comes in; a PDF of a Form 4 with as many goes out, drawn here without any library.

Only as much of the form as makes it one: what is measured on it is how cost grows, not how exactly it is read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

# Points: a letter page lying, and where the table stands on it.
WIDTH, HEIGHT = 792, 612
LEFT, TOP, ROW_HEIGHT = 36.0, 600.0, 7.0
TWO_COLUMNS: Final = (LEFT, 400.0)
# As many as EDGAR takes in a table; 60, what two tables hold, still go on one page.
ROWS_A_PAGE: Final = 30
SIZE, LEADING = 5.0, 6.0
RULE: Final = 0.5
# Characters of a line of nothing but text.
LONG_LINE: Final = 100
# Widths of the columns of Table I, with their heads line by line.
HEADS: Final[tuple[tuple[float, tuple[str, ...]], ...]] = (
    (150, ("1. Title of Security (Instr.", "3)")),
    (60, ("2. Transaction", "Date", "(Month/Day/Year)")),
    (70, ("2A. Deemed", "Execution Date,", "if any", "(Month/Day/Year)")),
    (50, ("3. Transaction", "Code (Instr. 8)")),
    (30, ("V",)),
    (60, ("4. Securities Acquired", "(A) or Disposed Of (D)", "Amount")),
    (30, ("(A) or", "(D)")),
    (50, ("Price",)),
    (90, ("5. Amount of Securities", "Beneficially Owned", "Following Reported", "Transaction(s)")),
    (60, ("6. Ownership Form:", "Direct (D) or", "Indirect (I)")),
    (70, ("7. Nature of", "Indirect Beneficial", "Ownership")),
)
TITLE: Final = "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned"
# What stands above and below the table: captions enough to tell the form by, each line a column of its own.
ABOVE: Final = (
    ("SEC Form 4", "OMB Number: 3235-0287"),
    ("FORM 4", "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP"),
    ("1. Name and Address of Reporting Person*", "2. Issuer Name and Ticker or Trading Symbol"),
    ("Doe Jane", "Fable Inc. [ FBL ]"),
    ("(Last)   (First)   (Middle)", "3. Date of Earliest Transaction (Month/Day/Year)"),
    ("1 FABLE ROAD", "01/01/2024"),
    ("(Street)", "4. If Amendment, Date of Original Filed (Month/Day/Year)"),
    ("MYTHVILLE   CA   94000", "5. Relationship of Reporting Person(s) to Issuer"),
    ("(City)   (State)   (Zip)", "X Director   10% Owner   Officer (give title below)   Other (specify below)"),
    ("", "6. Individual or Joint/Group Filing (Check Applicable Line)"),
    ("", "X Form filed by One Reporting Person"),
    ("", "Form filed by More than One Reporting Person"),
)
BELOW: Final = (
    ("Explanation of Responses:", ""),
    ("Remarks:", ""),
    ("/s/ Jane Doe", "01/02/2024"),
    ("** Signature of Reporting Person", "Date"),
)
HEAD_HEIGHT: Final = 32.0


def form(pages: int = 1, rows: int = ROWS_A_PAGE) -> bytes:
    """A Form 4 whose Table I has `rows` rows on each of `pages` pages, its head on the first."""
    return document(_page(number, rows, last=number == pages - 1) for number in range(pages))


def with_shapes(count: int) -> bytes:
    """One page of a Form 4 with `count` more thin rules below its table, crossing each other in a lattice."""
    return document([_page(0, 1, last=True) + _lattice(count)])


def words(count: int) -> bytes:
    """The content of a page with at least `count` characters, small and in narrow lines so that all lie on the page."""
    lines = math.ceil(count / LONG_LINE)
    pitch = (TOP - 2 * LEADING) / lines
    # No two alike: pdfium drops a text that is drawn once more on the same place.
    return "\n".join(_text(LEFT, TOP - pitch * line, f"{line:x}" * LONG_LINE) for line in range(lines)).encode("ascii")


def document(contents: Iterable[bytes]) -> bytes:
    """A PDF of pages that draw these content streams in Helvetica (`/F`)."""
    streams = list(contents)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(streams)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}/MediaBox[0 0 {WIDTH} {HEIGHT}]"
        f"/Resources<</Font<</F 3 0 R>>>>>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for index, stream in enumerate(streams):
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * index} 0 R>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    parts = [b"%PDF-1.4\n", *(b"%d 0 obj%s endobj\n" % (number, each) for number, each in enumerate(objects, 1))]
    starts = list(accumulate(map(len, parts)))
    table = b"".join(b"%010d 00000 n \n" % start for start in starts[:-1])
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF"
    return b"".join(parts) + tail % (size, table, size, starts[-1])


def _page(number: int, rows: int, *, last: bool) -> bytes:
    """A page's share of the form: what stands above the table on the first one, rows on each, the rest on the last."""
    xs = list(accumulate((width for width, _ in HEADS), initial=LEFT))
    drawn: list[str] = []
    y = TOP
    if number == 0:
        drawn += _lines(y, ABOVE)
        y -= LEADING * (len(ABOVE) + 2)
        drawn.append(_text(LEFT + 200, y, TITLE))
        y -= LEADING
        drawn += [
            _text(x + 2, y - LEADING * (line + 1), words)
            for x, (_, head) in zip(xs, HEADS, strict=False)
            for line, words in enumerate(head)
        ]
        drawn += _row_rules(xs, y, HEAD_HEIGHT)
        y -= HEAD_HEIGHT
    for row in range(rows):
        cells = _cells(number * rows + row)
        drawn += [_text(x + 2, y - ROW_HEIGHT + 2, cell) for x, cell in zip(xs, cells, strict=False) if cell]
        drawn += _row_rules(xs, y, ROW_HEIGHT)
        y -= ROW_HEIGHT
    if last:
        drawn += _lines(y - LEADING, BELOW)
    return "\n".join(drawn).encode("ascii")


def _lines(y: float, lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Lines in two columns, from `y` down."""
    for number, line in enumerate(lines, 1):
        yield from (_text(x, y - LEADING * number, words) for x, words in zip(TWO_COLUMNS, line, strict=True) if words)


def _cells(row: int) -> tuple[str, ...]:
    day = f"{row // 28 % 12 + 1:02}/{row % 28 + 1:02}/2024"
    return ("Common Stock", day, "", "S", "", f"{100 + row:,}", "D", f"${10 + row / 100:.2f}", f"{90_000 - row:,}", "D")


def _row_rules(xs: Sequence[float], y: float, height: float) -> Iterator[str]:
    """The four sides of each cell of a row, each side a filled rectangle, as browsers draw them."""
    for x0, x1 in pairwise(xs):
        yield _rule(x0, y, x1 - x0, RULE)
        yield _rule(x0, y - height, x1 - x0, RULE)
        yield _rule(x0, y - height, RULE, height)
        yield _rule(x1, y - height, RULE, height)


def _lattice(count: int) -> bytes:
    """`count` short rules, half of them lying, that make a square lattice in the lower half of the page."""
    side = math.ceil(math.sqrt(count / 2))
    step_x, step_y = 600 / side, 250 / side
    cells = [(LEFT + step_x * (each % side), 30 + step_y * (each // side)) for each in range(math.ceil(count / 2))]
    thin = min(RULE, step_y / 4)
    rules = [rule for x, y in cells for rule in (_rule(x, y, step_x, thin), _rule(x, y, thin, step_y))]
    return ("\n" + "\n".join(rules[:count])).encode("ascii")


def _text(x: float, y: float, words: str) -> str:
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F {SIZE:g} Tf {x:g} {y:g} Td ({escaped}) Tj ET"


def _rule(x: float, y: float, width: float, height: float) -> str:
    return f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re f"
