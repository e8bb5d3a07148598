"""Use cases of switches: operators see how each is set, and set it."""

from __future__ import annotations

from realstaging.domains.accounts.service import Member
from realstaging.domains.operations.schemas import SwitchChange, SwitchesNow, SwitchNow
from realstaging.runtime import switches
from realstaging.runtime.platform import Platform
from realstaging.runtime.switches import ABOUT, CLOSED, Setting, Switch
from realstaging.runtime.trail import Action
from realstaging.runtime.work import Work


async def now(platform: Platform) -> SwitchesNow:
    """All there are, by their rows; who set one and when, where somebody did."""
    found = {one.name: one for one in await switches.all_of_them(platform.database)}
    return SwitchesNow([_now(switch, found.get(switch)) for switch in Switch])


def _now(switch: Switch, found: Setting | None) -> SwitchNow:
    return SwitchNow(
        switch,
        ABOUT[switch],
        CLOSED[switch],
        found is None or found.is_on,
        found.words if found else "",
        found.author if found else None,
        found.set_at if found else None,
    )


async def change(work: Work, operator: Member, switch: Switch, wanted: SwitchChange) -> SwitchNow:
    """Switch a part of the service off or on, everywhere within a moment."""
    author = operator.email or str(operator.id)
    kept = await switches.put(work.connection, Setting(switch, wanted.on, wanted.words.strip(), author, work.now))
    work.tell(switches.KIND, kept)
    work.record(None, Action.SWITCH_CHANGED, switch, on=wanted.on, words=kept.words)
    return _now(switch, kept)
