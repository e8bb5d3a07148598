"""Faults on command: orders are given in a queue, and each prediction or call takes the first that fits."""

from __future__ import annotations

import random
from collections import Counter
from enum import StrEnum

import msgspec


class Fault(StrEnum):
    # how the create call is answered
    THROTTLED = "throttled"
    """429 with Retry-After."""
    THROTTLED_BARE = "throttled_bare"
    """429 with nothing but the sentence in its body."""
    SERVER_ERROR = "server_error"
    """500; nothing is created."""
    SERVER_ERROR_CREATED = "server_error_created"
    """500, although the prediction runs."""
    ANSWER_LOST = "answer_lost"
    """The prediction runs; the line breaks before the answer."""
    REQUEST_LOST = "request_lost"
    """The line breaks before anything is created."""
    SLOW_ANSWER = "slow_answer"
    """The prediction runs; the answer comes ``seconds`` later."""
    NO_CREDIT = "no_credit"
    """402."""
    # how any other call is answered
    READ_ERROR = "read_error"
    """500 to a look, a cancel or a list."""
    READ_THROTTLED = "read_throttled"
    """429 to a look, a cancel or a list."""
    LIST_REFUSED = "list_refused"
    """400 to a list."""
    LOOK_UNKNOWN = "look_unknown"
    """404 to a look, although the prediction is there."""
    STOP_UNKNOWN = "stop_unknown"
    """404 to an order to stop; the prediction goes on."""
    STOP_REFUSED = "stop_refused"
    """403 to an order to stop; the prediction goes on."""
    STOP_ERROR = "stop_error"
    """500 to an order to stop; the prediction goes on."""
    STOP_LATE = "stop_late"
    """An order to stop is answered at once, and obeyed ``seconds`` later."""
    # what becomes of the prediction
    SLOW = "slow"
    """It takes ``seconds`` longer."""
    HANG = "hang"
    """It never ends by itself."""
    FAILED = "failed"
    FAILED_BILLED = "failed_billed"
    """It fails, and is charged for the picture it had made."""
    MODERATED = "moderated"
    ABORTED = "aborted"
    CANCELED = "canceled"
    # what it gives back
    WRONG_HOST = "wrong_host"
    REDIRECT = "redirect"
    """The output's address leads on to another host."""
    HUGE_OUTPUT = "huge_output"
    BROKEN_OUTPUT = "broken_output"
    """A picture that stops half-way."""
    NOT_A_PICTURE = "not_a_picture"
    NO_OUTPUT = "no_output"
    FAILS_GATE = "fails_gate"
    """A picture of a house that is no longer the same."""
    # how its webhook arrives
    WEBHOOK_LOST = "webhook_lost"
    WEBHOOK_LATE = "webhook_late"
    """It comes ``seconds`` after the end."""
    WEBHOOK_DUPLICATED = "webhook_duplicated"
    WEBHOOK_REORDERED = "webhook_reordered"
    """The end is told first, then the start."""
    WEBHOOK_FORGED = "webhook_forged"
    """Before the true notice comes one with a wrong signature, telling a lie."""
    WEBHOOK_REPLAYED = "webhook_replayed"
    """Before the true notice comes one truly signed, an hour old."""


OF_ANSWER = frozenset(
    {
        Fault.THROTTLED,
        Fault.THROTTLED_BARE,
        Fault.SERVER_ERROR,
        Fault.SERVER_ERROR_CREATED,
        Fault.ANSWER_LOST,
        Fault.REQUEST_LOST,
        Fault.SLOW_ANSWER,
        Fault.NO_CREDIT,
    }
)
OF_READING = frozenset({Fault.READ_ERROR, Fault.READ_THROTTLED})
OF_LIST = frozenset({Fault.LIST_REFUSED})
OF_LOOK = frozenset({Fault.LOOK_UNKNOWN})
OF_STOP = frozenset({Fault.STOP_UNKNOWN, Fault.STOP_REFUSED, Fault.STOP_ERROR, Fault.STOP_LATE})
OF_PREDICTION = frozenset(Fault) - OF_ANSWER - OF_READING - OF_LIST - OF_LOOK - OF_STOP


class Order(msgspec.Struct, forbid_unknown_fields=True):
    """``times`` is how often the fault strikes (None: until cleared), ``share`` (0–1) how likely it strikes a call that fits,
    ``seconds`` its length where it has one. ``model`` limits it to one model.
    """

    fault: Fault
    times: int | None = 1
    share: float = 1.0
    seconds: float = 1.0
    model: str | None = None


class Faults:
    """The orders in force. The same seed and calls give the same faults."""

    def __init__(self, seed: int = 0) -> None:
        self._orders: list[Order] = []
        self._random = random.Random(seed)
        self.struck: Counter[str] = Counter()

    def order(self, order: Order) -> None:
        self._orders.append(order)

    def clear(self) -> None:
        self._orders.clear()

    @property
    def orders(self) -> list[Order]:
        return list(self._orders)

    def take(self, kinds: frozenset[Fault], model: str | None = None) -> Order | None:
        """The order that strikes now, if any; one strike of it is used up."""
        for order in self._orders:
            fits = order.fault in kinds and order.model in {None, model}
            if fits and (order.share >= 1 or self._random.random() < order.share):
                self.struck[order.fault] += 1
                if order.times is not None:
                    order.times -= 1
                    self._orders = [one for one in self._orders if one.times != 0]
                return order
        return None
