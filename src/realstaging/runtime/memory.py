"""The garbage collector, set for a process that serves for days."""

from __future__ import annotations

import gc
from typing import Final

# New objects before the youngest generation is looked through. The default of 700 is reached several times in one request.
YOUNGEST: Final = 50_000


def freeze() -> None:
    """Call it once everything is loaded: what is there now stays, and is not looked through again.

    While fifty stagings end at once, the collector took a quarter of the event loop's time (docs/reference/performance.md). A process that
    has done so already, for another API in it, stays as it is: to look through everything takes hundredths of a second.
    """
    if gc.get_freeze_count():
        return
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNGEST, 10, 10)
