"""How many processors are ours: in a container the machine has many more than the container may use."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Final

# The kernel's documentation, Admin guide, "Control Group v2", cpu.max; and of version 1, cpu.cfs_quota_us.
QUOTA: Final = Path("/sys/fs/cgroup/cpu.max")
QUOTA_V1: Final = Path("/sys/fs/cgroup/cpu/cpu.cfs_quota_us")
PERIOD_V1: Final = Path("/sys/fs/cgroup/cpu/cpu.cfs_period_us")


def cores() -> int:
    """Processors this process may use: those it is let onto, or as many as its container's quota makes; at least one."""
    try:
        present = len(os.sched_getaffinity(0))
    except AttributeError:
        present = os.cpu_count() or 1
    return max(1, min(present, quota(_read(QUOTA) or f"{_read(QUOTA_V1)} {_read(PERIOD_V1)}") or present))


def quota(text: str) -> int | None:
    """Processors in a quota written as ``microseconds of work  microseconds of time``, rounded up; None where there is none."""
    try:
        work, time = (int(part) for part in text.split())
    except ValueError:
        return None
    return math.ceil(work / time) if work > 0 and time > 0 else None


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
