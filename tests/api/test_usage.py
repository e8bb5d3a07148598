"""What was spent, line by line: charged, not charged and why, given back; by day, as a table; and letters when the budget is spent."""

import asyncio
from datetime import UTC, datetime

import pytest

from harness.paid import house
from realstaging.domains.billing import service as billing
from realstaging.engines.engine import CostClass
from realstaging.kit.ids import new_id
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import PEOPLE
from tests.interleaving import member

NOW = datetime.now(UTC)
MONTH = f"{NOW:%Y-%m}"


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as house_of_ada:
        yield house_of_ada


async def ended(paid, stagings, use_case):
    for staging in stagings:
        async with transaction(paid.service.platform) as work:
            await use_case(work, staging)


async def held(paid, project, count):
    stagings = [new_id() for _ in range(count)]
    async with transaction(paid.service.platform) as work:
        order = billing.Order(project["id"], "replicate", stagings, CostClass.PROVIDERS_PICTURE)
        refused = await billing.hold(work, await member(paid.ada), order)
    return refused or stagings


async def table(paid, month=MONTH):
    async with paid.ada.session.get(f"usage.csv?month={month}") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Disposition"] == f'attachment; filename="usage-{month}.csv"'
        return [line.split(",") for line in (await answer.text()).splitlines()]


async def test_usage_is_told_by_staging_by_day_and_as_a_table(paid):
    ada = paid.ada
    photo = await paid.photo()
    [canceled] = await ada.stage(photo, engine="replicate")
    await ada.ask("POST", f"stagings/{canceled['id']}/cancel")
    project = {"id": photo["project_id"]}
    await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "=cmd()"})
    first, second, third, fourth = await held(paid, project, 4)
    await ended(paid, [first, second, third], billing.settle)
    async with transaction(paid.service.platform) as work:
        await billing.credit_back(work, (await member(ada)).account.id, third)
    lines = (await ada.ask("GET", f"usage/lines?month={MONTH}"))["items"]
    told = {line["staging_id"]: (line["state"], line["charged_usd"], line["reason"]) for line in lines}
    assert told == {
        str(fourth): ("held", "0.00", None),
        str(third): ("given_back", "0.00", None),
        str(second): ("charged", "0.25", None),
        str(first): ("charged", "0.25", None),
        canceled["id"]: ("not_charged", "0.00", "canceled"),
    }
    assert [line["staging_id"] for line in lines] == sorted(told, reverse=True)
    assert {line["engine"] for line in lines} == {"replicate"}
    assert lines[-1]["member_id"]
    assert lines[-1]["member_name"] == PEOPLE[0].name
    found, cursor = [], ""
    while cursor is not None:
        page = await ada.ask("GET", f"usage/lines?month={MONTH}&limit=2{cursor and f'&cursor={cursor}'}")
        found, cursor = found + page["items"], page["next"]
    assert found == lines
    days = await ada.ask("GET", f"usage/days?month={MONTH}")
    assert [(one["stagings"], one["charged_usd"], one["given_back"], one["engine"]) for one in days["items"]] == [
        (2, "0.50", 1, "replicate")
    ]
    assert not days["more"]
    rows = await table(paid)
    assert len(rows) == 6
    assert {row[2] for row in rows[1:]} == {"'=cmd()"}
    assert sum(float(row[6]) for row in rows[1:]) == 0.5
    assert (await ada.ask("GET", "usage/lines?month=2025-01"))["items"] == []
    assert len(await table(paid, "2025-01")) == 1
    for wrong in ("2026-13", "2026", "x"):
        await ada.ask("GET", f"usage/lines?month={wrong}", 422)
    async with paid.service.signed_in(PEOPLE[1]) as ben:
        assert (await ben.ask("GET", f"usage/lines?month={MONTH}"))["items"] == []
        assert (await ben.ask("GET", f"usage/days?month={MONTH}"))["items"] == []


async def test_every_page_is_told_that_the_budget_is_another(paid):
    told = "select data from events where kind = 'billing.changed' order by id"
    plan = (await paid.ada.ask("GET", "usage"))["plan"]
    heard = [len(await paid.database.fetch(told))]
    for amount in ("20.00", "20.00", None):
        await paid.ada.ask("PUT", "usage/budget", json={"monthly_usd": amount})
        heard.append(len(await paid.database.fetch(told)))
    assert heard == [0, 1, 1, 2]
    assert {row["data"]["plan"] for row in await paid.database.fetch(told)} == {plan}


async def test_who_looks_after_the_budget_is_written_to_when_it_is_spent_and_the_stop_is_hard(paid):
    ada, letters = (
        paid.ada,
        "select letter->>'percent' as percent from letters where kind = 'budget_spent' order by 1 desc",
    )
    await paid.database.execute("update people set email_verified = true")
    project = await ada.project()
    await ada.ask("PUT", "usage/budget", json={"monthly_usd": "1.25"})
    photo = await ada.photo(project)
    item = {"photo_id": photo["id"], "room_type": "living_room", "styles": ["modern"], "engine": "replicate"}
    # A quote that comes to the budget writes nothing.
    await ada.ask("POST", "stagings/quote", json={"items": [item] * 5})
    assert await paid.database.fetch(letters) == []
    assert len(await held(paid, project, 4)) == 4
    assert [row["percent"] for row in await paid.database.fetch(letters)] == ["80"]
    answers = await asyncio.gather(*(held(paid, project, 1) for _ in range(5)))
    assert sorted(type(one).__name__ for one in answers) == ["BudgetReached"] * 4 + ["list"]
    assert sorted(row["percent"] for row in await paid.database.fetch(letters)) == ["100", "80"]
    refused = await ada.ask("POST", "stagings", 207, json={"items": [item]})
    assert refused["items"][0]["error"]["code"] == "budget_reached"
    usage = await ada.ask("GET", "usage")
    assert (usage["held_usd"], usage["alerts"]) == ("1.25", [80, 100])
