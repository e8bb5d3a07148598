"""An account with something in every table that holds things of accounts, and how it is erased."""

from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import msgspec

from realstaging import wiring
from realstaging.domains.privacy import erasures
from realstaging.domains.privacy.payloads import Erase
from realstaging.kit.clock import utc_now
from realstaging.runtime.jobs import Claim
from realstaging.sandbox import oidc_management
from realstaging.sandbox.oidc import PEOPLE
from realstaging.wiring.jobs import HANDLERS

ADA = PEOPLE[0]


WORDS = ("Hush Street 12", "secret-kitchen", ADA.email, ADA.subject, "whisper")


MANAGEMENT = {
    "oidc_management_client_id": oidc_management.CLIENT_ID,
    "oidc_management_client_secret": oidc_management.CLIENT_SECRET,
}


FOLDERS = ("originals", "results", "uploads", "attempts", "archives", "exports", "quarantine")


class House(msgspec.Struct):
    service: object
    account: str
    ids: dict

    @asynccontextmanager
    async def days_later(self, days, **changed):
        """Another process, that many days later."""
        settings = msgspec.structs.replace(self.service.settings, **changed)
        async with wiring.platform(settings, engines={}, clock=lambda: utc_now() + timedelta(days=days)) as platform:
            yield platform


async def everything(storage):
    return {file.key for folder in FOLDERS async for page in storage.scan(f"{folder}/") for file in page}


async def found_in_rows(database_url, words):
    """(table, word) of each row that holds one of these words, wherever in it."""
    connection = await asyncpg.connect(database_url)
    try:
        tables = [
            row["tablename"]
            for row in await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        ]
        return {
            (table, word)
            for table in tables
            for word in words
            if await connection.fetchval(
                f"select exists (select from {table} where strpos(lower({table}::text), lower($1)) > 0)", str(word)
            )
        }
    finally:
        await connection.close()


async def rows_of(database_url):
    """How many rows each table has."""
    connection = await asyncpg.connect(database_url)
    try:
        tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        return {name: await connection.fetchval(f"select count(*) from {name}") for (name,) in tables}
    finally:
        await connection.close()


async def filled(storage, house):
    """A bucket that keeps versions, with the house's files in it, each written twice."""
    await storage.bucket.create()
    body = '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>'
    await storage.bucket._ask("PUT", {"versioning": ""}, body=body)
    local = house.service.platform.storage
    for key in await everything(local):
        for data in (b"before", await local.get(key)):
            await storage.put(key, data, "image/webp")
    return storage.bucket


async def asked_for(ada):
    name = (await ada.ask("GET", "me"))["account"]["name"]
    return await ada.ask("POST", "account/erasure", 201, json={"name": name})


async def run(platform, erasure_id):
    """One run of the job, by whichever worker has it."""
    await HANDLERS["privacy.erase"].run(platform, Claim(uuid4(), Erase(UUID(erasure_id)), 1))


async def receipt_of(platform, erasure_id):
    return next(row for row in await erasures.newest(platform, 10) if str(row.id) == erasure_id)
