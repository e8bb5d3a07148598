"""Root's runs, whose database lies elsewhere and belongs to another user; and runs of two users on one folder."""

import os
import pwd
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import asyncpg
import pytest

from realstaging.dev.errors import CannotStart
from realstaging.dev.postgres import EmbeddedPostgres

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else, and can")


@pytest.fixture
def checkout(tmp_path):
    """A folder that root alone may enter, with what `make clean` needs. What its databases left is removed afterwards."""
    tmp_path.chmod(0o700)
    place = tmp_path / "checkout"
    (place / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", place)
    shutil.copy(ROOT / "scripts" / "clean", place / "scripts")
    before = homes()
    yield place
    for home in homes() - before:
        used_by = home / "used-by"
        if used_by.exists() and str(tmp_path) in used_by.read_text():
            shutil.rmtree(home)


def homes():
    place = Path("/var/lib/realstaging")
    return set(place.iterdir()) if place.is_dir() else set()


def make_clean(place):
    subprocess.run(["make", "--silent", "-C", place, "clean"], check=True)


async def tables(place, *, new=None):
    """Start, make the ``new`` table, stop. Returns the tables there were before."""
    server = EmbeddedPostgres(place / "var" / "postgres", durable=False)
    connection = await asyncpg.connect(server.start())
    try:
        found = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        if new:
            await connection.execute(f"create table {new} ()")
    finally:
        await connection.close()
        server.stop()
    return [row["tablename"] for row in found]


async def test_clean_takes_the_database_along(checkout):
    await tables(checkout, new="kept")
    assert await tables(checkout) == ["kept"]
    home = (checkout / "var" / "postgres").resolve()
    make_clean(checkout)
    assert not home.exists()
    assert not (checkout / "var").exists()


async def test_what_an_earlier_folder_of_this_name_left_is_not_taken_up(checkout):
    await tables(checkout, new="kept")
    home = (checkout / "var" / "postgres").resolve()
    shutil.rmtree(checkout / "var")
    assert await tables(checkout) == []
    assert home.exists(), "it may be somebody's whose checkout moved"


async def test_clean_leaves_the_database_of_the_checkout_this_was_copied_from(checkout):
    await tables(checkout, new="kept")
    copy = shutil.copytree(checkout, checkout.with_name("copy"), symlinks=True)
    make_clean(copy)
    assert not (copy / "var").exists()
    assert await tables(checkout) == ["kept"]


@pytest.mark.parametrize("leads_to", ["/", "/var/lib/realstaging/..", "/var/lib/realstaging/a/../../b"])
def test_clean_removes_nothing_that_is_no_database_of_ours(checkout, leads_to):
    (checkout / "var").mkdir()
    (checkout / "var" / "postgres").symlink_to(leads_to)
    make_clean(checkout)
    assert Path("/var/lib").is_dir()
    assert not (checkout / "var").exists()


def test_a_database_that_is_gone_is_told(checkout):
    asked = checkout / "var" / "postgres"
    asked.parent.mkdir()
    asked.symlink_to("/var/lib/realstaging/is-gone")
    with pytest.raises(CannotStart, match=r"leads to .*is-gone, which is gone.*make clean"):
        EmbeddedPostgres(asked).start()


def test_a_folder_that_the_server_cannot_reach_is_told(checkout):
    asked = checkout / "var" / "postgres"
    asked.mkdir(parents=True)
    with pytest.raises(CannotStart, match=r"another user's.*make clean"):
        EmbeddedPostgres(asked).start()


def test_a_database_of_another_user_stays_theirs(open_dir):
    cluster = open_dir / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    for folder in (cluster.parent, cluster):
        os.chown(folder, 12345, 12345)
    with pytest.raises(CannotStart, match=r"another user's.*make clean"):
        EmbeddedPostgres(open_dir / "postgres").start()
    assert cluster.parent.stat().st_uid == 12345


@pytest.mark.parametrize(
    ("roots", "given"),
    [
        ("held", {}),
        ("postgres/held", {}),
        ("valkey/password", {"database_url": "postgresql://there"}),
        ("secret-key", {"database_url": "postgresql://there", "redis_url": "redis://there"}),
    ],
)
def test_what_root_left_is_told_to_another_user_in_one_sentence(open_dir, roots, given):
    folder = open_dir / "var"
    for place in (folder, folder / "postgres", folder / "valkey"):
        place.mkdir()
        os.chown(place, pwd.getpwnam("nobody").pw_uid, -1)
    (folder / roots).touch(0o600)
    said = started_by_nobody(folder, given)
    assert f"{folder / roots} cannot be used: Permission denied." in said
    assert "make clean" in said


def started_by_nobody(folder, given):
    """What `nobody` is told who starts everything in this folder, with these settings."""
    script = f"""
        import os, pwd
        from pathlib import Path
        from realstaging.dev.errors import CannotStart
        from realstaging.dev.ports import free_port
        from realstaging.dev.supervisor import Supervisor
        from realstaging.settings import Settings
        # Everything is read by now: the other user may not be allowed to.
        os.setuid(pwd.getpwnam("nobody").pw_uid)
        try:
            Supervisor(Path({str(folder)!r}), free_port(), Settings(**{given!r}), print).start()
        except CannotStart as error:
            print(error.message)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
