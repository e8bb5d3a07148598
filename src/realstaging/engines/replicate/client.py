"""Replicate's HTTP API: one function per call, and never a second payment for one request.

A create is sent once. When its answer is lost (a broken line, a timeout, a 5xx, an unreadable body) the prediction may exist,
so `create` raises AnswerLost and `find` looks for it by the attempt token, which every prediction carries in its webhook
address and in the fragment of its file addresses. Calls that only read, and cancel, are safe to repeat and are repeated here.

API: https://replicate.com/docs/reference/http (read 2026-11-22).
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit

import aiohttp
import msgspec
from yarl import URL

from realstaging.engines.calls import answered, calling
from realstaging.engines.replicate.errors import AccountRefused, AnswerLost, NotReached, Rejected, Throttled
from realstaging.engines.replicate.limits import Call, Circuit, ProcessLimiter, RateLimiter
from realstaging.engines.replicate.outputs import OutputRules, fetch
from realstaging.engines.replicate.predictions import Prediction
from realstaging.kit import bounded_answers
from realstaging.kit.clock import Clock, utc_now
from realstaging.kit.errors import InvalidInput

PUBLIC_API = "https://api.replicate.com/v1"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MODEL = re.compile(r"[a-z0-9._-]+/[A-Za-z0-9._-]+")
_NAMES = (
    (re.compile(r"/predictions/[^/]+"), "/predictions/{id}"),
    (re.compile(r"/models/[^/]+/[^/]+"), "/models/{owner}/{name}"),
    (re.compile(r"/versions/[^/]+"), "/versions/{id}"),
)
_MAX_WAIT = 60
_LONGEST_PAUSE = 10.0
_LARGEST_ANSWER = 8_000_000
"""Bytes: the schema of a model's version has some hundred thousand, a page of predictions with their logs a few million."""
_LONGEST_TOLD = 300.0
"""Seconds that a 429 keeps all workers away: the limits are by the minute, and whatever is wrong with a longer one would stop all staging."""
_CLOCK_SKEW = timedelta(minutes=2)
T = TypeVar("T")


class Page(msgspec.Struct):
    results: list[Prediction]
    next: str | None = None


class ReplicateClient:
    """Build it inside a running loop and close it. ``tries`` is for calls that are safe to repeat, never for create.

    ``timeout`` (seconds) bounds one call, to which a create that waits adds its waiting.
    """

    def __init__(
        self,
        api_token: str,
        *,
        base_url: str = PUBLIC_API,
        outputs: OutputRules | None = None,
        limiter: RateLimiter | None = None,
        circuit: Circuit | None = None,
        timeout: float = 20.0,
        tries: int = 4,
        clock: Clock = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._base = URL(base_url.rstrip("/"))
        self._outputs = outputs or OutputRules()
        self._limiter = limiter or ProcessLimiter()
        self._circuit = circuit or Circuit()
        self._timeout = timeout
        self._tries = tries
        self._clock = clock
        self._sleep = sleep
        self._authorization = {"Authorization": f"Bearer {api_token}"}
        # No token among the session's headers: outputs are fetched from other hosts. No limit: the rate limiter is one.
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            headers={"User-Agent": "realstaging"},
            auto_decompress=True,
            timeout=aiohttp.ClientTimeout(total=timeout, connect=10.0),
        )

    async def close(self) -> None:
        await self._session.close()

    async def create(
        self,
        model: str,
        input: dict[str, Any],  # noqa: A002 - Replicate's word
        *,
        token: str,
        version: str | None = None,
        webhook_url: str | None = None,
        cancel_after: float | None = None,
        wait: float | None = None,
        sending: Callable[[], Awaitable[None]] | None = None,
    ) -> Prediction:
        """Start a prediction for the attempt ``token`` and give it back, with its id, as soon as Replicate answers.

        ``model`` is ``owner/name``; with ``version`` that version is pinned. ``cancel_after`` and ``wait`` are seconds:
        Replicate stops the prediction after the first, and holds the answer up to the second (at most 60) for the result.
        ``sending`` is awaited when the call's turn has come, right before it is made: whoever looks for an answer that was lost
        reckons from there.

        AnswerLost when a prediction may exist that we do not know; Throttled and NotReached when surely none does;
        Rejected or AccountRefused when Replicate declined.
        """
        address, body = self._creation(model, version)
        body["input"] = _marked(input, token)
        if webhook_url:
            body["webhook"] = str(URL(webhook_url).update_query(attempt=token))
            body["webhook_events_filter"] = ["completed"]
        headers: dict[str, str] = {}
        if wait:
            headers["Prefer"] = f"wait={min(max(int(wait), 1), _MAX_WAIT)}"
        if cancel_after:
            headers["Cancel-After"] = f"{max(int(cancel_after), 1)}s"

        await self._limiter.admit(Call.CREATE)
        self._circuit.check()
        if sending:
            await sending()
        sent_at = self._clock()
        try:
            status, answer, answer_headers = await self._send(
                "POST", address, body, headers, self._timeout + (wait or 0)
            )
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            self._circuit.failed()
            raise NotReached from error
        except (aiohttp.ClientError, TimeoutError) as error:
            self._circuit.failed()
            raise AnswerLost(token, sent_at, type(error).__name__) from error
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._circuit.failed()
            raise AnswerLost(token, sent_at, f"status {status}")
        self._circuit.succeeded()
        await self._refuse(Call.CREATE, status, answer, answer_headers)
        try:
            return msgspec.json.decode(answer, type=Prediction)
        except msgspec.MsgspecError as error:
            raise AnswerLost(token, sent_at, "unreadable answer") from error

    async def get(self, prediction_id: str) -> Prediction:
        return await self._read(Prediction, "GET", self._prediction(prediction_id))

    async def cancel(self, prediction_id: str) -> Prediction:
        """Stop the prediction. One that has ended stays as it is."""
        return await self._read(Prediction, "POST", self._prediction(prediction_id) / "cancel")

    async def list(self, since: datetime) -> AsyncIterator[Prediction]:
        """All predictions of the account created at or after ``since``, newest first."""
        address: URL | None = self._base / "predictions"
        while address:
            page = await self._read(Page, "GET", address)
            for prediction in page.results:
                if prediction.created_at and prediction.created_at < since:
                    return
                yield prediction
            address = self._own(page.next) if page.next else None

    async def find(self, token: str, since: datetime) -> Prediction | None:
        """The prediction created for the attempt ``token``, whose answer was lost at about ``since``.

        None proves nothing at once: Replicate may still be writing it down. Ask again until the attempt's ``cancel_after``
        has passed, after which it can no longer run. Inputs are forgotten after an hour, and the token with them.
        """
        async for prediction in self.list(since - _CLOCK_SKEW):
            if prediction.carries(token):
                return prediction
        return None

    async def download(self, prediction: Prediction) -> bytes:
        """The picture's bytes, taken from an allowed host only, bounded in size, a PNG, JPEG or WebP by its first bytes.

        Raises OutputRefused, or what ended the prediction if it did not succeed; NotReached when the host does not answer.
        """
        address = prediction.output_url

        async def fetched() -> bytes:
            with calling(str(URL(address).host), "GET", "/{output}"):
                return await fetch(self._session, address, self._outputs)

        return await self._repeating(fetched)

    async def webhook_secret(self) -> str:
        answer = await self._read(dict[str, Any], "GET", self._base / "webhooks" / "default" / "secret")
        return str(answer["key"])

    async def model(self, name: str) -> dict[str, Any]:
        """Replicate's description of ``owner/name``, with ``latest_version.openapi_schema``."""
        return await self._read(dict[str, Any], "GET", self._model(name))

    async def version(self, name: str, version: str) -> dict[str, Any]:
        """One version of a model, with its ``openapi_schema``."""
        return await self._read(dict[str, Any], "GET", self._model(name) / "versions" / _checked(_ID, version))

    async def _read(self, kind: type[T], method: str, address: URL) -> T:
        async def once() -> T:
            await self._limiter.admit(Call.OTHER)
            self._circuit.check()
            try:
                status, answer, headers = await self._send(method, address, None, {}, self._timeout)
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise NotReached(status_code=status)
                await self._refuse(Call.OTHER, status, answer, headers)
                decoded = msgspec.json.decode(answer, type=kind)
            except (aiohttp.ClientError, TimeoutError, msgspec.MsgspecError) as error:
                self._circuit.failed()
                raise NotReached(why=type(error).__name__) from error
            except NotReached:
                self._circuit.failed()
                raise
            self._circuit.succeeded()
            return decoded

        return await self._repeating(once)

    async def _repeating(self, call: Callable[[], Awaitable[T]]) -> T:
        """Repeat what is safe to repeat, unless told to stay away for longer than a caller would wait."""
        for left in reversed(range(self._tries)):
            try:
                return await call()
            except (NotReached, Throttled) as error:
                pause = error.retry_after or 0.0
                if isinstance(error, NotReached):
                    pause = min(0.25 * 2 ** (self._tries - left - 1), 4.0) * random.uniform(0.5, 1.0)
                if not left or pause > _LONGEST_PAUSE:
                    raise
                await self._sleep(pause)
        raise AssertionError("unreachable")

    async def _send(
        self, method: str, address: URL, body: dict[str, Any] | None, headers: dict[str, str], timeout: float
    ) -> tuple[int, bytes, dict[str, str]]:
        data = None if body is None else msgspec.json.encode(body)
        content = {} if body is None else {"Content-Type": "application/json"}
        with calling(str(self._base.host), method, self._template(address)) as span:
            async with self._session.request(
                method,
                address,
                data=data,
                headers={**self._authorization, **content, **headers},
                timeout=aiohttp.ClientTimeout(total=timeout, connect=10.0),
                allow_redirects=False,
            ) as answer:
                answered(span, answer.status)
                told = {name.lower(): value for name, value in answer.headers.items()}
                return answer.status, await bounded_answers.whole(answer, _LARGEST_ANSWER), told

    def _template(self, address: URL) -> str:
        """The address below the API's, without what names one prediction, model or version."""
        template = address.path.removeprefix(self._base.path)
        for names, pattern in _NAMES:
            template = names.sub(pattern, template)
        return template

    async def _refuse(self, call: Call, status: int, answer: bytes, headers: dict[str, str]) -> None:
        """Raise for an answer that says no. Nothing was created by any of them."""
        if status < HTTPStatus.MULTIPLE_CHOICES:
            return
        detail = answer[:500].decode(errors="replace")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            seconds = told_to_wait(headers, detail)
            await self._limiter.slow_down(call, seconds)
            raise Throttled(seconds)
        if status in {401, 402, 403}:
            raise AccountRefused(status_code=status, detail=detail)
        raise Rejected(status_code=status, detail=detail)

    def _creation(self, model: str, version: str | None) -> tuple[URL, dict[str, Any]]:
        if version:
            return self._base / "predictions", {"version": f"{_checked(_MODEL, model)}:{_checked(_ID, version)}"}
        return self._model(model) / "predictions", {}

    def _model(self, name: str) -> URL:
        owner, short = _checked(_MODEL, name).split("/")
        return self._base / "models" / owner / short

    def _prediction(self, prediction_id: str) -> URL:
        return self._base / "predictions" / _checked(_ID, prediction_id)

    def _own(self, address: str) -> URL:
        """Our token goes to Replicate's API and nowhere else, whatever an answer says."""
        url = URL(address)
        if url.origin() != self._base.origin():
            raise Rejected("Replicate's list continues on another host.", address=address)
        return url


def told_to_wait(headers: dict[str, str], detail: str) -> float:
    """Seconds to stay away after a 429: the Retry-After header, else the sentence in the body, else ten; five minutes at most."""
    header = headers.get("retry-after", "")
    if header.isascii() and header.isdigit():
        return min(float(header), _LONGEST_TOLD)
    sentence = re.search(r"resets in ~?(\d+(?:\.\d+)?)\s*s", detail)
    return min(float(sentence[1]), _LONGEST_TOLD) if sentence else 10.0


def _marked(value: Any, token: str) -> Any:
    """The input with the token in the fragment of every file address: kept by Replicate, never sent to the file's host."""
    if isinstance(value, str) and urlsplit(value).scheme in {"http", "https"} and " " not in value:
        return f"{value}#attempt={token}"
    if isinstance(value, dict):
        return {name: _marked(part, token) for name, part in value.items()}
    if isinstance(value, list):
        return [_marked(part, token) for part in value]
    return value


def _checked(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise InvalidInput("This is not a name Replicate could know.", value=value[:80])
    return value
