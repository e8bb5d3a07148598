"""Checkout sessions: opened over the API, paid on their page (https://docs.stripe.com/api/checkout/sessions)."""

from __future__ import annotations

from typing import Final

import msgspec

from realstaging.sandbox.stripe import billing_shapes, payment_shapes, shapes
from realstaging.sandbox.stripe.books import Books, Thing, listed
from realstaging.sandbox.stripe.cards import WORDS, Card, Outcome
from realstaging.sandbox.stripe.clock import DAY
from realstaging.sandbox.stripe.errors import Refusal, declined
from realstaging.sandbox.stripe.forms import truth
from realstaging.sandbox.stripe.invoicing import Invoicing, Line, rate_of
from realstaging.sandbox.stripe.payments import Payments
from realstaging.sandbox.stripe.subscribing import Subscribing

CODES: Final = {"WELCOME20": 20}
"""Promotion codes, and what they take off in percent, once."""
SHORTEST: Final = 1800


class Filled(msgspec.Struct, frozen=True):
    """What somebody typed into the page."""

    card: Card
    country: str = "US"
    vat_id: str = ""
    code: str = ""
    quantity: int = 0


class Checkouts:
    def __init__(self, books: Books, payments: Payments, invoicing: Invoicing, subscribing: Subscribing) -> None:
        self._books, self._payments = books, payments
        self._invoicing, self._subscribing = invoicing, subscribing
        payments.settled.append(self._settled)

    def open(self, given: Thing) -> Thing:
        if given.get("ui_mode", "hosted_page") != "hosted_page":
            raise Refusal("Invalid ui_mode: the sandbox has hosted_page.", param="ui_mode")
        owner = self._books.get("customer", given.get("customer"), "customer")
        [line] = given["line_items"]
        price = self._books.get("price", line["price"], "line_items[0][price]")
        if not price["active"]:
            raise Refusal("The price specified is inactive.", param="line_items[0][price]")
        if (price["type"] == "recurring") != (given["mode"] == "subscription"):
            raise Refusal(f"You cannot use a {price['type']} price in {given['mode']} mode.", param="line_items")
        currency = str(given.get("currency", price["currency"]))
        if currency not in price["currency_options"]:
            raise Refusal(f"The price specified does not support {currency}.", param="currency")
        if given["mode"] == "subscription" and owner["currency"] not in {None, currency}:
            raise Refusal(
                f"You cannot combine currencies on a single customer. This customer has had a subscription in {owner['currency']}."
            )
        now = self._books.now()
        # Where the sandbox's clock was put forward, who asks does not know it.
        expires = int(given["expires_at"]) + self._books.clock.ahead if given.get("expires_at") else now + DAY
        if not now + SHORTEST - 60 <= expires <= now + DAY + 60:
            raise Refusal(
                "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.", param="expires_at"
            )
        made = self._session(given, owner, currency, expires)
        made["_price"], made["_quantity"] = price["id"], int(line.get("quantity", 1))
        made["_adjustable"] = line.get("adjustable_quantity")
        self.reckon(made)
        return self._books.add(made)

    def _session(self, given: Thing, owner: Thing, currency: str, expires: int) -> Thing:
        tax = truth(given.get("automatic_tax", {}).get("enabled"))
        made_id = self._books.new_id("checkout.session")
        invoices = given.get("invoice_creation", {})
        return {
            "id": made_id,
            "object": "checkout.session",
            "adaptive_pricing": None,
            "after_expiration": None,
            "allow_promotion_codes": truth(given.get("allow_promotion_codes")),
            "amount_subtotal": 0,
            "amount_total": 0,
            "automatic_tax": {
                "enabled": tax,
                "liability": {"type": "self"} if tax else None,
                "provider": "stripe" if tax else None,
                "status": "requires_location_inputs" if tax else None,
            },
            "billing_address_collection": given.get("billing_address_collection"),
            "cancel_url": given.get("cancel_url"),
            "client_reference_id": given.get("client_reference_id"),
            "client_secret": None,
            "consent": None,
            "consent_collection": None,
            "created": self._books.now(),
            "currency": currency,
            "currency_conversion": None,
            "custom_fields": [],
            "custom_text": {
                "after_submit": None,
                "shipping_address": None,
                "submit": None,
                "terms_of_service_acceptance": None,
            },
            "customer": owner["id"],
            "customer_creation": None,
            "customer_details": None,
            "customer_email": None,
            "discounts": [],
            "expires_at": expires,
            "invoice": None,
            "invoice_creation": {
                "enabled": truth(invoices.get("enabled")),
                "invoice_data": {
                    "account_tax_ids": None,
                    "custom_fields": None,
                    "description": None,
                    "footer": None,
                    "issuer": None,
                    "metadata": invoices.get("invoice_data", {}).get("metadata", {}),
                    "rendering_options": None,
                },
            }
            if given["mode"] == "payment"
            else None,
            "livemode": False,
            "locale": given.get("locale"),
            "metadata": given.get("metadata", {}),
            "mode": given["mode"],
            "origin_context": None,
            "payment_intent": None,
            "payment_link": None,
            "payment_method_collection": "always" if given["mode"] == "subscription" else "if_required",
            "payment_method_configuration_details": None,
            "payment_method_options": {},
            "payment_method_types": ["card"],
            "payment_status": "unpaid",
            "permissions": None,
            "phone_number_collection": {"enabled": False},
            "recovered_from": None,
            "saved_payment_method_options": None,
            "setup_intent": None,
            "shipping_address_collection": None,
            "shipping_cost": None,
            "shipping_options": [],
            "status": "open",
            "submit_type": None,
            "subscription": None,
            "success_url": given["success_url"],
            "tax_id_collection": {
                "enabled": truth(given.get("tax_id_collection", {}).get("enabled")),
                "required": given.get("tax_id_collection", {}).get("required", "never"),
            },
            "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
            "ui_mode": "hosted_page",
            "url": f"{self._invoicing.address}/pay/{made_id}",
            "wallet_options": None,
            "_subscription": given.get("subscription_data", {}),
            "_payment": given.get("payment_intent_data", {}),
            "_discount": 0,
            "_intent": None,
        }

    def reckon(self, of: Thing) -> None:
        """What is to be paid, by what is known of the customer."""
        owner = self._books.get("customer", of["customer"])
        scratch = billing_shapes.invoice(self._books, owner, of["currency"], "manual", (0, 0))
        line = self._line(of)
        tax = of["automatic_tax"]["enabled"]
        self._invoicing.fill(scratch, owner, [line], rate=rate_of(owner, tax=tax), discount=of["_discount"])
        off = sum(one["amount"] for one in scratch["total_discount_amounts"])
        taxes = sum(one["amount"] for one in scratch["total_taxes"])
        of |= {"amount_subtotal": scratch["subtotal"], "amount_total": scratch["total"]}
        of["total_details"] |= {"amount_discount": off, "amount_tax": taxes}
        shown = {
            "id": "li_sandbox",
            "object": "item",
            "adjustable_quantity": None,
            "amount_discount": off,
            "amount_subtotal": scratch["subtotal"],
            "amount_tax": taxes,
            "amount_total": scratch["total"],
            "currency": of["currency"],
            "description": line.description,
            "metadata": {},
            "price": line.price,
            "quantity": line.quantity,
        }
        of["line_items"] = listed([shown], f"/v1/checkout/sessions/{of['id']}/line_items")

    def _line(self, of: Thing) -> Line:
        price = self._books.get("price", of["_price"])
        amount = price["currency_options"][of["currency"]]["unit_amount"] * of["_quantity"]
        if of["_subscription"].get("trial_period_days"):
            amount = 0
        words = str(self._books.get("product", price["product"])["name"])
        return Line(amount, words, of["_quantity"], price, (self._books.now(), self._books.now()))

    def take(self, of: Thing, filled: Filled) -> Outcome:
        """Somebody pays. A decline is a Refusal, and leaves the page open."""
        self._still_open(of)
        owner = self._books.get("customer", of["customer"])
        self._note(of, owner, filled)
        self.reckon(of)
        card = filled.card
        if card.present == "declined":
            raise declined(card.code, WORDS[card.code])
        if card.present == "processing" and of["mode"] == "subscription":
            raise Refusal("A bank account is taken for packs alone in the sandbox.", status=402, kind="card_error")
        method = self._payments.attach(owner, card)
        if card.present == "action":
            of["_method"] = method["id"]
            return "action"
        self._complete(of, owner, method)
        return card.present

    def confirm(self, of: Thing, *, yes: bool) -> None:
        """The person's bank has asked them."""
        self._still_open(of)
        method = self._books.get("payment_method", of.get("_method"))
        if not yes:
            raise declined("authentication_required", "We are unable to authenticate your payment method.")
        method["_confirmed"] = True
        self._complete(of, self._books.get("customer", of["customer"]), method)

    @staticmethod
    def _still_open(of: Thing) -> None:
        if of["status"] != "open":
            raise Refusal(f"This checkout is {of['status']}.")

    def _note(self, of: Thing, owner: Thing, filled: Filled) -> None:
        if of["automatic_tax"]["enabled"]:
            owner["address"] = {**shapes.NO_ADDRESS, "country": filled.country}
            owner["_vat_id"] = filled.vat_id or None
            of["automatic_tax"]["status"] = "complete"
        if filled.code:
            if filled.code not in CODES or not of["allow_promotion_codes"]:
                raise Refusal("This promotion code is not valid.", status=402, kind="card_error")
            of["_discount"] = CODES[filled.code]
        bounds = of["_adjustable"]
        if filled.quantity and bounds and truth(bounds.get("enabled")):
            if not int(bounds.get("minimum", 1)) <= filled.quantity <= int(bounds.get("maximum", 99)):
                raise Refusal("This quantity is not possible.", status=402, kind="card_error")
            of["_quantity"] = filled.quantity

    def _complete(self, of: Thing, owner: Thing, method: Thing) -> None:
        if of["mode"] == "subscription":
            self._subscribe(of, owner, method)
        else:
            self._buy(of, owner, method)
        of |= {
            "status": "complete",
            "url": None,
            "customer_details": {
                "address": owner["address"],
                "business_name": None,
                "email": owner["email"],
                "individual_name": None,
                "name": owner["name"],
                "phone": None,
                "tax_exempt": "none",
                "tax_ids": [],
            },
        }
        self._books.tell("checkout.session.completed", of)

    def _subscribe(self, of: Thing, owner: Thing, method: Thing) -> None:
        data = of["_subscription"]
        given = {
            "currency": of["currency"],
            "metadata": data.get("metadata", {}),
            "tax": of["automatic_tax"]["enabled"],
            "trial_days": int(data.get("trial_period_days") or 0),
            "discount": of["_discount"],
        }
        made, invoice = self._subscribing.begin(owner, self._books.get("price", of["_price"]), of["_quantity"], given)
        made["default_payment_method"] = method["id"]
        self._invoicing.finalize(invoice)
        if invoice["status"] == "open":
            # The person is there, and has confirmed where they were asked.
            self._invoicing.collect(invoice, "confirmed", method)
        of |= {"subscription": made["id"], "invoice": invoice["id"]}
        of["payment_status"] = "paid" if invoice["amount_paid"] else "no_payment_required"

    def _buy(self, of: Thing, owner: Thing, method: Thing) -> None:
        metadata = of["_payment"].get("metadata", {})
        intent = payment_shapes.payment_intent(self._books, owner["id"], of["amount_total"], of["currency"], metadata)
        self._books.add(intent)
        intent["_session"] = of["id"]
        of["payment_intent"] = intent["id"]
        if method["type"] == "card":
            self._payments.succeed(intent, method)
            self._bought(of, owner, intent)
        else:
            self._payments.attempt(intent, method, "present")

    def _bought(self, of: Thing, owner: Thing, intent: Thing) -> None:
        of["payment_status"] = "paid"
        if of["invoice_creation"]["enabled"]:
            given = {
                "currency": of["currency"],
                "metadata": of["invoice_creation"]["invoice_data"]["metadata"],
                "tax": of["automatic_tax"]["enabled"],
                "discount": of["_discount"],
            }
            of["invoice"] = self._invoicing.of_payment(owner, [self._line(of)], intent, given)["id"]

    def _settled(self, intent: Thing, paid: bool) -> None:
        of = self._books.find("checkout.session", intent.get("_session"))
        if of is None:
            return
        if paid:
            self._bought(of, self._books.get("customer", of["customer"]), intent)
        self._books.tell(f"checkout.session.async_payment_{'succeeded' if paid else 'failed'}", of)

    def expire(self, of: Thing) -> None:
        if of["status"] != "open":
            raise Refusal(
                f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {of["status"]}.'
            )
        of |= {"status": "expired", "url": None}
        self._books.tell("checkout.session.expired", of)
