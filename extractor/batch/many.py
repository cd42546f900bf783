"""Sources come in; the outcome of each of their inputs goes out, in their order, as it is asked for."""

from __future__ import annotations

import gc
import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extractor.batch.bounds import MIB
from extractor.batch.documents import DOCUMENT, unpack_document
from extractor.batch.frames import Frame
from extractor.batch.inputs import Input, Opener, listed
from extractor.batch.options import Options, SourceName
from extractor.batch.record import Record, typed
from extractor.batch.supervisor import Supervisor
from extractor.batch.walk import ending, read_task
from extractor.batch.worker import preload
from extractor.errors import ExtractorError
from extractor.filing import Filing

# Outcomes, for each worker, that may wait for an earlier one: some MB, and seconds of work beside one that hangs.
AHEAD: Final = 32


@dataclass(frozen=True)
class Outcome:
    """What became of one input: a `record`, and the `error` that ended its reading, if one did."""

    record: Record
    error: ExtractorError | None = None

    @property
    def needs_review(self) -> bool:
        """Whether any issue puts a value in doubt."""
        return self.record.status == "in_doubt"

    @cached_property
    def filing(self) -> Filing:
        """The filing as `extract` gives it. Raises the error of an input that could not be read."""
        from extractor.writers.json import dict_to_filing

        if self.error is not None or self.record.document is None:
            raise self.error or ExtractorError("nothing was read", source=self.record.uri)
        filing = self.record.document["filing"]
        assert isinstance(filing, dict)
        return dict_to_filing(filing)


def extract_many(
    sources: Iterable[SourceName],
    *,
    workers: int = 1,
    seconds: float = 10.0,
    memory: int | None = 1024 * MIB,
    second_opinion: bool = False,
) -> Iterator[Outcome]:
    """The outcomes of all inputs of the sources (as `extractor batch` takes them), in their order, one at a time.

    `seconds` and `memory` (bytes) bound each input. At most some dozens of outcomes a worker are held at a time; what
    is wrong with an input is its outcome's error and raises nothing. Copies are read each.
    """
    options = Options(workers=workers, seconds=seconds, memory=memory, second_opinion=second_opinion)
    preload()
    many = _Many(sources, options)
    try:
        yield from many.outcomes()
    finally:
        many.close()
        gc.unfreeze()


class _Many:
    """What is under way, and what is done and waits for its turn."""

    def __init__(self, sources: Iterable[SourceName], options: Options) -> None:
        self._options = options
        self._supervisor, self._opener = Supervisor(options.workers, options.start), Opener(options.limits)
        self._inputs = enumerate(listed(sources, options.choice, options.limits))
        self._more = True
        self._turns: deque[int] = deque()
        self._reading: dict[int, Record] = {}
        self._done: dict[int, Outcome] = {}

    def outcomes(self) -> Iterator[Outcome]:
        """Each in its turn."""
        while self._more or self._turns:
            while self._more and self._supervisor.free and len(self._turns) < AHEAD * self._options.workers:
                self._begin()
            if self._turns and self._turns[0] not in self._done:
                for key, answer in self._supervisor.wait():
                    self._done[key] = _outcome(self._reading.pop(key), answer)
            while self._turns and self._turns[0] in self._done:
                yield self._done.pop(self._turns.popleft())

    def close(self) -> None:
        """Ends every process and closes what is open."""
        self._supervisor.close()
        self._opener.close()

    def _begin(self) -> None:
        key, given = next(self._inputs, (-1, None))
        if given is None:
            self._more = False
            return
        self._turns.append(key)
        record = Record(given.uri, given.member, "", 0, "failed", "", None)
        try:
            data = self._bytes(given)
        except ExtractorError as error:
            self._done[key] = Outcome(record._replace(error=type(error).__name__), error.about(record.name))
            return
        self._reading[key] = record._replace(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        self._supervisor.submit(read_task(key, record.name, data, self._options, (DOCUMENT,)))

    def _bytes(self, given: Input) -> bytes:
        if given.error:
            raise given.error
        return self._opener.read(given.path, given.steps)


def _outcome(record: Record, answer: Frame) -> Outcome:
    how = ending(answer, record.sha256, record.size)
    if how.status == "failed":
        error = typed(how.error, how.message, how.hint, record.name)
        return Outcome(record._replace(error=how.error), error)
    return Outcome(record._replace(status=how.status, document=unpack_document(answer.body).document))
