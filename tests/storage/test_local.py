import asyncio
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import aiohttp
import pytest

from realstaging.kit.keyring import KeyRing
from realstaging.storage import StorageUnavailable, open_storage
from tests.storage.conftest import local

JPEG = b"\xff\xd8\xff" + b"j" * 500_000


async def test_a_browser_that_has_the_picture_is_told_so(tmp_path):
    async with local(tmp_path) as storage, aiohttp.ClientSession() as http:
        await storage.put("a/b.jpg", JPEG, "image/jpeg")
        link = storage.sign_get("a/b.jpg", now=datetime.now(UTC))
        async with http.get(link) as answer:
            tag = answer.headers["ETag"]
        async with http.get(link, headers={"If-None-Match": tag}) as answer:
            assert answer.status == 304
            assert await answer.read() == b""
        async with http.head(link) as answer:
            assert int(answer.headers["Content-Length"]) == len(JPEG)


async def test_an_upload_that_breaks_off_leaves_nothing(tmp_path):
    async with local(tmp_path) as storage:
        signed = storage.sign_put("u/1", content_type="image/jpeg", size=len(JPEG), now=datetime.now(UTC))
        address, _, path = signed.url.removeprefix("http://").partition("/")
        host, port = address.split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        head = f"PUT /{path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(JPEG)}\r\n\r\n"
        writer.write(head.encode() + JPEG[:1000])
        await writer.drain()
        while not any((tmp_path / ".incoming").glob("*")):
            await asyncio.sleep(0.01)
        writer.close()
        while any((tmp_path / ".incoming").glob("*")):
            await asyncio.sleep(0.01)
        assert await storage.head("u/1") is None


async def test_a_chunked_body_is_held_to_its_size_too(tmp_path):
    async def endless():
        for _ in range(1000):
            yield b"x" * 1000

    async with local(tmp_path) as storage, aiohttp.ClientSession() as http:
        signed = storage.sign_put("u/1", content_type="image/jpeg", size=5000, now=datetime.now(UTC))
        async with http.put(signed.url, data=endless(), headers=signed.headers) as answer:
            assert answer.status == 403
        assert await storage.head("u/1") is None
        assert list((tmp_path / ".incoming").iterdir()) == []


async def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path):
    """/dev/full answers every write as a full disk does."""
    storage = open_storage(tmp_path.as_uri(), public_url="http://x", keys=KeyRing("s"))
    await storage.put("a/b.jpg", b"old", "image/jpeg")

    def write(_aside):
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"new")

    with pytest.raises(StorageUnavailable, match="disk is full"):
        storage.keep("a/b.jpg", write)
    assert await storage.get("a/b.jpg") == b"old"
    assert list((tmp_path / ".incoming").iterdir()) == []


async def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    storage = open_storage(blocked.as_uri(), public_url="http://x", keys=KeyRing("s"))
    with pytest.raises(StorageUnavailable):
        await storage.put("a/b.jpg", b"x", "image/jpeg")


async def test_deleting_leaves_no_empty_folders(tmp_path):
    storage = open_storage(tmp_path.as_uri(), public_url="http://x", keys=KeyRing("s"))
    await storage.put("a/b/c.jpg", b"x", "image/jpeg")
    await storage.delete(["a/b/c.jpg"])
    assert [path.name for path in tmp_path.iterdir()] == [".incoming"]


async def test_pictures_are_not_for_other_users_of_the_machine(tmp_path):
    storage = open_storage(tmp_path.as_uri(), public_url="http://x", keys=KeyRing("s"))
    await storage.put("a/b.jpg", b"x", "image/jpeg")
    assert stat.S_IMODE((tmp_path / "a/b.jpg").stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://x", "must begin with file:// or s3://"),
        ("file://relative/folder", "absolute folder"),
        ("s3://bucket", "access_key is missing, secret_key is missing"),
        ("s3://bucket?access_key=a&secret_key=b&colour=red", "options that are unknown"),
        ("s3://?access_key=a&secret_key=b", "bucket is missing"),
    ],
)
def test_an_address_that_cannot_be_used_is_told(url, says):
    with pytest.raises(ValueError, match=says):
        open_storage(url, public_url="http://x", keys=KeyRing("s"))


def test_a_link_of_the_key_before_is_good_until_that_key_is_gone(tmp_path):
    def store(*keys):
        return open_storage(tmp_path.as_uri(), public_url="http://x", keys=KeyRing(*keys))

    now = datetime.now(UTC)
    path, _, query = store("first").sign_get("a/b", now=now).removeprefix("http://x/files/").partition("?")
    stated = dict(parse_qsl(query))
    assert store("second", "first").allows("GET", path, stated, now)
    assert not store("second").allows("GET", path, stated, now)
    fresh = store("second", "first").sign_get("a/b", now=now)
    assert store("second").allows("GET", path, dict(parse_qsl(fresh.partition("?")[2])), now)


async def test_a_large_folder_is_scanned_page_by_page_and_strange_names_are_passed_over(tmp_path):
    async with local(tmp_path) as storage:
        folder = tmp_path / "uploads"
        folder.mkdir()
        for number in range(2300):
            (folder / f"{number}.jpg").touch()
        for strange in (".DS_Store", "a b.jpg", "ü.jpg"):
            (folder / strange).touch()
        sizes = [len(page) async for page in storage.scan("uploads/")]
        assert sum(sizes) == 2300
        assert max(sizes) <= 1000


async def test_what_killed_writers_left_goes_a_day_later(tmp_path):
    async with local(tmp_path) as storage:
        incoming = tmp_path / ".incoming"
        incoming.mkdir()
        for name, days in (("old", 2), ("new", 0)):
            (incoming / name).touch()
            written = (datetime.now(UTC) - timedelta(days=days)).timestamp()
            os.utime(incoming / name, (written, written))
        await storage.remove_unfinished(datetime.now(UTC) - timedelta(days=1))
        assert [path.name for path in incoming.iterdir()] == ["new"]


async def test_a_folder_that_goes_with_its_last_file_does_not_fail_who_writes_into_it(tmp_path):
    async with local(tmp_path) as storage:

        async def come_and_go(name):
            for _ in range(60):
                await storage.put(f"originals/a/{name}", b"x", "image/jpeg")
                await storage.delete([f"originals/a/{name}"])

        await asyncio.gather(*(come_and_go(f"{number}.jpg") for number in range(6)))


async def test_a_files_name_is_as_safe_from_a_power_cut_as_the_file(tmp_path, monkeypatch):
    """fsync(2): of a file it says nothing of the folder that names it, nor of one that was made for it."""
    synced, fsync = set(), os.fsync

    def noting(descriptor):
        synced.add(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    async with local(tmp_path) as storage:
        await storage.put("results/a/b.jpg", JPEG, "image/jpeg")
        folder = storage.folder
    assert {folder, folder / "results", folder / "results" / "a"} <= synced
