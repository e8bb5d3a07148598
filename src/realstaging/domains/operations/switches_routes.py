"""HTTP of switches, for operators."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.operations import switching
from realstaging.domains.operations.schemas import SwitchChange, SwitchesNow, SwitchNow
from realstaging.kit import bounds
from realstaging.kit.errors import NotFound
from realstaging.runtime.platform import Platform
from realstaging.runtime.switches import Switch
from realstaging.runtime.work import transaction

TAGS = ["operator"]
OPERATE = needs(Permission.OPERATE)
CHANGE = needs(Permission.OPERATE, fresh=True)


@get("/operator/switches", tags=TAGS, opt=OPERATE)
async def get_switches(platform: NamedDependency[Platform]) -> SwitchesNow:
    """Parts of the service that can be closed for everybody: how each is set, by whom and when."""
    return await switching.now(platform)


@put("/operator/switches/{switch:str}", tags=TAGS, opt=CHANGE)
async def set_switch(
    platform: NamedDependency[Platform],
    operator: NamedDependency[Member],
    switch: Annotated[str, PathParameter(min_length=1, max_length=bounds.LONGEST_WORD, pattern=bounds.LINE)],
    data: JSONBody[SwitchChange],
) -> SwitchNow:
    """Switch a part of the service off or on. Who meets it while it is off is told so (403 `switched_off`)."""
    if switch not in set(Switch):
        raise NotFound(f"There is no such switch. There are: {', '.join(Switch)}.")
    async with transaction(platform) as work:
        return await switching.change(work, operator, Switch(switch), data)


ROUTES: Final[list[Any]] = [get_switches, set_switch]
