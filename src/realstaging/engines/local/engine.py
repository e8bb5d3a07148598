"""The engine that needs nobody else: reads the room, plans, renders, composites on this machine."""

from __future__ import annotations

from pathlib import Path

from realstaging.engines.brief import Brief, OnProgress, Staged
from realstaging.kit.errors import CannotStage


class LocalEngine:
    """Stages on the CPU."""

    name = "local"

    def __init__(self, render_python: Path | None) -> None:
        self._render_python = render_python

    async def stage(self, photo: Path, brief: Brief, result: Path, on_progress: OnProgress) -> Staged:  # noqa: ARG002
        raise CannotStage("The local engine is being joined.")

    async def close(self) -> None:
        """Nothing is kept warm yet."""
