"""Sources and a folder come in; every input of them ends as one row of the ledger and in the parts of its shard."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractor.batch.array import make_databases
from extractor.batch.aside import folder
from extractor.batch.coordinator import Coordinator
from extractor.batch.inputs import listed
from extractor.batch.ledger import Ledger, OtherRun
from extractor.batch.options import Observe, Options, SourceName, unseen
from extractor.batch.shard import require
from extractor.batch.unit import READ_PARTS
from extractor.batch.walk import Walk


def run_batch(sources: Sequence[SourceName], out: Path, options: Options, observe: Observe | None = None) -> None:
    """Reads every input of the sources into the folder `out`, or goes on where an earlier run of the same was ended.

    Raises WriteError (with its kinds OutputBusy and OtherRun), MissingExtra, and SourceUnreadable where there is no
    input at all; what is wrong with an input is recorded and raises nothing.
    """
    if options.engine == "dask":
        from extractor.batch.dask_engine import run_on_dask

        with coordinated(sources, out, options, observe) as coordinator:
            run_on_dask(coordinator, options)
        return
    with _opened(sources, out, options) as ledger:
        _complete(ledger, out, options, observe)


@contextlib.contextmanager
def coordinated(
    sources: Sequence[SourceName], out: Path, options: Options, observe: Observe | None = None
) -> Iterator[Coordinator]:
    """A run whose units of work are done elsewhere: give each of `reads()` and what `take` returns to `unit.work`.

    At the end what is still open is read here and the databases are made. Raises as `run_batch` does.
    """
    with _opened(sources, out, options) as ledger:
        yield Coordinator(ledger, out, options, observe(ledger) if observe else unseen)
        _complete(ledger, out, options, observe)


def retry_batch(out: Path, names: Sequence[str], options: Options, observe: Observe | None = None) -> int:
    """Reads again what failed by the errors of these names, with the limits in `options`; how many inputs that were.

    Everything else is as the run in `out` had it. Raises WriteError and its kinds.
    """
    with Ledger(out, options.part) as ledger:
        options = options.as_before(ledger.about(), out)
        count = ledger.reopen(names)
        _complete(ledger, out, options, observe)
    return count


@contextlib.contextmanager
def _opened(sources: Sequence[SourceName], out: Path, options: Options) -> Iterator[Ledger]:
    """The ledger of this run, its inputs listed. Raises OtherRun where it is of another."""
    require(options.formats)
    if options.review:
        folder(options.review.folder)  # what cannot be written should end a run before it has read for hours
    names = [str(source) for source in sources]
    with Ledger(out, options.part) as ledger:
        about, kept = ledger.about(), options.kept(names, out)
        if not about:
            choice = options.choice._replace(apart=(out, options.review.folder) if options.review else (out,))
            ledger.freeze(listed(names, choice, options.limits), kept, options.shard_size)
        else:
            different = [name for name, value in kept.items() if about.get(name) != value]
            if different:
                raise OtherRun(f"holds another run: {', '.join(different)} differ", source=str(out))
        yield ledger


def _complete(ledger: Ledger, out: Path, options: Options, observe: Observe | None = None) -> None:
    """Does what the ledger has open, then makes the databases. Raises WriteError."""
    observer = observe(ledger) if observe else unseen
    while ledger.has_open():
        ledger.note("finished", False)
        Walk(ledger, out, options, observer).work()
        ledger.settle()
    if ledger.part.of == 1 and not ledger.about().get("finished"):
        make_databases(out, options.formats, options.start, options.review)
    if ledger.part.of == 1:
        shutil.rmtree(out / READ_PARTS, ignore_errors=True)  # of a cluster's run that went on here
    ledger.note("finished", True)
    ledger.commit()
    if options.review:
        ledger.compact()
