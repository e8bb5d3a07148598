"""Invoices: lines with tax and discount, a customer's balance, taken by a card, tried again, paid or given up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from realstaging.sandbox.stripe import billing_shapes, payment_shapes
from realstaging.sandbox.stripe.books import Books, Thing, listed
from realstaging.sandbox.stripe.cards import Outcome
from realstaging.sandbox.stripe.clock import DAY
from realstaging.sandbox.stripe.errors import Refusal, declined
from realstaging.sandbox.stripe.payments import How, Payments

RATES: Final = {"DE": 19, "FR": 20, "GB": 20}
"""VAT in percent, by country; elsewhere none."""
UNION: Final = {"DE", "FR"}
HOME: Final = "DE"
RETRIES: Final = (3 * DAY, 5 * DAY, 7 * DAY)
"""After each failure in turn; then no more."""


class Line(msgspec.Struct, frozen=True):
    """``amount`` without exclusive tax; ``item``: of which subscription."""

    amount: int
    description: str
    quantity: int
    price: Thing
    period: tuple[int, int]
    proration: bool = False
    item: str | None = None


class Invoicing:
    """``address``: of the pages that people see. ``on_paid``, ``on_failed``: what subscriptions do about it."""

    def __init__(self, books: Books, payments: Payments, address: str) -> None:
        self._books, self._payments, self.address = books, payments, address
        self.on_paid: list[Callable[[Thing], None]] = []
        self.on_failed: list[Callable[[Thing], None]] = []

    def draft(self, owner: Thing, lines: Sequence[Line], reason: str, of: Thing, *, discount: int = 0) -> Thing:
        """``of``: the subscription. ``discount``: in percent of what is no part of a period."""
        period = (of["items"]["data"][0]["current_period_start"], self._books.now())
        made = billing_shapes.invoice(self._books, owner, of["currency"], reason, period)
        taxed = of["automatic_tax"]["enabled"]
        made["automatic_tax"] |= {"enabled": taxed, "status": "complete" if taxed else None}
        details = {"metadata": dict(of["metadata"]), "subscription": of["id"]}
        made["parent"] = {"type": "subscription_details", "quote_details": None, "subscription_details": details}
        self.fill(made, owner, lines, rate=_rate(owner) if taxed else 0, discount=discount)
        return made

    def fill(self, made: Thing, owner: Thing, lines: Sequence[Line], *, rate: int, discount: int) -> None:
        """Lines and sums."""
        written = [self._line(made, line, rate, discount) for line in lines]
        made["lines"] = listed(written, f"/v1/invoices/{made['id']}/lines")
        made["subtotal"] = sum(line.amount for line in lines)
        off = sum(one["amount"] for line in written for one in line["discount_amounts"])
        made["total_discount_amounts"] = [{"amount": off, "discount": "di_sandbox"}] if off else []
        sums: dict[str, int] = {}
        for tax in (tax for line in written for tax in line["taxes"]):
            sums[tax["tax_behavior"]] = sums.get(tax["tax_behavior"], 0) + tax["amount"]
        made["total_taxes"] = [_tax(amount, behavior) for behavior, amount in sums.items()]
        made["total"] = made["subtotal"] - off + sums.get("exclusive", 0)
        made["total_excluding_tax"] = made["total"] - sum(sums.values())
        made["starting_balance"] = owner["balance"]
        made["amount_due"] = made["amount_remaining"] = max(0, made["total"] + min(0, owner["balance"]))

    def _line(self, made: Thing, line: Line, rate: int, discount: int) -> Thing:
        behavior = line.price["currency_options"][made["currency"]]["tax_behavior"]
        off = 0 if line.proration or line.amount < 0 else round(line.amount * discount / 100)
        tax = taxed(line.amount - off, behavior, rate)
        kept = made["parent"]["subscription_details"]["subscription"] if made["parent"] else None
        details = {
            "invoice_item": None if kept else "ii_sandbox",
            "proration": line.proration,
            "proration_details": {"credited_items": None} if line.proration else None,
            "subscription": kept,
        }
        kind = "subscription_item_details" if kept else "invoice_item_details"
        other = "invoice_item_details" if kept else "subscription_item_details"
        unit = line.price["currency_options"][made["currency"]]["unit_amount_decimal"]
        return {
            "id": self._books.new_id("line_item"),
            "object": "line_item",
            "amount": line.amount,
            "currency": made["currency"],
            "description": line.description,
            "discount_amounts": [{"amount": off, "discount": "di_sandbox"}] if off else [],
            "discountable": not line.proration,
            "discounts": [],
            "invoice": made["id"],
            "livemode": False,
            "metadata": {},
            "parent": {"type": kind, kind: details | ({"subscription_item": line.item} if kept else {}), other: None},
            "period": {"start": line.period[0], "end": line.period[1]},
            "pretax_credit_amounts": [],
            "pricing": {
                "type": "price_details",
                "price_details": {"price": line.price["id"], "product": line.price["product"]},
                "unit_amount_decimal": unit,
            },
            "quantity": line.quantity,
            "subscription": kept,
            "subtotal": line.amount,
            "taxes": [_tax(tax, behavior)] if tax else [],
        }

    def keep(self, made: Thing) -> Thing:
        """A draft becomes one of the customer's."""
        self._books.add(made)
        self._books.tell("invoice.created", made)
        return made

    def finalize(self, made: Thing) -> None:
        """It has a number and can be paid; what is nothing is paid at once."""
        if made["status"] != "draft":
            return
        owner = self._books.get("customer", made["customer"])
        now, balance = self._books.now(), owner["balance"]
        owner["balance"] = min(0, balance + made["total"]) if balance < 0 or made["total"] < 0 else balance
        made |= {
            "status": "open",
            "number": f"SBX-{owner['next_invoice_sequence']:04}-{owner['id'][-4:]}",
            "effective_at": now,
            "starting_balance": balance,
            "ending_balance": owner["balance"],
            "amount_due": max(0, made["total"] + min(0, balance)),
            "hosted_invoice_url": f"{self.address}/invoices/{made['id']}",
            "invoice_pdf": f"{self.address}/invoices/{made['id']}/pdf",
            "_finalize_at": None,
        }
        made["amount_remaining"] = made["amount_due"]
        made["status_transitions"]["finalized_at"] = now
        owner["next_invoice_sequence"] += 1
        if made["amount_due"]:
            metadata = dict(made["parent"]["subscription_details"]["metadata"]) if made["parent"] else {}
            intent = payment_shapes.payment_intent(
                self._books, owner["id"], made["amount_due"], made["currency"], metadata
            )
            intent["_invoice"] = made["id"]
            self._books.add(intent)
            made["_intent"] = intent["id"]
            made["payments"]["data"].append(self._books.add(billing_shapes.invoice_payment(self._books, made, intent)))
        self._books.tell("invoice.finalized", made)
        if not made["amount_due"]:
            self._paid(made)

    def collect(self, made: Thing, how: How = "away", method: Thing | None = None) -> Outcome:
        """Try to take it by the customer's card."""
        if made["status"] == "paid":
            return "paid"
        owner = self._books.get("customer", made["customer"])
        intent = self._books.get("payment_intent", made["_intent"])
        by = method or self._payments.method_of(owner)
        made |= {"attempted": True, "attempt_count": made["attempt_count"] + 1, "next_payment_attempt": None}
        outcome = self._payments.attempt(intent, by, how)
        if outcome == "paid":
            self._paid(made)
        elif outcome in {"declined", "action"}:
            self._failed(made, action=outcome == "action")
        return outcome

    def confirm(self, made: Thing, *, yes: bool) -> None:
        """The person has answered their bank about it."""
        intent = self._books.get("payment_intent", made["_intent"])
        if made["status"] != "open" or intent["status"] != "requires_action":
            raise Refusal("There is nothing to confirm.")
        self._payments.confirm(intent, yes=yes)
        if yes:
            self._paid(made)
        else:
            self._failed(made, action=False)

    def _failed(self, made: Thing, *, action: bool) -> None:
        failures = made["attempt_count"]
        waits = made["billing_reason"] == "subscription_cycle" and failures <= len(RETRIES)
        made["next_payment_attempt"] = self._books.now() + RETRIES[failures - 1] if waits else None
        made["auto_advance"] = waits
        if action:
            self._books.tell("invoice.payment_action_required", made)
        self._books.tell("invoice.payment_failed", made)
        for told in self.on_failed:
            told(made)

    def _paid(self, made: Thing) -> None:
        now = self._books.now()
        made |= {
            "status": "paid",
            "attempted": True,
            "auto_advance": False,
            "amount_paid": made["amount_due"],
            "amount_remaining": 0,
            "next_payment_attempt": None,
        }
        made["status_transitions"]["paid_at"] = now
        for payment in made["payments"]["data"]:
            payment |= {"status": "paid", "amount_paid": made["amount_due"]}
            payment["status_transitions"]["paid_at"] = now
        self._books.tell("invoice.paid", made)
        self._books.tell("invoice.payment_succeeded", made)
        for told in self.on_paid:
            told(made)

    def pay(self, made: Thing) -> None:
        """Asked for: a decline is told as one."""
        if made["status"] == "draft":
            self.finalize(made)
        if made["status"] == "paid":
            raise Refusal("Invoice is already paid", code="invoice_already_paid")
        if made["status"] != "open":
            raise Refusal("This invoice can no longer be paid.")
        outcome = self.collect(made)
        if outcome in {"declined", "action"}:
            error = self._books.get("payment_intent", made["_intent"])["last_payment_error"] or {}
            code = "authentication_required" if outcome == "action" else error["code"]
            raise declined(
                code, error.get("message", "Your card was declined. This transaction requires authentication.")
            )

    def void(self, made: Thing) -> None:
        if made["status"] not in {"open", "uncollectible"}:
            raise Refusal("You can only void an invoice that is open or uncollectible.")
        made |= {"status": "void", "next_payment_attempt": None, "auto_advance": False, "amount_remaining": 0}
        made["status_transitions"]["voided_at"] = self._books.now()
        for payment in made["payments"]["data"]:
            payment["status"] = "canceled"
            payment["status_transitions"]["canceled_at"] = self._books.now()
        self._books.tell("invoice.voided", made)

    def of_payment(self, owner: Thing, lines: Sequence[Line], intent: Thing, given: Thing) -> Thing:
        """The invoice of what was paid once; ``given``: of the checkout."""
        made = billing_shapes.invoice(
            self._books, owner, given["currency"], "manual", (self._books.now(), self._books.now())
        )
        made["metadata"] = dict(given["metadata"])
        made["automatic_tax"] |= {"enabled": given["tax"], "status": "complete" if given["tax"] else None}
        self.fill(made, owner, lines, rate=_rate(owner) if given["tax"] else 0, discount=given["discount"])
        made["amount_due"] = made["amount_remaining"] = made["total"]
        self.keep(made)
        intent["_invoice"], made["_intent"] = made["id"], intent["id"]
        now = self._books.now()
        made |= {
            "status": "open",
            "number": f"SBX-{owner['next_invoice_sequence']:04}-{owner['id'][-4:]}",
            "effective_at": now,
            "hosted_invoice_url": f"{self.address}/invoices/{made['id']}",
            "invoice_pdf": f"{self.address}/invoices/{made['id']}/pdf",
        }
        made["status_transitions"]["finalized_at"] = now
        owner["next_invoice_sequence"] += 1
        made["payments"]["data"].append(self._books.add(billing_shapes.invoice_payment(self._books, made, intent)))
        self._books.tell("invoice.finalized", made)
        self._paid(made)
        return made


def rate_of(owner: Thing, *, tax: bool) -> int:
    return _rate(owner) if tax else 0


def _rate(owner: Thing) -> int:
    country = (owner["address"] or {}).get("country")
    if owner["_vat_id"] and country in UNION - {HOME}:
        return 0
    return RATES.get(str(country), 0)


def taxed(amount: int, behavior: str, rate: int) -> int:
    """The tax that is added to an amount, or within it."""
    return amount - round(amount * 100 / (100 + rate)) if behavior == "inclusive" else round(amount * rate / 100)


def _tax(amount: int, behavior: str) -> Thing:
    return {
        "amount": amount,
        "tax_behavior": behavior,
        "tax_rate_details": {"tax_rate": "txr_sandbox"},
        "taxability_reason": "standard_rated",
        "taxable_amount": None,
        "type": "tax_rate_details",
    }
