"""`realstaging doctor` on a service that is well, and on ones that are not."""

import asyncio
import secrets
from urllib.parse import urlsplit

import msgspec
import pytest

from realstaging.doctor.examination import IllError, database_encryption, examine
from realstaging.settings import Settings
from tests.cli import tls
from tests.commands import command


async def examined(settings, **changed):
    """The command's exit code and its findings by part."""
    named = {name: getattr(settings, name) for name in settings.__struct_fields__} | changed
    environment = {name.upper(): str(value) for name, value in named.items() if value != ""}
    async with asyncio.timeout(240):
        code, said, complaint = await command("doctor", "--json", **environment)
    assert "hush" not in complaint
    findings = [msgspec.json.decode(line) for line in said.splitlines()]
    return code, {finding["part"]: finding for finding in findings}


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


def at(address, host, port=None, scheme=None):
    """The same server under another host, port or scheme. Nobody takes the host 127.1 for this machine's own, but it is."""
    parts = urlsplit(address)
    account, at_sign, _ = parts.netloc.rpartition("@")
    return parts._replace(
        scheme=scheme or parts.scheme, netloc=f"{account}{at_sign}{host}:{port or parts.port}"
    ).geturl()


async def seen_in_production(settings, **changed):
    chosen = msgspec.structs.replace(
        settings, environment="production", secret_key=secrets.token_hex(32), render_python="/nowhere/python", **changed
    )
    return {finding.part: finding for finding in await examine(chosen)}


async def test_production_is_told_what_is_said_in_plain_text(service):
    database, redis = at(service.settings.database_url, "127.1"), at(service.settings.redis_url, "127.1")
    found = await seen_in_production(service.settings, database_url=database, redis_url=redis)
    for part, mend in (("database", "sslmode=verify-full"), ("queue", "rediss://")):
        assert not found[part].well
        assert mend in found[part].mend
        assert "PLAIN_HOSTS" in found[part].mend
    found = await seen_in_production(service.settings, database_url=database, redis_url=redis, plain_hosts="127.1")
    assert found["database"].well
    assert "without TLS" in found["database"].seen
    assert found["queue"].well


async def test_tls_is_told_and_certificates_are_checked(service, tmp_path):
    pem = tls.certificate(tmp_path)
    database, redis = service.settings.database_url, service.settings.redis_url
    async with (
        tls.front(pem, urlsplit(database).port, asked_first=True) as database_port,
        tls.front(pem, urlsplit(redis).port) as redis_port,
    ):
        behind = at(database, "127.1", database_port)
        encrypted = at(redis, "127.0.0.1", redis_port, "rediss")
        found = await seen_in_production(
            service.settings,
            database_url=f"{behind}?sslmode=require",
            redis_url=f"{encrypted}?ssl_ca_certs={pem}",
        )
        assert found["database"].well
        assert "certificate not checked" in found["database"].seen
        assert found["queue"].well, found["queue"]
        assert "certificate checked" in found["queue"].seen
        found = await seen_in_production(
            service.settings,
            database_url=f"{behind}?sslmode=verify-full",
            redis_url=encrypted,
        )
        assert not found["database"].well
        assert not found["queue"].well
        trusted = at(database, "localhost", database_port)
        found = await seen_in_production(
            service.settings, database_url=f"{trusted}?sslmode=verify-full&sslrootcert={pem}"
        )
        assert "TLS, certificate checked" in found["database"].seen


def test_tls_that_no_address_asked_for_is_told_as_it_is():
    """A host's own address says nothing of TLS, and its server speaks it all the same, as the driver asks it to."""
    chosen = Settings(environment="production", database_url="postgresql://me@db.example/x")
    assert "certificate not checked" in database_encryption(chosen, encrypted=True)
    with pytest.raises(IllError, match="without TLS"):
        database_encryption(chosen, encrypted=False)


async def test_no_finding_holds_a_secret(service):
    word = "hush-hush-word"
    storage = f"s3://bucket?endpoint=http://127.0.0.1:9&access_key=hush-access&secret_key={word}"
    code, found = await examined(
        service.settings,
        database_url=f"postgresql://me:{word}@127.0.0.1:9/db",
        redis_url=f"redis://:{word}@127.0.0.1:9/0",
        storage_url=storage,
        secret_key=word * 3,
        replicate_api_token=f"r8_{word}",
    )
    assert code == 1
    assert {"database", "queue", "storage"} <= {part for part, finding in found.items() if not finding["well"]}
    assert "hush" not in str(found)
