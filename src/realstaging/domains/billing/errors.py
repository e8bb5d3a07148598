"""What keeps an account from spending."""

from __future__ import annotations

from realstaging.kit.errors import AppError


class PaymentRequired(AppError):
    """Your credit does not cover this. Choose a larger plan or add credit."""

    code = "payment_required"
    status = 402


class BudgetReached(PaymentRequired):
    """This would exceed the monthly budget set for your account."""

    code = "budget_reached"
