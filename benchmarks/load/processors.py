"""Which kind of process took how much of the processors."""

from __future__ import annotations

import time
from collections.abc import Mapping

import msgspec
import psutil


class Taken(msgspec.Struct, frozen=True):
    """Processor seconds by kind of process, of everybody on this machine (``all``), and the seconds that went by."""

    by_kind: dict[str, float]
    all: float
    seconds: float

    def since(self, before: Taken) -> Taken:
        """What was taken in between."""
        kinds = {kind: taken - before.by_kind.get(kind, 0.0) for kind, taken in self.by_kind.items()}
        return Taken(kinds, self.all - before.all, self.seconds - before.seconds)

    def cores(self, kind: str) -> float:
        """How many cores a kind kept busy."""
        return self.by_kind[kind] / self.seconds

    @property
    def others(self) -> float:
        """Cores kept busy by what is not ours."""
        return max(self.all - sum(self.by_kind.values()), 0.0) / self.seconds


def taken(kinds: Mapping[str, psutil.Process]) -> Taken:
    """So far. ``kinds``: the first process of each kind, whose children are of the same kind."""
    times = psutil.cpu_times()
    everybody = times.user + times.nice + times.system + times.irq + times.softirq
    return Taken({kind: _of(first) for kind, first in kinds.items()}, everybody, time.monotonic())


def _of(first: psutil.Process) -> float:
    """Those of its children that ended are in its own account, those that live have theirs."""
    family = [first, *first.children(recursive=True)]
    return sum(_used(one) for one in family)


def _used(one: psutil.Process) -> float:
    try:
        times = one.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
