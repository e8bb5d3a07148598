"""Amounts of money: whole millionths of a US dollar inside, decimals of dollars outside."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from realstaging.kit.errors import InvalidInput

DOLLAR: Final = 1_000_000
CENT: Final = 10_000


def dollars(micro: int) -> Decimal:
    """Exact dollars with at least two decimals."""
    exact = Decimal(micro) / DOLLAR
    return exact.quantize(Decimal("0.01")) if micro % CENT == 0 else exact.normalize()


def micro(dollars: Decimal) -> int:
    """Millionths of a dollar; InvalidInput for what is negative or finer than that."""
    exact = dollars * DOLLAR
    if exact < 0 or exact != exact.to_integral_value():
        raise InvalidInput("An amount must be positive, with at most six decimals.")
    return int(exact)
