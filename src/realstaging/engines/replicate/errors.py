"""What can go wrong with Replicate, by what the caller has to do about it.

Throttled          wait as long as told, then repeat: nothing was created
NotReached         repeat later: nothing was created
AnswerLost         look it up; never repeat blindly: a prediction may exist and be paid
Moderated          tell the person; the same input will be refused again
Rejected           our request is wrong (input, model, version): an operator has to look
AccountRefused     token, credit or permission: an operator has to look
PredictionFailed   the model gave up; another attempt may succeed, and is a new payment
OutputRefused      the answer is not a picture we take in
"""

from __future__ import annotations

from datetime import datetime

from realstaging.kit.errors import AppError, CannotStage, Unavailable


class NotReached(Unavailable):
    """Replicate did not answer."""

    code = "replicate_not_reached"


class Throttled(Unavailable):
    """Replicate asks us to slow down."""

    code = "replicate_throttled"

    def __init__(self, retry_after: float = Unavailable.retry_after) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class AnswerLost(AppError):
    """Replicate was asked, and its answer was lost: a prediction may be running."""

    code = "replicate_answer_lost"
    status = 503

    def __init__(self, token: str, sent_at: datetime, why: str) -> None:
        super().__init__(token=token, sent_at=sent_at.isoformat(), why=why)
        self.token = token
        self.sent_at = sent_at


class Moderated(CannotStage):
    """The model's provider declined this photo or these instructions as sensitive content."""

    code = "moderated"


class Rejected(AppError):
    """Replicate does not take this request."""

    code = "replicate_rejected"
    status = 502


class AccountRefused(AppError):
    """Replicate does not accept our account: token, credit or permission."""

    code = "replicate_account_refused"
    status = 502


class PredictionFailed(AppError):
    """The model did not finish a picture."""

    code = "prediction_failed"
    status = 502


class OutputRefused(AppError):
    """What the model gave back is not a picture that can be used."""

    code = "output_refused"
    status = 502


class NoPicture(AppError):
    """No model gave a picture that can be used. Nothing was charged. Try again later."""

    code = "no_picture"
    status = 502


class DeadlinePassed(AppError):
    """This took too long and was stopped. Nothing was charged. Try again later."""

    code = "deadline_passed"
    status = 504


class ResultLost(AppError):
    """The picture was finished, and lost in an interruption of ours. Nothing was charged. Try again."""

    code = "result_lost"
    status = 502
