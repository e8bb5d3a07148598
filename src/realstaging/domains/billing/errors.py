"""What keeps an account from spending."""

from __future__ import annotations

from realstaging.kit.errors import AppError


class PaymentRequired(AppError):
    """Your credit does not cover this. Choose a larger plan or add credit."""

    code = "payment_required"
    status = 402


class SpendingStopped(PaymentRequired):
    """Nothing can be spent from this account for now. Ask its owner to look at billing."""

    code = "spending_stopped"


class CreditBackOver(AppError):
    """This picture can't be given back any more. Write to us if something is wrong with it."""

    code = "credit_back_over"
    status = 409


class CreditBacksUsedUp(AppError):
    """Your account has given back as many pictures as it may in thirty days. Write to us about this one."""

    code = "credit_backs_used_up"
    status = 429


class UnpaidReached(AppError):
    """No more may be spent at the provider on this without a result. You were charged nothing. Try again tomorrow (UTC), or use an
    engine that costs nothing.
    """

    code = "unpaid_reached"
    status = 429


class UnpaidPaused(UnpaidReached):
    """AI models are paused for everybody: their pictures without a result have cost as much today as may be spent so on one day. You
    were charged nothing. They resume at midnight UTC. Use an engine that costs nothing until then.
    """

    code = "unpaid_paused"


class MemberLimitReached(PaymentRequired):
    """This would exceed what your own stagings may cost in a month in this account. Ask one of its owners or admins for more."""

    code = "member_limit_reached"


class BudgetReached(PaymentRequired):
    """This would exceed the monthly budget set for your account."""

    code = "budget_reached"
