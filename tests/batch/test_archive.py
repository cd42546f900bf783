from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from extractor.batch.archive import ArchiveLimits, Step, kind_of, told
from extractor.batch.inputs import ALL, Choice, Input, Opener, listed
from extractor.errors import DamagedSource, ExtractorError, SourceTooLarge, SourceUnreadable

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "tar": bytes,
    "tar.gz": gzip.compress,
    "tar.bz2": bz2.compress,
    "tar.xz": lzma.compress,
}
BODIES = {"a.html": b"<html>a</html>", "folder/b.html": b"<html>" + b"b" * 100_000, "../../c.html": b"c", "empty": b""}


def zipped(bodies: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in bodies.items():
            archive.writestr(name, body)
    return out.getvalue()


def tarred(bodies: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, body in bodies.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


def read(given: Iterable[Input], limits: ArchiveLimits | None = None) -> dict[str, bytes | str]:
    """Each member's bytes, or the name of the error that it ends in."""
    opener = Opener(limits or ArchiveLimits())
    found: dict[str, bytes | str] = {}
    for each in given:
        if each.error:
            found[each.member] = type(each.error).__name__
            continue
        try:
            found[each.member] = opener.read(each.path, each.steps)
        except ExtractorError as error:
            found[each.member] = type(error).__name__
    opener.close()
    return found


def given(folder: Path, name: str, content: bytes, limits: ArchiveLimits | None = None) -> dict[str, bytes | str]:
    path = folder / name
    path.write_bytes(content)
    return read(list(listed([path], ALL, limits or ArchiveLimits())), limits)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_zip(tmp_path: Path, method: int) -> None:
    assert given(tmp_path, "a.zip", zipped(BODIES, method)) == BODIES


def test_a_zip_behind_a_program(tmp_path: Path) -> None:
    assert given(tmp_path, "a.zip", b"#!/bin/sh\n" * 50 + zipped(BODIES)) == BODIES


def test_a_zip_with_64_bit_sizes(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a.html", "w", force_zip64=True) as member:
        member.write(b"a" * 1000)
    assert given(tmp_path, "a.zip", out.getvalue()) == {"a.html": b"a" * 1000}


def test_a_zip_of_more_members_than_16_bits_count(tmp_path: Path) -> None:
    found = given(tmp_path, "a.zip", zipped({f"{n}.html": b"%d" % n for n in range(66_000)}, zipfile.ZIP_STORED))
    assert len(found) == 66_000
    assert found["65999.html"] == b"65999"


@pytest.mark.parametrize("kind", PACKERS)
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar(tmp_path: Path, kind: str, form: int) -> None:
    assert given(tmp_path, f"a.{kind}", PACKERS[kind](tarred(BODIES, form))) == BODIES


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_and_foreign_names_in_a_tar(tmp_path: Path, form: int) -> None:
    bodies = {"n" * 300 + ".html": b"long", "é/ü.html": b"foreign", "after.html": b"after"}
    assert given(tmp_path, "a.tar", tarred(bodies, form)) == bodies


@pytest.mark.parametrize("outer", ["zip", *PACKERS])
@pytest.mark.parametrize("inner", ["zip", "tar.gz"])
def test_an_archive_in_an_archive(tmp_path: Path, outer: str, inner: str) -> None:
    packed = zipped(BODIES) if inner == "zip" else gzip.compress(tarred(BODIES))
    both = {"first.html": b"1", f"in.{inner}": packed, "last.html": b"2"}
    whole = zipped(both) if outer == "zip" else PACKERS[outer](tarred(both))
    expected = {"first.html": b"1", **{f"in.{inner}!{name}": body for name, body in BODIES.items()}, "last.html": b"2"}
    assert given(tmp_path, f"a.{outer}", whole) == expected
    assert list(given(tmp_path, f"a.{outer}", whole)) == list(expected)


def test_a_third_archive_is_not_opened(tmp_path: Path) -> None:
    whole = zipped({"b.zip": zipped({"c.zip": zipped(BODIES)})})
    assert given(tmp_path, "a.zip", whole) == {"b.zip!c.zip": "UnsupportedFormat"}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.bz2", "a.tar.xz"])
@pytest.mark.parametrize("content", [b"", b"\0" * 600, b"no archive at all" * 100])
def test_what_is_no_archive_is_one_row(tmp_path: Path, name: str, content: bytes) -> None:
    assert given(tmp_path, name, content) == {"": "DamagedSource"}


@pytest.mark.parametrize("kind", ["zip", *PACKERS])
def test_damage_is_a_row_and_never_another_error(tmp_path: Path, kind: str) -> None:
    whole = zipped(BODIES) if kind == "zip" else PACKERS[kind](tarred(BODIES))
    chance = random.Random(1)
    for _ in range(60):
        changed = bytearray(whole)
        for _ in range(4):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        found = given(tmp_path, f"a.{kind}", bytes(changed[: chance.randrange(1, len(changed) + 1)]))
        assert all(isinstance(body, bytes) or body in _EXPECTED for body in found.values())


_EXPECTED = {"DamagedSource", "SourceTooLarge", "UnsupportedFormat", "EncryptedSource"}


def test_a_zip_bomb_is_a_row(tmp_path: Path) -> None:
    found = given(tmp_path, "a.zip", zipped({"bomb.html": bytes(20_000_000), "good.html": b"good"}))
    assert found == {"bomb.html": "SourceTooLarge", "good.html": b"good"}


def test_a_member_that_lies_about_its_size_is_a_row(tmp_path: Path) -> None:
    whole = zipped({"liar.html": b"x" * 900_000, "good.html": b"good"})
    found = given(tmp_path, "a.zip", whole.replace(struct.pack("<L", 900_000), struct.pack("<L", 1_000)))
    assert found == {"liar.html": "DamagedSource", "good.html": b"good"}


def test_a_tar_bomb_ends_in_a_row(tmp_path: Path) -> None:
    found = given(tmp_path, "a.tar.gz", gzip.compress(tarred({"good.html": b"good", "bomb": bytes(80_000_000)})))
    assert found == {"good.html": b"good", "": "SourceTooLarge"}


def test_limits_of_size_and_members(tmp_path: Path) -> None:
    limits = ArchiveLimits(members=2, member=1000)
    bodies = {"a.html": b"a" * 2000, "b.html": b"b", "c.html": b"c", "d.html": b"d"}
    expected = {"a.html": "SourceTooLarge", "b.html": b"b", "": "SourceTooLarge"}
    assert given(tmp_path, "a.zip", zipped(bodies, zipfile.ZIP_STORED), limits) == expected
    assert given(tmp_path, "a.tar", tarred(bodies), limits) == expected


def test_a_negative_size_does_not_loop(tmp_path: Path) -> None:
    """CVE-2025-8194."""
    whole = bytearray(tarred({"a.html": b"a"}, tarfile.GNU_FORMAT))
    whole[124:136] = b"\xff" * 11 + b"\x00"
    whole[148:156] = b" " * 8
    whole[148:156] = b"%06o\0 " % sum(whole[:512])
    assert given(tmp_path, "a.tar", bytes(whole)) == {"": "DamagedSource"}


def test_links_and_devices_are_rows(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in {"link": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "device": tarfile.CHRTYPE}.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert given(tmp_path, "a.tar", out.getvalue()) == dict.fromkeys(["link", "hard", "device"], "UnsupportedFormat")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zip_:
        info_ = zipfile.ZipInfo("link")
        info_.external_attr = 0o120777 << 16
        zip_.writestr(info_, "/etc/passwd")
    assert given(tmp_path, "a.zip", packed.getvalue()) == {"link": "UnsupportedFormat"}


def test_an_encrypted_member_is_a_row(tmp_path: Path) -> None:
    whole = bytearray(zipped({"a.html": b"a"}))
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    assert given(tmp_path, "a.zip", bytes(whole)) == {"a.html": "EncryptedSource"}


def test_nothing_is_written_beside_the_archive(tmp_path: Path) -> None:
    given(tmp_path, "a.zip", zipped(BODIES))
    assert [path.name for path in tmp_path.rglob("*")] == ["a.zip"]


def test_names() -> None:
    assert told("é".encode() + b"\xff") == "é%FF"
    assert kind_of("A.TAR.GZ") == "tar.gz"
    assert kind_of("a.docx") is None


# folders, globs, lists


def names(*sources: object, choice: Choice = ALL) -> list[str]:
    return [Path(each.uri).name for each in listed([str(source) for source in sources], choice)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b/2.html", "b/10.html", "a.pdf", "c.txt", "é.html"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path / "in"


def test_a_folder_in_the_order_of_its_names(folder: Path) -> None:
    assert names(folder) == ["a.pdf", "10.html", "2.html", "c.txt", "é.html"]


def test_patterns_choose_among_what_is_found(folder: Path) -> None:
    assert names(folder, choice=Choice(include=("*.html",), exclude=("1*",))) == ["2.html", "é.html"]
    assert names(folder / "c.txt", choice=Choice(include=("*.html",))) == ["c.txt"]


def test_the_output_folder_is_no_input(folder: Path) -> None:
    assert names(folder, choice=Choice(apart=(folder / "b",))) == ["a.pdf", "c.txt", "é.html"]


def test_a_glob(folder: Path) -> None:
    assert names(folder / "**" / "*.html") == ["10.html", "2.html", "é.html"]


def test_lists(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = f"{folder}/c.txt\n\n{folder}/b\r\n".encode()
    (folder / "list").write_bytes(lines)
    assert names(f"@{folder}/list") == ["c.txt", "10.html", "2.html"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.replace(b"\r\n", b"\n").replace(b"\n", b"\0"))))
    assert names("-") == ["c.txt", "10.html", "2.html"]
    with pytest.raises(SourceUnreadable):
        names(f"@{folder}/none")


def test_what_cannot_be_read_is_a_row(folder: Path) -> None:
    os.mkfifo(folder / "b" / "pipe")
    (folder / "b" / "dangling").symlink_to("nowhere")
    found = read(listed([str(folder / "nothing.html")]))
    assert found == {"": "SourceUnreadable"}
    opener = Opener()
    for each in listed([str(folder / "b")]):
        if Path(each.uri).name in ("pipe", "dangling"):
            with pytest.raises(SourceUnreadable):
                opener.read(each.path, each.steps)


def test_a_name_that_is_no_utf_8(folder: Path) -> None:
    raw = os.fsencode(folder / "x") + b"\xff.html"
    Path(os.fsdecode(raw)).write_bytes(b"x")
    found = [each for each in listed([str(folder)]) if each.uri.endswith("x%FF.html")]
    assert [each.path for each in found] == [raw]
    assert Opener().read(found[0].path, ()) == b"x"


def test_a_file_beyond_the_limit(folder: Path) -> None:
    with pytest.raises(SourceTooLarge):
        Opener(ArchiveLimits(member=3)).read(os.fsencode(folder / "a.pdf"), ())


def test_members_can_be_read_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(gzip.compress(tarred(BODIES)))
    found = list(listed([str(path)]))
    assert read(reversed(found)) == BODIES
    with pytest.raises(DamagedSource):
        Opener().read(found[0].path, (Step("tar.gz", 10**9, 5, 5),))


def test_addresses() -> None:
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    store.pipe({"/in/b.html": b"b", "/in/a.zip": zipped({"m.html": b"m"})})
    found = list(listed(["memory://in"]))
    assert [(each.uri, each.member) for each in found] == [("memory://in/a.zip", "m.html"), ("memory://in/b.html", "")]
    assert list(read(found).values()) == [b"m", b"b"]
    assert [each.uri for each in listed(["memory://in/*.html"])] == ["memory://in/b.html"]
    assert read(listed(["memory://nothing/here"])) == {"": "SourceUnreadable"}
