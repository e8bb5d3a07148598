"""What is sold: products and their prices."""

from __future__ import annotations

from realstaging.sandbox.stripe import catalogue_shapes
from realstaging.sandbox.stripe.api.lists import Lists
from realstaging.sandbox.stripe.api.routes import Given, Route, route
from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.errors import Refusal
from realstaging.sandbox.stripe.forms import truth


class CatalogueRoutes:
    def __init__(self, books: Books, lists: Lists) -> None:
        self._books, self._lists = books, lists

    def routes(self) -> list[Route]:
        books = self._books
        return [
            route("POST products", self._new_product, "id name description tax_code metadata", needed="name"),
            route("GET products", self._lists.of("product", "active"), "active"),
            route("GET products/{}", lambda _, one: books.get("product", one)),
            route("POST products/{}", self._change_product, "name description tax_code metadata active"),
            route(
                "POST prices",
                self._new_price,
                "product currency unit_amount tax_behavior currency_options lookup_key transfer_lookup_key nickname metadata recurring",
                needed="product currency unit_amount",
            ),
            route(
                "GET prices", self._lists.of("price", "active", "product", "lookup_keys"), "active product lookup_keys"
            ),
            route("GET prices/{}", lambda _, one: books.get("price", one)),
            route("POST prices/{}", self._change_price, "active metadata nickname lookup_key transfer_lookup_key"),
        ]

    def _new_product(self, given: Given) -> Thing:
        if given.get("id") and self._books.find("product", given["id"]):
            raise Refusal("Product already exists.", code="resource_already_exists")
        return self._books.add(catalogue_shapes.product(self._books, given))

    def _change_product(self, given: Given, one: str) -> Thing:
        found = self._books.get("product", one)
        found["metadata"] |= given.pop("metadata", {})
        if "active" in given:
            given["active"] = truth(given["active"])
        found |= given
        found["updated"] = self._books.now()
        return found

    def _new_price(self, given: Given) -> Thing:
        self._books.get("product", given["product"], "product")
        options = {
            given["currency"]: catalogue_shapes.currency_option(
                int(given["unit_amount"]), given.get("tax_behavior", "unspecified")
            )
        }
        for code, option in given.get("currency_options", {}).items():
            options[code] = catalogue_shapes.currency_option(
                int(option["unit_amount"]), option.get("tax_behavior", "unspecified")
            )
        self._take_key(given)
        return self._books.add(catalogue_shapes.price(self._books, given, options))

    def _take_key(self, given: Given) -> None:
        """A lookup key is one price's; it moves only where that is asked for."""
        key = given.get("lookup_key")
        owner = next((one for one in self._books.all("price") if key and one["lookup_key"] == key), None)
        if owner is None:
            return
        if not truth(given.get("transfer_lookup_key")):
            raise Refusal(f"A price (`{owner['id']}`) already uses that lookup key.", param="lookup_key")
        owner["lookup_key"] = None

    def _change_price(self, given: Given, one: str) -> Thing:
        found = self._books.get("price", one)
        self._take_key(given)
        given.pop("transfer_lookup_key", None)
        found["metadata"] |= given.pop("metadata", {})
        if "active" in given:
            given["active"] = truth(given["active"])
        found |= given
        return found
