"""Who is calling: access tokens of an OpenID Connect issuer (Auth0 in production), verified against its cached keys.

RS256 only; issuer, audience and expiry are checked (https://auth0.com/docs/tokens/guides/validate-access-tokens). Keys are
fetched once and again when a token names an unknown one: once for all who wait together, and at most every ten seconds, or two
where the issuer did not answer.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

import aiohttp
import jwt
import msgspec
import structlog

from realstaging.kit.errors import Unauthenticated, Unavailable

log = structlog.get_logger()

KEYS_PAUSE: Final = 10.0
SILENT_PAUSE: Final = 2.0
# The longest a request waits for the issuer's keys, in seconds.
PATIENCE: Final = 5.0
CACHED_TOKENS: Final = 10_000
LONGEST_CLAIM: Final = 255
"""What OpenID Connect allows a subject (Core §2); a longer name is cut."""


class Claims(msgspec.Struct, frozen=True):
    """What a verified token says of its bearer."""

    issuer: str
    subject: str
    email: str
    name: str
    expires_at: float


class Identity:
    """Verifies bearer tokens."""

    def __init__(self, issuer: str, audience: str, *, patience: float = PATIENCE) -> None:
        self._issuer = issuer
        self._audience = audience
        self._patience = patience
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetching: asyncio.Task[dict[str, jwt.PyJWK] | None] | None = None
        self._fetch_again_at = 0.0
        self._verified: dict[str, Claims] = {}

    async def verify(self, token: str) -> Claims:
        """The claims of a valid token. A verified token is remembered until it expires."""
        known = self._verified.get(token)
        if known and known.expires_at > time.time():
            return known
        claims = await self._check(token)
        if len(self._verified) >= CACHED_TOKENS:
            self._verified.clear()
        self._verified[token] = claims
        return claims

    async def _check(self, token: str) -> Claims:
        try:
            key = await self._key(str(jwt.get_unverified_header(token).get("kid", "")))
            content: dict[str, Any] = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=self._issuer,
                leeway=30,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.InvalidTokenError as error:
            raise Unauthenticated("Your sign-in is not valid any more. Sign in again.") from error
        subject = str(content["sub"])
        if subject != _kept(subject):
            raise Unauthenticated("Your sign-in names nobody. Sign in again.")
        email = _kept(content.get("email") or content.get(f"{self._audience}/email") or "")
        name = _kept(content.get("name") or content.get(f"{self._audience}/name") or email or subject)
        return Claims(self._issuer, subject, email, name, float(content["exp"]))

    async def _key(self, kid: str) -> jwt.PyJWK:
        if kid not in self._keys:
            if self._fetching is None or (self._fetching.done() and time.monotonic() > self._fetch_again_at):
                self._fetching = asyncio.create_task(self._fetch())
            # Shielded: a request that is given up takes the keys from no other.
            found = await asyncio.shield(self._fetching)
            if found is None:
                raise Unavailable("The sign-in service does not answer. Try again in a moment.")
            self._keys = found
        if kid not in self._keys:
            raise Unauthenticated("Your sign-in is not valid any more. Sign in again.")
        return self._keys[kid]

    async def _fetch(self) -> dict[str, jwt.PyJWK] | None:
        """The issuer's keys by their ids; None where it does not answer, or not with keys."""
        try:
            async with asyncio.timeout(self._patience), aiohttp.ClientSession(raise_for_status=True) as session:
                async with session.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration") as answer:
                    jwks_uri = (await answer.json())["jwks_uri"]
                async with session.get(jwks_uri) as answer:
                    found = jwt.PyJWKSet.from_dict(await answer.json())
        except (
            aiohttp.ClientError,
            OSError,
            TimeoutError,
            LookupError,
            TypeError,
            ValueError,
            jwt.PyJWTError,
        ) as error:
            log.warning("identity.no_keys", error=repr(error))
            self._fetch_again_at = time.monotonic() + SILENT_PAUSE
            return None
        self._fetch_again_at = time.monotonic() + KEYS_PAUSE
        return {str(key.key_id): key for key in found.keys}


def _kept(claim: object) -> str:
    """A claim as a text that can be stored: without NUL, and not endless."""
    return str(claim).replace("\0", "")[:LONGEST_CLAIM]
