"""What a use case may reach besides its arguments. Built once per process by `wiring`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import asyncpg

from realstaging.engines.brief import Engine
from realstaging.kit.clock import Clock
from realstaging.kit.keyring import KeyRing
from realstaging.runtime.bells import Bells
from realstaging.runtime.processes import Processes
from realstaging.runtime.quotas import Quotas
from realstaging.runtime.unpaid import Caps
from realstaging.storage import Storage


@dataclass(frozen=True)
class Platform:
    """The parts of one running process."""

    database: asyncpg.Pool
    bells: Bells
    storage: Storage
    processes: Processes
    decoders: Processes
    """For files that strangers send: small processes that decode and nothing else, with little time and memory."""
    engines: Mapping[str, Engine]
    quotas: Quotas
    clock: Clock
    keys: KeyRing
    public_url: str
    caps: Caps
