"""Values of the XML in, their text as the two printings have it out."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def number(text: str, *, separators: bool = True) -> str:
    """`5381.20` as `5,381.2`: thousands separators, trailing zeros dropped, a zero as filed."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if value == 0:
        return text
    whole, _, fraction = format(value, ",f" if separators else "f").partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def day_padded(text: str) -> str:
    """`2021-03-04` as `03/04/2021`; anything but a date as it is."""
    found = ISO_DAY.match(text)
    return date.fromisoformat(found[0]).strftime("%m/%d/%Y") if found else text


def day_unpadded(text: str) -> str:
    """`2021-03-04` as `3/4/2021`; anything but a date as it is."""
    found = ISO_DAY.match(text)
    if not found:
        return text
    day = date.fromisoformat(found[0])
    return f"{day.month}/{day.day}/{day.year}"
