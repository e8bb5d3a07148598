"""Lists: what is found, by fields and by when it was made, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from realstaging.sandbox.stripe.api.routes import Answering, Given
from realstaging.sandbox.stripe.books import Books, Thing, listed
from realstaging.sandbox.stripe.errors import Refusal, missing
from realstaging.sandbox.stripe.forms import number, truth

MOST: Final = 100


class Lists:
    def __init__(self, books: Books) -> None:
        self._books = books

    def of(self, kind: str, *fields: str) -> Answering:
        """Those whose fields are as asked."""

        def found(given: Given) -> Thing:
            wanted = {name: given[name] for name in fields if name in given}
            return self.page(kind, [one for one in self._books.all(kind) if fits(one, wanted)], given)

        return found

    def page(self, kind: str, found: list[Thing], given: Given) -> Thing:
        found = [one for one in found if not one.get("deleted") and _within(one["created"], given.get("created"))]
        if after := given.get("starting_after"):
            places = [place for place, one in enumerate(found) if one["id"] == after]
            if not places:
                raise missing(kind, after, "starting_after")
            found = found[places[0] + 1 :]
        limit = number(given.get("limit"), 10) or 10
        if not 1 <= limit <= MOST:
            raise Refusal("This value must be between 1 and 100.", param="limit", code="parameter_invalid_integer")
        return listed(found[:limit], f"/v1/{kind}s", more=len(found) > limit)


def fits(one: Thing, wanted: Mapping[str, Any]) -> bool:
    for name, value in wanted.items():
        if name == "lookup_keys":
            fits = one["lookup_key"] in value
        elif name == "subscription":
            fits = bool(one["parent"]) and one["parent"]["subscription_details"]["subscription"] == value
        elif isinstance(one.get(name), bool):
            fits = one[name] is truth(value)
        else:
            fits = one.get(name) == value
        if not fits:
            return False
    return True


def _within(created: int, bounds: Any) -> bool:
    if not isinstance(bounds, dict):
        return bounds is None or created == int(bounds)
    tests = {"gte": created.__ge__, "gt": created.__gt__, "lte": created.__le__, "lt": created.__lt__}
    return all(tests[name](int(value)) for name, value in bounds.items())
