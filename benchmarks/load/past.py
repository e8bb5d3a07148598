"""What people had before they came: a project with photos and stagings, copied from one that the service has made."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from benchmarks.load.people import Person
from benchmarks.load.site import Site
from realstaging.domains.billing import service as billing
from realstaging.kit import money
from realstaging.kit.ids import new_id
from realstaging.runtime.database import Connection
from realstaging.runtime.work import transaction

PHOTOS: Final = 8
EACH: Final = 2
"""Stagings of each photo."""
CREDIT: Final = 1000 * money.DOLLAR
ORDERING: Final = 4
"""One person in so many has credit, and orders pictures of models."""


class Example(msgspec.Struct, frozen=True):
    """One staging that is ready, of one photo."""

    staging: UUID
    photo: UUID
    original: UUID


async def remember(site: Site, people: Sequence[Person], example: Example) -> None:
    """Give each a project like the example's, and some of them credit."""
    projects = {person.number: new_id() for person in people}
    accounts = [person.account for person in people]
    async with site.platform.database.acquire() as connection, connection.transaction():
        await connection.executemany(
            "insert into projects (id, account_id, name) values ($1, $2, '12 Elm Street, second floor')",
            list(zip(projects.values(), accounts, strict=True)),
        )
        originals = [new_id() for _ in people]
        await _copied(connection, "originals", example.original, {"id": originals, "account_id": accounts})
        photos = [
            (new_id(), project, original)
            for project, original in zip(projects.values(), originals, strict=True)
            for _ in range(PHOTOS)
        ]
        ids, of_projects, of_originals = zip(*photos, strict=True)
        chosen: dict[str, Sequence[Any]] = {"id": ids, "project_id": of_projects, "original_id": of_originals}
        await _copied(connection, "photos", example.photo, chosen)
        stagings = [(new_id(), photo, project) for photo, project, _ in photos for _ in range(EACH)]
        ids, of_photos, of_projects = zip(*stagings, strict=True)
        chosen = {"id": ids, "photo_id": of_photos, "project_id": of_projects, "job_id": [None] * len(ids)}
        await _copied(connection, "stagings", example.staging, chosen)
    for person in people:
        person.project = projects[person.number]
        if person.number % ORDERING == 0:
            await give_credit(site, person)


async def give_credit(site: Site, person: Person) -> None:
    """Enough for as long as this lasts, and a plan under which some may be under way."""
    assert person.account
    async with transaction(site.platform) as work:
        await billing.grant(work, person.account, CREDIT, "load", "")
        await billing.set_plan(work, person.account, "business", given=True)
    person.has_credit = True


async def example_of(site: Site, person: Person) -> Example:
    """The first staging that is ready, once it is."""
    while True:
        row = await site.platform.database.fetchrow(
            """select stagings.id as staging, photo_id as photo, original_id as original
               from stagings join photos on photos.id = photo_id where stagings.project_id = $1 and state = 'ready' limit 1""",
            person.project,
        )
        if row:
            return Example(row["staging"], row["photo"], row["original"])
        await asyncio.sleep(0.2)


async def _copied(connection: Connection, table: str, source: UUID, given: Mapping[str, Sequence[Any]]) -> None:
    """Rows as the one of the table with that id, but for the columns ``given``: as many as those have values."""
    columns = await connection.fetch(
        "select column_name as name from information_schema.columns where table_name = $1 and table_schema = 'public'",
        table,
    )
    names = [row["name"] for row in columns]
    taken = ", ".join(f"given.{name}" if name in given else f"source.{name}" for name in names)
    arrays = ", ".join(f"${number}::uuid[]" for number in range(2, len(given) + 2))
    await connection.execute(
        f"""insert into {table} ({", ".join(names)}) select {taken}
            from {table} as source, unnest({arrays}) as given ({", ".join(given)}) where source.id = $1""",
        source,
        *map(list, given.values()),
    )
