"""HTTP of what operators close and tell: switches and incidents."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.operations import incidents, switching
from realstaging.domains.operations.schemas import (
    IncidentsTold,
    IncidentTold,
    NewIncident,
    NewIncidentReport,
    SwitchChange,
    SwitchesNow,
    SwitchNow,
)
from realstaging.kit import bounds
from realstaging.kit.errors import NotFound
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.switches import Switch
from realstaging.runtime.work import Work, transaction

TAGS = ["operator"]
OPERATE = needs(Permission.OPERATE)
# Operators see incidents that ended since then.
SEEN_FOR: Final = timedelta(days=366)


@get("/operator/switches", tags=TAGS, opt=OPERATE)
async def get_switches(platform: NamedDependency[Platform]) -> SwitchesNow:
    """Parts of the service that can be closed for everybody: how each is set, by whom and when."""
    return await switching.now(platform)


@put("/operator/switches/{switch:str}", tags=TAGS, opt=OPERATE)
async def set_switch(
    platform: NamedDependency[Platform],
    operator: NamedDependency[Member],
    switch: Annotated[str, PathParameter(min_length=1, max_length=bounds.LONGEST_WORD)],
    data: JSONBody[SwitchChange],
) -> SwitchNow:
    """Switch a part of the service off or on. Who meets it while it is off is told so (403 `switched_off`)."""
    if switch not in set(Switch):
        raise NotFound(f"There is no such switch. There are: {', '.join(Switch)}.")
    async with transaction(platform) as work:
        return await switching.change(work, operator, Switch(switch), data)


@get("/operator/incidents", tags=TAGS, opt=OPERATE)
async def get_incidents(platform: NamedDependency[Platform]) -> IncidentsTold:
    """Incidents that go on, and those that ended in the last year; the newest 50. Those of the file are not among them."""
    return IncidentsTold(await incidents.listed(platform.database, platform.clock() - SEEN_FOR))


@post("/operator/incidents", tags=TAGS, opt=OPERATE)
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


@post("/operator/incidents/{incident_id:uuid}/reports", tags=TAGS, opt=OPERATE)
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


ROUTES: Final[list[Any]] = [get_switches, set_switch, get_incidents, begin_incident, report_incident]
