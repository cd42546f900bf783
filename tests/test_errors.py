"""Errors: the tree as its docstring draws it, exit codes, hints, and how a message names its source."""

from __future__ import annotations

import re

import pytest

from extractor import errors
from extractor.errors import (
    AmbiguousTemplate,
    CorrectionRefused,
    DamagedSource,
    EncryptedSource,
    ExitCode,
    ExtractorError,
    LimitError,
    MissingExtra,
    NotAnOwnershipForm,
    NoTextLayer,
    OutOfMemory,
    RecognitionError,
    SourceError,
    SourceTooLarge,
    SourceUnreadable,
    TemplateError,
    TimedOut,
    UnsupportedFormat,
    WorkerDied,
    WriteError,
)

PARENTS = {
    SourceError: ExtractorError,
    UnsupportedFormat: SourceError,
    DamagedSource: SourceError,
    EncryptedSource: SourceError,
    NoTextLayer: SourceError,
    SourceTooLarge: SourceError,
    SourceUnreadable: SourceError,
    RecognitionError: ExtractorError,
    NotAnOwnershipForm: RecognitionError,
    AmbiguousTemplate: RecognitionError,
    LimitError: ExtractorError,
    TimedOut: LimitError,
    OutOfMemory: LimitError,
    WorkerDied: LimitError,
    TemplateError: ExtractorError,
    MissingExtra: ExtractorError,
    CorrectionRefused: ExtractorError,
    WriteError: ExtractorError,
}


def test_exit_codes_are_those_that_tools_rely_on() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "READ": 0,
        "USAGE": 2,
        "NOT_READABLE": 3,
        "NOT_A_FORM": 4,
        "IN_DOUBT": 5,
        "SOME_FAILED": 6,
        "NOT_WRITTEN": 7,
        "BUSY": 75,
        "INTERRUPTED": 130,
    }


@pytest.mark.parametrize(("child", "parent"), PARENTS.items(), ids=lambda each: each.__name__)
def test_the_tree(child: type[ExtractorError], parent: type[ExtractorError]) -> None:
    assert child.__bases__ == (parent,)


def test_no_error_stands_outside_the_tree() -> None:
    found = {each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, ExtractorError)}
    assert found == {ExtractorError, *PARENTS}


def test_the_tree_is_drawn_at_the_top_of_the_module() -> None:
    drawn = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or ""))
    assert drawn == {each.__name__ for each in PARENTS}


@pytest.mark.parametrize("kind", PARENTS, ids=lambda each: each.__name__)
def test_each_ends_in_its_exit_code(kind: type[ExtractorError]) -> None:
    if issubclass(kind, RecognitionError):
        expected = ExitCode.NOT_A_FORM
    elif kind is WriteError:
        expected = ExitCode.NOT_WRITTEN
    else:
        expected = ExitCode.NOT_READABLE
    assert kind.exit_code is expected


def test_a_message_names_its_source() -> None:
    assert str(DamagedSource("is empty", source="a.pdf")) == "a.pdf: is empty"
    assert str(DamagedSource("is empty")) == "is empty"


ADVISED = [kind for kind in PARENTS if kind.__base__ in (SourceError, RecognitionError) or kind is WriteError]


@pytest.mark.parametrize("kind", ADVISED, ids=lambda each: each.__name__)
def test_what_a_user_meets_says_what_to_do(kind: type[ExtractorError]) -> None:
    assert kind("x").hint == kind.default_hint != ""


def test_a_hint_of_its_own_goes_before_the_default() -> None:
    assert UnsupportedFormat("is a picture", hint="use OCR").hint == "use OCR"


def test_a_source_is_named_once() -> None:
    error = DamagedSource("is empty")
    assert error.about("a.pdf") is error
    assert error.source == "a.pdf"
    assert error.about("b.pdf").source == "a.pdf"


def test_a_missing_extra_names_what_to_install() -> None:
    error = MissingExtra("ocr", "reading scans")
    assert error.extra == "ocr"
    assert str(error) == "reading scans needs an optional part"
    assert "form345-extractor[ocr]" in error.hint
