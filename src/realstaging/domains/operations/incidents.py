"""Use cases of incidents: operators write what happened, tell more of it, and end it; everybody reads it at /status.

What was told stays told: nothing is changed or taken back, more is told instead. So two who write at once never undo each other's words.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from realstaging.domains.accounts.service import Member
from realstaging.domains.operations import incidents_store as store
from realstaging.domains.operations.incidents_store import IncidentRow, ReportRow
from realstaging.domains.operations.schemas import (
    IncidentReport,
    IncidentTold,
    NewIncident,
    NewIncidentReport,
)
from realstaging.kit.errors import Conflict, InvalidInput, NotFound
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work

MOST_INCIDENTS_SHOWN: Final = 50
MOST_GO_ON: Final = 20
"""Incidents at once: who has so many ends some."""
MOST_REPORTS: Final = 100
"""Of one incident."""
SHOWN_FOR: Final = timedelta(days=90)
"""To people, after it ended; operators see a year."""


async def listed(connection: Connection, since: datetime) -> list[IncidentTold]:
    """Those that go on, and those that ended since then, with all that was told of them."""
    rows = await store.since(connection, since, MOST_INCIDENTS_SHOWN)
    told = await store.reports(connection, [row.id for row in rows], MOST_INCIDENTS_SHOWN * MOST_REPORTS)
    return [_told(row, [report for report in told if report.incident_id == row.id]) for row in rows]


def _told(row: IncidentRow, reports: list[ReportRow]) -> IncidentTold:
    return IncidentTold(
        row.id,
        row.title,
        row.began_at,
        row.ended_at,
        [IncidentReport(report.id, report.text, report.author, report.written_at) for report in reports],
    )


async def begin(work: Work, operator: Member, new: NewIncident) -> IncidentTold:
    """Tell people of something that happens. InvalidInput where it is to begin later; Conflict where too many go on."""
    began_at = new.began_at or work.now
    if began_at > work.now:
        raise InvalidInput("An incident can't begin in the future. Leave `began_at` out for now.")
    if await store.how_many_go_on(work.connection) >= MOST_GO_ON:
        raise Conflict(f"{MOST_GO_ON} incidents go on already. End one first.")
    row = IncidentRow(new_id(), new.title, began_at, None)
    report = ReportRow(new_id(), row.id, new.text, _name(operator), work.now)
    await store.insert(work.connection, row)
    await store.report(work.connection, report)
    work.record(None, Action.INCIDENT_BEGUN, row.id, title=new.title)
    return _told(row, [report])


async def tell(work: Work, operator: Member, incident_id: UUID, new: NewIncidentReport) -> IncidentTold:
    """Tell more of an incident, and that it is over where it is. Conflict where it was ended before."""
    row = await store.lock(work.connection, incident_id)
    if row is None:
        raise NotFound("There is no such incident.")
    if row.ended_at:
        raise Conflict("This incident has ended. Write a new one if it happens again.")
    if await store.how_many_reports(work.connection, incident_id) >= MOST_REPORTS:
        raise Conflict(f"{MOST_REPORTS} reports were written of this incident. Begin another one.")
    await store.report(work.connection, ReportRow(new_id(), row.id, new.text, _name(operator), work.now))
    if new.ends:
        await store.end(work.connection, row.id, work.now)
    work.record(None, Action.INCIDENT_ENDED if new.ends else Action.INCIDENT_REPORTED, row.id, title=row.title)
    now = await store.lock(work.connection, incident_id)
    return _told(now or row, await store.reports(work.connection, [row.id], MOST_REPORTS))


def _name(operator: Member) -> str:
    return operator.email or str(operator.id)
