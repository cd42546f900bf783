"""An archive's open file comes in; its members go out, as a list of places first and as bytes later, within limits.

Read here rather than by `zipfile` and `tarfile`: those keep an object for every member (a million of them is most of a
gigabyte), read headers of any claimed size at once, and the tar reader of Python 3.11.7 loops for ever on a negative
size (CVE-2025-8194). Nothing is ever unpacked to disk, and a member's name is only a label, never a path.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO, Final, NamedTuple, Protocol

from extractor.errors import DamagedSource, EncryptedSource, ExtractorError, SourceTooLarge, UnsupportedFormat
from extractor.readers.source import MAX_BYTES


class ArchiveLimits(NamedTuple):
    """How far an archive is followed.

    `members`: rows made of one archive. `member`: bytes of one document. `archive`: bytes of an archive inside another,
    still packed. `ratio`: unpacked to packed, asked of a member or stream once it is larger than `slack` bytes.
    Saved filing pages pack to a tenth or a twentieth; deflate's own limit, which bombs approach, is a thousandth.
    """

    members: int = 2_000_000
    member: int = MAX_BYTES
    archive: int = 2**30
    ratio: int = 200
    slack: int = 2**20


class Step(NamedTuple):
    """Where a member lies in its archive: `offset` and `packed` bytes there, `size` unpacked; zip's method and CRC."""

    kind: str
    offset: int
    packed: int
    size: int
    method: int = 0
    crc: int = 0


class Member(NamedTuple):
    """A member's label and where it lies, or why it cannot be read. Without a name it is the archive itself."""

    name: str
    step: Step | None
    error: ExtractorError | None = None


class Readable(Protocol):
    """What is asked of an archive's file."""

    def read(self, size: int = ..., /) -> bytes: ...

    def seek(self, offset: int, whence: int = ..., /) -> int: ...

    def tell(self) -> int: ...


KINDS: Final = {
    ".zip": "zip",
    ".tar": "tar",
    ".tar.gz": "tar.gz",
    ".tgz": "tar.gz",
    ".tar.bz2": "tar.bz2",
    ".tbz2": "tar.bz2",
    ".tar.xz": "tar.xz",
    ".txz": "tar.xz",
}

BLOCK: Final = 512  # bytes of a tar record
CHUNK: Final = 64 * 1024  # bytes unpacked at a time
EXTENDED: Final = 2**20  # bytes of a tar header that only holds names; a path of 4096 bytes is the longest in use

_BROKEN = (struct.error, EOFError, zlib.error, lzma.LZMAError, OverflowError, ValueError)
_END = struct.Struct("<4s4H2LH")
_END64_AT = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_ENCRYPTED, _UTF8 = 0x1, 0x800
_SYMLINK, _FORMAT = 0o120000, 0o170000


def kind_of(name: str) -> str | None:
    """The kind of archive that a file's name says it is; None for a document. Office documents are no archives."""
    lower = name.lower()
    return next((kind for suffix, kind in KINDS.items() if lower.endswith(suffix)), None)


def members(stream: Readable, kind: str, packed: int, limits: ArchiveLimits) -> Iterator[Member]:
    """Every member that is no folder, in the archive's order. What is wrong with it or the archive is a member's error.

    `stream` is what `unpacked` gave, `packed` the archive's own size in bytes; between two members the stream may be
    moved. Raises OSError where the file itself cannot be read.
    """
    count = 0
    try:
        for member in _zip_members(stream, limits) if kind == "zip" else _tar_members(stream, kind, packed, limits):
            if count == limits.members:
                error = SourceTooLarge(f"has more than {limits.members:,} members; the rest is left out")
                yield Member("", None, error)
                return
            count += 1
            yield member
    except ExtractorError as error:
        yield Member("", None, error)
    except (*_BROKEN, OSError) as broken:
        if not _is_damage(broken):
            raise
        yield Member("", None, DamagedSource("is no sound archive; what follows the last member was lost"))


def read_member(file: Readable, step: Step, limit: int) -> bytes:
    """A member's bytes; at most `limit`. `file` is what `unpacked` gave.

    Raises DamagedSource, SourceTooLarge or UnsupportedFormat.
    """
    if step.size > limit:
        raise SourceTooLarge(f"is larger than {limit // 2**20} MiB")
    try:
        file.seek(step.offset)
        data = _unzip(file, step) if step.kind == "zip" else file.read(step.size)
    except (*_BROKEN, OSError) as error:
        if not _is_damage(error):
            raise
        raise DamagedSource("cannot be unpacked") from error
    if len(data) != step.size or (step.kind == "zip" and zlib.crc32(data) != step.crc):
        raise DamagedSource("unpacks to something else than its archive says")
    return data


def _is_damage(error: Exception) -> bool:
    """Whether the content is to blame: bz2 and gzip raise OSError too, but without a number."""
    return not isinstance(error, OSError) or error.errno is None


def unpacked(file: IO[bytes], kind: str) -> Readable:
    """The plain tar inside a packed one, any other archive as it is; seeking back unpacks from the start again."""
    if kind == "tar.gz":
        return gzip.GzipFile(fileobj=file, mode="rb")
    if kind == "tar.bz2":
        return bz2.BZ2File(file)
    if kind == "tar.xz":
        return lzma.LZMAFile(file)
    return file


def told(raw: bytes) -> str:
    """A name as text: UTF-8 as it is, every byte that is none of it percent-encoded."""
    text = raw.decode("utf-8", "surrogateescape")
    return "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in text)


# zip: APPNOTE.TXT, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.14-16 (ends), 4.5.3 (64 bit)


def _zip_members(file: Readable, limits: ArchiveLimits) -> Iterator[Member]:
    start, length, before = _directory(file)
    position = start
    while position + _ENTRY.size <= start + length:
        file.seek(position)
        entry = _ENTRY.unpack(file.read(_ENTRY.size))
        if entry[0] != b"PK\x01\x02":
            raise DamagedSource("has a broken table of contents; the members after the last one are lost")
        flags, method, crc, packed, size = entry[3], entry[4], entry[7], entry[8], entry[9]
        raw, extra = file.read(entry[10]), file.read(entry[11])
        position += _ENTRY.size + entry[10] + entry[11] + entry[12]
        size, packed, offset = _wide(extra, size, packed, entry[16])
        name = told(raw) if flags & _UTF8 else raw.decode("cp437")
        if name.endswith("/"):
            continue
        mode = entry[15] >> 16
        step = Step("zip", before + offset, packed, size, method, crc)
        yield Member(name, step, _objection(step, flags, mode, limits))


def _objection(step: Step, flags: int, mode: int, limits: ArchiveLimits) -> ExtractorError | None:
    if mode & _FORMAT == _SYMLINK:
        return UnsupportedFormat("is no regular file but a link", hint="links in archives are not followed")
    if flags & _ENCRYPTED:
        return EncryptedSource("is encrypted in its archive")
    if step.method not in (_STORED, _DEFLATED, _BZIP2):
        return UnsupportedFormat("is packed by a method that is not read", hint="pack it anew with deflate")
    if step.size > limits.slack and step.size > limits.ratio * step.packed:
        return SourceTooLarge(f"unpacks to more than {limits.ratio} times its size")
    return None


def _directory(file: Readable) -> tuple[int, int, int]:
    """Offset and length of the table of contents, and how many bytes stand before the archive (a self-extractor)."""
    size = file.seek(0, 2)
    tail_at = max(0, size - _END.size - 0xFFFF - _END64_AT.size)
    file.seek(tail_at)
    tail = file.read(size - tail_at)
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or found + _END.size > len(tail):
        raise DamagedSource("is no zip archive, or its end is missing")
    end = _END.unpack_from(tail, found)
    length, offset, ends_at = end[5], end[6], tail_at + found
    at = found - _END64_AT.size
    if at >= 0 and tail[at : at + 4] == b"PK\x06\x07":
        file.seek(_END64_AT.unpack_from(tail, at)[2])
        wide = _END64.unpack(file.read(_END64.size))
        if wide[0] != b"PK\x06\x06":
            raise DamagedSource("is no sound zip archive: its 64-bit end is missing")
        length, offset, ends_at = wide[8], wide[9], tail_at + at - _END64.size
    start = ends_at - length
    if start < 0 or start < offset:
        raise DamagedSource("is no sound zip archive: its table of contents is missing")
    return start, length, start - offset


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """The three numbers, from the 64-bit field where they did not fit."""
    values = [size, packed, offset]
    while len(extra) >= 4:
        tag, length = struct.unpack_from("<HH", extra)
        if tag == 1:
            rest = extra[4 : 4 + length]
            for index, value in enumerate(values):
                if value == 0xFFFFFFFF:
                    values[index] = struct.unpack_from("<Q", rest)[0]
                    rest = rest[8:]
            break
        extra = extra[4 + length :]
    return values[0], values[1], values[2]


def _unzip(file: Readable, step: Step) -> bytes:
    local = _LOCAL.unpack(file.read(_LOCAL.size))
    if local[0] != b"PK\x03\x04":
        raise DamagedSource("is not where its archive says")
    file.seek(step.offset + _LOCAL.size + local[9] + local[10])
    if step.method == _STORED:
        return file.read(step.size)
    if step.method == _DEFLATED:
        return _inflate(file, step)
    return _unpack_bzip2(file, step)


def _unpack_bzip2(file: Readable, step: Step) -> bytes:
    unpacker, pieces, left = bz2.BZ2Decompressor(), bytearray(), step.packed
    while not unpacker.eof and len(pieces) <= step.size:
        chunk = file.read(min(CHUNK, left)) if unpacker.needs_input else b""
        left -= len(chunk)
        if unpacker.needs_input and not chunk:
            break
        pieces += unpacker.decompress(chunk, CHUNK)
    return bytes(pieces)


def _inflate(file: Readable, step: Step) -> bytes:
    """At most one byte more than the archive promised."""
    unpacker, left = zlib.decompressobj(-15), step.packed
    chunk = file.read(min(CHUNK, left))
    left -= len(chunk)
    first = unpacker.decompress(chunk, step.size + 1) if chunk else b""
    if unpacker.eof:  # as nearly all, which are spared two copies
        return first
    pieces, chunk = bytearray(first), unpacker.unconsumed_tail
    while not unpacker.eof and len(pieces) <= step.size:
        if not chunk:
            chunk = file.read(min(CHUNK, left))
            left -= len(chunk)
            if not chunk:
                break
        pieces += unpacker.decompress(chunk, step.size + 1 - len(pieces))
        chunk = unpacker.unconsumed_tail
    return bytes(pieces)


# tar: POSIX.1-1988 ustar, POSIX.1-2001 pax (x, g), GNU long names (L, K)


def _tar_members(stream: Readable, kind: str, packed: int, limits: ArchiveLimits) -> Iterator[Member]:
    allowed = packed if kind == "tar" else max(limits.slack, packed * limits.ratio)
    position, name, size = 0, None, None
    while True:
        head = _header(stream, position)
        if head is None:
            return
        position += BLOCK
        length = head.size if size is None else size
        if length < 0:
            raise DamagedSource("has a member of negative size; the members after the last one are lost")
        if position + length > allowed:
            raise SourceTooLarge(f"unpacks to more than {limits.ratio} times its size; the rest is left out")
        if head.type in (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE):
            text = _extended(stream, length)
            if head.type == tarfile.GNUTYPE_LONGNAME:
                name = text.split(b"\0")[0]
            elif head.type == tarfile.XHDTYPE:
                name, size = _pax(text, name)
        else:
            label = told(head.name.encode("utf-8", "surrogateescape") if name is None else name)
            if head.type != tarfile.DIRTYPE and not label.endswith("/"):
                yield _tar_member(label, head.type, Step(kind, position, length, length))
            name = size = None
        position += -(-length // BLOCK) * BLOCK


def _header(stream: Readable, position: int) -> tarfile.TarInfo | None:
    stream.seek(position)
    block = stream.read(BLOCK)
    if not block and position:  # tar writes two empty records at the end; other tools forget them
        return None
    if position and not block.strip(b"\0"):
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as error:
        raise DamagedSource("is no sound tar archive; what follows the last member was lost") from error


def _extended(stream: Readable, length: int) -> bytes:
    if length > EXTENDED:
        raise SourceTooLarge(f"has a header of more than {EXTENDED // 2**20} MiB")
    return stream.read(length)


def _tar_member(name: str, type_: bytes, step: Step) -> Member:
    if type_ in (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE):
        return Member(name, step)
    error = UnsupportedFormat("is no regular file", hint="links, devices and sparse files in archives are not read")
    return Member(name, None, error)


def _pax(text: bytes, name: bytes | None) -> tuple[bytes | None, int | None]:
    """Path and size of the member that follows, where the pax records say so."""
    size = None
    while text:
        length_text, _, rest = text.partition(b" ")
        length = int(length_text)
        key, _, value = rest[: max(0, length - len(length_text) - 2)].partition(b"=")
        if key == b"path":
            name = value
        elif key == b"size":
            size = int(value)
        if length <= 0:
            raise ValueError("a pax record without length")
        text = text[length:]
    return name, size
