"""`realstaging probe` sends a photo through a running service and says which step was not done."""

import json

import pytest

from harness.service import jpeg
from tests.commands import command

SCOPES = ["read", "upload", "stage", "download", "edit"]


@pytest.fixture
async def probe(service, tmp_path):
    """The command with a test key of Ada's; what it says as JSON."""
    photo = tmp_path / "living.jpg"
    photo.write_bytes(jpeg())

    async def run(*options, scopes=SCOPES):
        async with service.signed_in() as ada:
            shown = await ada.ask("POST", "keys", 201, json={"name": "Probe", "scopes": scopes, "mode": "test"})
        key_file = tmp_path / "key"
        key_file.write_text(shown["secret"] + "\n")
        said = await command("probe", service.url, photo, "--key-file", key_file, "--json", *options)
        assert shown["secret"] not in said.output + said.complaint
        return said.code, json.loads(said.output)

    return run


async def test_a_service_that_is_well_stages_the_photo_again_and_again(service, probe):
    async with service.working():
        for _ in range(2):
            code, told = await probe()
            assert (code, told["failed"], told["reason"]) == (0, None, None)
            names = [step["name"] for step in told["steps"]]
            assert names == [
                "find the project",
                "upload the photo",
                "stage it",
                "download the picture",
                "delete the photo",
            ]
    assert await photos_of(service) == 0
    assert await service.platform.database.fetchval("select count(*) from projects where name = 'Probe'") == 1
    assert await service.platform.database.fetchval("select count(*) from holds") == 0


async def photos_of(service):
    return await service.platform.database.fetchval("select count(*) from photos where deleted_at is null")


async def test_what_is_not_done_in_time_is_named(service, probe):
    code, told = await probe("--deadline", "3")
    assert code == 1
    assert (told["failed"], told["reason"]) == ("stage it", "not done within 3 seconds")
    assert [step["name"] for step in told["steps"]] == ["find the project", "upload the photo"]
    assert await photos_of(service) == 0, "what got stuck on the way was left there"


async def test_a_refusal_is_told_in_the_services_words(service, probe):
    code, told = await probe(scopes=["read"])
    assert (code, told["failed"]) == (1, "find the project")
    assert "403" in told["reason"]
    code, told = await probe("--engine", "nobody")
    assert (code, told["failed"]) == (1, "stage it")
    assert "There is no engine named nobody" in told["reason"]
    async with service.working():
        code, told = await probe(scopes=SCOPES[:-1])
    assert (code, told["failed"]) == (1, "delete the photo")
    assert "edit" in told["reason"]


async def test_a_server_that_is_away_is_told(probe, service, tmp_path):
    key = tmp_path / "other"
    key.write_text("rs_test_none")
    photo = tmp_path / "living.jpg"
    said = await command("probe", "http://127.0.0.1:9", photo, "--key-file", key)
    assert said.code == 1
    assert "find the project" in said.output
    assert (await command("probe", "ftp://x", photo, "--key-file", key)).code == 1
