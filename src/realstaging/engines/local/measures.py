"""How large the rooms in photos are, for prompts (decision 41), and where their doors are, for the gate."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import structlog

from realstaging.engines.prompts import RoomSize
from realstaging.fidelity.report import Door
from realstaging.kit.errors import AppError, CannotStage

log = structlog.get_logger()

# Below this confidence (0–1) of the local engine's reading a model is told no measures.
SURE_OF_SCALE: Final = 0.5
LONGEST: Final = 3.0
KEPT: Final = 1000


class Measured(NamedTuple):
    size: RoomSize | None = None
    """None where the scale is not sure."""
    doors: tuple[Door, ...] = ()


def measured(photo: Path) -> Measured:
    """What the local engine reads of the room; nothing where it can't. Seconds of computing: call it in a process."""
    # They load what no other part of a server needs.
    from realstaging.engines.local.room.doors import doors_of  # noqa: PLC0415
    from realstaging.engines.local.room.read import read_room  # noqa: PLC0415
    from realstaging.imaging.decode import decode  # noqa: PLC0415

    try:
        reading = read_room(decode(photo))
    except CannotStage:
        return Measured()
    box = reading.box
    size = RoomSize(box.x_max - box.x_min, box.y_max - box.y_min, box.ceiling)
    return Measured(size if reading.scale_confidence >= SURE_OF_SCALE else None, doors_of(reading))


class MeasuresAtOnce:
    """Measures rooms in a thread, for a process with nothing else to do, such as the command line."""

    def __init__(self) -> None:
        self._rooms: dict[Path, Measured] = {}

    async def of(self, photo: Path) -> RoomSize | None:
        """The room in a photo file; None where that cannot be told."""
        self._rooms[photo] = await asyncio.to_thread(measured, photo)
        return self._rooms[photo].size

    async def doors(self, photo: Path) -> tuple[Door, ...]:
        """The doors of a room that was measured; none where it was not."""
        return self._rooms[photo].doors if photo in self._rooms else ()


class SpareTime(Protocol):
    """Processes that compute, and whether one of them has nothing to do."""

    @property
    def idle(self) -> bool: ...

    async def run(self, work: Callable[[Path], Measured], photo: Path, /) -> Measured: ...


class SpareTimeMeasures:
    """Measures rooms with what computing power nobody else wants: once for each photo, waited for at most ``longest`` seconds.

    A reading that takes longer goes on, for the photo's next staging. Where every process is busy there are no measures.
    """

    def __init__(self, processes: SpareTime, *, longest: float = LONGEST) -> None:
        self._processes = processes
        self._longest = longest
        self._readings: dict[bytes, asyncio.Task[Measured]] = {}

    async def of(self, photo: Path) -> RoomSize | None:
        """The room in a photo file; None where that cannot be told now."""
        key = await asyncio.to_thread(_digest, photo)
        reading = self._readings.get(key)
        if reading is None and not self._processes.idle:
            return None
        if reading is None:
            reading = self._readings[key] = asyncio.create_task(self._read(key, photo))
        await asyncio.wait({reading}, timeout=self._longest)
        return _result(reading).size

    async def doors(self, photo: Path) -> tuple[Door, ...]:
        """The doors of a room that was measured; none where it was not. Nobody waits for them."""
        reading = self._readings.get(await asyncio.to_thread(_digest, photo))
        return _result(reading).doors if reading else ()

    async def _read(self, key: bytes, photo: Path) -> Measured:
        try:
            found = await self._processes.run(measured, photo)
        except Exception as error:  # noqa: BLE001 - a prompt without measures is better than no staging
            # The staging ended and took its file along, or the process died, or the photo is odd: the next staging may try again.
            if not isinstance(error, (AppError, OSError)):
                log.warning("measures.failed", error=repr(error))
            self._readings.pop(key, None)
            return Measured()
        while len(self._readings) > KEPT:
            del self._readings[next(iter(self._readings))]
        return found


def _result(reading: asyncio.Task[Measured]) -> Measured:
    return reading.result() if reading.done() and not reading.cancelled() else Measured()


def _digest(photo: Path) -> bytes:
    with photo.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()
