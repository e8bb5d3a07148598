"""The production checklist, walked: each item looked at where a program can, and how to mend what is not well.

`docs/reference/production-checklist.md` is written from the same list.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final, Literal

import aiohttp
import asyncpg
import msgspec

from realstaging.doctor import examination as parts
from realstaging.doctor.examination import Finding, IllError
from realstaging.kit import addresses
from realstaging.kit.clock import utc_now
from realstaging.runtime.release import release
from realstaging.settings import Settings
from realstaging.storage import Storage, open_storage
from realstaging.storage.bucket import MOST_DAYS, Refused
from realstaging.storage.s3 import S3Storage

PATIENCE: Final = 20.0
PROBE: Final = "health/doctor-upload"
MOST_ANSWER: Final = 1_000_000
FARTHEST_CLOCK: Final = 10.0
"""Seconds: signatures and tokens bear minutes, but a clock that is wrong by seconds today is wrong by minutes next month."""
NOT_THERE: Final = 501
STRANGER: Final = "https://stranger.invalid"
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

    @property
    def origin(self) -> str:
        """Of the pages that people have open."""
        return addresses.origin(self.settings.public_url)


class Item(msgspec.Struct, frozen=True):
    """One line of the checklist: its name, what is wanted, how to bring it about, and what looks at it (nothing: a person does)."""

    part: str
    wanted: str
    mend: str
    look: Callable[[Look], Awaitable[str]] | None = None
    role: Literal["api", "worker", "all"] = "all"


async def walk(chosen: Settings, fleet: Fleet) -> list[Finding]:
    """Every item of the checklist that this role has, all at once, in the order of the list."""
    items = [item for item in CHECKLIST if fleet.role == "all" or item.role in {"all", fleet.role}]
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        storage = open_storage(chosen.storage_url, public_url=chosen.public_url, keys=chosen.keys)
    except ValueError as error:
        return [Finding("storage", well=False, seen=chosen.hide(str(error)), mend=parts.MENDS["storage"])]
    # Redirects are not followed: what is asked for has to be at the address that people and browsers are given.
    async with aiohttp.ClientSession(timeout=timeout) as http:
        look = Look(chosen, fleet, http, storage)
        return list(await asyncio.gather(*(_found(item, look) for item in items)))


async def _found(item: Item, look: Look) -> Finding:
    if item.look is None:
        return Finding(item.part, well=True, seen=item.wanted, mend=item.mend, by_hand=True)
    try:
        async with asyncio.timeout(parts.PATIENCE):
            return Finding(item.part, well=True, seen=await item.look(look))
    except IllError as ill:
        return Finding(item.part, well=False, seen=look.settings.hide(str(ill)), mend=look.settings.hide(ill.mend))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is a finding
        told = look.settings.hide(f"{type(error).__name__}: {error}")
        return Finding(item.part, well=False, seen=told, mend=item.mend)


async def _settings(look: Look) -> str:
    if not look.settings.production:
        raise IllError(
            "ENVIRONMENT is not production", "Set ENVIRONMENT=production, and give every process the same settings."
        )
    if problems := look.settings.problems():
        raise IllError(
            "; ".join(problems), "Each sentence names a setting; docs/reference/settings.md says what it is."
        )
    return "complete, and none weak"


async def _connections(look: Look) -> str:
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


async def _uploads(look: Look) -> str:
    """A real preflight for what a browser sends, and for one from a page that is not ours."""
    answer = await _preflight(look, look.origin, "PUT")
    mend = (
        f"Run `realstaging operate bucket prepare` with a key that may set the bucket up, or allow origin {look.origin}, methods GET, HEAD and PUT "
        "and the header Content-Type in the bucket's CORS rules."
    )
    if answer["origin"] not in {"*", look.origin}:
        raise IllError(f"the bucket does not let pages of {look.origin} send files", mend)
    if "PUT" not in answer["methods"] and "*" not in answer["methods"]:
        raise IllError("the bucket does not let browsers PUT", mend)
    if not {"content-type", "*"} & set(answer["headers"]):
        raise IllError("the bucket does not let browsers name a file's type", mend)
    stranger = await _preflight(look, STRANGER, "PUT")
    if stranger["origin"] in {"*", STRANGER}:
        raise IllError("the bucket lets pages of any origin send files", mend)
    return f"from {look.origin}, and from no other"


async def _preflight(look: Look, origin: str, method: str) -> dict[str, str | list[str]]:
    signed = look.storage.sign_put(PROBE, content_type="image/jpeg", size=1, now=utc_now())
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type",
    }
    async with look.http.options(signed.url, headers=asked, allow_redirects=False) as answer:
        told = answer.headers
        well = answer.status < HTTPStatus.MULTIPLE_CHOICES
    return {
        "origin": told.get("Access-Control-Allow-Origin", "") if well else "",
        "methods": [name.strip().upper() for name in told.get("Access-Control-Allow-Methods", "").split(",")],
        "headers": [name.strip().lower() for name in told.get("Access-Control-Allow-Headers", "").split(",")],
    }


async def _sizes(look: Look) -> str:
    """A link for one byte must not take two; and must take one."""
    try:
        right = await _sent(look, announced=1, sent=1)
        if right >= HTTPStatus.MULTIPLE_CHOICES:
            raise IllError(
                f"an announced file is refused with {right}", "May the key write? Is this machine's clock right?"
            )
        wrong = await _sent(look, announced=1, sent=2)
        if wrong < HTTPStatus.MULTIPLE_CHOICES:
            raise IllError(
                "a link takes a file of another size than was announced",
                "This S3 server does not check the signed Content-Length: whoever has a link may fill the bucket. Use another server, or a proxy that limits bodies.",
            )
    finally:
        await look.storage.delete([PROBE])
    return "as announced, and no other"


async def _sent(look: Look, *, announced: int, sent: int) -> int:
    link = look.storage.sign_put(PROBE, content_type="image/jpeg", size=announced, now=utc_now())
    async with look.http.put(link.url, data=b"x" * sent, headers=link.headers, allow_redirects=False) as answer:
        return answer.status


async def _old_versions(look: Look) -> str:
    if not isinstance(look.storage, S3Storage):
        return "a folder keeps none"
    mend = (
        "Run `realstaging operate bucket prepare` with a key that may set the bucket up, or give the bucket a lifecycle rule that ends noncurrent "
        "(B2: hidden) versions after a day: without one, what people delete stays, and is paid for."
    )
    try:
        if not await look.storage.bucket.keeps_versions():
            return "the bucket keeps none"
        rule = await look.storage.bucket.lifecycle()
    except Refused as refused:
        raise IllError(
            f"the key may not read the bucket's rules ({refused.status} {refused.said})",
            f"Give it readBuckets at B2. {mend}",
        ) from refused
    if rule.hidden_days is None:
        raise IllError("the bucket keeps what was deleted, for ever", mend)
    if rule.hidden_days > MOST_DAYS:
        raise IllError(f"the bucket keeps what was deleted for {rule.hidden_days} days", mend)
    return f"end after {rule.hidden_days} days at most, and at once where the service deletes"


async def _broken_uploads(look: Look) -> str:
    if not isinstance(look.storage, S3Storage):
        return "the service removes them itself"
    mend = "Run `realstaging operate bucket prepare`, or give the bucket a rule that ends unfinished multipart uploads after a day."
    try:
        rule = await look.storage.bucket.lifecycle()
    except Refused as refused:
        if refused.status == NOT_THERE:
            return "this server has no such rules: look into its folder of parts now and then"
        raise IllError(
            f"the key may not read the bucket's rules ({refused.status} {refused.said})",
            f"Give it readBuckets at B2. {mend}",
        ) from refused
    if rule.broken_days is None:
        raise IllError("the bucket keeps parts of broken uploads, unseen and paid for", mend)
    return f"end after {rule.broken_days} days"


async def _sign_in(look: Look) -> str:
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
    end = (
        ""
        if "end_session_endpoint" in told
        else "; it names no end_session_endpoint: at Auth0, switch on its discovery, or signing out is left to /v2/logout"
    )
    return f"{name}, PKCE, {len(keys)} keys{end}"


async def _public(look: Look) -> str:
    """Whether people, browsers and providers' webhooks reach this very program at PUBLIC_URL."""
    told = await _json(look, f"{look.settings.public_url.rstrip('/')}/api/v1/version")
    here = release()
    if (told.get("version"), told.get("commit", here.commit)) != (here.version, here.commit):
        raise IllError(
            f"another release answers there ({told.get('version', 'none at all')} of {told.get('commit') or 'an unknown commit'})",
            "Is PUBLIC_URL the address of this service? During a deploy, ask again when it is over.",
        )
    return f"{addresses.host(look.settings.public_url)} answers, release {told['version']}"


async def _webhooks(look: Look) -> str:
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


async def _metrics(look: Look) -> str:
    async with look.http.get(f"{look.settings.public_url.rstrip('/')}/metrics", allow_redirects=False) as answer:
        said = await answer.content.read(MOST_ANSWER)
    if answer.status == HTTPStatus.OK and b"realstaging_" in said:
        raise IllError(
            "anybody may read the metrics",
            "Set METRICS_TOKEN (openssl rand -hex 32), and let the proxy pass no /metrics.",
        )
    return "for those alone who bear the token" if look.settings.metrics_token else "closed: there is no METRICS_TOKEN"


async def _proxies(look: Look) -> str:
    if not look.settings.trusted_proxies:
        raise IllError(
            "TRUSTED_PROXIES is empty, so every caller has the proxy's address and all share one rate limit",
            "Name the networks of what stands in front and speaks TLS, as 10.0.0.0/8.",
        )
    return look.settings.trusted_proxies


async def _clock(look: Look) -> str:
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


async def _provider(look: Look) -> str:
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
        return msgspec.json.decode(await answer.content.read(MOST_ANSWER), type=dict[str, Any])


def _part(look: Callable[[Settings], Awaitable[str]]) -> Callable[[Look], Awaitable[str]]:
    """A look of the everyday examination, which needs the settings alone."""

    async def looked(with_what: Look) -> str:
        return await look(with_what.settings)

    return looked


CHECKLIST: Final = (
    Item(
        "settings",
        "`ENVIRONMENT=production`, every setting that has no default is given, keys are random, addresses are encrypted.",
        "`doctor` names each one; `.env.example` has them all.",
        _settings,
    ),
    Item(
        "database",
        "PostgreSQL is reached, by TLS or through a network named in `PLAIN_HOSTS`, and has the schema of this release.",
        parts.MENDS["database"],
        _part(parts.database),
    ),
    Item(
        "database connections",
        "What all processes open, twice during a rolling deploy, is less than the database takes (`--api-instances`, `--worker-instances`).",
        "Set DATABASE_CONNECTIONS lower, run fewer processes, or take a larger database.",
        _connections,
    ),
    Item(
        "queue",
        "Valkey or Redis is reached, by TLS or through a network named in `PLAIN_HOSTS`, and throws nothing away (`noeviction`).",
        parts.MENDS["queue"],
        _part(parts.queue),
    ),
    Item("storage", "The bucket takes, gives and deletes a file.", parts.MENDS["storage"], _part(parts.stored)),
    Item(
        "uploads from browsers",
        "The bucket answers a browser's preflight from `PUBLIC_URL`, and from no other origin.",
        "Run `realstaging operate bucket prepare`.",
        _uploads,
    ),
    Item(
        "sizes of uploads",
        "A link takes a file of the announced size, and of no other (signed Content-Length).",
        "Use an S3 server that checks signed headers.",
        _sizes,
    ),
    Item(
        "deleted files",
        "A lifecycle rule ends hidden versions: what is deleted is gone within days.",
        "Run `realstaging operate bucket prepare`.",
        _old_versions,
    ),
    Item(
        "broken uploads",
        "A lifecycle rule ends unfinished multipart uploads.",
        "Run `realstaging operate bucket prepare`.",
        _broken_uploads,
    ),
    Item(
        "sign-in",
        "The issuer calls itself as `OIDC_ISSUER` says, letter for letter, has keys for RS256 and takes PKCE.",
        parts.MENDS["sign-in"],
        _sign_in,
    ),
    Item(
        "public address",
        "`PUBLIC_URL` leads to this release, with a valid certificate.",
        "Does the domain point here, is its certificate valid, does the proxy pass everything on?",
        _public,
    ),
    Item(
        "webhooks",
        "Providers reach the service, and what they send without a signature is refused.",
        "Let POST to /api/v1/webhooks/ through to the API as it comes.",
        _webhooks,
    ),
    Item(
        "metrics",
        "`/metrics` is not for everybody.",
        "Set METRICS_TOKEN.",
        _metrics,
    ),
    Item(
        "proxies",
        "What stands in front is named in `TRUSTED_PROXIES`, so that callers are told apart.",
        "Name its networks, as 10.0.0.0/8.",
        _proxies,
        role="api",
    ),
    Item(
        "clock", "This machine's clock agrees with the database's and the issuer's.", "Let NTP set the clock.", _clock
    ),
    Item(
        "models",
        "Where models on Replicate are used, the token is valid.",
        "Make a token and set REPLICATE_API_TOKEN.",
        _provider,
    ),
    Item(
        "renderer",
        "The worker can render (`--for api` leaves this out).",
        parts.MENDS["renderer"],
        _part(parts.renderer),
        role="worker",
    ),
    Item(
        "callback addresses",
        "The issuer's application allows `PUBLIC_URL/signed-in`, `PUBLIC_URL/` for signing out, and the origin `PUBLIC_URL`.",
        "Sign in and out once, in a window without history.",
    ),
    Item(
        "refresh tokens",
        "They rotate, with an overlap of some seconds; access tokens live 15 minutes.",
        "At Auth0: the application's Refresh Token Rotation, the API's Token Expiration.",
    ),
    Item(
        "a photo, end to end",
        "A photo was uploaded in a browser, staged and downloaded on the production service.",
        "Do it once after the first deploy, and again after each change of storage or sign-in.",
    ),
    Item(
        "backups",
        "Database and bucket are backed up, the first also to another provider, and a restore was tried this month.",
        "Render: points in time are on by themselves; add a nightly `pg_dump -Fc`. Restore into a new database, then `realstaging operate storage check`.",
    ),
    Item(
        "roll back",
        "Somebody has rolled back a release on purpose.",
        "docs/how-to/upgrade-and-roll-back.md",
    ),
    Item(
        "alerts",
        "Somebody is woken when `/api/v1/health/ready` fails, a chore has not succeeded for long, answers are 5xx, or jobs are given up.",
        "An outside monitor for the first; Prometheus on METRICS_PORT for the others (docs/how-to/run-in-production.md).",
    ),
    Item(
        "costs",
        "Cost alerts are set at the host, the bucket's provider and Replicate.",
        "UNPAID_SERVICE_DAY_CENTS bounds what is spent without a result; `realstaging operate costs` tells it.",
    ),
    Item(
        "keys",
        "Two people can reach the secrets, and `SECRET_KEY` is rotated yearly.",
        "docs/how-to/rotate-keys.md",
    ),
    Item(
        "legal pages",
        "Terms, privacy and who runs the service are what a lawyer has read.",
        "They are yours to write: what is published here binds you.",
    ),
)
