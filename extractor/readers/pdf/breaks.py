"""Two lines that one logical line wraps over in; how the second goes on the first out."""

from __future__ import annotations

from typing import Final, NamedTuple

from extractor.layout import Join
from extractor.readers.pdf.lines import Strip

TIGHT: Final = 1.42  # pitch ÷ size of lines set as one text: 1.15-1.40 seen; 1.44 where a larger font sets it
WORD_SPACE: Final = 0.26  # width of a space ÷ size: 0.25 Times, 0.28 Arial, 0.32 DejaVu
DIGIT: Final = 0.5  # width of a digit ÷ size, of which the ink takes 0.37
BORDERLINE: Final = 0.5  # points within which what fits and what does not cannot be told
LONGEST_WORD: Final = 14  # letters; two lines that make a longer word together are rather two words
DIGITS: Final = "0123456789.,/"
CURRENCY: Final = "$€£¥"


class Habits(NamedTuple):
    """What one document's printer does.

    `keeps_spaces`: a line that wraps at a space ends with that space, drawn (LibreOffice); so one that ends without is
    broken inside a word or at its real end. `other_hands`: not so in type with serifs (True) or without (False), as
    something else filled in the form. `spaced_marks`: a space stands before a mark (EDGAR Online). `vocabulary`: words,
    squeezed to letters and digits, that stand whole inside the document's lines. `pitch`: the widest pitch ÷ size of a
    wrap. `justified`: lines that go on are stretched to the right edge, by the spaces drawn in them.
    """

    keeps_spaces: bool = False
    spaced_marks: bool = False
    vocabulary: frozenset[str] = frozenset()
    pitch: float = TIGHT
    other_hands: frozenset[bool] = frozenset()
    justified: bool = False

    def keeps(self, strip: Strip) -> bool:
        """Whether a space would be drawn at the end of this strip, if it wrapped at one."""
        return self.keeps_spaces and strip.words[-1].style.serif not in self.other_hands


ANY_HABITS: Final = Habits()


def unfinished(strip: Strip, following: Strip) -> bool:
    """Whether the words themselves show that a line goes on: an open bracket, a hyphen, a small letter behind it."""
    first = following.words[0].text
    if first[:1].islower() and not first.lower().startswith("c/o"):
        return True
    last = strip.words[-1].text
    if last.endswith(("-", "/")) and last[0] not in "-/":
        return True
    text = " ".join([word.text for word in strip.words])
    return text.count("(") > text.count(")") or text.count("[") > text.count("]")


def wrap_join(strip: Strip, following: Strip, habits: Habits, limit: float) -> Join:
    """How the first word of `following` goes on the last one of `strip`, which could run up to `limit`."""
    last, first = strip.words[-1], following.words[0]
    if first.style.small and (last.style.small or first.text.startswith("(")):  # a mark that fell to the next line
        return Join.WRAP_SPACE if habits.spaced_marks else Join.WRAP_NONE
    if (last.text and last.text in CURRENCY) or (last.text == "." and last.glued and first.text[:1].isdigit()):
        return Join.WRAP_NONE
    if last.text.endswith(("-", "/", "‐")) and last.text[0] not in "-/":
        return Join.WRAP_NONE
    if habits.keeps(strip) and not last.after and last.text and first.text:
        return _broken_word(strip, following, habits, limit - strip.x1)
    return Join.WRAP_SPACE


def _broken_word(strip: Strip, following: Strip, habits: Habits, room: float) -> Join:
    """Whether a line that ends without a drawn space broke inside a word, or its space found no room.

    LibreOffice breaks inside only the word that a line begins with, and draws no space that would reach over the
    column's edge. If both can be, the words tell: one broken in two, or two that stand whole elsewhere.
    """
    if any(not word.glued for word in strip.words[1:]):
        return Join.WRAP_SPACE
    last, first = strip.words[-1].text, following.words[0].text
    if last[-1] in DIGITS and first[0] in DIGITS:
        if room > first_letter(following) + BORDERLINE:
            return Join.WRAP_SPACE
        return Join.WRAP_NONE if "/" in last or "." in last else Join.WRAP_UNSURE
    if squeezed(last + first) in habits.vocabulary or first[0] in "/),.;:":
        return Join.WRAP_NONE
    if squeezed(last) in habits.vocabulary and squeezed(first) in habits.vocabulary:
        return Join.WRAP_SPACE
    if WORD_SPACE * strip.size + BORDERLINE < room <= first_letter(following) + BORDERLINE:
        return Join.WRAP_NONE
    if last[-1] in ",;:" or (last[-1].islower() and (first[0].isupper() or first[0] == "(")):
        return Join.WRAP_SPACE
    return Join.WRAP_SPACE if len(last + first) > LONGEST_WORD else Join.WRAP_UNSURE


def first_letter(strip: Strip) -> float:
    """The width of the first letter of a strip."""
    first = strip.words[0]
    return first.xs[1] - first.x0 if len(first.xs) > 1 else max(first.x1 - first.x0, DIGIT * first.size)


def squeezed(text: str) -> str:
    """The letters and digits of a word, in small letters."""
    return text.lower() if text.isalnum() else "".join([letter for letter in text if letter.isalnum()]).lower()
