"""Who is calling: access tokens of an OpenID Connect issuer (Auth0 in production), verified against its cached keys.

RS256 only; kind, issuer, audience and expiry are checked (https://auth0.com/docs/tokens/guides/validate-access-tokens, RFC 9068 §4). Keys
are fetched once, again every few minutes, so that one that was withdrawn is not believed any more, and again when a token names an
unknown one: once for all who wait together, and at most every ten seconds, or two where the issuer did not answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from uuid import UUID

import aiohttp
import jwt
import msgspec
import structlog

from realstaging.kit import bounded_answers
from realstaging.kit.errors import SessionEnded, Unauthenticated, Unavailable

log = structlog.get_logger()

KEYS_PAUSE: Final = 10.0
SILENT_PAUSE: Final = 2.0
# The longest a request waits for the issuer's keys, in seconds.
PATIENCE: Final = 5.0
# Seconds after which the keys are fetched anew, whoever asks for them; where the issuer is silent they stay, and it is asked sooner.
KEYS_AGE: Final = 300.0
SILENT_AGE: Final = 30.0
CACHED_TOKENS: Final = 10_000
# Seconds for which a token is not verified anew: with the age of keys, what a withdrawn key has signed ends within ten minutes.
CACHED_FOR: Final = 60.0
# Seconds that a token should live at most; a longer one is told of, once (the production checklist says where that is set).
LONGEST_TOKEN_LIFE: Final = 3600.0
LONGEST_CLAIM: Final = 255
"""What OpenID Connect allows a subject (Core §2); a longer name is cut."""


NO_SESSION: Final = UUID(int=0)


class Claims(msgspec.Struct, frozen=True):
    """What a verified token says of its bearer."""

    issuer: str
    subject: str
    email: str
    name: str
    expires_at: float
    email_verified: bool = False
    """Whether the issuer has seen that the address is theirs."""
    signed_in_at: float = 0.0
    """When they last showed who they are (``auth_time``, OpenID Connect Core §2), else when the token was given; 0 where neither is said."""
    former_issuer: str = ""
    """What the issuer was called before a move; the same subject is the same person."""
    session: UUID = NO_SESSION
    """Which sign-in this is, the same for all tokens of it (`_session`)."""
    issuer_session: str = ""
    """What the issuer calls the session (``sid``); empty where it does not say."""
    issued_at: float = 0.0
    authenticated_at: float = 0.0
    """When they last showed who they are, where the token says so (``auth_time``); 0 where it does not."""

    @property
    def issuers(self) -> tuple[str, ...]:
        """Under which names the person may be kept, the present one first."""
        return (self.issuer, self.former_issuer) if self.former_issuer else (self.issuer,)


KINDS: Final = frozenset({"jwt", "at+jwt", "application/at+jwt"})
"""What the header of an access token calls it (RFC 9068 §2.1; Auth0 says JWT)."""
OF_ID_TOKENS: Final = ("nonce", "at_hash", "c_hash")
"""Claims that ID tokens have (OpenID Connect Core §2, §3.3.2.11): one of those is for the application, and no key to the API."""
OTHER_KINDS: Final = frozenset({"id", "refresh", "offline", "logout"})
"""What issuers that put it into the claims call tokens that are not for an API: `typ` (Keycloak), `token_use` (Cognito)."""


class _Keys:
    """One issuer's keys."""

    def __init__(self, issuer: str, patience: float) -> None:
        self._issuer = issuer
        self._patience = patience
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetching: asyncio.Task[dict[str, jwt.PyJWK] | None] | None = None
        self._fetch_again_at = 0.0

    async def key(self, kid: str) -> jwt.PyJWK:
        if kid not in self._keys and not await self._fetched():
            raise Unavailable("The sign-in service does not answer. Try again in a moment.")
        if kid not in self._keys:
            raise Unauthenticated("Your sign-in is not valid any more. Sign in again.")
        return self._keys[kid]

    async def renew(self) -> bool:
        """Fetch them anew where there are any. Whether the issuer answered."""
        return not self._keys or await self._fetched()

    async def _fetched(self) -> bool:
        """Whether the keys are as new as they may be: fetched now or a moment ago. Together with all who ask now."""
        if self._fetching is None or (self._fetching.done() and time.monotonic() > self._fetch_again_at):
            self._fetching = asyncio.create_task(self._fetch())
        # Shielded: a request that is given up takes the keys from no other.
        found = await asyncio.shield(self._fetching)
        if found is not None:
            self._keys = found
        return found is not None

    async def _fetch(self) -> dict[str, jwt.PyJWK] | None:
        """The issuer's keys by their ids; None where it does not answer, or not with keys."""
        try:
            async with asyncio.timeout(self._patience), aiohttp.ClientSession(raise_for_status=True) as session:
                async with session.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration") as answer:
                    jwks_uri = (await bounded_answers.document(answer))["jwks_uri"]
                async with session.get(jwks_uri) as answer:
                    found = jwt.PyJWKSet.from_dict(await bounded_answers.document(answer))
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


class _Verified(NamedTuple):
    claims: Claims
    until: float


class Identity:
    """Verifies bearer tokens of one issuer; of two while it moves to another address, which are the same to whoever asks."""

    def __init__(
        self,
        issuer: str,
        audience: str,
        *,
        former_issuer: str = "",
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.time,
        refuses: Callable[[Claims], bool] = lambda _: False,
    ) -> None:
        """``patience`` in seconds; ``clock``: by which it is told how long a verified token is remembered; ``refuses``: tells of what a
        good token says whether that sign-in was ended.
        """
        self._clock = clock
        self._refuses = refuses
        self._issuer = issuer
        self._former_issuer = former_issuer
        self._audience = audience
        self._keys = {name: _Keys(name, patience) for name in (issuer, former_issuer) if name}
        self._verified: dict[str, _Verified] = {}
        self._told = False

    async def verify(self, token: str) -> Claims:
        """The claims of a valid token, whose sign-in was not ended. A verified token is remembered for a while, and never longer than it
        is valid.
        """
        claims = await self._valid(token)
        if self._refuses(claims):
            raise SessionEnded
        return claims

    async def _valid(self, token: str) -> Claims:
        known = self._verified.get(token)
        if known and known.until > self._clock():
            return known.claims
        claims = await self._check(token)
        if len(self._verified) >= CACHED_TOKENS:
            self._verified.clear()
        self._verified[token] = _Verified(claims, min(claims.expires_at, self._clock() + CACHED_FOR))
        return claims

    async def keep_keys(self, age: float = KEYS_AGE) -> None:
        """Renew the keys for as long as the process lives. ``age`` in seconds."""
        while True:
            answered = await asyncio.gather(*(keys.renew() for keys in self._keys.values()))
            await asyncio.sleep(age if all(answered) else min(age, SILENT_AGE))

    async def _check(self, token: str) -> Claims:
        try:
            header, unproved = jwt.get_unverified_header(token), _unproved(token)
            if str(header.get("typ", "")).lower() not in KINDS or unproved.get("iss") not in self._keys:
                raise Unauthenticated("This is no access token of the sign-in service. Sign in again.")
            key = await self._keys[unproved["iss"]].key(str(header.get("kid", "")))
            content: dict[str, Any] = jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=unproved["iss"],
                leeway=30,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.InvalidTokenError as error:
            raise Unauthenticated("Your sign-in is not valid any more. Sign in again.") from error
        if str(header["typ"]).lower() == "jwt" and _is_for_applications(content):
            raise Unauthenticated("This is no access token: send the access token, not the ID token.")
        return self._claims(content)

    def _claims(self, content: dict[str, Any]) -> Claims:
        def said(name: str) -> Any:
            """Auth0 lets an Action add claims below a name of one's own only: the audience's."""
            return content.get(name) or content.get(f"{self._audience}/{name}")

        subject = str(content["sub"])
        if not subject or subject != _kept(subject):
            raise Unauthenticated("Your sign-in names nobody. Sign in again.")
        email = _kept(said("email") or "")
        self._tell_long_life(content)
        return Claims(
            self._issuer,
            subject,
            email,
            _kept(said("name") or email or subject),
            float(content["exp"]),
            bool(email) and said("email_verified") in {True, "true"},
            _moment(said("auth_time")) or _moment(content.get("iat")),
            self._former_issuer,
            _session(subject, content, sid := _kept(said("sid") or ""), at := _moment(said("auth_time"))),
            sid,
            _moment(content.get("iat")),
            at,
        )

    def _tell_long_life(self, content: dict[str, Any]) -> None:
        """Once: who runs the service can shorten it, and nobody else should read of it at every request."""
        if not self._told and _moment(content.get("iat")) and content["exp"] - content["iat"] > LONGEST_TOKEN_LIFE:
            self._told = True
            log.warning("identity.long_lived", seconds=int(content["exp"] - content["iat"]))


def _session(subject: str, content: dict[str, Any], sid: str, at: float) -> UUID:
    """Which sign-in a token is of: the issuer's session; where it names none, when they showed who they are to which application; where it
    says neither, all sign-ins by one application are one. The issuer's name is left out: it may move.
    """
    client = str(content.get("azp") or content.get("client_id") or "")
    what = msgspec.json.encode([subject, "sid", sid] if sid else [subject, client, at])
    return UUID(bytes=hashlib.sha256(what).digest()[:16])


def _unproved(token: str) -> dict[str, Any]:
    """What a token says, before anything of it is believed."""
    said: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return said if isinstance(said.get("iss"), str) else {}


def _is_for_applications(content: dict[str, Any]) -> bool:
    kinds = {str(content.get(name, "")).lower() for name in ("typ", "token_use")}
    return bool(kinds & OTHER_KINDS) or any(name in content for name in OF_ID_TOKENS)


def _moment(claim: object) -> float:
    """A time in seconds; 0 where it is none."""
    return float(claim) if isinstance(claim, int | float) and not isinstance(claim, bool) else 0.0


def _kept(claim: object) -> str:
    """A claim as a text that can be stored: without NUL, and not endless."""
    return str(claim).replace("\0", "")[:LONGEST_CLAIM]
