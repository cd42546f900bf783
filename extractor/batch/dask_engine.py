"""A coordinator's units come in and are done on a dask cluster: the one module that imports dask.distributed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from extractor.batch.coordinator import Coordinator
from extractor.batch.options import Options
from extractor.batch.unit import work
from extractor.errors import MissingExtra, WorkerDied

# Units given out for each thread of the cluster: one that it does, and one that lies ready for it.
AHEAD: Final = 2
# Units for which a thread is asked about at a time; a cluster may grow while it works.
FEWEST: Final = 4
# Times that a unit is done anew whose machine or process ended.
RETRIES: Final = 5


def run_on_dask(coordinator: Coordinator, options: Options) -> None:
    """Does all that the coordinator gives out, on the named scheduler's cluster or else on one of this machine.

    A unit whose worker ends is done again by another. Raises MissingExtra, WriteError and what `take` raises.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingExtra("dask", "the engine dask") from error
    with _client(distributed, options) as client:
        done = distributed.as_completed(loop=client.loop)
        reads = coordinator.reads()
        under_way = _give(client, done, reads, 0)
        for future in done:
            under_way -= 1
            for unit in coordinator.take(_answer(future)):
                done.add(client.submit(work, unit, pure=False, retries=RETRIES, priority=1))
                under_way += 1
            under_way = _give(client, done, reads, under_way)


def _give(client: Any, done: Any, reads: Iterator[str], under_way: int) -> int:
    """Gives out what the cluster can do now; how many units are under way."""
    room = max(FEWEST, AHEAD * sum(client.nthreads().values())) - under_way
    for unit in islice(reads, max(0, room)):
        done.add(client.submit(work, unit, pure=False, retries=RETRIES))
        under_way += 1
    return under_way


def _answer(future: Any) -> str:
    """What a unit ended in. Raises WorkerDied where no worker of the cluster lived to say so."""
    if future.status == "finished":
        return str(future.result())
    why = future.exception()
    raise WorkerDied(
        f"the cluster could not do a shard: {type(why).__name__}: {str(why)[:300]}",
        hint="the same command goes on; see the logs of the cluster's workers",
    )


@contextlib.contextmanager
def _client(distributed: Any, options: Options) -> Iterator[Any]:
    """A client of the named scheduler, else of a cluster of processes on this machine's loopback alone."""
    if options.scheduler:
        try:
            client = distributed.Client(options.scheduler, set_as_default=False)
        except (OSError, ValueError) as error:
            message = f"no dask scheduler answers at {options.scheduler}"
            raise WorkerDied(message, hint="check the address, and that it is up") from error
        with client:
            yield client
        return
    cluster = distributed.LocalCluster(
        n_workers=options.workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        memory_limit=0,  # each document has its own limit, and a shard's process none of dask's business
        silence_logs=50,
    )
    with cluster, distributed.Client(cluster, set_as_default=False) as client:
        yield client
