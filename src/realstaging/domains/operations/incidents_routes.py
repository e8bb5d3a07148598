"""HTTP of incidents, for operators."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.operations import incidents
from realstaging.domains.operations.schemas import IncidentsTold, IncidentTold, NewIncident, NewIncidentReport
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import Work

TAGS = ["operator"]
OPERATE = needs(Permission.OPERATE)
CHANGE = needs(Permission.OPERATE, fresh=True)
# Operators see incidents that ended since then.
SEEN_FOR: Final = timedelta(days=366)


@get("/operator/incidents", tags=TAGS, opt=OPERATE)
async def get_incidents(platform: NamedDependency[Platform]) -> IncidentsTold:
    """Incidents that go on, and those that ended in the last year; the newest 50. Those of the file are not among them."""
    return IncidentsTold(await incidents.listed(platform.database, platform.clock() - SEEN_FOR))


@post("/operator/incidents", tags=TAGS, opt=CHANGE)
async def begin_incident(
    platform: NamedDependency[Platform],
    operator: NamedDependency[Member],
    data: JSONBody[NewIncident],
    idempotency_key: Key = None,
) -> Response[IncidentTold]:
    """Tell people at /status that something is wrong."""

    async def begin(work: Work) -> Answer:
        return Answer(await incidents.begin(work, operator, data))

    return await once(platform, Asked("POST /operator/incidents", operator.account.id, idempotency_key, data), begin)


@post("/operator/incidents/{incident_id:uuid}/reports", tags=TAGS, opt=CHANGE)
async def report_incident(
    platform: NamedDependency[Platform],
    operator: NamedDependency[Member],
    incident_id: FromPath[UUID],
    data: JSONBody[NewIncidentReport],
    idempotency_key: Key = None,
) -> Response[IncidentTold]:
    """Tell more of an incident, or that it is over."""

    async def tell(work: Work) -> Answer:
        return Answer(await incidents.tell(work, operator, incident_id, data))

    route = f"POST /operator/incidents/{incident_id}/reports"
    return await once(platform, Asked(route, operator.account.id, idempotency_key, data), tell)


ROUTES: Final[list[Any]] = [get_incidents, begin_incident, report_incident]
