"""Wire shapes of invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import Meta

from realstaging.domains.accounts.service import Kind, Role
from realstaging.domains.invitations.rules import LETTERS, State
from realstaging.kit import bounds

LONGEST_ADDRESS: Final = 254
"""Letters of an e-mail address (RFC 5321 §4.5.3.1, erratum 1690)."""

Address = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=LONGEST_ADDRESS,
        # WHATWG HTML §4.10.5.1.5, with a dot in the domain.
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
        + bounds.END,
    ),
]
Token = Annotated[str, Meta(min_length=LETTERS, max_length=LETTERS, pattern=rf"^[A-Za-z0-9_-]{{43}}{bounds.END}")]


class NewInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is asked in, and as what: nothing above your own role."""

    email: Address
    role: Role = Role.MEMBER


class MemberInvitation(msgspec.Struct, frozen=True):
    """``sent_at``: when its newest letter was; only the link in that one works."""

    id: UUID
    email: str
    role: Role
    state: State
    invited_by: str
    created_at: datetime
    sent_at: datetime
    expires_at: datetime


class MemberInvitations(msgspec.Struct, frozen=True):
    """Those that nobody has accepted or revoked, newest first."""

    items: list[MemberInvitation]


class Presented(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the link in the letter ends with."""

    token: Token


class Acceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``confirm_other_address``: that the invitation was meant for you, although it went to another address than you sign in with."""

    token: Token
    confirm_other_address: bool = False


class Shown(msgspec.Struct, frozen=True):
    """What somebody sees who holds the link, before they sign in."""

    account_name: str
    account_kind: Kind
    invited_by: str
    role: Role
    email: str
    expires_at: datetime
