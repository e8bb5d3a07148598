"""What keeps people from paying, or from changing what they pay for."""

from __future__ import annotations

from realstaging.kit.errors import AppError, Conflict, Forbidden, NotFound, TooManyRequests


class NoPayments(AppError):
    """Nothing can be bought here: this service has no way to be paid. Whoever runs it can set one up (STRIPE_SECRET_KEY)."""

    code = "no_payments"
    status = 409


class TestAccountsPayNothing(Conflict):
    """This is a test account: nothing is charged in it, and nothing can be bought for it. Switch to the account it belongs to."""

    code = "test_account_pays_nothing"


class AlreadySubscribed(Conflict):
    """Your account has a plan already. Change it instead of buying another."""

    code = "already_subscribed"


class NotSubscribed(NotFound):
    """Your account has no paid plan. Buy one first."""

    code = "not_subscribed"


class NothingBought(NotFound):
    """Nothing was bought yet, so there is nothing to manage. Buy a plan or a pack first."""

    code = "nothing_bought"


class NothingChanges(Conflict):
    """Your account has just this already: nothing was changed."""

    code = "nothing_changes"


class PaymentDisputed(Forbidden):
    """A payment of your account is disputed with your bank, so nothing new can be bought until that is decided. Write to us."""

    code = "payment_disputed"


class PaymentFailed(AppError):
    """Your card was not charged, so nothing was changed. Change the card on the billing page, then try again."""

    code = "payment_failed"
    status = 402


class LosesAccess(Conflict):
    """Some members would lose access by this. Look who they are, then confirm it."""

    code = "loses_access"


class TooManyCheckouts(TooManyRequests):
    """Your account has opened as many payment pages today as it may. Use one that is open, or come back tomorrow."""

    code = "too_many_checkouts"
    retry_after = 3600.0
