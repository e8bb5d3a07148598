"""What the sandbox issuer decides: whom to answer, which codes and refresh tokens are good. No HTTP here."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from realstaging.kit import addresses
from realstaging.kit.clock import Clock
from realstaging.kit.errors import Unauthenticated
from realstaging.sandbox.oidc_tokens import MONTH, Person, SigningKey, common_claims, named

CODE_LIFETIME: Final = timedelta(minutes=1)
# Sessions held in memory; the oldest is forgotten for a new one.
MOST_SESSIONS: Final = 1000


class Refused(Exception):
    """An OAuth error (RFC 6749 §5.2): a code word and a sentence for the developer."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error
        self.description = description


@dataclass(frozen=True)
class Grant:
    """What an authorization code stands for."""

    client_id: str
    redirect_uri: str
    challenge: str
    scope: str
    nonce: str | None
    expires_at: datetime
    sign_in: SignIn


@dataclass(frozen=True)
class SignIn:
    """Somebody who showed who they are, when, and what the session is called (``sid``) that began then in their browser."""

    person: Person
    at: datetime
    sid: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True)
class Sessions:
    """Whether browsers are known again at the next sign-in (as at any real issuer), and whether there is a way to end that.

    Without ``end`` there is no `end_session_endpoint`: some issuers have none, and an application must offer a way back itself.
    ``overlap``: how long the refresh token before the newest may be used once more (Auth0: Rotation Overlap Period, 0 unless set).
    """

    kept: bool = False
    end: bool = True
    overlap: timedelta = timedelta(0)


@dataclass
class Issuer:
    """The issuer's words and memory. Refresh tokens explain themselves, so they outlive a restart; who used one does not."""

    url: str
    audience: str
    client_id: str
    web_origin: str
    people: tuple[Person, ...]
    key: SigningKey
    clock: Clock
    lifetime: timedelta
    sessions: Sessions = Sessions()
    signed_in: dict[str, SignIn] = field(default_factory=dict)
    """Who is signed in, by the secret in their browser's cookie."""
    grants: dict[str, Grant] = field(default_factory=dict)
    spent: dict[str, datetime] = field(default_factory=dict)
    last_spent: dict[str, str] = field(default_factory=dict)
    """Of each family of refresh tokens the one that was spent last."""
    revoked: set[str] = field(default_factory=set)
    """Families of refresh tokens, and sessions with all of theirs."""
    deleted: set[str] = field(default_factory=set)
    """People (their subjects) who have no identity here any more."""

    def endpoint(self, path: str) -> str:
        return f"{self.url.rstrip('/')}/{path}"

    def serves(self, asking: str) -> bool:
        """Whether an origin is the web app's. On one machine that is any port of it: a build, a development server."""
        return asking == self.web_origin or (_is_loopback(asking) and _is_loopback(self.web_origin))

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": self.endpoint("authorize"),
            "token_endpoint": self.endpoint("token"),
            "userinfo_endpoint": self.endpoint("userinfo"),
            "jwks_uri": self.endpoint(".well-known/jwks.json"),
            "revocation_endpoint": self.endpoint("revoke"),
            **({"end_session_endpoint": self.endpoint("logout")} if self.sessions.end else {}),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "claims_supported": ["sub", "email", "email_verified", "name", "auth_time", "sid"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "authorization_response_iss_parameter_supported": True,
        }

    def check_client(self, asked: Mapping[str, str]) -> str:
        """The redirect address of a request, when this client may have it; nothing is sent anywhere before that."""
        redirect_uri = asked.get("redirect_uri", "")
        if asked.get("client_id") != self.client_id:
            raise Refused("invalid_client", f"The client id here is {self.client_id}.")
        if not self.serves(addresses.origin(redirect_uri)):
            raise Refused("invalid_request", f"redirect_uri must be below {self.web_origin}.")
        return redirect_uri

    def check_request(self, asked: Mapping[str, str]) -> None:
        if asked.get("response_type") != "code":
            raise Refused("unsupported_response_type", "response_type must be code.")
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            raise Refused("invalid_request", "PKCE with S256 is required.")
        if asked.get("audience", self.audience) != self.audience:
            raise Refused(
                "access_denied", f"Service not found: {asked['audience']}. The audience here is {self.audience}."
            )
        if "openid" not in asked.get("scope", "").split():
            raise Refused("invalid_scope", "scope must contain openid.")
        if not re.fullmatch("[0-9]{0,9}", asked.get("max_age", "")):
            raise Refused("invalid_request", "max_age must be a number of seconds.")

    def known(self, secret: str, asked: Mapping[str, str]) -> SignIn | None:
        """Who signed in before in this browser, unless the request wants it done again (OpenID Connect Core §3.1.2.1)."""
        before = self.signed_in.get(secret)
        if before is None or asked.get("prompt") == "login":
            return None
        most = asked.get("max_age")
        return before if not most or (self.clock() - before.at).total_seconds() <= int(most) else None

    def person(self, chosen: Mapping[str, Any]) -> Person:
        """Who pressed a button, or whoever an e-mail address makes."""
        for person in self.people:
            if person.subject == chosen.get("subject") or person.email == chosen.get("email"):
                return person
        email = str(chosen.get("email", "")).strip().lower()
        if "@" not in email:
            raise Refused("invalid_request", "There is no such person.")
        return Person(f"sandbox|{email}", email.partition("@")[0].title(), email, "Guest")

    def begin_session(self, sign_in: SignIn) -> str:
        """Know this person again; the secret for their browser's cookie."""
        while len(self.signed_in) >= MOST_SESSIONS:
            del self.signed_in[next(iter(self.signed_in))]
        secret = secrets.token_urlsafe(32)
        self.signed_in[secret] = sign_in
        return secret

    def end_session(self, sid: str) -> None:
        """Its browser is not known again, and its refresh tokens are worth nothing. Access tokens go on until they run out."""
        self.signed_in = {secret: one for secret, one in self.signed_in.items() if one.sid != sid}
        self.revoked.add(sid)

    def delete_person(self, subject: str) -> None:
        """Somebody has no identity here any more. Whoever signs in by the same button later is somebody new in all but the subject."""
        self.signed_in = {secret: one for secret, one in self.signed_in.items() if one.person.subject != subject}
        self.grants = {code: one for code, one in self.grants.items() if one.sign_in.person.subject != subject}
        self.deleted.add(subject)

    def check_id_token_hint(self, hint: str) -> None:
        """Refused unless the token was given here to this client (RP-Initiated Logout 1.0 §2). An expired one is good too."""
        try:
            self.key.read(hint, issuer=self.url, audience=self.client_id, now=datetime.min.replace(tzinfo=UTC))
        except Unauthenticated as error:
            raise Refused("invalid_request", "id_token_hint was not given here, or to another client.") from error

    def revoke(self, token: str) -> None:
        """End the family of a refresh token (RFC 7009); of anything else there is nothing to end."""
        try:
            claims = self.key.read(token, issuer=self.url, audience=self.endpoint("token"), now=self.clock())
        except Unauthenticated:
            return
        self.revoked.add(claims["family"])

    def give_code(self, sign_in: SignIn, asked: Mapping[str, str]) -> str:
        code = secrets.token_urlsafe(32)
        self.grants[code] = Grant(
            client_id=asked["client_id"],
            redirect_uri=asked["redirect_uri"],
            challenge=asked["code_challenge"],
            scope=asked["scope"],
            nonce=asked.get("nonce"),
            expires_at=self.clock() + CODE_LIFETIME,
            sign_in=sign_in,
        )
        return code

    def redeem_code(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Tokens for a code, once."""
        grant = self.grants.pop(str(asked.get("code")), None)
        if grant is None or grant.expires_at <= self.clock():
            raise Refused("invalid_grant", "The code is unknown, used or older than a minute.")
        if (grant.client_id, grant.redirect_uri) != (asked.get("client_id"), asked.get("redirect_uri")):
            raise Refused("invalid_grant", "The code was given to another client or address.")
        if not secrets.compare_digest(_challenge(str(asked.get("code_verifier", ""))), grant.challenge):
            raise Refused("invalid_grant", "The code verifier does not match the challenge.")
        self.deleted.discard(grant.sign_in.person.subject)
        return self._tokens(grant.sign_in, grant.client_id, grant.scope, family=uuid4().hex, nonce=grant.nonce)

    def redeem_refresh_token(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """New tokens for a refresh token, which is spent by it."""
        try:
            old = self.key.read(
                str(asked.get("refresh_token")), issuer=self.url, audience=self.endpoint("token"), now=self.clock()
            )
        except Unauthenticated as error:
            raise Refused("invalid_grant", error.message) from error
        if old["jti"] in self.spent and not self._overlaps(old):
            self.revoked.add(old["family"])
        if {old["family"], old.get("sid")} & self.revoked or old["client_id"] != asked.get("client_id"):
            raise Refused("invalid_grant", "The refresh token was used before, or belongs to another client.")
        if old["sub"] in self.deleted:
            raise Refused("invalid_grant", "The person of this refresh token has no identity here any more.")
        self.spent.setdefault(old["jti"], self.clock())
        self.last_spent[old["family"]] = old["jti"]
        at = datetime.fromtimestamp(old.get("auth_time", old["iat"]), UTC)
        sign_in = SignIn(Person(old["sub"], old["name"], old["email"], ""), at, old.get("sid", old["family"]))
        return self._tokens(sign_in, old["client_id"], old["scope"], family=old["family"], nonce=None)

    def _overlaps(self, old: Mapping[str, Any]) -> bool:
        """Whether a spent refresh token is the one before the newest, and was spent a moment ago: two tabs have asked at once."""
        newest = self.last_spent.get(old["family"]) == old["jti"]
        return newest and self.clock() - self.spent[old["jti"]] < self.sessions.overlap

    def _tokens(self, sign_in: SignIn, client_id: str, scope: str, *, family: str, nonce: str | None) -> dict[str, Any]:
        def claims(audience: str, lifetime: timedelta, **more: Any) -> dict[str, Any]:
            common = common_claims(
                sign_in.person, issuer=self.url, audience=audience, now=self.clock(), lifetime=lifetime
            )
            return {**common, "auth_time": int(sign_in.at.timestamp()), "sid": sign_in.sid, **more}

        access = claims(self.audience, self.lifetime, scope=scope, client_id=client_id, roles=sign_in.person.roles)
        answer: dict[str, Any] = {
            "access_token": self.key.sign(named(self.audience, access), kind="at+jwt"),
            "id_token": self.key.sign(claims(client_id, self.lifetime, **({"nonce": nonce} if nonce else {}))),
            "token_type": "Bearer",
            "expires_in": int(self.lifetime.total_seconds()),
            "scope": scope,
        }
        if "offline_access" in scope.split():
            answer["refresh_token"] = self.key.sign(
                claims(self.endpoint("token"), MONTH, scope=scope, client_id=client_id, family=family)
            )
        return answer


def _is_loopback(asking: str) -> bool:
    return addresses.is_loopback(addresses.host(asking))


def _challenge(verifier: str) -> str:
    """RFC 7636 §4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
