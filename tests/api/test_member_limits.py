"""What one member's stagings may cost in a month, within the account's budget: held in the transaction that holds the money."""

import asyncio

import pytest

from harness.paid import house
from tests.offices import asking, join

ITEM = {"room_type": "living_room", "engine": "replicate"}


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    async with house(tmp_path, database_url, redis_url) as house_of_ada:
        yield house_of_ada


async def test_a_member_spends_so_much_and_no_more_however_they_ask(paid):
    """A picture costs 0.25; the limit is for two."""
    account = (await paid.ada.ask("GET", "me"))["account"]["id"]
    (ben, ben_id), (cyd, _) = [await join(paid.service, account, name, "member") for name in ("ben", "cyd")]
    changed = await paid.ada.ask("PATCH", f"members/{ben_id}", json={"monthly_limit_usd": "0.60"})
    assert changed["monthly_limit_usd"] == "0.60"
    async with asking(paid.service, ben, account) as asks, asking(paid.service, cyd, account) as other:
        photo = await paid.photo()
        body = {"items": [{**ITEM, "photo_id": photo["id"], "styles": ["modern"]}]}

        async def code(caller):
            async with caller.session.post("stagings", json=body) as answer:
                [item] = (await answer.json())["items"]
                return (item["error"] or {}).get("code"), item["stagings"]

        answers = await asyncio.gather(*(code(asks) for _ in range(5)))
        assert sorted(str(told) for told, _ in answers) == ["None"] * 2 + ["member_limit_reached"] * 3
        usage = await asks.ask("GET", "usage")
        assert (usage["own_spent_usd"], usage["own_limit_usd"]) == ("0.50", "0.60")
        # It is theirs alone.
        assert (await code(other))[0] is None
        usage = await paid.ada.ask("GET", "usage")
        assert (usage["own_spent_usd"], usage["own_limit_usd"], usage["held_usd"]) == ("0.00", None, "0.75")
        # What ends without a picture leaves room again; trying another's again counts as one's own.
        [staging] = next(stagings for told, stagings in answers if told is None)
        await asks.ask("POST", f"stagings/{staging['id']}/cancel")
        assert (await asks.ask("GET", "usage"))["own_spent_usd"] == "0.25"
        await other.ask("POST", f"stagings/{staging['id']}/retry")
        assert (await asks.ask("GET", "usage"))["own_spent_usd"] == "0.25"
        assert (await other.ask("GET", "usage"))["own_spent_usd"] == "0.50"
        await paid.ada.ask("PATCH", f"members/{ben_id}", json={"monthly_limit_usd": None})
        assert (await code(asks))[0] is None
