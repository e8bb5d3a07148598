"""What is asked over the API, by method and address, with the parameters that are known; all others are refused, as at Stripe."""

from __future__ import annotations

from realstaging.sandbox.stripe.api.catalogue import CatalogueRoutes
from realstaging.sandbox.stripe.api.customers import CustomerRoutes
from realstaging.sandbox.stripe.api.endpoints import EndpointRoutes
from realstaging.sandbox.stripe.api.invoices import InvoiceRoutes
from realstaging.sandbox.stripe.api.lists import Lists
from realstaging.sandbox.stripe.api.pages import PageRoutes
from realstaging.sandbox.stripe.api.payments import PaymentRoutes
from realstaging.sandbox.stripe.api.routes import Given, check
from realstaging.sandbox.stripe.api.subscriptions import SubscriptionRoutes
from realstaging.sandbox.stripe.books import Thing, told
from realstaging.sandbox.stripe.due import Diary
from realstaging.sandbox.stripe.errors import Refusal
from realstaging.sandbox.stripe.parts import Parts


class Api:
    def __init__(self, parts: Parts, diary: Diary) -> None:
        books, payments, invoicing, subscribing, checkouts = parts
        lists = Lists(books)
        self._routes = [
            *CustomerRoutes(books, subscribing, lists).routes(),
            *CatalogueRoutes(books, lists).routes(),
            *PageRoutes(books, checkouts, invoicing.address, lists).routes(),
            *SubscriptionRoutes(books, subscribing, lists).routes(),
            *InvoiceRoutes(books, invoicing, subscribing, lists).routes(),
            *PaymentRoutes(books, payments, lists).routes(),
            *EndpointRoutes(books, diary, lists).routes(),
        ]

    def answer(self, method: str, path: str, given: Given) -> Thing:
        """A success as it is on the wire; Refusal for all else."""
        for route in self._routes:
            if route.method == method and (found := route.pattern.fullmatch(path)):
                expand = tuple(given.pop("expand", ()))
                check(given, route)
                answer: Thing = told(route.answer(given, *found.groups()), expand)
                return answer
        raise Refusal(
            f"Unrecognized request URL ({method}: {path}). The sandbox has what Real Staging uses.", status=404
        )
