"""What happens by itself when its time comes: renewals, retries, expiries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from realstaging.sandbox.stripe.books import Thing
from realstaging.sandbox.stripe.clock import DAY
from realstaging.sandbox.stripe.parts import Parts
from realstaging.sandbox.stripe.subscribing import LIVING

Due = tuple[int, Callable[[], object]]
TOLD_BEFORE: Final = 3 * DAY
MOST_STEPS: Final = 20_000
"""Of one advance: ten years of a hundred subscriptions."""


class Diary:
    def __init__(self, parts: Parts) -> None:
        self._books, self._payments, self._invoicing, self._subscribing, self._checkouts = parts

    def advance(self, moment: int) -> None:
        """To a moment, and everything on the way in its order."""
        for _ in range(MOST_STEPS):
            due = min(self._due(), key=lambda one: one[0], default=None)
            if due is None or due[0] > moment:
                break
            self._books.clock.set(due[0])
            due[1]()
        self._books.clock.set(moment)

    def catch_up(self) -> None:
        """What has become due meanwhile."""
        self.advance(self._books.now())

    def _due(self) -> Iterator[Due]:
        for kind, due_of in (
            ("checkout.session", self._due_of_session),
            ("payment_intent", self._due_of_payment),
            ("invoice", self._due_of_invoice),
            ("subscription", self._due_of_subscription),
            ("subscription_schedule", self._due_of_schedule),
        ):
            for thing in self._books.by_kind[kind].values():
                yield from due_of(thing)

    def _due_of_session(self, session: Thing) -> Iterator[Due]:
        if session["status"] == "open":
            yield session["expires_at"], partial(self._checkouts.expire, session)

    def _due_of_payment(self, intent: Thing) -> Iterator[Due]:
        if intent["status"] == "processing":
            yield intent["_settle_at"], partial(self._payments.settle, intent)

    def _due_of_invoice(self, invoice: Thing) -> Iterator[Due]:
        if invoice["status"] == "draft" and invoice["_finalize_at"]:
            yield invoice["_finalize_at"], partial(self._subscribing.finalize, invoice)
        if invoice["status"] == "open" and invoice["next_payment_attempt"]:
            yield invoice["next_payment_attempt"], partial(self._invoicing.collect, invoice)

    def _due_of_schedule(self, schedule: Thing) -> Iterator[Due]:
        if schedule["status"] == "active" and len(schedule["phases"]) > 1:
            yield schedule["phases"][-1]["end_date"], partial(self._subscribing.schedules.release, schedule)

    def _due_of_subscription(self, one: Thing) -> Iterator[Due]:
        if one["status"] not in LIVING:
            return
        yield one["items"]["data"][0]["current_period_end"], partial(self._subscribing.turn, one)
        if one["pending_update"]:
            yield one["pending_update"]["expires_at"], partial(self._subscribing.expire_pending, one)
        if one["trial_end"] and one["status"] == "trialing" and not one.get("_trial_told"):
            yield one["trial_end"] - TOLD_BEFORE, partial(self._tell_trial, one)
        if one["pause_collection"] and one["pause_collection"]["resumes_at"]:
            yield one["pause_collection"]["resumes_at"], partial(self._resume, one)

    def _tell_trial(self, one: Thing) -> None:
        one["_trial_told"] = True
        self._books.tell("customer.subscription.trial_will_end", one)

    def _resume(self, one: Thing) -> None:
        one["pause_collection"] = None
        self._books.tell("customer.subscription.updated", one)
