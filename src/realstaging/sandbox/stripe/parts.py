"""What the stand-in does its work with."""

from __future__ import annotations

from typing import NamedTuple

from realstaging.sandbox.stripe.books import Books
from realstaging.sandbox.stripe.checkouts import Checkouts
from realstaging.sandbox.stripe.invoicing import Invoicing
from realstaging.sandbox.stripe.payments import Payments
from realstaging.sandbox.stripe.subscribing import Subscribing


class Parts(NamedTuple):
    """The books, and what changes them."""

    books: Books
    payments: Payments
    invoicing: Invoicing
    subscribing: Subscribing
    checkouts: Checkouts
