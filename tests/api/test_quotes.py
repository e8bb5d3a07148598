"""What a request would cost is told before it is made: nothing is held, nothing is begun."""

import pytest
from structlog.testing import capture_logs

from harness.paid import house
from harness.statements import counted


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as house_of_ada:
        yield house_of_ada


def items(photo, styles, engine="replicate"):
    return [{"photo_id": photo["id"], "room_type": "living_room", "styles": styles, "engine": engine}]


async def quoted(paid, asked):
    return await paid.ada.ask("POST", "stagings/quote", json={"items": asked})


async def left_behind(paid):
    return await paid.database.fetchrow(
        """select (select count(*) from stagings) as stagings, (select count(*) from jobs where kind = 'staging.stage') as jobs,
             (select count(*) from holds) as holds, (select count(*) from events where kind = 'billing.budget_alert') as told"""
    )


async def test_a_quote_says_the_price_and_does_nothing(paid):
    photo = await paid.photo()
    asked = [*items(photo, ["modern", "coastal"]), *items(photo, ["industrial"])]
    quote = await quoted(paid, asked)
    assert (quote["pictures"], quote["total_usd"], quote["available_usd"]) == (3, "0.75", "2.50")
    assert quote["budget_left_usd"] is None
    assert [(one["pictures"], one["total_usd"], one["error"]) for one in quote["items"]] == [
        (2, "0.50", None),
        (1, "0.25", None),
    ]
    assert tuple(await left_behind(paid)) == (0, 0, 0, 0)
    assert await quoted(paid, asked) == quote
    await paid.ada.ask("POST", "stagings", 201, json={"items": asked})
    assert (await quoted(paid, asked))["available_usd"] == "1.75"


async def test_a_quote_refuses_what_the_request_refuses(paid):
    photo = await paid.photo()
    await paid.ada.ask("PUT", "usage/budget", json={"monthly_usd": "0.60"})
    asked = [*items(photo, ["modern", "coastal"]), *items(photo, ["industrial"]), *items(photo, ["modern"], "nobody")]
    with capture_logs() as told:
        quote = await quoted(paid, asked)
    assert "budget_alert" not in {one["event"] for one in told}
    assert [(one["error"] or {}).get("code") for one in quote["items"]] == [None, "budget_reached", "unknown_engine"]
    assert (quote["pictures"], quote["total_usd"], quote["budget_left_usd"]) == (2, "0.50", "0.60")
    assert tuple(await left_behind(paid)) == (0, 0, 0, 0)
    answer = await paid.ada.ask("POST", "stagings", 207, json={"items": asked})
    assert [item["error"] for item in answer["items"]] == [item["error"] for item in quote["items"]]


async def test_fifty_photos_are_quoted_with_as_many_statements_as_five(paid):
    photo = await paid.photo()
    await quoted(paid, items(photo, ["modern"]))
    counts = []
    for number in (5, 50):
        with counted(paid.service) as statements:
            await quoted(paid, items(photo, ["modern"]) * number)
        counts.append(len(statements))
    assert 0 < counts[0] == counts[1]
