"""Decisions about the audit trail. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from realstaging.domains.audit.schemas import AuditEntry
from realstaging.kit.errors import InvalidInput

MOST_EXPORTED: Final = 50_000
"""Entries in one file: some 20 MB."""
HEAD: Final = ("time", "action", "subject", "who", "who_id", "who_name", "address", "device", "details", "id")
# Spreadsheets take a cell that begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


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
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if head:
        writer.writerow(HEAD)
    writer.writerows([cell(one) for one in _row(entry)] for entry in entries)
    return text.getvalue().encode()


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


def cell(text: str) -> str:
    """A text as a cell of a table: one that a spreadsheet would compute is set behind an apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
