"""The offers, told to who has not signed in."""

import aiohttp


async def test_the_world_is_told_without_signing_in_and_may_keep_it(service):
    async with aiohttp.ClientSession() as nobody, nobody.get(f"{service.url}/api/v1/offers") as answer:
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "max-age=300, public"
        told = await answer.json()
    assert (told["staging_usd"], told["tax"]) == ("0.25", {"usd": "exclusive", "eur": "inclusive"})
    assert [(plan["id"], plan["monthly_stagings"], plan["least_seats"]) for plan in told["plans"]] == [
        ("free", 10, 1),
        ("pro", 100, 1),
        ("business", 50, 10),
    ]
    assert told["plans"][1]["limits"]["storage_bytes"] == 200_000_000_000
    assert [term["amounts_minor"]["usd"] for term in told["plans"][1]["terms"]] == [2_400, 24_000]
    assert [(pack["id"], pack["stagings"]) for pack in told["packs"]] == [
        ("pack_20", 20),
        ("pack_100", 100),
        ("pack_500", 500),
    ]
