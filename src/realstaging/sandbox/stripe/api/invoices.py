"""Invoices, what is to come among them, and what they are paid by."""

from __future__ import annotations

from realstaging.sandbox.stripe.api.lists import Lists
from realstaging.sandbox.stripe.api.routes import Given, Route, route
from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.errors import Refusal
from realstaging.sandbox.stripe.invoicing import Invoicing
from realstaging.sandbox.stripe.subscribing import Subscribing


class InvoiceRoutes:
    def __init__(self, books: Books, invoicing: Invoicing, subscribing: Subscribing, lists: Lists) -> None:
        self._books, self._invoicing, self._subscribing, self._lists = books, invoicing, subscribing, lists

    def routes(self) -> list[Route]:
        books = self._books
        return [
            route(
                "GET invoices",
                self._lists.of("invoice", "customer", "status", "subscription"),
                "customer status subscription",
            ),
            route(
                "POST invoices/create_preview",
                self._preview,
                "subscription subscription_details",
                needed="subscription",
            ),
            route("GET invoices/{}", lambda _, one: books.get("invoice", one)),
            route("POST invoices/{}/pay", self._pay),
            route("POST invoices/{}/void", self._void),
            route("GET invoice_payments", self._invoice_payments, "payment invoice status"),
        ]

    def _preview(self, given: Given) -> Thing:
        found = self._books.get("subscription", given["subscription"], "subscription")
        if found["status"] == "canceled" or (found["cancel_at"] and "subscription_details" not in given):
            raise Refusal("No upcoming invoices for customer", status=404, code="invoice_upcoming_none")
        return self._subscribing_preview(found, given.get("subscription_details", {}).get("items"))

    def _subscribing_preview(self, found: Thing, items: list[Thing] | None) -> Thing:
        owner = self._books.get("customer", found["customer"])
        if items:
            has = found["items"]["data"][0]
            price = self._books.get(
                "price", items[0].get("price", has["price"]["id"]), "subscription_details[items][0][price]"
            )
            lines = self._subscribing.difference(found, price, int(items[0].get("quantity", has["quantity"])))
        else:
            lines = [self._subscribing.coming(found)]
        made = self._invoicing.draft(owner, lines, "upcoming", found)
        if not items:
            made["next_payment_attempt"] = found["items"]["data"][0]["current_period_end"] + 3600
        return {**made, "id": f"upcoming_{made['id']}"}

    def _pay(self, _: Given, one: str) -> Thing:
        found = self._books.get("invoice", one)
        self._invoicing.pay(found)
        return found

    def _void(self, _: Given, one: str) -> Thing:
        found = self._books.get("invoice", one)
        self._invoicing.void(found)
        return found

    def _invoice_payments(self, given: Given) -> Thing:
        paid = given.get("payment", {})
        found = [
            one
            for one in self._books.all("invoice_payment")
            if paid.get("payment_intent") in {None, one["payment"]["payment_intent"]}
            and given.get("invoice") in {None, one["invoice"]}
            and given.get("status") in {None, one["status"]}
        ]
        return self._lists.page("invoice_payment", found, given)
