"""`compose.yaml`: by the specification's schema, as to its safety, and its commands as processes in the same wiring."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
import yaml

from harness.bucket import rclone
from realstaging.dev.ports import free_port
from realstaging.fail_closed import problems
from realstaging.settings import Settings, read

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "compose.yaml").read_text()
SETTINGS = {name.upper() for name in Settings.__struct_fields__}
OURS = ("migrate", "bucket", "api", "worker", "backup")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(TEXT)


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.compose-spec", "compose.yaml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.github-workflows", ".github/workflows/release.yml"),
    ],
)
def test_it_is_as_the_specification_says(schema, file):
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, file],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_the_production_set_is_there(compose):
    assert set(compose["services"]) == {*OURS, "database", "valkey", "storage"}
    assert set(compose["volumes"]) == {"database", "valkey", "storage"}


def test_our_parts_run_as_nobody_on_a_root_that_cannot_be_written_to(compose):
    for name in OURS:
        service = compose["services"][name]
        assert service["user"] == "10001:10001"
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert any(mount.startswith("/tmp") for mount in service["tmpfs"])
        assert service["build"]["target"] == ("worker" if name == "worker" else "api")
        assert service["build"]["target"] in re.findall(
            r"^FROM \S+ AS (\w+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE
        )


def test_nothing_is_open_to_the_network_but_by_a_proxy(compose):
    for name, service in compose["services"].items():
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:"), name


def test_no_secret_is_in_the_file(compose):
    for word in re.findall(r"\$\{(\w+)([^}]*)\}", TEXT):
        assert word[1].startswith(":?"), f"{word[0]} must be asked for, not guessed"
    for service in compose["services"].values():
        for key, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEY|TOKEN", key):
                assert str(value).startswith("${"), key


def test_what_it_names_are_settings_and_nothing_is_thrown_away(compose):
    for name in OURS:
        assert set(compose["services"][name]["environment"]) <= SETTINGS
    assert "--maxmemory-policy noeviction" in compose["services"]["valkey"]["command"][-1]


def test_backups_are_made_every_night_where_they_are_asked_for(compose):
    backup = compose["services"]["backup"]
    assert backup["profiles"] == ["backup"]
    assert backup["command"][:2] == ["sh", "-c"]
    assert "realstaging operate backup || true; sleep 86400" in backup["command"][2]


def test_what_starts_waits_for_what_it_needs(compose):
    conditions = {
        name: {on: how["condition"] for on, how in compose["services"][name]["depends_on"].items()} for name in OURS
    }
    assert conditions["migrate"] == {"database": "service_healthy"}
    assert conditions["backup"] == {"migrate": "service_completed_successfully"}
    for name in ("api", "worker"):
        assert conditions[name] == {
            "migrate": "service_completed_successfully",
            "valkey": "service_healthy",
            "bucket": "service_completed_successfully",
        }


def added_by_the_guide():
    """What docs/how-to/deploy-with-compose.md adds to .env."""
    page = (ROOT / "docs/how-to/deploy-with-compose.md").read_text()
    block = re.search(r"^cat >> \.env <<END$(.*?)^END$", page, re.MULTILINE | re.DOTALL)[1]
    drawn = re.sub(r"\$\(openssl rand -hex (\d+)\)", lambda found: os.urandom(int(found[1])).hex(), block)
    return dict(line.split("=", 1) for line in drawn.split())


def test_whatever_the_file_asks_for_the_guide_adds(compose):
    assert set(re.findall(r"\$\{(\w+)", TEXT)) - {"PUBLIC_URL"} == set(added_by_the_guide())


def wired(compose, service, hosts, given):
    """A service's environment as compose makes it, with the parts at the places they have in this test."""
    environment = {}
    for key, value in compose["services"][service]["environment"].items():
        text = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: given[found[1]], str(value))
        for host, place in hosts.items():
            text = text.replace(host, place)
        environment[key] = text
    return environment


async def test_its_commands_run_as_processes_in_the_same_wiring(compose, tmp_path, database_url, redis_url):
    """Migrations, then API and worker, as the file starts them, against the same kinds of servers; then SIGTERM."""
    given = {
        **added_by_the_guide(), "PUBLIC_URL": "https://stage.example.com",
        "DATABASE_PASSWORD": "x", "VALKEY_PASSWORD": urlsplit(redis_url).password, "STORAGE_KEY": "tester", "STORAGE_SECRET": "secret",
    }  # fmt: skip
    port, metrics = free_port(), free_port()
    with rclone(tmp_path, "tester,secret") as endpoint:
        hosts = {
            "postgresql://realstaging:x@database:5432/realstaging": database_url,
            "valkey:6379": urlsplit(redis_url).netloc.rpartition("@")[2],
            "http://storage:9000": endpoint,
            "s3://realstaging?": "s3://pictures?",
            "database,valkey,storage": "127.0.0.1",
            "0.0.0.0": "127.0.0.1",
        }
        first_part = {"PUBLIC_URL": given["PUBLIC_URL"], "SECRET_KEY": os.urandom(32).hex(), "OIDC_ISSUER": "https://tenant.example/"}  # fmt: skip
        environment = {
            "PATH": os.environ["PATH"],
            **first_part,
            **wired(compose, "api", hosts, given),
            "PORT": str(port),
            "METRICS_PORT": str(metrics),
        }
        assert problems(read(environment)) == []

        async def start(service, **more):
            command = compose["services"][service]["command"]
            assert command[0] == "realstaging"
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", *command, env={**environment, **more}, stdout=-1, stderr=asyncio.subprocess.STDOUT
            )

        migrating = await start("migrate")
        said, _ = await asyncio.wait_for(migrating.communicate(), 60)
        assert migrating.returncode == 0, said
        api, worker = await start("api"), await start("worker", METRICS_PORT=str(free_port()))
        try:
            async with aiohttp.ClientSession() as http, asyncio.timeout(60):
                while not await answers(http, f"http://127.0.0.1:{port}/health/ready", api):
                    await asyncio.sleep(0.05)
                async with http.get(
                    f"http://127.0.0.1:{metrics}/metrics",
                    headers={"Authorization": f"Bearer {given['METRICS_TOKEN']}"},
                ) as answer:
                    assert answer.status == 200
                # The worker says that it works, as JSON, as production's logs are.
                while b"worker.ready" not in (line := await worker.stdout.readline()):
                    assert line, "the worker ended"
                assert json.loads(line)["event"] == "worker.ready"
        finally:
            for process in (api, worker):
                if process.returncode is None:
                    process.send_signal(signal.SIGTERM)
        for process in (api, worker):
            await asyncio.wait_for(process.communicate(), 30)
            assert process.returncode == 0


async def answers(http, address, process):
    assert process.returncode is None, await process.stdout.read()
    try:
        async with http.get(address) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False
