"""The ledgers that an array of jobs left in a folder come in; the databases of all their parts go out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from extractor.batch.ledger import WHOLE, Ledger, OtherRun, Part, ledgers
from extractor.batch.options import Options
from extractor.batch.review import INDEX, Review
from extractor.batch.shard import finish_task, has_end, require, write_error
from extractor.batch.supervisor import Start, Supervisor
from extractor.errors import SourceUnreadable, WriteError

_NAME = re.compile(r"ledger(?:-(\d+)-of-(\d+))?\.sqlite")
# Jobs that a message names.
NAMED = 8


def parts_in(out: Path) -> list[Part]:
    """The jobs that have a ledger in the folder, by number; for a run that is no array, the one whole.

    Raises SourceUnreadable where there is none.
    """
    found = [_NAME.fullmatch(path.name) for path in ledgers(out)]
    parts = [Part(int(each[1]), int(each[2])) if each[1] else WHOLE for each in found if each]
    if not parts:
        raise SourceUnreadable("holds no run", source=str(out), hint="give the folder that a batch writes into")
    return sorted(parts)


def is_finished(out: Path) -> bool:
    """Whether there is what is made of all parts (databases, the index of the review), out of date with any of them."""
    review = Review.of(_about(out, parts_in(out)[0]).get("review"), out)
    made = [out / f"filings.{name}" for name in ("sqlite", "duckdb")]
    made += [review.folder / INDEX] if review else []
    return any(path.exists() for path in made)


def finish_array(out: Path, start: Start | None = None) -> None:
    """Makes the databases and the index of a run whose shards were divided among jobs, from the parts of all of them.

    Done again, it makes them anew. Raises WriteError where a job has not run here, is not done or was another run's,
    and OutputBusy where another process is at it.
    """
    parts = parts_in(out)
    if len({part.of for part in parts}) > 1:
        raise OtherRun("holds jobs of arrays of different sizes", source=str(out))
    missing = [str(number) for number in range(parts[0].of) if Part(number, parts[0].of) not in parts]
    if missing:
        raise _not_done(out, "have not run here", missing, parts[0].of)
    with Ledger(out, parts[0]) as first:
        about = [first.about(), *(_about(out, part) for part in parts[1:])]
        for part, told in zip(parts, about, strict=True):
            if _kept(told) != _kept(about[0]):
                raise OtherRun(f"job {part.number} is of another run than job {parts[0].number}", source=str(out))
        unfinished = [str(part.number) for part, told in zip(parts, about, strict=True) if not told.get("finished")]
        if unfinished:
            raise _not_done(out, "are not done", unfinished, parts[0].of)
        options = Options().as_before(about[0], out)
        require(options.formats)
        make_databases(out, options.formats, start, options.review)


def make_databases(out: Path, formats: Sequence[str], start: Start | None = None, review: Review | None = None) -> None:
    """Makes those of the formats that are databases, and the index of the review, in a process of its own.

    Raises WriteError.
    """
    if not has_end(formats, review):
        return
    supervisor = Supervisor(1, start)
    try:
        supervisor.submit(finish_task(out, formats, review))
        for _, answer in supervisor.wait():
            if answer.head.get("status") != "written":
                raise write_error(answer.head, out)
    finally:
        supervisor.close()


def _about(out: Path, part: Part) -> dict[str, object]:
    with Ledger(out, part) as ledger:
        return ledger.about()


def _kept(about: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in about.items() if name != "finished"}


def _not_done(out: Path, what: str, numbers: Sequence[str], of: int) -> WriteError:
    named = ", ".join(numbers[:NAMED]) + (f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else "")
    hint = f"run the same command with --shard {numbers[0]}/{of}, and so on"
    return WriteError(f"jobs {named} of {of} {what}", source=str(out), hint=hint)
