"""Events, the endpoints that are told of them, and the clock."""

from __future__ import annotations

import secrets

from realstaging.sandbox.stripe import shapes
from realstaging.sandbox.stripe.api.lists import Lists
from realstaging.sandbox.stripe.api.routes import Given, Route, route
from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.due import Diary
from realstaging.sandbox.stripe.forms import truth


class EndpointRoutes:
    def __init__(self, books: Books, diary: Diary, lists: Lists) -> None:
        self._books, self._diary, self._lists = books, diary, lists

    def routes(self) -> list[Route]:
        books = self._books
        return [
            route("GET events", self._events, "types type"),
            route("GET events/{}", lambda _, one: books.get("event", one)),
            route(
                "POST webhook_endpoints",
                self._new_endpoint,
                "url enabled_events api_version metadata description",
                needed="url enabled_events",
            ),
            route("GET webhook_endpoints", self._lists.of("webhook_endpoint")),
            route("GET webhook_endpoints/{}", lambda _, one: books.get("webhook_endpoint", one)),
            route(
                "POST webhook_endpoints/{}", self._change_endpoint, "url enabled_events disabled metadata description"
            ),
            route("DELETE webhook_endpoints/{}", self._delete_endpoint),
            route("POST test_helpers/test_clocks", self._new_clock, "frozen_time name", needed="frozen_time"),
            route("GET test_helpers/test_clocks/{}", self._clock),
            route("POST test_helpers/test_clocks/{}/advance", self._advance, "frozen_time", needed="frozen_time"),
        ]

    def _events(self, given: Given) -> Thing:
        types = set(given.get("types", [])) | ({given["type"]} if "type" in given else set())
        found = [one for one in self._books.all("event") if not types or one["type"] in types]
        return self._lists.page("event", found, given)

    def _new_endpoint(self, given: Given) -> Thing:
        made = self._books.add(shapes.webhook_endpoint(self._books, given, f"whsec_{secrets.token_hex(24)}"))
        return {**made, "secret": made["_secret"]}

    def _change_endpoint(self, given: Given, one: str) -> Thing:
        found = self._books.get("webhook_endpoint", one)
        if "disabled" in given:
            found["status"] = "disabled" if truth(given.pop("disabled")) else "enabled"
        found["metadata"] |= given.pop("metadata", {})
        found |= given
        return found

    def _delete_endpoint(self, _: Given, one: str) -> Thing:
        self._books.get("webhook_endpoint", one)
        del self._books.by_kind["webhook_endpoint"][one]
        return {"id": one, "object": "webhook_endpoint", "deleted": True}

    def _new_clock(self, given: Given) -> Thing:
        """The sandbox has one clock, which all of them advance."""
        made = self._books.add(shapes.test_clock(self._books, given))
        self._diary.advance(int(given["frozen_time"]))
        return made

    def _clock(self, _: Given, one: str) -> Thing:
        return self._books.get("test_helpers.test_clock", one)

    def _advance(self, given: Given, one: str) -> Thing:
        found = self._books.get("test_helpers.test_clock", one)
        self._diary.advance(int(given["frozen_time"]))
        found["frozen_time"] = int(given["frozen_time"])
        return found
