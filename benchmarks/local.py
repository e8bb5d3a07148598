"""Seconds and memory of the local engine by the photo's size, on the drawn demo room; warm, one photo at a time."""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.figures import Figure
from realstaging.engines.brief import Brief, Progress, RoomType, Style
from realstaging.engines.faithful import in_thread
from realstaging.engines.local.engine import LocalEngine
from realstaging.fidelity.assurance import Assured, assure
from realstaging.fidelity.report import Door, Operation
from realstaging.imaging import encode
from realstaging.imaging.decode import Pixels
from realstaging.synthetic import demo

# Megapixels of the photo: width, height, most seconds.
SIZES = {1: (1224, 816, None), 3: (2048, 1365, 25), 12: (4243, 2829, 45), 24: (6000, 4000, None)}
USUAL = 3
SEEDS = {USUAL: (1, 2, 3)}
"""One plan of one room says little of the size most photos come in."""


@dataclass(frozen=True)
class Run:
    """One staging: seconds in all and to the draft, peak megabytes of all its processes."""

    seconds: float
    draft: float
    peak: float


async def measure() -> list[Figure]:
    engine, figures = LocalEngine(None), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        room = demo.draw(1600, 1067)
        try:
            first = await _stage(engine, folder, _photo(room, 1), 1)
            for megapixels, (*_, most) in SIZES.items():
                photo = _photo(room, megapixels)
                runs = [await _stage(engine, folder, photo, seed) for seed in SEEDS.get(megapixels, (1,))]
                label, usual = f"local engine, {megapixels} MP photo", megapixels == USUAL
                if megapixels == 1:
                    later = first.seconds - runs[0].seconds
                    figures.append(Figure("local engine, first photo after start, seconds more", later, "s", 5))
                figures += [
                    Figure(
                        f"{label}, p50 of 3" if usual else label,
                        statistics.median(run.seconds for run in runs),
                        "s",
                        most,
                    ),
                    Figure(f"{label}, draft", max(run.draft for run in runs), "s", 5 if usual else None),
                    Figure(
                        f"{label}, peak of all its processes",
                        max(run.peak for run in runs),
                        "MB",
                        1500 if usual else None,
                    ),
                ]
        finally:
            await engine.close()
    return figures


def _photo(room: Pixels, megapixels: int) -> bytes:
    width, height, _ = SIZES[megapixels]
    return encode.jpeg(np.asarray(Image.fromarray(room).resize((width, height))))


async def _stage(engine: LocalEngine, folder: Path, photo: bytes, seed: int) -> Run:
    source = folder / "photo.jpg"
    source.write_bytes(photo)
    peak = draft = 0.0
    began = time.perf_counter()

    async def watch() -> None:
        nonlocal peak
        while True:
            peak = max(peak, await asyncio.to_thread(_family_memory))
            await asyncio.sleep(0.2)

    def progress(progress: Progress) -> None:
        nonlocal draft
        if progress.preview:
            draft = time.perf_counter() - began

    watching = asyncio.create_task(watch())

    async def accept(candidate: Path, doors: Sequence[Door] = ()) -> Assured:
        result = folder / "result.png"
        return await in_thread(assure, source, candidate, result, Operation.STAGE, engine.can.own_pixels, doors)

    staged = await engine.stage(source, Brief(RoomType.LIVING_ROOM, Style.MODERN, seed), accept, progress)
    watching.cancel()
    return Run(staged.seconds, draft, peak)


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
