"""What was asked for at once is told at once: one letter when the last of it is over, to who asked (docs/decisions/0098)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from realstaging.domains.accounts import service as accounts
from realstaging.domains.notifications import service as notifications
from realstaging.domains.notifications.service import BatchReady, Picture, Reason, Recipient, StagingFailed
from realstaging.domains.staging import batches_store, rules
from realstaging.kit.ids import made_at
from realstaging.runtime.work import Work

STAYS: Final = timedelta(minutes=2)
"""Who asked for one picture waits for it on the page about so long."""


async def tell(work: Work, staging_ids: Sequence[UUID]) -> None:
    """Write to who asked, where these were the last of their batches to end. The last thing but jobs and events in the transaction that
    ended them: batches are locked after money.
    """
    for batch_id in await batches_store.lock_batches(work.connection, staging_ids):
        letter = await _letter(work, batch_id)
        if letter:
            await notifications.send(work, letter)


async def _letter(work: Work, batch_id: UUID) -> BatchReady | StagingFailed | None:
    rows = await batches_store.of_batch(work.connection, batch_id)
    if not is_news(rows, made_at(batch_id), work.now):
        return None
    [first, *_] = shown = [row for row in rows if not row.gone]
    asked = first.requested_by and await accounts.contact(work.connection, first.account_id, first.requested_by)
    if not asked or not asked.email:
        return None
    return letter_of(shown, Recipient(asked.name, asked.email), f"batch:{batch_id}")


def is_news(rows: Sequence[batches_store.OfBatch], asked_at: datetime, now: datetime) -> bool:
    """Whether a batch is over, and who asked for it would not know. What they canceled or deleted themselves is no news."""
    shown = [row for row in rows if not row.gone]
    over = all(row.state in rules.FINAL for row in shown)
    told = [row for row in shown if row.state != "canceled"]
    if not over or not told:
        return False
    return len(shown) > 1 or told[0].state == "failed" or now - asked_at > STAYS


def letter_of(rows: Sequence[batches_store.OfBatch], to: Recipient, key: str) -> BatchReady | StagingFailed:
    """One failure alone is told as that; everything else as a batch, with its first pictures and reasons."""
    [first, *others] = rows
    failed = [row for row in rows if row.state == "failed"]
    path = f"/projects/{first.project_id}"
    reasons = [Reason(row.photo_name, row.error_message or "") for row in failed[: notifications.MOST_REASONS]]
    if failed and not others:
        return StagingFailed(
            to=to, key=key, account_id=first.account_id, project=first.project_name, path=path, reason=reasons[0]
        )
    ready = [row for row in rows if row.state == "ready"]
    made = len(ready) + sum(row.state == "withdrawn" for row in rows)
    return BatchReady(
        to=to,
        key=key,
        account_id=first.account_id,
        project=_named(rows),
        path=path,
        ready=made,
        failed=len(failed),
        canceled=len(rows) - made - len(failed),
        pictures=tuple(_picture(row) for row in ready[: notifications.MOST_PICTURES]),
        reasons=tuple(reasons),
    )


def _picture(row: batches_store.OfBatch) -> Picture:
    said = f"{row.photo_name}: {row.room_type}, {row.style}".replace("_", " ")
    return Picture(said, f"{row.result_key}/thumb.webp")


def _named(rows: Sequence[batches_store.OfBatch]) -> str:
    """What the pictures are of: a project, and how many others."""
    names = list(dict.fromkeys(row.project_name for row in rows))
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
