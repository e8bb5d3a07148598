"""Use cases of upload links: make, take back; and what whoever has one may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import UUID

from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Account, Member, Permission, Role
from realstaging.domains.photos import service as photos
from realstaging.domains.photos import uploads
from realstaging.domains.photos.uploads import By, Uploads
from realstaging.domains.projects import service as projects
from realstaging.domains.upload_links import rules, store
from realstaging.domains.upload_links.errors import LinkFull, LinkSuspended, NoSuchLink, TooManyLinks
from realstaging.domains.upload_links.schemas import (
    Arrived,
    ArrivedFiles,
    Invitation,
    NewUploadLink,
    SendLimits,
    SentFiles,
    ShownUploadLink,
    UploadLink,
    UploadLinkPage,
    UploadLinks,
)
from realstaging.imaging.limits import MAX_PIXELS, MLS_LEAST
from realstaging.kit import bearer_texts, bounds, cursors
from realstaging.kit.errors import BadPhoto, NotFound
from realstaging.kit.ids import new_id
from realstaging.runtime import acting
from realstaging.runtime.acting import Actor, ActorKind
from realstaging.runtime.database import Connection
from realstaging.runtime.platform import Platform
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work, transaction

FORGOTTEN_AT_ONCE: Final = 1000


async def create(work: Work, caller: Member, project_id: UUID, asked: NewUploadLink) -> ShownUploadLink:
    """A link by which photos come into the project, shown this once. TooManyLinks."""
    await projects.keep(work, caller, project_id)
    await store.lock_project(work.connection, project_id)
    if len(await store.valid(work.connection, project_id, work.now, rules.MOST_LINKS)) >= rules.MOST_LINKS:
        raise TooManyLinks
    token = bearer_texts.new(rules.PREFIX)
    row = await store.insert(
        work.connection,
        store.NewRow(
            new_id(),
            caller.account.id,
            project_id,
            bearer_texts.digest(token),
            asked.name and asked.name.strip(),
            token[-bearer_texts.HINT :],
            asked.files,
            accounts.maker(caller),
            work.now + timedelta(days=asked.days),
        ),
    )
    work.record(
        caller.account.id, Action.UPLOAD_LINK_CREATED, row.id, name=row.name, project=project_id, files=asked.files
    )
    [link] = await _links(work.connection, [row])
    return ShownUploadLink(link, rules.address(work.platform.public_url, token))


async def listed(platform: Platform, caller: Member, project_id: UUID) -> UploadLinks:
    await projects.require(platform.database, caller, project_id)
    rows = await store.valid(platform.database, project_id, platform.clock(), rules.MOST_LINKS)
    return UploadLinks(await _links(platform.database, rows))


async def page(platform: Platform, caller: Member, cursor: str | None, limit: int) -> UploadLinkPage:
    """The valid links of all projects of the account, newest first."""
    after = cursors.decode(cursor)
    rows = await store.of_account(platform.database, caller.account.id, platform.clock(), after, limit + 1)
    items = await _links(platform.database, rows[:limit])
    return UploadLinkPage(items, cursors.encode(items[-1].id) if len(rows) > limit else None)


async def revoke(work: Work, caller: Member, project_id: UUID, link_id: UUID) -> None:
    """It takes nothing any more; what has come by it stays."""
    if not await store.revoke(work.connection, caller.account.id, project_id, link_id):
        raise NotFound("There is no such upload link, or it was taken back.")
    work.record(caller.account.id, Action.UPLOAD_LINK_REVOKED, link_id, project=project_id)


async def _links(connection: Connection, rows: Sequence[store.Row]) -> list[UploadLink]:
    makers = await accounts.makers(connection, [row.created_by for row in rows])
    return [_link(row, makers) for row in rows]


def _link(row: store.Row, makers: Mapping[str, str]) -> UploadLink:
    return UploadLink(
        row.id,
        row.project_id,
        row.project_name,
        row.name,
        row.ends_with,
        row.files,
        max(0, row.files - row.taken),
        row.created_at,
        makers[row.created_by],
        row.expires_at,
    )


async def open_with(platform: Platform, token: str) -> store.Opened:
    """What this link opens. NoSuchLink; no row is read for one that was mistyped."""
    digest = bearer_texts.digest(token)
    found = await store.opened(platform.database, digest, platform.clock()) if rules.is_whole(token) else None
    if found is None:
        raise NoSuchLink
    if found.suspended:
        raise LinkSuspended
    return found


async def invitation(platform: Platform, token: str) -> Invitation:
    link = await open_with(platform, token)
    left = max(0, link.files - link.taken)
    return Invitation(
        link.account_name,
        link.project_name,
        link.name,
        left,
        SendLimits(bounds.MOST_AT_ONCE, photos.MAX_BYTES, MAX_PIXELS, MLS_LEAST),
        link.expires_at,
    )


async def announce(platform: Platform, token: str, sent: SentFiles) -> Uploads:
    """An address for each file that may come, by the same rules and quotas as the account's own. LinkFull where they are more than
    the link takes.
    """
    link = await open_with(platform, token)
    sender = (sent.sender or link.name or "").strip()
    caller = _caller(link, sender)
    async with transaction(platform) as work:
        # After the account's quotas and the project, which what follows locks first (decision 62).
        answer = await uploads.announce(work, caller, link.project_id, sent.files, By(link.id, sender or None))
        taken = await store.lock(work.connection, link.id)
        if taken is None:
            raise NoSuchLink
        if taken > link.files:
            raise LinkFull
    return answer


async def complete(platform: Platform, token: str, upload_ids: Sequence[UUID]) -> ArrivedFiles:
    """Make photos of files that came by this link. One that is none gives its place back; one that could not be looked at now keeps it,
    and is there when it is asked for again.
    """
    link = await open_with(platform, token)
    caller = _caller(link, link.name or "")
    done = (await uploads.complete(platform, caller, link.project_id, upload_ids, link.id)).answer
    refused = [item.upload_id for item in done.items if item.error and item.error.code == BadPhoto.code]
    if refused:
        await uploads.refuse_uploads(platform, link.id, refused)
    left = 0
    with suppress(NoSuchLink):
        # It may have been taken back meanwhile; what has arrived has arrived.
        after = await open_with(platform, token)
        left = max(0, after.files - after.taken)
    return ArrivedFiles([Arrived(item.upload_id, item.error) for item in done.items], left)


def _caller(link: store.Opened, sender: str) -> Member:
    """Whoever has the link, as a member of its account who may upload and nothing else."""
    acting.by(Actor(ActorKind.LINK, link.id, sender or "upload link"))
    account = Account(link.account_id, link.account_name)
    return Member(link.id, "", sender, account, Role.MEMBER, None, (Permission.UPLOAD,))


async def forget(platform: Platform) -> None:
    """Forget links that ended long ago. Photos that came by one keep who sent them."""
    await store.forget(platform.database, platform.clock() - platform.kept_for.deleted, FORGOTTEN_AT_ONCE)
