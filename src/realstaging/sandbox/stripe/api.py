"""What is asked over the API, by method and address, with the parameters that are known; all others are refused, as at Stripe."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from realstaging.sandbox.stripe import shapes
from realstaging.sandbox.stripe.books import Books, Thing, listed, told
from realstaging.sandbox.stripe.checkouts import Checkouts
from realstaging.sandbox.stripe.due import Diary
from realstaging.sandbox.stripe.errors import Refusal, missing
from realstaging.sandbox.stripe.forms import number, truth
from realstaging.sandbox.stripe.invoicing import Invoicing
from realstaging.sandbox.stripe.payments import Payments
from realstaging.sandbox.stripe.subscribing import Subscribing

Given = dict[str, Any]
Answering = Callable[..., Thing]
PAGING: Final = frozenset({"limit", "starting_after", "ending_before", "created"})
MOST: Final = 100


class Route(msgspec.Struct, frozen=True):
    """``params``: those it takes; ``needed``: without which it refuses."""

    method: str
    pattern: re.Pattern[str]
    answer: Answering
    params: frozenset[str]
    needed: tuple[str, ...] = ()


class Api:
    def __init__(
        self,
        books: Books,
        payments: Payments,
        invoicing: Invoicing,
        subscribing: Subscribing,
        checkouts: Checkouts,
        diary: Diary,
    ) -> None:
        self._books, self._payments, self._invoicing = books, payments, invoicing
        self._subscribing, self._checkouts, self._diary = subscribing, checkouts, diary
        self._routes = list(self._table())

    def answer(self, method: str, path: str, given: Given) -> Thing:
        """A success as it is on the wire; Refusal for all else."""
        for route in self._routes:
            if route.method == method and (found := route.pattern.fullmatch(path)):
                expand = tuple(given.pop("expand", ()))
                _check(given, route)
                answer: Thing = told(route.answer(given, *found.groups()), expand)
                return answer
        raise Refusal(
            f"Unrecognized request URL ({method}: {path}). The sandbox has what Real Staging uses.", status=404
        )

    def _table(self) -> list[Route]:
        books = self._books
        table = [
            _route(
                "POST customers", self._new_customer, "email name metadata description preferred_locales test_clock"
            ),
            _route("GET customers", self._list("customer", "email"), "email"),
            _route("GET customers/{}", lambda _, one: books.get("customer", one)),
            _route("POST customers/{}", self._change_customer, "email name metadata description preferred_locales"),
            _route("DELETE customers/{}", self._delete_customer),
            _route("POST products", self._new_product, "id name description tax_code metadata", needed="name"),
            _route("GET products", self._list("product", "active"), "active"),
            _route("GET products/{}", lambda _, one: books.get("product", one)),
            _route("POST products/{}", self._change_product, "name description tax_code metadata active"),
            _route(
                "POST prices",
                self._new_price,
                "product currency unit_amount tax_behavior currency_options lookup_key transfer_lookup_key nickname metadata recurring",
                needed="product currency unit_amount",
            ),
            _route("GET prices", self._list("price", "active", "product", "lookup_keys"), "active product lookup_keys"),
            _route("GET prices/{}", lambda _, one: books.get("price", one)),
            _route("POST prices/{}", self._change_price, "active metadata nickname lookup_key transfer_lookup_key"),
            _route(
                "POST checkout/sessions",
                self._checkouts.open,
                "ui_mode mode customer currency line_items success_url cancel_url client_reference_id metadata expires_at "
                "allow_promotion_codes automatic_tax locale billing_address_collection tax_id_collection customer_update "
                "subscription_data payment_intent_data invoice_creation",
                needed="mode line_items success_url customer",
            ),
            _route("GET checkout/sessions", self._list("checkout.session", "customer", "status"), "customer status"),
            _route("GET checkout/sessions/{}", lambda _, one: books.get("checkout.session", one)),
            _route("POST checkout/sessions/{}/expire", self._expire),
            _route(
                "POST billing_portal/sessions", self._portal, "customer configuration return_url", needed="customer"
            ),
            _route(
                "POST billing_portal/configurations",
                self._new_configuration,
                "features metadata business_profile default_return_url name",
                needed="features",
            ),
            _route(
                "GET billing_portal/configurations",
                self._list("billing_portal.configuration", "active", "is_default"),
                "active is_default",
            ),
            _route(
                "GET billing_portal/configurations/{}", lambda _, one: books.get("billing_portal.configuration", one)
            ),
            _route(
                "POST billing_portal/configurations/{}",
                self._change_configuration,
                "features metadata active business_profile default_return_url name",
            ),
            _route("GET subscriptions", self._subscriptions, "customer status price"),
            _route("GET subscriptions/{}", lambda _, one: books.get("subscription", one)),
            _route(
                "POST subscriptions/{}",
                self._change_subscription,
                "items proration_behavior payment_behavior cancel_at_period_end pause_collection metadata",
            ),
            _route("DELETE subscriptions/{}", self._end_subscription, "prorate invoice_now"),
            _route("POST subscription_schedules", self._new_schedule, "from_subscription", needed="from_subscription"),
            _route("GET subscription_schedules/{}", lambda _, one: books.get("subscription_schedule", one)),
            _route(
                "POST subscription_schedules/{}",
                self._change_schedule,
                "phases end_behavior proration_behavior metadata",
            ),
            _route("POST subscription_schedules/{}/release", self._release),
            _route(
                "GET invoices",
                self._list("invoice", "customer", "status", "subscription"),
                "customer status subscription",
            ),
            _route(
                "POST invoices/create_preview",
                self._preview,
                "subscription subscription_details",
                needed="subscription",
            ),
            _route("GET invoices/{}", lambda _, one: books.get("invoice", one)),
            _route("POST invoices/{}/pay", self._pay),
            _route("POST invoices/{}/void", self._void),
            _route("GET invoice_payments", self._invoice_payments, "payment invoice status"),
            _route("GET payment_intents/{}", lambda _, one: books.get("payment_intent", one)),
            _route("GET charges/{}", lambda _, one: books.get("charge", one)),
            _route("POST refunds", self._refund, "payment_intent charge amount reason metadata"),
            _route("GET refunds", self._list("refund", "payment_intent", "charge"), "payment_intent charge"),
            _route("GET refunds/{}", lambda _, one: books.get("refund", one)),
            _route("GET disputes", self._list("dispute", "payment_intent", "charge"), "payment_intent charge"),
            _route("GET disputes/{}", lambda _, one: books.get("dispute", one)),
            _route("GET events", self._events, "types type"),
            _route("GET events/{}", lambda _, one: books.get("event", one)),
            _route(
                "POST webhook_endpoints",
                self._new_endpoint,
                "url enabled_events api_version metadata description",
                needed="url enabled_events",
            ),
            _route("GET webhook_endpoints", self._list("webhook_endpoint")),
            _route("GET webhook_endpoints/{}", lambda _, one: books.get("webhook_endpoint", one)),
            _route(
                "POST webhook_endpoints/{}", self._change_endpoint, "url enabled_events disabled metadata description"
            ),
            _route("DELETE webhook_endpoints/{}", self._delete_endpoint),
            _route("POST test_helpers/test_clocks", self._new_clock, "frozen_time name", needed="frozen_time"),
            _route("GET test_helpers/test_clocks/{}", self._clock),
            _route("POST test_helpers/test_clocks/{}/advance", self._advance, "frozen_time", needed="frozen_time"),
        ]
        return table

    # lists

    def _list(self, kind: str, *fields: str) -> Answering:
        """Those whose fields are as asked."""

        def found(given: Given) -> Thing:
            wanted = {name: given[name] for name in fields if name in given}
            return self._page(kind, [one for one in self._books.all(kind) if _fits(one, wanted)], given)

        return found

    def _page(self, kind: str, found: list[Thing], given: Given) -> Thing:
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

    def _subscriptions(self, given: Given) -> Thing:
        status = given.pop("status", None)
        found = [
            one
            for one in self._books.all("subscription")
            if status == "all" or (one["status"] == status if status else one["status"] != "canceled")
        ]
        return self._page(
            "subscription",
            [one for one in found if _fits(one, {k: given[k] for k in ("customer",) if k in given})],
            given,
        )

    def _invoice_payments(self, given: Given) -> Thing:
        paid = given.get("payment", {})
        found = [
            one
            for one in self._books.all("invoice_payment")
            if paid.get("payment_intent") in {None, one["payment"]["payment_intent"]}
            and given.get("invoice") in {None, one["invoice"]}
            and given.get("status") in {None, one["status"]}
        ]
        return self._page("invoice_payment", found, given)

    def _events(self, given: Given) -> Thing:
        types = set(given.get("types", [])) | ({given["type"]} if "type" in given else set())
        found = [one for one in self._books.all("event") if not types or one["type"] in types]
        return self._page("event", found, given)

    # customers

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

    # what is sold

    def _new_product(self, given: Given) -> Thing:
        if given.get("id") and self._books.find("product", given["id"]):
            raise Refusal("Product already exists.", code="resource_already_exists")
        return self._books.add(shapes.product(self._books, given))

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
            given["currency"]: shapes.currency_option(
                int(given["unit_amount"]), given.get("tax_behavior", "unspecified")
            )
        }
        for code, option in given.get("currency_options", {}).items():
            options[code] = shapes.currency_option(
                int(option["unit_amount"]), option.get("tax_behavior", "unspecified")
            )
        self._take_key(given)
        return self._books.add(shapes.price(self._books, given, options))

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

    # pages

    def _expire(self, _: Given, one: str) -> Thing:
        found = self._books.get("checkout.session", one)
        self._checkouts.expire(found)
        return found

    def _portal(self, given: Given) -> Thing:
        owner = self._books.get("customer", given["customer"], "customer")
        configured = given.get("configuration") or self._default_configuration()
        self._books.get("billing_portal.configuration", configured, "configuration")
        made = {
            "id": self._books.new_id("billing_portal.session"),
            "object": "billing_portal.session",
            "configuration": configured,
            "created": self._books.now(),
            "customer": owner["id"],
            "customer_account": None,
            "flow": None,
            "livemode": False,
            "locale": None,
            "on_behalf_of": None,
            "return_url": given.get("return_url"),
        }
        return self._books.add({**made, "url": f"{self._invoicing.address}/portal/{made['id']}"})

    def _default_configuration(self) -> str:
        found = [one for one in self._books.all("billing_portal.configuration") if one["active"]]
        if not found:
            raise Refusal("No configuration provided and your test mode default configuration has not been created.")
        return str(found[-1]["id"])

    def _new_configuration(self, given: Given) -> Thing:
        return self._books.add(
            {
                "id": self._books.new_id("billing_portal.configuration"),
                "object": "billing_portal.configuration",
                "active": True,
                "application": None,
                "business_profile": {"headline": None, "privacy_policy_url": None, "terms_of_service_url": None},
                "created": self._books.now(),
                "default_return_url": given.get("default_return_url"),
                "features": _features(given["features"]),
                "is_default": False,
                "livemode": False,
                "login_page": {"enabled": False, "url": None},
                "metadata": given.get("metadata", {}),
                "name": given.get("name"),
                "updated": self._books.now(),
            }
        )

    def _change_configuration(self, given: Given, one: str) -> Thing:
        found = self._books.get("billing_portal.configuration", one)
        if "features" in given:
            found["features"] = _features(given["features"])
        if "active" in given:
            found["active"] = truth(given["active"])
        found["metadata"] |= given.get("metadata", {})
        found["updated"] = self._books.now()
        return found

    # subscriptions

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
        return self._subscribing.plan(self._books.get("subscription", given["from_subscription"], "from_subscription"))

    def _change_schedule(self, given: Given, one: str) -> Thing:
        found = self._books.get("subscription_schedule", one)
        if found["status"] != "active":
            raise Refusal(f"You cannot update a subscription schedule that is {found['status']}.")
        self._subscribing.replan(found, given["phases"])
        return found

    def _release(self, _: Given, one: str) -> Thing:
        found = self._books.get("subscription_schedule", one)
        self._subscribing.release(found)
        return found

    # invoices and payments

    def _preview(self, given: Given) -> Thing:
        found = self._books.get("subscription", given["subscription"], "subscription")
        if found["status"] == "canceled" or (found["cancel_at_period_end"] and "subscription_details" not in given):
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
        made = self._invoicing.draft(owner, lines, "upcoming", of=found, currency=found["currency"])
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

    def _refund(self, given: Given) -> Thing:
        if "payment_intent" in given:
            charged = self._payments.charge_of(given["payment_intent"])
        else:
            charged = self._books.get("charge", given.get("charge"), "charge")
        return self._payments.refund(charged, given)

    # endpoints and clocks

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


def _route(what: str, answer: Answering, params: str = "", *, needed: str = "") -> Route:
    method, _, path = what.partition(" ")
    pattern = re.compile("/v1/" + path.replace("{}", "([A-Za-z0-9_]+)"))
    known = frozenset(params.split()) | (PAGING if method == "GET" and not path.endswith("{}") else frozenset())
    return Route(method, pattern, answer, known, tuple(needed.split()))


def _check(given: Mapping[str, Any], route: Route) -> None:
    for name in given:
        if name not in route.params:
            raise Refusal(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)
    for name in route.needed:
        if given.get(name) in {None, ""} if not isinstance(given.get(name), dict | list) else False:
            raise Refusal(f"Missing required param: {name}.", code="parameter_missing", param=name)


def _fits(one: Thing, wanted: Mapping[str, Any]) -> bool:
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


def _features(given: Given) -> Thing:
    """As they are told, with what was left out as Stripe fills it."""
    cancel, update = given.get("subscription_cancel", {}), given.get("subscription_update", {})
    customer, payment = given.get("customer_update", {}), given.get("payment_method_update", {})
    conditions = update.get("schedule_at_period_end", {}).get("conditions", [])
    return {
        "customer_update": {
            "allowed_updates": customer.get("allowed_updates") or [],
            "enabled": truth(customer.get("enabled")),
        },
        "invoice_history": {"enabled": truth(given.get("invoice_history", {}).get("enabled"))},
        "payment_method_update": {"enabled": truth(payment.get("enabled")), "payment_method_configuration": None},
        "subscription_cancel": {
            "cancellation_reason": {
                "enabled": truth(cancel.get("cancellation_reason", {}).get("enabled")),
                "options": cancel.get("cancellation_reason", {}).get("options") or [],
            },
            "enabled": truth(cancel.get("enabled")),
            "mode": cancel.get("mode", "at_period_end"),
            "proration_behavior": cancel.get("proration_behavior", "none"),
        },
        "subscription_update": {
            "billing_cycle_anchor": None,
            "default_allowed_updates": update.get("default_allowed_updates") or [],
            "enabled": truth(update.get("enabled")),
            "products": [_offered(one) for one in update.get("products") or []],
            "proration_behavior": update.get("proration_behavior", "none"),
            "schedule_at_period_end": {"conditions": conditions},
            "trial_update_behavior": update.get("trial_update_behavior", "end_trial"),
        },
    }


def _offered(given: Given) -> Thing:
    adjustable = given.get("adjustable_quantity", {})
    return {
        "adjustable_quantity": {
            "enabled": truth(adjustable.get("enabled")),
            "maximum": number(adjustable.get("maximum")),
            "minimum": number(adjustable.get("minimum"), 1),
        },
        "prices": given["prices"],
        "product": given["product"],
    }
