"""An application serves one platform after another, and nothing of one is left for the next."""

import gc
import json
import weakref
from contextlib import asynccontextmanager

import aiohttp
import pytest

from harness.service import service as run_service


@pytest.fixture
def starting(tmp_path, database_url, redis_url):
    """Starts a service with a folder of its own: its issuer, its key and its files are not those of the other."""

    @asynccontextmanager
    async def started(name, **settings):
        folder = tmp_path / name
        folder.mkdir()
        async with run_service(folder, database_url, redis_url, **settings) as service:
            yield service

    return started


async def ask(service, path, **headers):
    async with aiohttp.ClientSession() as http, http.get(f"{service.url}{path}", headers=headers) as answer:
        return answer.status, (await answer.read()).decode("latin-1")


async def test_nothing_of_a_service_is_left_when_it_ends(starting):
    async with starting("one") as service:
        async with service.signed_in() as ada:
            await ada.photo(await ada.project())
            assert (await ask(service, "/status"))[0] == 200
            async with ada.session.get("events") as stream:
                await stream.content.readline()
        app, left = service.app, [weakref.ref(one) for one in (service.app.running, service.platform)]
        assert app.serves
    assert not app.serves
    del service, ada, stream
    # The first service of a process puts what is there out of the collector's sight (runtime/memory).
    gc.unfreeze()
    gc.collect()
    assert [one() for one in left] == [None, None]


async def test_the_next_service_has_the_same_application_and_nothing_of_the_one_before(starting):
    async with starting("one", security_contact="mailto:one@example.com") as service:
        app, token = service.app, {"Authorization": f"Bearer {service.token()}"}
        async with service.signed_in() as ada:
            photo = await ada.photo(await ada.project())
        picture = photo["urls"]["original"].removeprefix(service.url)
        assert (await ask(service, "/.well-known/security.txt"))[0] == 200
        assert (await ask(service, "/api/v1/me", **token))[0] == 200
        assert (await ask(service, picture))[0] == 200
    async with starting("two") as service:
        assert service.app is app
        assert (await ask(service, "/.well-known/security.txt"))[0] == 404
        # Its issuer's tokens say nothing here, and its files are elsewhere.
        assert (await ask(service, "/api/v1/me", **token))[0] == 401
        assert (await ask(service, picture))[0] == 404
        status, config = await ask(service, "/api/v1/config")
        assert (status, json.loads(config)["oidc"]["issuer"]) == (200, service.issuer)
        async with service.signed_in() as ada:
            assert await ada.ask("GET", "me")


async def test_two_services_at_once_have_an_application_each(starting):
    async with starting("one") as one, starting("two") as two:
        assert one.app is not two.app
        for service in (one, two):
            _, config = await ask(service, "/api/v1/config")
            assert json.loads(config)["oidc"]["issuer"] == service.issuer


async def test_an_application_of_other_routes_is_another(starting, tmp_path):
    built = tmp_path / "built"
    built.mkdir()
    (built / "index.html").write_text("<p>the web app")
    async with starting("one") as service:
        bare = service.app
        assert (await ask(service, "/"))[0] == 404
    async with starting("two", web_folder=built) as service:
        assert service.app is not bare
        assert await ask(service, "/") == (200, "<p>the web app")
