"""Security headers on every kind of answer, and a policy that names whom it means."""

import re
from datetime import UTC, datetime

import aiohttp
import pytest
from yarl import URL

from harness.service import service as run_service
from realstaging.api import build, configuration, description, protection
from realstaging.settings import Settings
from tests.api.test_intake import raw

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
WILD = re.compile(r"\*|(?<![\w-])https?:(?!//)|'unsafe-eval'|'unsafe-inline'")


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    (tmp_path / "web/assets").mkdir(parents=True)
    (tmp_path / "web/index.html").write_text('<meta name="style-nonce" content="__STYLE_NONCE__" />')
    (tmp_path / "web/assets/a-1.js").write_text("1")
    (tmp_path / "web/icon.svg").write_text("<svg/>")
    async with run_service(tmp_path, database_url, redis_url) as running:
        yield running


async def answers(service, ada):
    """(what, status, headers, body) of every kind of answer there is."""
    project = await ada.project()
    photo = await ada.photo(project)
    now = datetime.now(UTC)
    storage = service.platform.storage
    await storage.put("a/b.jpg", b"\xff\xd8\xff", "image/jpeg")
    link = storage.sign_get("a/b.jpg", now=now)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {service.token()}"}) as http:
        async with http.get(f"{service.url}/docs/openapi.json") as answer:
            described = await answer.json(content_type=None)
        asked = [
            (method.upper(), re.sub(r"{\w+}", project["id"], path), {})
            for path, methods in described["paths"].items()
            for method in methods
        ]
        asked += [
            *(("GET", path, {}) for path in ("/", "/projects/x", "/assets/a-1.js", "/docs", "/docs/openapi.json")),
            *(
                ("GET", path, {})
                for path in ("/metrics", "/api/v1/nothing", "/files/nothing", "/%00", photo["urls"]["web"])
            ),
            *(("OPTIONS", "/api/v1/projects", {}), ("PROPFIND", "/api/v1/me", {}), ("POST", "/", {})),
            *(("GET", link, {}), ("HEAD", link, {}), ("GET", link, {"If-None-Match": '"a/b.jpg"'})),
            *(
                ("GET", link, {"Range": "bytes=9-"}),
                ("GET", link + "&download=a.jpg", {}),
                ("GET", "/api/v1/events", {}),
            ),
            ("GET", "/api/v1/me", {"Authorization": "Bearer nobody"}),
            ("GET", "/api/v1/" + "a" * 5000, {}),
        ]
        for method, path, headers in asked:
            url = URL(path if path.startswith("http") else service.url + path, encoded=True)
            async with http.request(method, url, headers=headers, allow_redirects=False) as answer:
                body = b"" if answer.content_type == "text/event-stream" else await answer.read()
                yield f"{method} {path[:60]}", answer.status, answer.headers, body


async def test_every_kind_of_answer_is_guarded(service, ada):
    seen, shared = set(), set()
    async for what, status, headers, _ in answers(service, ada):
        seen.add((status, headers.get("Content-Type", "").partition(";")[0]))
        for name, value in ALWAYS.items():
            assert headers.getall(name) == [value], f"{what}: {name}"
        [policy] = headers.getall("Content-Security-Policy")
        assert "frame-ancestors 'none'" in policy, what
        if not what.startswith(("GET /files", "HEAD", "GET http")):
            assert not WILD.search(policy), f"{what}: {policy}"
        assert len(headers.getall("Cache-Control")) == 1, what
        if what == "GET /api/v1/offers":
            assert headers["Cache-Control"] == "max-age=300, public"
        elif "/api/" in what or status >= 400:
            assert headers["Cache-Control"] == "no-store", what
        assert "Strict-Transport-Security" not in headers, "nobody has https in development"
        assert "Set-Cookie" not in headers, what
        if "public" in headers["Cache-Control"]:
            shared.add(what)
    assert shared == {"GET /assets/a-1.js", "GET /api/v1/offers"}, (
        "caches that people share keep only what is everybody's"
    )
    assert {status for status, _ in seen} >= {200, 204, 304, 400, 401, 403, 404, 405, 414, 416, 422}
    kinds = {kind for _, kind in seen}
    assert kinds >= {"text/html", "application/json", "application/problem+json", "image/jpeg", "text/event-stream"}


async def test_what_is_no_http_is_guarded_too(service):
    status, _ = await raw(service, b"FOO / HTTP/1.1\r\n\r\n", wanted=b"x-content-type-options: nosniff")
    assert status == 400


async def test_a_page_has_a_nonce_of_its_own_for_its_styles_and_names_its_others(service):
    nonces = set()
    async with aiohttp.ClientSession() as http:
        for path in ("/", "/projects/1"):
            async with http.get(service.url + path) as answer:
                policy, page = answer.headers["Content-Security-Policy"], await answer.text()
            [nonce] = re.findall(r"'nonce-([\w-]+)'", policy)
            assert f'content="{nonce}"' in page
            nonces.add(nonce)
    assert len(nonces) == 2
    [connect] = re.findall(r"connect-src ([^;]*)", policy)
    assert set(connect.split()) == {"'self'", service.issuer, service.url}


async def test_files_are_looked_at_and_never_run(service):
    storage = service.platform.storage
    await storage.put("a/b.jpg", b"<script>", "image/jpeg")
    async with (
        aiohttp.ClientSession() as http,
        http.get(storage.sign_get("a/b.jpg", now=datetime.now(UTC))) as answer,
    ):
        assert answer.content_type == "application/octet-stream"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "immutable" in answer.headers["Cache-Control"]


async def test_caches_are_told_what_to_keep_and_for_whom(service):
    """The rules of docs/explanation/scaling.md for a CDN."""
    storage = service.platform.storage
    await storage.put("a/b.jpg", b"\xff\xd8\xff", "image/jpeg")
    link = storage.sign_get("a/b.jpg", now=datetime.now(UTC))
    rules = {
        f"{service.url}/assets/a-1.js": (200, "public, max-age=31536000, immutable"),
        # Not the page: it would be kept as a script of another release.
        f"{service.url}/assets/a-2.js": (404, "no-store"),
        f"{service.url}/": (200, "no-store"),
        f"{service.url}/projects/assets/x": (200, "no-store"),
        f"{service.url}/icon.svg": (200, "no-cache"),
        f"{service.url}/api/v1/me": (401, "no-store"),
        link: (200, "private, max-age=31536000, immutable"),
        link.partition("?")[0]: (403, "no-store"),
    }
    async with aiohttp.ClientSession() as http:
        for address, (status, told) in rules.items():
            async with http.get(URL(address, encoded=True)) as answer:
                assert (answer.status, answer.headers["Cache-Control"]) == (status, told), address


def test_production_is_reached_by_https_only():
    production = Settings(environment="production", public_url="https://a.example")
    assert b"max-age=" in protection.guards(production)[b"strict-transport-security"]
    headers = dict(configuration(build(production), production).http.guards)
    assert b"strict-transport-security" in headers


def test_the_policy_names_origins_exactly():
    policy = protection.page_policy("https://t.eu.auth0.com/", "https://s3.eu-west-1.amazonaws.com/bucket")("n")
    assert "img-src 'self' blob: data: https://s3.eu-west-1.amazonaws.com https://t.eu.auth0.com;" in policy
    assert not WILD.search(policy)


def test_the_description_tells_refusals_of_every_operation():
    document = description.described(build(Settings()))
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    assert len(operations) > 25
    for operation in operations:
        assert {"400", "405", "429", "500", "503"} <= operation["responses"].keys()
        secured = operation.get("security") != []
        assert ("401" in operation["responses"]) == secured
    problem = document["components"]["responses"]["422"]["content"]["application/problem+json"]["schema"]
    assert problem["$ref"].rpartition("/")[2] in document["components"]["schemas"]
