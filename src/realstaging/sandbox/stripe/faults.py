"""Faults on command: orders are given in a queue, and each request or notice takes the first that fits."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Final

import msgspec


class Fault(StrEnum):
    # how a request is answered
    THROTTLED = "throttled"
    """429; nothing is done."""
    SERVER_ERROR = "server_error"
    """500; nothing is done, and the same key may do it."""
    SERVER_ERROR_DONE = "server_error_done"
    """500, although it is done; the same key is told 500 again, as Stripe does for a day."""
    REQUEST_LOST = "request_lost"
    """The line breaks before anything is done."""
    ANSWER_LOST = "answer_lost"
    """It is done; the line breaks before the answer."""
    SLOW = "slow"
    """It is done ``seconds`` later."""
    # how an event is told
    EVENT_LOST = "event_lost"
    EVENT_LATE = "event_late"
    """``seconds`` later, after those that follow."""
    EVENT_DOUBLED = "event_doubled"
    EVENT_REORDERED = "event_reordered"
    """After the one that follows."""
    EVENT_FORGED = "event_forged"
    """Before it comes one that is not truly signed, and tells a lie."""
    EVENT_OLD_VERSION = "event_old_version"
    """Truly signed, of an endpoint of another API version; and never otherwise."""
    EVENT_LIVE = "event_live"
    """Truly signed, of live mode; and never otherwise."""
    EVENT_STALE = "event_stale"
    """Before it comes the same with a signature of an hour ago."""


BEFORE: Final = frozenset({Fault.THROTTLED, Fault.SERVER_ERROR, Fault.REQUEST_LOST, Fault.SLOW})
AFTER: Final = frozenset({Fault.SERVER_ERROR_DONE, Fault.ANSWER_LOST})
OF_EVENT: Final = frozenset(Fault) - BEFORE - AFTER


class Order(msgspec.Struct, forbid_unknown_fields=True):
    """``times``: how often it strikes (None: until cleared). ``on``: what the request's method and address (`POST /v1/refunds`), or the
    event's type, begins with.
    """

    fault: Fault
    times: int | None = 1
    on: str = ""
    seconds: float = 1.0


class Faults:
    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.struck: Counter[str] = Counter()

    def order(self, order: Order) -> None:
        self.orders.append(order)

    def clear(self) -> None:
        self.orders.clear()

    def take(self, kinds: frozenset[Fault], what: str) -> Order | None:
        """The order that strikes now, if any; one strike of it is used up."""
        for order in self.orders:
            if order.fault in kinds and what.startswith(order.on):
                self.struck[order.fault] += 1
                if order.times is not None:
                    order.times -= 1
                    self.orders = [one for one in self.orders if one.times != 0]
                return order
        return None
