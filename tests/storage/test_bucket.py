"""A bucket beside its files, on a server that keeps versions (moto, which speaks S3 over HTTP), and on one that does not (rclone)."""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import pytest
import structlog
from aiohttp import web
from moto.server import ThreadedMotoServer

from harness.bucket import rclone
from realstaging.kit.keyring import KeyRing
from realstaging.storage import open_storage
from realstaging.storage.bucket import Lifecycle, Refused
from realstaging.storage.contract import StorageUnavailable

ORIGIN = "https://stage.example.com"


@pytest.fixture(scope="module")
def versioning_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
async def storage(versioning_server, request):
    url = f"s3://{request.node.name.lower().replace('_', '-')[:60]}?endpoint={versioning_server}&access_key=a&secret_key=b"
    opened = open_storage(url, public_url=ORIGIN, keys=KeyRing("s"))
    await opened.bucket.create()
    return opened


async def keeping_versions(storage):
    """Switch it on: what B2's buckets always are."""
    body = '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>'
    await storage.bucket._ask("PUT", {"versioning": ""}, body=body)


async def versions(storage, prefix=""):
    return [version.key async for version in storage.bucket.versions(prefix)]


async def test_what_is_deleted_leaves_no_hidden_version(storage):
    await keeping_versions(storage)
    for pixels in (b"first", b"second"):
        await storage.put("results/a/master.png", pixels, "image/png")
    await storage.put("results/a/master.png.other", b"another file", "image/png")
    assert len(await versions(storage, "results/")) == 3
    await storage.delete(["results/a/master.png", "results/a/never.png"])
    assert await versions(storage) == ["results/a/master.png.other"]
    assert await storage.get("results/a/master.png.other") == b"another file"


async def test_what_is_moved_leaves_no_hidden_version_at_its_old_place(storage):
    await keeping_versions(storage)
    await storage.put("results/b/one.png", b"pixels", "image/png")
    await storage.move("results/b/one.png", "quarantine/one.png")
    assert await versions(storage) == ["quarantine/one.png"]


async def test_what_was_hidden_before_is_ended_by_the_next_delete(storage):
    """A process that was killed between hiding a file and ending its versions left them; who deletes again ends them."""
    await keeping_versions(storage)
    await storage.put("results/c/one.png", b"pixels", "image/png")
    await storage.bucket._ask("DELETE", {}, key="results/c/one.png")
    assert len(await versions(storage)) == 2
    await storage.delete(["results/c/one.png"])
    assert await versions(storage) == []


async def test_more_versions_than_one_page_are_all_told(storage):
    """S3 tells a thousand at once."""
    await keeping_versions(storage)
    for start in range(0, 1020, 20):
        await asyncio.gather(
            *(
                storage.put(f"results/d/{number % 510}.png", b"pixels", "image/png")
                for number in range(start, start + 20)
            )
        )
    assert Counter(await versions(storage)) == {f"results/d/{number}.png": 2 for number in range(510)}


async def test_a_bucket_without_versions_is_asked_once(storage):
    await storage.put("results/e/one.png", b"pixels", "image/png")
    assert not await storage.bucket.keeps_versions()
    await storage.delete(["results/e/one.png"])
    assert storage._keeps_versions is False
    assert await storage.head("results/e/one.png") is None


async def test_prepared_it_takes_files_from_our_pages_and_ends_what_is_hidden(storage):
    assert await storage.bucket.lifecycle() == Lifecycle()
    await storage.bucket.allow_origin(ORIGIN)
    await storage.bucket.end_hidden()
    assert await storage.bucket.lifecycle() == Lifecycle(hidden_days=1, broken_days=1)
    link = storage.sign_put("uploads/one", content_type="image/jpeg", size=1, now=datetime.now(UTC))
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type"}
    async with aiohttp.ClientSession() as http:
        async with http.options(link.url, headers={"Origin": ORIGIN, **asked}) as answer:
            assert answer.headers.get("Access-Control-Allow-Origin") == ORIGIN
        async with http.options(link.url, headers={"Origin": "https://other.example", **asked}) as answer:
            assert answer.status == 403


async def test_making_it_again_is_no_error_and_a_name_that_is_none_is_told(storage, versioning_server):
    await storage.bucket.create()
    elsewhere = open_storage(
        f"s3://nobody-made-this?endpoint={versioning_server}&access_key=a&secret_key=b",
        public_url=ORIGIN,
        keys=KeyRing("s"),
    )
    with pytest.raises(Refused, match="NoSuchBucket"):
        await elsewhere.bucket.allow_origin(ORIGIN)


def prepared(endpoint, bucket, keys, *more):
    """The command's exit code and what it says."""
    environment = {
        "STORAGE_URL": f"s3://{bucket}?endpoint={endpoint}&access_key={keys[0]}&secret_key={keys[1]}", "PUBLIC_URL": f"{ORIGIN}/",
        "PATH": os.environ["PATH"],
    }  # fmt: skip
    command = [sys.executable, "-m", "realstaging", "operate", "bucket", "prepare", *more]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_command_prepares_a_bucket_and_tells_what_its_key_may_not(versioning_server, tmp_path):
    code, said = prepared(versioning_server, "made-by-command", ("a", "b"), "--create")
    assert code == 0, said
    assert said.count("well") == 3
    assert f"pages of {ORIGIN} " in said
    assert prepared(versioning_server, "made-by-command", ("a", "b"), "--create")[0] == 0
    code, said = prepared(versioning_server, "nobody-made-this", ("a", "b"))
    assert code == 1
    assert "NoSuchBucket" in said
    assert "writeBuckets" in said


async def test_a_server_that_knows_no_versions_keeps_none(s3_endpoint):
    opened = open_storage(
        f"s3://pictures?endpoint={s3_endpoint}&access_key=tester&secret_key=secret", public_url="", keys=KeyRing("s")
    )
    await opened.put("results/f/one.png", b"pixels", "image/png")
    await opened.delete(["results/f/one.png"])
    assert await opened.head("results/f/one.png") is None


@pytest.mark.parametrize("written", ["K001/ab+cd/ef==", "K001%2Fab%2Bcd%2Fef%3D%3D", "K001/ab%2Bcd/ef=%3D"])
def test_a_key_with_plus_and_slash_is_read_as_it_is(written):
    opened = open_storage(
        f"s3://b?endpoint=http://127.0.0.1:9&access_key=004a&secret_key={written}", public_url="", keys=KeyRing("s")
    )
    assert opened._credentials.secret_key == "K001/ab+cd/ef=="


async def test_a_key_with_plus_and_slash_opens_the_bucket(tmp_path):
    """On a server that checks signatures."""
    with rclone(tmp_path, "004a,K001/ab+cd/ef==") as endpoint:
        opened = open_storage(
            f"s3://pictures?endpoint={endpoint}&access_key=004a&secret_key=K001/ab+cd/ef==",
            public_url="",
            keys=KeyRing("s"),
        )
        await opened.put("results/g/one.png", b"pixels", "image/png")
        assert await opened.get("results/g/one.png") == b"pixels"


NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
ON = f"<VersioningConfiguration {NAMESPACE}><Status>Enabled</Status></VersioningConfiguration>"
NO_FILES = f"<ListBucketResult {NAMESPACE}><IsTruncated>false</IsTruncated></ListBucketResult>"
PIECE = 16 * 1024
FORBIDDEN = "forbidden"


def listing(*versions, more=""):
    told = "".join(f"<Version><Key>{key}</Key><VersionId>{version}</VersionId></Version>" for key, version in versions)
    return f"<ListVersionsResult {NAMESPACE}>{told}{more}</ListVersionsResult>"


@asynccontextmanager
async def telling(versioning, versions):
    """Storage whose server says these two whatever is in it, in pieces that come one after the other, and what was ended there."""
    ended = []

    async def answer(request):
        if FORBIDDEN in request.path:
            return web.Response(status=403)
        if request.method == "DELETE":
            ended.append((request.path.removeprefix("/told/"), request.query["versionId"]))
            return web.Response(status=204)
        text = versioning if "versioning" in request.query else versions if "versions" in request.query else NO_FILES
        response = web.StreamResponse()
        await response.prepare(request)
        for begin in range(0, len(text), PIECE):
            await response.write(text[begin : begin + PIECE].encode())
            await asyncio.sleep(0.01)
        return response

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    url = f"s3://told?endpoint=http://{host}:{port}&access_key=a&secret_key=b"
    try:
        yield open_storage(url, public_url=ORIGIN, keys=KeyRing("s")), ended
    finally:
        await runner.cleanup()


async def test_a_long_listing_is_read_to_its_end():
    there = [(f"results/a/{number:04}.png", f"version-{number}") for number in range(300)]
    async with telling(ON, listing(*there)) as (storage, ended):
        await storage.erase("results/a")
    assert ended == there


@pytest.mark.parametrize(
    "told",
    [
        "",
        listing(("results/a/b.png", "1"))[:-5],
        "<html>A proxy is glad to be of service.</html>",
        NO_FILES,
        listing(("results/a/b.png", "")),
        listing(more="<IsTruncated>true</IsTruncated>"),
    ],
)
async def test_a_listing_that_cannot_be_read_is_not_an_empty_one(told):
    async with telling(ON, told) as (storage, ended):
        with pytest.raises(StorageUnavailable):
            await storage.erase("results/a")
    assert ended == []


@pytest.mark.parametrize("told", ["", ON[:-5], "<html>A proxy is glad to be of service.</html>"])
async def test_whether_versions_are_kept_is_asked_again_where_the_answer_said_nothing(told):
    async with telling(told, listing()) as (storage, _):
        for _ in range(2):
            with pytest.raises(StorageUnavailable):
                await storage.erase("results/a")
        assert storage._keeps_versions is None


async def test_what_the_client_says_of_a_refusal_is_logged_and_not_told():
    """It has the bucket's own address and the whole key."""
    async with telling(ON, listing()) as (storage, _):
        with structlog.testing.capture_logs() as logged, pytest.raises(StorageUnavailable) as refused:
            await storage.get(f"results/{FORBIDDEN}/one.png")
    assert FORBIDDEN in logged[0]["error"]
    told = repr(refused.value.details)
    assert not [word for word in (FORBIDDEN, "127.0.0.1", "told") if word in told]
