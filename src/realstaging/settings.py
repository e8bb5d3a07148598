"""Rank 4: the only reader of the environment. Every setting with its sentence; every problem is told at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from realstaging.kit.errors import AppError

DEVELOPMENT_KEY: Final = "development-only"


class BadSettings(AppError):
    """The settings are not complete."""

    code = "bad_settings"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The settings are not complete:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a process is told from outside. The names in the environment are these in capitals."""

    environment: Literal["development", "production"] = "development"
    """`production` refuses stand-ins, plain HTTP and development secrets."""
    database_url: str = ""
    """PostgreSQL, as postgresql://user:password@host:port/name."""
    redis_url: str = ""
    """Valkey or Redis, as redis://host:port/0 (rediss:// for TLS)."""
    storage_url: str = ""
    """Where pictures are kept: file:///absolute/folder or s3://bucket?endpoint=…&region=…&access_key=…&secret_key=…"""
    public_url: str = "http://localhost:8000"
    """The address people and browsers reach the service at."""
    secret_key: str = DEVELOPMENT_KEY
    """Signs the links of local storage. At least 32 random characters in production."""
    oidc_issuer: str = ""
    """OpenID Connect issuer, for Auth0 https://TENANT.us.auth0.com/ with the slash."""
    oidc_audience: str = "https://api.realstaging.local"
    """The API's identifier at the issuer, letter for letter."""
    oidc_client_id: str = "realstaging-web"
    """The web app's client id at the issuer."""
    admin_subjects: str = ""
    """Who may choose and set up models over HTTP: subjects (`sub`) of tokens of the issuer, separated by commas."""
    host: str = "127.0.0.1"
    """The address the API listens on."""
    port: int = 8000
    """The port the API listens on."""
    database_connections: int = 10
    """How many database connections one process may hold."""
    cpu_jobs: int = 1
    """How many photos a worker renders at once. The renderer itself uses every core."""
    waiting_jobs: int = 200
    """How many jobs that wait for others a worker keeps in flight."""
    render_python: str = ""
    """The Python of the render environment; found beside the program when empty."""
    replicate_api_token: str = ""
    """Turns on the engine `replicate`: a token of https://replicate.com/account/api-tokens."""
    replicate_models: str = "black-forest-labs/flux-kontext-pro,qwen/qwen-image-edit-plus"
    """The models asked, in this order, until an admin sets others."""
    replicate_webhook_secret: str = ""
    """Verifies Replicate's webhooks (whsec_…); asked for at Replicate when empty."""
    replicate_api_url: str = "https://api.replicate.com/v1"
    """Replicate's API; a stand-in's in development."""
    replicate_output_hosts: str = "replicate.delivery"
    """Hosts pictures are taken from, with all below them, or whole origins; separated by commas."""
    web_folder: str = "web/dist"
    """The built web app."""
    otlp_endpoint: str = ""
    """Where traces go, as http://collector:4318; nowhere when empty."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """The least important log line still written."""

    @property
    def admins(self) -> frozenset[str]:
        """The subjects in `ADMIN_SUBJECTS`."""
        return frozenset(subject.strip() for subject in self.admin_subjects.split(",") if subject.strip())

    def problems(self) -> list[str]:
        """What keeps a server from starting with these settings."""
        found = [
            f"{name.upper()} is missing."
            for name in ("database_url", "redis_url", "storage_url", "oidc_issuer")
            if not getattr(self, name)
        ]
        if self.environment == "production":
            if len(self.secret_key) < 32 or self.secret_key == DEVELOPMENT_KEY:
                found.append("SECRET_KEY must be at least 32 random characters (try: openssl rand -hex 32).")
            found += [
                f"{name.upper()} must begin with https:// in production."
                for name in ("public_url", "oidc_issuer")
                if urlsplit(getattr(self, name)).scheme not in {"https", ""}
            ]
            if urlsplit(self.replicate_api_url).hostname != "api.replicate.com":
                found.append("REPLICATE_API_URL must be Replicate's own in production, not a stand-in's.")
        return found

    def require(self) -> Settings:
        """These settings, or BadSettings with every problem."""
        problems = self.problems()
        if problems:
            raise BadSettings(problems)
        return self


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings from the environment (or the mapping given). BadSettings names the value that cannot be read."""
    given = os.environ if environment is None else environment
    found = {name: given[name.upper()] for name in Settings.__struct_fields__ if given.get(name.upper())}
    try:
        return msgspec.convert(found, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise BadSettings([str(error).replace("$.", "").replace("`", "")]) from error
