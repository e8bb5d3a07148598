"""Files and rows that do not agree, made by hand in a folder and in a bucket, found and put right."""

import os
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from harness.service import service as run_service
from realstaging import wiring
from realstaging.domains.files import rules, service
from realstaging.domains.staging import deliverables
from realstaging.kit.clock import utc_now
from realstaging.storage import S3Storage
from tests import commands
from tests.storage.conftest import s3_endpoint

__all__ = ["s3_endpoint"]


@pytest.fixture(params=["local", "s3"])
async def house(request, tmp_path, database_url, redis_url):
    """A photo, a finished staging and a photo more; with a bucket, their files are there instead of in the folder."""
    async with run_service(tmp_path, database_url, redis_url) as running, running.signed_in() as ada:
        project = await ada.project()
        photo, other = await ada.photo(project), await ada.photo(project)
        [staging] = await ada.stage(photo)
        await made_ready(running.platform, staging)
        url = running.settings.storage_url
        if request.param == "s3":
            endpoint = request.getfixturevalue("s3_endpoint")
            url = f"s3://pictures?endpoint={endpoint}&access_key=tester&secret_key=secret"
            await removed_all(S3Storage.from_url(url))
            for kind in rules.KINDS:
                for key in await running.platform.storage.list(f"{kind}/"):
                    await S3Storage.from_url(url).put(key, await running.platform.storage.get(key), "image/webp")
        settings = msgspec.structs.replace(running.settings, storage_url=url)
        yield House(settings, (await ada.ask("GET", "me"))["account"]["id"], photo, other, staging)


async def made_ready(platform, staging):
    """As its worker leaves it, in no time."""
    key = f"results/{staging['id']}/made"
    for name in deliverables.NAMES:
        await platform.storage.put(f"{key}/{name}", name.encode(), deliverables.mime(name))
    await platform.database.execute(
        "update stagings set state = 'ready', result_key = $2 where id = $1", UUID(staging["id"]), key
    )


class House(msgspec.Struct):
    settings: object
    account: str
    photo: dict
    other: dict
    staging: dict

    @asynccontextmanager
    async def days_later(self, days):
        async with wiring.platform(
            self.settings, engines={}, clock=lambda: utc_now() + timedelta(days=days)
        ) as platform:
            yield platform


async def removed_all(storage):
    for kind in (*rules.KINDS, rules.QUARANTINE):
        async for page in storage.scan(f"{kind}/"):
            await storage.delete([file.key for file in page])


async def found(platform, **how):
    return [finding async for finding in service.check(platform, **how)]


async def everything(storage):
    return {
        file.key
        for kind in (*rules.KINDS, rules.QUARANTINE)
        async for page in storage.scan(f"{kind}/")
        for file in page
    }


async def test_files_without_rows_and_rows_without_files_are_found_and_put_right(house):
    nobodys = {
        f"originals/{house.account}/{'0' * 64}",
        "originals/nobody/at-all.thumb.webp",
        f"results/{house.staging['id']}/of-another-attempt/master.png",
        f"results/{uuid4()}/x/web.webp",
        f"uploads/{uuid4()}",
        "attempts/forgotten/answer",
        f"archives/{uuid4()}/1.zip",
        f"exports/{uuid4()}/1.zip",
    }
    async with house.days_later(2) as platform:
        storage = platform.storage
        assert await found(platform) == [], "all is well"
        for key in nobodys:
            await storage.put(key, b"nobody's", "image/webp")
        await storage.put("elsewhere/file", b"of another program", "image/webp")
        before = await everything(storage)
        async with house.days_later(0) as today:
            assert await found(today, repair=True) == [], "what is younger than a day may still get its row"
        findings = await found(platform)
        assert {finding.key for finding in findings} == nobodys
        assert {(finding.wrong, finding.mended, finding.size) for finding in findings} == {("no_row", False, 8)}
        assert await everything(storage) == before, "nothing is touched unless it is asked for"

        assert all(finding.mended for finding in await found(platform, repair=True))
        assert await found(platform) == []
        places = {rules.quarantine_key(key, platform.clock()) for key in nobodys}
        assert await everything(storage) == (before - nobodys) | places
        assert await storage.get("elsewhere/file") == b"of another program"

        await service.free_quarantine(platform)
        assert await everything(storage) >= places
    async with house.days_later(10) as platform:
        await service.free_quarantine(platform)
        assert await everything(platform.storage) == before - nobodys


async def test_rows_that_lost_files_are_told_and_get_back_what_lies_in_quarantine(house):
    async with house.days_later(2) as platform:
        storage, database = platform.storage, platform.database
        [original] = await database.fetch("select id, key from originals")
        result = await database.fetchval("select result_key from stagings")
        master = await storage.get(f"{result}/master.png")
        await storage.delete([f"{original['key']}.thumb.webp"])
        await storage.move(f"{result}/master.png", rules.quarantine_key(f"{result}/master.png", platform.clock()))
        expected = {
            (f"{original['key']}.thumb.webp", original["id"], False),
            (f"{result}/master.png", UUID(house.staging["id"]), True),
        }
        dry, repaired = await found(platform), await found(platform, repair=True)
        for findings, mended in ((dry, False), (repaired, True)):
            told = {(finding.key, finding.id, finding.mended) for finding in findings}
            assert told == {(key, row, mends and mended) for key, row, mends in expected}
            assert {(finding.wrong, str(finding.account_id)) for finding in findings} == {("no_file", house.account)}
        assert await storage.get(f"{result}/master.png") == master
        assert len(await found(platform)) == 1

        # What nobody is shown is not missed.
        await database.execute("update photos set deleted_at = now()")
        assert await found(platform) == []


async def test_the_command_tells_and_its_exit_code_says_whether_something_is_wrong(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url) as running, running.signed_in() as ada:
        await ada.photo(await ada.project())
        code, told = await command(running.settings)
        assert (code, told) == (0, "Every file has its row, and every row its files.\n")
        orphan = running.platform.storage.path("uploads/nobodys")
        orphan.parent.mkdir(exist_ok=True)
        orphan.write_bytes(b"nobody's")
        os.utime(orphan, (0, 0))
        code, told = await command(running.settings)
        assert code == 1
        assert "uploads/nobodys" in told
        code, told = await command(running.settings, "--json")
        assert code == 1
        assert msgspec.json.decode(told)["key"] == "uploads/nobodys"
        code, told = await command(running.settings, "--repair")
        assert code == 0
        found = await running.platform.database.fetchval("select details from last_done where what = 'inventory'")
        assert found == {"no_row": 1, "no_row_bytes": 8, "no_file": 0, "mended": 1}
        assert "quarantine" in told
        assert not orphan.exists()


async def command(settings, *options):
    """Exit code and output of `realstaging operate storage check`."""
    given = {name: str(getattr(settings, name)) for name in ("database_url", "redis_url", "storage_url", "oidc_issuer")}
    environment = {name.upper(): value for name, value in given.items()}
    code, told, _ = await commands.command("admin", "storage", "check", *options, **environment)
    return code, told


async def test_what_cannot_be_moved_keeps_nothing_else_from_being_looked_at(tmp_path, database_url, redis_url):
    """As a ZIP of more than 5 GB at S3, or here one whose place is taken by a folder."""
    async with run_service(tmp_path, database_url, redis_url) as running:
        platform = running.platform
        keys = [f"archives/{uuid4()}/1.zip", f"exports/{uuid4()}/1.zip"]
        for key in keys:
            await platform.storage.put(key, b"zip", "application/zip")
            os.utime(platform.storage.folder / key, (1, 1))
        (platform.storage.folder / rules.quarantine_key(keys[0], platform.clock())).mkdir(parents=True)
        found = [(one.kind, one.mended) async for one in service.check(platform, repair=True)]
        assert found == [("archives", False), ("exports", True)]
