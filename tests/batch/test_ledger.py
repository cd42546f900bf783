from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from extractor.batch.inputs import Input
from extractor.batch.ledger import PAGE, Ending, Ledger, Part, records
from extractor.batch.record import typed
from extractor.errors import DamagedSource, SourceTooLarge, TimedOut, WriteError

INPUTS = [
    Input("a.html", "", b"/a.html"),
    Input("b.zip", "b.html", b"/b.zip"),
    Input("b.zip", "", b"/b.zip", error=SourceTooLarge("is too large")),
    Input("c.html", "", b"/c.html"),
]


def test_what_is_not_committed_is_not_there(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.freeze(INPUTS, {"sources": ["x"]}, 2)
        ledger.end(0, Ending("read", "aa", 1))
        ledger.commit()
        ledger.end(1, Ending("read", "bb", 1))
    with Ledger(tmp_path) as ledger:
        assert [(each.seq, each.name) for each in ledger.pending()] == [(1, "b.zip!b.html"), (3, "c.html")]
        assert ledger.about() == {"sources": ["x"], "shard_size": 2, "inputs": 4}
        assert ledger.open_shards() == {0: 1, 1: 1}
        assert ledger.progress() == ({"read": 1, "failed": 1}, 4)


def test_an_ending_is_seen_before_it_is_committed(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.freeze(INPUTS, {}, 2)
        read = Ending("read", "aa", 1, template="form4")
        ledger.end(0, read)
        assert ledger.known("aa") == read
        ledger.end(1, Ending("failed", "bb", 1, "TimedOut"))
        assert [each.seq for each in ledger.pending()] == [3]
        ledger.end(3, Ending("read", "cc", 1))
        assert [ending.status for _, ending in ledger.of_shard(1) if ending] == ["failed", "read"]
        assert not list(ledger.pending())
        ledger.end(3, Ending("in_doubt", "cc", 1))
        assert ledger.progress() == ({"read": 1, "in_doubt": 1, "failed": 2}, 4)
        ledger.end(1, Ending("failed", "bb", 1, "WorkerDied"))
        assert ledger.reopen(["WorkerDied"]) == 1


def test_many_endings_do_not_wait_in_memory(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.freeze([Input(f"{number}.html", "", b"/x") for number in range(2 * PAGE)], {}, 2)
        waiting = []
        for number in range(2 * PAGE):
            ledger.end(number, Ending("read", "aa", 1), b"body", b"page")
            waiting.append(len(ledger._endings))
        assert max(waiting) < PAGE
        ledger.commit()
        assert ledger.progress() == ({"read": 2 * PAGE}, 2 * PAGE)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as database:
        for table in ("documents", "pages"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (2 * PAGE,)


def test_a_freeze_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> object:
        yield INPUTS[0]
        raise DamagedSource("no list")

    with Ledger(tmp_path) as ledger, pytest.raises(DamagedSource):
        ledger.freeze(failing(), {}, 2)  # type: ignore[arg-type]
    with Ledger(tmp_path) as ledger:
        assert ledger.about() == {}
        assert not ledger.has_open()


def test_records_are_in_order_and_go_when_the_shard_is_written(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.freeze(INPUTS, {}, 2)
        body = zlib.compress(json.dumps({"document": {"filing": {}}}).encode())
        ledger.end(1, Ending("in_doubt", "bb", 7), body, b"page")
        ledger.end(0, Ending("duplicate", "bb", 7))
        ledger.commit()
        assert list(records(ledger.path, 0)) == [
            ("a.html", "", "bb", 7, "duplicate", "", None, None, None),
            ("b.zip", "b.html", "bb", 7, "in_doubt", "", {"filing": {}}, None, b"page"),
        ]
        ledger.shard_written(0)
        ledger.commit()
        assert [(each.document, each.page) for each in records(ledger.path, 0)] == [(None, None)] * 2
        assert ledger.open_shards() == {1: 1}
        known = ledger.known("bb")
        assert known is not None
        assert known.status == "in_doubt"
        assert ledger.known("cc") is None


def test_only_shards_in_which_something_changed_are_opened_again(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.freeze(INPUTS, {}, 1)
        for seq, status, error in ((0, "read", ""), (1, "failed", "TimedOut"), (3, "failed", "TimedOut")):
            ledger.end(seq, Ending(status, str(seq), error=error), b"" if status == "read" else None)
        for shard in range(4):
            ledger.shard_written(shard)
        assert ledger.reopen(["TimedOut"]) == 2
        assert [each.seq for each in ledger.pending()] == [1, 3]
        ledger.end(1, Ending("failed", "1", error="TimedOut"))
        ledger.end(3, Ending("read", "3"), b"")
        assert ledger.settle() == 0
        assert ledger.open_shards() == {3: 0}


def test_a_part_has_its_own_ledger_and_shards(tmp_path: Path) -> None:
    with Ledger(tmp_path, Part(1, 2)) as ledger, Ledger(tmp_path, Part(0, 2)) as other:
        ledger.freeze(INPUTS, {}, 1)
        other.freeze(INPUTS, {}, 1)
        assert [each.seq for each in ledger.pending()] == [1, 3]
        assert [each.seq for each in other.pending()] == [0]


def test_a_ledger_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database, but as long as one" * 100)
    with pytest.raises(WriteError):
        Ledger(tmp_path)


def test_a_ledger_is_durable(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_errors_by_their_name() -> None:
    assert isinstance(typed("TimedOut", "too long", "", "a"), TimedOut)
    assert type(typed("ExitCode", "odd", "")).__name__ == "ExtractorError"
    assert str(typed("MissingExtra", "odd", "", "a")) == "a: odd"


def test_the_room_of_pages_is_given_back(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.freeze(INPUTS, {}, 4)
        for seq in (0, 1, 3):
            ledger.end(seq, Ending("read", str(seq)), b"", bytes(2**20))
        ledger.shard_written(0)
        ledger.commit()
        ledger.compact()
        ledger.note("after", True)
        ledger.commit()
    with Ledger(tmp_path) as ledger:
        assert ledger.about()["after"] is True
        assert ledger.known("3") is not None
    assert ledger.path.stat().st_size < 2**19
