"""What a process of the API holds for the platform that it serves. Routes are registered without it and find it at each request: an
application can serve one platform after another, and what was one's is gone with it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from realstaging.api import protection
from realstaging.api.access import Access
from realstaging.api.people import ENDING, People
from realstaging.api.rate_limits import Door
from realstaging.api.status import Status
from realstaging.kit.tasks import meanwhile
from realstaging.runtime import memory
from realstaging.runtime.ended_sessions import EndedSessions
from realstaging.runtime.events import Hub
from realstaging.runtime.identity import Identity
from realstaging.runtime.platform import Platform
from realstaging.settings import Settings
from realstaging.storage.local import LocalStorage
from realstaging.storage.local_http import files_app


class Running:
    """Who is let in, what is known of people and of ended sign-ins, who follows events, how things are."""

    def __init__(self, settings: Settings, platform: Platform) -> None:
        self.settings = settings
        self.platform = platform
        self.people = People()
        self.ended = EndedSessions(platform)
        self.identity = Identity(
            settings.oidc_issuer,
            settings.oidc_audience,
            former_issuer=settings.oidc_former_issuer,
            refuses=self.ended.refuses,
        )
        self.access = Access(settings, platform, self.identity, self.people)
        self.door = Door(settings, self.identity, self.people, self.access.bearer_of)
        self.status = Status(platform, settings.status_incidents)
        watchers = (self.people, self.ended, platform.switches)
        self.hub = Hub(platform.database, platform.wake_ups.redis, watchers=watchers, ending=ENDING)
        self.ended.told = self.hub.end_session
        self.page_policy = protection.page_policy(settings.oidc_issuer, platform.storage.origin)
        # Of another storage there are no links that lead here, and no route for them.
        if isinstance(platform.storage, LocalStorage):
            self.files = files_app(platform.storage, clock=platform.clock)

    @asynccontextmanager
    async def alive(self) -> AsyncIterator[None]:
        """It knows what rows say and hears what happens, for as long as the block lasts."""
        switches = self.platform.switches
        await self.ended.load()
        await switches.load()
        self.hub.start()
        memory.freeze()
        try:
            async with meanwhile(self.identity.keep_keys(), self.ended.keep(), switches.keep()):
                yield
        finally:
            await self.hub.close()
            await self.door.close()
