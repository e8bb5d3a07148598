"""Two releases and one database: the one before on the new schema, the new one on the old schema, and changing it while both work."""

import asyncio
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import asyncpg
import pytest
from alembic.script import ScriptDirectory

from realstaging.runtime import migrations, schema

ROOT = Path(__file__).parents[2]
VERSIONS = "src/realstaging/runtime/migrations/versions"
pytestmark = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a copy without its history")
# What a release does for its customers, from signing in to a picture: its own tests, at the commit it was.
ITS_TESTS = ("tests/api/test_stagings.py", "tests/api/test_projects.py", "tests/api/test_photos.py")


def git(*arguments, text=True):
    command = ["git", "-c", f"safe.directory={ROOT}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=text, check=True).stdout


def release_before():
    """The newest tag that has an older schema; where there is none, the commit before the newest migration came."""
    newest = next((ROOT / VERSIONS).glob(f"{schema.newest()}_*.py")).relative_to(ROOT)
    for tag in git("tag", "--list", "v*", "--sort=-v:refname").split():
        if str(newest) not in git("ls-tree", "-r", "--name-only", tag, "--", VERSIONS):
            return tag
    came = git("log", "--diff-filter=A", "--format=%H", "-1", "--", str(newest)).strip()
    return f"{came}^" if came else "HEAD"


def revision_of(release):
    names = git("ls-tree", "-r", "--name-only", release, "--", VERSIONS).split()
    return max(Path(name).name.partition("_")[0] for name in names if re.match(r"\d", Path(name).name))


async def test_servers_know_the_schema_without_the_tools_that_change_it():
    walked = [script.revision for script in ScriptDirectory(str(schema.VERSIONS.parent)).walk_revisions()]
    assert list(schema.revisions()) == walked[::-1]


async def started(command, database_url, redis_url, tmp_path):
    """The new program's process of that name on a database as it is; what it says, or nothing where it runs."""
    environment = {
        "ENVIRONMENT": "development", "DATABASE_URL": database_url, "REDIS_URL": redis_url, "STORAGE_URL": (tmp_path / "files").as_uri(),
        "OIDC_ISSUER": "http://127.0.0.1:9", "PATH": os.environ["PATH"],
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "realstaging",
        command,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, said.decode()


async def test_new_code_on_the_old_schema_says_so_and_touches_nothing(database_url, redis_url, tmp_path):
    """So a deploy whose migrations did not run never gets traffic, and the release before goes on."""
    await migrations.downgrade(database_url, schema.revisions()[-2])
    for command in ("api", "worker"):
        code, said = await started(command, database_url, redis_url, tmp_path)
        assert code == 1
        assert "realstaging migrate" in said
    connection = await asyncpg.connect(database_url)
    assert await connection.fetchval("select count(*) from jobs") == 0
    await connection.close()
    with pytest.raises(schema.SchemaBehind):
        await schema.require(database_url)
    await migrations.upgrade(database_url)
    await schema.require(database_url)


async def test_a_newer_schema_is_none_of_an_older_programs_troubles(database_url):
    connection = await asyncpg.connect(database_url)
    await connection.execute("update alembic_version set version_num = '9999'")
    await connection.close()
    await schema.require(database_url)


async def test_down_one_release_and_up_again_loses_no_row_of_the_release_before(database_url):
    before = revision_of(release_before())
    connection = await asyncpg.connect(database_url)
    await connection.execute("insert into accounts (id, name) values (gen_random_uuid(), 'kept')")
    asked = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "realstaging",
        "migrate",
        "--down",
        before,
        env={"DATABASE_URL": database_url, "PATH": os.environ["PATH"]},
    )
    assert await asyncio.wait_for(asked.wait(), 60) == 0
    assert await connection.fetchval("select version_num from alembic_version") == before
    await migrations.upgrade(database_url)
    assert await connection.fetchval("select version_num from alembic_version") == schema.newest()
    assert await connection.fetchval("select name from accounts") == "kept"
    await connection.close()


async def test_migrating_gives_way_to_requests_and_tries_again(database_url):
    """A long transaction holds every table: the migration waits a moment, lets the others pass, and comes back."""
    await migrations.downgrade(database_url, schema.revisions()[0])
    holder, reader = await asyncpg.connect(database_url), await asyncpg.connect(database_url)
    tables = [
        row["tablename"]
        for row in await holder.fetch(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
        )
    ]
    holding = holder.transaction()
    await holding.start()
    await holder.execute(f"lock table {', '.join(tables)} in access share mode")
    migrating = asyncio.create_task(migrations.upgrade(database_url, lock=0.2))
    async with asyncio.timeout(30):
        while not await reader.fetchval(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        ):
            await asyncio.sleep(0.01)
        # Whoever wants the table meanwhile waits no longer than the migration does.
        await reader.fetchval("select count(*) from stagings")
    assert not migrating.done()
    await holding.rollback()
    await migrating
    assert await reader.fetchval("select version_num from alembic_version") == schema.newest()
    for connection in (holder, reader):
        await connection.close()


async def test_migrating_gives_up_in_a_sentence_and_leaves_what_was_there(database_url):
    await migrations.downgrade(database_url, schema.revisions()[0])
    holder = await asyncpg.connect(database_url)
    async with holder.transaction():
        tables = [
            row["tablename"]
            for row in await holder.fetch(
                "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
            )
        ]
        await holder.execute(f"lock table {', '.join(tables)} in access share mode")
        with pytest.raises(migrations.Busy, match="quieter minute"):
            await migrations.upgrade(database_url, lock=0.01)
    at = await holder.fetchval("select version_num from alembic_version")
    assert at in schema.revisions()
    await migrations.upgrade(database_url)
    await holder.close()


@pytest.mark.long
def test_the_release_before_works_on_the_new_schema(tmp_path):
    """Its code, its tests, our migrations."""
    release = release_before()
    there = git("ls-tree", "--name-only", release).split()
    parts = [name for name in ("src", "tests", "harness", "pyproject.toml") if name in there]
    with tarfile.open(fileobj=io.BytesIO(git("archive", release, *parts, text=False))) as archive:
        archive.extractall(tmp_path, filter="data")
    shutil.rmtree(tmp_path / VERSIONS)
    shutil.copytree(ROOT / VERSIONS, tmp_path / VERSIONS, ignore=shutil.ignore_patterns("__pycache__"))
    # How a file of statements is read belongs to the files.
    shutil.copy(ROOT / VERSIONS / "../script.py", tmp_path / VERSIONS / "../script.py")
    its_tests = [name for name in ITS_TESTS if (tmp_path / name).exists()]
    assert its_tests
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *its_tests],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert re.search(r"\.{20,} +\[100%\]", ran.stdout), "its tests are run, and quietly told by dots"
