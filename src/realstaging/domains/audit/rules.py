"""Decisions about the audit trail. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from realstaging.domains.audit.schemas import AuditEntry
from realstaging.kit import tables
from realstaging.kit.errors import InvalidInput

MOST_EXPORTED: Final = 50_000
"""Entries in one file: some 20 MB."""
HEAD: Final = ("time", "action", "subject", "who", "who_id", "who_name", "address", "device", "details", "id")


def moment(text: str | None) -> datetime | None:
    """A day or a moment; without a zone it is one of UTC. InvalidInput where the calendar has none such."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput(f"{text} is neither a day, as 2026-11-26, nor a moment, as 2026-11-26T08:00:00Z.") from error
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def lines(entries: Sequence[AuditEntry]) -> bytes:
    """A JSON object on a line each."""
    return msgspec.json.Encoder().encode_lines(entries)


def table(entries: Sequence[AuditEntry], *, head: bool = False) -> bytes:
    """Rows of CSV (RFC 4180); no cell of them is a formula to a spreadsheet."""
    return tables.table([*([HEAD] if head else []), *(_row(entry) for entry in entries)])


def _row(entry: AuditEntry) -> tuple[str, ...]:
    return (
        entry.created_at.isoformat(),
        entry.action,
        entry.subject or "",
        entry.who.kind,
        str(entry.who.id or ""),
        entry.who.name,
        entry.address,
        entry.device,
        msgspec.json.encode(entry.details).decode(),
        str(entry.id),
    )
