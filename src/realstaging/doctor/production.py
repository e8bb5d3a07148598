"""The production checklist, walked: each item looked at where a program can, and how to mend what is not well.

`docs/reference/production-checklist.md` is written from the same list.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Literal

import aiohttp
import msgspec

from realstaging.doctor import bucket_looks, looks, mail_looks, payment_looks
from realstaging.doctor import examination as parts
from realstaging.doctor.examination import Finding, IllError
from realstaging.doctor.looks import Fleet, Look
from realstaging.settings import Settings
from realstaging.storage import open_storage

PATIENCE: Final = 20.0


class Item(msgspec.Struct, frozen=True):
    """One line of the checklist: its name, what is wanted, how to bring it about, and what looks at it (nothing: a person does)."""

    part: str
    wanted: str
    mend: str
    look: Callable[[Look], Awaitable[str]] | None = None
    role: Literal["api", "worker", "all"] = "all"


async def walk(chosen: Settings, fleet: Fleet, nameserver: tuple[str, int] | None = None) -> list[Finding]:
    """Every item of the checklist that this role has, all at once, in the order of the list. ``nameserver``: who is asked about domains,
    if not this machine's own.
    """
    items = [item for item in CHECKLIST if fleet.role == "all" or item.role in {"all", fleet.role}]
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        storage = open_storage(chosen.storage_url, public_url=chosen.public_url, keys=chosen.keys)
    except ValueError as error:
        return [Finding("storage", well=False, seen=chosen.hide(str(error)), mend=parts.MENDS["storage"])]
    # Redirects are not followed: what is asked for has to be at the address that people and browsers are given.
    async with aiohttp.ClientSession(timeout=timeout) as http:
        look = Look(chosen, fleet, http, storage, nameserver)
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
        looks.settings,
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
        looks.connections,
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
        bucket_looks.uploads,
    ),
    Item(
        "sizes of uploads",
        "A link takes a file of the announced size, and of no other (signed Content-Length).",
        "Use an S3 server that checks signed headers.",
        bucket_looks.sizes,
    ),
    Item(
        "deleted files",
        "A lifecycle rule ends hidden versions: what is deleted is gone within days.",
        "Run `realstaging operate bucket prepare`.",
        bucket_looks.old_versions,
    ),
    Item(
        "broken uploads",
        "A lifecycle rule ends unfinished multipart uploads.",
        "Run `realstaging operate bucket prepare`.",
        bucket_looks.broken_uploads,
    ),
    Item(
        "sign-in",
        "The issuer calls itself as `OIDC_ISSUER` says, letter for letter, has keys for RS256 and takes PKCE.",
        parts.MENDS["sign-in"],
        looks.sign_in,
    ),
    Item(
        "former issuer",
        "While the issuer moves to another address, `OIDC_FORMER_ISSUER` is what tokens of before say, letter for letter.",
        "docs/how-to/auth0.md, section 5.",
        looks.former_issuer,
    ),
    Item(
        "public address",
        "`PUBLIC_URL` leads to this release, with a valid certificate.",
        "Does the domain point here, is its certificate valid, does the proxy pass everything on?",
        looks.public,
    ),
    Item(
        "webhooks",
        "Providers reach the service, and what they send without a signature is refused.",
        "Let POST to /api/v1/webhooks/ through to the API as it comes.",
        looks.webhooks,
    ),
    Item(
        "mail",
        "Letters are taken by a provider's server, by TLS, and the sender's domain has SPF, DKIM and DMARC records.",
        parts.MENDS["mail"],
        mail_looks.mail,
    ),
    Item(
        "payments",
        "Where people can pay: the key is a live one, Stripe has products, prices, portal and webhook endpoint as the offers say, in our API version.",
        "Run `realstaging operate stripe sync` (docs/how-to/stripe.md).",
        payment_looks.payments,
    ),
    Item(
        "metrics",
        "`/metrics` is not for everybody.",
        "Set METRICS_TOKEN.",
        looks.metrics,
    ),
    Item(
        "proxies",
        "What stands in front is named in `TRUSTED_PROXIES`, so that callers are told apart.",
        "Name its networks, as 10.0.0.0/8.",
        looks.proxies,
        role="api",
    ),
    Item(
        "clock",
        "This machine's clock agrees with the database's and the issuer's.",
        "Let NTP set the clock.",
        looks.clock,
    ),
    Item(
        "models",
        "Where models on Replicate are used, the token is valid.",
        "Make a token and set REPLICATE_API_TOKEN.",
        looks.provider,
    ),
    Item(
        "renderer",
        "The worker can render (`--for api` leaves this out).",
        parts.MENDS["renderer"],
        _part(parts.renderer),
        role="worker",
    ),
    Item(
        "a letter, end to end",
        "A letter has arrived in a mailbox at Gmail and one at Outlook, not as spam, and its headers say `dkim=pass`, `spf=pass` and `dmarc=pass`; bounces are told to `/api/v1/webhooks/mail/…`.",
        "docs/how-to/mail.md",
    ),
    Item(
        "a payment, end to end",
        "Where people can pay: a real card bought the smallest pack, the credit was there within seconds, and refunding it took it back.",
        "docs/how-to/stripe.md, section 6.",
    ),
    Item(
        "callback addresses",
        "The issuer's application allows `PUBLIC_URL/signed-in`, `PUBLIC_URL/` for signing out, and the origin `PUBLIC_URL`.",
        "Sign in and out once, in a window without history.",
    ),
    Item(
        "refresh tokens",
        "They rotate, with an overlap of some seconds; access tokens live 15 minutes.",
        "At Auth0: the application's Refresh Token Rotation, the API's Token Expiration (docs/how-to/auth0.md).",
    ),
    Item(
        "what tokens say",
        "Access tokens say e-mail, `email_verified`, name, `auth_time` and `sid`: at Auth0 by the Action of `deploy/auth0/claims.js`.",
        "Sign in, and ask `GET /api/v1/me` and `GET /api/v1/me/sessions`: your address and one session for each browser must be there.",
    ),
    Item(
        "a photo, end to end",
        "A photo was uploaded in a browser, staged and downloaded on the production service.",
        "Do it once after the first deploy, and again after each change of storage or sign-in.",
    ),
    Item(
        "backups",
        "Database and bucket are backed up, the first also to another provider, and a restore was tried this month.",
        "`realstaging operate backup` every night, `realstaging operate backup rehearse` every month (docs/how-to/backup-and-restore.md); the bucket by its provider's replication.",
    ),
    Item(
        "roll back",
        "Somebody has rolled back a release on purpose.",
        "docs/how-to/upgrade-and-roll-back.md",
    ),
    Item(
        "alerts",
        "Somebody is woken when `/api/v1/health/ready` fails, a chore has not succeeded for long, answers are 5xx, or jobs are given up.",
        "An outside monitor for the first; Prometheus with deploy/observability/rules.yml for the others (docs/how-to/monitoring.md).",
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
        "What `/legal` shows (terms, privacy, acceptable use, processors, cookies) is what a lawyer has read, and says who runs the service.",
        "Copy the templates, have them read, name the folder in LEGAL_FOLDER; set SECURITY_CONTACT (docs/how-to/legal-pages.md).",
    ),
)
