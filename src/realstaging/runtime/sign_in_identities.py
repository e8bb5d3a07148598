"""The identity somebody signs in with, at the issuer: deleted with the person (Auth0's Management API v2, read 2026-11-26).

A token for it comes by client credentials (https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens), for the
issuer's ``api/v2/``; `DELETE /api/v2/users/{id}` answers 204 whether there was such a user or not
(https://auth0.com/docs/api/management/v2/users/delete-users-by-id).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import aiohttp
import msgspec
from yarl import URL

from realstaging.kit import bounded_answers
from realstaging.kit.errors import AppError, Unavailable

PATIENCE: Final = 15.0
LONGEST_ANSWER: Final = 64 * 1024
GONE: Final = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.OK, HTTPStatus.ACCEPTED, HTTPStatus.NOT_FOUND})
PASSING: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT})


class NotAllowed(AppError):
    """The sign-in service does not let us delete people. See that the application for the Management API has delete:users."""

    code = "identity_not_deleted"


class _Token(msgspec.Struct):
    access_token: str


class SignInIdentities:
    """Deletes identities at one issuer; at none where nobody gave an application for it (`deletes`)."""

    def __init__(
        self,
        issuer: str = "",
        client_id: str = "",
        client_secret: str = "",
        *,
        former_issuer: str = "",
        address: str = "",
    ) -> None:
        """``address``: where the Management API is, if not at the issuer. A tenant with a domain of its own has it at its first one alone
        (https://auth0.com/docs/customize/custom-domains/configure-features-to-use-custom-domains).
        """
        self._address = (address or issuer).rstrip("/")
        self._issuers = {issuer, former_issuer} - {""}
        self._client_id, self._client_secret = client_id, client_secret

    @property
    def deletes(self) -> bool:
        return bool(self._client_id and self._client_secret)

    async def delete(self, issuer: str, subject: str) -> bool:
        """Have somebody's identity deleted; whether it is. Unavailable where the issuer does not answer, NotAllowed where it refuses.

        One of another issuer is not ours to delete, nor any where nobody said how.
        """
        if not self.deletes or issuer not in self._issuers:
            return False
        # The subject is one segment, whatever is in it: `auth0|…`, and slashes of other providers.
        await self._ask("DELETE", f"users/{quote(subject, safe='')}")
        return True

    async def end_session(self, sid: str) -> None:
        """Have a session ended, with its refresh tokens (https://auth0.com/docs/api/management/v2/sessions/revoke-session). As `delete`;
        NotAllowed where the plan has no such thing, too.
        """
        await self._ask("POST", f"sessions/{quote(sid, safe='')}/revoke")

    async def _ask(self, method: str, path: str) -> None:
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
                headers = {"Authorization": f"Bearer {await self._token(session)}"}
                address = URL(f"{self._address}/api/v2/{path}", encoded=True)
                async with session.request(method, address, headers=headers, allow_redirects=False) as answer:
                    _check(answer.status, GONE)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Unavailable("The sign-in service does not answer. Try again in a moment.") from error

    async def _token(self, session: aiohttp.ClientSession) -> str:
        asked = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._client_secret,
            "audience": f"{self._address}/api/v2/",
        }
        async with session.post(f"{self._address}/oauth/token", json=asked, allow_redirects=False) as answer:
            body = await bounded_answers.whole(answer, LONGEST_ANSWER)
            _check(answer.status, {HTTPStatus.OK})
        try:
            return msgspec.json.decode(body, type=_Token).access_token
        except msgspec.MsgspecError as error:
            raise Unavailable("The sign-in service answered with no token. Try again in a moment.") from error


def _check(status: int, expected: frozenset[HTTPStatus] | set[HTTPStatus]) -> None:
    if status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Unavailable("The sign-in service does not answer. Try again in a moment.")
    if status not in expected:
        raise NotAllowed
