"""How much memory this process needed, where the system tells (Linux)."""

from __future__ import annotations

import resource
from pathlib import Path

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def forget_peak() -> None:
    """Begin counting anew, so that a picture's peak is its own."""
    try:
        _CLEAR.write_text("5")
    except OSError:
        return  # The peak since the start is told instead.


def peak_mb() -> float:
    """Megabytes resident at most since ``forget_peak``."""
    try:
        lines = _STATUS.read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
