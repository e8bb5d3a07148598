"""One photo through a running service, as a program of a customer's sends it: uploaded, staged, downloaded, deleted.

It needs a key with the scopes read, upload, stage, download and edit; with a test key nothing is charged. A photo that got stuck on the way
is deleted, too; what that fails for is deleted by the service, of a test account's after 30 days.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import Coroutine
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeVar

import aiohttp
import msgspec

from realstaging.kit import bounded_answers
from realstaging.kit.errors import AppError
from realstaging.kit.ids import new_id

T = TypeVar("T")

PROJECT: Final = "Probe"
"""The project that every probe uses again."""
TIDYING: Final = 10.0
"""Seconds after the deadline in which a photo that got stuck is deleted."""
LOOK_AGAIN: Final = 1.0
"""Seconds between two looks at the staging."""
OVER: Final = frozenset({"ready", "failed", "canceled"})
JPEG: Final = b"\xff\xd8\xff"
LONGEST_REFUSAL: Final = 300
LARGEST_PICTURE: Final = 200_000_000


class Order(msgspec.Struct, frozen=True):
    """What is sent: the photo, what becomes of it, and how many seconds all of it may take."""

    photo: Path
    room: str
    style: str
    engine: str
    deadline: float


class Step(msgspec.Struct, frozen=True):
    name: str
    seconds: float


class Probed(msgspec.Struct, frozen=True):
    """The steps that were done; where one was not, which and why."""

    steps: list[Step]
    failed: str | None = None
    reason: str | None = None

    @property
    def well(self) -> bool:
        return self.failed is None


class _Refused(Exception):
    """The service did not do what it was asked for."""


async def probe(server: str, key: str, order: Order) -> Probed:
    """Never raises for what the service does: that is what is told."""
    return await _Probe(key, order).run(server)


class _Probe:
    """One walk through the service, with the time of each step."""

    def __init__(self, key: str, order: Order) -> None:
        self._headers = {"Authorization": f"Bearer {key}"}
        self._order = order
        self._steps: list[Step] = []
        self._at = ""
        self._left: str | None = None
        """The photo, as long as it is there."""

    async def run(self, server: str) -> Probed:
        base = server.rstrip("/") + "/api/v1/"
        try:
            patience = aiohttp.ClientTimeout(self._order.deadline)
            async with (
                aiohttp.ClientSession(base, headers=self._headers, timeout=patience) as api,
                aiohttp.ClientSession(timeout=patience) as files,
            ):
                try:
                    async with asyncio.timeout(self._order.deadline):
                        await self._walk(api, files)
                finally:
                    await self._tidied(api)
        except TimeoutError:
            return Probed(self._steps, self._at, f"not done within {self._order.deadline:g} seconds")
        except (_Refused, AppError, aiohttp.ClientError, OSError, LookupError, TypeError, ValueError) as error:
            return Probed(self._steps, self._at, str(error) or repr(error))
        return Probed(self._steps)

    async def _walk(self, api: aiohttp.ClientSession, files: aiohttp.ClientSession) -> None:
        project_id = await self._step("find the project", self._project(api))
        photo_id = self._left = await self._step("upload the photo", self._photo(api, files, project_id))
        staging_id = await self._step("stage it", self._staging(api, photo_id))
        await self._step("download the picture", self._picture(api, files, staging_id))
        await self._step("delete the photo", self._deleted(api, photo_id))

    async def _step(self, name: str, work: Coroutine[Any, Any, T]) -> T:
        self._at, began = name, time.monotonic()
        done = await work
        self._steps.append(Step(name, round(time.monotonic() - began, 3)))
        return done

    async def _project(self, api: aiohttp.ClientSession) -> str:
        found = await _ask(api, "GET", "projects", params={"search": PROJECT, "order": "name"})
        known = next((one["id"] for one in found["items"] if one["name"] == PROJECT), None)
        return str(known or (await _ask(api, "POST", "projects", json={"name": PROJECT}))["id"])

    async def _photo(self, api: aiohttp.ClientSession, files: aiohttp.ClientSession, project_id: str) -> str:
        data = await asyncio.to_thread(self._order.photo.read_bytes)
        name, digest = self._order.photo.name, hashlib.sha256(data).hexdigest()
        file = {"name": name, "size": len(data), "sha256": digest}
        announced = await _ask(api, "POST", "uploads", json={"project_id": project_id, "files": [file]})
        upload = _item(announced)
        async with files.request(upload["method"], upload["url"], headers=upload["headers"], data=data) as answer:
            await _well(answer)
        body = {"project_id": project_id, "upload_ids": [upload["upload_id"]]}
        return str(_item(await _ask(api, "POST", "photos", json=body))["photo"]["id"])

    async def _staging(self, api: aiohttp.ClientSession, photo_id: str) -> str:
        order = self._order
        item = {"photo_id": photo_id, "room_type": order.room, "styles": [order.style], "engine": order.engine}
        asked = _item(await _ask(api, "POST", "stagings", json={"items": [item]}))
        staging = asked["stagings"][0]
        while staging["state"] not in OVER:
            await asyncio.sleep(LOOK_AGAIN)
            staging = await _ask(api, "GET", f"stagings/{staging['id']}")
        if staging["state"] != "ready":
            raise _Refused((staging["error"] or {}).get("message") or f"the staging is {staging['state']}")
        return str(staging["id"])

    async def _picture(self, api: aiohttp.ClientSession, files: aiohttp.ClientSession, staging_id: str) -> None:
        links = await _ask(api, "GET", f"stagings/{staging_id}/links")
        await _downloaded(files, links["jpg"])

    async def _deleted(self, api: aiohttp.ClientSession, photo_id: str) -> None:
        await _ask(api, "DELETE", f"photos/{photo_id}")
        self._left = None

    async def _tidied(self, api: aiohttp.ClientSession) -> None:
        """A photo that got stuck on the way is not left there. Why it got stuck is what is told, and not that this failed as well."""
        if self._left is None:
            return
        with contextlib.suppress(_Refused, aiohttp.ClientError, OSError, TimeoutError):
            async with asyncio.timeout(TIDYING):
                await self._deleted(api, self._left)


async def _ask(api: aiohttp.ClientSession, method: str, path: str, **more: Any) -> Any:
    """What a route answers. What makes something has a key of its own, and is not sent again."""
    headers = {"Idempotency-Key": str(new_id())} if method == "POST" else {}
    async with api.request(method, path, headers=headers, **more) as answer:
        await _well(answer)
        return None if answer.status == HTTPStatus.NO_CONTENT else await bounded_answers.document(answer)


def _item(answer: Any) -> Any:
    """The one item of an answer for several."""
    item = answer["items"][0]
    if item.get("error"):
        raise _Refused(item["error"]["message"])
    return item


async def _well(answer: aiohttp.ClientResponse) -> None:
    if answer.ok:
        return
    told = (await bounded_answers.whole(answer, bounded_answers.LONGEST_DOCUMENT)).decode("utf-8", "replace")[
        :LONGEST_REFUSAL
    ]
    raise _Refused(f"{answer.method} {answer.url.path}: {answer.status} {told}")


async def _downloaded(files: aiohttp.ClientSession, url: str) -> None:
    """All of the picture came, and it is a JPEG."""
    async with files.get(url) as answer:
        await _well(answer)
        begin, size = b"", 0
        async for piece in answer.content.iter_chunked(1 << 16):
            begin, size = begin or piece[: len(JPEG)], size + len(piece)
            if size > LARGEST_PICTURE:
                raise _Refused(f"the picture has no end: {size} bytes so far")
        if begin != JPEG or size != (answer.content_length or size):
            raise _Refused(f"what came is no whole JPEG: {size} bytes of {answer.content_length}")
