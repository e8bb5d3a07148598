"""A paid picture is given back: the price is the account's again, the picture nobody's, and why is told to operators."""

import asyncio
from collections import Counter
from types import SimpleNamespace

import aiohttp
import pytest

from harness.paid import house
from realstaging.domains.billing import invariants_store
from realstaging.runtime.credit_backs import Allowance
from realstaging.sandbox.oidc import PEOPLE

STYLES = ["modern", "coastal", "industrial", "traditional"]


@pytest.fixture
async def paid(tmp_path, database_url, redis_url):
    allowed = {"credit_back_least": 2, "credit_back_percent": 0}
    async with house(tmp_path, database_url, redis_url, more=allowed) as house_of_ada:
        yield house_of_ada


async def given_back(paid, staging, status=200, reason="wrong_style", **more):
    return await paid.ada.ask("POST", f"stagings/{staging['id']}/credit-back", status, json={"reason": reason, **more})


async def available(paid):
    usage = await paid.ada.ask("GET", "usage")
    assert await invariants_store.disagreements(paid.database) == []
    return usage["available_usd"], usage["spent_usd"], usage["stagings"]


async def with_copies(paid, project_id, stagings):
    """ZIPs and addresses that hold what the first staging made, one ZIP that does not, and one that waits to be made."""
    path = f"projects/{project_id}/archives"
    without = {"staging_ids": [one["id"] for one in stagings[1:]]}
    zips = [await paid.ada.ask("POST", path, 201, json=asked) for asked in ({}, {"files": "mls"}, without)]
    links = await paid.ada.ask("GET", f"stagings/{stagings[0]['id']}/links")
    shown = (await paid.ada.ask("GET", f"stagings/{stagings[0]['id']}"))["urls"]
    async with paid.working():
        await paid.quiet()
    *those, other = [await paid.ada.ask("GET", f"archives/{one['id']}") for one in zips]
    files = [links["jpg"], links["png"], links["mls"], shown["web"], shown["thumb"], shown["master"]]
    files += [one["url"] for one in those]
    assert [await status_of(one) for one in [*files, other["url"]]] == [200] * (len(files) + 1)
    waiting = await paid.ada.ask("POST", path, 201, json={"files": "png"})
    return SimpleNamespace(path=path, those=those, other=other, files=files, waiting=waiting)


async def status_of(url):
    async with aiohttp.ClientSession() as browser, browser.get(url) as answer:
        return answer.status


async def nobody_has(paid, copies):
    """From the moment that it is given back nobody is told an address, and a job ends those that were told before."""
    for one in [*copies.those, copies.waiting]:
        await paid.ada.ask("GET", f"archives/{one['id']}", 404)
    fresh = await paid.ada.ask("POST", copies.path, 201, json={})
    assert (fresh["files"], fresh["id"] in {one["id"] for one in copies.those}) == (3, False)
    async with paid.working():
        await paid.quiet()
    assert [await status_of(one) for one in copies.files] == [404] * len(copies.files)
    for one in [*copies.those, copies.waiting]:
        told = await paid.ada.ask("GET", f"archives/{one['id']}")
        assert (told["state"], told["url"], "Ask for the ZIP again" in told["error"]) == ("failed", None, True)
    assert await status_of(copies.other["url"]) == 200
    assert (await paid.ada.ask("GET", f"archives/{fresh['id']}"))["state"] == "ready"


@pytest.mark.slow  # four pictures of the paid engine
async def test_a_picture_is_given_back_once_and_nobody_has_it_any_more(paid):
    photo = await paid.photo()
    stagings = await paid.ada.stage(photo, STYLES, engine="replicate")
    await given_back(paid, stagings[0], 409)
    async with paid.working():
        await paid.quiet()
    assert await available(paid) == ("1.50", "1.00", 4)
    first, *others = stagings
    copies = await with_copies(paid, photo["project_id"], stagings)
    await given_back(paid, first, 422, "other", words=" ")
    await given_back(paid, first, 422, "ugly")
    withdrawn = await given_back(paid, first, reason="other", words="The lamp has no shade.")
    assert (withdrawn["state"], withdrawn["urls"]) == ("withdrawn", None)
    assert await available(paid) == ("1.75", "0.75", 3)
    await nobody_has(paid, copies)
    assert await given_back(paid, first, reason="house_changed") == withdrawn
    assert await available(paid) == ("1.75", "0.75", 3)
    for path in ("links", "download", "fidelity", "plan"):
        await paid.ada.ask("GET", f"stagings/{first['id']}/{path}", 409)
    await paid.ada.ask("POST", f"stagings/{first['id']}/retry", 409)
    assert await paid.database.fetchval("select ready_count from project_figures") == 3

    # Of the others one may be given back, however many ask at once; who is refused has their picture, and has paid for it.
    async def answer(staging):
        path = f"stagings/{staging['id']}/credit-back"
        async with paid.ada.session.post(path, json={"reason": "furniture_floats"}) as response:
            return response.status, (await response.json())["state" if response.status == 200 else "code"]

    answers = await asyncio.gather(*(answer(one) for one in others))
    assert Counter(answers) == {(200, "withdrawn"): 1, (429, "credit_backs_used_up"): 2}
    assert await available(paid) == ("2.00", "0.50", 2)
    # A month later others can be, but not those that were made so long ago.
    await paid.database.execute("update credit_backs set created_at = created_at - interval '31 days'")
    [left, *_] = [one for one, (status, _) in zip(others, answers, strict=True) if status != 200]
    await paid.database.execute("update stagings set finished_at = finished_at - interval '15 days'")
    assert (await given_back(paid, left, 409))["code"] == "credit_back_over"
    assert await available(paid) == ("2.00", "0.50", 2)

    report = await paid.ada.ask("GET", "operator/credit-backs?days=60")
    [row] = report["by_model"]
    assert (row["engine"], row["pictures"], row["given_back"], row["given_back_usd"]) == ("replicate", 4, 2, "0.50")
    assert row["reasons"] == {"house_changed": 0, "furniture_floats": 1, "wrong_style": 0, "other": 1}
    assert row["model"]
    assert row["prompt_version"]
    assert {one["words"] for one in report["recent"]} == {"The lamp has no shade.", ""}
    told = await paid.database.fetchval("select count(*) from audit_entries where action = 'staging.credited_back'")
    assert told == 2
    assert await paid.audit() == []


async def test_what_cost_nothing_is_not_given_back(service, ada):
    [staging] = await ada.stage(await ada.photo(await ada.project()))
    async with service.working():
        await ada.until(staging, "ready")
    refused = await ada.ask("POST", f"stagings/{staging['id']}/credit-back", 409, json={"reason": "wrong_style"})
    assert "cost nothing" in refused["detail"]
    assert (await ada.ask("GET", f"stagings/{staging['id']}"))["state"] == "ready"
    async with service.signed_in(PEOPLE[1]) as ben:
        await ben.ask("POST", f"stagings/{staging['id']}/credit-back", 404, json={"reason": "wrong_style"})


def test_an_account_may_give_back_a_share_of_what_it_paid_for():
    assert [Allowance(14, 3, 10).most(paid) for paid in (0, 1, 39, 40, 400)] == [3, 3, 3, 4, 40]
