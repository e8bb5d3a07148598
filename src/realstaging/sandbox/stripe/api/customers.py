"""Customers: made, changed and deleted, with all that they subscribe to."""

from __future__ import annotations

from realstaging.sandbox.stripe import shapes
from realstaging.sandbox.stripe.api.lists import Lists
from realstaging.sandbox.stripe.api.routes import Given, Route, route
from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.errors import missing
from realstaging.sandbox.stripe.subscribing import Subscribing


class CustomerRoutes:
    def __init__(self, books: Books, subscribing: Subscribing, lists: Lists) -> None:
        self._books, self._subscribing, self._lists = books, subscribing, lists

    def routes(self) -> list[Route]:
        books = self._books
        return [
            route("POST customers", self._new_customer, "email name metadata description preferred_locales test_clock"),
            route("GET customers", self._lists.of("customer", "email"), "email"),
            route("GET customers/{}", lambda _, one: books.get("customer", one)),
            route("POST customers/{}", self._change_customer, "email name metadata description preferred_locales"),
            route("DELETE customers/{}", self._delete_customer),
        ]

    def _new_customer(self, given: Given) -> Thing:
        made = self._books.add(shapes.customer(self._books, given))
        self._books.tell("customer.created", made)
        return made

    def _change_customer(self, given: Given, one: str) -> Thing:
        found = self._living_customer(one)
        found["metadata"] |= given.pop("metadata", {})
        found |= given
        self._books.tell("customer.updated", found)
        return found

    def _living_customer(self, one: str) -> Thing:
        found = self._books.get("customer", one)
        if found.get("deleted"):
            raise missing("customer", one)
        return found

    def _delete_customer(self, _: Given, one: str) -> Thing:
        found = self._living_customer(one)
        for subscription in self._books.all("subscription"):
            if subscription["customer"] == one and subscription["status"] != "canceled":
                self._subscribing.end(subscription, "cancellation_requested")
        self._books.tell("customer.deleted", found)
        gone = {"id": one, "object": "customer", "deleted": True}
        self._books.add({**gone, "_created": found["created"]})
        return gone
