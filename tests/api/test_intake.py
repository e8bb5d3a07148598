"""What nobody means well by: refused with a problem document that says what to do, for every route, and never a failure of ours."""

import asyncio
import time
from urllib.parse import urlsplit

import aiohttp
import msgspec
import pytest
from litestar.exceptions import ValidationException
from yarl import URL

from harness.service import service as run_service
from realstaging.api import intake
from realstaging.kit.errors import Malformed, Overloaded
from realstaging.sandbox.oidc import PEOPLE

PHOTO = "0190f8a0-0000-7000-8000-000000000000"
SHA = "0" * 64
FILE = {"name": "a.jpg", "type": "image/jpeg", "size": 10, "sha256": SHA}
ITEM = {"photo_id": PHOTO, "room_type": "living_room", "styles": ["modern"]}
PLACED = {"piece": "sofa", "style": "modern", "seed": 0, "x": 0, "y": 0, "z": 0, "rotation": 0}
PLAN = {"room_type": "living_room", "style": "modern", "seed": 0, "score": 1.0, "pieces": [PLACED]}


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    """Ada runs it, so that what operators send is looked at as well."""
    async with run_service(tmp_path, database_url, redis_url, operator_subjects=PEOPLE[0].subject) as running:
        yield running


def json(value):
    return msgspec.json.encode(value)


def plan(**changed):
    return json({"items": [{**ITEM, "plan": {**PLAN, **changed}}]})


def corrected(**corrections):
    return json({"items": [{**ITEM, "corrections": corrections}]})


BODIES = [
    ("PUT", "usage/budget", b'{"monthly_usd":"1e900000"}', 422),
    ("PUT", "usage/budget", b'{"monthly_usd":"NaN"}', 422),
    ("PUT", "usage/budget", b'{"monthly_usd":"Infinity"}', 422),
    ("PUT", "usage/budget", b'{"monthly_usd":"-1"}', 422),
    ("PUT", "usage/budget", b'{"monthly_usd":"' + b"9" * 400 + b'"}', 422),
    ("PUT", "usage/budget", b'{"monthly_usd":"99999999999999999999"}', 422),
    ("PUT", "usage/budget", b'{"monthly_usd":' + b"9" * 30 + b"}", 422),
    ("PUT", "usage/budget", b'{"monthly_usd":1e9000}', 422),
    ("PUT", "usage/budget", b'{"monthly_usd":NaN}', 400),
    ("PUT", "usage/budget", b'{"monthly_usd":' + b"9" * 5000 + b"}", 400),
    ("PUT", "usage/budget", b"[" * 50_000, 400),
    ("PUT", "usage/budget", b"[" * 30_000 + b"]" * 30_000, 400),
    ("PUT", "usage/budget", b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400),
    ("PUT", "usage/budget", b"", 422),
    ("PUT", "usage/budget", b"\xff\xfe{\x00}\x00", 400),
    ("PUT", "usage/budget", b"\xef\xbb\xbf{}", 400),
    ("POST", "projects", b'{"name":"a\\u0000b"}', 422),
    ("POST", "projects", b'{"name":"\\ud800"}', 400),
    ("POST", "projects", b'{"name":"\\udc00"}', 400),
    ("POST", "projects", b'{"name":"\xed\xa0\x80"}', 400),
    ("POST", "projects", b'{"name":"\xff"}', 400),
    ("POST", "projects", b'{"name":"a\x00b"}', 400),
    ("POST", "projects", json({"name": "x" * 121}), 422),
    ("POST", "projects", json({"name": 7}), 422),
    ("POST", "projects", json({"name": "x" * 300_000}), 413),
    ("POST", "projects", b" " * 6_000_000, 413),
    ("POST", "uploads", json({"project_id": PHOTO, "files": [{**FILE, "size": 2**70}]}), 422),
    ("POST", "uploads", json({"project_id": PHOTO, "files": [{**FILE, "size": "10"}]}), 422),
    ("POST", "uploads", json({"project_id": PHOTO, "files": [{**FILE, "size": 1e300}]}), 422),
    ("POST", "uploads", json({"project_id": PHOTO, "files": [{**FILE, "type": "x" * 256}]}), 422),
    ("POST", "uploads", json({"project_id": PHOTO, "files": [{**FILE, "sha256": SHA + "\n"}]}), 422),
    ("POST", "uploads", json({"project_id": PHOTO, "files": [FILE] * 51}), 422),
    ("POST", "uploads", b'{"project_id":"%s","files":[{"name":"a\\u0000"}]}' % PHOTO.encode(), 422),
    ("POST", "photos", json({"project_id": PHOTO, "upload_ids": [PHOTO] * 51}), 422),
    ("POST", "stagings", json({"items": [ITEM] * 51}), 422),
    ("POST", "stagings", json({"items": [{**ITEM, "engine": "x" * 101}]}), 422),
    ("POST", "stagings", json({"items": [{**ITEM, "seed": 2**31}]}), 422),
    ("POST", "stagings", json({"items": [{**ITEM, "instructions": "x" * 501}]}), 422),
    ("POST", "stagings", json({"items": [{**ITEM, "styles": ["modern"] * 12}]}), 422),
    ("POST", "stagings", corrected(floor_corners=[[2, 0]]), 422),
    ("POST", "stagings", corrected(floor_corners=[[0, 0]] * 9), 422),
    ("POST", "stagings", corrected(keep_clear=[[[0, 0]] * 33]), 422),
    ("POST", "stagings", corrected(keep_clear=[[[0, 0]] * 3] * 17), 422),
    ("POST", "stagings", corrected(metres_per_unit=1e300), 422),
    ("POST", "stagings", plan(pieces=[PLACED] * 81), 422),
    ("POST", "stagings", plan(pieces=[{**PLACED, "x": 1e308}]), 422),
    ("POST", "stagings", plan(pieces=[{**PLACED, "piece": "x" * 200}]), 422),
    ("POST", "stagings", plan(pieces=[{**PLACED, "seed": -1}]), 422),
    ("POST", "stagings", plan(pieces="many"), 422),
    ("POST", "stagings", plan(warnings=["x"] * 17), 422),
    ("POST", "stagings", json({"items": []}), 422),
    ("PUT", "operator/models", json({"chain": ["x" * 101]}), 422),
    ("PUT", "operator/models", json({"chain": ["x"] * 11}), 422),
    ("PUT", "operator/models", json({"configurations": {f"m{n}": {} for n in range(65)}}), 422),
    ("PUT", "operator/models", json({"configurations": {"m": {f"k{n}": 1 for n in range(65)}}}), 422),
]


async def test_every_body_out_of_bounds_is_refused_with_what_to_do(service, ada):
    headers = {"Content-Type": "application/json"}
    async with service.signed_in() as caller:
        for method, path, body, expected in BODIES:
            async with caller.session.request(method, path, data=body, headers=headers) as answer:
                told = await answer.json(content_type="application/problem+json")
                where = f"{method} {path} {body[:80]!r}: {told}"
                assert answer.status == expected, where
                assert told["status"] == expected, where
                assert told["code"], where
                assert told["detail"] or told["errors"], where


async def test_a_number_without_end_holds_nobody_up(service, ada):
    """It was turned into an integer of 900,000 digits once, with the account's row locked."""
    began = time.perf_counter()
    await ada.ask("PUT", "usage/budget", 422, json={"monthly_usd": "1e900000"})
    assert (await ada.ask("PUT", "usage/budget", json={"monthly_usd": "12.50"}))["monthly_budget_usd"] == "12.50"
    assert time.perf_counter() - began < 10


ADDRESSES = [
    ("/%00", 400),
    ("/api/v1/%00", 400),
    ("/api/v1/projects/%00", 400),
    ("/files/%00?signature=x", 400),
    ("/%ff", 400),
    ("/%ed%a0%80", 400),
    ("/..%2f..%2fetc%2fpasswd%00", 400),
    ("/api/v1/projects?cursor=%00", 400),
    ("/api/v1/projects?cursor=%ff", 400),
    ("/api/v1/projects?cursor=" + "A" * 23, 422),
    ("/api/v1/projects?cursor=AAAAAAAAAAAAAAAAAAAAA!", 422),
    ("/api/v1/projects?limit=1&limit=2", 400),
    ("/api/v1/projects?limit=" + "9" * 400, 422),
    ("/api/v1/projects?limit=1e999", 422),
    ("/api/v1/projects?limit=NaN", 422),
    ("/api/v1/projects?limit=0", 422),
    ("/api/v1/projects?" + "a=1&" * 40, 414),
    ("/api/v1/projects?cursor=" + "a" * 5000, 414),
    ("/" + "a" * 70_000, 414),
    ("/api/v1/projects/not-an-id", 404),
    (f"/api/v1/stagings/{PHOTO}/download?format=jpg%0A", 400),
    (f"/api/v1/stagings/{PHOTO}/download?format=__class__", 422),
    ("/api/v1/nothing", 404),
    ("/files/nothing?expires=9&signature=%C3%A9", 403),
    ("/files/nothing?expires=" + "9" * 400 + "&signature=x", 403),
    ("/files/", 403),
]


async def test_a_page_that_no_file_could_be_named_after_is_a_page_of_the_app(tmp_path, database_url, redis_url):
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "index.html").write_text("the app")
    async with run_service(tmp_path, database_url, redis_url) as service, aiohttp.ClientSession() as http:
        for path in ("/" + "a" * 300, "/" + "a/" * 1500, "/..%2f..%2fetc%2fpasswd", "/~root", "/index.html/x"):
            async with http.get(URL(service.url + path, encoded=True)) as answer:
                assert (answer.status, await answer.text()) == (200, "the app"), path


async def test_every_address_out_of_bounds_is_refused(service):
    headers = (
        f"Host: {urlsplit(service.url).netloc}\r\nAuthorization: Bearer {service.token()}\r\nConnection: close\r\n"
    )
    for address, expected in ADDRESSES:
        status, told = await raw(service, f"GET {address} HTTP/1.1\r\n{headers}\r\n".encode())
        assert (status, told.get("status")) == (expected, expected), f"{address[:80]}: {status} {told}"


HEADERS = [
    (b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n", 400),
    (b"Idempotency-Key: a\r\nIdempotency-Key: b\r\n", 400),
    (b"Last-Event-ID: 1\r\nLast-Event-ID: 2\r\n", 400),
    (b"X: " + b"a" * 20_000 + b"\r\n", 431),
    (b"".join(b"X-%d: a\r\n" % number for number in range(100)), 431),
    (b"Authorization: Bearer \xff\xfe\r\n", 401),
    (b"Authorization: Bearer " + b"e30." * 3000 + b"\r\n", 401),
    (b"Authorization: Bearer eyJhbGciOiJub25lIn0.e30.\r\n", 401),
    (b"Authorization: \x01\r\n", 400),
    (b"Broken\r\n", 400),
    (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400),
    (b"Content-Length: -1\r\n", 400),
    (b"Content-Length: 99999999999999999999999999\r\n", 400),
    (b"Host: a\r\n", 400),
    (b"Content-Length: 0\r\nContent-Length: 0\r\n", 400),
    (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400),
]


async def test_every_head_out_of_bounds_is_refused(service):
    host = urlsplit(service.url).netloc.encode()
    for headers, expected in HEADERS:
        request = b"GET /api/v1/me HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n" % (host, headers)
        status, told = await raw(service, request)
        assert (status, told.get("status")) == (expected, expected), f"{headers[:80]!r}: {status} {told}"
        if expected == 400 and headers.count(b"\r\n") > 1:
            assert headers.partition(b":")[0].lower() in told["detail"].lower().encode(), told


ALONE = (
    *(
        "authorization",
        "content-encoding",
        "content-type",
        "host",
        "idempotency-key",
        "if-range",
        "last-event-id",
        "range",
    ),
    *("webhook-id", "webhook-signature", "webhook-timestamp"),
)


async def test_what_is_said_twice_is_refused_by_its_name_on_every_route(service, ada):
    """Which of the two is meant would be a matter of taste: a proxy before us may read the other one."""
    host = urlsplit(service.url).netloc
    async with aiohttp.ClientSession() as http, http.get(f"{service.url}/docs/openapi.json") as answer:
        described = await answer.json(content_type=None)
    routes = [(method.upper(), path) for path, methods in described["paths"].items() for method in methods]
    routes += [("GET", "/api/v1/events"), ("POST", "/api/v1/webhooks/replicate"), ("GET", "/files/a"), ("GET", "/x")]
    common = f"Host: {host}\r\nConnection: close\r\n"
    for method, path in routes:
        for query in ("x=1&x=2", "x=1&%78=1", "a=&x&x"):
            request = f"{method} {path.replace('{', '').replace('}', '')}?{query} HTTP/1.1\r\n{common}\r\n"
            status, told = await raw(service, request.encode())
            assert (status, told["code"]) == (400, "malformed"), f"{method} {path}?{query}: {told}"
            assert '"x" more than once' in told["detail"]
        for name in ALONE:
            twice = f"{name.title()}: a\r\n{name}: a\r\n"
            status, told = await raw(service, f"{method} /files/a HTTP/1.1\r\n{common}{twice}\r\n".encode())
            assert (status, told["code"]) == (400, "malformed"), f"{method} {name}: {told}"
            assert name in told["detail"]


async def test_a_key_that_an_object_has_twice_is_refused_by_its_name(service, ada):
    item = json(ITEM).decode()
    file = json(FILE).decode()
    for method, path, body, name in [
        ("POST", "projects", '{"name":"a","name":"b"}', "name"),
        ("POST", "projects", '{"name":"a","n\\u0061me":"a"}', "name"),
        ("PATCH", f"projects/{PHOTO}", '{"name":"a","name":"a"}', "name"),
        ("PUT", "usage/budget", '{"monthly_usd":"1.00","monthly_usd":null}', "monthly_usd"),
        ("POST", "photos", f'{{"project_id":"{PHOTO}","upload_ids":["{PHOTO}"],"upload_ids":[]}}', "upload_ids"),
        ("POST", "uploads", f'{{"project_id":"{PHOTO}","files":[{file[:-1]},"size":11}}]}}', "size"),
        ("POST", "stagings", f'{{"items":[{item},{item[:-1]},"seed":1,"seed":2}}]}}', "seed"),
        ("POST", "stagings", f'{{"items":[{item[:-1]},"plan":{{"x":1,"x":1}}}}]}}', "x"),
        ("POST", f"projects/{PHOTO}/archives", '{"files":"jpg","files":"png"}', "files"),
        ("PUT", "operator/models", '{"configurations":{"a/b":{"steps":1,"steps":2}}}', "steps"),
    ]:
        headers = {"Content-Type": "application/json"}
        async with ada.session.request(method, path, data=body, headers=headers) as answer:
            told = await answer.json(content_type="application/problem+json")
            assert (answer.status, told["code"]) == (400, "malformed"), f"{method} {path} {body}: {told}"
            assert f'"{name}" more than once' in told["detail"]
    for odd in ('{"\\ud800":1,"\\ud800":2}', '{{"{0}":1,"{0}":2}}'.format("a" * 9000)):
        with pytest.raises(Malformed, match="more than once") as refused:
            intake.decode(odd.encode(), object)
        assert len(json(refused.value.message)) < 200
    assert intake.decode(b'[{"a":{"a":[{"a":1},{"a":2}]}},{"A":1,"a":2}]', object)


@pytest.mark.parametrize(
    "line", [b"FOO / HTTP/1.1", b"GET", b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9", b"\xff\xff\xff"]
)
async def test_what_is_no_http_is_answered_as_everything_else(service, line):
    status, told = await raw(service, line + b"\r\nHost: a\r\n\r\n")
    assert (status, told["code"]) == (400, "malformed")


async def test_methods_and_types_of_content_that_are_not_taken_are_told(service, ada):
    async with ada.session.request("PROPFIND", "projects") as answer:
        assert answer.status == 405
        assert "GET" in answer.headers["Allow"]
        assert (await answer.json(content_type="application/problem+json"))["code"] == "method_not_allowed"
    for headers in ({"Content-Type": "text/plain"}, {"Content-Type": ""}, {"Content-Type": "application/xml; x"}):
        async with ada.session.post("projects", data=b'{"name":"a"}', headers=headers) as answer:
            assert answer.status == 415
    zipped = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    async with ada.session.post("projects", data=b'{"name":"a"}', headers=zipped) as answer:
        assert answer.status == 415


async def test_a_body_without_a_length_is_counted_as_it_comes(service, ada):
    async def endless():
        for _ in range(3000):
            yield b" " * 1000

    async with ada.session.post("projects", data=endless(), headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 413


async def test_webhooks_out_of_bounds_are_refused(service):
    async with aiohttp.ClientSession() as anybody:
        for query in ("attempt=%00", "attempt=" + "a" * 101, ""):
            async with anybody.post(f"{service.url}/api/v1/webhooks/replicate?{query}", data=b"{}") as answer:
                assert answer.status in {400, 404, 422}


def test_json_is_of_its_type_strictly_and_its_place_is_told():
    with pytest.raises(Malformed, match="deep"):
        intake.decode(b"[" * 40 + b"]" * 40, object)
    assert intake.decode(b'{"a":["[[[[{{{{\\"", "\\\\u0000"]}', object) == {"a": ['[[[[{{{{"', "\\u0000"]}
    assert intake.decode(b'[7.0, -3.00, "1.0", 1.50]', list[int | float | str]) == [7.0, -3.0, "1.0", 1.5]
    assert intake.decode(b'{"a": [7.0, -3.00, 1.0]}', dict[str, list[int]]) == {"a": [7, -3, 1]}
    for wrong in (b"[1.5]", b"[1.0e1]", b'["1"]', b"[true]"):
        with pytest.raises(ValidationException):
            intake.decode(wrong, list[int])


async def raw(service, request, wanted=b"content-type: application/problem+json"):
    """The status and the problem of what is sent as it stands."""
    address = urlsplit(service.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        writer.write(request)
        async with asyncio.timeout(20):
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.decode("latin-1").lower().split("\r\n")
            length = next((int(line.partition(":")[2]) for line in lines if line.startswith("content-length")), 0)
            body = await reader.readexactly(length)
        assert wanted in head.lower(), head
        return int(head.split()[1]), msgspec.json.decode(body)
    finally:
        writer.close()


class Sending:
    """A request to an application with no more memory for bodies than ``most``, whose body comes as the test says."""

    def __init__(self, app, path="/api/v1/me/profile/photo"):
        self.coming = asyncio.Queue()
        headers = [(b"content-length", b"1000")]
        scope = {"type": "http", "path": path, "query_string": b"", "headers": headers}
        self.answered = asyncio.create_task(app(scope, self.coming.get, None))

    async def piece(self, size, more=True):
        await self.coming.put({"type": "http.request", "body": b"x" * size, "more_body": more})
        while not self.coming.empty():
            await asyncio.sleep(0)
        await asyncio.sleep(0)

    async def leave(self):
        await self.coming.put({"type": "http.disconnect"})
        await self.answered


async def test_all_bodies_together_have_a_bound_and_give_their_room_back():
    taken = []

    async def app(scope, receive, send):
        taken.append(len((await receive())["body"]))

    bounded = intake.bounded(app, most_held=1000)
    leaving, late = Sending(bounded), Sending(bounded)
    await leaving.piece(600)
    await late.piece(300)
    refused = Sending(bounded)
    await refused.piece(200)
    with pytest.raises(Overloaded) as told:
        await refused.answered
    assert told.value.retry_after
    await leaving.leave()
    late.answered.cancel()
    with pytest.raises(asyncio.CancelledError):
        await late.answered
    # A body that was refused, one whose sender left, one that was broken off, and one that was answered hold nothing any more.
    for _ in range(2):
        whole = Sending(bounded)
        await whole.piece(1000, more=False)
        await whole.answered
    assert taken == [1000, 1000]


async def test_a_path_that_only_begins_as_one_with_large_bodies_has_small_ones():
    large = dict(intake.LARGEST)["/api/v1/me/profile/photo"]
    assert intake._largest("/api/v1/me/profile/photo") == large
    assert intake._largest("/api/v1/me/profile/photos") == intake.SMALL
    assert intake._largest("/api/v1/stagings-and-more") == intake.SMALL
    assert intake._largest("/api/v1/webhooks/replicate") == dict(intake.LARGEST)["/api/v1/webhooks/"]
    assert intake._largest("/api/v1/webhooks") == intake.SMALL
