"""Renders scenes in a process of its own: warm between photos, one at a time, killed and replaced when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import OpenEXR
from numpy.typing import NDArray

from realstaging.engines.local.installing import program
from realstaging.engines.local.render_process import Band, Done, RenderProcess
from realstaging.engines.local.scene import Crop, Scene
from realstaging.kit.errors import CannotStage, Unavailable
from realstaging.kit.tasks import ended

Floats32 = NDArray[np.float32]

WATCH_SECONDS: Final = 0.5


@dataclass(frozen=True)
class Rendered:
    """What the renderer wrote for a scene's crop: EXR files, linear sRGB."""

    furniture: tuple[Band, ...]
    """RGBA, premultiplied, 1 = the photo's white, of the crop's size or smaller. In bands, so that memory stays bounded."""
    furnished: Path
    """The empty room's surfaces as the furniture shades them, smaller than the crop."""
    bare: Path
    """The same surfaces without furniture."""
    crop: Crop
    seconds: float
    peak_mb: float

    def read(self) -> tuple[Floats32, Floats32]:
        """Furniture (h, w, 4), and shade (h', w', 3): the factor furniture has on what is behind it, 1 = untouched.

        Both show the whole crop, each in a size of its own.
        """
        shade = (_pixels(self.furnished)[..., :3] + 1e-3) / (_pixels(self.bare)[..., :3] + 1e-3)
        kept = [_pixels(band.file)[band.first - band.top : band.last - band.top] for band in self.furniture]
        return np.concatenate(kept), np.asarray(shade, np.float32)


class Renderer:
    """A warm render process. Calls may overlap: they queue."""

    def __init__(
        self, render_python: Path | None, cores: int, *, deadline: float = 300.0, most_mb: float = 4000.0
    ) -> None:
        """``deadline``: seconds one rendering may take. ``most_mb``: memory at which the process is stopped."""
        self._python = render_python
        self._cores = cores
        self._deadline = deadline
        self._most_mb = most_mb
        self._lock = asyncio.Lock()
        self._process: RenderProcess | None = None

    async def warm(self) -> None:
        """Start the process ahead of the first photo. Raises Unavailable when it cannot run here."""
        async with self._lock:
            await self._running()

    async def render(self, scene: Scene, folder: Path, on_progress: Callable[[float], None]) -> Rendered:
        """Render a scene's crop into files in ``folder``; progress is told as a share 0-1.

        Raises Unavailable when the render environment is missing or its process failed or hung, CannotStage when the
        picture needs too much memory, AppError for a scene that cannot be rendered. Cancelling kills the process; the
        next call starts another.
        """
        async with self._lock:
            process = await self._running()
            try:
                done = await self._within_bounds(process, scene, folder, on_progress)
            except (asyncio.CancelledError, Unavailable, CannotStage):
                await self._end()
                raise
            if process.memory_mb() > self._most_mb / 2:
                await self._end()
        furnished, bare = folder / "furnished.exr", folder / "bare.exr"
        return Rendered(done.bands, furnished, bare, scene.crop, done.seconds, done.peak_mb)

    async def close(self) -> None:
        """Stop the render process. Safe to call twice."""
        await self._end()

    async def _running(self) -> RenderProcess:
        if self._process is None or not self._process.alive:
            self._process = await RenderProcess.start(self._python or program(), self._cores)
        return self._process

    async def _within_bounds(
        self, process: RenderProcess, scene: Scene, folder: Path, on_progress: Callable[[float], None]
    ) -> Done:
        """The rendering, unless it hangs or grows too big first."""
        rendering = asyncio.ensure_future(process.render(scene, folder, on_progress))
        ends = asyncio.get_running_loop().time() + self._deadline
        try:
            while not (await asyncio.wait([rendering], timeout=WATCH_SECONDS))[0]:
                if process.memory_mb() > self._most_mb:
                    raise CannotStage(f"This picture needs more than {self._most_mb:.0f} MB to render.")
                if asyncio.get_running_loop().time() > ends:
                    raise Unavailable(f"The renderer did not finish within {self._deadline:.0f} seconds.")
            return rendering.result()
        finally:
            await ended(rendering)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await process.end()


def _pixels(path: Path) -> Floats32:
    with OpenEXR.File(str(path)) as picture:
        return np.asarray(picture.channels()["RGBA"].pixels, np.float32)
