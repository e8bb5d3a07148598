"""The stand-in's parts, put together: the books, what changes them, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from realstaging.sandbox.stripe import shapes
from realstaging.sandbox.stripe.api import Api
from realstaging.sandbox.stripe.books import API_VERSION, Books
from realstaging.sandbox.stripe.checkouts import Checkouts
from realstaging.sandbox.stripe.clock import Clock
from realstaging.sandbox.stripe.due import Diary
from realstaging.sandbox.stripe.faults import Faults
from realstaging.sandbox.stripe.invoicing import Invoicing
from realstaging.sandbox.stripe.notices import AGAIN, Notices
from realstaging.sandbox.stripe.parts import Parts
from realstaging.sandbox.stripe.payments import Payments
from realstaging.sandbox.stripe.subscribing import Subscribing

KEY: Final = "sk_test_sandbox"
SECRET: Final = "whsec_of_the_sandbox_alone"  # noqa: S105 - good for nothing outside


class StripeSandbox:
    """``address``: where browsers reach it. ``webhook``: an endpoint that is there from the start, with ``secret``. ``path``: where the books
    are kept between runs. ``again``: seconds after which a notice that was not taken comes again.
    """

    def __init__(
        self,
        address: str,
        *,
        key: str = KEY,
        webhook: str = "",
        secret: str = SECRET,
        clock: Clock | None = None,
        path: Path | None = None,
        again: Sequence[float] = AGAIN,
    ) -> None:
        self.key = key
        self.books = Books(clock or Clock(), path)
        self.faults = Faults()
        self.payments = Payments(self.books)
        self.invoicing = Invoicing(self.books, self.payments, address.rstrip("/"))
        self.subscribing = Subscribing(self.books, self.payments, self.invoicing)
        self.checkouts = Checkouts(self.books, self.payments, self.invoicing, self.subscribing)
        parts = Parts(self.books, self.payments, self.invoicing, self.subscribing, self.checkouts)
        self.diary = Diary(parts)
        self.notices = Notices(self.books, self.faults, again)
        self.api = Api(parts, self.diary)
        self.requests: list[tuple[str, str, str]] = []
        """Method, address and body of each request to the API, the last thousand."""
        if webhook:
            self.listen(webhook, secret)

    def listen(self, url: str, secret: str) -> None:
        """Have an endpoint for everything, in the version that is spoken here."""
        if any(one["url"] == url for one in self.books.all("webhook_endpoint")):
            return
        given = {"url": url, "enabled_events": ["*"], "api_version": API_VERSION}
        self.books.add(shapes.webhook_endpoint(self.books, given, secret))

    def changed(self) -> None:
        """After anything was done: what happened is told, and kept."""
        self.notices.hand_over()
        self.books.save()

    def advance(self, moment: int) -> None:
        self.diary.advance(moment)
        self.changed()
