"""Payments, and what is given back or disputed of them."""

from __future__ import annotations

from realstaging.sandbox.stripe.api.lists import Lists
from realstaging.sandbox.stripe.api.routes import Given, Route, route
from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.payments import Payments


class PaymentRoutes:
    def __init__(self, books: Books, payments: Payments, lists: Lists) -> None:
        self._books, self._payments, self._lists = books, payments, lists

    def routes(self) -> list[Route]:
        books = self._books
        return [
            route("GET payment_intents/{}", lambda _, one: books.get("payment_intent", one)),
            route("GET charges/{}", lambda _, one: books.get("charge", one)),
            route("POST refunds", self._refund, "payment_intent charge amount reason metadata"),
            route("GET refunds", self._lists.of("refund", "payment_intent", "charge"), "payment_intent charge"),
            route("GET refunds/{}", lambda _, one: books.get("refund", one)),
            route("GET disputes", self._lists.of("dispute", "payment_intent", "charge"), "payment_intent charge"),
            route("GET disputes/{}", lambda _, one: books.get("dispute", one)),
        ]

    def _refund(self, given: Given) -> Thing:
        if "payment_intent" in given:
            charged = self._payments.charge_of(given["payment_intent"])
        else:
            charged = self._books.get("charge", given.get("charge"), "charge")
        return self._payments.refund(charged, given)
