"""Schedules of subscriptions: what one becomes when its period ends (https://docs.stripe.com/billing/subscriptions/subscription-schedules)."""

from __future__ import annotations

from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.clock import after
from realstaging.sandbox.stripe.errors import Refusal


class Schedules:
    def __init__(self, books: Books) -> None:
        self._books = books

    def plan(self, of: Thing) -> Thing:
        """A schedule that says what the subscription is now."""
        if of["schedule"]:
            raise Refusal("You cannot migrate a subscription that is already attached to a schedule.")
        if of["cancel_at"]:
            raise Refusal("You cannot migrate a subscription that is set to cancel at the end of its period.")
        item = of["items"]["data"][0]
        period = (item["current_period_start"], item["current_period_end"])
        made: Thing = {
            "id": self._books.new_id("subscription_schedule"),
            "object": "subscription_schedule",
            "application": None,
            "billing_mode": of["billing_mode"],
            "canceled_at": None,
            "completed_at": None,
            "created": self._books.now(),
            "current_phase": {"start_date": period[0], "end_date": period[1]},
            "customer": of["customer"],
            "default_settings": {
                "application_fee_percent": None,
                "billing_cycle_anchor": "automatic",
                "billing_thresholds": None,
                "collection_method": "charge_automatically",
                "default_payment_method": None,
                "description": None,
                "invoice_settings": {"account_tax_ids": None, "days_until_due": None, "issuer": {"type": "self"}},
                "on_behalf_of": None,
                "transfer_data": None,
            },
            "end_behavior": "release",
            "livemode": False,
            "metadata": {},
            "phases": [_phase(of["currency"], item["price"]["id"], item["quantity"], period)],
            "released_at": None,
            "released_subscription": None,
            "status": "active",
            "subscription": of["id"],
            "test_clock": None,
        }
        of["schedule"] = made["id"]
        self._books.tell("customer.subscription.updated", of)
        return self._books.add(made)

    def replan(self, schedule: Thing, phases: list[Thing]) -> None:
        of = self._books.get("subscription", schedule["subscription"])
        made: list[Thing] = []
        for phase in phases:
            start = made[-1]["end_date"] if made else int(phase["start_date"])
            if phase.get("end_date"):
                end = int(phase["end_date"])
            elif phase.get("duration"):
                months = int(phase["duration"].get("interval_count", 1))
                end = after(start, months * (12 if phase["duration"]["interval"] == "year" else 1))
            else:
                raise Refusal("Each phase needs an end_date or a duration.", param="phases")
            [item] = phase["items"]
            price = self._books.get("price", item["price"], "phases[items][price]")
            made.append(_phase(of["currency"], price["id"], int(item.get("quantity", 1)), (start, end)))
        if made[0]["start_date"] != schedule["phases"][0]["start_date"]:
            raise Refusal("You can not modify the start date of the current phase.", param="phases[0][start_date]")
        schedule["phases"] = made

    def release(self, schedule: Thing) -> None:
        if schedule["status"] not in {"active", "not_started"}:
            raise Refusal(f"You cannot release a subscription schedule that is {schedule['status']}.")
        of = self._books.get("subscription", schedule["subscription"])
        of["schedule"] = None
        schedule |= {
            "status": "released",
            "released_at": self._books.now(),
            "released_subscription": of["id"],
            "subscription": None,
            "current_phase": None,
        }
        self._books.tell("customer.subscription.updated", of)

    def taken_up(self, of: Thing, now: int) -> Thing | None:
        """What a schedule makes of it from now on."""
        schedule, planned = self._books.find("subscription_schedule", of["schedule"]), self.planned_at(of, now)
        if schedule and planned:
            schedule["current_phase"] = {"start_date": planned["start"], "end_date": planned["end"]}
        return planned

    def planned_at(self, of: Thing, moment: int) -> Thing | None:
        schedule = self._books.find("subscription_schedule", of["schedule"])
        phases = schedule["phases"] if schedule else []
        phase = next((one for one in phases if one["start_date"] <= moment < one["end_date"]), None)
        if phase is None:
            return None
        [item] = phase["items"]
        price = self._books.get("price", item["price"])
        return {
            "price": price,
            "quantity": item["quantity"],
            "start": phase["start_date"],
            "end": phase["end_date"],
        }

    def follow(self, of: Thing, price: Thing, quantity: int) -> None:
        """The phase that a subscription is in is what that has become."""
        if schedule := self._books.find("subscription_schedule", of["schedule"]):
            schedule["phases"][0]["items"][0] |= {"price": price["id"], "quantity": quantity}

    def end(self, of: Thing) -> None:
        """With the subscription."""
        if schedule := self._books.find("subscription_schedule", of["schedule"]):
            schedule |= {"status": "canceled", "canceled_at": self._books.now(), "current_phase": None}


def _phase(currency: str, price: str, quantity: int, period: tuple[int, int]) -> Thing:
    return {
        "add_invoice_items": [],
        "application_fee_percent": None,
        "billing_cycle_anchor": None,
        "billing_thresholds": None,
        "collection_method": None,
        "currency": currency,
        "default_payment_method": None,
        "default_tax_rates": [],
        "description": None,
        "discounts": [],
        "end_date": period[1],
        "invoice_settings": None,
        "items": [
            {
                "billing_thresholds": None,
                "discounts": [],
                "metadata": {},
                "price": price,
                "quantity": quantity,
                "tax_rates": [],
            }
        ],
        "metadata": {},
        "on_behalf_of": None,
        "proration_behavior": "none",
        "start_date": period[0],
        "transfer_data": None,
        "trial_end": None,
    }
