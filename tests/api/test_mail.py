"""Letters, from what is asked for to what arrives: the whole service, and a mail server on the wire."""

import asyncio
import json
import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import aiohttp
import pytest
from PIL import Image

from harness.service import room
from harness.service import service as run_service
from realstaging.domains.accounts import store as accounts
from realstaging.domains.notifications import jobs as letters
from realstaging.domains.notifications import rules
from realstaging.domains.notifications import service as notifications
from realstaging.domains.notifications.payloads import Send
from realstaging.domains.notifications.service import BatchReady, Invitation, Recipient
from realstaging.domains.staging import batches_store, runners_store
from realstaging.domains.staging import jobs as staging_jobs
from realstaging.domains.staging.batches import is_news
from realstaging.kit.errors import BadPhoto
from realstaging.kit.ids import made_at, new_id
from realstaging.runtime.jobs import Claim
from realstaging.runtime.work import transaction
from realstaging.sandbox.oidc import Person
from realstaging.sandbox.smtp.server import SmtpSandbox
from tests.interleaving import member, over_or_waiting, run_jobs
from tests.mail.test_notices import SECRET, basic, svix

PASSWORD = "a password of at least 24 letters"
SENDING = "notifications.send"


@pytest.fixture
async def sandbox():
    sandbox = SmtpSandbox()
    async with sandbox.serving() as sandbox.port:
        yield sandbox


@pytest.fixture
async def service(tmp_path, database_url, redis_url, sandbox):
    named = {
        "mail_url": f"smtp://127.0.0.1:{sandbox.port}?tls=none",
        "mail_from": "Real Staging <hello@mail.example.com>",
        "mail_reply_to": "help@example.com",
        "postmark_webhook_secret": PASSWORD,
    }
    async with run_service(tmp_path, database_url, redis_url, **named) as running:
        yield running


@pytest.fixture
async def ada(service):
    async with service.signed_in() as caller:
        yield caller


async def staged(service, ada, names, styles=("modern",)):
    """One request for stagings of photos of these names, all of it over, and letters with it."""
    project = await ada.project("12 Elm Street & Söhne")
    photos = [await ada.photo(project, room(300, 200), name=name) for name in names]
    items = [{"photo_id": photo["id"], "room_type": "living_room", "styles": list(styles)} for photo in photos]
    answer = await ada.ask("POST", "stagings", 201, json={"items": items})
    await run_jobs(service.platform)
    return project, [staging for item in answer["items"] for staging in item["stagings"]]


def invitation(key, address="bob@example.com", **more):
    named = {"inviter": "Ada", "office": "Elm", "role": "member", "path": "/invitations/1"}
    return Invitation(to=Recipient("Bob", address), key=key, expires_at=made_at(new_id()), **named | more)


def ready(key, address="ada@example.com"):
    """A letter of a kind that may be switched off."""
    return BatchReady(to=Recipient("Ada", address), key=key, project="12 Elm Street", path="/projects/1", ready=2)


async def sent(platform, *asked):
    """Whether each was the first of its key."""
    async with transaction(platform) as work:
        return [await notifications.send(work, letter) for letter in asked]


async def outbox(service):
    rows = await service.platform.database.fetch("select kind, state, turn, reason from letters order by id")
    return [tuple(row) for row in rows]


async def states(service):
    return [state for _, state, *_ in await outbox(service)]


async def test_a_batch_is_one_letter_with_its_pictures_and_what_failed(service, ada, sandbox):
    service.engine.failures.append(BadPhoto("The floor cannot be seen."))
    project, _ = await staged(service, ada, ["living.jpg", "küche.jpg"], ["modern", "scandinavian"])
    [letter] = sandbox.inbox.letters
    assert letter.recipients == ("ada@example.com",)
    assert letter.header("Subject") == "3 pictures are ready: 12 Elm Street & Söhne"
    assert re.fullmatch(r"<[0-9a-f-]{36}@mail\.example\.com>", letter.header("Message-ID"))
    assert letter.header("Reply-To") == "help@example.com"
    html, text = letter.body("html"), letter.body("plain")
    assert "1 picture could not be made. Nothing is charged for what failed." in text
    assert "The floor cannot be seen." in text
    assert "The floor cannot be seen." in html
    pictures = letter.pictures()
    assert len(pictures) == 3
    assert set(re.findall(r'src="cid:([^"]+)"', html)) == set(pictures)
    for data in pictures.values():
        with Image.open(BytesIO(data)) as picture:
            assert (picture.format, max(picture.size)) == ("JPEG", 300)
            assert not picture.getexif()
            assert len(data) < 100_000
    # The letter itself holds small pictures; nothing in it leads to a file.
    assert {address for address in letter.links() if address.startswith(service.url)} == set(letter.links())
    assert f"{service.url}/projects/{project['id']}" in letter.links()
    assert "/files/" not in html
    assert await outbox(service) == [("batch_ready", "sent", 0, "250 2.0.0 Taken as 1")]


async def test_what_was_deleted_meanwhile_is_in_no_letter(service, ada, sandbox):
    sandbox.misbehave("rcpt", "451 4.3.0 Later")
    _, [first, _] = await staged(service, ada, ["a.jpg", "b.jpg"])
    assert await states(service) == ["waiting"]
    await ada.ask("DELETE", f"stagings/{first['id']}", 204)
    await run_jobs(service.platform, "staging.free")
    await try_again(service)
    [letter] = sandbox.inbox.letters
    assert len(letter.pictures()) == letter.body("html").count("<img") == 1


async def try_again(service):
    """What was put off, now."""
    await service.platform.database.execute("update jobs set run_at = now() where state = 'queued'")
    await run_jobs(service.platform, SENDING)


async def test_alone_a_failure_is_told_and_a_picture_that_came_soon_is_not(service, ada, sandbox):
    await staged(service, ada, ["a.jpg"])
    assert await outbox(service) == []
    service.engine.failures.append(BadPhoto("The floor cannot be seen."))
    await staged(service, ada, ["kitchen.jpg"])
    [letter] = sandbox.inbox.letters
    assert letter.header("Subject") == "kitchen.jpg could not be staged: 12 Elm Street & Söhne"
    assert "kitchen.jpg: The floor cannot be seen." in letter.body("plain")


async def test_tried_again_is_another_batch_of_who_tries(service, ada, sandbox):
    service.engine.failures += [BadPhoto("No."), BadPhoto("No again.")]
    _, [staging] = await staged(service, ada, ["kitchen.jpg"])
    before = await service.platform.database.fetchrow("select requested_by, batch_id from stagings")
    await service.platform.database.execute("update stagings set requested_by = null")
    await ada.ask("POST", f"stagings/{staging['id']}/retry")
    after = await service.platform.database.fetchrow("select requested_by, batch_id from stagings")
    assert str(after["requested_by"]) == str(before["requested_by"]) == (await ada.ask("GET", "me"))["id"]
    assert after["batch_id"] != before["batch_id"]
    await run_jobs(service.platform)
    assert [letter.body("plain").count("No again.") for letter in sandbox.inbox.letters] == [0, 1]


def row(state, *, gone=False):
    ids = (new_id(), new_id(), new_id())
    return batches_store.OfBatch(*ids, "Elm", "a.jpg", "bedroom", "modern", state, None, None, new_id(), gone)


@pytest.mark.parametrize(
    ("states", "news"),
    [
        (["ready", "running"], False),
        (["ready", "queued"], False),
        (["ready", "ready"], True),
        (["ready", "failed"], True),
        (["ready", "canceled"], True),
        (["canceled", "canceled"], False),
        (["ready"], False),
        (["failed"], True),
        (["canceled"], False),
        (["ready", "running gone"], False),
        (["failed", "running gone"], True),
        (["ready gone", "ready gone"], False),
        ([], False),
    ],
)
def test_what_is_news(states, news):
    rows = [row(state.partition(" ")[0], gone=state.endswith("gone")) for state in states]
    now = made_at(new_id())
    assert is_news(rows, now, now) is news
    # Who waits for minutes has left.
    late = news or states in (["ready"], ["ready", "running gone"])
    assert is_news(rows, now - timedelta(minutes=3), now) is late


async def test_of_two_workers_that_end_the_last_two_at_once_one_writes(service, ada, sandbox):
    project = await ada.project()
    photo = await ada.photo(project)
    two = await ada.stage(photo, ["modern", "scandinavian"])
    database = service.platform.database
    jobs = await database.fetch("select id, job_id from stagings order by id")
    runners = [runners_store.Runner(one["id"], one["job_id"], 1) for one in jobs]

    async def fail(runner):
        async with transaction(service.platform) as work:
            await staging_jobs.write_failure(work, runner, "bad_photo", "No.")

    async with transaction(service.platform) as work:
        await staging_jobs.write_failure(work, runners[0], "bad_photo", "No.")
        other = asyncio.create_task(fail(runners[1]))
        await over_or_waiting(database, other)
    await other
    assert len(two) == 2
    assert await states(service) == ["waiting"]


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
