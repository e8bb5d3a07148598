"""A prediction as Replicate describes it, in answers and webhooks alike.

https://replicate.com/docs/topics/predictions/lifecycle (read 2026-11-22)
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from realstaging.engines.paid import Answer
from realstaging.engines.replicate.errors import Moderated, OutputRefused, PredictionFailed


class Status(StrEnum):
    STARTING = "starting"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    """Stopped while it ran, by us or by its deadline. Charged."""
    ABORTED = "aborted"
    """Its deadline passed before it ran. Not charged."""


ENDED = frozenset({Status.SUCCEEDED, Status.FAILED, Status.CANCELED, Status.ABORTED})
# No model of the catalogue makes more at once; what names more is not believed.
MOST_PICTURES = 16

# E005 is Replicate's own code; the other phrases are those of the models' providers.
_SENSITIVE = ("e005", "flagged as sensitive", "nsfw", "safety system", "content policy", "moderation", "prohibited")


class Prediction(msgspec.Struct, frozen=True):
    """Times are UTC. ``metrics`` holds seconds (``predict_time``, ``total_time``) and what the model was billed by."""

    id: str
    status: str
    model: str = ""
    version: str | None = None
    input: dict[str, Any] | None = None
    output: Any = None
    error: Any = None
    logs: str | None = None
    metrics: dict[str, Any] | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    data_removed: bool = False
    webhook: str | None = None

    @property
    def state(self) -> Status:
        """The status. A word not known yet is read from ``completed_at``, so that nothing waits for ever on it."""
        try:
            return Status(self.status)
        except ValueError:
            return Status.FAILED if self.completed_at else Status.PROCESSING

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def output_url(self) -> str:
        """Where the picture is: models answer with an address or a list of them, of which the first is ours.

        Raises what ended the prediction otherwise: Moderated, PredictionFailed, or OutputRefused where there is no address.
        """
        if self.state is not Status.SUCCEEDED:
            raise self._failure()
        first = self.output[0] if isinstance(self.output, list) and self.output else self.output
        if not isinstance(first, str):
            raise OutputRefused("The model finished without a picture.", id=self.id, data_removed=self.data_removed)
        return first

    @property
    def pictures(self) -> int:
        """How many Replicate charges for: as many as its metrics name.

        Where they name none: one for what succeeded or was stopped while it ran, none for the rest.
        """
        pictures = (self.metrics or {}).get("image_count")
        if isinstance(pictures, int) and pictures > 0:
            return min(pictures, MOST_PICTURES)
        ran = self.state is Status.SUCCEEDED or (self.state is Status.CANCELED and self.started_at is not None)
        return int(ran)

    def document(self) -> dict[str, Any]:
        """All but the input, which may hold a secret and addresses that open pictures."""
        kept: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(self, input=None))
        return kept

    def answer(self) -> Answer:
        return Answer(self.id, self.pictures, self.document())

    def carries(self, token: str) -> bool:
        """Whether this prediction was created for the attempt with this token."""
        return token in (self.webhook or "") or _holds(self.input, token)

    def _failure(self) -> Moderated | PredictionFailed:
        reason = str(self.error or "")
        if any(word in reason.lower() for word in _SENSITIVE):
            return Moderated(id=self.id, reason=reason[:500])
        return PredictionFailed(id=self.id, status=self.status, reason=reason[:500])


def _holds(value: object, token: str) -> bool:
    if isinstance(value, str):
        return token in value
    if isinstance(value, dict):
        return any(_holds(part, token) for part in value.values())
    return isinstance(value, list) and any(_holds(part, token) for part in value)
