"""The embedded set: every part of the product on this machine, started in order, watched, stopped in order."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from realstaging.dev import ports, processes
from realstaging.dev.child import Child
from realstaging.dev.errors import CannotStart, out_of_reach
from realstaging.dev.keeping import Hold, kept_port, kept_secret, write_whole
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey
from realstaging.runtime import migrations
from realstaging.settings import Settings

LEAST_FREE: Final = 500 * 2**20
PATIENCE: Final = 90.0
SIMULATION: Final = "simulation"
PLAY_KEY: Final = "sk_test_sandbox"
Say = Callable[[str], None]


def simulated(settings: Settings, port: int) -> Settings:
    """The settings with Replicate's stand-in at this port: pictures that cost nothing and are not for show."""
    origin = f"http://127.0.0.1:{port}"
    return msgspec.structs.replace(
        settings, replicate_api_token=SIMULATION, replicate_api_url=f"{origin}/v1", replicate_output_hosts=origin
    )


def with_letters_kept(settings: Settings, port: int) -> Settings:
    """The settings with the mail server's stand-in at this port: no letter leaves this machine."""
    return msgspec.structs.replace(
        settings,
        mail_url=f"smtp://127.0.0.1:{port}?tls=none",
        mail_from=settings.mail_from or "Real Staging <hello@realstaging.example>",
    )


def with_play_money(settings: Settings, port: int, secret: str) -> Settings:
    """The settings with Stripe's stand-in at this port: no card is charged."""
    return msgspec.structs.replace(
        settings,
        stripe_secret_key=PLAY_KEY,
        stripe_webhook_secret=f"whsec_{secret}",
        stripe_url=f"http://localhost:{port}",
    )


@dataclass
class Supervisor:
    """``folder`` keeps everything between runs; ``port`` is the one address people open; ``say`` tells the developer a line."""

    folder: Path
    port: int
    given: Settings
    say: Say
    settings: Settings = field(init=False)
    _hold: Hold = field(init=False)
    _servers: list[EmbeddedPostgres | EmbeddedValkey] = field(default_factory=list)
    _children: list[Child] = field(default_factory=list)
    _mail_page: int = 0

    def __post_init__(self) -> None:
        self.folder = self.folder.absolute()
        self._hold = Hold(self.folder)
        self.settings = self.given

    @property
    def key_file(self) -> Path:
        """The signing key of the sandbox issuer."""
        return self.folder / "oidc-key.pem"

    @property
    def has_sandbox(self) -> bool:
        """Whether people sign in at the sandbox issuer."""
        return not self.given.oidc_issuer

    @property
    def has_mail_sandbox(self) -> bool:
        """Whether letters stay on this machine: nobody named a mail server."""
        return not self.given.mail_url

    @property
    def mail_page(self) -> str:
        """Where the letters are shown that stay here; empty where they go out."""
        return f"http://localhost:{self._mail_page}" if self.has_mail_sandbox else ""

    @property
    def has_play_money(self) -> bool:
        """Whether people pay a stand-in: nobody gave a key of Stripe's."""
        return not self.given.stripe_secret_key

    @property
    def payment_page(self) -> str:
        """Where the stand-in of Stripe shows its books; empty where Stripe itself is asked."""
        return self.settings.stripe_url if self.has_play_money else ""

    @property
    def has_simulation(self) -> bool:
        """Whether models are simulated: nobody gave a token for real ones."""
        return not self.given.replicate_api_token

    def start(self) -> None:
        """Bring everything up. Raises CannotStart with one sentence; what had been started is stopped again."""
        try:
            self._start()
        except PermissionError as error:
            self.stop()
            raise out_of_reach(error, self.folder) from error
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        self._make_room()
        self._hold.take()
        ports.take(self.port, "The web app")
        self.settings = msgspec.structs.replace(
            self.given,
            # Said aloud, so that HOST=0.0.0.0 for a phone in the same network is no sign of production.
            environment="development",
            database_url=self.given.database_url
            or self._serve("PostgreSQL", EmbeddedPostgres(self.folder / "postgres")),
            redis_url=self.given.redis_url or self._serve("Valkey", EmbeddedValkey(self.folder / "valkey")),
            storage_url=self.given.storage_url or (self.folder / "files").as_uri(),
            secret_key=kept_secret(self.folder / "secret-key"),
            public_url=f"http://localhost:{self.port}",
            port=self.port,
            webhook_private_addresses="allowed",
            oidc_issuer=self.given.oidc_issuer or f"http://localhost:{self._issuer_port()}",
        )
        if self.has_simulation:
            self.settings = simulated(self.settings, ports.free_port())
        if self.has_mail_sandbox:
            self._mail_page = ports.free_port()
            self.settings = with_letters_kept(self.settings, ports.free_port())
        if self.has_play_money:
            secret = kept_secret(self.folder / "stripe-secret")
            self.settings = with_play_money(self.settings, self._payments_port(), secret)
        asyncio.run(migrations.upgrade(self.settings.database_url))
        if self.has_sandbox:
            self._begin("sandbox sign-in", self._sandbox_command())
        if self.has_simulation:
            port = str(urlsplit(self.settings.replicate_api_url).port)
            command = [sys.executable, "-m", "realstaging.sandbox", "replicate", "--port", port, "--token", SIMULATION]
            self._begin("Replicate (simulation)", [*command])
        if self.has_mail_sandbox:
            self._begin("sandbox mail", self._mail_command())
        if self.has_play_money:
            self._begin("sandbox payments", self._payments_command())
        self._begin("API", [sys.executable, "-m", "realstaging", "api"])
        self._begin("worker", [sys.executable, "-m", "realstaging", "worker"])
        self._wait_until_ready()

    def watch(self, stopped: Callable[[], bool]) -> None:
        """Look after the parts until ``stopped`` says so."""
        while not stopped():
            for child in self._children:
                if told := child.tend(time.monotonic()):
                    self.say(told)
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop everything, last started first. Safe to call twice."""
        for child in reversed(self._children):
            if child.process:
                child.process.stop()
        self._children.clear()
        for server in reversed(self._servers):
            server.stop()
        self._servers.clear()
        self._hold.release()

    def health(self) -> dict[str, str]:
        """Each part and how it does."""
        embedded = {EmbeddedPostgres: "PostgreSQL", EmbeddedValkey: "Valkey"}
        running = {embedded[type(server)]: "ready" for server in self._servers}
        for child in self._children:
            running[child.name] = "ready" if child.process and child.process.poll() is None else "ended"
        return running

    def _make_room(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # Root's servers run as another user, who must be able to enter.
            free = shutil.disk_usage(self.folder).free
        except OSError as error:
            raise CannotStart(f"{self.folder} cannot be used: {error.strerror}.") from error
        if free < LEAST_FREE:
            raise CannotStart(
                f"The disk that holds {self.folder} is nearly full ({free // 2**20} MB left, {LEAST_FREE // 2**20} MB are needed). "
                "Free some space and try again."
            )

    def _serve(self, name: str, server: EmbeddedPostgres | EmbeddedValkey) -> str:
        self._servers.append(server)
        address = server.start()
        self.say(f"{name} is ready.")
        return address

    def _issuer_port(self) -> int:
        """The sandbox issuer's port, the same at every start: its address is part of who people are."""
        return self._kept_port("oidc-port", "The sandbox sign-in", self.port + 1)

    def _payments_port(self) -> int:
        """That of Stripe's stand-in, the same at every start: its invoices have links."""
        return self._kept_port("stripe-port", "The sandbox of payments", self.port + 2)

    def _kept_port(self, name: str, of: str, wanted: int) -> int:
        if kept := kept_port(self.folder / name):
            return ports.take(kept, of)
        port = wanted if ports.is_free(wanted) else ports.free_port()
        write_whole(self.folder / name, str(port))
        return port

    def _sandbox_command(self) -> list[str | Path]:
        issuer = self.settings.oidc_issuer
        return [
            *(sys.executable, "-m", "realstaging.sandbox", "oidc"),
            *("--port", issuer.rpartition(":")[2], "--issuer", issuer, "--audience", self.settings.oidc_audience),
            *("--client-id", self.settings.oidc_client_id, "--web-origin", self.settings.public_url),
            *("--key-file", self.key_file),
        ]

    def _mail_command(self) -> list[str | Path]:
        smtp = str(urlsplit(self.settings.mail_url).port)
        return [
            *(sys.executable, "-m", "realstaging.sandbox", "smtp"),
            *("--port", str(self._mail_page), "--smtp-port", smtp),
        ]

    def _payments_command(self) -> list[str | Path]:
        return [
            *(sys.executable, "-m", "realstaging.sandbox", "stripe"),
            *("--port", str(urlsplit(self.settings.stripe_url).port), "--key", self.settings.stripe_secret_key),
            *("--webhook", f"{self.settings.public_url}/api/v1/webhooks/stripe"),
            *("--secret", self.settings.stripe_webhook_secret, "--books", self.folder / "stripe-books.json"),
        ]

    def _begin(self, name: str, command: list[str | Path]) -> None:
        log = self.folder / "logs" / f"{name.replace(' ', '-').lower()}.log"
        log.parent.mkdir(exist_ok=True)
        log.write_bytes(b"")
        start = partial(processes.spawn, command, log=log, env=self._environment())
        child = Child(name, start, partial(processes.last_words, log))
        self._children.append(child)
        child.begin(time.monotonic())

    def _environment(self) -> dict[str, str]:
        named = {name.upper(): getattr(self.settings, name) for name in self.settings.__struct_fields__}
        return {name: str(value) for name, value in named.items() if value != ""}

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        awaited = [f"{self.settings.public_url}/health/ready", *([self.payment_page] if self.has_play_money else [])]
        while not all(processes.answers(address) for address in awaited):
            for child in self._children:
                if child.process and child.process.poll() is not None:
                    raise CannotStart(f"The {child.name} ended at its start: {child.last_words()}")
            if time.monotonic() > deadline:
                raise CannotStart(f"The service did not get ready. Its logs are in {self.folder / 'logs'}.")
            time.sleep(0.05)
        self.say("The service is ready.")
