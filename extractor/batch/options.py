"""What a user asks of a run comes in and is kept as one value; also what is told of a run while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import Literal, NamedTuple

from extractor.batch.archive import ArchiveLimits
from extractor.batch.bounds import MIB, Bounds
from extractor.batch.inputs import ALL, Choice
from extractor.batch.ledger import WHOLE, Ending, Ledger, OtherRun, Part
from extractor.batch.review import Review
from extractor.batch.supervisor import Start
from extractor.batch.worker import READ
from extractor.templates import fingerprint_of_added
from extractor.version import __version__

SourceName = str | PathLike[str]
Engine = Literal["local", "dask"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is: the first five change what comes out and are kept with it, the others only how it is done.

    `engine` is what does it: processes of this machine, or a dask cluster, the one whose `scheduler` is named or else
    one made on this machine, of `workers` processes. `job` is what reads a document, as `module:name`; tests have
    stand-ins.
    """

    formats: tuple[str, ...] = ("parquet",)
    shard_size: int = 500
    second_opinion: bool = False
    choice: Choice = ALL
    review: Review | None = None
    part: Part = WHOLE
    workers: int = 1
    seconds: float = 10.0
    memory: int | None = 1024 * MIB
    start: Start | None = None
    engine: Engine = "local"
    scheduler: str | None = None
    job: str = READ
    limits: ArchiveLimits = field(default_factory=ArchiveLimits)

    @property
    def bounds(self) -> Bounds:
        """What one document may use."""
        return Bounds(seconds=self.seconds, memory=self.memory)

    def kept(self, sources: Sequence[str], out: Path) -> dict[str, object]:
        """What makes two runs into `out` the same."""
        return {
            "version": __version__,
            "sources": list(sources),
            "formats": list(self.formats),
            "second_opinion": self.second_opinion,
            "include": list(self.choice.include),
            "exclude": list(self.choice.exclude),
            "shard_size": self.shard_size,
            "templates": fingerprint_of_added(),
            "review": self.review.seen_from(out) if self.review else None,
        }

    def as_before(self, about: Mapping[str, object], out: Path) -> Options:
        """These limits with everything else from what a ledger in `out` says of its run. Raises OtherRun."""
        if about.get("version") != __version__:
            raise OtherRun(f"was written by version {about.get('version')}, this is {__version__}")
        if about.get("templates", "") != fingerprint_of_added():
            raise OtherRun("was written with other templates added (EXTRACTOR_TEMPLATES)")
        include, exclude, formats = (_texts(about.get(name)) for name in ("include", "exclude", "formats"))
        size = about.get("shard_size")
        return replace(
            self,
            formats=formats,
            choice=Choice(include, exclude),
            second_opinion=bool(about.get("second_opinion")),
            review=Review.of(about.get("review"), out),
            shard_size=size if isinstance(size, int) else self.shard_size,
        )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


class Event(NamedTuple):
    """An input has ended."""

    uri: str
    member: str
    ending: Ending


# Told of each input that has ended; of None where only time has gone by.
Observer = Callable[[Event | None], None]
Observe = Callable[[Ledger], Observer]


def unseen(_event: Event | None) -> None:
    """For runs that nobody watches."""
