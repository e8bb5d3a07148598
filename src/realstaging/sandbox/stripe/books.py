"""Everything that the sandbox has: objects as they are on the wire, by kind and id, in the order in which they were made; and events."""

from __future__ import annotations

import copy
import random
import string
from pathlib import Path
from typing import Any, Final

import msgspec

from realstaging.sandbox.stripe.clock import Clock
from realstaging.sandbox.stripe.errors import missing

API_VERSION: Final = "2026-10-28.endive"
"""As the SDK of the program speaks it; a test says where the two part."""
MOST_EVENTS: Final = 20_000
"""The newest are kept; Stripe tells those of 30 days."""
LETTERS: Final = string.ascii_letters + string.digits
Thing = dict[str, Any]
INCLUDABLE: Final = {"invoice": "payments", "checkout.session": "line_items", "price": "currency_options"}
"""What is told only where it is asked for (`expand`)."""
WORDS: Final = {"test_helpers.test_clock": "test_clock", "billing_portal.configuration": "configuration"}
PREFIXES: Final = {
    "customer": "cus",
    "product": "prod",
    "price": "price",
    "checkout.session": "cs_test",
    "subscription": "sub",
    "subscription_item": "si",
    "subscription_schedule": "sub_sched",
    "invoice": "in",
    "line_item": "il",
    "invoice_payment": "inpay",
    "payment_intent": "pi",
    "payment_method": "pm",
    "charge": "ch",
    "refund": "re",
    "dispute": "du",
    "event": "evt",
    "webhook_endpoint": "we",
    "billing_portal.configuration": "bpc",
    "billing_portal.session": "bps",
    "test_helpers.test_clock": "clock",
}


class Books:
    """``path``: where they are kept between runs; nowhere when None. What begins with an underscore is the sandbox's own note."""

    def __init__(self, clock: Clock, path: Path | None = None, seed: int = 0) -> None:
        self.clock = clock
        self.by_kind: dict[str, dict[str, Thing]] = {kind: {} for kind in PREFIXES}
        self.fresh_events: list[Thing] = []
        """Not handed to the webhooks yet."""
        self.request: Thing = {"id": None, "idempotency_key": None}
        """Which request is being answered, for events."""
        self._path, self._random = path, random.Random(seed)
        if path and path.exists():
            self._load(path)

    def now(self) -> int:
        return self.clock.now()

    def new_id(self, kind: str) -> str:
        while True:
            made = f"{PREFIXES[kind]}_{''.join(self._random.choices(LETTERS, k=24))}"
            if made not in self.by_kind[kind]:
                return made

    def add(self, thing: Thing) -> Thing:
        self.by_kind[thing["object"]][thing["id"]] = thing
        return thing

    def all(self, kind: str) -> list[Thing]:
        """The newest first."""
        return list(reversed(self.by_kind[kind].values()))

    def find(self, kind: str, named: Any) -> Thing | None:
        return self.by_kind[kind].get(str(named))

    def get(self, kind: str, named: Any, param: str = "id") -> Thing:
        found = self.find(kind, named)
        if found is None or (found.get("deleted") and param != "id"):
            raise missing(WORDS.get(kind, kind), str(named), param)
        return found

    def tell(self, kind: str, thing: Thing) -> Thing:
        """Something happened to a thing: as it is now."""
        event: Thing = {
            "id": self.new_id("event"),
            "object": "event",
            "api_version": API_VERSION,
            "created": self.now(),
            "data": {"object": told(thing)},
            "livemode": False,
            "pending_webhooks": 1,
            "request": dict(self.request),
            "type": kind,
        }
        self.fresh_events.append(event)
        events = self.by_kind["event"]
        if len(events) >= MOST_EVENTS:
            del events[next(iter(events))]
        return self.add(event)

    def save(self) -> None:
        if self._path:
            kept = {"ahead": self.clock.ahead, "by_kind": self.by_kind, "random": repr(self._random.random())}
            written = self._path.with_suffix(".new")
            written.write_bytes(msgspec.json.encode(kept))
            written.replace(self._path)

    def _load(self, path: Path) -> None:
        kept = msgspec.json.decode(path.read_bytes())
        self.by_kind |= kept["by_kind"]
        self.clock.ahead = kept["ahead"]
        # Ids go on from another place than those that were given out.
        self._random = random.Random(kept["random"])

    def forget(self) -> None:
        for things in self.by_kind.values():
            things.clear()
        self.fresh_events.clear()


def told(thing: Any, expand: tuple[str, ...] = ()) -> Any:
    """A thing as an answer has it: without the sandbox's own notes, and with what is includable only where it is asked for."""
    if isinstance(thing, list):
        return [told(one, expand) for one in thing]
    if not isinstance(thing, dict):
        return copy.copy(thing)
    hidden = INCLUDABLE.get(str(thing.get("object")), "")
    deeper = tuple(step.partition(".")[2] for step in expand)
    return {
        name: told(value, deeper)
        for name, value in thing.items()
        if not name.startswith("_") and (name != hidden or name in expand)
    }


def listed(data: list[Thing], url: str, *, more: bool = False) -> Thing:
    return {"object": "list", "data": data, "has_more": more, "url": url}
