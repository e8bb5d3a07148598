"""What works with these settings, what does not, and how to mend it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import aiohttp
import asyncpg
import msgspec
from redis.asyncio import Redis

from realstaging import fail_closed
from realstaging.engines.local.renderer import Renderer
from realstaging.kit import addresses, bounded_answers
from realstaging.kit.clock import utc_now
from realstaging.runtime import schema as schemas
from realstaging.settings import Settings
from realstaging.storage import Storage, open_storage

PATIENCE: Final = 60.0
PROBE: Final = "health/doctor"


class Finding(msgspec.Struct, frozen=True):
    """What was looked at, whether it is well, what was seen, and how to mend it."""

    part: str
    well: bool
    seen: str
    mend: str = ""
    by_hand: bool = False
    """Whether no program can see it, and a person has to."""


class IllError(Exception):
    """A part is not well: what was seen, and how to mend it."""

    def __init__(self, seen: str, mend: str) -> None:
        super().__init__(seen)
        self.mend = mend


async def examine(chosen: Settings) -> list[Finding]:
    """Look at every part, all at once."""
    problems = fail_closed.problems(chosen)
    told = Finding(
        "settings", not problems, "; ".join(problems) or f"complete for {chosen.environment or 'this machine alone'}"
    )
    looks: list[tuple[str, bool, Callable[[Settings], Awaitable[str]]]] = [
        ("database", bool(chosen.database_url), database),
        ("queue", bool(chosen.redis_url), queue),
        ("storage", bool(chosen.storage_url), stored),
        ("uploads from browsers", chosen.storage_url.startswith("s3:"), uploads),
        ("sign-in", bool(chosen.oidc_issuer), sign_in),
        ("mail", bool(chosen.mail_url), mail),
        ("renderer", True, renderer),
    ]
    seen = await asyncio.gather(*(_look(part, look, chosen) for part, given, look in looks if given))
    return [told, *seen]


async def _look(part: str, look: Callable[[Settings], Awaitable[str]], chosen: Settings) -> Finding:
    try:
        async with asyncio.timeout(PATIENCE):
            return Finding(part, True, await look(chosen))
    except IllError as ill:
        return Finding(part, False, chosen.hide(str(ill)), ill.mend)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is a finding
        return Finding(part, False, chosen.hide(f"{type(error).__name__}: {error}"), MENDS.get(part, ""))


MENDS: Final = {
    "database": "Is DATABASE_URL right, and may this machine reach it? It has the form postgresql://user:password@host:port/name.",
    "queue": "Is REDIS_URL right, and may this machine reach it? It has the form redis://:password@host:port/0, rediss:// for TLS.",
    "storage": "Is STORAGE_URL right? The key needs permission to get, put, delete and list in the bucket.",
    "sign-in": "Is OIDC_ISSUER right? Its /.well-known/openid-configuration must answer.",
    "mail": "Are host, port, user and password in MAIL_URL right (percent-encoded), and may this machine reach it? Port 25 is closed at most hosts: use 587 or 465.",
    "renderer": "Run `realstaging renderer install` (in a clone: `make setup`).",
}


async def database(chosen: Settings) -> str:
    """Its version, its schema and how it is spoken to. A schema that this release does not know is a newer one's, and well."""
    connection = await asyncpg.connect(chosen.database_url, timeout=5)
    try:
        version = await connection.fetchval("show server_version")
        schema = await connection.fetchval("select to_regclass('alembic_version') is not null")
        at = await connection.fetchval("select version_num from alembic_version") if schema else "nothing"
        encrypted = await connection.fetchval("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
    finally:
        await connection.close()
    if at == "nothing" or at in schemas.revisions()[:-1]:
        raise IllError(f"the schema is at {at}, the newest is {schemas.newest()}", "Run `realstaging migrate`.")
    newer = "" if at == schemas.newest() else " (of a newer release)"
    return f"PostgreSQL {version}, schema {at}{newer}{database_encryption(chosen, encrypted=encrypted)}"


# libpq's modes that never fall back to plain text; the last two also check who answers (PostgreSQL 18, 32.19.1).
ENCRYPTING: Final = frozenset({"require", "verify-ca", "verify-full"})
CHECKING: Final = ENCRYPTING - {"require"}


def database_encryption(chosen: Settings, *, encrypted: bool) -> str:
    """How what is said to the database is kept from others. ``encrypted``: what the server says of the connection just made, which
    a proxy before it may not have passed on: what the address demands counts as well.
    """
    mode = parse_qs(urlsplit(chosen.database_url).query).get("sslmode", ["prefer"])[-1]
    if mode in CHECKING:
        return ", by TLS, certificate checked"
    if mode in ENCRYPTING or encrypted:
        return ", by TLS, certificate not checked (sslmode=verify-full does)"
    _private(
        chosen, chosen.database_url, "sslmode=verify-full in DATABASE_URL (require where its certificate is its own)"
    )
    return ", without TLS"


def _private(chosen: Settings, address: str, mend: str) -> None:
    """IllError where production speaks without TLS through a network that nobody called private."""
    name = addresses.host(address)
    if chosen.production and not addresses.is_loopback(name) and not chosen.is_trusted(address):
        raise IllError(
            "it is spoken to without TLS", f"Use {mend}, or name {name} in PLAIN_HOSTS where the network is private."
        )


async def queue(chosen: Settings) -> str:
    """Its version, that it throws nothing away, and how it is spoken to."""
    async with Redis.from_url(chosen.redis_url, socket_connect_timeout=5, socket_timeout=5) as redis:
        told = await redis.info("server")
        # Not by CONFIG, which managed servers keep to themselves.
        policy = (await redis.info("memory")).get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        raise IllError(f"it may throw jobs away (maxmemory-policy {policy})", "Set maxmemory-policy to noeviction.")
    asked = parse_qs(urlsplit(chosen.redis_url).query).get("ssl_cert_reqs", ["required"])[-1]
    if addresses.is_encrypted(chosen.redis_url):
        encryption = ", by TLS, certificate " + ("checked" if asked == "required" else "not checked")
    else:
        _private(chosen, chosen.redis_url, "rediss:// in REDIS_URL")
        encryption = ", without TLS"
    return f"{told.get('server_name', 'redis')} {told.get('valkey_version', told.get('redis_version'))}{encryption}"


def _opened(chosen: Settings) -> Storage:
    return open_storage(chosen.storage_url, public_url=chosen.public_url, keys=chosen.keys)


async def stored(chosen: Settings) -> str:
    """That a file goes in, comes out and is deleted."""
    storage = _opened(chosen)
    await storage.put(PROBE, b"probe", "application/octet-stream")
    if await storage.get(PROBE) != b"probe":
        raise IllError("what was written is not what is read", MENDS["storage"])
    await storage.delete([PROBE])
    if chosen.storage_url.startswith("file:"):
        return "written, read and deleted"
    # That the endpoint is https or in PLAIN_HOSTS is one of the settings' problems; the client checks certificates, always.
    return f"written, read and deleted, {'by' if chosen.storage_encrypted else 'without'} TLS"


async def uploads(chosen: Settings) -> str:
    """That a browser may send files."""
    signed = _opened(chosen).sign_put(PROBE, content_type="image/jpeg", size=1, now=utc_now())
    asked = {
        "Origin": chosen.public_url,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type",
    }
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session,
        session.options(signed.url, headers=asked) as answer,
    ):
        allowed = answer.headers.get("Access-Control-Allow-Origin", "")
    if allowed not in {"*", chosen.public_url}:
        raise IllError(
            f"the bucket does not let {chosen.public_url} send files",
            f"Allow origin {chosen.public_url}, methods GET and PUT, header Content-Type in the bucket's CORS rules.",
        )
    return f"allowed from {chosen.public_url}"


async def sign_in(chosen: Settings) -> str:
    """That the issuer is who the settings say."""
    address = f"{chosen.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session,
        session.get(address) as answer,
    ):
        answer.raise_for_status()
        issuer = (await bounded_answers.document(answer))["issuer"]
    if issuer != chosen.oidc_issuer:
        raise IllError(
            f"the issuer calls itself {issuer}", f"Set OIDC_ISSUER to {issuer}, letter for letter (mind the slash)."
        )
    return str(urlsplit(issuer).netloc)


async def mail(chosen: Settings) -> str:
    """That the server can be reached, encrypts, and lets us in."""
    outgoing = chosen.outgoing
    if outgoing is None:
        raise IllError("MAIL_URL is not set, so no letter is sent", "docs/how-to/mail.md says how to find one.")
    greeting = await outgoing.greet()
    if chosen.production and "sandbox" in greeting.lower():
        raise IllError("the mail server is a stand-in: nothing arrives", "Set MAIL_URL to a mail provider's server.")
    server = outgoing.server
    how = {"implicit": "by TLS", "starttls": "by STARTTLS", "none": "without TLS"}[server.tls]
    return f"{server.host} takes letters, {how}, {'signed in' if server.user else 'without signing in'}"


async def renderer(chosen: Settings) -> str:
    """That it starts."""
    renderer = Renderer(Path(chosen.render_python) if chosen.render_python else None, 1)
    try:
        await renderer.warm()
    finally:
        await renderer.close()
    return "started"
