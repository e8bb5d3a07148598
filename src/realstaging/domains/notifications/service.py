"""Use cases of letters: have one sent, say what one wants to be written to about, never write to an address again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

import structlog

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member
from realstaging.domains.notifications import rules, store
from realstaging.domains.notifications.errors import OldLink
from realstaging.domains.notifications.letters import (
    MOST_PICTURES,
    MOST_REASONS,
    OPTIONAL,
    AnyLetter,
    BatchReady,
    BudgetSpent,
    Erased,
    ErasureBegun,
    ExportReady,
    Invitation,
    MembersChanged,
    NewDevice,
    PaymentTrouble,
    Picture,
    Reason,
    Recipient,
    StagingFailed,
    WebhookDisabled,
)
from realstaging.domains.notifications.payloads import Send
from realstaging.domains.notifications.rules import Choice
from realstaging.domains.notifications.schemas import ChangedChoices, MailChoices, MailKind
from realstaging.domains.notifications.store import Kept
from realstaging.kit import addresses as hosts
from realstaging.kit.errors import Conflict
from realstaging.kit.ids import new_id
from realstaging.mail import addresses
from realstaging.mail.notices import Notice
from realstaging.runtime.database import Connection, in_parts
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import LETTERS, OLDEST_LETTER
from realstaging.runtime.work import Work

__all__ = [
    "MOST_PICTURES",
    "MOST_REASONS",
    "BatchReady",
    "BudgetSpent",
    "Erased",
    "ErasureBegun",
    "ExportReady",
    "Invitation",
    "Kept",
    "MembersChanged",
    "NewDevice",
    "PaymentTrouble",
    "Picture",
    "Reason",
    "Recipient",
    "StagingFailed",
    "WebhookDisabled",
    "send",
]

log = structlog.get_logger()

FORGOTTEN_AT_ONCE: Final = 1000
NO_SERVER: Final = "MAIL_URL is not set: nothing is sent."
NO_JOB: Final = "Its job is gone."
UNREACHABLE: Final = "No mail can go to this address."


async def send(work: Work, letter: AnyLetter) -> bool:
    """Have a letter sent once ``work`` is committed: once, however often it is asked for by its key. Whether this was the first time.

    Whether it arrives is told by nobody; how far it came is in the outbox (`realstaging operate mail list`).
    """
    _check(letter)
    mail = work.platform.mail
    state, reason = "waiting", None
    if addresses.reachable(letter.to.address) is None:
        state, reason = "refused", UNREACHABLE
    elif mail.outgoing is None:
        state, reason = "unsent", NO_SERVER
    letter_id = new_id()
    domain = mail.outgoing.letterhead.sender.domain if mail.outgoing else hosts.host(work.platform.public_url)
    row = store.NewRow(
        letter_id,
        letter.account_id,
        letter.kind,
        letter.key,
        addresses.digest(letter.to.address),
        letter,
        f"<{letter_id}@{domain}>",
        state,
        reason,
        work.now,
    )
    if not await store.insert(work.connection, row):
        return False
    if state == "waiting":
        work.enqueue(Send(letter_id), account_id=letter.account_id)
    else:
        LETTERS.labels(letter.kind, state).inc()
        log.warning("mail.not_sent", letter=str(letter_id), kind=letter.kind, reason=reason)
    return True


def _check(letter: AnyLetter) -> None:
    """Only what the code itself got wrong is refused here."""
    path = letter.path
    if not path.startswith("/") or path.startswith("//") or any(sign in path for sign in '\\ \r\n\t"<>'):
        raise ValueError(f"A letter leads to a path of ours, and {path!r} is none.")


async def choices(platform: Platform, caller: Member) -> MailChoices:
    """What the caller is written to about."""
    digest = addresses.digest(await _address(platform.database, caller))
    off = await store.unwanted(platform.database, digest)
    kinds = [MailKind(kind, title, kind not in off) for kind, title in OPTIONAL.items()]
    return MailChoices(caller.email, kinds, await store.suppressed(platform.database, digest))


async def change(work: Work, caller: Member, asked: ChangedChoices) -> None:
    """Change the choices that are named."""
    address = await _address(work.connection, caller)
    if not address:
        raise Conflict(
            "Your sign-in tells no e-mail address, or none that is confirmed to be yours, so nothing is sent to you. Confirm it where you sign in."
        )
    named = {kind: wanted for kind in OPTIONAL if (wanted := getattr(asked, kind)) is not None}
    await store.choose(work.connection, addresses.digest(address), list(named), list(named.values()))


async def _address(connection: Connection, caller: Member) -> str:
    """Where the caller is written to; empty where their issuer has not seen that the address is theirs, so that nobody chooses for others."""
    return await accounts.address_of(connection, caller.person_id) if caller.person_id else ""


def unsubscribe_url(platform: Platform, digest: bytes, kind: str) -> str | None:
    """The address that one click switches this kind off at; None for kinds that are needed."""
    if kind not in OPTIONAL:
        return None
    token = rules.sealed(Choice(digest, kind), platform.keys.keys(rules.PURPOSE))
    return f"{platform.public_url.rstrip('/')}/api/v1/mail/unsubscribe?token={token}"


def choice_of(platform: Platform, token: str) -> Choice:
    """What a link of a letter is about. OldLink where it cannot be read."""
    choice = rules.opened(token, platform.keys.keys(rules.PURPOSE))
    if choice is None:
        raise OldLink
    return choice


async def unsubscribe(work: Work, token: str) -> str:
    """Switch off what a link is about; the title of that."""
    choice = choice_of(work.platform, token)
    await store.choose(work.connection, choice.digest, [choice.kind], [False])
    return OPTIONAL[choice.kind]


def title_of(platform: Platform, token: str) -> str:
    """What a link is about, in words."""
    return OPTIONAL[choice_of(platform, token).kind]


async def take(work: Work, provider: str, notices: Iterable[Notice]) -> None:
    """What a provider told: nobody is at an address, or somebody called a letter spam."""
    for notice in sorted(notices, key=lambda one: addresses.digest(one.address)):
        if await store.suppress(work.connection, addresses.digest(notice.address), notice.reason, provider):
            log.warning("mail.suppressed", reason=notice.reason, told_by=provider)


async def lift(work: Work, address: str) -> bool:
    """Write to an address again that had been given up: its owner asked for it. Whether it had been."""
    return await store.lift(work.connection, addresses.digest(address))


async def newest(platform: Platform, most: int) -> list[Kept]:
    """The outbox, newest first."""
    return await store.newest(platform.database, most)


async def look_after(platform: Platform) -> None:
    """Forget letters that were over long ago, end those that no job will end any more, and tell how long the oldest has waited."""
    now = platform.clock()
    lost = await store.give_up_before(platform.database, now - rules.LOST_AFTER, NO_JOB, now, FORGOTTEN_AT_ONCE)
    if lost:
        log.error("mail.left_behind", letters=lost)
    age = await store.oldest_waiting(platform.database)
    OLDEST_LETTER.set(age.total_seconds() if age else 0)
    before = now - platform.kept_for.letters
    await in_parts(partial(store.forget, platform.database, before), FORGOTTEN_AT_ONCE)
