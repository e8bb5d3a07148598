"""How many pictures an account may give back: a port that credit back is held to (decision 106)."""

from __future__ import annotations

import msgspec


class Allowance(msgspec.Struct, frozen=True):
    """A picture can be given back for ``days`` days after it was made. In thirty days an account gives back ``least`` pictures, or ``percent``
    of those it paid for in them where that is more.
    """

    days: int = 14
    least: int = 3
    percent: int = 10

    def most(self, paid: int) -> int:
        """How many may be given back by who paid for so many."""
        return max(self.least, paid * self.percent // 100)
