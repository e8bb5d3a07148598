"""Rate limits over HTTP: whom they hold, what they say, and that no one passes them by."""

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest

from harness.service import service as run_service
from realstaging.api import build
from realstaging.api.rate_limits import UNCOUNTED, cost_of, needs_sign_in
from realstaging.runtime.rate_limits import Cost
from realstaging.sandbox import oidc
from realstaging.settings import Settings

ADA, BEN = oidc.PEOPLE[0], oidc.PEOPLE[1]


@pytest.fixture
def limited(tmp_path, database_url, redis_url):
    """The service, with room to wait for a busy test machine's Valkey."""

    @asynccontextmanager
    async def start(**settings):
        async with run_service(
            tmp_path, database_url, redis_url, **{"rate_limit_patience": 5.0, **settings}
        ) as running:
            yield running

    return start


async def ask(url, token=None, method="GET", **headers):
    if token:
        headers["Authorization"] = f"Bearer {token}"
    async with aiohttp.ClientSession() as session, session.request(method, url, headers=headers) as answer:
        kind = answer.headers.get("Content-Type", "")
        return answer.status, answer.headers, await answer.json(content_type=None) if "json" in kind else None


async def statuses(count, *arguments, **more):
    return [(await ask(*arguments, **more))[0] for _ in range(count)]


async def test_answers_tell_the_limits_and_too_many_are_refused_with_the_time_to_wait(limited):
    async with limited(rate_limit_read="9/minute, 4/minute, 20/minute") as service:
        me, token = f"{service.url}/api/v1/me", service.token()
        # The first request of a process finds out whose account it is.
        status, headers, _ = await ask(me, token)
        assert (status, headers["RateLimit-Policy"]) == (200, '"read-token";q=4;w=60, "read-address";q=20;w=60')
        status, headers, _ = await ask(me, token)
        policy = '"read-account";q=9;w=60, "read-token";q=4;w=60, "read-address";q=20;w=60'
        assert (status, headers["RateLimit-Policy"]) == (200, policy)
        told = r'"read-account";r=8;t=\d+, "read-token";r=2;t=\d+, "read-address";r=18;t=\d+'
        assert re.fullmatch(told, headers["RateLimit"])
        assert await statuses(2, me, token) == [200, 200]
        status, headers, body = await ask(me, token)
        assert (status, body["status"], body["code"]) == (429, 429, "too_many_requests")
        assert headers["Content-Type"] == "application/problem+json"
        assert body["violated-policies"] == ["read-token"]
        assert 1 <= int(headers["Retry-After"]) <= 61
        assert headers["Retry-After"] in body["detail"]
        assert headers["RateLimit-Policy"] == policy
        # Reading is over for a while, changing something is not; another person is somebody else.
        async with service.signed_in() as ada:
            await ada.project()
        assert await statuses(1, me, service.token(BEN)) == [200]


async def test_new_tokens_are_no_new_start_for_an_account_nor_new_accounts_for_an_address(limited):
    async with limited(rate_limit_read="6/minute, 4/minute, 14/minute") as service:
        me = f"{service.url}/api/v1/me"
        await ask(me, service.token())
        seen = [(await ask(me, renewed(service, ADA, number))) for number in range(8)]
        assert [status for status, *_ in seen] == [200] * 6 + [429] * 2
        assert seen[-1][2]["violated-policies"] == ["read-account"]
        people = [replace(BEN, subject=f"sandbox|many-{number}") for number in range(9)]
        answers = [await ask(me, service.token(person)) for person in people]
        assert [status for status, *_ in answers] == [200] * 7 + [429] * 2
        assert answers[-1][2]["violated-policies"] == ["read-address"]


def renewed(service, person, number):
    return service.token(replace(person, name=f"{person.name} {number}"))


async def test_guessing_tokens_ends_soon_and_locks_no_one_out(limited):
    async with limited(rate_limit_sign_in="5/minute") as service:
        me = f"{service.url}/api/v1/me"
        forged = [service.token()[:-20] + f"{number:020}" for number in range(4)]
        found = [(await ask(me, token))[0] for token in forged] + await statuses(3, f"{service.url}/api/v1/projects")
        assert found == [401] * 5 + [429] * 2
        found = await statuses(2, f"{service.url}/api/v1/events")
        assert found == [429] * 2
        # Those who are signed in, and what needs no sign-in, are not concerned.
        assert await statuses(1, me, service.token()) == [200]
        assert await statuses(1, f"{service.url}/api/v1/config") == [200]


async def test_what_costs_more_has_less_and_operators_are_held_too(limited):
    async with limited(
        rate_limit_stage="2/minute, 2/minute, 9/minute",
        rate_limit_upload="3/minute, 3/minute, 9/minute",
        rate_limit_write="2/minute, 2/minute, 9/minute",
        operator_subjects=ADA.subject,
    ) as service:
        token = service.token()
        await ask(f"{service.url}/api/v1/me", token)
        for method, path, allowed in (
            ("POST", "/api/v1/stagings", 2),
            ("POST", "/api/v1/uploads", 3),
            ("PUT", "/api/v1/operator/models", 2),
        ):
            found = await statuses(allowed + 1, service.url + path, token, method)
            assert 429 not in found[:-1], path
            assert found[-1] == 429, path


async def test_files_are_counted_by_address_and_health_is_not_counted(limited):
    async with limited(rate_limit_file="3/minute", rate_limit_upload="9/minute, 9/minute, 2/minute") as service:
        assert await statuses(5, f"{service.url}/files/results/none.jpg") == [403] * 3 + [429] * 2
        assert await statuses(3, f"{service.url}/files/uploads/none", None, "PUT") == [403] * 2 + [429]
        for path in UNCOUNTED:
            status, headers, _ = await ask(service.url + path)
            assert status == 200
            assert "RateLimit" not in headers


async def test_forwarded_addresses_count_only_from_proxies_that_are_named(limited):
    forged = {"X-Forwarded-For": "203.0.113.1, 203.0.113.2"}
    async with limited(rate_limit_read="9/minute, 9/minute, 3/minute") as service:
        config = f"{service.url}/api/v1/config"
        assert await statuses(3, config) == [200] * 3
        assert await statuses(1, config, **forged) == [429]
        assert await statuses(1, config, Forwarded="for=203.0.113.1", **{"X-Real-IP": "203.0.113.1"}) == [429]


async def test_behind_a_named_proxy_callers_are_told_apart(limited):
    async with limited(rate_limit_read="9/minute, 9/minute, 2/minute", trusted_proxies="127.0.0.0/8") as service:
        config = f"{service.url}/api/v1/config"
        for number in range(4):
            # Left of what the proxy wrote the caller may have made up anything.
            field = {"X-Forwarded-For": f"192.0.2.{number}, 203.0.113.9"}
            assert await statuses(1, config, **field) == [200 if number < 2 else 429]
        assert await statuses(1, config, **{"X-Forwarded-For": "203.0.113.8"}) == [200]
        assert await statuses(3, config, **{"X-Forwarded-For": "2001:db8:1:2::5"}) == [200, 200, 429]
        assert await statuses(1, config, **{"X-Forwarded-For": "2001:db8:1:2:ffff::6"}) == [429]


async def test_while_valkey_is_away_the_api_still_counts(tmp_path, database_url):
    limits = {"rate_limit_read": "5/minute, 5/minute, 50/minute"}
    async with run_service(tmp_path, database_url, "redis://127.0.0.1:1/0", **limits) as service:
        found = await statuses(8, f"{service.url}/api/v1/me", service.token())
    assert found == [200] * 5 + [429] * 3


async def test_many_at_once_take_no_more_than_there_is(limited):
    async with limited(rate_limit_read="900/minute, 900/minute, 25/minute") as service:
        config = f"{service.url}/api/v1/config"
        found = await asyncio.gather(*(ask(config) for _ in range(60)))
        assert sorted(status for status, *_ in found) == [200] * 25 + [429] * 35


def test_every_route_has_a_cost_and_only_health_has_none():
    """Walked from the application itself: what is dear says so."""
    by_cost = {cost: set() for cost in Cost}
    for route in build(Settings(web_folder="none")).routes:
        for handler in getattr(route, "route_handlers", []):
            for method in sorted(str(one) for one in handler.http_methods):
                by_cost[cost_of(method, handler.opt)].add(f"{method} {route.path_format}")
    assert by_cost[Cost.STAGE] == {"POST /api/v1/stagings", "POST /api/v1/stagings/{staging_id}/retry"}
    assert {"POST /api/v1/uploads", "POST /api/v1/photos"} <= by_cost[Cost.UPLOAD]
    assert by_cost[Cost.REPORT] == {"POST /api/v1/browser-reports"}
    assert by_cost[Cost.WEBHOOK] == {
        "POST /api/v1/webhooks/{engine}",
        "POST /api/v1/webhooks/mail/{provider}",
        "POST /api/v1/webhooks/stripe",
    }
    assert by_cost[Cost.CHECKOUT] == {
        "POST /api/v1/billing/checkout",
        "POST /api/v1/billing/portal",
        "PUT /api/v1/billing/subscription",
    }
    assert all(line.startswith(("GET ", "HEAD ", "OPTIONS ")) for line in by_cost[Cost.READ])
    assert {path.removeprefix("/api/v1") for path in UNCOUNTED} == {"/health/live", "/health/ready"}
    assert needs_sign_in("/api/v1/me", {})
    assert not needs_sign_in("/api/v1/config", {"exclude_from_auth": True})
