"""Rank 2: the HTTP process."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import socket
from typing import Any
from uuid import UUID

import uvicorn
from litestar import Litestar, Request, Router, asgi
from litestar.di import NamedDependency, Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import ASGIApp

from realstaging import wiring
from realstaging.api import answers, browser_reports, errors, in_force, intake, observation, protection, system
from realstaging.api.access import ACCOUNT, CALLER, CLAIMS, FRESHLY, guard
from realstaging.api.description import Document, Reference
from realstaging.api.intake import BY_DEFAULT, Patience
from realstaging.api.legal import ROUTES as LEGAL
from realstaging.api.protocol import Guarded
from realstaging.api.rate_limits import Shedding, door
from realstaging.api.running import Running
from realstaging.api.status import ROUTES as STATUS
from realstaging.api.stream import GOES_ON, event_stream
from realstaging.api.web import error_reference, help_pages, web_app
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.service import Member, Permission
from realstaging.domains.operations import figures
from realstaging.fail_closed import require
from realstaging.kit import carried
from realstaging.kit.tasks import meanwhile
from realstaging.runtime import error_tracking, logs, otlp, schema, telemetry
from realstaging.runtime.chores import keep_doing
from realstaging.runtime.database import REQUESTS
from realstaging.runtime.identity import Claims
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost
from realstaging.settings import Settings
from realstaging.storage.local import LocalStorage

# The viewer comes with the web app's build: nobody else is asked when it is opened.
REFERENCE = Reference(
    js_url="/reference/swagger-ui-bundle.js",
    css_url="/reference/swagger-ui.css",
    standalone_preset_js_url="/reference/swagger-ui-standalone-preset.js",
    favicon='<link rel="icon" href="/icon.svg" type="image/svg+xml">',
    style="",
    path="/",
)


ABOUT = (
    f"Requests work in the first account you came into, or in the one whose id they send as `{ACCOUNT}`; `GET /api/v1/me/accounts` lists "
    "them. `x-permission` is what an operation needs: `GET /api/v1/me` says which you have."
)


BY_BEARER = "An access token of the sign-in service, or an API key: `rs_live_…`, `rs_test_…`."


class Application(Litestar):
    """An application with middleware around all of it: a request that matches no route passes it as well. It serves one platform at a time."""

    running: Running
    serves = False
    """Whether there is a platform that it answers for."""

    def __init__(self, shape: Shape | None, **more: Any) -> None:
        self.shape = shape
        super().__init__(**more)

    def serve(self, running: Running, patience: Patience = BY_DEFAULT) -> None:
        """From now on for this one, until the application's lifespan ends."""
        around: Sequence[Callable[[ASGIApp], ASGIApp]] = [
            observation.observe,
            protection.protected(running.settings),
            errors.answered,
            partial(intake.bounded, patience=patience),
            # Within the intake: a body that is waited for takes nobody's place.
            Shedding(running.settings.requests_at_once),
        ]
        answer: ASGIApp = self.answer
        for middleware in reversed(around):
            answer = middleware(answer)
        self.running, self._around, self.serves = running, answer, True

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """The lifespan; after it nothing is left here of what was served."""
        try:
            async with self.running.alive():
                yield
        finally:
            del self.running, self._around
            self.serves = False

    async def answer(self, scope: Any, receive: Any, send: Any) -> None:
        """Without what is around."""
        await super().__call__(scope, receive, send)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope.setdefault("state", {})
        await (self.answer if scope["type"] == "lifespan" else self._around)(scope, receive, send)
        # What goes on for minutes does so without all that let it in: a stream costs half as much memory.
        if goes_on := scope["state"].pop(GOES_ON, None):
            scope["state"].clear()
            await goes_on(receive, send)


@dataclass(frozen=True)
class Shape:
    """What decides which routes there are; applications of one shape can serve each other's platforms.

    ``local_files``: whether links of the storage lead here. ``help_folder``, ``web_folder``: builds of pages, where there are any.
    """

    local_files: bool
    help_folder: Path | None
    web_folder: Path | None

    @classmethod
    def of(cls, settings: Settings, platform: Platform) -> Shape:
        """That of the application which serves this platform."""
        web_folder = Path(settings.web_folder) if settings.web_folder else carried.WEB
        return cls(isinstance(platform.storage, LocalStorage), _built(carried.HELP), _built(web_folder))


def _built(folder: Path) -> Path | None:
    return folder if (folder / "index.html").is_file() else None


class _Routes(Router):
    """Routes made for one application: copied for it, as those are that several may share, a start took a third longer."""

    def __deepcopy__(self, _memo: dict[int, Any]) -> _Routes:
        return self


async def _caller(request: Request[Any, Any, Any], platform: NamedDependency[Platform]) -> Member:  # noqa: ARG001
    """Who was let in (`api.access`). The platform is needed in name only: of several values that do not need each other, Litestar finds
    each in a task of its own, which costs more than finding them.
    """
    member: Member = request.scope["state"][CALLER]
    return member


async def _session(request: Request[Any, Any, Any], caller: NamedDependency[Member]) -> UUID | None:  # noqa: ARG001 - as _caller
    """Which sign-in was let in; None by a key."""
    claims: Claims | None = request.scope["state"].get(CLAIMS)
    return claims.session if claims else None


async def _fresh(request: Request[Any, Any, Any], caller: NamedDependency[Member]) -> bool:  # noqa: ARG001 - as _caller
    """Whether who was let in has signed in minutes ago."""
    return bool(request.scope["state"].get(FRESHLY))


async def _operator(request: Request[Any, Any, Any], platform: NamedDependency[Platform]) -> Member:
    """The same, at routes that need Permission.OPERATE."""
    return await _caller(request, platform)


def build(settings: Settings, platform: Platform | None = None, patience: Patience = BY_DEFAULT) -> Application:
    """The application. Without a platform it can still describe itself (OpenAPI) but serves nothing."""
    app = registered(Shape.of(settings, platform) if platform else None)
    if platform:
        app.serve(Running(settings, platform), patience)
    return app


def registered(shape: Shape | None) -> Application:
    """An application that serves nobody yet (`Application.serve`): what takes long of building one, and belongs to no platform.

    Without a shape it has no more than what it describes.
    """

    def running() -> Running:
        return app.running

    async def the_platform() -> Platform:
        return app.running.platform

    handlers: list[Any] = [
        _Routes("/api/v1", route_handlers=[*wiring.ROUTES, *system.ROUTES, *browser_reports.ROUTES, *in_force.ROUTES]),
        _Routes("/", route_handlers=[system.live, system.ready, *observation.ROUTES]),
    ]
    app: Application = Application(
        shape,
        route_handlers=[*handlers, *(_undescribed(shape, running) if shape else ())],
        dependencies={
            "platform": Provide(the_platform),
            "settings": Provide(lambda: app.running.settings, sync_to_thread=False),
            "caller": Provide(_caller),
            "operator": Provide(_operator),
            "session": Provide(_session),
            "fresh": Provide(_fresh),
        },
        guards=[guard(lambda: app.running.access)],
        middleware=[door(lambda: app.running.door)],
        before_send=[answers.tell],
        request_class=intake.BoundedRequest,
        exception_handlers=errors.HANDLERS,
        # Ours is set up already: the framework's own would take its place, with every line the libraries have to say.
        logging_config=None,
        lifespan=[lambda _: app.serving()],
        request_max_body_size=None,  # api.intake has seen to it
        openapi_config=_described(),
    )
    return app


def _undescribed(shape: Shape, running: Callable[[], Running]) -> Iterator[Any]:
    """Routes that are for browsers and not for programs: pages, files and the event stream."""
    status = Provide(lambda: running().status, sync_to_thread=False)
    yield _Routes("/", route_handlers=STATUS, dependencies={"status": status})
    stream = asgi("/api/v1/events", is_mount=False, copy_scope=False, opt=accounts.needs(Permission.READ))
    yield stream(event_stream(running))
    if shape.local_files:
        yield _files(running)
    yield from LEGAL
    if shape.help_folder:
        yield from (help_pages(shape.help_folder), error_reference)
    if shape.web_folder:
        yield web_app(shape.web_folder, lambda nonce: running().page_policy(nonce))


def _files(running: Callable[[], Running]) -> Any:
    """What links of local storage lead to."""

    @asgi("/files", is_mount=True, copy_scope=True, opt={"cost": Cost.FILE})
    async def files(scope: Any, receive: Any, send: Any) -> None:
        await running().files(scope, receive, send)

    return files


def _described() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Real Staging",
        version="1",
        description=ABOUT,
        path="/docs",
        render_plugins=[REFERENCE, Document()],
        components=Components(
            security_schemes={"token": SecurityScheme(type="http", scheme="bearer", description=BY_BEARER)}
        ),
        security=[{"token": []}],
        use_handler_docstrings=True,
    )


def configuration(app: Application, settings: Settings, patience: Patience = BY_DEFAULT) -> uvicorn.Config:
    """How the application is served."""

    class Connection(Guarded):
        guards = tuple(protection.guards(settings).items())

    Connection.patience = patience

    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=Connection,
        ws="none",
        # Its warnings are of what clients get wrong: anybody could fill a disk with them.
        log_level="error",
        access_log=False,
        timeout_keep_alive=patience.idle,
        timeout_graceful_shutdown=3,
        server_header=False,
        # Who is calling is read from X-Forwarded-For by rules of our own (kit/callers): uvicorn would believe any local proxy.
        proxy_headers=False,
    )


class _Server(uvicorn.Server):
    """A server that sends its event streams away first, so that stopping waits for requests only."""

    def __init__(self, app: Application, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop when told, and nothing more: uvicorn's own way ends the process before the platform is closed."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self._app.running.hub.dismiss()
        await super().shutdown(sockets)


async def main(settings: Settings) -> None:
    """Serve until told to stop."""
    logs.configure(settings.log_level, as_json=settings.production, secrets=settings.secrets())
    await schema.require(require(settings).database_url)
    async with (
        error_tracking.telling(settings.sentry_dsn, settings.environment, settings.secrets()),
        wiring.platform(require(settings), bounds=REQUESTS) as platform,
        telemetry.metrics_served(settings.metrics_host, settings.metrics_port, settings.metrics_token),
        otlp.sent("api", settings.otlp),
        meanwhile(*(keep_doing(platform, chore) for chore in figures.BY_API)),
    ):
        app = build(settings, platform)
        await _Server(app, configuration(app, settings)).serve()
