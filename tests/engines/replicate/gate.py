"""The gate, in a thread of the test's process."""

from pathlib import Path

from realstaging.engines.faithful import in_thread
from realstaging.fidelity.assurance import Assured, assure
from realstaging.fidelity.report import Operation


async def judge(photo: Path, staged: Path, result: Path, operation: Operation) -> Assured:
    return await in_thread(assure, photo, staged, result, operation, False)
