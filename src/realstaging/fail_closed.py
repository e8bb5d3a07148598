"""Rank 4, above `settings`: what keeps a server from starting with them (decision 76), every problem told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs, urlsplit

from realstaging.kit import addresses, callers, webhook_keys
from realstaging.kit.keyring import weakness
from realstaging.mail.addresses import mailbox
from realstaging.mail.server import mail_server
from realstaging.settings import DEVELOPMENT_KEY, BadSettings, Settings, endpoints, listed, problem
from realstaging.stripe.keys import is_key, is_live, is_webhook_secret

SHORTEST_TOKEN: Final = 24
# As Svix writes secrets: 24 to 64 bytes in base64.
SVIX_SECRET: Final = re.compile(r"whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
# Of SNS (https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html), as `mail.ses` takes it.
TOPIC: Final = re.compile(r"arn:aws:sns:[a-z]{2}(?:-[a-z]+)+-\d:\d{12}:[A-Za-z0-9_-]{1,256}")
# Read by libpq, and by nothing of ours (PostgreSQL 18, 32.1.2; asyncpg 0.31 hands what it does not know to the server, which refuses it).
# fmt: off
LIBPQ_ONLY: Final = {
    "channel_binding", "connect_timeout", "fallback_application_name", "gssdelegation", "gssencmode", "hostaddr", "keepalives",
    "keepalives_count", "keepalives_idle", "keepalives_interval", "load_balance_hosts", "max_protocol_version", "min_protocol_version", "pgbouncer",
    "pool_timeout", "require_auth", "requirepeer", "requiressl", "sslcertmode", "sslcompression", "sslsni", "tcp_user_timeout",
}
# fmt: on
_LIMITS: Final = {
    1: "a limit, as 600/minute",
    2: "two limits, as 600/minute, 1200/minute",
    3: "three limits, as 3000/minute, 2400/minute, 6000/minute",
}


def require(given: Settings) -> Settings:
    """These settings, or BadSettings with every problem."""
    found = problems(given)
    if found:
        raise BadSettings(found)
    return given


def problems(given: Settings) -> list[str]:
    """What keeps a server from starting with these settings, in sentences that never repeat a value."""
    found = [
        f"{name.upper()} is missing."
        for name in ("database_url", "redis_url", "storage_url", "oidc_issuer")
        if not getattr(given, name)
    ]
    found += foreign_parameters(given)
    found += _unsaid(given)
    found += _misread_limits(given)
    found += _open_metrics(given)
    if given.production and given.webhook_private_addresses != "refused":
        found.append(
            "WEBHOOK_PRIVATE_ADDRESSES must be left out in production: it opens private networks to customers."
        )
    if given.replicate_webhook_secret and problem(webhook_keys.key_of, given.replicate_webhook_secret):
        found.append("REPLICATE_WEBHOOK_SECRET must be as Replicate shows it, whsec_ and base64.")
    found += _mail(given)
    found += _payments(given)
    found += _backups(given)
    if given.security_contact and not given.security_contact.startswith(("mailto:", "https://")):
        found.append("SECURITY_CONTACT must begin with mailto: or https://.")
    if given.oidc_audience == given.oidc_client_id:
        found.append("OIDC_AUDIENCE and OIDC_CLIENT_ID are the same: an ID token would pass for an access token.")
    if given.production:
        return [
            *found,
            *_weak_keys(given),
            *_plain_addresses(given),
            *_output_hosts(given),
            *_plain_mail(given),
            *_pretended_payments(given),
        ]
    if not addresses.is_loopback(given.host) and given.secret_key == DEVELOPMENT_KEY:
        found.append("SECRET_KEY is the one everybody knows, and HOST lets others in. Try: openssl rand -hex 32.")
    return found


def foreign_parameters(given: Settings) -> Iterator[str]:
    """What hosts write into addresses of databases for other programs (Neon ``channel_binding``, Prisma's guides ``connect_timeout``)."""
    if foreign := sorted(LIBPQ_ONLY & parse_qs(urlsplit(given.database_url).query, keep_blank_values=True).keys()):
        yield f"DATABASE_URL says {', '.join(foreign)}, which this program cannot do. Leave it out; sslmode and sslrootcert may stay."


def _unsaid(given: Settings) -> Iterator[str]:
    """ENVIRONMENT was left out, and something looks like production: better not to start than to start open."""
    signs = list(_signs(given)) if not given.environment else []
    if signs:
        yield (
            f"ENVIRONMENT is not set, and {'; '.join(signs)}. Set ENVIRONMENT=production, or ENVIRONMENT=development "
            "where only people you trust can reach this machine."
        )


def _signs(given: Settings) -> Iterator[str]:
    if not addresses.is_loopback(given.host):
        yield "HOST is not this machine alone"
    for name in ("public_url", "oidc_issuer", "database_url", "redis_url", "mail_url"):
        address = getattr(given, name)
        if address and (addresses.is_encrypted(address) or not addresses.is_loopback(addresses.host(address))):
            yield f"{name.upper()} is not this machine's own"
    if is_live(given.stripe_secret_key):
        yield "STRIPE_SECRET_KEY moves real money"
    for endpoint in endpoints(given.storage_url):
        if addresses.is_encrypted(endpoint) or not addresses.is_loopback(addresses.host(endpoint)):
            yield "STORAGE_URL is not this machine's own"
            return


def _misread_limits(given: Settings) -> Iterator[str]:
    from realstaging.runtime.rate_limits import Cost, rates_of  # noqa: PLC0415 - only servers pay for loading it

    try:
        callers.networks(given.trusted_proxies)
    except ValueError:
        yield "TRUSTED_PROXIES must be networks separated by commas, as 10.0.0.0/8, 2001:db8::/32."
    defaults = Settings()
    for name in (cost.setting for cost in Cost):
        places = len(getattr(defaults, name).split(","))
        try:
            fits = len(rates_of(getattr(given, name))) == places
        except ValueError:
            fits = False
        if not fits:
            yield f"{name.upper()} must be {_LIMITS[places]}."


def _open_metrics(given: Settings) -> Iterator[str]:
    """Figures tell how many people use this, and when: they are for this machine, or for who has the token."""
    if given.metrics_port and not given.metrics_token and not addresses.is_loopback(given.metrics_host):
        yield "METRICS_TOKEN is missing, and METRICS_HOST lets others read the metrics. Try: openssl rand -hex 32."
    if given.metrics_token and len(given.metrics_token) < SHORTEST_TOKEN:
        yield f"METRICS_TOKEN must have at least {SHORTEST_TOKEN} characters. Try: openssl rand -hex 32."


def _mail(given: Settings) -> Iterator[str]:
    if given.mail_url and not given.mail_from:
        yield "MAIL_FROM is missing, and MAIL_URL is set: as Real Staging <hello@mail.example.com>."
    for name in ("mail_from", "mail_reply_to"):
        if getattr(given, name) and problem(mailbox, getattr(given, name)):
            yield f"{name.upper()} must be an address, as Real Staging <hello@mail.example.com>."
    if given.postmark_webhook_secret and len(given.postmark_webhook_secret) < SHORTEST_TOKEN:
        yield f"POSTMARK_WEBHOOK_SECRET must have at least {SHORTEST_TOKEN} characters. Try: openssl rand -hex 32."
    if given.resend_webhook_secret and not SVIX_SECRET.fullmatch(given.resend_webhook_secret):
        yield "RESEND_WEBHOOK_SECRET must be as Resend shows it, whsec_ and base64."
    if given.ses_topic_arn and not TOPIC.fullmatch(given.ses_topic_arn):
        yield "SES_TOPIC_ARN must be the ARN of a topic, as arn:aws:sns:eu-central-1:123456789012:name."


def _plain_mail(given: Settings) -> Iterator[str]:
    """A stand-in keeps letters to itself, and has no certificate; a relay of one's own may do without."""
    if not given.mail_url or addresses.host(given.mail_url) in listed(given.plain_hosts):
        return
    if addresses.is_loopback(addresses.host(given.mail_url)):
        yield "MAIL_URL must be a mail provider's in production, not this machine, unless PLAIN_HOSTS names it."
    elif mail_server(given.mail_url).tls == "none":
        yield "MAIL_URL must encrypt in production (leave tls=none out), unless PLAIN_HOSTS names its host."


def _payments(given: Settings) -> Iterator[str]:
    if given.stripe_secret_key and not is_key(given.stripe_secret_key):
        yield "STRIPE_SECRET_KEY must be a secret or restricted key, as rk_live_…; a publishable one (pk_…) does not do."
    if given.stripe_webhook_secret and not is_webhook_secret(given.stripe_webhook_secret):
        yield "STRIPE_WEBHOOK_SECRET must be as Stripe shows it for the endpoint, whsec_…."
    if given.stripe_webhook_secret and not given.stripe_secret_key:
        yield "STRIPE_SECRET_KEY is missing, and STRIPE_WEBHOOK_SECRET is set: what Stripe tells could not be looked up."
    if given.stripe_url and is_live(given.stripe_secret_key):
        yield "STRIPE_URL must be left out with a live key: it would be given to a stand-in."


def _backups(given: Settings) -> Iterator[str]:
    if given.backup_storage_url and not given.backup_key:
        yield "BACKUP_KEY is missing, and BACKUP_STORAGE_URL is set. Try: openssl rand -hex 32."
    elif given.backup_key and (why := weakness(given.backup_key)):
        yield f"BACKUP_KEY {why} (try: openssl rand -hex 32)."
    if given.backup_key and given.backup_key == given.secret_key:
        yield "BACKUP_KEY and SECRET_KEY are the same: who has the one would have the other."
    if given.backup_storage_url and _place(given.backup_storage_url) == _place(given.storage_url):
        yield "BACKUP_STORAGE_URL is where pictures are kept: what takes those takes the backups, too."


def _pretended_payments(given: Settings) -> Iterator[str]:
    if given.stripe_secret_key and not is_live(given.stripe_secret_key):
        yield "STRIPE_SECRET_KEY must be a live key in production (rk_live_…): with a test key anybody pays with made-up cards."
    if given.stripe_url:
        yield "STRIPE_URL must be left out in production: payments go to Stripe itself, not to a stand-in."


def _weak_keys(given: Settings) -> Iterator[str]:
    for name in ("secret_key", "secret_key_previous"):
        why = weakness(getattr(given, name)) if name == "secret_key" or getattr(given, name) else None
        if why:
            yield f"{name.upper()} {why} (try: openssl rand -hex 32)."
    if given.secret_key == given.secret_key_previous:
        yield "SECRET_KEY and SECRET_KEY_PREVIOUS are the same: a new key has to be another one."


def _plain_addresses(given: Settings) -> Iterator[str]:
    for name in ("public_url", "oidc_issuer", "oidc_former_issuer", "oidc_management_url", "replicate_api_url"):
        if getattr(given, name) and not given.is_trusted(getattr(given, name)):
            yield f"{name.upper()} must begin with https:// in production, unless PLAIN_HOSTS names its host."
    if not all(given.is_trusted(endpoint) for endpoint in endpoints(given.storage_url)):
        yield "STORAGE_URL: its endpoints must begin with https:// in production, unless PLAIN_HOSTS names their hosts."
    if not all(given.is_trusted(endpoint) for endpoint in endpoints(given.backup_storage_url)):
        yield "BACKUP_STORAGE_URL: its endpoints must begin with https:// in production, unless PLAIN_HOSTS names their hosts."
    replicate = addresses.host(given.replicate_api_url)
    if replicate != "api.replicate.com" and replicate not in listed(given.plain_hosts):
        yield "REPLICATE_API_URL must be Replicate's own in production, not a stand-in's."


def _output_hosts(given: Settings) -> Iterator[str]:
    allowed = listed(given.plain_hosts)
    for named in listed(given.replicate_output_hosts):
        name = addresses.host(named) if "://" in named else named
        if name in allowed:
            continue
        if (
            addresses.is_address(name)
            or "." not in name.strip(".")
            or ("://" in named and not named.startswith("https://"))
        ):
            yield "REPLICATE_OUTPUT_HOSTS must be names of hosts reached by https in production, not addresses or plain origins."
            return


def _place(storage_url: str) -> tuple[str, str, list[str]]:
    """The bucket at its endpoint, or the folder."""
    parts = urlsplit(storage_url)
    return parts.netloc, parts.path.rstrip("/"), parse_qs(parts.query).get("endpoint", [])
