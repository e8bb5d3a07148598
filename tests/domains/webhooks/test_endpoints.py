"""Endpoints: how many, set up how, whose; their secrets told once and kept sealed."""

import re

import pytest

from realstaging.domains.operations import service as operations
from realstaging.kit.keyring import KeyRing
from realstaging.sandbox.oidc import PEOPLE


async def create(ada, **body):
    return await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/a", **body})


async def test_what_is_told_of_an_endpoint(ada):
    made = await create(ada, description="Ours", events=["staging.ready", "photo.ready"])
    secret = made.pop("secret")
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    assert made["events"] == ["staging.ready", "photo.ready"]
    assert await ada.ask("GET", f"webhook-endpoints/{made['id']}") == made
    assert await ada.ask("GET", "webhook-endpoints") == {"items": [made]}
    await ada.ask("DELETE", f"webhook-endpoints/{made['id']}", 204)
    await ada.ask("GET", f"webhook-endpoints/{made['id']}", 404)
    await ada.ask("DELETE", f"webhook-endpoints/{made['id']}", 404)


async def test_what_is_named_is_changed_and_nothing_else(ada):
    made = await create(ada, description="Ours")
    path = f"webhook-endpoints/{made['id']}"
    del made["secret"]
    assert await ada.ask("PATCH", path, json={}) == made
    changed = await ada.ask("PATCH", path, json={"url": "https://HOOKS.example.com/b"})
    assert changed == {**made, "url": "https://hooks.example.com/b"}
    off = await ada.ask("PATCH", path, json={"enabled": False, "description": ""})
    assert off == {**changed, "enabled": False, "description": "", "disabled_reason": "asked"}
    assert (await ada.ask("PATCH", path, json={"enabled": True}))["disabled_reason"] is None
    for wrong in ({"events": []}, {"events": ["staging.lost"]}, {"url": ""}, {"secret": "x"}, {"url": "https://a b/"}):
        await ada.ask("PATCH", path, 422, json=wrong)


async def test_an_account_has_ten(service, ada):
    for _ in range(10):
        await create(ada)
    told = await ada.ask("POST", "webhook-endpoints", 409, json={"url": "https://hooks.example.com/a"})
    assert told["code"] == "too_many_endpoints"
    async with service.signed_in(PEOPLE[1]) as other:
        await create(other)


async def test_secrets_are_nowhere_in_the_database(service, ada):
    """Nor in the answer that is kept for its Idempotency-Key, which is given again all the same."""
    key = {"Idempotency-Key": "one"}
    made = await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/"}, headers=key)
    again = await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/"}, headers=key)
    assert again == made
    rotated = await ada.ask("POST", f"webhook-endpoints/{made['id']}/rotate", headers={"Idempotency-Key": "two"})
    database = service.platform.database
    tables = await database.fetch("select tablename from pg_tables where schemaname = 'public'")
    seen = 0
    for table in tables:
        for row in await database.fetch(f'select to_jsonb(t)::text as text from "{table["tablename"]}" t'):
            seen += 1
            for secret in (made["secret"], rotated["secret"]):
                assert secret.removeprefix("whsec_")[:20] not in str(row["text"]), table
    assert seen > 5


async def test_secrets_go_over_to_a_new_key(service, ada, receiver, endpoint, run_due):
    await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/rotate")
    ring, new = service.platform.keys, "another key for tests that is long"
    object.__setattr__(service.platform, "keys", KeyRing(new, ring.current))
    await operations.reseal(service.platform)
    object.__setattr__(service.platform, "keys", KeyRing(new))
    await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/test", 201, json={})
    await run_due()
    assert len(receiver.heard[0][0]["webhook-signature"].split()) == 2


async def test_a_secret_that_no_key_opens_is_told_at_the_delivery(service, ada, receiver, endpoint, run_due):
    object.__setattr__(service.platform, "keys", KeyRing("another key for tests that is long"))
    sent = await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/test", 201, json={})
    await run_due()
    told = await ada.ask("GET", f"webhook-deliveries/{sent['id']}")
    assert (told["state"], told["attempts"][0]["error"]) == (
        "waiting",
        "The secret cannot be read any more. Rotate it.",
    )
    assert receiver.heard == []


@pytest.mark.parametrize("until", [None, "2026-01-02T00:00:00"])
async def test_a_range_has_a_time_zone(ada, endpoint, until):
    body = {"since": "2026-01-01T00:00:00Z" if until else "2026-01-01T00:00:00", **({"until": until} if until else {})}
    await ada.ask("POST", f"webhook-endpoints/{endpoint['id']}/replay", 422, json=body)
