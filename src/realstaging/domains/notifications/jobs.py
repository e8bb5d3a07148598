"""What a worker does with a letter. The letter is written when it is sent, so that it says what is so by then."""

from __future__ import annotations

import random
from datetime import timedelta

import structlog

from realstaging.domains.notifications import pictures, rules, service, store
from realstaging.domains.notifications.letters import OPTIONAL
from realstaging.domains.notifications.payloads import Send
from realstaging.domains.notifications.rendering import Links, rendered
from realstaging.domains.notifications.store import Outcome, Waiting
from realstaging.domains.notifications.wording import Words, words
from realstaging.kit.errors import AppError
from realstaging.mail import addresses
from realstaging.mail.addresses import Mailbox
from realstaging.mail.answers import NotYet, Refused
from realstaging.mail.message import Content, Envelope, Picture, composed
from realstaging.mail.outgoing import Outgoing
from realstaging.runtime.jobs import Claim, Handler, by_kind
from realstaging.runtime.platform import Platform
from realstaging.runtime.telemetry import LETTERS
from realstaging.runtime.work import Work, transaction
from realstaging.storage import NoSuchFile

log = structlog.get_logger()

SETTINGS_PATH = "/settings/mail"
OUR_FAULT = "It could not be written or handed over; the job's error says why."


async def deliver(platform: Platform, job: Claim[Send]) -> None:
    """1 take the letter · 2 ask whether it may go · 3 write it · 4 hand it over · 5 write the outcome.

    Who dies between 4 and 5 hands it over once more, under the same Message-ID.
    """
    row = await store.waiting(platform.database, job.payload.letter_id, job.payload.turn)
    if row is None:
        return
    if kept_back := _kept_back(platform, row):
        await _end(platform, row, kept_back)
        return
    if await _waits_for_room(platform, row):
        return
    outgoing = platform.mail.outgoing
    assert outgoing is not None
    try:
        message = await _written(platform, outgoing, row)
        said = await outgoing.deliver(_wire(row), message)
    except Refused as refused:
        await _end(platform, row, Outcome("refused", str(refused)), nobody_there=refused.hard)
    except NotYet as trouble:
        await _put_off(platform, row, str(trouble))
    except AppError as trouble:
        if trouble.retry_after is None:
            raise
        await _put_off(platform, row, trouble.message)
    else:
        await _end(platform, row, Outcome("sent", said))


def _kept_back(platform: Platform, row: Waiting) -> Outcome | None:
    """Why the letter is not sent at all; None where it is."""
    if platform.mail.outgoing is None:
        return Outcome("unsent", service.NO_SERVER)
    if row.suppressed:
        return Outcome("suppressed", "Nothing is sent to this address any more: it bounced, or called a letter spam.")
    if row.unwanted and row.letter.kind in OPTIONAL:
        return Outcome("unwanted", "Letters of this kind were switched off for this address.")
    return None


async def _waits_for_room(platform: Platform, row: Waiting) -> bool:
    """Whether as many letters as may be have been sent lately; this one waits for its turn then."""
    now = platform.clock()
    to_address = await store.sent_to_address(
        platform.database, row.address_digest, now - rules.PER_ADDRESS, rules.MOST_TO_ADDRESS
    )
    of_account = await store.sent_of_account(
        platform.database, row.account_id, now - rules.PER_ACCOUNT, rules.MOST_OF_ACCOUNT
    )
    at = rules.room_at(now, to_address, of_account)
    if at is None:
        return False
    await _put_off(platform, row, "Too many letters to this address, or of this account.", (at - now).total_seconds())
    return True


def _wire(row: Waiting) -> str:
    """The address as servers take it; one that they do not was refused before it came here."""
    return addresses.reachable(row.letter.to.address) or row.letter.to.address


async def _written(platform: Platform, outgoing: Outgoing, row: Waiting) -> bytes:
    said = words(row.letter)
    unsubscribe = service.unsubscribe_url(platform, row.address_digest, row.letter.kind)
    home = platform.public_url.rstrip("/")
    shown = await _pictures(platform, said, outgoing.letterhead.sender.domain)
    cids = {key: picture.cid for key, picture in shown.items()}
    made = rendered(said, Links(home, f"{home}{SETTINGS_PATH}", unsubscribe), cids)
    envelope = Envelope(
        message_id=row.message_id,
        sent_at=row.created_at,
        sender=outgoing.letterhead.sender,
        recipient=Mailbox(rules.plain(row.letter.to.name, 60), _wire(row)),
        reply_to=outgoing.letterhead.reply_to,
        unsubscribe=unsubscribe,
        headers=outgoing.server.headers,
    )
    return composed(envelope, Content(said.subject, made.text, made.html, tuple(shown.values())))


async def _pictures(platform: Platform, said: Words, domain: str) -> dict[str, Picture]:
    """The pictures that are still there, by their keys."""
    shown: dict[str, Picture] = {}
    for number, picture in enumerate(said.pictures[: service.MOST_PICTURES], 1):
        try:
            data = await platform.storage.get(picture.key)
        except NoSuchFile:
            # Deleted since: then it is not for anybody's mailbox either.
            continue
        small = await platform.processes.run(pictures.small, data)
        shown[picture.key] = Picture(f"picture-{number}@{domain}", small)
    return shown


async def _end(platform: Platform, row: Waiting, outcome: Outcome, *, nobody_there: bool = False) -> None:
    async with transaction(platform) as work:
        ours = await store.end(work.connection, row.id, row.turn, outcome, platform.clock())
        if ours and nobody_there:
            await store.suppress(work.connection, row.address_digest, "bounce", "smtp")
    if ours:
        _tell(row, outcome)


async def _put_off(platform: Platform, row: Waiting, reason: str, seconds: float | None = None) -> None:
    """Try again later, in ``seconds`` or after a pause that grows; give up where that is too late."""
    now = platform.clock()
    after = rules.pause(row.turn, random.random())
    at = now + (after if seconds is None else timedelta(seconds=seconds))
    if rules.is_too_late(row.created_at, at):
        await _end(platform, row, Outcome("given_up", reason))
        return
    async with transaction(platform) as work:
        if await store.put_off(work.connection, row.id, row.turn, reason):
            work.enqueue(Send(row.id, row.turn + 1), run_at=at, account_id=row.account_id)
    log.warning("mail.put_off", letter=str(row.id), kind=row.letter.kind, turn=row.turn, reason=reason)
    LETTERS.labels(row.letter.kind, "put_off").inc()


def _tell(row: Waiting, outcome: Outcome) -> None:
    LETTERS.labels(row.letter.kind, outcome.state).inc()
    tell = log.info if outcome.state in {"sent", "unwanted"} else log.warning
    tell("mail.over", letter=str(row.id), kind=row.letter.kind, state=outcome.state, reason=outcome.reason)


async def bury(work: Work, job: Claim[Send], _error: str) -> None:
    """The job is given up: what it was for is over."""
    await store.end(work.connection, job.payload.letter_id, job.payload.turn, Outcome("given_up", OUR_FAULT), work.now)


HANDLERS = by_kind(Handler(Send, deliver, bury))
