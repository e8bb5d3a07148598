"""The command line, each command in a process of its own, forked from one that has imported everything: it starts in no time.

`tests/cli/test_stage.py` and `tests/dev/test_dev_command.py` start `python -m realstaging` as people do.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from harness.killing import started


class Said(NamedTuple):
    code: int
    output: str
    complaint: str


async def command(*arguments, **environment):
    """What `realstaging` with these arguments says, in our environment and this."""
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / "output", Path(folder) / "complaint"]
        process = started(_run, [str(argument) for argument in arguments], environment, streams)
        try:
            # Not joined by a thread: the process is to be ended where the test is.
            while process.is_alive():
                await asyncio.sleep(0.01)
        finally:
            process.kill()
            process.join()
        return Said(process.exitcode, *(stream.read_text() for stream in streams))


def _run(arguments, environment, streams):
    from realstaging.cli import main  # noqa: PLC0415 - after a test process has forked, not in it

    for number, stream in enumerate(streams, 1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT), number)
    os.environ.update(environment)
    sys.argv[:] = ["realstaging", *arguments]
    main()
