"""Mutated pictures of every format, read as uploads are: no crash, no hang, bounded memory, and an answer in words.

Mutations are seeded: the number of a case says all there is to say of it.
"""

import asyncio
import os
import random
import tempfile
import time
from collections import Counter
from functools import cache
from pathlib import Path

import psutil

from realstaging.domains.photos.preparation import prepare
from realstaging.kit.errors import BadPhoto
from realstaging.runtime.processes import Processes
from realstaging.wiring import DECODING
from tests.imaging import files

SEED = 1
# Well below what a photo may take: these are of a quarter of a megapixel, whatever they say of themselves.
SLOWEST = 20.0


@cache
def originals():
    """A picture in every format and way of writing it that is taken."""
    room = files.room(480, 320)
    deep = (files.np.asarray(room).astype("uint16") * 257).astype("uint16")
    return {
        "baseline": files.saved(room, "JPEG", quality=88),
        "4:2:0": files.saved(room, "JPEG", quality=70, subsampling="4:2:0", exif=files.exif_block(6)),
        "progressive": files.saved(room, "JPEG", progressive=True),
        "restarts": files.saved(room, "JPEG", restart_marker_rows=2),
        "grey": files.saved(room.convert("L"), "JPEG"),
        "cmyk": files.saved(room.convert("CMYK"), "JPEG"),
        "png": files.saved(room, "PNG"),
        "png-16": files.png(deep),
        "palette": files.saved(room.quantize(64), "PNG", transparency=3),
        "alpha": files.saved(room.convert("RGBA"), "PNG"),
        "webp": files.saved(room, "WEBP", quality=80),
        "webp-lossless": files.saved(room, "WEBP", lossless=True),
        "heic": files.saved(room, "HEIF", quality=70),
    }


def flipped(data, rng):
    """Some bits turned over."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 64))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def bent_head(data, rng):
    """Bytes of the first kilobyte, where sizes, counts and offsets are, become the extremes."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 4))):
        place = rng.randrange(min(1024, len(changed)))
        extreme = rng.choice((b"\0", b"\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"\0\0\0\1", b"\x80"))
        changed[place : place + len(extreme)] = extreme
    return bytes(changed)


def cut(data, rng):
    end = rng.randrange(len(data))
    return data[:end] + rng.choice((b"", b"\0" * 2000, b"\xff\xd9", data[:500]))


def repeated(data, rng):
    """A piece of it many times over: segments, scans, chunks and boxes without end."""
    start = rng.randrange(len(data))
    piece = data[start : start + rng.choice((4, 40, 400, 4000))]
    return data[:start] + piece * rng.choice((2, 10, 200)) + data[start:]


def removed(data, rng):
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.choice((1, 2, 16, 1000)) :]


def spliced(data, rng):
    """The head of one format and the rest of another."""
    other = rng.choice(list(originals().values()))
    place = rng.randrange(min(len(data), len(other)))
    return data[:place] + other[place:]


MUTATIONS = (flipped, bent_head, cut, repeated, removed, spliced)


def case(number, seed=SEED):
    """Its name and its bytes."""
    rng = random.Random(f"{seed}:{number}")
    kind = rng.choice(sorted(originals()))
    data, names = originals()[kind], [kind]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        mutation = rng.choice(MUTATIONS)
        data = mutation(data, rng) or b"\0"
        names.append(mutation.__name__)
    return f"{number} ({' '.join(names)})", data


async def run(count, seed=SEED):
    """What came of the cases, and the findings: answers that are none, in words."""
    places = os.cpu_count() or 1
    pool, free, seen, findings = Processes(places, DECODING), asyncio.Semaphore(places), Counter(), []
    peak = 0

    async def read(number, folder):
        async with free:
            await read_now(number, folder)

    async def read_now(number, folder):
        name, data = case(number, seed)
        path = Path(folder) / str(number)
        path.write_bytes(data)
        began = time.monotonic()
        try:
            await pool.run(prepare, path)
            seen["taken"] += 1
        except BadPhoto as refused:
            seen["refused"] += 1
            if len(str(refused)) < 10 or "Traceback" in str(refused):
                findings.append(f"{name}: {refused}")
        except Exception as error:  # noqa: BLE001 - whatever else comes of a file is a finding
            findings.append(f"{name}: {type(error).__name__}: {error}")
        if time.monotonic() - began > SLOWEST:
            findings.append(f"{name}: took {time.monotonic() - began:.0f} s")
        path.unlink()

    async def watch():
        nonlocal peak
        while True:
            for child in psutil.Process().children():
                try:
                    peak = max(peak, child.memory_info().rss)
                except psutil.NoSuchProcess:
                    continue
            await asyncio.sleep(0.05)

    watching = asyncio.create_task(watch())
    try:
        with tempfile.TemporaryDirectory(prefix="realstaging-fuzz-") as folder:
            for start in range(0, count, 100):
                await asyncio.gather(*(read(number, folder) for number in range(start, min(start + 100, count))))
    finally:
        watching.cancel()
        pool.close()
    if peak > DECODING.resident:
        findings.append(f"a process had {peak / 1e6:.0f} MB")
    return seen, findings, peak


def main(count=10_000, seed=SEED):
    """The exit code: 1 where there is a finding."""
    began = time.monotonic()
    seen, findings, peak = asyncio.run(run(count, seed))
    print(
        f"{count} mutated pictures in {time.monotonic() - began:.0f} s: {seen['taken']} taken, {seen['refused']} refused, "
        f"at most {peak / 1e6:.0f} MB, {len(findings)} findings"
    )
    for finding in findings[:50]:
        print(f"  {finding}")
    return 1 if findings else 0
