"""What a use case may reach besides its arguments. Built once per process by `wiring`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

import asyncpg

from realstaging.kit.clock import Clock
from realstaging.kit.keyring import KeyRing
from realstaging.mail.mail import NO_MAIL, Mail
from realstaging.runtime.credit_backs import Allowance
from realstaging.runtime.keeping import KeptFor
from realstaging.runtime.outward import Outward
from realstaging.runtime.paying import Paying
from realstaging.runtime.processes import Processes
from realstaging.runtime.quotas import Quotas
from realstaging.runtime.sign_in_identities import SignInIdentities
from realstaging.runtime.switches import Switches
from realstaging.runtime.turns import Turns
from realstaging.runtime.unpaid import Caps
from realstaging.runtime.wake_ups import WakeUps
from realstaging.storage import Sign, Storage

if TYPE_CHECKING:
    # Its SDK is loaded where people can pay.
    from realstaging.stripe.client import Stripe
else:
    # msgspec reads the types of what routes are given while the program runs.
    Stripe = Any


class Engine(Protocol):
    """An engine as a process holds it. What it can do, domains ask `engines.catalog`."""

    async def close(self) -> None:
        """Stop what it keeps warm. Safe to call twice."""
        ...


@dataclass(frozen=True)
class Platform:
    """The parts of one running process."""

    database: asyncpg.Pool
    wake_ups: WakeUps
    storage: Storage
    processes: Processes
    decoders: Processes
    """For files that strangers send: small processes that decode and nothing else, with little time and memory."""
    engines: Mapping[str, Engine]
    quotas: Quotas
    subscribers: Mapping[type[Any], Sequence[Callable[..., None]]]
    """By the event that is published: called with the `Work`, the account and the event, in the transaction that publishes it."""
    clock: Clock
    keys: KeyRing
    public_url: str
    caps: Caps
    outward: Outward = field(default_factory=Outward)
    """Speaks to addresses that customers chose."""
    mail: Mail = NO_MAIL
    payments: Stripe | None = None
    """None where nobody gave a key: then nobody can pay."""
    sign_in_identities: SignInIdentities = field(default_factory=SignInIdentities)
    kept_for: KeptFor = field(default_factory=KeptFor)
    paying: Paying = field(default_factory=Paying)
    audit_kept: timedelta = timedelta(days=400)
    """How long entries of the audit trail are kept."""
    credit_backs: Allowance = field(default_factory=Allowance)
    """How many pictures an account may give back."""
    switches: Switches = field(default_factory=Switches)
    """Parts of the service that operators have closed."""
    completions: Turns = field(default_factory=Turns)
    """Uploads that are made photos, of all requests together."""

    def signer(self) -> Sign:
        """Makes the links of this moment."""
        return self.storage.signer(self.clock())
