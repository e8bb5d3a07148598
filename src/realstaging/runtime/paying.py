"""How people are let pay, as the settings say."""

from __future__ import annotations

from datetime import timedelta

import msgspec


class Paying(msgspec.Struct, frozen=True):
    """``grace``: how long a plan stays whose payment failed. ``trial_days``: of an account's first plan; 0 for none."""

    grace: timedelta = timedelta(days=7)
    trial_days: int = 0
