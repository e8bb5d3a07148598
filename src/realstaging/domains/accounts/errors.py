"""Why somebody is not let in, or may not."""

from __future__ import annotations

from realstaging.kit.errors import Conflict, Forbidden, NotFound, Unauthenticated


class NoSuchAccount(NotFound):
    """You are in no account with this id. Send one of those that GET /api/v1/me/accounts lists as Real-Staging-Account, or leave the
    header out to work in your first.
    """

    code = "no_such_account"


class MemberSuspended(Forbidden):
    """You are suspended in this account. Ask one of its owners or admins, or work in another of your accounts."""

    code = "member_suspended"


class AccountSuspended(Forbidden):
    """This account is suspended: nothing in it runs, and nothing is charged. Write to who runs this service, or work in another of
    your accounts.
    """

    code = "account_suspended"


class WasErased(Unauthenticated):
    """What was kept of you has been erased, and this sign-in is from before. Sign in anew to begin with an empty account."""

    code = "was_erased"


class NoSuchMember(NotFound):
    """There is no such member in this account. GET /api/v1/members lists them."""

    code = "no_such_member"


class LastOwner(Conflict):
    """Nobody else owns this account. Make another member an owner first, then try again."""

    code = "last_owner"


class TooManyAccounts(Conflict):
    """You own as many accounts as one person may. Give one away or have it erased, then try again."""

    code = "too_many_accounts"
