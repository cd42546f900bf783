"""No file of the corpus, genuine, blank, foreign or hostile, ends in anything but a filing or an error of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import Extraction, ExtractorError, extract
from extractor.filing.field import Field, Frozen
from tests.corpus.place import ROOT, every

# Hostile files that make the PDF engine itself abort when memory ends (streams of a gigabyte in a few kilobytes, a form
# that draws itself): no exception can be had of those, only the limits of a process hold them. 3 of 210 were seen.
KILLED = 3


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def ended(path: Path) -> Extraction | ExtractorError:
    """What `extract()` gives or raises; anything but an error of ours fails the test."""
    try:
        return extract(path)
    except ExtractorError as error:
        return error


def test_markdown_ends_in_errors_of_ours_or_in_doubt(corpus: Path) -> None:
    for path in (path for path in files(corpus / "genuine" / "markdown") if path.suffix == ".md"):
        end = ended(path)
        # What is read without doubt must have a truth to be measured by, as the texts have in `test_texts`.
        assert end.hint if isinstance(end, ExtractorError) else end.needs_review, path.name


def test_genuine_files_read_or_name_themselves_in_an_error(corpus: Path) -> None:
    for folder in ("html", "pdf", "other"):
        for path in files(corpus / "genuine" / folder):
            end = ended(path)
            assert end.source == str(path) if isinstance(end, ExtractorError) else end.filing.owners, path.name


def test_blank_forms_and_instructions_invent_nothing(corpus: Path) -> None:
    for path in files(corpus / "genuine" / "blank"):
        end = ended(path)
        if isinstance(end, ExtractorError):
            continue
        assert end.needs_review, path.name
        assert list(invented(end.filing)) == [], path.name


@pytest.mark.skipif(sys.platform != "linux", reason="limits a process by RLIMIT_AS")
def test_hostile_files_end_in_errors_of_ours_within_bounds(corpus: Path) -> None:
    chosen = files(corpus / "hostile")[:: every()]
    command = [sys.executable, "-m", "tests.corpus.limited", *map(str, chosen)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["file"] for each in told] == [str(path) for path in chosen]
    assert [each for each in told if each["end"] == "escaped"] == []
    assert [each for each in told if each["what"] == "sure"] == []
    killed = [each for each in told if each["end"] == "killed"]
    assert len(killed) <= KILLED, killed


def invented(model: Frozen, path: str = "") -> Iterator[str]:
    """The fields that hold anything: a value (an unticked box holds none) or a mark."""
    for name in type(model).model_fields:
        member = getattr(model, name)
        at = f"{path}{name}"
        if isinstance(member, Field):
            if member.value not in (None, False, "") or member.footnotes:
                yield f"{at}: {member.value!r} {member.footnotes}"
        elif isinstance(member, Frozen):
            yield from invented(member, f"{at}.")
        elif isinstance(member, tuple):
            for index, each in enumerate(member):
                if isinstance(each, Frozen):
                    yield from invented(each, f"{at}[{index}].")
        elif name in ("text", "schema_version") and member:
            yield f"{at}: {member!r}"
