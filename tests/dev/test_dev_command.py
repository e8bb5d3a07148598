"""`realstaging dev` as a developer runs it."""

import asyncio
import re
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from realstaging.dev.keeping import Hold
from realstaging.dev.ports import free_port
from realstaging.sandbox import oidc
from realstaging.settings import Settings


@asynccontextmanager
async def dev(folder, port):
    """The command, ready. Yields its process and what it has said so far."""
    command = [sys.executable, "-m", "realstaging", "dev", "--port", str(port), "--folder", str(folder)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = []
    try:
        async with asyncio.timeout(240):
            while not said or "Ctrl-C" not in said[-1]:
                line = (await process.stdout.readline()).decode()
                assert line, f"it ended: {''.join(said)}"
                said.append(line)
        yield process, "".join(said)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), 60)


def processes_of(folder):
    """Everything that still runs and was told of this folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                told = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if str(folder).encode() in told:
                found.append(entry.name)
    return found


async def nothing_left(folder):
    async with asyncio.timeout(60):
        while processes_of(folder):
            await asyncio.sleep(0.1)


async def projects(folder, port):
    issuer = f"http://localhost:{(folder / 'oidc-port').read_text()}"
    token = oidc.mint_token(
        folder / "oidc-key.pem", issuer=issuer, audience=Settings().oidc_audience, person=oidc.PEOPLE[0]
    )
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as browser,
        browser.get(f"http://localhost:{port}/api/v1/projects") as answer,
    ):
        assert answer.status == 200
        return (await answer.json())["items"]


async def letters_are_shown(address):
    async with aiohttp.ClientSession() as browser, browser.get(address) as answer:
        assert answer.status == 200
        assert "No letter yet" in await answer.text()


async def plans_are_sold(address):
    """At the stand-in of Stripe, whose books show it."""
    headers = {"Authorization": "Bearer sk_test_sandbox"}
    async with aiohttp.ClientSession(headers=headers) as browser:
        async with browser.get(f"{address}/v1/prices?limit=100") as answer:
            keys = {price["lookup_key"] for price in (await answer.json())["data"]}
        async with browser.get(address) as answer:
            assert "No real money" in await answer.text()
    assert {"pro_month", "pack_20"} <= keys


async def test_everything_comes_up_and_stops_when_told(open_dir):
    folder, port = open_dir / "var", free_port()
    async with dev(folder, port) as (process, said):
        assert f"http://localhost:{port}" in said
        for part in ("PostgreSQL", "Valkey", "sandbox sign-in", "sandbox mail", "sandbox payments", "API", "worker"):
            assert f"{part}: ready" in said
        await letters_are_shown(re.search(r"Letters: (http://localhost:\d+)", said)[1])
        await plans_are_sold(re.search(r"Payments: (http://localhost:\d+)", said)[1])
        [project] = await projects(folder, port)
        assert project["name"].startswith("Demo")
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), 60)
    await nothing_left(folder)


@pytest.mark.long
async def test_it_comes_up_again_after_kill_9(open_dir):
    folder, port = open_dir / "var", free_port()
    async with dev(folder, port) as (process, _):
        [project] = await projects(folder, port)
        process.kill()
        await process.wait()
    await nothing_left(folder)

    async with dev(folder, port) as (process, _):
        assert [found["id"] for found in await projects(folder, port)] == [project["id"]]
    await nothing_left(folder)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
async def test_it_ends_at_once_when_told_while_it_starts(open_dir, told):
    folder, port = open_dir / "var", free_port()
    command = [sys.executable, "-m", "realstaging", "dev", "--port", str(port), "--folder", str(folder)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    async with asyncio.timeout(120):
        while "PostgreSQL is ready" not in (said := (await process.stdout.readline()).decode()):
            assert said, "it ended by itself"
        process.send_signal(told)
        rest = (await process.stdout.read()).decode()
        assert await process.wait() != 0
    assert "The service is ready" not in rest
    assert "Traceback" not in rest
    await nothing_left(folder)


@pytest.mark.parametrize("port", [0, 65536])
def test_a_port_that_cannot_be_is_bad_usage(port, tmp_path):
    command = [sys.executable, "-m", "realstaging", "dev", "--port", str(port), "--folder", str(tmp_path / "var")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 2
    assert "--port" in ended.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("trouble", ["taken port", "folder is a file", "held"])
async def test_what_keeps_it_from_starting_is_one_sentence(open_dir, trouble):
    folder, port = open_dir / "var", free_port()
    with socket.socket() as other:
        if trouble == "taken port":
            other.bind(("127.0.0.1", port))
            other.listen()
            says = f"port {port} is taken"
        elif trouble == "folder is a file":
            folder.write_text("in the way")
            says = "cannot be used"
        else:
            Hold(folder).take()
            says = "in use by process"
        command = [sys.executable, "-m", "realstaging", "dev", "--port", str(port), "--folder", str(folder)]
        ended = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 1
    assert says in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr
