"""The free credit: to whom it is given, and to whom not again."""

import asyncio

import pytest

from harness.service import service as run_service
from realstaging.domains.billing.free_grants import MOST_OF_ADDRESS, MOST_OF_DEVICE, mailbox
from tests.offices import asking, somebody


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada@Office.test", "ada+two@office.test", True),
        ("a.d.a@gmail.com", "ada+x@googlemail.com", True),
        ("a.da@office.test", "ada@office.test", False),
        ("ada@office.test", "ada@other.test", False),
        ("ａｄａ@ｏｆｆｉｃｅ.test", "ada@office.test", True),
        ("ada@büro.test", "ADA@xn--bro-hoa.test", True),
        ("ada@straße.test", "ada@strasse.test", False),
        ("ada@STRAẞE.test", "ada@straße.test", True),
        ("ada@office.test.", "ada@office.test", True),
        ('"ada"@office.test', "ada@office.test", True),
        ("ada@mac.com", "ada@icloud.com", True),
        ("a.d-a_x@pm.me", "adax+1@protonmail.com", True),
        ("+ada@office.test", "+bob@office.test", False),
        ("ad-a@office.test", "ada@office.test", False),
    ],
)
def test_spellings_of_one_mailbox_are_one(one, other, same):
    assert (mailbox(one) == mailbox(other)) is same


async def test_it_is_given_to_who_is_known_and_not_to_the_same_again_and_again(tmp_path, database_url, redis_url):
    # Behind a proxy that is believed, so that strangers' addresses are theirs.
    async with run_service(tmp_path, database_url, redis_url, trusted_proxies="127.0.0.0/8") as service:

        async def given(name, address="", device="Firefox", **claims):
            async with asking(service, somebody(name), **claims) as caller:
                caller.session.headers["User-Agent"] = device
                if address:
                    caller.session.headers["X-Forwarded-For"] = address
                billing = await caller.ask("GET", "billing")
                return billing["available_usd"] == "2.50", billing["withheld"]

        found, why = await given("una", email_verified=False)
        assert not found
        assert "confirmed your e-mail" in why
        assert await given("ula") == (True, "")
        # Once it was given it stays, and nothing is written down twice.
        assert await given("ula") == (True, "")
        # A person's accounts, whatever they write after a plus; from this machine itself nobody is held to an address.
        for number, expected in enumerate([True, True, True, False]):
            assert (await given(f"bo+{number}"))[0] is expected
        # One browser, and one network of many.
        for number in range(MOST_OF_DEVICE + 1):
            assert (await given(f"cy{number}", "203.0.114.7"))[0] is (number < MOST_OF_DEVICE)
        for number in range(MOST_OF_DEVICE, MOST_OF_ADDRESS + 1):
            found, why = await given(f"di{number}", "203.0.114.7", f"Browser {number}")
            assert found is (number < MOST_OF_ADDRESS)
        assert "as often as it may be" in why
        assert (await given("eve", "203.0.114.8"))[0]


async def test_of_many_at_once_no_more_are_given_it_than_one_after_another(tmp_path, database_url, redis_url):
    """Each counted before any other had been written down: as many as asked in one moment were given it."""
    async with run_service(tmp_path, database_url, redis_url, trusted_proxies="127.0.0.0/8") as service:
        people = [somebody(f"at{number}") for number in range(MOST_OF_DEVICE + 5)]

        async def given(person):
            async with asking(service, person) as caller:
                caller.session.headers.update({"User-Agent": "Firefox", "X-Forwarded-For": "203.0.114.9"})
                return (await caller.ask("GET", "billing"))["available_usd"] == "2.50"

        for person in people:
            async with asking(service, person) as caller:
                await caller.ask("GET", "me")
        assert sum(await asyncio.gather(*map(given, people))) == MOST_OF_DEVICE
