"""What an engine is, and what each says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import msgspec

from realstaging.engines.brief import Brief, OnProgress, Prediction, RoomType, Staged, Style
from realstaging.engines.paid import Paid
from realstaging.fidelity.assurance import Assured
from realstaging.fidelity.report import Door, Operation
from realstaging.imaging.metadata import DigitalSourceType


class Accept(Protocol):
    """The gate, as an engine has it: the one way for a picture to be published."""

    async def __call__(self, candidate: Path, doors: Sequence[Door] = ()) -> Assured:
        """Examine a picture of the photo (any size, any kind of file) and keep what may be published of it. ``doors``: those of the
        room, where the engine knows them. Raises Unfaithful with a sentence for a person: the engine may make another, or give up.
        """
        ...


class CostClass(StrEnum):
    """What a staging costs us, and so what billing asks for it."""

    OWN_MACHINES = "own_machines"
    PROVIDERS_PICTURE = "providers_picture"


class Lane(StrEnum):
    """Where a staging waits for its turn: engines that compute share the cores, those that wait for others are many at once."""

    CPU = "cpu"
    WAIT = "wait"


class Abilities(msgspec.Struct, frozen=True):
    """What an engine says of itself. Nobody else decides anything by its name."""

    operations: tuple[Operation, ...]
    furnishes: Mapping[RoomType, frozenset[Style]]
    """The rooms it works on, each with the styles it furnishes it in."""
    instructions: bool
    """Understands words."""
    plans: bool
    """Gives plans, and takes them back edited, as it takes corrections of the room reading."""
    cost: CostClass
    lane: Lane
    source_type: DigitalSourceType
    """How its pictures come to be, in the words of the IPTC."""
    own_pixels: bool
    """It adds to the photo's own pixels; what others make is taken over onto the photo."""
    simulated: bool = False
    """A stand-in answers in its provider's place."""

    def stages(self, room: RoomType, style: Style | None) -> bool:
        """Whether it stages this kind of room in this style; without a style, whether it works on such rooms at all."""
        styles = self.furnishes.get(room, frozenset())
        return style in styles if style else bool(styles)


class Predicts(Protocol):
    """An engine that can tell beforehand what it will make of a photo."""

    async def predict(self, photo: Path, named: RoomType | None) -> Prediction:
        """What will become of the photo file; ``named``: what its name says the room is. Raises BadPhoto and Unavailable."""
        ...


class Engine(Protocol):
    """Anything that stages photos. Who wants a picture that may be published calls `faithful.stage_faithfully`."""

    name: str
    can: Abilities

    @property
    def paid(self) -> Paid | None:
        """Where it asks a provider and is charged; None for engines that cost nothing."""
        ...

    @property
    def predicts(self) -> Predicts | None:
        """Where it can tell beforehand what it will make of a photo; None for engines that cannot."""
        ...

    async def stage(self, photo: Path, brief: Brief, accept: Accept, on_progress: OnProgress) -> Staged:
        """Stage the photo file (JPEG, PNG, WebP or HEIC as uploaded) and hand the picture to ``accept``; return once it is accepted.

        Lets Unfaithful through where it has no other picture to offer: it may be called again with another seed. Raises CannotStage with a reason a person understands, BadPhoto for a file that is no photo, Unavailable where
        trying again may help. Cancelling the call stops all work it started. Calls may overlap: the engine queues them itself.
        """
        ...

    async def close(self) -> None:
        """Stop what the engine keeps warm. Safe to call twice."""
        ...
