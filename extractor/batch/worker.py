"""Tasks come in on one pipe, answers go out on another: the life of a process that reads documents.

Also what it does with a document: bytes in, the document's JSON, packed, or a typed error out.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final, cast

from extractor.batch.bounds import Bounds, allow_seconds, bind, resident
from extractor.batch.documents import DOCUMENT, pack_document
from extractor.batch.frames import LENGTHS, Frame, from_json, lengths, pack
from extractor.errors import ExtractorError, OutOfMemory, WorkerDied
from extractor.garbage import YOUNG

Job = Callable[[Mapping[str, object], bytes], Frame]

READ: Final = "extractor.batch.worker:read_document"
# Bytes of a task's body, an input's own limit being smaller.
BODY: Final = 2**32 - 1
TASKS, ANSWERS = 3, 4  # file descriptors
# What a worker says first, with the bytes of memory that it comes up with: the time of its first task does not run
# while it starts, and what a copy of a large process shares with it is no growth.
READY: Final = "ready"


def preload(review: bool = False) -> None:
    """Imports what every document needs, before forking: a worker then starts in milliseconds."""
    import extractor.api
    import extractor.batch.review
    import extractor.checks
    import extractor.fitting
    import extractor.readers.html
    import extractor.readers.pdf
    import extractor.readers.submission
    import extractor.readers.text
    import extractor.writers.json_dense
    import extractor.writers.sec_tables

    extractor.api._table_heads()
    if review:
        extractor.batch.review.preload()
    gc.freeze()  # what is inherited is not looked through again, and its pages stay shared


def read_document(head: Mapping[str, object], body: bytes) -> Frame:
    """The filing in `body`, told as `head["name"]`; with `second_opinion` read twice; `review` says what has a page.
    `wanted` says what is told of the filing, of what `documents` has; where it is missing, the document.

    Head: `status` (`read`, `in_doubt`), `template`, `issues` (how many put a value in doubt), `page` (bytes of it).
    Body: JSON, deflated, and behind it the review page, if there is one, deflated.
    """
    from extractor.api import extract

    result = extract(body, second_opinion=bool(head.get("second_opinion")))
    told: dict[str, object] = {
        "status": "in_doubt" if result.needs_review else "read",
        "template": str(result.source["template"]),
        "issues": sum(issue.severity == "doubt" for issue in result.issues),
    }
    wanted = head.get("wanted")
    packed = pack_document(result, str(head["name"]), wanted if isinstance(wanted, list) else (DOCUMENT,))
    if "review" in head:
        from extractor.batch.review import page_of

        page = page_of(result, str(head["name"]), head["review"])
        told["page"] = len(page)
        packed += page
    return Frame(told, packed)


def failure(error: ExtractorError) -> Frame:
    """How a task that ended in `error` is answered. The message names no file: the head of the task does."""
    told = {"status": "failed", "error": type(error).__name__, "message": error.message, "hint": error.hint}
    return Frame({key: value[:1000] for key, value in told.items()}, b"")


def attempt(job: Job, task: Frame) -> Frame:
    """The job's answer, or its error as one; nothing escapes but the end of the process."""
    try:
        return job(task.head, task.body)
    except ExtractorError as error:
        return failure(error)
    except MemoryError:
        return failure(OutOfMemory("reading it took more memory than allowed"))
    except Exception as error:  # noqa: BLE001  # the one place where a mistake of ours must not end a batch
        message = f"reading ended in an unexpected {type(error).__name__}"
        return failure(WorkerDied(message, hint="this is a mistake of the program: please report it with the file"))


def serve(job: Job, bounds: Bounds, tasks: int = TASKS, answers: int = ANSWERS) -> None:
    """Says that it is ready, then answers tasks until their pipe ends."""
    with os.fdopen(tasks, "rb") as source, os.fdopen(answers, "wb", buffering=0) as target:
        os.write(target.fileno(), pack(Frame({READY: resident()}, b"")))
        while len(start := source.read(LENGTHS)) == LENGTHS:
            head, body = lengths(start, BODY)
            allow_seconds(bounds.seconds)
            task = Frame(from_json(source.read(head)), source.read(body))
            began = time.perf_counter()
            answer = attempt(job, task)
            answer.head["seconds"] = round(time.perf_counter() - began, 4)
            answer.head["resident"] = resident()
            if len(answer.body) > bounds.answer:
                message = f"what was read is larger than {bounds.answer // 2**20} MiB"
                answer = Frame(answer.head | failure(OutOfMemory(message)).head, b"")
            data = memoryview(pack(answer))
            while data:
                data = data[os.write(target.fileno(), data) :]


def start(job: str, bounds: Bounds, parent: int) -> None:
    """Begins a worker in this process, whose pipes are descriptors 3 and 4; never returns."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        module, _, name = job.partition(":")
        done = cast(Job, getattr(importlib.import_module(module), name))
        bind(bounds, parent)
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
        serve(done, bounds)
        code = 0
    finally:
        os._exit(code)


def main() -> None:
    """`python -m extractor.batch.worker JOB BOUNDS PARENT`: a worker where no process can be forked."""
    os.dup2(0, TASKS)
    os.dup2(1, ANSWERS)
    silent = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(silent, descriptor)
    start(sys.argv[1], Bounds(*json.loads(sys.argv[2])), int(sys.argv[3]))


if __name__ == "__main__":
    main()
