"""People: what each does, one thing after the other, with time to think in between. Who is slow to be answered asks less: a closed loop."""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

import aiohttp
import msgspec

from benchmarks.load.site import Site
from benchmarks.load.tally import STORAGE, Tally
from harness.service import AUDIENCE
from realstaging.sandbox import oidc
from realstaging.sandbox.oidc import Person as Identity

THINK: Final = 20.0
"""Mean seconds between two things that somebody does; exponentially distributed."""
LONGEST: Final = 30.0
THUMBS: Final = 6
FILES: Final = 2
BATCH: Final = 3
HEAD: Final = b"\xff\xd8"
"""What a JPEG begins with (ITU-T T.81, B.1.1.3)."""
COMMENT: Final = b"\xff\xfe"
SIGN_IN, STREAM = "GET /me (sign-in)", "GET /events (until it begins)"


@dataclass
class Crowd:
    """What all of them share. ``tally`` is another one in each step."""

    site: Site
    http: aiohttp.ClientSession
    tally: Tally = field(default_factory=Tally)
    uploaded: int = 0
    asked_for: int = 0
    streams: int = 0
    told: int = 0
    """Events that came over the streams."""


@dataclass
class Person:
    """Somebody with an account of their own, in which a project waits."""

    crowd: Crowd
    number: int
    account: UUID | None = None
    project: UUID | None = None
    photos: list[str] = field(default_factory=list)
    stagings: list[str] = field(default_factory=list)
    has_credit: bool = False

    def __post_init__(self) -> None:
        self.rng = random.Random(self.number)
        site = self.crowd.site
        identity = Identity(f"load|{self.number}", f"Person {self.number}", f"person{self.number}@example.com", "Agent")
        token = oidc.mint_token(site.key_file, issuer=site.settings.oidc_issuer, audience=AUDIENCE, person=identity)
        high, low = divmod(self.number, 250)
        # As a proxy says where somebody comes from; addresses of RFC 2544's.
        self.headers = {"Authorization": f"Bearer {token}", "X-Forwarded-For": f"198.18.{high % 250}.{low + 1}"}

    async def sign_in(self) -> None:
        """The first question of the web app after the issuer has sent somebody back."""
        me = await self.ask(SIGN_IN, "GET", "me")
        if me:
            self.account = UUID(me["account"]["id"])

    async def live(self) -> None:
        """Until the task is cancelled."""
        streaming = asyncio.create_task(self._follow())
        try:
            while True:
                await asyncio.sleep(self.rng.expovariate(1 / THINK))
                await self._do_something()
        finally:
            streaming.cancel()

    async def _do_something(self) -> None:
        doings = [self._list, self._open, self._look, self._download, self._upload, self._order]
        [doing] = self.rng.choices(doings, (25, 45, 14, 10, 3, 3 if self.has_credit else 0))
        await doing()

    async def _list(self) -> None:
        await self.ask("GET /projects", "GET", "projects")

    async def _open(self) -> None:
        """A gallery, and the first pictures in it."""
        gallery = await self.ask("GET /projects/{}/gallery", "GET", f"projects/{self.project}/gallery")
        if not gallery:
            return
        self.photos = [photo["id"] for photo in gallery["photos"]]
        stagings = [staging for photo in gallery["photos"] for staging in photo["stagings"] if staging["urls"]]
        self.stagings = [staging["id"] for staging in stagings]
        shown = [staging["urls"]["thumb"] for staging in stagings[:THUMBS]]
        await asyncio.gather(*(self.fetch("GET picture", url) for url in shown))

    async def _look(self) -> None:
        if self.stagings:
            await self.ask("GET /stagings/{}", "GET", f"stagings/{self.rng.choice(self.stagings)}")

    async def _download(self) -> None:
        if not self.stagings:
            return
        chosen = self.rng.choice(self.stagings)
        links = await self.ask("GET /stagings/{}/links", "GET", f"stagings/{chosen}/links")
        if links:
            await self.fetch("GET download", links["jpg"])

    async def _upload(self) -> None:
        await self.upload(FILES)

    async def upload(self, count: int) -> list[str]:
        """Photos, each another one; the ids of those that arrived."""
        files = [self._photo() for _ in range(count)]
        announced = [
            {
                "name": f"{index}.jpg",
                "type": "image/jpeg",
                "size": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
            for index, data in enumerate(files)
        ]
        body = {"project_id": str(self.project), "files": announced}
        answer = await self.ask("POST /uploads", "POST", "uploads", json=body)
        uploads = [item for item in answer["items"] if item["url"]] if answer else []
        for upload, data in zip(uploads, files, strict=False):
            await self.fetch("PUT photo", upload["url"], data=data, headers=upload["headers"], method="PUT")
        body = {"project_id": str(self.project), "upload_ids": [upload["upload_id"] for upload in uploads]}
        answer = await self.ask("POST /photos", "POST", "photos", json=body) if uploads else None
        arrived = [item["photo"]["id"] for item in answer["items"] if item["photo"]] if answer else []
        self.crowd.uploaded += len(arrived)
        return arrived

    async def _order(self) -> None:
        if self.photos:
            await self.order(self.rng.sample(self.photos, min(BATCH, len(self.photos))))

    async def order(self, photos: list[str]) -> None:
        """A batch of stagings."""
        items = [
            {"photo_id": photo, "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
            for photo in photos
        ]
        if await self.ask("POST /stagings", "POST", "stagings", json={"items": items}):
            self.crowd.asked_for += len(photos)

    def _photo(self) -> bytes:
        """The room, with a comment that nobody else's has: the same file again would be taken for the same photo."""
        comment = self.rng.randbytes(16)
        photo: bytes = self.crowd.site.photo
        return HEAD + COMMENT + (len(comment) + 2).to_bytes(2) + comment + photo[len(HEAD) :]

    async def ask(self, route: str, method: str, path: str, **more: Any) -> Any:
        """The API. None where it did not answer as it should; who is told to wait does."""
        url = f"{self.crowd.site.settings.public_url}/api/v1/{path}"
        status, body, wait = await self._sent(route, method, url, headers=self.headers, **more)
        if wait:
            await asyncio.sleep(wait)
        return msgspec.json.decode(body) if status and status < 400 else None  # noqa: PLR2004 - errors begin there

    async def fetch(self, route: str, url: str, method: str = "GET", **more: Any) -> None:
        """A file in the bucket."""
        await self._sent(f"{STORAGE} {route}", method, url, **more)

    async def _sent(self, route: str, method: str, url: str, **more: Any) -> tuple[int, bytes, float]:
        began = time.perf_counter()
        try:
            async with self.crowd.http.request(method, url, **more) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self.crowd.tally.failed(route, type(error).__name__)
            return 0, b"", 0.0
        self.crowd.tally.answered(route, answer.status, (time.perf_counter() - began) * 1000)
        return answer.status, body, float(answer.headers.get("Retry-After", 0))

    async def _follow(self) -> None:
        """The page's event stream; opened again where it ends."""
        while True:
            try:
                await self._open_stream()
            except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
                self.crowd.tally.failed(STREAM, type(error).__name__)
            await asyncio.sleep(1)

    async def _open_stream(self) -> None:
        """And listen until it ends; who is turned away waits as they are told."""
        address = urlsplit(self.crowd.site.settings.public_url)
        head = f"GET /api/v1/events HTTP/1.1\r\nHost: {address.netloc}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in self.headers.items()) + "\r\n"
        began = time.perf_counter()
        # Small, as there are thousands: what comes are some lines a minute.
        reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=4096)
        try:
            writer.write(head.encode())
            async with asyncio.timeout(LONGEST):
                status, wait = status_of((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
                if status == HTTPStatus.OK:
                    await reader.readuntil(b"event: snapshot")
            self.crowd.tally.answered(STREAM, status, (time.perf_counter() - began) * 1000)
            if status == HTTPStatus.OK:
                await self._listen(reader)
        finally:
            writer.close()
        await asyncio.sleep(wait)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        self.crowd.streams += 1
        try:
            while line := await reader.readline():
                self.crowd.told += line.startswith(b"event: ")
        except ValueError:
            # A line longer than we keep: an event with many words. It was told all the same.
            self.crowd.told += 1
        finally:
            self.crowd.streams -= 1


def status_of(head: str) -> tuple[int, float]:
    """The status of an answer, and the seconds after which to come back (0: none were told), from its first lines."""
    status, *fields = head.splitlines()
    headers = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)}
    return int(status.split()[1]), float(headers.get("retry-after", 0))
