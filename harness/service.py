"""The whole service in one test process, on real servers: issuer, API over a real port, worker lanes, local storage.

The engine is one made for tests: it draws a rectangle, at once or when it is let, and can be told to fail.
"""

import asyncio
import hashlib
import socket
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

import aiohttp
import msgspec
import uvicorn
from aiohttp import web
from PIL import Image, ImageDraw

from harness import applications
from harness.lanes import places
from realstaging import wiring
from realstaging.api import Shape, configuration
from realstaging.api.intake import BY_DEFAULT
from realstaging.api.running import Running
from realstaging.engines import catalog
from realstaging.engines.brief import Progress, Staged
from realstaging.imaging import encode
from realstaging.kit.clock import utc_now
from realstaging.runtime.database import WORK
from realstaging.sandbox import oidc
from realstaging.settings import Settings
from realstaging.synthetic import demo
from realstaging.wiring.jobs import HANDLERS
from realstaging.worker import serve

AUDIENCE = "https://api.test"
SOFA = {"piece": "sofa", "style": "modern", "seed": 1, "x": 0.0, "y": 3.2, "z": 0.0, "rotation": 0.0}
PLAN = {
    "room_type": "living_room",
    "style": "modern",
    "seed": 1,
    "score": 1.0,
    "pieces": [SOFA],
    "warnings": [],
    "version": 1,
}


class RectangleEngine:
    """Stages a photo by drawing a rectangle on it; as often as it is told to, it makes another house of it."""

    name = "local"
    paid = None
    predicts = None

    def __init__(self, can=None):
        """``can``: what it says of itself; the local engine's words, unless told."""
        self.can = msgspec.structs.replace(can or catalog.abilities(self.name), own_pixels=True)
        self.calls = []
        self.failures = []
        self.unfaithful = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.stopped = 0

    async def stage(self, photo: Path, brief, accept, on_progress):
        self.calls.append(brief)
        with tempfile.TemporaryDirectory() as folder:
            return await self._stage(Path(folder), photo, brief, accept, on_progress)

    async def _stage(self, folder, photo, brief, accept, on_progress):
        draft, made = folder / "draft.jpg", folder / "made.png"
        draft.write_bytes(jpeg(64, 48))
        on_progress(Progress("rendering", 0.5, preview=draft))
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        if self.failures:
            raise self.failures.pop(0)
        with Image.open(photo) as picture:
            staged = picture.convert("RGB")
        ImageDraw.Draw(staged).rectangle((10, 10, 60, 40), fill=(brief.seed % 256, 90, 40))
        if self.unfaithful:
            self.unfaithful -= 1
            staged = staged.transpose(Image.Transpose.FLIP_LEFT_RIGHT).point(lambda value: 255 - value)
        staged.save(made, "PNG")
        await accept(made)
        return Staged("local", brief.seed, 0.1, staged.width, staged.height, 0.9, 0.8, ("a test picture",), PLAN)

    async def close(self):
        pass


def jpeg(width=320, height=240, colour=(200, 190, 180)):
    data = BytesIO()
    Image.new("RGB", (width, height), colour).save(data, "JPEG")
    return data.getvalue()


@cache
def room(width=450, height=300):
    """An empty room with enough to see for the gate to know it again."""
    return encode.jpeg(demo.draw(width, height))


@cache
def pools():
    """One set of processes for all tests of a test process: each has its libraries and models to load before its first picture."""
    return wiring.pools()


@dataclass
class Service:
    url: str
    issuer: str
    key_file: Path
    platform: object
    settings: Settings
    engine: RectangleEngine
    app: object = None
    people: list = field(default_factory=list)

    def token(self, person=oidc.PEOPLE[0]):
        return oidc.mint_token(self.key_file, issuer=self.issuer, audience=AUDIENCE, person=person)

    @asynccontextmanager
    async def signed_in(self, person=oidc.PEOPLE[0]):
        async with aiohttp.ClientSession(
            base_url=f"{self.url}/api/v1/", headers={"Authorization": f"Bearer {self.token(person)}"}
        ) as session:
            yield Caller(session)

    @asynccontextmanager
    async def working(self):
        """A worker, for as long as the block lasts."""
        stop = asyncio.Event()
        task = asyncio.create_task(serve(self.platform, HANDLERS, places(cpu=2, spare=1, webhooks=4), stop))
        try:
            yield
        finally:
            stop.set()
            await task

    async def jobs_done(self, patience=60):
        """A staging is ready before its job is over: what other attempts left is removed after the outcome."""
        async with asyncio.timeout(patience):
            while await self.platform.database.fetchval("select count(*) from jobs where state <> 'done'"):
                await asyncio.sleep(0.05)


@dataclass
class Caller:
    """Somebody signed in, and the things they commonly do."""

    session: aiohttp.ClientSession

    async def ask(self, method, path, status=200, **more):
        async with self.session.request(method, path, **more) as answer:
            body = await answer.read()
            assert answer.status == status, f"{method} {path}: {answer.status} {body[:500]!r}"
            return await answer.json(content_type=None) if body else None

    async def project(self, name="12 Elm Street"):
        return await self.ask("POST", "projects", 201, json={"name": name})

    async def announce(self, project, data, name="living.jpg", kind="image/jpeg", **changed):
        file = {"name": name, "type": kind, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), **changed}
        answer = await self.ask("POST", "uploads", 201, json={"project_id": project["id"], "files": [file]})
        return answer["items"][0]

    async def send(self, upload, data):
        # Without the session's bearer token: the address itself is the permission, as for a browser.
        async with (
            aiohttp.ClientSession() as bare,
            bare.put(upload["url"], data=data, headers=upload["headers"]) as answer,
        ):
            return answer.status

    async def photo(self, project, data=None, name="living.jpg"):
        data = jpeg() if data is None else data
        upload = await self.announce(project, data, name)
        assert await self.send(upload, data) in {200, 201, 204}
        body = {"project_id": project["id"], "upload_ids": [upload["upload_id"]]}
        return (await self.ask("POST", "photos", 201, json=body))["items"][0]["photo"]

    async def stage(self, photo, styles=("modern",), **more):
        item = {"photo_id": photo["id"], "room_type": "living_room", "styles": list(styles), **more}
        answer = await self.ask("POST", "stagings", 201, json={"items": [item]})
        return answer["items"][0]["stagings"]

    async def until(self, staging, *states):
        async with asyncio.timeout(60):
            while True:
                now = await self.ask("GET", f"stagings/{staging['id']}")
                if now["state"] in states:
                    return now
                await asyncio.sleep(0.02)


def listener(host="127.0.0.1"):
    """A socket that holds its port from now on, and the address it makes."""
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    listening.bind((host, 0))
    return listening, f"http://{host}:{listening.getsockname()[1]}"


@cache
def signing_key():
    """One key for the issuers of a test process: to make one takes as long as the test that wants it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "key.pem"
        oidc.SigningKey(file)
        return file.read_bytes()


class PromptServer(uvicorn.Server):
    """Ends when it is told, and not up to a tenth of a second later."""

    def __init__(self, config):
        super().__init__(config)
        self._told = asyncio.Event()

    async def main_loop(self):
        await self.on_tick(0)
        await self._told.wait()

    def end(self):
        self.should_exit = True
        self._told.set()


@asynccontextmanager
async def issuer(folder, web_origin, host="127.0.0.1", **habits):
    """With ``habits`` of an issuer that is not as the others: the lifetime of its tokens, its sessions."""
    key_file = folder / "key.pem"
    if not key_file.exists():
        key_file.write_bytes(signing_key())
    listening, url = listener(host)
    runner = web.AppRunner(oidc.create_app(url, AUDIENCE, key_file, web_origin=web_origin, **habits))
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        yield url
    finally:
        await runner.cleanup()


@asynccontextmanager
async def service(
    folder,
    database_url,
    redis_url,
    build_engines=None,
    *,
    web_folder=None,
    habits=None,
    patience=BY_DEFAULT,
    clock=utc_now,
    bounds=WORK,
    shared=None,
    **more,
):
    """With ``build_engines`` and further settings where the engine made for tests will not do; ``habits`` are the issuer's."""
    listening, url = listener()
    async with issuer(folder, url, **(habits or {})) as issuer_url:
        settings = Settings(
            database_url=database_url,
            redis_url=redis_url,
            storage_url=(folder / "files").as_uri(),
            public_url=url,
            oidc_issuer=issuer_url,
            oidc_audience=AUDIENCE,
            secret_key="a key for tests that is long enough",
            web_folder=str(web_folder or folder / "web"),
            **more,
        )
        engine = RectangleEngine()
        engines = build_engines or {"local": engine}
        async with wiring.platform(
            settings, engines=engines, clock=clock, bounds=bounds, shared=shared or pools()
        ) as platform:
            app = applications.take(Shape.of(settings, platform))
            app.serve(Running(settings, platform), patience)
            config = configuration(app, settings, patience)
            config.timeout_graceful_shutdown = 1
            server = PromptServer(config)
            serving = asyncio.create_task(server.serve([listening]))
            while not server.started:
                await asyncio.sleep(0.01)
            try:
                yield Service(url, issuer_url, folder / "key.pem", platform, settings, engine, app)
            finally:
                server.end()
                await serving
                # A request that goes on for all that keeps the application it came to.
                if not server.server_state.tasks:
                    applications.give_back(app)
