"""Subscriptions, and the schedules of what changes with their periods."""

from __future__ import annotations

from realstaging.sandbox.stripe.api.lists import Lists, fits
from realstaging.sandbox.stripe.api.routes import Given, Route, route
from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.errors import Refusal
from realstaging.sandbox.stripe.forms import truth
from realstaging.sandbox.stripe.subscribing import Subscribing


class SubscriptionRoutes:
    def __init__(self, books: Books, subscribing: Subscribing, lists: Lists) -> None:
        self._books, self._subscribing, self._lists = books, subscribing, lists

    def routes(self) -> list[Route]:
        books = self._books
        return [
            route("GET subscriptions", self._subscriptions, "customer status price"),
            route("GET subscriptions/{}", lambda _, one: books.get("subscription", one)),
            route(
                "POST subscriptions/{}",
                self._change_subscription,
                "items proration_behavior payment_behavior cancel_at_period_end cancel_at pause_collection billing_cycle_anchor metadata",
            ),
            route("DELETE subscriptions/{}", self._end_subscription, "prorate invoice_now"),
            route("POST subscription_schedules", self._new_schedule, "from_subscription", needed="from_subscription"),
            route("GET subscription_schedules/{}", lambda _, one: books.get("subscription_schedule", one)),
            route(
                "POST subscription_schedules/{}",
                self._change_schedule,
                "phases end_behavior proration_behavior metadata",
            ),
            route("POST subscription_schedules/{}/release", self._release),
        ]

    def _subscriptions(self, given: Given) -> Thing:
        status = given.pop("status", None)
        found = [
            one
            for one in self._books.all("subscription")
            if status == "all" or (one["status"] == status if status else one["status"] != "canceled")
        ]
        return self._lists.page(
            "subscription",
            [one for one in found if fits(one, {k: given[k] for k in ("customer",) if k in given})],
            given,
        )

    def _change_subscription(self, given: Given, one: str) -> Thing:
        found = self._books.get("subscription", one)
        if given.get("payment_behavior") == "pending_if_incomplete" and given.keys() - {
            "items",
            "proration_behavior",
            "payment_behavior",
        }:
            raise Refusal("Only items and prorations can be updated with payment_behavior=pending_if_incomplete.")
        if "items" in given:
            [item] = given["items"]
            has = found["items"]["data"][0]
            if item.get("id") != has["id"]:
                raise Refusal("The sandbox keeps one item for each subscription.", param="items[0][id]")
            price = self._books.get("price", item.get("price", has["price"]["id"]), "items[0][price]")
            quantity = int(item.get("quantity", has["quantity"]))
            self._subscribing.change(found, price, quantity, given)
            return found
        if "billing_cycle_anchor" in given:
            self._subscribing.begin_period(found, given)
        if "cancel_at" in given:
            if "cancel_at_period_end" in given:
                raise Refusal("You can only set one of cancel_at and cancel_at_period_end.", param="cancel_at")
            self._subscribing.set_end_at(found, int(given["cancel_at"]) if given["cancel_at"] else None)
        if "cancel_at_period_end" in given:
            self._subscribing.set_end(found, truth(given["cancel_at_period_end"]))
        if "pause_collection" in given:
            self._subscribing.set_pause(found, given["pause_collection"])
        found["metadata"] |= given.get("metadata", {})
        self._books.tell("customer.subscription.updated", found)
        return found

    def _end_subscription(self, _: Given, one: str) -> Thing:
        found = self._books.get("subscription", one)
        self._subscribing.end(found, "cancellation_requested")
        return found

    def _new_schedule(self, given: Given) -> Thing:
        of = self._books.get("subscription", given["from_subscription"], "from_subscription")
        self._subscribing.require_living(of)
        return self._subscribing.schedules.plan(of)

    def _change_schedule(self, given: Given, one: str) -> Thing:
        found = self._books.get("subscription_schedule", one)
        if found["status"] != "active":
            raise Refusal(f"You cannot update a subscription schedule that is {found['status']}.")
        self._subscribing.schedules.replan(found, given["phases"])
        return found

    def _release(self, _: Given, one: str) -> Thing:
        found = self._books.get("subscription_schedule", one)
        self._subscribing.schedules.release(found)
        return found
