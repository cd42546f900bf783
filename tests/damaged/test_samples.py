"""A sample that was cut, altered or locked reads as it was, or its reading is in doubt, or ends in an error of ours."""

from __future__ import annotations

import pytest

from extractor import ExtractorError, extract
from tests.agreement.alike import differences
from tests.damaged import made

# Shares of the file that are left, and random alterations.
CUTS = (0.05, 0.3, 0.6, 0.8, 0.9, 0.99)
SEEDS = range(12)


def reads_as_it_was_or_in_doubt(damaged: bytes, whole: bytes) -> bool:
    """Whether the reading is unchanged or says that it is not to be trusted."""
    try:
        result = extract(damaged)
    except ExtractorError:
        return True
    return result.needs_review or differences(extract(whole).filing, result.filing) == []


@pytest.mark.parametrize("share", CUTS)
def test_page_that_was_cut_short(share: float) -> None:
    whole = made.sample("filing.html")
    assert reads_as_it_was_or_in_doubt(whole[: int(len(whole) * share)], whole)


# HTML parsers drop what lies deeper than 255 elements, or 2048 where they are told to take more.
@pytest.mark.parametrize("depth", [100, 300, 3_000, 30_000])
def test_page_inside_many_elements(depth: int) -> None:
    whole = made.sample("filing.html")
    start = whole.lower().index(b">", whole.lower().index(b"<body")) + 1
    assert reads_as_it_was_or_in_doubt(whole[:start] + b"<div>" * depth + whole[start:], whole)


@pytest.mark.parametrize("share", CUTS)
def test_pdf_that_was_cut_short(share: float) -> None:
    whole = made.sample("filing.pdf")
    with pytest.raises(ExtractorError):
        extract(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("seed", SEEDS)
def test_pdf_with_altered_bytes_raises_nothing_but_errors_of_ours(seed: int) -> None:
    whole = made.sample("filing.pdf")
    try:
        extract(made.altered(whole, seed))
    except ExtractorError as error:
        assert error.hint  # noqa: PT017  # most of these do not raise


@pytest.mark.parametrize("seed", SEEDS)
def test_page_with_altered_bytes_raises_nothing_but_errors_of_ours(seed: int) -> None:
    whole = made.sample("filing.html")
    try:
        extract(made.altered(whole, seed))
    except ExtractorError as error:
        assert error.hint  # noqa: PT017  # most of these do not raise


def test_pdf_that_only_its_owner_may_change_reads_as_it_was() -> None:
    whole = made.sample("filing.pdf")
    locked = extract(made.encrypted("", whole))
    assert differences(extract(whole).filing, locked.filing) == []


def test_page_with_bytes_after_its_end_reads_as_it_was() -> None:
    whole = made.sample("filing.html")
    assert differences(extract(whole).filing, extract(whole + b"\0" * 64).filing) == []


def test_pdf_with_bytes_before_its_signature_reads_as_it_was() -> None:
    whole = made.sample("filing.pdf")
    shifted = extract(b"\r\n" * 20 + whole)
    assert differences(extract(whole).filing, shifted.filing) == []
