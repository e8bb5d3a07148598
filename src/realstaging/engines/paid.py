"""What an engine that pays a provider is to those who count the money and set its models up.

What a provider's answers look like stays in its engine's package: here they are documents, with what they cost beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

import msgspec

from realstaging.engines.brief import RoomType
from realstaging.fidelity.report import Operation


class Chosen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A model and what an operator has set for it. ``secrets`` are sealed: only who asks the model opens them."""

    model: str
    settings: dict[str, Any] = {}
    secrets: dict[str, str] = {}


class Chain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The models of a staging, fixed when it is requested: the first is asked, the others when it does not serve.

    At most ``paid`` attempts may have cost money, and ``all`` may have been made.
    """

    models: tuple[Chosen, ...]
    paid: int = 3
    all: int = 6


class Offer(msgspec.Struct, frozen=True):
    """A model that may be asked: its price for one picture in US dollars, how far that can be trusted, what may be set for it (JSON
    Schema by name), and the names of what nobody may read again.
    """

    id: str
    name: str
    price_usd: Decimal
    price_confidence: str
    operations: tuple[Operation, ...]
    accepts: dict[str, dict[str, Any]]
    secrets: frozenset[str]


class Models(Protocol):
    """The models there are, whether or not an engine is running."""

    def offers(self) -> Sequence[Offer]:
        """All of them."""
        ...

    def offer(self, name: str) -> Offer:
        """One of them; NotFound."""
        ...

    def check_settings(self, name: str, settings: Mapping[str, Any]) -> None:
        """InvalidInput with every mistake in what is to be set for a model; NotFound."""
        ...

    def check_chain(self, chain: Chain) -> Chain:
        """The chain; InvalidInput or NotFound where it is none."""
        ...


class Answer(msgspec.Struct, frozen=True):
    """How a prediction ended: the provider's name for it, how many pictures it charges for, and what it said, without our input."""

    prediction_id: str
    pictures: int
    document: dict[str, Any]


class Notice(msgspec.Struct, frozen=True):
    """A verified webhook. ``id`` is the same when the provider sends it again: insert once by it."""

    id: str
    document: dict[str, Any]


class Paid(Protocol):
    """The side of an engine that asks a provider and is charged."""

    @property
    def chain(self) -> Chain:
        """The models asked where no operator has chosen any."""
        ...

    def picture_price(self, operation: Operation, room: RoomType, chain: Chain) -> int:
        """Millionths of a dollar for the first picture of a staging; 0 where no model can do it."""
        ...

    def answer(self, document: Mapping[str, Any]) -> Answer | None:
        """What a notice tells of a prediction; None where it has not ended."""
        ...

    async def notice(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """The webhook in this request, verified; Forbidden where it is not the provider's. Headers' names are in lower case."""
        ...

    async def differences(self, model: str) -> list[str]:
        """What the provider publishes of a model that is not as we know it, a sentence each. NotFound; an AppError where it can't be asked."""
        ...

    async def stop(self, request_key: str) -> None:
        """End every prediction of a request that is over, and write down what it cost. An AppError where that has to be tried again."""
        ...
