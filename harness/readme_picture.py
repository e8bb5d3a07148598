"""The picture of README.md, made anew: ``python -m harness.readme_picture``. The demo room, and three stagings of it; two minutes.

Row by row: the room, then it in each of `STYLES`.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import cv2
import numpy as np

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.faithful import Task, in_thread, stage_faithfully
from realstaging.engines.local.engine import LocalEngine
from realstaging.imaging import encode
from realstaging.imaging.decode import decode
from realstaging.synthetic import demo
from realstaging.synthetic.geometry import Pixels

WRITTEN: Final = Path(__file__).parents[1] / "docs/images/empty-and-staged.jpg"
STYLES: Final = (Style.MID_CENTURY, Style.COASTAL, Style.TRADITIONAL)
SIZE: Final = (800, 533)
"""Of each of the four, pixels."""
QUALITY: Final = 86


async def main() -> None:
    room = demo.draw()
    with TemporaryDirectory(prefix="realstaging-") as name:
        photo = Path(name) / "room.jpg"
        photo.write_bytes(encode.jpeg(room))
        engine = LocalEngine(None)
        try:
            staged = [await _staged(engine, photo, style) for style in STYLES]
        finally:
            await engine.close()
    first, second, third, fourth = (_small(picture) for picture in (room, *staged))
    WRITTEN.write_bytes(encode.jpeg(np.vstack([np.hstack([first, second]), np.hstack([third, fourth])]), QUALITY))


async def _staged(engine: LocalEngine, photo: Path, style: Style) -> Pixels:
    result = photo.with_name(f"{style}.png")
    await stage_faithfully(engine, in_thread, Task(photo, Brief(RoomType.LIVING_ROOM, style), result), lambda _: None)
    return np.asarray(decode(result), np.uint8)


def _small(picture: Pixels) -> Pixels:
    return np.asarray(cv2.resize(picture, SIZE, interpolation=cv2.INTER_AREA), np.uint8)


if __name__ == "__main__":
    asyncio.run(main())
