"""`realstaging doctor --production`: against a deployment that is right, and against each trouble it is there to find."""

import asyncio
import json
import os
import re
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest

from realstaging.doctor.looks import Fleet
from realstaging.doctor.production import CHECKLIST, walk
from realstaging.runtime import migrations, schema
from realstaging.sandbox.smtp.server import SmtpSandbox
from realstaging.settings import Settings
from tests.deployment.cloud import CREDENTIALS, Cloud, running

PAGE = Path(__file__).parents[2] / "docs/reference/production-checklist.md"
API = Fleet("api", api=2, worker=2)


@pytest.fixture
async def cloud():
    async with running(Cloud()) as there:
        yield there


@pytest.fixture
def settings(cloud, database_url, redis_url):
    return Settings(
        environment="production",
        database_url=database_url,
        redis_url=redis_url,
        storage_url=f"s3://pictures?endpoint={cloud.url}&access_key={CREDENTIALS.access_key}&secret_key={CREDENTIALS.secret_key}",
        public_url=cloud.url,
        secret_key=secrets.token_hex(32),
        plain_hosts="127.0.0.1",
        oidc_issuer=cloud.url,
        trusted_proxies="10.0.0.0/8",
        metrics_token=secrets.token_hex(32),
        replicate_api_token="r8_word",
        replicate_api_url=f"{cloud.url}/v1",
        mail_url=f"smtp://me:hush-hush-mail@127.0.0.1:{cloud.mail_port}?tls=none",
        mail_from="Real Staging <hello@mail.example.com>",
    )


@pytest.fixture
def ill(cloud):
    """What is not well, by part."""

    async def ill_parts(settings, fleet=API):
        found = await walk(settings, fleet, cloud.nameserver)
        return {finding.part: finding for finding in found if not finding.well}

    return ill_parts


async def test_a_deployment_that_is_right_is_well_in_every_part(cloud, settings):
    found = await walk(settings, API, cloud.nameserver)
    assert {finding.part: finding.seen for finding in found if not finding.well} == {}
    assert [finding.part for finding in found] == [item.part for item in CHECKLIST if item.role != "worker"]
    assert "4 processes × 10 connections × 2 during a deploy = 80 of" in next(
        one.seen for one in found if one.part == "database connections"
    )


# What is wrong at the other end, the part that must be ill, and a word of what is told to mend it.
TROUBLES = [
    ("the bucket lets no browser send", {"cors": "none"}, "uploads from browsers", "bucket prepare"),
    ("the bucket lets every page send", {"cors": "any"}, "uploads from browsers", "bucket prepare"),
    ("the bucket lets pages of ours read only", {"methods": "GET"}, "uploads from browsers", "PUT"),
    ("a link takes any size", {"checks_length": False}, "sizes of uploads", "another server"),
    ("deleted files stay for ever", {"hidden_days": None}, "deleted files", "lifecycle rule"),
    ("deleted files stay for months", {"hidden_days": 90}, "deleted files", "lifecycle rule"),
    ("nobody may see whether they do", {"may_read_rules": False}, "deleted files", "readBuckets"),
    ("parts of broken uploads stay", {"broken_days": None}, "broken uploads", "multipart"),
    ("the issuer calls itself by another name", {"issuer": "https://other.example/"}, "sign-in", "letter for letter"),
    ("the issuer takes no PKCE", {"pkce": ["plain"]}, "sign-in", "code"),
    ("the issuer signs otherwise", {"algorithm": "HS256"}, "sign-in", "RS256"),
    ("another release answers", {"version": "0.0.1"}, "public address", "PUBLIC_URL"),
    ("a firewall's page answers the providers", {"webhook": 302}, "webhooks", "signature"),
    ("the webhook takes what nobody signed", {"webhook": 200}, "webhooks", "signature"),
    ("anybody may read the metrics", {"open_metrics": True}, "metrics", "METRICS_TOKEN"),
    ("the clock is wrong", {"clock": timedelta(minutes=3)}, "clock", "NTP"),
    ("the provider does not know the token", {"takes_token": False}, "models", "REPLICATE_API_TOKEN"),
]


@pytest.mark.parametrize(
    ("wrong", "part", "mend"), [trouble[1:] for trouble in TROUBLES], ids=[trouble[0] for trouble in TROUBLES]
)
async def test_a_trouble_at_the_other_end_is_found_and_only_that(cloud, settings, ill, wrong, part, mend):
    for name, value in wrong.items():
        setattr(cloud, name, value)
    found = await ill(settings)
    assert part in found, found
    assert mend in found[part].mend
    assert set(found) <= {part, "broken uploads"} if "may_read_rules" in wrong else set(found) == {part}


async def test_each_trouble_of_the_settings_is_found(cloud, settings, ill):
    def changed(**wrong):
        return msgspec.structs.replace(settings, **wrong)

    assert "ENVIRONMENT" in (await ill(changed(environment="development")))["settings"].mend
    assert "SECRET_KEY" in (await ill(changed(secret_key="short")))["settings"].seen
    assert "10.0.0.0/8" in (await ill(changed(trusted_proxies="")))["proxies"].mend
    assert "PLAIN_HOSTS" in (await ill(changed(plain_hosts="")))["settings"].seen
    many = (await ill(changed(database_connections=30), Fleet("api", api=3, worker=2)))["database connections"]
    assert "5 processes × 30 connections × 2" in many.seen
    assert "DATABASE_CONNECTIONS=19" in many.mend
    assert "secret_key" in (await ill(changed(storage_url="s3://b?access_key=x")))["storage"].seen
    gone = await ill(changed(storage_url=settings.storage_url.replace(urlsplit(cloud.url).netloc, "127.0.0.1:9")))
    assert {"storage", "uploads from browsers", "sizes of uploads", "deleted files", "broken uploads"} <= set(gone)


async def test_an_issuer_that_moves_is_looked_at_where_it_was(settings, ill):
    async with running(Cloud()) as before:
        moving = msgspec.structs.replace(settings, oidc_former_issuer=before.url)
        assert "former issuer" not in await ill(moving)
        for wrong, mend in ((f"{before.url}/", "letter for letter"), (settings.oidc_issuer, "leave it out")):
            found = await ill(msgspec.structs.replace(settings, oidc_former_issuer=wrong))
            assert mend in found["former issuer"].mend


async def test_each_trouble_of_mail_is_found(cloud, settings, ill):
    def changed(**wrong):
        return msgspec.structs.replace(settings, **wrong)

    for name, what in (
        ("mail.example.com", "SPF"),
        ("pm._domainkey.mail.example.com", "DKIM"),
        ("_dmarc.example.com", "DMARC"),
    ):
        kept = cloud.records.pop(name)
        assert f"mail.example.com has no {what}" in (await ill(settings))["mail"].seen
        cloud.records[name] = kept
    cloud.records["mail.example.com"] = "google-site-verification=x"
    assert "no SPF" in (await ill(settings))["mail"].seen
    cloud.records["mail.example.com"] = "v=spf1 -all"
    assert set(await ill(settings)) == set()
    assert "mail.md" in (await ill(changed(mail_url="")))["mail"].mend
    assert (
        "signing in" in (await ill(changed(mail_url=settings.mail_url.replace("hush-hush-mail", "other"))))["mail"].seen
    )
    away = await ill(changed(mail_url="smtp://127.0.0.1:9?tls=none"))
    assert "587" in away["mail"].mend
    cloud.mail = SmtpSandbox()
    async with cloud.mail.serving() as port:
        seen = (await ill(changed(mail_url=f"smtp://127.0.0.1:{port}?tls=none")))["mail"].seen
    assert "stand-in" in seen


async def test_an_old_schema_is_found_and_a_newer_one_is_well(settings, ill):
    await migrations.downgrade(settings.database_url, schema.revisions()[-2])
    assert "migrate" in (await ill(settings))["database"].mend


async def test_no_finding_holds_a_secret(cloud, settings):
    """Neither of the settings nor of what others answer."""
    cloud.issuer = f"https://{settings.metrics_token}.example/"
    told = str(
        await walk(
            msgspec.structs.replace(settings, database_url="postgresql://me:hush-hush-word@127.0.0.1:9/x"),
            API,
            cloud.nameserver,
        )
    )
    assert settings.metrics_token not in told
    assert settings.secret_key not in told
    assert "hush-hush" not in told
    cloud.mail.misbehave("auth", "535 5.7.8 hush-hush-mail is no password of mine", times=9)
    assert "hush-hush" not in str(await walk(settings, API, cloud.nameserver))
    assert CREDENTIALS.secret_key not in told


async def test_the_command_prints_the_list_of_the_page(cloud, settings):
    """The same list, in the same order: what a person reads is what the program walks."""
    named = {
        name.upper(): str(getattr(settings, name))
        for name in settings.__struct_fields__
        if getattr(settings, name) != ""
    }
    asked = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "realstaging", "doctor", "--production", "--json", "--for", "api",
        "--nameserver", ":".join(map(str, cloud.nameserver)),
        env={"PATH": os.environ["PATH"], **named}, stdout=-1,
    )  # fmt: skip
    said, _ = await asyncio.wait_for(asked.communicate(), 120)
    findings = [json.loads(line) for line in said.splitlines()]
    assert asked.returncode == 0, [finding for finding in findings if not finding["well"]]
    page = re.findall(r"^\| \*\*(.+?)\*\* \|", PAGE.read_text(), re.MULTILINE)
    assert page == [item.part for item in CHECKLIST]
    assert [finding["part"] for finding in findings] == [part for part in page if part != "renderer"]
    assert [finding["part"] for finding in findings if finding["by_hand"]] == [
        item.part for item in CHECKLIST if item.look is None
    ]
