"""Cards that do what their number says, as Stripe's own test cards (https://docs.stripe.com/testing)."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Outcome = Literal["paid", "declined", "action", "processing"]


class Card(msgspec.Struct, frozen=True):
    """``present``: what happens while the person is there; ``away``: at renewals. ``code``: why it is declined. ``later``: what becomes of a
    payment that the bank takes its time for. ``disputed``: whether the person's bank takes the money back at once.
    """

    number: str
    name: str
    present: Outcome = "paid"
    away: Outcome = "paid"
    code: str = "card_declined"
    later: Outcome | None = None
    disputed: bool = False

    @property
    def last4(self) -> str:
        return self.number[-4:]


_ALL: Final = (
    Card("4242424242424242", "is taken"),
    Card("4000000000000002", "is declined", "declined", "declined"),
    Card("4000000000009995", "has not enough on it", "declined", "declined", "insufficient_funds"),
    Card("4000002500003155", "asks for confirmation once (SCA)", "action"),
    Card("4000002760003184", "asks for confirmation always (SCA)", "action", "action", "authentication_required"),
    Card("4000000000000341", "is taken now, and declined at renewals", away="declined"),
    Card("4000000000000259", "is taken, and disputed at once", disputed=True),
    Card("DE89370400440532013000", "is a bank account: paid a day later", "processing", "processing", later="paid"),
    Card(
        "DE62370400440532013001", "is a bank account: refused a day later", "processing", "processing", later="declined"
    ),
)
CARDS: Final = {card.number: card for card in _ALL}
GOOD: Final = "4242424242424242"
WORDS: Final = {
    "card_declined": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "authentication_required": "Your card was declined. This transaction requires authentication.",
}


def card(number: str) -> Card | None:
    return CARDS.get(number.replace(" ", ""))
