"""Takes the bytes of an HTML page and calls a sink with its tags and text in document order, parsed by lxml."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from inspect import Parameter, Signature
from typing import Any, ClassVar, Final, Protocol, cast

from lxml import etree

from extractor.errors import DamagedSource, SourceTooLarge
from extractor.issues import Code, Issue

# Limits met before the parser sees a page. Real pages of ownership forms have 10 to 300 KB and 600 to 16 000 of `<`;
# pages that a browser saved with a whole site around the form, a few megabytes.
MAX_BYTES = 20 * 1024 * 1024
MAX_TAGS = 500_000

DECLARATION_BYTES = 4096  # how far into the page a declaration of its encoding is looked for; HTML says 1024
DECLARATION_TAG = 200  # characters between the start of the declaring tag and the word `charset`; seen: 40

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WINDOWS = "cp1252"
READ_AS_WINDOWS = frozenset({"ascii", "iso8859-1", WINDOWS})
"""Encodings that browsers read as windows-1252."""
SINGLE_BYTE = frozenset(
    {
        "koi8-r",
        "koi8-u",
        "mac-roman",
        "cp874",
        *(f"cp125{n}" for n in range(9)),
        *(f"iso8859-{n}" for n in range(2, 17)),
    }
)
MULTI_BYTE = frozenset({"big5", "gb2312", "gbk", "gb18030", "euc_jp", "euc_kr", "shift_jis", "iso2022_jp"})
HEEDED = SINGLE_BYTE | MULTI_BYTE | {"utf-8"}
"""Declared encodings that are believed, by the names of their codecs. UTF-16 is known by its bytes."""


class Sink(Protocol):
    """What a page is told to: every `start` has its `end`, innermost first; names are in lower case."""

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None: ...

    def data(self, data: str, /) -> None: ...

    def end(self, tag: str, /) -> None: ...

    def close(self) -> None: ...


class _Start:
    """A sink's `start`, with its signature at hand.

    lxml asks `inspect` for it at every page, which compiles anew what a compiled method says of itself: a twentieth of
    the time that a page takes.
    """

    __signature__: ClassVar[Signature] = Signature(
        [Parameter("tag", Parameter.POSITIONAL_ONLY), Parameter("attributes", Parameter.POSITIONAL_ONLY)]
    )

    def __init__(self, sink: Sink) -> None:
        self._start = sink.start

    def __call__(self, tag: str, attributes: Mapping[str, str], /) -> None:
        self._start(tag, attributes)


class _Target:
    """What lxml calls: the methods of a sink."""

    def __init__(self, sink: Sink) -> None:
        self.start: Final = _Start(sink)
        self.data: Final = sink.data
        self.end: Final = sink.end
        self.close: Final = sink.close


def parse(text: str, sink: Sink) -> tuple[Issue, ...]:
    """Tell `text`, the markup of a page, to `sink`; return the doubts that parsing left.

    Raises SourceTooLarge for more than half a million tags and DamagedSource where nothing can be parsed. What `sink`
    raises stops the parser and goes through unchanged.
    """
    if text.count("<") > MAX_TAGS:
        raise SourceTooLarge(f"more than {MAX_TAGS} tags")
    # libxml2 would stop at a NUL; a lone surrogate cannot come out of `decode`, only out of a caller's own text.
    markup = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    # A target instead of a tree: half the time, no limit of 2048 open elements that cuts text off, and a tag of
    # 400 000 attributes takes 0.3 s instead of minutes.
    target = cast(Any, _Target(sink))
    parser = etree.HTMLParser(
        target=target, encoding="utf-8", huge_tree=True, no_network=True, recover=True, remove_pis=True
    )
    try:
        etree.fromstring(markup, parser)
    except etree.LxmlError as error:
        raise DamagedSource("the page holds no markup that can be parsed") from error
    lost = [entry for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    return tuple(Issue(Code.TEXT_LOST, "", f"the parser met a limit in line {entry.line}") for entry in lost[:1])


def decode(data: bytes) -> tuple[str, tuple[Issue, ...]]:
    """The markup as text, and an issue where bytes could not be read in any encoding that the page may have.

    A byte order mark decides. Bytes that are UTF-8 without an error are, whatever the page declares: such text does
    not come about by chance. Others are in the declared encoding, or else in windows-1252.
    Raises SourceTooLarge above 20 MiB and DamagedSource for no bytes at all.
    """
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(f"{len(data)} bytes, more than {MAX_BYTES}")
    if not data.strip():
        raise DamagedSource("the file is empty")
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], encoding)
    if data[:2] in (b"<\0", b"\0<"):
        return _replaced(data, "utf-16-le" if data[:1] == b"<" else "utf-16-be")
    declared = declared_encoding(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        if declared == "utf-8" and not _mostly_utf8(data):
            declared = ""
        return _replaced(data, declared or WINDOWS)
    # All-ASCII bytes can still be text in an encoding that shifts, such as ISO-2022-JP.
    if declared in MULTI_BYTE and text.isascii():
        return _replaced(data, declared)
    return text, ()


def _mostly_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8 with single bytes spoilt, rather than another encoding: most non-ASCII bytes fit."""
    wrong = data.decode("utf-8", "replace").count("\ufffd")
    beyond_ascii = len(data) - len(data.translate(None, bytes(range(128, 256))))
    return wrong * 2 < beyond_ascii


def _replaced(data: bytes, encoding: str) -> tuple[str, tuple[Issue, ...]]:
    text = data.decode(encoding, "replace")
    wrong = text.count("\ufffd")
    if not wrong:
        return text, ()
    return text, (Issue(Code.TEXT_LOST, "", f"{wrong} characters are not valid {encoding} and could not be read"),)


def declared_encoding(data: bytes) -> str:
    """The encoding that an XML declaration or a <meta> of the page names, as Python calls it; "" for none known."""
    head = data[:DECLARATION_BYTES].decode("ascii", "replace").lower()
    for label in ("charset", "encoding"):
        before, found, after = head.partition(label)
        while found:
            name = _after_equals(after)
            if name and ("<meta" in before[-DECLARATION_TAG:] or "<?xml" in before[-DECLARATION_TAG:]):
                return _known(name)
            before, found, after = after.partition(label)
    return ""


def _after_equals(text: str) -> str:
    text = text.lstrip()
    if not text.startswith("="):
        return ""
    text = text[1:].lstrip(" \t\r\n\"'")
    end = 0
    while end < len(text) and (text[end].isalnum() or text[end] in "-_:."):
        end += 1
    return text[:end]


def _known(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    if codec in READ_AS_WINDOWS:
        return WINDOWS
    return codec if codec in HEEDED else ""
