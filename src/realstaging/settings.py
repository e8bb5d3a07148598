"""Rank 4: the only reader of the environment. Every setting with its sentence, the typed parts of them, and what is hidden of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, get_args, get_type_hints
from urllib.parse import parse_qs, unquote, unquote_plus, urlsplit

import msgspec

from realstaging.kit import addresses
from realstaging.kit.errors import AppError
from realstaging.kit.keyring import KeyRing
from realstaging.mail.addresses import mailbox
from realstaging.mail.server import mail_server
from realstaging.runtime.credit_backs import Allowance
from realstaging.runtime.keeping import KeptFor
from realstaging.runtime.paying import Paying
from realstaging.runtime.unpaid import Caps

if TYPE_CHECKING:
    from realstaging.mail.outgoing import Outgoing
    from realstaging.runtime.otlp import Otlp
    from realstaging.runtime.rate_limits import Rates
    from realstaging.stripe.client import Stripe

DEVELOPMENT_KEY: Final = "development-only"
OLD_NAMES: Final[Mapping[str, str]] = {"operator_subjects": "ADMIN_SUBJECTS"}
"""What settings were called in the release before, which a deployment may still say."""
SECRETS: Final = (
    "secret_key",
    "metrics_token",
    "secret_key_previous",
    "replicate_api_token",
    "replicate_webhook_secret",
    "oidc_management_client_secret",
    "postmark_webhook_secret",
    "resend_webhook_secret",
    "stripe_secret_key",
    "stripe_webhook_secret",
    "backup_key",
)
# With a name or a password in them, or parameters that are secrets.
ADDRESSES: Final = (
    *(
        "database_url",
        "redis_url",
        "public_url",
        "oidc_issuer",
        "oidc_former_issuer",
        "oidc_management_url",
        "replicate_api_url",
        "otlp_endpoint",
        "sentry_dsn",
    ),
    "mail_url",
    "stripe_url",
)
# Shorter than this, a value stands in too many innocent words to be hidden wherever it is seen.
SHORTEST_HIDDEN: Final = 6
SECRET_PARAMETER: Final = re.compile(r"token|secret|key|password", re.IGNORECASE)
HIDDEN: Final = "[hidden]"


class BadSettings(AppError):
    """The settings are not complete."""

    code = "bad_settings"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The settings are not complete:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a process is told from outside. The names in the environment are these in capitals."""

    environment: Literal["", "development", "production"] = ""
    """`production` refuses stand-ins, plain HTTP and weak secrets. Left out, the service starts only where every address is this machine's own."""
    database_url: str = ""
    """PostgreSQL, as postgresql://user:password@host:port/name."""
    redis_url: str = ""
    """Valkey or Redis, as redis://host:port/0 (rediss:// for TLS)."""
    storage_url: str = ""
    """Where pictures are kept: file:///absolute/folder or s3://bucket?endpoint=…&region=…&access_key=…&secret_key=…"""
    public_url: str = "http://localhost:8000"
    """The address people and browsers reach the service at."""
    secret_key: str = DEVELOPMENT_KEY
    """Signs links and seals stored secrets. At least 32 random characters, except on this machine alone."""
    secret_key_previous: str = ""
    """The key before `SECRET_KEY`, while what was signed or sealed with it is still about."""
    plain_hosts: str = ""
    """Hosts of a private network that production may reach without TLS, such as minio,valkey; separated by commas."""
    oidc_issuer: str = ""
    """OpenID Connect issuer, for Auth0 https://TENANT.us.auth0.com/ with the slash."""
    oidc_former_issuer: str = ""
    """The issuer's address before it moved to another domain, while tokens of that one are still about. The same subject is the same person."""
    oidc_audience: str = "https://api.realstaging.local"
    """The API's identifier at the issuer, letter for letter."""
    oidc_client_id: str = "realstaging-web"
    """The web app's client id at the issuer."""
    oidc_management_client_id: str = ""
    """The client id of an application at Auth0 that may use its Management API with `delete:users`: it deletes the sign-in identity of who is erased; with `delete:sessions`, sessions that are ended here end there, too. Empty: identities stay, which receipts say."""
    oidc_management_client_secret: str = ""
    """That application's secret."""
    oidc_management_url: str = ""
    """Where the Management API is, where `OIDC_ISSUER` is a domain of one's own: the tenant's, https://TENANT.us.auth0.com. Empty: at the issuer."""
    operator_subjects: str = ""
    """Who may choose and set up models over HTTP: subjects (`sub`) of tokens of the issuer, separated by commas. `ADMIN_SUBJECTS`, its name before release 0.2, is read until 0.3."""
    host: str = "127.0.0.1"
    """The address the API listens on."""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8000
    """The port the API listens on."""
    trusted_proxies: str = ""
    """Networks of the proxies whose X-Forwarded-For is believed, as `10.0.0.0/8, 2001:db8::/32`. Empty: nobody's, callers are known
    by the address they connect from."""
    rate_limit_read: str = "3000/minute, 2400/minute, 6000/minute"
    """Requests that read: most per account, per token and per address (an IPv6 /64 is one)."""
    rate_limit_write: str = "1200/minute, 900/minute, 2400/minute"
    """Requests that change something: per account, per token and per address."""
    rate_limit_upload: str = "600/minute, 600/minute, 1800/minute"
    """Announcing, sending and completing uploads: per account, per token and per address. One request may name 50 files."""
    rate_limit_stage: str = "240/minute, 180/minute, 600/minute"
    """Requests for stagings, and to try one again: per account, per token and per address. One request may name 50 photos."""
    rate_limit_checkout: str = "30/hour, 30/hour, 60/hour"
    """Payment pages opened and plans changed: per account, per token and per address. Few, so that nobody tries out stolen cards here."""
    rate_limit_file: str = "12000/minute"
    """Pictures from local storage and parts of the web app: per address."""
    rate_limit_webhook: str = "6000/minute"
    """Notices from providers: per address."""
    rate_limit_upload_link: str = "600/minute, 1200/minute"
    """What whoever has an upload link asks for: per link and per address."""
    rate_limit_report: str = "120/minute"
    """What pages report of themselves, vitals and errors: per address."""
    rate_limit_sign_in: str = "120/minute"
    """Requests without a valid sign-in to what needs one: per address."""
    rate_limit_patience: Annotated[float, msgspec.Meta(gt=0, le=5)] = 0.05
    """Seconds a request may wait for Valkey to count it; after that this process counts by itself for a second."""
    requests_at_once: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 200
    """How many requests one API process answers at once, event streams and files aside; what is more is told to come back."""
    database_connections: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 10
    """How many database connections one process may hold."""
    cpu_jobs: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1
    """How many photos a worker renders at once. The renderer itself uses every core."""
    waiting_jobs: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 200
    """How many stagings that wait for a provider's model a worker keeps in flight."""
    general_jobs: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 32
    """How many letters, stops, payments and other jobs that have no lane of their own a worker does at once."""
    webhook_jobs: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 32
    """To how many webhook endpoints a worker speaks at once."""
    webhook_private_addresses: Literal["refused", "allowed"] = "refused"
    """Whether webhook endpoints may be on this machine or in private networks, and without TLS: in development alone."""
    render_python: str = ""
    """The Python of the render environment; when empty, the one that `realstaging renderer install` has made beside the program."""
    replicate_api_token: str = ""
    """Turns on the engine `replicate`: a token of https://replicate.com/account/api-tokens."""
    replicate_models: str = "black-forest-labs/flux-kontext-pro,qwen/qwen-image-edit-plus"
    """The models asked, in this order, until an operator sets others."""
    replicate_webhook_secret: str = ""
    """Verifies Replicate's webhooks (whsec_…); asked for at Replicate when empty."""
    replicate_api_url: str = "https://api.replicate.com/v1"
    """Replicate's API; a stand-in's in development."""
    replicate_output_hosts: str = "replicate.delivery"
    """Hosts pictures are taken from, with all below them, or whole origins; separated by commas."""
    mail_url: str = ""
    """Where letters are handed in: smtp://user:password@host:587 (STARTTLS; `?tls=none` for a private network) or smtps://…:465. User and
    password percent-encoded; `&header=X-Name:value` for what a provider wants on each. Empty: nothing is sent."""
    mail_from: str = ""
    """Who writes, as `Real Staging <hello@mail.example.com>`: a domain whose SPF, DKIM and DMARC are the mail provider's."""
    mail_reply_to: str = ""
    """Where answers to letters go, if not to `MAIL_FROM`."""
    postmark_webhook_secret: str = ""
    """The password in the address of Postmark's webhook, which tells what bounced: https://postmark:PASSWORD@…/api/v1/webhooks/mail/postmark."""
    resend_webhook_secret: str = ""
    """Verifies Resend's webhook (whsec_…), at /api/v1/webhooks/mail/resend."""
    ses_topic_arn: str = ""
    """The SNS topic of Amazon SES's notices, the only one believed, subscribed to /api/v1/webhooks/mail/ses."""
    stripe_secret_key: str = ""
    """Lets people pay: a key of https://dashboard.stripe.com/apikeys, best a restricted one (rk_…; docs/how-to/stripe.md). Empty: nobody can pay,
    and everything else works."""
    stripe_webhook_secret: str = ""
    """Verifies Stripe's webhook (whsec_…), at /api/v1/webhooks/stripe. Empty: there is no such address, and payments are found by the daily
    comparison alone."""
    stripe_url: str = ""
    """Stripe's API; a stand-in's in development. Empty: Stripe's own."""
    stripe_tax: Literal["automatic", "none"] = "automatic"
    """Whether Stripe reckons sales tax and VAT, which has to be set up there first."""
    unpaid_staging_cents: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 60
    """What a provider may charge us (US cents) for one staging without a result, tried again as often as it may be."""
    unpaid_staging_tries: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 12
    """How often a provider is asked for one staging, tried again as often as it may be."""
    unpaid_day_percent: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 40
    """What providers may charge us for an account without a result in a day (UTC), in percent of what its plan grants a month."""
    unpaid_month_percent: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 100
    """The same for a month."""
    unpaid_service_day_cents: Annotated[int, msgspec.Meta(ge=0, le=100_000_000)] = 10_000
    """What providers may charge us (US cents) without a result in a day (UTC), for all accounts together. Beyond, none is asked until midnight."""
    credit_back_days: Annotated[int, msgspec.Meta(ge=0, le=365)] = 14
    """For how many days after it was made a paid picture can be given back for its price. 0: never."""
    credit_back_least: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 3
    """How many paid pictures an account may give back in thirty days, however few it paid for."""
    credit_back_percent: Annotated[int, msgspec.Meta(ge=0, le=100)] = 10
    """How many it may give back in percent of those it paid for in these days, where that is more."""
    payment_grace_days: Annotated[int, msgspec.Meta(ge=3, le=60)] = 7
    """How long a plan stays whose payment failed, in days. What Stripe does then is set there: its last try should lie within."""
    trial_days: Annotated[int, msgspec.Meta(ge=0, le=90)] = 0
    """How many days an account's first paid plan costs nothing; a card is asked for all the same. 0: none."""
    audit_days: Annotated[int, msgspec.Meta(ge=30, le=3650)] = 400
    """How long entries of the audit trail are kept, in days."""
    keep_photos_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 0
    """After how many days photos are deleted with everything that was made of them. 0: never, but by their account."""
    keep_results_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 0
    """After how many days finished, failed and canceled stagings are deleted with their pictures. 0: never, but by their account."""
    keep_uploads_days: Annotated[int, msgspec.Meta(ge=1, le=30)] = 1
    """After how many days files are forgotten that were announced and never completed."""
    keep_least_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 7
    """The fewest days that an account may choose for its own photos and results to be kept."""
    keep_letters_days: Annotated[int, msgspec.Meta(ge=2, le=3650)] = 30
    """How long letters are kept after they were sent or given up, in days."""
    keep_deliveries_days: Annotated[int, msgspec.Meta(ge=3, le=3650)] = 30
    """How long it is kept what webhook endpoints were told and answered, in days."""
    keep_deleted_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 30
    """How long rows of deleted stagings, photos and projects are kept, in days. Their files go at once."""
    backup_storage_url: str = ""
    """Where backups of the database go, best to another provider: as `STORAGE_URL`, and another bucket or folder. Empty: none can be made."""
    backup_key: str = ""
    """Seals backups. At least 32 random characters, not `SECRET_KEY`; without it no backup can be read, so keep a copy where no server is."""
    backup_keep_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 30
    """How long backups are kept, in days; the newest one stays. What was erased is in them for so long."""
    postgres_programs: str = ""
    """The folder of PostgreSQL's `pg_dump` and `pg_restore`, of the server's major version; when empty, those on the PATH."""
    metrics_host: str = "127.0.0.1"
    """The address that metrics are served on."""
    metrics_port: int = 0
    """A port of its own for `/metrics`; none when 0. Processes on one machine need one each."""
    metrics_token: str = ""
    """Who bears it is told the metrics. Without one, production tells them on the port of their own alone."""
    web_folder: str = ""
    """The built web app; when empty, the one that comes with the program."""
    legal_folder: str = ""
    """The folder of your own terms, privacy and other legal pages, as Markdown; when empty, templates are shown, marked as such."""
    security_contact: str = ""
    """Where weaknesses are to be reported, as mailto:security@example.com or https://…; told at /.well-known/security.txt, which is not there without it."""
    otlp_endpoint: str = ""
    """Where traces and metrics are sent by OTLP (http/protobuf), as http://collector:4318; nowhere when empty."""
    trace_percent: Annotated[float, msgspec.Meta(ge=0, le=100)] = 1.0
    """How many of a hundred traces are sent in any case. Those in which something went wrong, and slow ones, are sent besides."""
    trace_slow_request: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 1.0
    """Seconds from which on the trace of a request is sent whatever became of it."""
    trace_slow_job: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 60.0
    """Seconds from which on the trace of a job's run is sent whatever became of it."""
    status_incidents: str = ""
    """The path of a TOML file with what happened, for the page at /status (docs/how-to/monitoring.md). None when empty."""
    sentry_dsn: str = ""
    """Where errors are told, as https://key@host/project: Sentry, or any tracker that speaks its protocol. Nobody when empty. No people, no requests, no values go there."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """The least important log line still written."""

    @property
    def rates(self) -> Rates:
        """The limits in `RATE_LIMIT_…`. ValueError where one cannot be read."""
        from realstaging.runtime.rate_limits import Cost, rates_of  # noqa: PLC0415 - only servers pay for loading it

        return {cost: rates_of(getattr(self, cost.setting)) for cost in Cost}

    @property
    def caps(self) -> Caps:
        """The limits in `UNPAID_…`."""
        return Caps(
            self.unpaid_staging_cents,
            self.unpaid_staging_tries,
            self.unpaid_day_percent,
            self.unpaid_month_percent,
            self.unpaid_service_day_cents,
        )

    @property
    def credit_backs(self) -> Allowance:
        """The limits in `CREDIT_BACK_…`."""
        return Allowance(self.credit_back_days, self.credit_back_least, self.credit_back_percent)

    @property
    def otlp(self) -> Otlp:
        """Where traces and metrics are sent, and which traces."""
        from realstaging.runtime.otlp import Keeping, Otlp  # noqa: PLC0415 - only servers pay for loading it

        return Otlp(self.otlp_endpoint, Keeping(self.trace_percent, self.trace_slow_request, self.trace_slow_job))

    @property
    def outgoing(self) -> Outgoing | None:
        """The server that letters are handed to, in whose name; None where there is none. It connects to nothing yet."""
        from realstaging.mail.outgoing import Letterhead, Outgoing  # noqa: PLC0415 - only who sends pays for loading it

        if not self.mail_url:
            return None
        reply_to = mailbox(self.mail_reply_to) if self.mail_reply_to else None
        return Outgoing(mail_server(self.mail_url), Letterhead(mailbox(self.mail_from), reply_to))

    @property
    def payments(self) -> Stripe | None:
        """Stripe, where a key for it is set; each time anew, and it connects to nothing yet."""
        if not self.stripe_secret_key:
            return None
        from realstaging.stripe.client import Stripe  # noqa: PLC0415 - its SDK is loaded where people can pay

        return Stripe(
            self.stripe_secret_key, self.stripe_webhook_secret, self.stripe_url, tax=self.stripe_tax == "automatic"
        )

    @property
    def operators(self) -> frozenset[str]:
        """The subjects in `OPERATOR_SUBJECTS`."""
        return frozenset(listed(self.operator_subjects))

    @property
    def production(self) -> bool:
        """Whether strangers are served."""
        return self.environment == "production"

    @property
    def keys(self) -> KeyRing:
        """What signs and seals."""
        return KeyRing(self.secret_key, self.secret_key_previous)

    def is_trusted(self, address: str) -> bool:
        """Whether production may speak to an address: by TLS, or in a network that PLAIN_HOSTS calls private."""
        return addresses.is_encrypted(address) or addresses.host(address) in listed(self.plain_hosts)

    @property
    def storage_encrypted(self) -> bool:
        """Whether a bucket is spoken to by TLS."""
        return all(addresses.is_encrypted(endpoint) for endpoint in endpoints(self.storage_url))

    def unreadable(self) -> list[str]:
        """Addresses that are none. Libraries would repeat them in their errors, passwords and all."""
        found = [
            f"{name.upper()} is not an address (in a password, characters such as / # @ : are written as %2F %23 %40 %3A)."
            for name in ADDRESSES
            if getattr(self, name) and addresses.split(getattr(self, name)) is None
        ]
        scheme = self.storage_url.partition(":")[0]
        if self.storage_url and (
            scheme not in {"file", "s3"} or (scheme == "s3" and addresses.split(self.storage_url) is None)
        ):
            found.append("STORAGE_URL must begin with file:// or s3:// and, for a bucket, name it.")
        backups = self.backup_storage_url
        if backups and (
            not backups.startswith(("file:", "s3:")) or (backups.startswith("s3:") and addresses.split(backups) is None)
        ):
            found.append("BACKUP_STORAGE_URL must begin with file:// or s3:// and, for a bucket, name it.")
        if self.mail_url and addresses.split(self.mail_url) and (why := problem(mail_server, self.mail_url)):
            found.append(f"MAIL_URL {why}.")
        return found

    def secrets(self) -> list[str]:
        """Every value that must not be seen in a log or an error, longest first."""
        found = {getattr(self, name) for name in SECRETS}
        for name in (*ADDRESSES, "storage_url", "backup_storage_url"):
            found |= _secrets_in(getattr(self, name))
        for origin in listed(self.replicate_output_hosts):
            found |= _secrets_in(origin)
        return sorted((value for value in found if len(value) >= SHORTEST_HIDDEN), key=len, reverse=True)

    def hide(self, text: str) -> str:
        """The text without any of these secrets."""
        for secret in self.secrets():
            text = text.replace(secret, HIDDEN)
        return text

    def __repr__(self) -> str:
        """The names of the settings that were given, without their values."""
        given = [field for field in self.__struct_fields__ if getattr(self, field) != getattr(_DEFAULTS, field)]
        return f"Settings({', '.join(given)})"

    @property
    def paying(self) -> Paying:
        """How people are let pay."""
        return Paying(timedelta(days=self.payment_grace_days), self.trial_days)

    @property
    def kept_for(self) -> KeptFor:
        """How long things are kept."""

        def after(days: int) -> timedelta | None:
            return timedelta(days=days) if days else None

        return KeptFor(
            photos=after(self.keep_photos_days),
            results=after(self.keep_results_days),
            uploads=timedelta(days=self.keep_uploads_days),
            least=timedelta(days=self.keep_least_days),
            letters=timedelta(days=self.keep_letters_days),
            deliveries=timedelta(days=self.keep_deliveries_days),
            deleted=timedelta(days=self.keep_deleted_days),
        )


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings from the environment (or the mapping given). BadSettings names what cannot be read, never its value."""
    given = os.environ if environment is None else environment
    found = {
        name: value
        for name in Settings.__struct_fields__
        if (value := given.get(name.upper()) or _by_old_name(given, name))
    }
    problems = [problem for name, value in found.items() if (problem := _misfit(name, value))]
    if problems:
        raise BadSettings(problems)
    settings = msgspec.convert(found, Settings, strict=False)
    if unreadable := settings.unreadable():
        raise BadSettings(unreadable)
    return settings


def problem(read: Callable[[str], object], text: str) -> str | None:
    """What a reader has against a value, in words that do not repeat it; None for nothing."""
    try:
        read(text)
    except ValueError as error:
        return str(error)
    return None


def _by_old_name(given: Mapping[str, str], name: str) -> str | None:
    return given.get(OLD_NAMES[name]) if name in OLD_NAMES else None


def _misfit(name: str, value: str) -> str | None:
    """What one value should have been, where it is not; never the value itself."""
    try:
        msgspec.convert({name: value}, Settings, strict=False)
    except msgspec.ValidationError as error:
        choices = [str(choice) for choice in get_args(_HINTS[name]) if choice]
        wanted = (
            f"expected one of {', '.join(choices)}" if choices else str(error).partition(" - at ")[0].partition(",")[0]
        )
        return f"{name.upper()}: {wanted.replace('`', '').lower()}."
    return None


def _secrets_in(address: str) -> set[str]:
    """The password of an address, and parameters named like secrets, as they stand and as they are meant."""
    parts = addresses.split(address)
    if parts is None:
        return set()
    pairs = (pair.partition("=") for pair in parts.query.split("&"))
    found = {parts.password or "", *(value for name, _, value in pairs if SECRET_PARAMETER.search(name))}
    return found | {unquote(value) for value in found} | {unquote_plus(value) for value in found}


def endpoints(storage_url: str) -> list[str]:
    """Where an S3 bucket is reached, by us and by browsers; nothing for a folder."""
    if not storage_url.startswith("s3:"):
        return []
    given = parse_qs(urlsplit(storage_url).query)
    return [*given.get("endpoint", ["https://s3.amazonaws.com"]), *given.get("public_endpoint", [])]


def listed(text: str) -> list[str]:
    """What is separated by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


_DEFAULTS: Final = Settings()
_HINTS: Final[Mapping[str, Any]] = get_type_hints(Settings)
