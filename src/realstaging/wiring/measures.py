"""How large the rooms in photos are, for prompts (decision 41)."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Final

from realstaging.engines.prompts import RoomSize
from realstaging.imaging.decode import decode
from realstaging.kit.errors import AppError, CannotStage
from realstaging.runtime.processes import Processes

# Below this confidence (0–1) of the local engine's reading a model is told no measures.
SURE_OF_SCALE: Final = 0.5
LONGEST: Final = 3.0
KEPT: Final = 1000


def room_size(photo: Path) -> RoomSize | None:
    """What the local engine reads of the room; None where it is not sure. Seconds of computing: call it in a process."""
    from realstaging.engines.local.room.read import read_room  # noqa: PLC0415 - it loads what no other part of a server needs

    try:
        reading = read_room(decode(photo))
    except CannotStage:
        return None
    if reading.scale_confidence < SURE_OF_SCALE:
        return None
    box = reading.box
    return RoomSize(box.x_max - box.x_min, box.y_max - box.y_min, box.ceiling)


class SpareTimeMeasures:
    """Measures rooms with what computing power nobody else wants: once for each photo, waited for at most ``longest`` seconds.

    A reading that takes longer goes on, for the photo's next staging. Where every process is busy there are no measures.
    """

    def __init__(self, processes: Processes, *, longest: float = LONGEST) -> None:
        self._processes = processes
        self._longest = longest
        self._readings: dict[bytes, asyncio.Task[RoomSize | None]] = {}

    async def of(self, photo: Path) -> RoomSize | None:
        """The room in a photo file; None where that cannot be told now."""
        key = await asyncio.to_thread(_digest, photo)
        reading = self._readings.get(key)
        if reading is None and not self._processes.idle:
            return None
        if reading is None:
            reading = self._readings[key] = asyncio.create_task(self._read(key, photo))
        await asyncio.wait({reading}, timeout=self._longest)
        return reading.result() if reading.done() and not reading.cancelled() else None

    async def _read(self, key: bytes, photo: Path) -> RoomSize | None:
        try:
            size = await self._processes.run(room_size, photo)
        except (AppError, OSError):
            # The staging ended and took its file along, or the process died: the next staging may try again.
            self._readings.pop(key, None)
            return None
        while len(self._readings) > KEPT:
            del self._readings[next(iter(self._readings))]
        return size


def _digest(photo: Path) -> bytes:
    with photo.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()
