"""The commands with which people look: review, apply, draw, schema, doctor, and the completion of a shell."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from extractor import ExitCode
from tests.cli.called import Call, names

ROOT = Path(__file__).resolve().parents[2]
PDF = ROOT / "samples" / "qualys-2021-sec" / "filing.pdf"


def test_review_of_a_file_is_a_file(call: Call, folder: Path) -> None:
    done = call("review", "good.html", "-o", "look.html")
    assert (done.code, done.out) == (ExitCode.READ, "")
    assert (folder / "look.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_review_of_several_files_is_a_folder_with_an_index(call: Call, folder: Path) -> None:
    done = call("review", "good.html", "doubt.html", "-o", "looks")
    assert done.code == ExitCode.READ
    assert "2 of 2 filings" in done.err
    assert len(names(folder / "looks")) == 3
    assert "index.html" in names(folder / "looks")


def test_one_bad_file_costs_only_itself(call: Call, folder: Path) -> None:
    done = call("review", "good.html", "noform.html", "empty.pdf", "-o", "looks/")
    assert done.code == ExitCode.SOME_FAILED
    assert "noform.html" in done.err
    assert len(names(folder / "looks")) == 2


def test_review_of_no_form_writes_nothing(call: Call, folder: Path) -> None:
    assert call("review", "noform.html", "-o", "look.html").code == ExitCode.NOT_A_FORM
    assert not (folder / "look.html").exists()


def test_a_review_that_cannot_be_written_is_told(call: Call, folder: Path) -> None:
    assert call("review", "good.html", "-o", "good.html/look.html").code == ExitCode.NOT_WRITTEN
    assert (folder / "good.html").is_file()


def corrections(folder: Path, file: str, value: str) -> None:
    import hashlib

    one = {
        "path": "issuer.trading_symbol",
        "decision": "corrected",
        "old_value": "FBL",
        "new_value": value,
        "who": "R. Viewer",
        "when": "2026-01-02T12:00:00Z",
    }
    source = {"file": file, "sha256": hashlib.sha256((folder / "good.html").read_bytes()).hexdigest()}
    text = json.dumps({"format": "extractor-corrections", "version": 1, "source": source, "corrections": [one]})
    (folder / "corrections.json").write_text(text, "utf-8")


def test_apply_prints_the_corrected_filing(call: Call, folder: Path) -> None:
    corrections(folder, "good.html", "NEW")
    data = json.loads(call("apply", "corrections.json").out)
    assert data["filing"]["issuer"]["trading_symbol"]["value"] == "NEW"
    assert data["source"]["corrections"][0]["who"] == "R. Viewer"
    assert "<issuerTradingSymbol>NEW<" in call("apply", "corrections.json", "--to", "xml").out


def test_apply_finds_the_file_where_it_is_told_or_beside(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrections(folder, "good.html", "NEW")
    (folder / "away").mkdir()
    monkeypatch.chdir(folder / "away")
    assert "NEW" in call("apply", "../corrections.json").out
    corrections(folder, "gone.html", "NEW")
    assert call("apply", "../corrections.json").code == ExitCode.NOT_READABLE
    assert "NEW" in call("apply", "../corrections.json", "../good.html", "--to", "md").out
    assert call("apply", "../corrections.json", "../good.html", "-o", "out.json").out == ""
    assert json.loads((folder / "away" / "out.json").read_text("utf-8"))["needs_review"] is False


def test_apply_refuses_what_is_of_another_file(call: Call, folder: Path) -> None:
    corrections(folder, "good.html", "NEW")
    done = call("apply", "corrections.json", "other.html")
    assert (done.code, done.out) == (ExitCode.NOT_READABLE, "")
    assert "of another file" in done.err


@pytest.mark.parametrize("stage", ["rulings", "cells", "fields"])
def test_draw_writes_a_picture(call: Call, tmp_path: Path, stage: str) -> None:
    assert call("draw", str(PDF), "--stage", stage, "-o", str(tmp_path / "page.png")).code == ExitCode.READ
    picture = Image.open(io.BytesIO((tmp_path / "page.png").read_bytes()))
    assert picture.format == "PNG"
    assert picture.width > 1000


def test_draw_of_no_page_and_of_html(call: Call, folder: Path) -> None:
    assert call("draw", str(PDF), "--page", "7", "-o", "page.png").code == ExitCode.USAGE
    assert call("draw", "good.html", "-o", "page.png").code == ExitCode.NOT_READABLE
    assert not (folder / "page.png").exists()


def test_schema_is_printed(call: Call) -> None:
    assert json.loads(call("schema").out)["$schema"].endswith("2020-12/schema")


def test_doctor_tells_of_every_part(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor import extras
    from extractor.extras import Part

    done = call("doctor")
    assert done.code == ExitCode.READ
    assert all(part.distribution in done.out for part in extras.PARTS)
    for works, state in ((True, "works"), (False, "absent")):
        build = extras.Build("loops", works, "a compiler", "time")
        monkeypatch.setattr(extras, "builds", lambda build=build: [build])
        assert f"{state} loops a compiler time" in " ".join(call("doctor").out.split())
    gone = Part("no-such-distribution", "json", "batch", "nothing")
    monkeypatch.setattr(extras, "examine", lambda: [extras._examined(gone)])
    done = call("doctor")
    assert done.code == ExitCode.READ
    assert "pip install 'form345-extractor[batch]'" in done.out
    monkeypatch.setattr(extras, "examine", lambda: [extras._examined(gone._replace(extra=""))])
    assert call("doctor").code == ExitCode.NOT_READABLE


def completed(words: str, number: int) -> list[str]:
    """What a shell is told that could stand there."""
    told = {"COMP_WORDS": words, "COMP_CWORD": str(number), "_EXTRACTOR_COMPLETE": "bash_complete"}
    code = "import sys; sys.argv = ['extractor']; from extractor.cli import main; main()"
    environment = {**os.environ, **told, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "number", "found"),
    [
        ("extractor re", 1, {"plain,review", "plain,retry", "plain,read", "file,re"}),
        ("extractor review fo", 2, {"file,fo"}),
        ("extractor form4.pdf --str", 2, {"plain,--strict"}),
        ("extractor draw --stage f", 3, {"plain,fields"}),
        ("extractor form4.pdf --to m", 3, {"plain,md"}),
    ],
)
def test_a_shell_completes_commands_options_and_files(words: str, number: int, found: set[str]) -> None:
    assert set(completed(words, number)) == found


def test_reading_a_file_does_not_wait_for_these_commands() -> None:
    code = "import sys; from extractor.cli import cli; cli(['%s'], standalone_mode=False); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code % PDF], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "extractor.readers.pdf.paper" in loaded
    assert not loaded & {"extractor.review", "extractor.draw", "extractor.markup", "extractor.rows", "PIL", "xml.etree"}


def test_doctor_says_nothing_else() -> None:
    """Nor does a library that it loads, at the end of the process."""
    done = subprocess.run([sys.executable, "-m", "extractor", "doctor"], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.startswith("extractor ")
    assert done.stderr == ""
