"""What the production checklist looks at: each look tells what it saw, or raises IllError with how to mend it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final, Literal

import aiohttp
import asyncpg
import msgspec

from realstaging import fail_closed
from realstaging.doctor import examination as parts
from realstaging.doctor.examination import IllError
from realstaging.kit import addresses, bounded_answers
from realstaging.runtime.release import release
from realstaging.settings import Settings
from realstaging.storage import Storage

FARTHEST_CLOCK: Final = 10.0
"""Seconds: signatures and tokens bear minutes, but a clock that is wrong by seconds today is wrong by minutes next month."""
RELEASES: Final = 2
"""During a rolling deploy the old processes and the new ones run side by side."""


class Fleet(msgspec.Struct, frozen=True):
    """Which process this is asked for, and how many of each may run at once."""

    role: Literal["api", "worker", "all"] = "all"
    api: int = 1
    worker: int = 1


class Look(msgspec.Struct, frozen=True):
    """What is looked at with."""

    settings: Settings
    fleet: Fleet
    http: aiohttp.ClientSession
    storage: Storage
    nameserver: tuple[str, int] | None = None
    """Who is asked about domains: address and port; the machine's own resolvers where there is none."""

    @property
    def origin(self) -> str:
        """Of the pages that people have open."""
        return addresses.origin(self.settings.public_url)


async def settings(look: Look) -> str:
    if not look.settings.production:
        raise IllError(
            "ENVIRONMENT is not production", "Set ENVIRONMENT=production, and give every process the same settings."
        )
    if problems := fail_closed.problems(look.settings):
        raise IllError(
            "; ".join(problems), "Each sentence names a setting; docs/reference/settings.md says what it is."
        )
    return "complete, and none weak"


async def connections(look: Look) -> str:
    """Whether the database takes all that a rolling deploy opens."""
    connection = await asyncpg.connect(look.settings.database_url, timeout=5)
    try:
        row = await connection.fetchrow(
            "select current_setting('max_connections')::int, current_setting('superuser_reserved_connections')::int, "
            "coalesce(current_setting('reserved_connections', true)::int, 0), "
            "(select rolconnlimit from pg_roles where rolname = current_user), "
            "(select datconnlimit from pg_database where datname = current_database())"
        )
    finally:
        await connection.close()
    assert row is not None
    most, kept, reserved, of_role, of_database = row
    room = min(limit for limit in (most - kept - reserved, of_role, of_database) if limit >= 0)
    processes = look.fleet.api + look.fleet.worker
    needed = RELEASES * processes * look.settings.database_connections
    told = f"{processes} processes × {look.settings.database_connections} connections × {RELEASES} during a deploy = {needed} of {room}"
    if needed > room:
        each = max(1, room // (RELEASES * processes))
        raise IllError(
            told, f"Set DATABASE_CONNECTIONS={each}, run fewer processes, or take a database with more connections."
        )
    return told


WAYS_OUT: Final = {
    "end_session_endpoint": "at Auth0, switch on its discovery, or signing out is left to /v2/logout",
    "revocation_endpoint": "a refresh token goes on when somebody signs out, until it runs out",
}


async def sign_in(look: Look) -> str:
    name = await parts.sign_in(look.settings)
    told = await _json(look, f"{look.settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration")
    for endpoint in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        address = str(told.get(endpoint, ""))
        if not look.settings.is_trusted(address):
            raise IllError(
                f"its {endpoint} is not https", "Ask the issuer's operator: what it publishes is not safe to use."
            )
    if "S256" not in told.get("code_challenge_methods_supported", ["S256"]):
        raise IllError(
            "it does not take PKCE with S256", "Use an issuer that does: without it a stolen code is a stolen sign-in."
        )
    keys = (await _json(look, told["jwks_uri"])).get("keys", [])
    if not any(key.get("kty") == "RSA" and key.get("alg", "RS256") == "RS256" for key in keys):
        raise IllError("it has no key for RS256", "Set the API's signing algorithm to RS256 at the issuer.")
    notes = "".join(f"; it names no {endpoint}: {what}" for endpoint, what in WAYS_OUT.items() if endpoint not in told)
    return f"{name}, PKCE, {len(keys)} keys{notes}"


async def former_issuer(look: Look) -> str:
    """While the issuer moves to another address: that it is the same one, known by either."""
    former = look.settings.oidc_former_issuer
    if not former:
        return "none, as OIDC_FORMER_ISSUER says"
    if former == look.settings.oidc_issuer:
        raise IllError(
            "it is the issuer of now", "Set OIDC_FORMER_ISSUER to the address before the move, or leave it out."
        )
    told = await _json(look, f"{former.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != former:
        raise IllError(
            f"it calls itself {told.get('issuer')}",
            "Set OIDC_FORMER_ISSUER to what tokens of before say (`iss`), letter for letter (mind the slash).",
        )
    return f"{addresses.host(former)} is believed, too: take OIDC_FORMER_ISSUER out a month after the move"


async def public(look: Look) -> str:
    """Whether people, browsers and providers' webhooks reach this very program at PUBLIC_URL."""
    told = await _json(look, f"{look.settings.public_url.rstrip('/')}/api/v1/version")
    here = release()
    if (told.get("version"), told.get("commit", here.commit)) != (here.version, here.commit):
        raise IllError(
            f"another release answers there ({told.get('version', 'none at all')} of {told.get('commit') or 'an unknown commit'})",
            "Is PUBLIC_URL the address of this service? During a deploy, ask again when it is over.",
        )
    return f"{addresses.host(look.settings.public_url)} answers, release {told['version']}"


async def webhooks(look: Look) -> str:
    """A notice without a signature has to come as far as being refused for that."""
    if not look.settings.replicate_api_token:
        return "not needed: no provider calls"
    address = f"{look.settings.public_url.rstrip('/')}/api/v1/webhooks/replicate"
    async with look.http.post(address, json={}, allow_redirects=False) as answer:
        status = answer.status
    if status not in {400, 401, 403, 422}:
        raise IllError(
            f"an unsigned notice is answered with {status}",
            "Providers must reach PUBLIC_URL/api/v1/webhooks/replicate without a sign-in, a redirect or a firewall's page, and be checked by signature.",
        )
    return "reached, and refused without a signature"


async def metrics(look: Look) -> str:
    async with look.http.get(f"{look.settings.public_url.rstrip('/')}/metrics", allow_redirects=False) as answer:
        said = await bounded_answers.whole(answer, bounded_answers.LONGEST_DOCUMENT)
    if answer.status == HTTPStatus.OK and b"realstaging_" in said:
        raise IllError(
            "anybody may read the metrics",
            "Set METRICS_TOKEN (openssl rand -hex 32), and let the proxy pass no /metrics.",
        )
    return "for those alone who bear the token" if look.settings.metrics_token else "closed: there is no METRICS_TOKEN"


async def proxies(look: Look) -> str:
    if not look.settings.trusted_proxies:
        raise IllError(
            "TRUSTED_PROXIES is empty, so every caller has the proxy's address and all share one rate limit",
            "Name the networks of what stands in front and speaks TLS, as 10.0.0.0/8.",
        )
    return look.settings.trusted_proxies


async def clock(look: Look) -> str:
    """This machine's clock against the database's and the issuer's."""
    seen: list[tuple[str, float]] = []
    connection = await asyncpg.connect(look.settings.database_url, timeout=5)
    try:
        seen.append(
            (
                "the database",
                (await connection.fetchval("select clock_timestamp()") - datetime.now(UTC)).total_seconds(),
            )
        )
    finally:
        await connection.close()
    async with look.http.get(f"{look.settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration") as answer:
        if told := answer.headers.get("Date"):
            seen.append(("the issuer", (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()))
    for who, apart in seen:
        if abs(apart) > FARTHEST_CLOCK:
            raise IllError(
                f"{abs(apart):.0f} s apart from {who}'s",
                "Let this machine's clock be set by NTP: links and sign-ins are refused by time.",
            )
    return f"within {max(abs(apart) for _, apart in seen):.0f} s of {' and '.join(who for who, _ in seen)}"


async def provider(look: Look) -> str:
    if not look.settings.replicate_api_token:
        return "not used"
    headers = {"Authorization": f"Bearer {look.settings.replicate_api_token}"}
    async with look.http.get(
        f"{look.settings.replicate_api_url.rstrip('/')}/account", headers=headers, allow_redirects=False
    ) as answer:
        if answer.status != HTTPStatus.OK:
            raise IllError(
                f"Replicate answers {answer.status} to the token",
                "Make a token at https://replicate.com/account/api-tokens and set REPLICATE_API_TOKEN.",
            )
    return "Replicate takes the token"


async def _json(look: Look, address: str) -> dict[str, Any]:
    async with look.http.get(address, allow_redirects=False) as answer:
        if answer.status != HTTPStatus.OK:
            raise IllError(
                f"{address} answers {answer.status}", "That address must answer with 200, without a redirect."
            )
        return msgspec.json.decode(
            await bounded_answers.whole(answer, bounded_answers.LONGEST_DOCUMENT), type=dict[str, Any]
        )
