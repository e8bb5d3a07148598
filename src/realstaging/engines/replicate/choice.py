"""Which model is asked next, and when to give up. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from realstaging.engines.attempts import Attempt, Outcome
from realstaging.engines.brief import RoomType
from realstaging.engines.paid import Chain, Chosen
from realstaging.engines.replicate import families, models
from realstaging.engines.replicate.errors import Moderated, NoPicture, PredictionFailed
from realstaging.engines.replicate.models import Model
from realstaging.fidelity.report import Operation
from realstaging.kit.errors import AppError, CannotStage, InvalidInput

# An outcome of these means that this model will do no better; the others are worth one more try with another seed.
_FINAL_FOR_THE_MODEL: Final = frozenset({Outcome.MODERATED, Outcome.REFUSED})
_TRIES_PER_MODEL: Final = 2


class Try(msgspec.Struct, frozen=True):
    chosen: Chosen
    seed: int


def check(chain: Chain) -> Chain:
    """The chain, or InvalidInput (NotFound for a model that does not exist)."""
    if not chain.models:
        raise InvalidInput("Name at least one model.")
    names = [chosen.model for chosen in chain.models]
    if len(set(names)) < len(names):
        raise InvalidInput("Name each model once.")
    for chosen in chain.models:
        families.allowed(models.find(chosen.model), chosen.settings)
    return chain


def able(chain: Chain, operation: Operation, room: RoomType, catalogue: Mapping[str, Model]) -> Chain:
    """The chain without models that cannot do this, or are gone. CannotStage where none is left: nothing is asked or paid then."""

    def can(model: Model | None) -> bool:
        return model is not None and operation in model.does.operations and room in model.does.rooms

    left = tuple(chosen for chosen in chain.models if can(catalogue.get(chosen.model)))
    if not left:
        raise CannotStage("None of the models in use can do this in this kind of room.")
    return msgspec.structs.replace(chain, models=left)


def next_try(chain: Chain, seed: int, history: Sequence[Attempt]) -> Try:
    """The next attempt after these, all of them over. Raises why there is none.

    ``seed`` is the staging's; each further attempt takes the next one, so that the same history asks for the same picture.
    """
    if any(attempt.outcome is Outcome.STOPPED for attempt in history):
        raise give_up(history)
    paid = sum(attempt.cost > 0 for attempt in history)
    if paid >= chain.paid or len(history) >= chain.all:
        raise give_up(history)
    for chosen in chain.models:
        of_model = [attempt.outcome for attempt in history if attempt.model == chosen.model]
        spent = sum(outcome is not Outcome.LOST for outcome in of_model) >= _TRIES_PER_MODEL
        if not spent and not _FINAL_FOR_THE_MODEL.intersection(of_model):
            return Try(chosen, (seed + len(history)) % 2**31)
    raise give_up(history)


def give_up(history: Sequence[Attempt]) -> AppError:
    """What a person is told when nothing came of it: the last outcome's reason."""
    last = history[-1]
    if last.outcome is Outcome.MODERATED:
        return Moderated(reason=last.reason)
    if last.outcome is Outcome.UNFAITHFUL:
        return CannotStage(
            f"No result kept the house as it is: {last.reason} Nothing was charged.", attempts=len(history)
        )
    if last.outcome is Outcome.FAILED:
        return PredictionFailed(reason=last.reason)
    return NoPicture(reason=last.reason)
