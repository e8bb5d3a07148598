"""The client, to be awaited. Written by `scripts/sdk_models` from `_sync.py`: not to be changed by hand."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx2
import msgspec

from realstaging_sdk import _steps, _waiting, errors, models
from realstaging_sdk._steps import TRIES, Call, Listen, Parser, Patience, Send, Sleep, Steps
from realstaging_sdk._sync import Format, Id, bearer

T = TypeVar("T")


class AsyncRealStaging:
    """Speaks to a service at ``url`` as whoever has the API ``key``, or the ``token`` of a sign-in (or a function that gives one).

    ``account``: the id of the account to work in, where there are several. ``timeout``: seconds of silence within one
    answer or upload, of which there are at most ``tries`` for one request. Close it, or use it in an
    ``async with`` block. It belongs to one event loop.
    """

    def __init__(
        self,
        url: str,
        *,
        key: str | None = None,
        token: str | Callable[[], str] | None = None,
        account: Id | None = None,
        timeout: float = 30.0,
        tries: int = TRIES,
    ) -> None:
        self._bearer = bearer(key, token)
        self._tries, self._timeout = tries, timeout
        self._account = {} if account is None else {"Real-Staging-Account": str(account)}
        self._api = httpx2.AsyncClient(base_url=f"{url.rstrip('/')}/api/v1/", timeout=timeout)
        self._files = httpx2.AsyncClient(timeout=timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._api.aclose()
        await self._files.aclose()

    # ---- who, what

    async def me(self) -> models.Me:
        """Who you are, and the account you work in."""
        return await self._call(_steps.get("me", models.Me))

    async def usage(self) -> models.Usage:
        """What the account has, has held and has spent."""
        return await self._call(_steps.get("usage", models.Usage))

    # ---- projects and photos

    async def create_project(self, name: str, *, idempotency_key: str | None = None) -> models.Project:
        return await self._call(_steps.post("projects", models.Project, {"name": name}, idempotency_key))

    async def project(self, project_id: Id) -> models.Project:
        return await self._call(_steps.get(f"projects/{project_id}", models.Project))

    def projects(self, *, archived: bool = False, search: str = "") -> AsyncIterator[models.Project]:
        """The account's, newest first: those that were put away where ``archived``, else those that were not.

        With ``search``, only those that have it in their name.
        """
        return self._pages("projects", models.ProjectPage, {"archived": archived, "search": search})

    async def delete_project(self, project_id: Id) -> None:
        """With its photos and stagings."""
        await self._call(_steps.delete(f"projects/{project_id}"))

    async def upload(
        self,
        project_id: Id,
        photo: Path | str | bytes,
        *,
        name: str | None = None,
        idempotency_key: str | None = None,
    ) -> models.Photo:
        """A file (or its bytes) as a photo of the project. PhotoRefused where it is none that can be used."""
        return await self._run(_steps.upload(project_id, photo, name, idempotency_key))

    async def photo(self, photo_id: Id) -> models.Photo:
        return await self._call(_steps.get(f"photos/{photo_id}", models.Photo))

    def photos(self, project_id: Id) -> AsyncIterator[models.Photo]:
        """All of a project, in the order in which they were chosen."""
        return self._pages(f"projects/{project_id}/photos", models.PhotoPage)

    async def delete_photo(self, photo_id: Id) -> None:
        """With its stagings."""
        await self._call(_steps.delete(f"photos/{photo_id}"))

    # ---- stagings

    async def stage(
        self,
        photo_id: Id,
        *,
        room_type: models.RoomTypeValue,
        style: str,
        idempotency_key: str | None = None,
        **more: Any,
    ) -> models.Staging:
        """Have a photo furnished. ``more``: ``seed``, ``engine``, ``instructions``, ``insist``, … StagingFailed where it is refused.

        Asked again under the same ``idempotency_key``, by whichever program, it is the same staging, and paid once.
        """
        item = {"photo_id": str(photo_id), "room_type": room_type, "styles": [style], **more}
        stagings = await self._run(_steps.stage(item, idempotency_key))
        return stagings[0]

    async def stage_in(
        self,
        photo_id: Id,
        *,
        room_type: models.RoomTypeValue,
        styles: Sequence[str],
        idempotency_key: str | None = None,
        **more: Any,
    ) -> list[models.Staging]:
        """The same in several styles at once."""
        item = {"photo_id": str(photo_id), "room_type": room_type, "styles": list(styles), **more}
        return await self._run(_steps.stage(item, idempotency_key))

    async def staging(self, staging_id: Id) -> models.Staging:
        return await self._call(_steps.get(f"stagings/{staging_id}", models.Staging))

    async def wait(self, staging_id: Id, *, timeout: float = 900.0) -> models.Staging:
        """Until it is ready. StagingFailed where it ends without a picture, TookTooLong after so many seconds.

        While the service cannot be reached or fails it goes on waiting: what the last look met is raised after so many seconds.
        """
        stagings = await self._run(_waiting.wait([staging_id], timeout))
        return _waiting.ready(stagings[0])

    async def wait_for_all(self, staging_ids: Sequence[Id], *, timeout: float = 3600.0) -> list[models.Staging]:
        """Until all are over, however they end, in the order given. What is raised has those that are in ``over``."""
        return await self._run(_waiting.wait(staging_ids, timeout))

    async def retry(self, staging_id: Id, *, idempotency_key: str | None = None) -> models.Staging:
        """Try a failed or canceled staging again."""
        return await self._call(_steps.post(f"stagings/{staging_id}/retry", models.Staging, None, idempotency_key))

    async def cancel(self, staging_id: Id) -> models.Staging:
        return await self._call(_steps.post(f"stagings/{staging_id}/cancel", models.Staging))

    async def delete_staging(self, staging_id: Id) -> None:
        await self._call(_steps.delete(f"stagings/{staging_id}"))

    async def download(self, staging_id: Id, target: Path | str, *, format: Format = "jpg") -> Path:
        """The picture as a file: ``jpg`` or ``png`` of the photo's size, ``mls`` for listing services. It is there whole, or not at all."""
        path = Path(target)
        part = _steps.part_of(path)

        async def fetch() -> httpx2.Response:
            # By a new link each time: the one before may be over.
            links = await self._call(_steps.get(f"stagings/{staging_id}/links", models.Links))
            async with self._files.stream("GET", getattr(links, format)) as answer:
                if not answer.is_success:
                    await answer.aread()
                    return answer
                with part.open("wb") as file:
                    async for piece in answer.aiter_bytes():
                        file.write(piece)
            return answer

        try:
            _, answer = await self._persist(fetch, Patience(self._tries, at_store=True))
            if not answer.is_success:
                raise errors.of_answer(answer.status_code, answer.content)
            return part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    # ---- webhooks

    async def webhook_endpoints(self) -> list[models.WebhookEndpoint]:
        answer = await self._call(_steps.get("webhook-endpoints", models.WebhookEndpoints))
        return answer.items

    async def create_webhook_endpoint(
        self,
        url: str,
        *,
        events: Sequence[str] | None = None,
        description: str = "",
        idempotency_key: str | None = None,
    ) -> models.WebhookEndpointWithSecret:
        """Have an https address of yours told what happens. The ``secret`` in the answer is told this once."""
        body = {"url": url, "description": description, **({} if events is None else {"events": list(events)})}
        return await self._call(
            _steps.post("webhook-endpoints", models.WebhookEndpointWithSecret, body, idempotency_key)
        )

    async def test_webhook_endpoint(self, endpoint_id: Id, type: str | None = None) -> models.WebhookDelivery:
        return await self._call(
            _steps.post(f"webhook-endpoints/{endpoint_id}/test", models.WebhookDelivery, {"type": type})
        )

    def webhook_deliveries(self, endpoint_id: Id) -> AsyncIterator[models.WebhookDelivery]:
        """What it was told in the last 30 days, newest first."""
        return self._pages(f"webhook-endpoints/{endpoint_id}/deliveries", models.WebhookDeliveryPage)

    async def replay_webhook_delivery(self, delivery_id: Id) -> models.WebhookDelivery:
        return await self._call(_steps.post(f"webhook-deliveries/{delivery_id}/replay", models.WebhookDelivery))

    async def delete_webhook_endpoint(self, endpoint_id: Id) -> None:
        await self._call(_steps.delete(f"webhook-endpoints/{endpoint_id}"))

    # ---- all else

    async def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        answer: Any = Any,
        idempotency_key: str | None = None,
        **query: Any,
    ) -> Any:
        """Ask for what has no method here: a path below /api/v1, answered as JSON, or as ``answer`` where a type is given."""
        method = method.upper()
        key = _steps.named(idempotency_key) if method == "POST" else idempotency_key
        return await self._call(Call(method, path, answer, body, query, key))

    # ---- the driver

    async def _run(self, steps: Steps[T]) -> T:
        """Do what a use case asks for, step by step."""
        given: Any = None
        failed: errors.RealStagingError | None = None
        while True:
            try:
                step = steps.send(given) if failed is None else steps.throw(failed)
            except StopIteration as end:
                result: T = end.value
                return result
            given, failed = None, None
            try:
                given = await self._step(step)
            except errors.RealStagingError as error:
                failed = error

    async def _step(self, step: _steps.Step) -> Any:
        match step:
            case Call():
                return await self._call(step)
            case Send():
                return await self._send(step)
            case Sleep():
                await asyncio.sleep(step.seconds)
                return None
            case Listen():
                return await self._listen(step)

    async def _pages(self, path: str, kind: type[Any], query: Mapping[str, Any] | None = None) -> AsyncIterator[Any]:
        asked = {**(query or {}), "limit": 100}
        while True:
            page = await self._call(_steps.get(path, kind, asked))
            for item in page.items:
                yield item
            if page.next_cursor is None:
                return
            asked["cursor"] = page.next_cursor

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._bearer()}", **self._account}

    async def _call(self, call: Call[T]) -> T:
        def ask() -> Awaitable[httpx2.Response]:
            headers = {**self._headers(), **call.headers()}
            return self._api.request(
                call.method, call.path, params=dict(call.query), content=call.content(), headers=headers
            )

        with _steps.under(call.key):
            tries, answer = await self._persist(ask, Patience(self._tries, call.until))
            if answer.is_success:
                return call.read(answer.content)
            error = errors.of_answer(answer.status_code, answer.content)
            if _steps.gone_already(call, tries, error):
                return call.read(b"")
            raise error

    async def _send(self, step: Send) -> None:
        def ask() -> Awaitable[httpx2.Response]:
            timeout = httpx2.Timeout(self._timeout, read=step.until_answer(self._timeout))
            headers = step.headers_with_length()
            return self._files.put(step.url, content=step.apieces(), headers=headers, timeout=timeout)

        _, answer = await self._persist(ask, Patience(self._tries, at_store=True))
        if not answer.is_success:
            raise errors.of_answer(answer.status_code, answer.content)

    async def _persist(
        self, ask: Callable[[], Awaitable[httpx2.Response]], patience: Patience
    ) -> tuple[int, httpx2.Response]:
        """The answer, and at which try it came."""
        tries = 0
        while True:
            tries += 1
            try:
                answer = await ask()
            except httpx2.RequestError as error:
                pause = patience.after_loss(tries)
                if pause is None:
                    raise errors.NotReached(f"The service could not be reached: {error}") from error
            else:
                pause = patience.after_answer(tries, answer.status_code, answer.headers.get("Retry-After"))
                if pause is None:
                    return tries, answer
            await asyncio.sleep(pause)

    async def _listen(self, step: Listen) -> None:
        headers = {**self._headers(), "Accept": "text/event-stream"}
        if step.last_id is not None:
            headers["Last-Event-ID"] = str(step.last_id)
        left = step.until - time.monotonic()
        timeout = httpx2.Timeout(10.0, read=max(0.1, min(_steps.SILENCE, left)))
        parser = Parser()
        with contextlib.suppress(httpx2.HTTPError, msgspec.MsgspecError):
            async with self._api.stream("GET", "events", headers=headers, timeout=timeout) as answer:
                if not answer.is_success:
                    return
                async for line in answer.aiter_lines():
                    event = parser.line(line)
                    if (event and step.hear(event)) or time.monotonic() >= step.until:
                        return
