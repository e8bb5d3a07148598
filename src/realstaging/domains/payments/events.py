"""What browsers are told of payments."""

from __future__ import annotations

from typing import Final

import msgspec

from realstaging.domains.accounts.service import Permission
from realstaging.runtime.work import Event


class ToldBilling(msgspec.Struct, frozen=True):
    """What the account may use now."""

    plan: str
    seats: int


class BillingChanged(Event, frozen=True, tag="billing.changed"):
    """A payment came or failed, or the plan is another: look again."""

    needs = Permission.USAGE
    data: ToldBilling


EVENTS: Final[list[type[Event]]] = [BillingChanged]
