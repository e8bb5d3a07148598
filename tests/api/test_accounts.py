import asyncio

import aiohttp

from realstaging.sandbox.oidc import PEOPLE


async def test_the_first_sign_in_makes_one_account_however_many_requests_come_at_once(service, ada):
    answers = await asyncio.gather(*(ada.ask("GET", "me") for _ in range(20)))
    assert len({answer["id"] for answer in answers}) == 1
    assert answers[0]["email"] == PEOPLE[0].email
    assert await service.platform.database.fetchval("select count(*) from accounts") == 1


async def test_without_a_token_the_answer_says_to_sign_in(service):
    async with aiohttp.ClientSession() as nobody, nobody.get(f"{service.url}/api/v1/me") as answer:
        assert answer.status == 401
        assert answer.content_type == "application/problem+json"
        assert (await answer.json(content_type=None))["code"] == "unauthenticated"


async def test_a_token_with_one_letter_changed_is_refused(service):
    token = service.token()
    broken = token[:-10] + ("A" if token[-10] != "A" else "B") + token[-9:]
    headers = {"Authorization": f"Bearer {broken}"}
    async with aiohttp.ClientSession(headers=headers) as somebody, somebody.get(f"{service.url}/api/v1/me") as answer:
        assert answer.status == 401
