"""Who is left without an account is forgotten, and who is not is left alone."""

import asyncio
from uuid import UUID

import pytest

from realstaging.domains.accounts import office
from realstaging.domains.accounts import service as accounts
from realstaging.domains.accounts.errors import WasErased
from realstaging.domains.privacy import erasures
from realstaging.runtime.identity import Claims
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import Person
from tests.domains.privacy.house import ADA, asked_for, receipt_of, run
from tests.offices import asking, join


async def test_who_is_in_another_account_as_well_keeps_everything_of_theirs(house):
    """They are not even looked at; and who comes into another account while they are is left alone (the look was before)."""
    database = house.service.platform.database
    kim, _ = await join(house.service, house.account, "kim", "member")
    bo, _ = await join(house.service, house.account, "bo", "member")
    choices = {}
    for person in (kim, bo):
        async with asking(house.service, person) as caller:
            own = (await caller.ask("GET", "me"))["account"]["id"]
            choices[person.subject] = await caller.ask("PATCH", "me/mail", json={"batch_ready": False})
            await caller.ask("PATCH", "me/profile", json={"company": "Elsewhere"})
    # Bo's own account is gone: he is in Ada's alone, until he comes into another.
    await database.execute("delete from members where account_id = $1", UUID(own))
    bos_id = await database.fetchval("select id from people where subject = $1", bo.subject)
    async with asking(house.service, kim) as caller:
        kims = (await caller.ask("GET", "me"))["account"]["id"]
    async with asking(house.service, ADA) as ada:
        erasure = await asked_for(ada)
    async with house.days_later(8) as platform:
        # He has come into it before the erasure gets to him, and after it has looked.
        async with transaction(house.service.platform) as work:
            await accounts.join(work, UUID(kims), bos_id, accounts.Role.MEMBER)
            erasing = asyncio.create_task(run(platform, erasure["id"]))
            await waiting_for_others(database)
        await erasing
        assert (await receipt_of(platform, erasure["id"])).receipt["deleted"]["people"] == 1
    for person in (kim, bo):
        async with asking(house.service, person) as caller:
            assert (await caller.ask("GET", "me/profile"))["company"] == "Elsewhere"
            assert await caller.ask("GET", "me/mail") == choices[person.subject]
            assert [one["account"]["id"] for one in (await caller.ask("GET", "me/accounts"))["items"]] == [kims]


async def waiting_for_others(database):
    """Until a transaction waits for a row that another one holds."""
    async with asyncio.timeout(30):
        while not await database.fetchval(
            "select exists (select from pg_locks join pg_stat_activity using (pid) where datname = current_database() and not granted)"
        ):
            await asyncio.sleep(0.02)


async def test_an_office_is_told_once_that_somebody_left(house):
    """Also where they are erased long after."""
    platform = house.service.platform
    kim, member_id = await join(house.service, house.account, "kim", "member")
    async with asking(house.service, ADA) as ada:
        await ada.ask("DELETE", f"members/{member_id}", 204)
    person_id = await platform.database.fetchval("select id from people where subject = $1", kim.subject)
    await platform.database.execute("update members set removed_at = now() where person_id = $1", person_id)
    async with transaction(platform) as work:
        assert await accounts.begin_forgetting(work, person_id, None)
    told = "select count(*) from events where kind = 'member.removed' and account_id = $1"
    assert await platform.database.fetchval(told, UUID(house.account)) == 1


async def test_who_comes_into_an_account_before_they_are_forgotten_goes_on(house):
    """Nothing of theirs is touched, nobody is told that they were erased, and a restore erases nothing."""
    kim, member_id = await join(house.service, house.account, "kim", "member")
    database = house.service.platform.database
    async with asking(house.service, kim) as caller:
        me = await caller.ask("GET", "me")
        wanted = await caller.ask("PATCH", "me/mail", json={"batch_ready": False})
    await database.execute("delete from members where account_id = $1", UUID(me["account"]["id"]))
    async with asking(house.service, ADA) as ada:
        await ada.ask("DELETE", f"members/{member_id}", 204)
    async with house.days_later(8) as platform:
        await erasures.go_on(platform)
        erasure_id = str(await database.fetchval("select id from erasures"))
        async with transaction(house.service.platform) as work:
            await accounts.join(work, UUID(house.account), UUID(me["person_id"]), accounts.Role.VIEWER)
            erasing = asyncio.create_task(run(platform, erasure_id))
            await waiting_for_others(database)
        await erasing
        kept = await receipt_of(platform, erasure_id)
        assert (kept.state, kept.receipt) == ("withdrawn", None)
        assert [page async for page in platform.storage.scan("erasures/")] in ([], [[]])
        assert await database.fetchval("select count(*) from letters where kind = 'erased'") == 0
        assert await database.fetchval("select count(*) from audit_entries where action = 'person.erased'") == 0
    async with asking(house.service, kim) as caller:
        assert await caller.ask("GET", "me/mail") == wanted


async def test_an_address_that_somebody_else_has_as_well_is_theirs(house):
    """Whoever claims an address, or shares it, takes nothing away with it: letters' choices, keys' makers, invitations."""
    database = house.service.platform.database
    claiming = Person("sandbox|claims", "Cleo", ADA.email, "")
    sharing = Person("sandbox|shares", "Shay", ADA.email, "")
    invited = Person("sandbox|invited", "Ivy", "ivy@house.test", "")
    async with asking(house.service, ADA) as ada:
        wanted = await ada.ask("PATCH", "me/mail", json={"batch_ready": False})
        await ada.ask("POST", "invitations", 201, json={"email": "ivy@house.test", "role": "member"})
    for person, verified in ((claiming, False), (sharing, True), (invited, False)):
        async with asking(house.service, person, email_verified=verified) as caller:
            erasure = await asked_for(caller)
        async with house.days_later(8) as platform:
            await run(platform, erasure["id"])
            assert (await receipt_of(platform, erasure["id"])).receipt["deleted"]["people"] == 1
    async with asking(house.service, ADA) as ada:
        assert await ada.ask("GET", "me/mail") == wanted
        assert [one["email"] for one in (await ada.ask("GET", "invitations"))["items"]] == ["ivy@house.test"]
    async with asking(house.service, ADA, house.account) as ada:
        assert {one["created_by"] for one in (await ada.ask("GET", "keys"))["items"]} == {ADA.email}
    # And nobody is written to at an address that is only claimed.
    assert await database.fetchval("select count(*) from letters where kind = 'erased'") == 1


async def test_who_had_another_address_once_is_named_by_neither(house):
    """Keys and links that somebody made in an office kept the address they had then, which nobody looked for once it was another."""
    before, member_id = await join(house.service, house.account, "kim", "admin")
    after, database = "kim.new@office.test", house.service.platform.database
    async with asking(house.service, before) as kim:
        me = await kim.ask("GET", "me")
    async with asking(house.service, before, house.account) as kim:
        project = await kim.project()
        await kim.ask("POST", "keys", 201, json={"name": "Importer", "scopes": ["read"]})
        link = await kim.ask("POST", f"projects/{project['id']}/upload-links", 201, json={"name": "Paul"})
        assert link["link"]["created_by"] == before.email
    # As a sign-in that tells another address does, once a process reads the row again.
    await database.execute("update people set email = $2 where id = $1", UUID(me["person_id"]), after)
    async with asking(house.service, ADA, house.account) as ada:
        made = {one["name"]: one["created_by"] for one in (await ada.ask("GET", "keys"))["items"]}
        assert made["Importer"] == after
        await ada.ask("DELETE", f"members/{member_id}", 204)
    await database.execute("delete from members where account_id = $1", UUID(me["account"]["id"]))
    async with house.days_later(8) as platform:
        await erasures.go_on(platform)
        await run(platform, str(await database.fetchval("select id from erasures")))
    for table in ("api_keys", "upload_links", "members", "people", "invitations"):
        rows = await database.fetch(f"select {table}::text as row from {table}")
        assert not any("kim" in row["row"] for row in rows), table
    async with asking(house.service, ADA, house.account) as ada:
        made = {one["name"]: one["created_by"] for one in (await ada.ask("GET", "keys"))["items"]}
        assert made["Importer"] == ""
        made = {one["id"]: one["created_by"] for one in (await ada.ask("GET", "upload-links"))["items"]}
        assert made[link["link"]["id"]] == ""


async def test_a_sign_in_that_waits_for_an_erasure_is_of_nobody(house):
    platform = house.service.platform
    kim = Claims(
        house.service.issuer, "sandbox|kim", "kim@office.test", "Kim", 2e9, signed_in_at=1, email_verified=True
    )
    person_id = (await accounts.sign_in(platform, kim)).person_id
    await platform.database.execute("delete from members where person_id = $1", person_id)
    async with transaction(platform) as work:
        person = await accounts.begin_forgetting(work, person_id, None)
        signing_in = asyncio.create_task(accounts.sign_in(platform, kim))
        await waiting_for_others(platform.database)
        await accounts.forget_person(work, person)
    with pytest.raises(WasErased):
        await signing_in


async def test_an_operators_suspension_outlives_an_erasure_that_is_taken_back(house):
    async with asking(house.service, ADA) as ada:
        for states, suspended in (((True,), True), ((False, True, False), False)):
            await asked_for(ada)
            for state in states:
                async with transaction(house.service.platform) as work:
                    await office.set_state(work, UUID(house.account), suspended=state)
            await ada.ask("DELETE", f"me/accounts/{house.account}/erasure")
            found = {one["account"]["id"]: one for one in (await ada.ask("GET", "me/accounts"))["items"]}
            assert bool(found[house.account]["suspended"]) is suspended
            async with transaction(house.service.platform) as work:
                await office.set_state(work, UUID(house.account), suspended=False)


async def test_somebody_in_no_account_is_forgotten_after_a_week(house, database_url):
    kim, member_id = await join(house.service, house.account, "kim", "member")
    database = house.service.platform.database
    async with asking(house.service, kim) as caller:
        own = (await caller.ask("GET", "me"))["account"]["id"]
    # Their own account is gone already.
    await database.execute("delete from members where account_id = $1", UUID(own))
    async with asking(house.service, ADA) as ada:
        await ada.ask("DELETE", f"members/{member_id}", 204)
    await erasures.go_on(house.service.platform)
    assert await database.fetchval("select count(*) from erasures") == 0
    async with house.days_later(8) as platform:
        for _ in range(3):
            await erasures.go_on(platform)
        jobs = "select count(*) from jobs where kind = 'privacy.erase'"
        assert await platform.database.fetchval(jobs) == 1
        await run(platform, str(await platform.database.fetchval("select id from erasures")))
    assert await database.fetchval("select count(*) from people where subject = $1", kim.subject) == 0
    assert await database.fetchval("select count(*) from people where subject = $1", ADA.subject) == 1
