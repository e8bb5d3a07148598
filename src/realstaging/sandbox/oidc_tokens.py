"""The sandbox issuer's key and the tokens signed with it: access, identity and refresh (RS256, RFC 7519, RFC 9068)."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from realstaging.kit.clock import utc_now
from realstaging.kit.errors import Unauthenticated

HOUR: Final = timedelta(hours=1)
MONTH: Final = timedelta(days=30)


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in at the sandbox."""

    subject: str
    name: str
    email: str
    role: str

    @property
    def claims(self) -> dict[str, Any]:
        return {"sub": self.subject, "email": self.email, "email_verified": True, "name": self.name}

    @property
    def roles(self) -> list[str]:
        return [self.role] if self.role else []


class SigningKey:
    """An RSA key of 2048 bits, kept in ``file`` so that tokens stay valid when the issuer starts again."""

    def __init__(self, file: Path) -> None:
        self._private = _load(file) if file.exists() else _make(file)

    @cached_property
    def public_jwk(self) -> dict[str, Any]:
        """The public half as the JWKS lists it; its id is the thumbprint of RFC 7638."""
        jwk: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(self._private.public_key(), as_dict=True)
        essence = json.dumps({name: jwk[name] for name in ("e", "kty", "n")}, separators=(",", ":"), sort_keys=True)
        kid = base64.urlsafe_b64encode(hashlib.sha256(essence.encode()).digest()).rstrip(b"=").decode()
        return {"kty": "RSA", "n": jwk["n"], "e": jwk["e"], "kid": kid, "use": "sig", "alg": "RS256"}

    def sign(self, claims: dict[str, Any], *, kind: str = "JWT") -> str:
        headers = {"kid": self.public_jwk["kid"], "typ": kind}
        return jwt.encode(claims, self._private, algorithm="RS256", headers=headers)

    def read(self, token: str, *, issuer: str, audience: str, now: datetime) -> dict[str, Any]:
        """The claims of a token signed here that is still valid at ``now``, else Unauthenticated."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._private.public_key(),
                algorithms=["RS256"],
                issuer=issuer,
                audience=audience,
                options={"verify_exp": False, "verify_iat": False, "require": ["exp", "sub"]},
            )
        except jwt.InvalidTokenError as error:
            raise Unauthenticated(str(error)) from error
        if claims["exp"] <= now.timestamp():
            raise Unauthenticated("The token has expired.")
        return claims


def _load(file: Path) -> rsa.RSAPrivateKey:
    try:
        return _parsed(file.read_bytes())
    except TypeError as error:
        raise TypeError(f"{file} holds no RSA key") from error


# Reading a key checks its primes, which takes 40 ms; whoever mints many tokens has few keys.
@lru_cache(maxsize=16)
def _parsed(pem: bytes) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("no RSA key")
    return key


def _make(file: Path) -> rsa.RSAPrivateKey:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.touch(0o600)
    fresh.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    fresh.replace(file)
    return key


OURS: Final = ("email", "email_verified", "name", "roles", "sid")
"""Claims of an access token that are no standard ones: an Action of Auth0's may add them below a name of one's own, and no other."""


def named(audience: str, claims: Mapping[str, Any]) -> dict[str, Any]:
    """The same claims as an access token has them: ours below the audience (deploy/auth0/claims.js)."""
    return {f"{audience}/{name}" if name in OURS else name: value for name, value in claims.items()}


def common_claims(person: Person, *, issuer: str, audience: str, now: datetime, lifetime: timedelta) -> dict[str, Any]:
    """What every token says of somebody who signs in now."""
    return {
        **person.claims,
        "iss": issuer,
        "aud": audience,
        "iat": int(now.timestamp()),
        "auth_time": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "jti": uuid4().hex,
    }


def mint_token(
    key_file: Path,
    *,
    issuer: str,
    audience: str,
    person: Person,
    now: datetime | None = None,
    lifetime: timedelta = HOUR,
    **claims: Any,
) -> str:
    """An access token as the issuer with ``key_file`` would give it, without asking it. ``claims`` replace its claims."""
    content = common_claims(person, issuer=issuer, audience=audience, now=now or utc_now(), lifetime=lifetime)
    content |= {"roles": person.roles, "sid": uuid4().hex}
    return SigningKey(key_file).sign(named(audience, {**content, **claims}), kind="at+jwt")
