"""Any engine's picture, through the gate: what comes out may be published."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, ParamSpec, Protocol, TypeVar

from msgspec.structs import replace

from realstaging.engines.brief import Brief, OnProgress, Progress, Staged
from realstaging.engines.engine import Engine
from realstaging.fidelity.assurance import Assured, Unfaithful, assure
from realstaging.fidelity.report import Door
from realstaging.kit.errors import CannotStage

P = ParamSpec("P")
T = TypeVar("T")

# A picture refused by the gate is made once more with another seed.
TRIES: Final = 2
CHECKING: Final = 0.95


class Compute(Protocol):
    """Runs a module-level function away from the event loop."""

    def __call__(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]: ...


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The `Compute` of a process with nothing else to do, such as the command line."""
    return await asyncio.to_thread(work, *args, **kwargs)


class Task(NamedTuple):
    """A photo, what is to be made of it, and where the picture is to be."""

    photo: Path
    brief: Brief
    result: Path


async def stage_faithfully(
    engine: Engine, compute: Compute, task: Task, on_progress: OnProgress
) -> tuple[Staged, Assured]:
    """As ``Engine.stage``, with what was accepted at the task's ``result`` and its overlay beside it (`assurance.overlay_of`).

    CannotStage where no try gave a sound picture of the same house.
    """
    photo, brief, result = task
    accepted: list[Assured] = []

    async def accept(candidate: Path, doors: Sequence[Door] = ()) -> Assured:
        on_progress(Progress("checking", CHECKING))
        assured = await compute(assure, photo, candidate, result, brief.operation, engine.can.own_pixels, doors)
        accepted.append(assured)
        return assured

    reason = ""
    for number in range(TRIES):
        try:
            staged = await engine.stage(photo, replace(brief, seed=_seed(brief.seed, number)), accept, on_progress)
        except Unfaithful as unfaithful:
            reason = str(unfaithful)
            continue
        # An engine that returns without one has walked around the gate: there is no picture then, and this is our mistake.
        return staged, accepted[-1]
    raise CannotStage(f"No faithful picture of this room could be made. {reason}")


def _seed(seed: int, number: int) -> int:
    """The same tries for the same seed; none of them a neighbour that somebody may have asked for."""
    return (seed + number * 0x9E37_79B1) & 0x7FFF_FFFF
