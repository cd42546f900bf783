"""Corrections: what fits is carried out and kept, and what does not is refused as a whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor import Code, extract
from extractor.errors import CorrectionRefused, SourceUnreadable
from extractor.review.corrections import About, Correction, Corrections, apply, canonical, read_corrections
from extractor.writers.json import to_json
from tests.pages import FORM_4, IN_DOUBT

READING = extract(IN_DOUBT)
PRICE = "non_derivative[0].price_per_share"
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
NOTE = READING.filing.footnotes[0].text


def correction(path: str, **changes: Any) -> Correction:
    plain = {"decision": "corrected", "who": "R. Viewer", "when": NOON, **changes}
    return Correction(path=path, **plain)


def price(new: Any, **changes: Any) -> Correction:
    plain = {"old_value": None, "new_value": new, "old_footnotes": ("F1",), "new_footnotes": ("F1",)}
    return correction(PRICE, **{**plain, **changes})


def carried_out(*corrections: Correction, sha256: str = "") -> Any:
    source = About(file="a.html", sha256=sha256 or READING.source["sha256"])
    return apply(Corrections(source=source, corrections=corrections), READING)


def test_a_corrected_value_stands_where_the_old_one_was_and_settles_its_doubt() -> None:
    assert READING.needs_review
    done = carried_out(price("173.147"))
    field = done.filing.non_derivative[0].price_per_share
    assert (field.value, field.printed, field.footnotes) == (Decimal("173.147"), "$173.14.7", ("F1",))
    assert field.at == READING.filing.non_derivative[0].price_per_share.at
    assert not done.needs_review
    assert READING.filing.non_derivative[0].price_per_share.value is None


def test_who_decided_what_and_when_is_kept_and_written() -> None:
    done = carried_out(price("173.147"))
    kept = json.loads(to_json(done))["source"]["corrections"]
    assert [(each["path"], each["who"], each["when"]) for each in kept] == [
        (PRICE, "R. Viewer", "2026-01-02T12:00:00Z")
    ]


def test_an_accepted_doubt_is_settled_and_nothing_changed() -> None:
    done = carried_out(price(None, decision="accepted"))
    assert done.filing == READING.filing
    assert Code.UNREADABLE_VALUE not in {issue.code for issue in done.issues}


def test_checks_look_at_the_corrected_filing() -> None:
    """A correction that breaks a rule is in doubt again; accepting what one saw before settles it."""
    done = carried_out(price("173.147", new_footnotes=()))
    assert {(issue.code, issue.path) for issue in done.issues} == {(Code.FOOTNOTE_UNCITED, "footnotes[0]")}
    settled = carried_out(price("173.147", new_footnotes=("F1", "F1")))
    assert Code.MARK_REPEATED in {issue.code for issue in settled.issues}


@pytest.mark.parametrize("path", ["non_derivative[0]", "owners[0]", "footnotes", "", "issuer"])
def test_what_is_no_field_can_be_accepted_only(path: str) -> None:
    assert carried_out(correction(path, decision="accepted")).filing == READING.filing
    with pytest.raises(CorrectionRefused, match="is no field"):
        carried_out(correction(path, new_value="x"))


@pytest.mark.parametrize("path", ["footnotes[0]", "footnotes[F1]"])
def test_a_footnote_is_corrected_by_number_or_name(path: str) -> None:
    done = carried_out(correction(path, old_value=NOTE, new_value="Other."))
    assert done.filing.footnotes[0].text == "Other."
    assert canonical(READING.filing, path) == "footnotes[0]"


@pytest.mark.parametrize(
    ("path", "old", "new", "value"),
    [
        ("owners[0].relationship.officer", False, True, True),
        ("issuer.foreign_trading_symbol", None, "FBL.X", "FBL.X"),
        ("non_derivative[0].shares", "1057", "1058.50", Decimal("1058.50")),
        ("remarks", "None.", None, None),
    ],
)
def test_values_of_every_type(path: str, old: Any, new: Any, value: Any) -> None:
    done = carried_out(correction(path, old_value=old, new_value=new))
    found: Any = done.filing
    for step in path.replace("[0]", ".0").split("."):
        found = found[int(step)] if step.isdigit() else getattr(found, step)
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (price("173,147"), "is no number"),
        (price("NaN"), "is no number"),
        (price("Infinity"), "is no number"),
        (price(""), "is no number"),
        (price(True), "is no number"),
        (price("1", old_value="2"), "was read as None"),
        (price("1", old_footnotes=()), "was read as None"),
        (price("1", decision="accepted"), "is accepted and yet has a new value"),
        (price("1", new_footnotes=("1",)), "has marks that are none"),
        (correction("period_of_report", old_value="2021-06-29", new_value="06/29/2021"), "is no date"),
        (correction("period_of_report", old_value="2021-06-29", new_value="2021-02-30"), "is no date"),
        (correction("period_of_report", old_value="2021-06-29", new_value="1624924800"), "is no date"),
        (correction("owners[0].relationship.officer", old_value=False, new_value="yes"), "is no flag"),
        (correction("remarks", old_value="None.", new_value=True), "is no text"),
        (correction("footnotes[0]", old_value=NOTE, new_value=None), "is a footnote"),
        (correction("footnotes[F2]", old_value="x", new_value="y"), "is no field"),
        (correction("non_derivative[7].shares", old_value="x", new_value="1"), "is no field"),
        (correction("__class__", new_value="x"), "is no field"),
        (correction("form", old_value="4", new_value="5"), "is no field"),
    ],
)
def test_what_does_not_fit_is_refused(wrong: Correction, why: str) -> None:
    with pytest.raises(CorrectionRefused, match=why):
        carried_out(correction("remarks", old_value="None.", new_value="x"), wrong)


def test_corrections_of_another_file_are_refused() -> None:
    with pytest.raises(CorrectionRefused, match="of another file"):
        carried_out(price("1"), sha256="0" * 64)
    with pytest.raises(CorrectionRefused, match="of another file"):
        apply(Corrections(source=About(file="a", sha256=READING.source["sha256"]), corrections=()), extract(FORM_4))


def written(folder: Path, **changes: Any) -> Path:
    source = {"file": "a.html", "sha256": "0" * 64}
    plain = {"format": "extractor-corrections", "version": 1, "source": source, "corrections": []}
    path = folder / "corrections.json"
    path.write_text(json.dumps({**plain, **changes}), encoding="utf-8")
    return path


def test_a_file_of_corrections_is_read(tmp_path: Path) -> None:
    one = {"path": "", "decision": "accepted", "who": " R. Viewer ", "when": "2026-01-02T12:00:00+02:00"}
    found = read_corrections(written(tmp_path, corrections=[one]))
    assert found.corrections[0].who == "R. Viewer"
    assert found.corrections[0].when.isoformat() == "2026-01-02T12:00:00+02:00"


_ONE = {"path": "", "decision": "accepted", "who": "R. Viewer", "when": "2026-01-02T12:00:00Z"}


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "something"},
        {"version": 2},
        {"more": 1},
        {"source": {"file": "a", "sha256": "xyz"}},
        {"corrections": [{**_ONE, "who": " "}]},
        {"corrections": [{**_ONE, "when": "2026-01-02T12:00:00"}]},
        {"corrections": [{**_ONE, "decision": "perhaps"}]},
        {"corrections": [{**_ONE, "new_value": 5}]},
        {"corrections": {}},
    ],
)
def test_anything_else_is_refused(changes: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(CorrectionRefused, match="no file of corrections"):
        read_corrections(written(tmp_path, **changes))


@pytest.mark.parametrize("text", ["", "nothing", "[]", "\x00", "{}"])
def test_what_is_no_json_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.json"
    path.write_text(text)
    with pytest.raises(CorrectionRefused):
        read_corrections(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable):
        read_corrections(tmp_path / "none.json")
