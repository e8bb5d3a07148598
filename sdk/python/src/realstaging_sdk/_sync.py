"""The client. `scripts/sdk_models` writes `_async.py` from it: what is sent, slept and heard here is awaited there."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar
from uuid import UUID

import httpx2
import msgspec

from realstaging_sdk import _steps, _waiting, errors, models
from realstaging_sdk._steps import TRIES, Call, Listen, Parser, Patience, Send, Sleep, Steps

T = TypeVar("T")
Format = Literal["jpg", "png", "mls"]
Id = UUID | str


class RealStaging:
    """Speaks to a service at ``url`` as whoever has the API ``key``, or the ``token`` of a sign-in (or a function that gives one).

    ``account``: the id of the account to work in, where there are several. ``timeout``: seconds of silence within one
    answer or upload, of which there are at most ``tries`` for one request. Close it, or use it in a
    ``with`` block. It may be used by several threads.
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
        self._api = httpx2.Client(base_url=f"{url.rstrip('/')}/api/v1/", timeout=timeout)
        self._files = httpx2.Client(timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._api.close()
        self._files.close()

    # ---- who, what

    def me(self) -> models.Me:
        """Who you are, and the account you work in."""
        return self._call(_steps.get("me", models.Me))

    def usage(self) -> models.Usage:
        """What the account has, has held and has spent."""
        return self._call(_steps.get("usage", models.Usage))

    # ---- projects and photos

    def create_project(self, name: str, *, idempotency_key: str | None = None) -> models.Project:
        return self._call(_steps.post("projects", models.Project, {"name": name}, idempotency_key))

    def project(self, project_id: Id) -> models.Project:
        return self._call(_steps.get(f"projects/{project_id}", models.Project))

    def projects(self, *, archived: bool = False, search: str = "") -> Iterator[models.Project]:
        """The account's, newest first: those that were put away where ``archived``, else those that were not.

        With ``search``, only those that have it in their name.
        """
        return self._pages("projects", models.ProjectPage, {"archived": archived, "search": search})

    def delete_project(self, project_id: Id) -> None:
        """With its photos and stagings."""
        self._call(_steps.delete(f"projects/{project_id}"))

    def upload(
        self,
        project_id: Id,
        photo: Path | str | bytes,
        *,
        name: str | None = None,
        idempotency_key: str | None = None,
    ) -> models.Photo:
        """A file (or its bytes) as a photo of the project. PhotoRefused where it is none that can be used."""
        return self._run(_steps.upload(project_id, photo, name, idempotency_key))

    def photo(self, photo_id: Id) -> models.Photo:
        return self._call(_steps.get(f"photos/{photo_id}", models.Photo))

    def photos(self, project_id: Id) -> Iterator[models.Photo]:
        """All of a project, in the order in which they were chosen."""
        return self._pages(f"projects/{project_id}/photos", models.PhotoPage)

    def delete_photo(self, photo_id: Id) -> None:
        """With its stagings."""
        self._call(_steps.delete(f"photos/{photo_id}"))

    # ---- stagings

    def stage(
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
        stagings = self._run(_steps.stage(item, idempotency_key))
        return stagings[0]

    def stage_in(
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
        return self._run(_steps.stage(item, idempotency_key))

    def staging(self, staging_id: Id) -> models.Staging:
        return self._call(_steps.get(f"stagings/{staging_id}", models.Staging))

    def wait(self, staging_id: Id, *, timeout: float = 900.0) -> models.Staging:
        """Until it is ready. StagingFailed where it ends without a picture, TookTooLong after so many seconds.

        While the service cannot be reached or fails it goes on waiting: what the last look met is raised after so many seconds.
        """
        stagings = self._run(_waiting.wait([staging_id], timeout))
        return _waiting.ready(stagings[0])

    def wait_for_all(self, staging_ids: Sequence[Id], *, timeout: float = 3600.0) -> list[models.Staging]:
        """Until all are over, however they end, in the order given. What is raised has those that are in ``over``."""
        return self._run(_waiting.wait(staging_ids, timeout))

    def retry(self, staging_id: Id, *, idempotency_key: str | None = None) -> models.Staging:
        """Try a failed or canceled staging again."""
        return self._call(_steps.post(f"stagings/{staging_id}/retry", models.Staging, None, idempotency_key))

    def cancel(self, staging_id: Id) -> models.Staging:
        return self._call(_steps.post(f"stagings/{staging_id}/cancel", models.Staging))

    def delete_staging(self, staging_id: Id) -> None:
        self._call(_steps.delete(f"stagings/{staging_id}"))

    def download(self, staging_id: Id, target: Path | str, *, format: Format = "jpg") -> Path:
        """The picture as a file: ``jpg`` or ``png`` of the photo's size, ``mls`` for listing services. It is there whole, or not at all."""
        path = Path(target)
        part = _steps.part_of(path)

        def fetch() -> httpx2.Response:
            # By a new link each time: the one before may be over.
            links = self._call(_steps.get(f"stagings/{staging_id}/links", models.Links))
            with self._files.stream("GET", getattr(links, format)) as answer:
                if not answer.is_success:
                    answer.read()
                    return answer
                with part.open("wb") as file:
                    for piece in answer.iter_bytes():
                        file.write(piece)
            return answer

        try:
            _, answer = self._persist(fetch, Patience(self._tries, at_store=True))
            if not answer.is_success:
                raise errors.of_answer(answer.status_code, answer.content)
            return part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    # ---- webhooks

    def webhook_endpoints(self) -> list[models.WebhookEndpoint]:
        answer = self._call(_steps.get("webhook-endpoints", models.WebhookEndpoints))
        return answer.items

    def create_webhook_endpoint(
        self,
        url: str,
        *,
        events: Sequence[str] | None = None,
        description: str = "",
        idempotency_key: str | None = None,
    ) -> models.WebhookEndpointWithSecret:
        """Have an https address of yours told what happens. The ``secret`` in the answer is told this once."""
        body = {"url": url, "description": description, **({} if events is None else {"events": list(events)})}
        return self._call(_steps.post("webhook-endpoints", models.WebhookEndpointWithSecret, body, idempotency_key))

    def test_webhook_endpoint(self, endpoint_id: Id, type: str | None = None) -> models.WebhookDelivery:
        return self._call(_steps.post(f"webhook-endpoints/{endpoint_id}/test", models.WebhookDelivery, {"type": type}))

    def webhook_deliveries(self, endpoint_id: Id) -> Iterator[models.WebhookDelivery]:
        """What it was told in the last 30 days, newest first."""
        return self._pages(f"webhook-endpoints/{endpoint_id}/deliveries", models.WebhookDeliveryPage)

    def replay_webhook_delivery(self, delivery_id: Id) -> models.WebhookDelivery:
        return self._call(_steps.post(f"webhook-deliveries/{delivery_id}/replay", models.WebhookDelivery))

    def delete_webhook_endpoint(self, endpoint_id: Id) -> None:
        self._call(_steps.delete(f"webhook-endpoints/{endpoint_id}"))

    # ---- all else

    def request(
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
        return self._call(Call(method, path, answer, body, query, key))

    # ---- the driver

    def _run(self, steps: Steps[T]) -> T:
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
                given = self._step(step)
            except errors.RealStagingError as error:
                failed = error

    def _step(self, step: _steps.Step) -> Any:
        match step:
            case Call():
                return self._call(step)
            case Send():
                return self._send(step)
            case Sleep():
                time.sleep(step.seconds)
                return None
            case Listen():
                return self._listen(step)

    def _pages(self, path: str, kind: type[Any], query: Mapping[str, Any] | None = None) -> Iterator[Any]:
        asked = {**(query or {}), "limit": 100}
        while True:
            page = self._call(_steps.get(path, kind, asked))
            for item in page.items:  # noqa: UP028 - written so for the other client
                yield item
            if page.next_cursor is None:
                return
            asked["cursor"] = page.next_cursor

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._bearer()}", **self._account}

    def _call(self, call: Call[T]) -> T:
        def ask() -> httpx2.Response:
            headers = {**self._headers(), **call.headers()}
            return self._api.request(
                call.method, call.path, params=dict(call.query), content=call.content(), headers=headers
            )

        with _steps.under(call.key):
            tries, answer = self._persist(ask, Patience(self._tries, call.until))
            if answer.is_success:
                return call.read(answer.content)
            error = errors.of_answer(answer.status_code, answer.content)
            if _steps.gone_already(call, tries, error):
                return call.read(b"")
            raise error

    def _send(self, step: Send) -> None:
        def ask() -> httpx2.Response:
            timeout = httpx2.Timeout(self._timeout, read=step.until_answer(self._timeout))
            headers = step.headers_with_length()
            return self._files.put(step.url, content=step.pieces(), headers=headers, timeout=timeout)

        _, answer = self._persist(ask, Patience(self._tries, at_store=True))
        if not answer.is_success:
            raise errors.of_answer(answer.status_code, answer.content)

    def _persist(self, ask: Callable[[], httpx2.Response], patience: Patience) -> tuple[int, httpx2.Response]:
        """The answer, and at which try it came."""
        tries = 0
        while True:
            tries += 1
            try:
                answer = ask()
            except httpx2.RequestError as error:
                pause = patience.after_loss(tries)
                if pause is None:
                    raise errors.NotReached(f"The service could not be reached: {error}") from error
            else:
                pause = patience.after_answer(tries, answer.status_code, answer.headers.get("Retry-After"))
                if pause is None:
                    return tries, answer
            time.sleep(pause)

    def _listen(self, step: Listen) -> None:
        headers = {**self._headers(), "Accept": "text/event-stream"}
        if step.last_id is not None:
            headers["Last-Event-ID"] = str(step.last_id)
        left = step.until - time.monotonic()
        timeout = httpx2.Timeout(10.0, read=max(0.1, min(_steps.SILENCE, left)))
        parser = Parser()
        with contextlib.suppress(httpx2.HTTPError, msgspec.MsgspecError):  # noqa: SIM117 - as above
            with self._api.stream("GET", "events", headers=headers, timeout=timeout) as answer:
                if not answer.is_success:
                    return
                for line in answer.iter_lines():
                    event = parser.line(line)
                    if (event and step.hear(event)) or time.monotonic() >= step.until:
                        return


def bearer(key: str | None, token: str | Callable[[], str] | None) -> Callable[[], str]:
    given = key if key is not None else token
    if given is None or (key is not None and token is not None):
        raise TypeError("Give either a key or a token.")
    return given if callable(given) else lambda: given
