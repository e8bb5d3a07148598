"""Subscriptions: begun, renewed, changed, paused, ended; what is planned is in `scheduling` (https://docs.stripe.com/billing/subscriptions/overview)."""

from __future__ import annotations

from typing import Any, Final

from realstaging.sandbox.stripe import billing_shapes
from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.clock import DAY, HOUR, after, next_boundary
from realstaging.sandbox.stripe.errors import Refusal, declined
from realstaging.sandbox.stripe.invoicing import Invoicing, Line
from realstaging.sandbox.stripe.payments import Payments
from realstaging.sandbox.stripe.scheduling import Schedules

PENDING: Final = 23 * HOUR
LIVING: Final = {"trialing", "active", "past_due", "unpaid", "paused"}


class Subscribing:
    def __init__(self, books: Books, payments: Payments, invoicing: Invoicing) -> None:
        self._books, self._payments, self._invoicing = books, payments, invoicing
        self.schedules = Schedules(books)
        invoicing.on_paid.append(self._paid)
        invoicing.on_failed.append(self._failed)

    # begun

    def begin(self, owner: Thing, price: Thing, quantity: int, given: Thing) -> tuple[Thing, Thing]:
        """A subscription and its first invoice, which is not collected yet. ``given``: currency, metadata, tax, trial_days, discount."""
        currency = given["currency"]
        if owner["currency"] not in {None, currency}:
            raise Refusal(
                f"You cannot combine currencies on a single customer. This customer has had a subscription in {owner['currency']}."
            )
        now = self._books.now()
        made = billing_shapes.subscription(
            self._books, owner["id"], currency, metadata=given["metadata"], tax=given["tax"]
        )
        trial = now + given["trial_days"] * DAY if given["trial_days"] else None
        end = trial or after(now, 1 if price["recurring"]["interval"] == "month" else 12)
        made["items"]["data"] = [billing_shapes.subscription_item(self._books, made["id"], price, quantity, (now, end))]
        made["_discount"] = given["discount"]
        if trial:
            made |= {"trial_start": now, "trial_end": trial, "billing_cycle_anchor": trial}
        owner["currency"] = currency
        self._books.add(made)
        lines = [self._whole(made, trial=bool(trial))]
        invoice = self._invoicing.keep(
            self._invoicing.draft(owner, lines, "subscription_create", made, discount=given["discount"])
        )
        made["latest_invoice"] = invoice["id"]
        self._books.tell("customer.subscription.created", made)
        return made, invoice

    def _whole(self, of: Thing, *, trial: bool = False) -> Line:
        """A line for the period that the item is in."""
        item = of["items"]["data"][0]
        amount = 0 if trial else self._unit(of, item["price"]) * item["quantity"]
        words = f"{item['quantity']} × {self._name(item['price'])}" + (" (trial)" if trial else "")
        period = (item["current_period_start"], item["current_period_end"])
        return Line(amount, words, item["quantity"], item["price"], period, item=item["id"])

    def coming(self, of: Thing) -> Line:
        """A line for the period after the one that it is in."""
        item = of["items"]["data"][0]
        start = item["current_period_end"]
        planned = self.schedules.planned_at(of, start) or item
        price, quantity = planned["price"], planned["quantity"]
        end = next_boundary(of["billing_cycle_anchor"], start, price["recurring"]["interval"])
        words = f"{quantity} × {self._name(price)}"
        return Line(self._unit(of, price) * quantity, words, quantity, price, (start, end), item=item["id"])

    @staticmethod
    def _unit(of: Thing, price: Thing) -> int:
        option = price["currency_options"].get(of["currency"])
        if option is None:
            raise Refusal(f"The price specified does not support the currency {of['currency']}.")
        return int(option["unit_amount"])

    def _name(self, price: Thing) -> str:
        return str(self._books.get("product", price["product"])["name"])

    # paid or not

    def _of(self, invoice: Thing) -> Thing | None:
        if not invoice["parent"]:
            return None
        return self._books.find("subscription", invoice["parent"]["subscription_details"]["subscription"])

    def _paid(self, invoice: Thing) -> None:
        of = self._of(invoice)
        if of is None:
            return
        if of["_pending"] and of["_pending"]["invoice"] == invoice["id"]:
            self._apply(of)
            self._books.tell("customer.subscription.pending_update_applied", of)
        trialing = of["trial_end"] and of["trial_end"] > self._books.now()
        if of["status"] in {"incomplete", "past_due"}:
            of["status"] = "trialing" if trialing else "active"
            self._books.tell("customer.subscription.updated", of)

    def _failed(self, invoice: Thing) -> None:
        of = self._of(invoice)
        if of is None or invoice["billing_reason"] != "subscription_cycle" or of["status"] not in LIVING:
            return
        if invoice["next_payment_attempt"] is None:
            self.end(of, "payment_failed")
        elif of["status"] != "past_due":
            of["status"] = "past_due"
            self._books.tell("customer.subscription.updated", of)

    # renewed

    def turn(self, of: Thing) -> None:
        """Its period is over: it ends, becomes what was planned, or goes on."""
        item = of["items"]["data"][0]
        now = item["current_period_end"]
        if of["cancel_at_period_end"] or (of["cancel_at"] and of["cancel_at"] <= now):
            self.end(of, "cancellation_requested")
            return
        anchor = of["billing_cycle_anchor"]
        if planned := self.schedules.taken_up(of, now):
            if planned["price"]["recurring"]["interval"] != item["price"]["recurring"]["interval"]:
                anchor = of["billing_cycle_anchor"] = now
            item |= {"price": planned["price"], "quantity": planned["quantity"]}
        end = next_boundary(anchor, now, item["price"]["recurring"]["interval"])
        item |= {"current_period_start": now, "current_period_end": end}
        if of["status"] == "trialing":
            of["status"] = "active"
        owner = self._books.get("customer", of["customer"])
        invoice = self._invoicing.keep(self._invoicing.draft(owner, [self._whole(of)], "subscription_cycle", of))
        invoice["_finalize_at"] = now + HOUR
        of["latest_invoice"] = invoice["id"]
        self._books.tell("customer.subscription.updated", of)

    def finalize(self, invoice: Thing) -> None:
        """An hour after it was made, an invoice is final, and taken."""
        of = self._of(invoice)
        self._invoicing.finalize(invoice)
        if invoice["status"] != "open":
            return
        if of and of["pause_collection"]:
            self._invoicing.void(invoice)
        else:
            self._invoicing.collect(invoice)

    # changed

    def change(self, of: Thing, price: Thing, quantity: int, given: Thing) -> None:
        """``given``: proration_behavior, payment_behavior."""
        self.require_living(of)
        if of["pending_update"]:
            self._drop_pending(of)
        proration = given.get("proration_behavior", "create_prorations")
        self._unit(of, price)
        if proration == "create_prorations":
            raise Refusal("The sandbox knows proration_behavior=always_invoice and none.", param="proration_behavior")
        if proration == "none" or of["status"] == "trialing":
            self._become(of, price, quantity)
            self._books.tell("customer.subscription.updated", of)
            return
        self._upgrade(of, price, quantity, given.get("payment_behavior", "allow_incomplete"))

    def _upgrade(self, of: Thing, price: Thing, quantity: int, behavior: str) -> None:
        owner = self._books.get("customer", of["customer"])
        lines = self.difference(of, price, quantity)
        invoice = self._invoicing.keep(self._invoicing.draft(owner, lines, "subscription_update", of))
        of["latest_invoice"] = invoice["id"]
        of["_pending"] = {"price": price["id"], "quantity": quantity, "invoice": invoice["id"]}
        if behavior != "pending_if_incomplete":
            self._apply(of)
        self._invoicing.finalize(invoice)
        if of["pause_collection"] and invoice["status"] == "open":
            self._void(of, invoice)
            return
        outcome = "paid" if invoice["status"] == "paid" else self._invoicing.collect(invoice)
        if outcome == "paid":
            self._books.tell("customer.subscription.updated", of)
            return
        if behavior == "error_if_incomplete":
            raise declined("card_declined", "Your card was declined.")
        if behavior == "pending_if_incomplete":
            item = {**of["items"]["data"][0], "price": price, "quantity": quantity}
            of["pending_update"] = {
                "billing_cycle_anchor": None,
                "expires_at": self._books.now() + PENDING,
                "subscription_items": [item],
                "trial_end": None,
                "trial_from_plan": None,
            }
        self._books.tell("customer.subscription.updated", of)

    def _void(self, of: Thing, invoice: Thing) -> None:
        """In a pause nobody has to pay: the change is had for nothing."""
        if of["_pending"]:
            self._apply(of)
        self._invoicing.void(invoice)
        self._books.tell("customer.subscription.updated", of)

    def begin_period(self, of: Thing, given: Thing) -> None:
        """``billing_cycle_anchor[type]=now``: a period begins, and all of it is taken; where it cannot be, nothing is changed."""
        self.require_living(of)
        if given["billing_cycle_anchor"] != {"type": "now"}:
            raise Refusal("Invalid billing_cycle_anchor.", param="billing_cycle_anchor")
        if given.get("proration_behavior") != "none" or given.get("payment_behavior") != "error_if_incomplete":
            raise Refusal("The sandbox knows billing_cycle_anchor=now without prorations, or an error.")
        item, now = of["items"]["data"][0], self._books.now()
        before = (
            of["billing_cycle_anchor"],
            item["current_period_start"],
            item["current_period_end"],
            of["latest_invoice"],
        )
        months = 1 if item["price"]["recurring"]["interval"] == "month" else 12
        item |= {"current_period_start": now, "current_period_end": after(now, months)}
        of["billing_cycle_anchor"] = now
        owner = self._books.get("customer", of["customer"])
        invoice = self._invoicing.keep(self._invoicing.draft(owner, [self._whole(of)], "subscription_update", of))
        of["latest_invoice"] = invoice["id"]
        self._invoicing.finalize(invoice)
        if of["pause_collection"] and invoice["status"] == "open":
            self._void(of, invoice)
        elif invoice["status"] == "open" and self._invoicing.collect(invoice) != "paid":
            self._invoicing.void(invoice)
            of["billing_cycle_anchor"], start, end, of["latest_invoice"] = before
            item |= {"current_period_start": start, "current_period_end": end}
            raise declined("card_declined", "Your card was declined.")

    def difference(self, of: Thing, price: Thing, quantity: int) -> list[Line]:
        """What is given back for the rest of the period, and taken for what comes instead; a whole period where its length changes."""
        item, now = of["items"]["data"][0], self._books.now()
        start, end = item["current_period_start"], item["current_period_end"]
        left = (end - now) / (end - start)
        back = -round(self._unit(of, item["price"]) * item["quantity"] * left)
        words = f"Unused time on {item['quantity']} × {self._name(item['price'])}"
        lines = [Line(back, words, item["quantity"], item["price"], (now, end), proration=True, item=item["id"])]
        if price["recurring"]["interval"] == item["price"]["recurring"]["interval"]:
            amount = round(self._unit(of, price) * quantity * left)
            words = f"Remaining time on {quantity} × {self._name(price)}"
            lines.append(Line(amount, words, quantity, price, (now, end), proration=True, item=item["id"]))
        else:
            period = (now, after(now, 1 if price["recurring"]["interval"] == "month" else 12))
            amount = self._unit(of, price) * quantity
            lines.append(Line(amount, f"{quantity} × {self._name(price)}", quantity, price, period, item=item["id"]))
        return lines

    def _apply(self, of: Thing) -> None:
        pending, of["_pending"], of["pending_update"] = of["_pending"], None, None
        self._become(of, self._books.get("price", pending["price"]), pending["quantity"])

    def _become(self, of: Thing, price: Thing, quantity: int) -> None:
        item, now = of["items"]["data"][0], self._books.now()
        if price["recurring"]["interval"] != item["price"]["recurring"]["interval"] and of["status"] != "trialing":
            of["billing_cycle_anchor"] = item["current_period_start"] = now
            item["current_period_end"] = after(now, 1 if price["recurring"]["interval"] == "month" else 12)
        item |= {"price": price, "quantity": quantity}
        self.schedules.follow(of, price, quantity)

    def _drop_pending(self, of: Thing) -> None:
        invoice = self._books.get("invoice", of["_pending"]["invoice"])
        of["_pending"] = of["pending_update"] = None
        if invoice["status"] == "open":
            self._invoicing.void(invoice)

    def expire_pending(self, of: Thing) -> None:
        self._drop_pending(of)
        self._books.tell("customer.subscription.pending_update_expired", of)

    # paused and ended

    def set_pause(self, of: Thing, given: Any) -> None:
        self.require_living(of)
        if given:
            until = given.get("resumes_at")
            of["pause_collection"] = {"behavior": given["behavior"], "resumes_at": int(until) if until else None}
        else:
            of["pause_collection"] = None

    def set_end(self, of: Thing, ends: bool) -> None:
        self.require_living(of)
        if of["schedule"]:
            raise Refusal(
                f"The subscription is managed by the subscription schedule `{of['schedule']}`, and updating any cancelation behavior directly is "
                "not allowed. Please update the schedule instead."
            )
        of["cancel_at_period_end"] = ends
        of["cancel_at"] = of["items"]["data"][0]["current_period_end"] if ends else None
        of["canceled_at"] = self._books.now() if ends else None
        of["cancellation_details"]["reason"] = "cancellation_requested" if ends else None

    def set_end_at(self, of: Thing, moment: int | None) -> None:
        """As its own page does it in flexible billing: at a moment, and not "with the period"."""
        self.set_end(of, moment is not None)
        of |= {"cancel_at_period_end": False, "cancel_at": moment}

    def end(self, of: Thing, reason: str) -> None:
        if of["status"] not in LIVING | {"incomplete"}:
            raise Refusal(f"No such subscription: '{of['id']}'", status=404, code="resource_missing")
        now = self._books.now()
        if of["pending_update"]:
            self._drop_pending(of)
        of |= {"status": "canceled", "ended_at": now, "canceled_at": of["canceled_at"] or now}
        of["cancellation_details"]["reason"] = reason
        self.schedules.end(of)
        for invoice in self._books.all("invoice"):
            if self._of(invoice) is of and invoice["status"] in {"draft", "open"}:
                invoice |= {"auto_advance": False, "next_payment_attempt": None, "_finalize_at": None}
        self._books.tell("customer.subscription.deleted", of)

    @staticmethod
    def require_living(of: Thing) -> None:
        if of["status"] not in LIVING:
            raise Refusal(f"A {of['status']} subscription can only update its metadata and cancellation_details.")
