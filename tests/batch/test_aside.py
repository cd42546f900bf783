"""Files written aside: whole or not there, and nothing left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.batch.aside import Aside, folder, make_aside, sweep
from extractor.errors import WriteError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_has_its_name_only_when_committed(tmp_path: Path) -> None:
    target = tmp_path / "a"
    aside = Aside(target)
    aside.write(b"one")
    assert not target.exists()
    aside.commit()
    aside.abandon()
    assert target.read_bytes() == b"one"
    assert names(tmp_path) == ["a"]


def test_what_is_abandoned_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    aside = Aside(target)
    aside.write(b"new")
    aside.abandon()
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_what_killed_writers_left_goes_and_what_others_write_stays(tmp_path: Path) -> None:
    (tmp_path / ".a.0123.aside").write_bytes(b"half")
    (tmp_path / ".a.0123.aside.wal").write_bytes(b"log")
    (tmp_path / ".a.0123.aside.tmp").mkdir()
    (tmp_path / ".ab.0123.aside").write_bytes(b"other")
    Aside(tmp_path / "a").commit()
    assert names(tmp_path) == [".ab.0123.aside", "a"]


def test_what_an_engine_leaves_beside_its_file_goes(tmp_path: Path) -> None:
    def fill(path: Path) -> None:
        path.write_bytes(b"data")
        Path(f"{path}.wal").write_bytes(b"log")

    make_aside(tmp_path / "a", fill)
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"data"


def test_a_filling_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fill(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(WriteError, match="No space left on device"):
        make_aside(tmp_path / "a", fill)
    assert names(tmp_path) == []


def test_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(WriteError, match="symbolic link"):
        Aside(tmp_path / "link")
    with pytest.raises(WriteError, match="symbolic link"):
        folder(tmp_path / "link")
    assert names(tmp_path) == ["link"]


def test_a_link_put_there_meanwhile_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "a"
    aside = Aside(target)
    target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(WriteError, match="symbolic link"):
        aside.commit()
    aside.abandon()
    assert names(tmp_path) == ["a"]


def test_the_permissions_are_those_of_the_user(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        Aside(tmp_path / "a").commit()
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_files_of_a_part_are_swept_by_the_parts_name(tmp_path: Path) -> None:
    for name in (".part-1.0123.aside", ".part-10.0123.aside", ".a.0123.aside"):
        (tmp_path / name).write_bytes(b"half")
    sweep(tmp_path / "part-1")
    aside = Aside(tmp_path / "a", "part-1")
    assert aside.path.name.startswith(".part-1.")
    aside.commit()
    assert names(tmp_path) == [".a.0123.aside", ".part-10.0123.aside", "a"]
