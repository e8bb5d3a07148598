"""What the sandbox has of Auth0's Management API v2: deleting a person, ending a session; and the tokens for it, by client credentials.

As Auth0 has them (https://auth0.com/docs/api/management/v2): `POST /oauth/token`, `DELETE /api/v2/users/{id}`,
`DELETE /api/v2/users/{id}/sessions`, `POST /api/v2/sessions/{id}/revoke`, `DELETE /api/v2/sessions/{id}`. Deleting is idempotent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from aiohttp import web

from realstaging.kit.errors import Unauthenticated
from realstaging.sandbox.oidc_issuer import Issuer

CLIENT_ID: Final = "sandbox-management"
CLIENT_SECRET: Final = "sandbox-management-secret"  # noqa: S105 - a stand-in's, known to all
DAY: Final = timedelta(days=1)
"""How long Auth0's tokens for its Management API live."""
USERS: Final = "delete:users"
SESSIONS: Final = "delete:sessions"


class _Refused(Exception):
    """An error as the Management API tells it."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.content = {"statusCode": status, "error": error, "message": message}
        self.status = status


class _Management:
    """The endpoints. They take the client `sandbox-management` alone, with its secret."""

    def __init__(self, issuer: Issuer) -> None:
        self._issuer = issuer
        self._audience = issuer.endpoint("api/v2/")

    async def token(self, request: web.Request) -> web.Response:
        asked = await _fields(request)
        if asked.get("grant_type") != "client_credentials":
            return _denied(400, "unsupported_grant_type", "Only client_credentials.")
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return _denied(401, "access_denied", "Unauthorized")
        if asked.get("audience") != self._audience:
            return _denied(403, "access_denied", f"Service not found. The Management API is {self._audience}")
        scope = str(asked.get("scope") or f"{USERS} {SESSIONS}")
        content = {"access_token": self._signed(scope), "scope": scope, "token_type": "Bearer"}
        return _answer({**content, "expires_in": int(DAY.total_seconds())})

    def _signed(self, scope: str) -> str:
        now = self._issuer.clock()
        content = {
            "iss": self._issuer.url,
            "sub": f"{CLIENT_ID}@clients",
            "aud": self._audience,
            "iat": int(now.timestamp()),
            "exp": int((now + DAY).timestamp()),
            "scope": scope,
            "gty": "client-credentials",
            "azp": CLIENT_ID,
            "jti": uuid4().hex,
        }
        return self._issuer.key.sign(content)

    def _allow(self, request: web.Request, scope: str) -> None:
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            raise _Refused(401, "Unauthorized", "Missing authentication")
        issuer = self._issuer
        try:
            claims = issuer.key.read(given, issuer=issuer.url, audience=self._audience, now=issuer.clock())
        except Unauthenticated as error:
            raise _Refused(401, "Unauthorized", "Invalid token") from error
        if scope not in claims.get("scope", "").split():
            raise _Refused(403, "Forbidden", f"Insufficient scope, expected any of: {scope}")

    async def delete_user(self, request: web.Request) -> web.Response:
        self._allow(request, USERS)
        self._issuer.delete_person(request.match_info["id"])
        return web.Response(status=204)

    async def end_sessions(self, request: web.Request) -> web.Response:
        self._allow(request, SESSIONS)
        subject = request.match_info["id"]
        for sid in {one.sid for one in self._issuer.signed_in.values() if one.person.subject == subject}:
            self._issuer.end_session(sid)
        return web.Response(status=202)

    async def end_session(self, request: web.Request) -> web.Response:
        self._allow(request, SESSIONS)
        self._issuer.end_session(request.match_info["id"])
        return web.Response(status=204 if request.method == "DELETE" else 202)


def management_routes(issuer: Issuer) -> Sequence[web.AbstractRouteDef]:
    """To be added to the issuer's application."""
    management = _Management(issuer)
    return [
        web.post("/oauth/token", management.token),
        web.delete("/api/v2/users/{id}", _told(management.delete_user)),
        web.delete("/api/v2/users/{id}/sessions", _told(management.end_sessions)),
        web.delete("/api/v2/sessions/{id}", _told(management.end_session)),
        web.post("/api/v2/sessions/{id}/revoke", _told(management.end_session)),
    ]


Handler = Callable[[web.Request], Awaitable[web.Response]]


def _told(handler: Handler) -> Handler:
    async def telling(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except _Refused as refused:
            return _answer(refused.content, refused.status)

    return telling


def _answer(content: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(content, status=status, headers={"Cache-Control": "no-store"})


def _denied(status: int, error: str, description: str) -> web.Response:
    return _answer({"error": error, "error_description": description}, status)


async def _fields(request: web.Request) -> dict[str, Any]:
    """Auth0 takes JSON as well as a form."""
    if request.content_type == "application/json":
        given = await request.json()
        return given if isinstance(given, dict) else {}
    return dict(await request.post())
