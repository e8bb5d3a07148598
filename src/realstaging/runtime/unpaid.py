"""How much providers may charge us without a result to be paid for: a port that billing is held to (decision 60)."""

from __future__ import annotations

import msgspec


class Caps(msgspec.Struct, frozen=True):
    """``staging_cents`` and ``tries`` hold for all lives of one staging; the shares (percent) are of what the plan grants a month;
    ``service_day_cents`` is for all accounts together.
    """

    staging_cents: int = 60
    tries: int = 12
    day_percent: int = 40
    month_percent: int = 100
    service_day_cents: int = 10_000
