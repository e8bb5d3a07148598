"""The render process: one JSON request per line on stdin, JSON answers on stdout, until stdin ends.

    in   {"id": 1, "scene": {...}, "folder": "/where/to/write"}
    out  {"ready": true}, once
         {"id": 1, "progress": 0.7}
         {"id": 1, "done": {"seconds": 8.1, "peak_mb": 901.0}} or {"id": 1, "error": "what went wrong"}

A request cannot be stopped: whoever no longer wants it kills the process.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import sys
import threading
import traceback
from pathlib import Path
from typing import Any, TextIO


def main() -> None:
    """Serve requests, one at a time."""
    parser = argparse.ArgumentParser(prog="realstaging_render", description="Renders furniture. Speaks JSON lines.")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    cores = parser.parse_args().cores
    answers = _own_stdout()
    requests = _requests()
    # Blender is imported only now: it takes seconds and prints as it likes.
    from realstaging_render.stage import Stage  # noqa: PLC0415

    stage = Stage(cores)
    _say(answers, {"ready": True})
    while (request := requests.get()) is not None:
        _serve(stage, request, answers)


def _serve(stage: Any, request: dict[str, Any], answers: TextIO) -> None:
    name = request.get("id")
    try:
        done = stage.render(
            request["scene"], Path(request["folder"]), lambda share: _say(answers, {"id": name, "progress": share})
        )
    except Exception as error:  # noqa: BLE001 - the process' one boundary: whatever a scene does wrong is an answer
        traceback.print_exc()
        _say(answers, {"id": name, "error": f"{type(error).__name__}: {error}"})
    else:
        _say(answers, {"id": name, "done": done})


def _own_stdout() -> TextIO:
    """The true stdout for our answers; what Blender prints goes to stderr."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _requests() -> queue.Queue[dict[str, Any] | None]:
    """Requests as they come in. When stdin ends our owner is gone, and so are we, even in the midst of a rendering."""
    waiting: queue.Queue[dict[str, Any] | None] = queue.Queue()

    def read() -> None:
        for line in sys.stdin:
            waiting.put(json.loads(line))
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return waiting


def _say(answers: TextIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
