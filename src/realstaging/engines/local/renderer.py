"""Renders scenes in a process of its own: warm between photos, one at a time, killed and replaced when it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from realstaging.engines.local.scene import Scene
from realstaging.kit.errors import Unavailable

Floats32 = NDArray[np.float32]


@dataclass(frozen=True)
class Rendered:
    """What the renderer wrote for a scene's crop."""

    furniture: Path
    """EXR, RGBA premultiplied, linear sRGB, 1 = the photo's white."""
    shade: Path
    """EXR, RGB: the factor that furniture has on what is behind it, 1 = untouched. May be of lower resolution."""
    crop: tuple[int, int, int, int]
    seconds: float
    peak_mb: float

    def read(self) -> tuple[Floats32, Floats32]:
        """Furniture (h, w, 4) and shade (h, w, 3), both in the crop's size."""
        raise NotImplementedError


class Renderer:
    """A warm render process. Calls may overlap: they queue."""

    def __init__(self, render_python: Path | None, cores: int) -> None:
        self._python = render_python
        self._cores = cores

    async def render(self, scene: Scene, folder: Path, on_progress: Callable[[float], None]) -> Rendered:  # noqa: ARG002
        """Render a scene's crop into files in ``folder``; progress is told as a share 0-1.

        Raises Unavailable when the render environment is missing or its process failed. Cancelling kills the process.
        """
        raise Unavailable("The renderer is being joined.")

    async def close(self) -> None:
        """Stop the render process. Safe to call twice."""
