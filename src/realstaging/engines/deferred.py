"""An engine that is loaded when it first stages: a process that only says what can be asked for loads no library for pixels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from realstaging.engines.brief import Brief, OnProgress, Prediction, RoomType, Staged
from realstaging.engines.engine import Abilities, Accept, Engine, Predicts
from realstaging.kit.errors import Unavailable


class Deferred:
    """Stands for the engine that ``load`` gives, which costs nothing to ask for."""

    paid = None

    def __init__(self, name: str, can: Abilities, load: Callable[[], Engine]) -> None:
        self.name = name
        self.can = can
        self._load = load
        self._loaded: Engine | None = None

    @property
    def predicts(self) -> Predicts:
        """See ``Engine.predicts``."""
        return self

    async def stage(self, photo: Path, brief: Brief, accept: Accept, on_progress: OnProgress) -> Staged:
        """See ``Engine.stage``."""
        return await self._engine().stage(photo, brief, accept, on_progress)

    async def predict(self, photo: Path, named: RoomType | None) -> Prediction:
        """See ``Predicts.predict``; Unavailable where the engine cannot."""
        predicts = self._engine().predicts
        if predicts is None:
            raise Unavailable
        return await predicts.predict(photo, named)

    async def close(self) -> None:
        """See ``Engine.close``."""
        if self._loaded:
            await self._loaded.close()

    def _engine(self) -> Engine:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded
