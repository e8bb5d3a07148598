"""Letters, from what is asked for to what arrives: the whole service, and a mail server on the wire."""

import json
from uuid import UUID

import aiohttp
import pytest

from harness.service import service as run_service
from realstaging.domains.accounts import store as accounts
from realstaging.domains.notifications import jobs as letters
from realstaging.domains.notifications import rules
from realstaging.domains.notifications import service as notifications
from realstaging.domains.notifications.payloads import Send
from realstaging.domains.notifications.service import BatchReady, Invitation, Recipient
from realstaging.kit.ids import made_at, new_id
from realstaging.runtime.jobs import Claim
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import Person
from tests.interleaving import member, run_jobs
from tests.letters import PASSWORD, SENDING, ada, outbox, sandbox, sent, service, states, try_again
from tests.mail.test_notices import SECRET, basic, svix

__all__ = ["ada", "sandbox", "service"]


def invitation(key, address="bob@example.com", **more):
    named = {"inviter": "Ada", "office": "Elm", "role": "member", "path": "/invitations/1"}
    return Invitation(to=Recipient("Bob", address), key=key, expires_at=made_at(new_id()), **named | more)


def ready(key, address="ada@example.com"):
    """A letter of a kind that may be switched off."""
    return BatchReady(to=Recipient("Ada", address), key=key, project="12 Elm Street", path="/projects/1", ready=2)


async def test_the_same_letter_asked_for_twice_is_sent_once(service, sandbox):
    assert await sent(service.platform, invitation("a"), invitation("a"), invitation("b")) == [True, False, True]
    assert await sent(service.platform, invitation("a")) == [False]
    await run_jobs(service.platform, SENDING)
    assert sandbox.inbox.taken == 2
    # A job that comes twice, or late, finds nothing to do.
    for letter_id in await service.platform.database.fetch("select id from letters"):
        for turn in (0, 0, 1):
            await letters.deliver(service.platform, Claim(new_id(), Send(letter_id["id"], turn), 2))
    assert sandbox.inbox.taken == 2


async def test_what_is_rolled_back_is_not_sent(service, sandbox):
    with pytest.raises(ValueError, match="on purpose"):
        async with transaction(service.platform) as work:
            await notifications.send(work, invitation("a"))
            raise ValueError("on purpose")
    await run_jobs(service.platform, SENDING)
    assert (sandbox.inbox.taken, await outbox(service)) == (0, [])


async def test_a_server_that_is_away_for_a_time_loses_nothing(service, sandbox):
    for step, answer in (
        ("connect", "421 4.3.2 Restarting"),
        ("content", "452 4.3.1 Full"),
        ("taken", "drop"),
    ):
        sandbox.misbehave(step, answer)
    await sent(service.platform, invitation("a"))
    await run_jobs(service.platform, SENDING)
    for tries in (1, 2, 3):
        [(_, state, turn, reason)] = await outbox(service)
        assert (state, turn) == ("waiting", tries), reason
        queued = await service.platform.database.fetchval(
            "select extract(epoch from run_at - now()) from jobs where state = 'queued'"
        )
        assert 15 < queued < 30 * 2**tries
        await try_again(service)
    assert await states(service) == ["sent"]
    # The last one had been taken once before the connection broke: both are the same letter, to who reads them.
    first, again = sandbox.inbox.letters
    assert first.header("Message-ID") == again.header("Message-ID")
    assert first.header("Date") == again.header("Date")


async def test_after_three_days_a_letter_is_given_up(service, sandbox):
    sandbox.misbehave("connect", "drop")
    await sent(service.platform, invitation("a"))
    await service.platform.database.execute("update letters set created_at = now() - interval '72 hours'")
    await run_jobs(service.platform, SENDING)
    assert await states(service) == ["given_up"]
    assert sandbox.inbox.taken == 0


async def test_nobody_is_written_to_again_where_nobody_is(service, sandbox):
    sandbox.misbehave("rcpt", "550 5.1.1 No such user")
    await sent(service.platform, invitation("a"))
    await run_jobs(service.platform, SENDING)
    sandbox.misbehave("rcpt", "550 5.7.1 Not by our rules")
    await sent(service.platform, invitation("b", "carol@example.com"))
    await run_jobs(service.platform, SENDING)
    await sent(service.platform, invitation("c", "Bob@Example.com"), invitation("d", "carol@example.com"))
    await run_jobs(service.platform, SENDING)
    assert await states(service) == ["refused", "refused", "suppressed", "sent"]
    async with transaction(service.platform) as work:
        assert await notifications.lift(work, "bob@example.com")
    await sent(service.platform, invitation("e"))
    await run_jobs(service.platform, SENDING)
    assert (await states(service))[-1] == "sent"


async def test_an_address_that_is_none_is_told_and_nothing_is_tried(service, sandbox):
    await sent(service.platform, invitation("a", "nobody"), invitation("b", "a@b.de\r\nRCPT TO:<c@d.de>"))
    await run_jobs(service.platform, SENDING)
    assert await outbox(service) == [("invitation", "refused", 0, "No mail can go to this address.")] * 2
    assert sandbox.connections == 0


async def test_nobody_is_flooded(service, sandbox):
    await sent(service.platform, *(invitation(str(number)) for number in range(rules.MOST_TO_ADDRESS + 2)))
    await sent(service.platform, invitation("other", "carol@example.com"))
    await run_jobs(service.platform, SENDING)
    assert sandbox.inbox.taken == rules.MOST_TO_ADDRESS + 1
    assert (await states(service)).count("waiting") == 2
    await service.platform.database.execute(
        "update letters set over_at = over_at - interval '1 hour' where state = 'sent'"
    )
    await try_again(service)
    assert set(await states(service)) == {"sent"}


async def test_without_a_server_nothing_is_sent_and_the_outbox_says_so(tmp_path, database_url, redis_url, service):
    (tmp_path / "other").mkdir()
    async with run_service(tmp_path / "other", database_url, redis_url) as bare:
        await sent(bare.platform, invitation("a"))
        assert await outbox(bare) == [("invitation", "unsent", 0, "MAIL_URL is not set: nothing is sent.")]
        # One that was asked for where there was a server comes to a worker that has none.
        await sent(service.platform, invitation("b"))
        await run_jobs(bare.platform, SENDING)
        assert await states(bare) == ["unsent", "unsent"]


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/a\nb", "/\\evil.example", '/a"b', ""])
async def test_a_letter_leads_to_us_alone(service, path):
    with pytest.raises(ValueError, match="path of ours"):
        await sent(service.platform, invitation("a", path=path))


async def test_what_one_is_written_to_about_is_ones_own_choice(service, ada, sandbox):
    told = await ada.ask("GET", "me/mail")
    assert (told["address"], told["undeliverable"]) == ("ada@example.com", None)
    assert {kind["kind"]: kind["wanted"] for kind in told["kinds"]} == {
        "batch_ready": True,
        "staging_failed": True,
        "members_changed": True,
        "budget_spent": True,
    }
    changed = await ada.ask("PATCH", "me/mail", json={"batch_ready": False})
    assert {kind["kind"] for kind in changed["kinds"] if not kind["wanted"]} == {"batch_ready"}
    changed = await ada.ask("PATCH", "me/mail", json={"members_changed": False})
    assert {kind["kind"] for kind in changed["kinds"] if not kind["wanted"]} == {"batch_ready", "members_changed"}
    assert await ada.ask("PATCH", "me/mail", json={}) == changed
    for wrong in ({"invitation": False}, {"batch_ready": "no"}, []):
        await ada.ask("PATCH", "me/mail", 422, json=wrong)
    await sent(service.platform, ready("a"))
    await run_jobs(service.platform, SENDING)
    assert await states(service) == ["unwanted"]
    await ada.ask("PATCH", "me/mail", json={"batch_ready": True})
    await sent(service.platform, ready("b"))
    await run_jobs(service.platform, SENDING)
    assert await states(service) == ["unwanted", "sent"]
    assert sandbox.inbox.taken == 1
    async with service.signed_in(Person("sandbox|bob", "Bob", "bob@example.com", "Agent")) as bob:
        assert all(kind["wanted"] for kind in (await bob.ask("GET", "me/mail"))["kinds"])


async def test_one_click_ends_it_and_nothing_less_does(service, ada, sandbox):
    await sent(service.platform, ready("a"))
    await run_jobs(service.platform, SENDING)
    [letter] = sandbox.inbox.letters
    assert letter.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    link = letter.header("List-Unsubscribe").strip("<>")
    assert link in letter.links()
    assert "ada" not in link.removeprefix(service.url)

    async def wanted():
        return {kind["kind"]: kind["wanted"] for kind in (await ada.ask("GET", "me/mail"))["kinds"]}

    async with aiohttp.ClientSession() as program:
        # A scanner follows links; a person is asked.
        async with program.get(link) as page:
            text = await page.text()
            assert page.status == 200
            assert "form-action 'self'" in page.headers["Content-Security-Policy"]
            assert '<form method="post">' in text
            assert "ada" not in text.lower()
        async with program.head(link) as looked:
            assert looked.status in {200, 405}
        assert (await wanted())["batch_ready"] is True
        form = {"List-Unsubscribe": "One-Click"}
        with aiohttp.MultipartWriter("form-data") as parts:
            parts.append("One-Click").set_content_disposition("form-data", name="List-Unsubscribe")
        for body in (form, parts, None):
            await ada.ask("PATCH", "me/mail", json={"batch_ready": True})
            async with program.post(link, data=body) as done:
                assert done.status == 200, await done.text()
            assert await wanted() == {
                "batch_ready": False,
                "staging_failed": True,
                "members_changed": True,
                "budget_spent": True,
            }
        for wrong in (link[:-3] + "AAA", link.partition("?")[0], link + "x"):
            for method in ("GET", "POST"):
                async with program.request(method, wrong, data=form if method == "POST" else None) as refused:
                    assert refused.status == 404
                    assert "Sign in" in await refused.text()


async def test_letters_that_are_needed_have_no_such_link(service, sandbox):
    await sent(service.platform, invitation("a"))
    await run_jobs(service.platform, SENDING)
    [letter] = sandbox.inbox.letters
    assert letter.header("List-Unsubscribe") == ""
    assert "unsubscribe" not in letter.body("html")
    digest = await service.platform.database.fetchval("select address_digest from letters")
    await service.platform.database.execute("insert into letter_choices values ($1, 'invitation', false)", digest)
    await sent(service.platform, invitation("b"))
    await run_jobs(service.platform, SENDING)
    assert sandbox.inbox.taken == 2


async def test_what_a_provider_tells_is_heeded_where_its_secret_is_set(service, ada):
    told = {"RecordType": "SpamComplaint", "Email": "Ada@example.com"}
    async with aiohttp.ClientSession(base_url=service.url) as provider:
        for name, status in (("postmark", 403), ("resend", 404), ("ses", 404), ("nobody", 404)):
            async with provider.post(f"/api/v1/webhooks/mail/{name}", json=told) as answer:
                assert answer.status == status
        assert (await ada.ask("GET", "me/mail"))["undeliverable"] is None
        for _ in range(2):
            body = json.dumps(told).encode()
            async with provider.post("/api/v1/webhooks/mail/postmark", data=body, headers=basic(PASSWORD)) as answer:
                assert answer.status == 204
    assert (await ada.ask("GET", "me/mail"))["undeliverable"] == "complaint"
    await sent(service.platform, ready("a"))
    await run_jobs(service.platform, SENDING)
    assert await states(service) == ["suppressed"]


async def test_resends_notices_come_in_by_their_signature(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, resend_webhook_secret=SECRET) as running:
        body = json.dumps({"type": "email.complained", "data": {"to": ["ada@example.com"]}}).encode()
        async with aiohttp.ClientSession(base_url=running.url) as provider:
            for headers, status in ((svix(body), 403), (svix(body, at=running.platform.clock()), 204)):
                async with provider.post("/api/v1/webhooks/mail/resend", data=body, headers=headers) as answer:
                    assert answer.status == status
        async with running.signed_in() as ada:
            assert (await ada.ask("GET", "me/mail"))["undeliverable"] == "complaint"


async def test_old_letters_are_forgotten_and_choices_are_not(service, ada):
    await sent(service.platform, invitation("a", "nobody"), invitation("b", "nobody"))
    await service.platform.database.execute(
        "update letters set over_at = now() - interval '31 days' where dedupe_key = 'a'"
    )
    await ada.ask("PATCH", "me/mail", json={"batch_ready": False})
    await notifications.look_after(service.platform)
    assert len(await outbox(service)) == 1
    assert not (await ada.ask("GET", "me/mail"))["kinds"][0]["wanted"]


async def test_a_letter_without_a_job_does_not_wait_for_ever(service):
    await sent(service.platform, invitation("a"), invitation("b"))
    await service.platform.database.execute("delete from jobs")
    await service.platform.database.execute(
        "update letters set created_at = now() - interval '97 hours' where dedupe_key = 'a'"
    )
    await notifications.look_after(service.platform)
    assert await states(service) == ["given_up", "waiting"]


async def test_who_is_no_member_any_more_is_not_written_to(service, ada):
    me = await member(ada)
    assert await accounts.contact(service.platform.database, UUID(me.account.id), UUID(me.id))
    assert await accounts.contact(service.platform.database, new_id(), UUID(me.id)) is None
    await service.platform.database.execute("update people set email_verified = false")
    assert await accounts.contact(service.platform.database, UUID(me.account.id), UUID(me.id)) is None
