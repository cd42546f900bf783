"""File names come in on the command line; for each a line of JSON tells how `extract()` ended in bounds.

Every file gets a process of its own, forked from this one, with 2 GiB of memory and 20 seconds.

    {"file": …, "end": "read" | "error" | "escaped" | "killed", "what": "in doubt" or "sure", exception or signal}
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys

MEMORY = 2 * 2**30  # bytes of address space
SECONDS = 20  # genuine filings take a tenth of one


def main(files: list[str]) -> None:
    """Prints a line for each file."""
    # The reader's imports are paid once, here, and inherited by every child.
    import extractor.checks
    import extractor.fitting
    import extractor.readers.html
    import extractor.readers.pdf  # noqa: F401

    for file in files:
        end, what = run(file)
        print(json.dumps({"file": file, "end": end, "what": what}), flush=True)


def run(file: str) -> tuple[str, str]:
    """How the reading of one file ended, in a process of its own."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.alarm(SECONDS)
            os.write(sending, json.dumps(attempt(file)).encode())
        finally:
            os._exit(0)
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed", signal.Signals(os.WTERMSIG(status)).name
    if not told:
        return "escaped", "nothing was told"
    end, what = json.loads(told)
    return str(end), str(what)


def attempt(file: str) -> tuple[str, str]:
    """How `extract()` ends: with a filing, with an error of ours, or with another one."""
    from extractor import extract
    from extractor.errors import ExtractorError

    try:
        result = extract(file)
    except ExtractorError as error:
        return "error", type(error).__name__
    except BaseException as error:  # noqa: BLE001  # what escapes is what is asked for
        return "escaped", f"{type(error).__name__}: {error}"[:500]
    return "read", "in doubt" if result.needs_review else "sure"


if __name__ == "__main__":
    main(sys.argv[1:])
