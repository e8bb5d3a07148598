"""Why somebody is not invited, or does not come in."""

from __future__ import annotations

from realstaging.kit.errors import Conflict, NotFound, TooManyRequests


class NoSuchInvitation(NotFound):
    """There is no such invitation. Take the link of the newest letter, or ask for another."""

    code = "no_such_invitation"


class InvitationOver(Conflict):
    """This invitation is over. Ask who invited you for another."""

    code = "invitation_over"


class OtherAddress(Conflict):
    """The invitation went to another address than the one you signed in with. If it was meant for you all the same, accept it with
    confirm_other_address: true.
    """

    code = "other_address"


class AlreadyInvited(Conflict):
    """This address has an open invitation. Send that once more, or revoke it first."""

    code = "already_invited"


class AlreadyMember(Conflict):
    """Somebody with this address is a member already. GET /api/v1/members lists them; their role can be changed there."""

    code = "already_member"


class NoSeat(Conflict):
    """This account has no seat free any more. Ask who invited you to make room for you, then follow the link again."""

    code = "no_seat"


class TooManyInvitations(TooManyRequests):
    """Too many invitations were sent today. Try again tomorrow."""

    code = "too_many_invitations"
    retry_after: float = 3600.0
