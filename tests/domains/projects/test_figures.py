"""What the list of projects shows of each is what there is, whoever changed it, in whatever order."""

import asyncio
import random

import asyncpg
import pytest

from realstaging.domains.projects import store
from realstaging.domains.projects.schemas import Order
from realstaging.kit.ids import new_id
from realstaging.runtime import migrations
from realstaging.runtime.database import open_pool

# As the releases counted that had no figures.
COUNTED = """
select id,
  (select count(*) from photos where project_id = projects.id and deleted_at is null) as photo_count,
  (select count(*) from stagings where project_id = projects.id and deleted_at is null and state = 'ready') as ready_count,
  coalesce(
    (select result_key || '/thumb.webp' from stagings
     where project_id = projects.id and deleted_at is null and state = 'ready' order by finished_at desc limit 1),
    (select originals.key || '.thumb.webp' from photos join originals on originals.id = original_id
     where project_id = projects.id and deleted_at is null order by photos.id limit 1)
  ) as cover_key
from projects where account_id = $1 and deleted_at is null
"""

EVERY = store.Wanted(Order.NEWEST, "", archived=False, after=None)


@pytest.fixture
async def pool(database_url):
    database = await open_pool(database_url)
    yield database
    await database.close()


class House:
    """An account's projects, changed by plain statements: of this release, of the one before, by hand."""

    def __init__(self, connection):
        self.connection = connection
        self.account, self.original = new_id(), new_id()

    async def begun(self):
        await self.connection.execute("insert into accounts (id, name) values ($1, 'Ada')", self.account)
        await self.connection.execute(
            """insert into originals (id, account_id, sha256, key, mime, size, width, height)
               values ($1, $2, 'a', 'originals/a', 'image/jpeg', 1, 4, 3)""",
            self.original,
            self.account,
        )
        return self

    async def project(self):
        project = new_id()
        await self.connection.execute(
            "insert into projects (id, account_id, name) values ($1, $2, 'Elm')", project, self.account
        )
        return project

    async def photo(self, project):
        photo = new_id()
        await self.connection.execute(
            "insert into photos (id, project_id, original_id, name) values ($1, $2, $3, 'a.jpg')",
            photo,
            project,
            self.original,
        )
        return photo

    async def staging(self, project, photo):
        staging = new_id()
        await self.connection.execute(
            """insert into stagings (id, project_id, photo_id, job_id, room_type, style, seed, engine)
               values ($1, $2, $3, $1, 'bedroom', 'modern', 1, 'local')""",
            staging,
            project,
            photo,
        )
        return staging

    async def ready(self, staging, connection=None):
        await (connection or self.connection).execute(
            "update stagings set state = 'ready', result_key = 'results/' || id, finished_at = clock_timestamp() where id = $1",
            staging,
        )

    async def shown(self):
        rows = await store.page(self.connection, self.account, EVERY, 1000)
        return {row.id: (row.photo_count, row.ready_count, row.cover_key) for row in rows}

    async def counted(self):
        rows = await self.connection.fetch(COUNTED, self.account)
        return {row["id"]: (row["photo_count"], row["ready_count"], row["cover_key"]) for row in rows}


async def test_a_list_shows_what_there_is_after_anything_in_any_order(pool):
    house = await House(pool).begun()
    rng = random.Random(17)
    projects = [await house.project() for _ in range(3)]
    photos, stagings = [], []
    for step in range(250):
        project = rng.choice(projects)
        match rng.randrange(9):
            case 0 | 1:
                photos.append((project, await house.photo(project)))
            case 2 | 3 if photos:
                stagings.append(await house.staging(*rng.choice(photos)))
            case 4 | 5 if stagings:
                await house.ready(rng.choice(stagings))
            case 6 if photos:
                # A photo with all that was made of it, as the job does that frees it.
                _, photo = photos.pop(rng.randrange(len(photos)))
                await pool.execute("update photos set deleted_at = now() where id = $1", photo)
                await pool.execute("update stagings set deleted_at = now() where photo_id = $1", photo)
            case 7 if stagings:
                await pool.execute("update stagings set state = 'failed' where id = $1", rng.choice(stagings))
            case 8 if stagings:
                await pool.execute("delete from stagings where id = $1", stagings.pop(rng.randrange(len(stagings))))
        if step % 10 == 0:
            assert await house.shown() == await house.counted()
    shown = await house.shown()
    assert shown == await house.counted()
    assert max(ready for _, ready, _ in shown.values()) > 1


async def test_pictures_that_are_ready_at_the_same_moment_are_all_counted(pool):
    house = await House(pool).begun()
    project = await house.project()
    stagings = [await house.staging(project, await house.photo(project)) for _ in range(8)]

    async def finish(staging):
        async with pool.acquire() as connection, connection.transaction():
            await house.ready(staging, connection)
            await asyncio.sleep(0)

    await asyncio.gather(*(finish(staging) for staging in stagings))
    assert (await house.shown())[project][:2] == (8, 8)


async def test_what_was_there_before_the_figures_is_counted_when_they_come(database_url, pool):
    await migrations.downgrade(database_url, "0014")
    connection = await asyncpg.connect(database_url)
    try:
        house = await House(connection).begun()
        full, empty = await house.project(), await house.project()
        await house.ready(await house.staging(full, await house.photo(full)))
        await migrations.upgrade(database_url)
        assert (
            await house.shown()
            == await house.counted()
            == {
                full: (1, 1, (await house.counted())[full][2]),
                empty: (0, 0, None),
            }
        )
    finally:
        await connection.close()


async def test_a_deleted_project_is_counted_no_more(pool):
    """A job that frees a thousand photos would count a thousand times."""
    house = await House(pool).begun()
    project = await house.project()
    photo = await house.photo(project)
    await pool.execute("update projects set deleted_at = now() where id = $1", project)
    await pool.execute("update photos set deleted_at = now() where id = $1", photo)
    assert await pool.fetchval("select photo_count from project_figures where project_id = $1", project) == 1
