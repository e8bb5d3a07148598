"""`realstaging doctor` on a service that is well, and on ones that are not."""

import asyncio
import os
import sys

import msgspec
import pytest

from tests.service import service as run_service


async def examined(settings, **changed):
    """The command's exit code and its findings by part."""
    named = {name: getattr(settings, name) for name in settings.__struct_fields__} | changed
    environment = {name.upper(): str(value) for name, value in named.items() if value != ""}
    asked = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "realstaging", "doctor", "--json", env={**os.environ, **environment}, stdout=-1
    )
    said, _ = await asyncio.wait_for(asked.communicate(), 240)
    findings = [msgspec.json.decode(line) for line in said.splitlines()]
    return asked.returncode, {finding["part"]: finding for finding in findings}


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url) as running:
        yield running


async def test_a_service_that_is_well(service):
    code, found = await examined(service.settings)
    assert [part for part, finding in found.items() if not finding["well"]] == []
    assert code == 0
    assert {"settings", "database", "queue", "storage", "sign-in", "renderer"} <= set(found)


async def test_each_trouble_is_told_with_its_mend(service, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("in the way")
    code, found = await examined(
        service.settings,
        database_url=service.settings.database_url + "_gone",
        redis_url="redis://127.0.0.1:9/0",
        storage_url=blocked.as_uri(),
        oidc_issuer=service.settings.oidc_issuer + "/",
        render_python="/nowhere/python",
    )
    assert code == 1
    for part in ("database", "queue", "storage", "sign-in", "renderer"):
        assert not found[part]["well"], part
        assert found[part]["mend"], part
    assert "letter for letter" in found["sign-in"]["mend"]


async def test_an_old_schema_is_told(service, postgres_url):
    _, found = await examined(service.settings, database_url=postgres_url)
    assert found["database"]["mend"] == "Run `realstaging migrate`."
