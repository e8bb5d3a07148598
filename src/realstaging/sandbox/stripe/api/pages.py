"""Pages that people are sent to: checkouts, and the portal with what it allows."""

from __future__ import annotations

from realstaging.sandbox.stripe.api.lists import Lists
from realstaging.sandbox.stripe.api.routes import Given, Route, route
from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.checkouts import Checkouts
from realstaging.sandbox.stripe.errors import Refusal
from realstaging.sandbox.stripe.forms import number, truth


class PageRoutes:
    """``address``: where browsers reach the sandbox."""

    def __init__(self, books: Books, checkouts: Checkouts, address: str, lists: Lists) -> None:
        self._books, self._checkouts, self._address, self._lists = books, checkouts, address, lists

    def routes(self) -> list[Route]:
        books = self._books
        return [
            route(
                "POST checkout/sessions",
                self._checkouts.open,
                "ui_mode mode customer currency line_items success_url cancel_url client_reference_id metadata expires_at "
                "allow_promotion_codes automatic_tax locale billing_address_collection tax_id_collection customer_update "
                "subscription_data payment_intent_data invoice_creation",
                needed="mode line_items success_url customer",
            ),
            route("GET checkout/sessions", self._lists.of("checkout.session", "customer", "status"), "customer status"),
            route("GET checkout/sessions/{}", lambda _, one: books.get("checkout.session", one)),
            route("POST checkout/sessions/{}/expire", self._expire),
            route("POST billing_portal/sessions", self._portal, "customer configuration return_url", needed="customer"),
            route(
                "POST billing_portal/configurations",
                self._new_configuration,
                "features metadata business_profile default_return_url name",
                needed="features",
            ),
            route(
                "GET billing_portal/configurations",
                self._lists.of("billing_portal.configuration", "active", "is_default"),
                "active is_default",
            ),
            route(
                "GET billing_portal/configurations/{}", lambda _, one: books.get("billing_portal.configuration", one)
            ),
            route(
                "POST billing_portal/configurations/{}",
                self._change_configuration,
                "features metadata active business_profile default_return_url name",
            ),
        ]

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
        return self._books.add({**made, "url": f"{self._address}/portal/{made['id']}"})

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
