"""Payments by cards that do what their number says; refunds; disputes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from realstaging.sandbox.stripe import cards, payment_shapes
from realstaging.sandbox.stripe.books import Books, Thing
from realstaging.sandbox.stripe.cards import CARDS, WORDS, Card, Outcome
from realstaging.sandbox.stripe.clock import DAY
from realstaging.sandbox.stripe.errors import Refusal

How = Literal["present", "away", "confirmed"]
LOST_OR_WON: Final = {"lost", "won"}


class Payments:
    """``settled``: called with a payment that the bank took its time for, and whether it was paid in the end."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.settled: list[Callable[[Thing, bool], None]] = []

    def attach(self, owner: Thing, card: Card) -> Thing:
        """A card becomes what a customer pays by."""
        method = self._books.add(payment_shapes.payment_method(self._books, owner["id"], card))
        owner["invoice_settings"]["default_payment_method"] = method["id"]
        return method

    def method_of(self, owner: Thing) -> Thing | None:
        return self._books.find("payment_method", owner["invoice_settings"]["default_payment_method"])

    def attempt(self, intent: Thing, method: Thing | None, how: How) -> Outcome:
        """Try to take the money. ``how``: whether the person is there and can be asked, or has just confirmed."""
        if method is None:
            self._fail(intent, None, "card_declined")
            return "declined"
        card = CARDS[method["_number"]]
        intent["payment_method"] = method["id"]
        outcome = self._outcome(card, method, how)
        if outcome == "paid":
            self.succeed(intent, method)
        elif outcome == "declined":
            self._fail(intent, method, card.code)
        elif outcome == "action":
            intent["status"] = "requires_action"
            intent["next_action"] = {"type": "use_stripe_sdk", "use_stripe_sdk": {}}
            self._books.tell("payment_intent.requires_action", intent)
        else:
            intent |= {"status": "processing", "_settle_at": self._books.now() + DAY, "_settles": card.later == "paid"}
            self._books.tell("payment_intent.processing", intent)
        return outcome

    @staticmethod
    def _outcome(card: Card, method: Thing, how: How) -> Outcome:
        if how == "confirmed":
            return "paid"
        if how == "present":
            return card.present
        return "action" if card.present == "action" and not method["_confirmed"] else card.away

    def confirm(self, intent: Thing, *, yes: bool) -> None:
        """The person's bank has asked them, and they said so."""
        method = self._books.get("payment_method", intent["payment_method"])
        intent["next_action"] = None
        if yes:
            method["_confirmed"] = True
            self.succeed(intent, method)
        else:
            self._fail(intent, method, "authentication_required")

    def succeed(self, intent: Thing, method: Thing) -> None:
        charged = self._books.add(payment_shapes.charge(self._books, intent, method))
        intent |= {
            "status": "succeeded",
            "amount_received": intent["amount"],
            "latest_charge": charged["id"],
            "payment_method": method["id"],
            "last_payment_error": None,
            "next_action": None,
        }
        self._books.tell("charge.succeeded", charged)
        self._books.tell("payment_intent.succeeded", intent)
        if CARDS[method["_number"]].disputed:
            self.dispute(charged, "fraudulent")

    def _fail(self, intent: Thing, method: Thing | None, code: str) -> None:
        words = WORDS[code]
        intent["status"] = "requires_payment_method"
        intent["last_payment_error"] = {"type": "card_error", "code": code, "message": words}
        if method:
            charged = payment_shapes.charge(self._books, intent, method, (code, words))
            intent["latest_charge"] = self._books.add(charged)["id"]
            self._books.tell("charge.failed", charged)
        self._books.tell("payment_intent.payment_failed", intent)

    def settle(self, intent: Thing) -> None:
        """The bank has taken its time, and says now."""
        paid = intent["_settles"]
        method = self._books.get("payment_method", intent["payment_method"])
        if paid:
            self.succeed(intent, method)
        else:
            self._fail(intent, method, "card_declined")
        for told in self.settled:
            told(intent, paid)

    def charge_of(self, intent_id: str) -> Thing:
        intent = self._books.get("payment_intent", intent_id, "payment_intent")
        charged = self._books.find("charge", intent["latest_charge"])
        if charged is None or not charged["paid"]:
            raise Refusal("This PaymentIntent does not have a successful charge to refund.", param="payment_intent")
        return charged

    def refund(self, charged: Thing, given: Thing) -> Thing:
        left = charged["amount"] - charged["amount_refunded"]
        amount = int(given.get("amount") or left)
        if charged["disputed"]:
            raise Refusal(
                f"Charge {charged['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
            )
        if left == 0:
            raise Refusal(f"Charge {charged['id']} has already been refunded.", code="charge_already_refunded")
        if not 0 < amount <= left:
            raise Refusal(
                f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", param="amount"
            )
        made = self._books.add(payment_shapes.refund(self._books, charged, amount, given))
        charged["amount_refunded"] += amount
        charged["refunded"] = charged["amount_refunded"] == charged["amount"]
        self._books.tell("refund.created", made)
        self._books.tell("charge.refunded", charged)
        return made

    def fail_refund(self, made: Thing) -> None:
        """The person's bank does not take it."""
        if made["status"] != "succeeded":
            return
        charged = self._books.get("charge", made["charge"])
        made |= {"status": "failed", "failure_reason": "lost_or_stolen_card"}
        charged["amount_refunded"] -= made["amount"]
        charged["refunded"] = False
        self._books.tell("refund.updated", made)
        self._books.tell("refund.failed", made)

    def dispute(self, charged: Thing, reason: str) -> Thing:
        """The person's bank takes the money back until it is decided."""
        if charged["disputed"]:
            raise Refusal("This charge is disputed already.")
        made = self._books.add(payment_shapes.dispute(self._books, charged, reason))
        charged["disputed"] = True
        self._books.tell("charge.dispute.created", made)
        self._books.tell("charge.dispute.funds_withdrawn", made)
        return made

    def close_dispute(self, made: Thing, status: str) -> None:
        if made["status"] in LOST_OR_WON or status not in LOST_OR_WON:
            return
        made["status"] = status
        self._books.tell("charge.dispute.closed", made)
        if status == "won":
            self._books.tell("charge.dispute.funds_reinstated", made)


def card_named(number: str) -> Card:
    found = cards.card(number)
    if found is None:
        raise Refusal("Your card number is incorrect.", status=402, kind="card_error", code="incorrect_number")
    return found
