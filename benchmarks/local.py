"""Seconds and memory of the local engine by the photo's size, on the drawn demo room; warm, one photo at a time."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.figures import Figure
from realstaging.dev import empty_room
from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.engine import LocalEngine
from realstaging.imaging import encode

# Megapixels of the photo: width, height, most seconds.
SIZES = {1: (1224, 816, None), 3: (2048, 1365, 25), 12: (4243, 2829, 45), 24: (6000, 4000, None)}
BRIEF = Brief(RoomType.LIVING_ROOM, Style.MODERN, 1)


async def measure() -> list[Figure]:
    engine, figures = LocalEngine(None), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        room = empty_room.draw(1600, 1067)
        try:
            await _stage(engine, folder, encode.jpeg(room), "warm up")
            for megapixels, (width, height, most) in SIZES.items():
                photo = encode.jpeg(np.asarray(Image.fromarray(room).resize((width, height))))
                seconds, peak = await _stage(engine, folder, photo, str(megapixels))
                figures.append(Figure(f"local engine, {megapixels} MP photo", seconds, "s", most))
                figures.append(
                    Figure(
                        f"local engine, {megapixels} MP photo, peak of all its processes",
                        peak,
                        "MB",
                        1500 if megapixels == 3 else None,
                    )
                )
        finally:
            await engine.close()
    return figures


async def _stage(engine: LocalEngine, folder: Path, photo: bytes, name: str) -> tuple[float, float]:
    source = folder / f"{name}.jpg"
    source.write_bytes(photo)
    peak = 0.0

    async def watch() -> None:
        nonlocal peak
        while True:
            peak = max(peak, await asyncio.to_thread(_family_memory))
            await asyncio.sleep(0.2)

    watching = asyncio.create_task(watch())
    staged = await engine.stage(source, BRIEF, folder / f"{name}.png", lambda _: None)
    watching.cancel()
    return staged.seconds, peak


def _family_memory() -> float:
    """Resident megabytes of all processes below this one."""
    family, total = {os.getpid()}, 0.0
    entries = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            entries[int(entry.name)] = (int(fields[1]), int(fields[21]) * 4096 / 2**20)
    for pid in sorted(entries):
        parent, memory = entries[pid]
        if parent in family:
            family.add(pid)
            total += memory
    return total
