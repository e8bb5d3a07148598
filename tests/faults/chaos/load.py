"""A steady closed loop: some who look around, some who upload photos and have them staged, each going on when it has been answered.

They do what a browser does: what is not answered, or by a 5xx, is asked again with the same Idempotency-Key until it is.
"""

import asyncio
import hashlib
from collections import Counter
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import uuid4

import aiohttp

from harness.service import AUDIENCE, room
from realstaging.sandbox import oidc

READERS = 4
AGENTS = 2
# Seconds between two things that somebody does.
LOOKING = 0.5
WORKING = 3.0
# Seconds for one answer, and for all that was begun to be answered once nothing fails any more.
PATIENCE = 20.0
ENDING = 180.0
PATHS = ("me", "projects", "projects/{project}", "projects/{project}/gallery", "usage")


class Load:
    def __init__(self, deployment):
        self._deployment = deployment
        self.statuses = Counter()
        self.refused = []
        self.photos, self.stagings = [], []
        self._over = asyncio.Event()
        self.began = 0

    @asynccontextmanager
    async def going_on(self):
        """For as long as the block lasts; then who has begun something ends it."""
        token = oidc.mint_token(
            self._deployment.key_file,
            issuer=self._deployment.settings.oidc_issuer,
            audience=AUDIENCE,
            person=oidc.PEOPLE[0],
            lifetime=timedelta(hours=12),
        )
        timeout = aiohttp.ClientTimeout(PATIENCE)
        async with (
            aiohttp.ClientSession(
                f"{self._deployment.settings.public_url}/api/v1/",
                headers={"Authorization": f"Bearer {token}"},
                timeout=timeout,
            ) as self._api,
            aiohttp.ClientSession(timeout=timeout) as self._files,
        ):
            self.project = (await self._insist("POST", "projects", 201, json={"name": f"Chaos {uuid4()}"}))["id"]
            tasks = [asyncio.create_task(self._look_around(place)) for place in range(READERS)]
            tasks += [asyncio.create_task(self._work(place)) for place in range(AGENTS)]
            try:
                yield self
            finally:
                self._over.set()
                _, late = await asyncio.wait(tasks, timeout=ENDING)
                for task in late:
                    task.cancel()
                for result in await asyncio.gather(*tasks, return_exceptions=True):
                    if isinstance(result, BaseException):
                        self.refused.append(f"not ended: {result!r}")

    async def _look_around(self, place):
        while not self._over.is_set():
            path = PATHS[place % len(PATHS)].format(project=self.project)
            place += 1
            await self._asked("GET", path)
            await self._think(LOOKING)

    async def _work(self, place):
        while not self._over.is_set():
            self.began += 1
            photo = await self._photo(f"{place}-{self.began}.jpg")
            item = {
                "photo_id": photo,
                "room_type": "living_room",
                "styles": ["modern", "coastal"],
                "engine": "replicate",
            }
            answer = await self._insist("POST", "stagings", 201, json={"items": [item]})
            self.stagings += [one["id"] for one in answer["items"][0]["stagings"]]
            await self._think(WORKING)

    async def _photo(self, name):
        data = room(300, 200)
        file = {"name": name, "type": "image/jpeg", "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        while True:
            announced = await self._insist("POST", "uploads", 201, json={"project_id": self.project, "files": [file]})
            upload = announced["items"][0]
            while not await self._sent(upload, data):
                await asyncio.sleep(1)
            body = {"project_id": self.project, "upload_ids": [upload["upload_id"]]}
            # 207: of several photos some, or this one, did not arrive.
            answer = await self._insist("POST", "photos", 201, 207, json=body)
            item = answer["items"][0]
            if item.get("photo"):
                self.photos.append(item["photo"]["id"])
                return item["photo"]["id"]
            self.statuses[f"photo: {item['error']['code']}"] += 1
            await asyncio.sleep(1)

    async def _sent(self, upload, data):
        try:
            async with self._files.put(upload["url"], data=data, headers=upload["headers"]) as answer:
                self.statuses[f"file {answer.status}"] += 1
                return answer.ok
        except (aiohttp.ClientError, OSError, TimeoutError):
            self.statuses["file unanswered"] += 1
            return False

    async def _insist(self, method, path, *statuses, **more):
        """Ask until it is answered by one of them. AssertionError where it is refused for good."""
        headers = {"Idempotency-Key": str(uuid4())}
        while True:
            found, body = await self._asked(method, path, headers=headers, **more)
            if found in statuses:
                return body
            if found and found < 500 and found not in {401, 408, 409, 425, 429}:
                raise AssertionError(f"{method} {path}: {found} {body}")
            await asyncio.sleep(1)

    async def _asked(self, method, path, **more):
        try:
            async with self._api.request(method, path, **more) as answer:
                body = await answer.json(content_type=None)
                self.statuses[answer.status] += 1
                return answer.status, body
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            self.statuses["unanswered"] += 1
            return None, None

    async def _think(self, seconds):
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), seconds)
