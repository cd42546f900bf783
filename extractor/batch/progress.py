"""What has ended comes in, one by one; a bar, JSON lines or nothing goes out on standard error, at last a summary."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractor.batch.aside import Aside, sync_folder
from extractor.batch.options import Event, Observer, unseen
from extractor.batch.overview import Overview, look
from extractor.terminal import plain

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from extractor.batch.ledger import Ledger

# Seconds between two drawings of the bar. It is drawn from here: rich's own thread would stand in the way of forking.
REDRAWN: Final = 0.25
# Groups of failures that the summary names; all of them are in summary.json.
NAMED: Final = 8


class Watch:
    """Who watches a run: `log` is `json` for a line an input; else a bar, unless `quiet` or no terminal is there."""

    def __init__(self, log: str | None, quiet: bool) -> None:
        self._log, self._silent = log, quiet or not sys.stderr.isatty()
        self._bar: _Bar | None = None

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.close()

    def begin(self, ledger: Ledger) -> Observer:
        """What is told of each input of a run that begins or goes on."""
        if self._log == "json":
            return _log
        if self._silent:
            return unseen
        self._bar = _Bar(*ledger.progress())
        return self._bar


def _log(event: Event | None) -> None:
    if event is None:
        return
    how = event.ending
    told = {"uri": event.uri, "member": event.member, "sha256": how.sha256, "size": how.size, "status": how.status}
    told |= {"error": how.error, "message": how.message, "template": how.template, "issues": how.issues}
    print(json.dumps({**told, "seconds": how.seconds}), file=sys.stderr, flush=True)


class _Bar:
    """A bar with rate, time left, and how many were read, are in doubt, failed."""

    def __init__(self, counts: dict[str, int], total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:.0f}/s"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[counts]}"),
        )
        self._bar: Progress = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
        self._counts, self._before, self._done = counts, sum(counts.values()), 0
        self._began, self._drawn = time.monotonic(), 0.0
        self._task: TaskID = self._bar.add_task("", total=total, completed=self._before, rate=0.0, counts="")
        self._bar.start()

    def __call__(self, event: Event | None) -> None:
        if event is not None:
            self._done += 1
            self._counts[event.ending.status] = self._counts.get(event.ending.status, 0) + 1
        now = time.monotonic()
        if now - self._drawn > REDRAWN:
            self._drawn = now
            self._draw()

    def close(self) -> None:
        """Takes the bar off the screen."""
        self._bar.stop()

    def _draw(self) -> None:
        rate = self._done / max(time.monotonic() - self._began, REDRAWN)
        names = {"read": "read", "in_doubt": "in doubt", "failed": "failed", "duplicate": "copies"}
        counts = " · ".join(f"{self._counts[key]} {name}" for key, name in names.items() if self._counts.get(key))
        self._bar.update(self._task, completed=self._before + self._done, rate=rate, counts=counts)
        self._bar.refresh()


def summary(found: Overview, out: Path) -> list[str]:
    """The lines that close a run: how many, and what failed and why, with the command that shows more."""
    counts = found.counts
    lines = [
        f"{found.inputs:,} inputs: {counts['read']:,} read, {counts['in_doubt']:,} in doubt, "
        f"{counts['failed']:,} failed, {counts['duplicate']:,} copies"
    ]
    for group in found.failures[:NAMED]:
        lines.append(f"  {group.inputs:,} {group.error}: {group.message} (first: {group.example})")
    if len(found.failures) > NAMED:
        lines.append(f"  and {len(found.failures) - NAMED} more kinds")
    for error in dict.fromkeys(group.error for group in found.failures[:NAMED]):
        lines.append(f"  look closer: {look(out, error)}")
    if not found.done:
        lines.append(f"  {found.pending:,} inputs and {found.open_shards:,} shards are open; the same command goes on")
    return [plain(line) for line in lines]


def write_summary(found: Overview, out: Path) -> None:
    """Writes `summary.json`. Raises WriteError."""
    aside = Aside(out / "summary.json")
    try:
        aside.write(json.dumps(found.as_dict(out), indent=2).encode() + b"\n")
        aside.commit()
        sync_folder(out)
    finally:
        aside.abandon()
