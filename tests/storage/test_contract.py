"""What every storage promises, shown on each over real HTTP."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import aiohttp
import pytest

from realstaging.kit.errors import Unavailable
from realstaging.storage import BadKey, NoSuchFile

REFUSED = {400, 403, 405}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.fixture
def key():
    return f"results/{uuid4()}/master.png"


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


def now():
    return datetime.now(UTC)


async def test_what_was_put_is_there(storage, key, tmp_path):
    assert await storage.head(key) is None
    await storage.put(key, PNG, "image/png")
    assert await storage.get(key) == PNG
    assert (await storage.head(key)).size == len(PNG)
    assert b"".join([piece async for piece in storage.stream(key)]) == PNG
    await storage.download(key, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == PNG


async def test_files_of_many_parts(storage, key, tmp_path):
    big = tmp_path / "big"
    big.write_bytes(PNG * 2500)
    await storage.put(key, big, "image/png")
    await storage.download(key, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == big.read_bytes()
    await storage.delete([key])


async def test_what_comes_piece_by_piece_is_kept_whole_or_not_at_all(storage, key):
    async def pieces(count):
        for number in range(count):
            yield bytes([number]) * 700_000
        if count < 60:
            raise RuntimeError("broken off")

    await storage.write(key, pieces(60), "application/zip")
    assert await storage.get(key) == b"".join(bytes([number]) * 700_000 for number in range(60))
    other = f"{key}.other"
    with pytest.raises((RuntimeError, Unavailable)):
        await storage.write(other, pieces(55), "application/zip")
    assert await storage.head(other) is None


async def test_a_part_is_given_where_a_part_is_asked_for(storage, key, http):
    """RFC 9110, 14.2: what makes a download go on where it broke off."""
    await storage.put(key, PNG, "image/png")
    link, size = storage.sign_get(key, now=now()), len(PNG)
    parts = {
        "bytes=0-9": (PNG[:10], f"bytes 0-9/{size}"),
        "bytes=100-": (PNG[100:], f"bytes 100-{size - 1}/{size}"),
        "bytes=-7": (PNG[-7:], f"bytes {size - 7}-{size - 1}/{size}"),
        f"bytes={size - 1}-{size * 9}": (PNG[-1:], f"bytes {size - 1}-{size - 1}/{size}"),
    }
    for asked, (part, told) in parts.items():
        async with http.get(link, headers={"Range": asked}) as answer:
            # rclone calls its parts 200; that we say 206 is shown by tests/api/test_archives.py.
            assert answer.status in {200, 206}, asked
            assert answer.headers["Content-Range"] == told
            assert answer.headers["Content-Length"] == str(len(part))
            assert await answer.read() == part
    async with http.get(link, headers={"Range": f"bytes={size}-"}) as answer:
        assert answer.status == 416
        assert answer.headers.get("Content-Range", f"bytes */{size}") == f"bytes */{size}"
    async with http.get(link) as answer:
        assert answer.headers["Accept-Ranges"] == "bytes"
    # Not a range, no parts of a file, or numbers that nobody's file has: the whole file, as if nothing had been asked.
    for asked in ("bytes=9-3", "bytes=-", "lines=0-9", "bytes=x-y", f"bytes={'9' * 400}-"):
        async with http.get(link, headers={"Range": asked}) as answer:
            assert answer.status in {200, 400, 416}, asked


async def test_the_last_put_wins(storage, key):
    await storage.put(key, b"one", "image/png")
    await storage.put(key, b"two", "image/png")
    assert await storage.get(key) == b"two"


async def test_what_is_not_there_is_told(storage, key, tmp_path):
    with pytest.raises(NoSuchFile):
        await storage.get(key)
    with pytest.raises(NoSuchFile):
        await storage.download(key, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    with pytest.raises(NoSuchFile):
        async for _ in storage.stream(key):
            pass


async def test_delete_takes_what_is_named_and_forgives_what_is_gone(storage):
    folder = f"results/{uuid4()}"
    keys = [f"{folder}/{number}.png" for number in range(3)]
    await asyncio.gather(*(storage.put(key, PNG, "image/png") for key in keys))
    assert await storage.list(f"{folder}/") == keys
    await storage.delete([keys[0], f"{folder}/never.png", keys[1]])
    assert await storage.list(f"{folder}/") == [keys[2]]
    await storage.delete(keys)
    assert await storage.list(f"{folder}/") == []


@pytest.mark.parametrize("bad", ["../etc/passwd", "/etc/passwd", "a//b", "a/../b", "", "a b", ".incoming/x", "a" * 600])
async def test_keys_lead_nowhere_else(storage, bad):
    with pytest.raises(BadKey):
        await storage.get(bad)
    with pytest.raises(BadKey):
        storage.sign_get(bad, now=now())


async def test_links_show_and_save(storage, key, http):
    await storage.put(key, PNG, "image/png")
    async with http.get(storage.sign_get(key, now=now())) as answer:
        assert answer.status == 200
        assert await answer.read() == PNG
        assert answer.headers["Content-Type"] == "image/png"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]
        assert "Content-Disposition" not in answer.headers
    async with http.get(storage.sign_get(key, now=now(), download_name="Küche – modern.png")) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert "K%C3%BCche" in answer.headers["Content-Disposition"]


async def test_links_are_the_same_within_a_window(storage, key):
    noon = datetime(2026, 3, 1, 12, 0, 1, tzinfo=UTC)
    assert storage.sign_get(key, now=noon) == storage.sign_get(key, now=noon + timedelta(hours=5, minutes=59))
    assert storage.sign_get(key, now=noon) != storage.sign_get(key, now=noon + timedelta(hours=6))


async def test_links_run_out(storage, key, http):
    await storage.put(key, PNG, "image/png")
    async with http.get(storage.sign_get(key, now=now() - timedelta(hours=13))) as answer:
        assert answer.status in REFUSED


async def test_links_open_nothing_else(storage, key, http):
    await storage.put(key, PNG, "image/png")
    link = storage.sign_get(key, now=now())
    other = key.replace("master", "other")
    await storage.put(other, b"secret", "image/png")
    async with http.get(link.replace("master", "other")) as answer:
        assert answer.status in REFUSED
    async with http.get(link.partition("?")[0]) as answer:
        assert answer.status in REFUSED
    async with http.put(link, data=b"overwritten") as answer:
        assert answer.status in REFUSED
    async with http.delete(link) as answer:
        assert answer.status in REFUSED
    assert await storage.get(key) == PNG


async def test_an_upload_link_takes_the_announced_file(storage, key, http):
    signed = storage.sign_put(key, content_type="image/png", size=len(PNG), now=now())
    async with http.request(signed.method, signed.url, data=PNG, headers=signed.headers) as answer:
        assert answer.status == 200
    assert await storage.get(key) == PNG


@pytest.mark.parametrize("kind", ["longer", "shorter", "other type", "other key", "late"])
async def test_an_upload_link_takes_nothing_else(storage, key, http, kind):
    at = now() - timedelta(hours=2) if kind == "late" else now()
    signed = storage.sign_put(key, content_type="image/png", size=len(PNG), now=at)
    data = {"longer": PNG + b"!", "shorter": PNG[:-1]}.get(kind, PNG)
    headers = {"Content-Type": "text/html"} if kind == "other type" else signed.headers
    url = signed.url.replace("master", "other") if kind == "other key" else signed.url
    async with http.put(url, data=data, headers=headers) as answer:
        assert answer.status in REFUSED
    assert await storage.head(key) is None
    assert await storage.head(key.replace("master", "other")) is None


async def test_what_is_deleted_while_it_is_listed_is_left_out(storage):
    folder = f"results/{uuid4()}"
    keys = {f"{folder}/{number}/master.png" for number in range(24)}
    await asyncio.gather(*(storage.put(key, PNG, "image/png") for key in keys))
    _, *lists = await asyncio.gather(
        asyncio.gather(*(storage.delete([key]) for key in keys)), *(storage.list(f"{folder}/") for _ in range(24))
    )
    assert all(set(listed) <= keys for listed in lists)
    assert await storage.list(f"{folder}/") == []


async def test_a_scan_tells_all_files_of_a_folder_and_no_others(storage):
    folder = f"results/{uuid4()}"
    keys = {f"{folder}/{number % 3}/{number}.png" for number in range(12)}
    await asyncio.gather(*(storage.put(key, PNG, "image/png") for key in keys))
    await storage.put(f"{folder}-not/1.png", PNG, "image/png")
    files = [file async for page in storage.scan(f"{folder}/") for file in page]
    assert {file.key for file in files} == keys
    assert len(files) == len(keys)
    assert {file.size for file in files} == {len(PNG)}
    assert all(abs(file.written_at - now()) < timedelta(minutes=5) for file in files)
    assert [page async for page in storage.scan(f"nothing/{uuid4()}/")] in ([], [[]])


async def test_a_file_that_is_moved_is_there_alone(storage, key):
    other = f"quarantine/2026-11-26/{key}"
    await storage.put(key, PNG, "image/png")
    await storage.put(other, b"before", "image/png")
    await storage.move(key, other)
    assert await storage.get(other) == PNG
    assert await storage.head(key) is None
    with pytest.raises(NoSuchFile):
        await storage.move(key, other)
    assert await storage.get(other) == PNG
