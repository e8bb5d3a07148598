"""Wire shapes of accounts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from realstaging.domains.accounts.rules import Permission, Role, permissions_of
from realstaging.engines.brief import RoomType, Style
from realstaging.kit import bounds


class Kind(StrEnum):
    """Whom an account is of."""

    PERSON = "person"
    OFFICE = "office"


class Suspended(StrEnum):
    """What keeps somebody out of an account: their membership, or the account as a whole, is suspended."""

    MEMBER = "member"
    ACCOUNT = "account"


class Account(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    kind: Kind = Kind.PERSON
    test: bool = False
    """For trying: made by a test key, and looked into by the people of the account that it belongs to."""


class Member(msgspec.Struct, frozen=True):
    """Who calls, and the account they work in. ``person_id``: null where a key calls, which is nobody's.

    ``permissions``: what they may do there, which is what their role may unless they or the account are suspended.
    """

    id: UUID
    email: str
    name: str
    account: Account
    role: Role = Role.OWNER
    person_id: UUID | None = None
    permissions: tuple[Permission, ...] = permissions_of(Role.OWNER)
    suspended: Suspended | None = None


class Theme(StrEnum):
    """How pages look: as the device does, or always so."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


Line = Annotated[str, msgspec.Meta(max_length=120, pattern=bounds.LINE)]
"""One line of text."""
Phone = Annotated[str, msgspec.Meta(min_length=1, max_length=30, pattern=bounds.LINE)]
Country = Annotated[str, msgspec.Meta(min_length=2, max_length=2, pattern=f"^[A-Z]{{2}}{bounds.END}")]
"""ISO 3166-1 alpha-2."""
Styles = Annotated[tuple[Style, ...], msgspec.Meta(max_length=11)]
MlsProfile = Annotated[
    str, msgspec.Meta(min_length=1, max_length=64, pattern=rf"^[A-Za-z0-9][A-Za-z0-9._-]*{bounds.END}")
]
TimeZone = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=rf"^[A-Za-z][A-Za-z0-9_+/-]*{bounds.END}")]
Language = Annotated[str, msgspec.Meta(min_length=2, max_length=10, pattern=f"^[A-Za-z-]+{bounds.END}")]


class Address(msgspec.Struct, frozen=True):
    """Where invoices go. ``country``: its code of two letters (ISO 3166-1)."""

    line1: Line | None = None
    line2: Line | None = None
    postal_code: Line | None = None
    city: Line | None = None
    region: Line | None = None
    country: Country | None = None


class Preferences(msgspec.Struct, frozen=True):
    """What somebody would rather have, where nothing else is said. ``default_engine``: for requests that name none; ``mls_profile``: the id
    of the listing service's rules; ``language``: only English (en) is offered so far; ``time_zone``: its name in the IANA database.
    """

    default_room_type: RoomType | None = None
    default_styles: Styles = ()
    default_engine: bounds.Word | None = None
    mls_profile: MlsProfile | None = None
    language: Language = "en"
    time_zone: TimeZone = "UTC"
    theme: Theme = Theme.SYSTEM


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a profile besides the name."""

    company: Line | None = None
    phone: Phone | None = None
    billing_address: Address | None = None
    preferences: Preferences = Preferences()


class Profile(msgspec.Struct, frozen=True):
    """A person, as they describe themselves. ``email`` is their sign-in's, and changed there. ``photo_url``: opens for nobody else.
    ``version`` is what the ETag says.
    """

    name: str
    email: str
    company: str | None
    phone: str | None
    billing_address: Address | None
    photo_url: str | None
    preferences: Preferences
    version: int


class AddressChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays; null empties it."""

    line1: Line | UnsetType | None = UNSET
    line2: Line | UnsetType | None = UNSET
    postal_code: Line | UnsetType | None = UNSET
    city: Line | UnsetType | None = UNSET
    region: Line | UnsetType | None = UNSET
    country: Country | UnsetType | None = UNSET


class PreferencesChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays; null puts it back to ours."""

    default_room_type: RoomType | UnsetType | None = UNSET
    default_styles: Styles | UnsetType | None = UNSET
    default_engine: bounds.Word | UnsetType | None = UNSET
    mls_profile: MlsProfile | UnsetType | None = UNSET
    language: Language | UnsetType | None = UNSET
    time_zone: TimeZone | UnsetType | None = UNSET
    theme: Theme | UnsetType | None = UNSET


class ProfileChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A JSON merge patch (RFC 7396): what is left out stays as it is, null empties it, objects are merged."""

    name: bounds.Name | UnsetType | None = UNSET
    company: Line | UnsetType | None = UNSET
    phone: Phone | UnsetType | None = UNSET
    billing_address: AddressChange | UnsetType | None = UNSET
    preferences: PreferencesChange | UnsetType | None = UNSET


class Me(Member, frozen=True):
    """Who calls, with what they have set for themselves."""

    preferences: Preferences = Preferences()
    photo_url: str | None = None


class Membership(msgspec.Struct, frozen=True):
    """An account somebody is in, and as what."""

    account: Account
    role: Role
    suspended: Suspended | None


class Memberships(msgspec.Struct, frozen=True):
    """The first is the one a request works in that names none."""

    items: list[Membership]


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A further account: you are its owner."""

    name: bounds.Name
    kind: Kind = Kind.OFFICE


class AccountChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: bounds.Name | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET


LONGEST_KEPT_DAYS: Final = 3650
"""That may be chosen where whoever runs the service has no end for them."""
KeepDays = Annotated[int, msgspec.Meta(ge=1, le=LONGEST_KEPT_DAYS)]


class KeptDays(msgspec.Struct, frozen=True):
    """``days``: after how many something goes by itself; null for never. ``chosen``: what the account wants; null where it leaves that to
    the service. ``least``, ``most``: what it may choose.
    """

    days: int | None
    chosen: int | None
    least: int
    most: int


class Retention(msgspec.Struct, frozen=True):
    """How long things are kept: ``photos`` with everything that was made of them; ``results``: finished, failed and canceled stagings with
    their pictures; ``uploads``: files that were announced and never completed. ``in_force_from``: nothing that was chosen last is in force
    before; null where it is.
    """

    photos: KeptDays
    results: KeptDays
    uploads: KeptDays
    in_force_from: datetime | None


class RetentionChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is; null leaves it to the service."""

    photos_days: KeepDays | UnsetType | None = UNSET
    results_days: KeepDays | UnsetType | None = UNSET
    uploads_days: KeepDays | UnsetType | None = UNSET


class AccountState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether an account is suspended: nothing in it runs, and nobody gets in."""

    suspended: bool


class AccountDetails(msgspec.Struct, frozen=True):
    """``seats_used``: members who may work, which is what is counted for billing. ``seats_limit``: members and open invitations that the
    plan holds.
    """

    id: UUID
    name: str
    kind: Kind
    created_at: datetime
    seats_used: int
    seats_limit: int


class Colleague(msgspec.Struct, frozen=True):
    """A member as those who manage the account see them. ``since``: when they came into it."""

    id: UUID
    name: str
    email: str
    role: Role
    suspended: bool
    since: datetime
    monthly_limit_usd: Decimal | None


class Colleagues(msgspec.Struct, frozen=True):
    """The members of an account, the first to come first."""

    items: list[Colleague]


class MemberChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is. ``monthly_limit_usd``: what their stagings may cost in a month, within the account's budget; null for
    no limit of their own.
    """

    role: Role | UnsetType = UNSET
    suspended: bool | UnsetType = UNSET
    monthly_limit_usd: bounds.Dollars | UnsetType | None = UNSET


class Transfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to own the account."""

    member_id: UUID


class Contact(msgspec.Struct, frozen=True):
    """How a member is called, and where mail reaches them."""

    name: str
    email: str
