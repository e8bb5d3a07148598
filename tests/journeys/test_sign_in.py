"""Signing in and out, and what tabs of one browser share."""

import asyncio
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import expect

from harness.service import room
from harness.service import service as run_service
from realstaging.sandbox import oidc
from tests.journeys.conftest import DIST
from tests.journeys.steps import chosen, in_new_project, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def habits():
    return {"sessions": oidc.Sessions(kept=True)}


@pytest.fixture
async def service(tmp_path, database_url, redis_url, habits):
    async with run_service(tmp_path, database_url, redis_url, web_folder=DIST, habits=habits) as running:
        yield running


async def signs_out(page):
    await page.get_by_role("button", name="Your account").click()
    await page.get_by_role("menuitem", name="Sign out").click()


def refreshing(context):
    """The refresh tokens that are sent to the issuer from now on."""
    sent = []

    def note(request):
        form = parse_qs(request.post_data or "")
        if urlsplit(request.url).path == "/token" and "refresh_token" in form:
            sent.append(form["refresh_token"][0])

    context.on("request", note)
    return sent


async def test_signing_out_ends_the_session_at_the_issuer_and_in_every_tab(page, service):
    await signed_in(page)
    other = await page.context.new_page()
    await other.goto(service.url)
    await expect(other.get_by_role("heading", name="Projects")).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/logout" in request.url else None)
    await signs_out(page)
    await expect(page.get_by_text("You are signed out.")).to_be_visible()
    query = parse_qs(urlsplit(asked[0]).query)
    assert query["post_logout_redirect_uri"] == [f"{service.url}/"]
    assert query["id_token_hint"][0].count(".") == 2
    await expect(other.get_by_text("You signed out in another tab.")).to_be_visible()
    # The issuer asks again who it is; and tabs that wait for a sign-in are let in by one.
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Ada Agent").click()
    await expect(page.get_by_role("heading", name="Projects")).to_be_visible()
    assert await page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('oidc.user')).length") == 1


async def test_a_tab_that_another_let_in_notices_the_end_of_its_sign_in(page, service):
    await signed_in(page)
    await signs_out(page)
    await expect(page.get_by_text("You are signed out.")).to_be_visible()
    await signed_in(await page.context.new_page())
    await expect(page.get_by_role("heading", name="Projects")).to_be_visible()
    await page.route("**/api/v1/usage", lambda route: route.fulfill(status=401))
    async with page.expect_request(lambda request: "prompt=none" in request.url):
        await page.get_by_role("button", name="Your account").click()
        await page.get_by_role("menuitem", name="Usage").click()


async def test_a_refresh_token_is_of_no_use_after_signing_out(page, service):
    await signed_in(page)
    kept = await page.evaluate(
        "JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith('oidc.user')))).refresh_token"
    )
    await signs_out(page)
    await expect(page.get_by_text("You are signed out.")).to_be_visible()
    form = {"grant_type": "refresh_token", "refresh_token": kept, "client_id": "realstaging-web"}
    answer = await page.context.request.post(f"{service.issuer}/token", form=form)
    assert (answer.status, (await answer.json())["error"]) == (400, "invalid_grant")


@pytest.mark.long
@pytest.mark.parametrize("habits", [{"sessions": oidc.Sessions(kept=True, end=False)}])
async def test_there_is_a_way_back_from_an_issuer_that_ends_no_session(page, service, habits):
    await signed_in(page)
    await signs_out(page)
    await expect(page.get_by_text("You are signed out here.")).to_be_visible()
    await expect(page).to_have_url(f"{service.url}/")
    await page.get_by_role("button", name="Sign in").click()
    # The issuer still knows Ada, and is told to ask all the same.
    await page.get_by_role("button", name="Paul Photographer").click()
    await expect(page.get_by_role("button", name="Paul Photographer, your account")).to_be_visible()


LATE = """() => {
  const name = Object.keys(localStorage).find((key) => key.startsWith("oidc.user"));
  const user = JSON.parse(localStorage.getItem(name));
  localStorage.setItem(name, JSON.stringify({ ...user, expires_at: Math.floor(Date.now() / 1000) + 1 }));
}"""


SPENT = """() => {
  const name = Object.keys(localStorage).find((key) => key.startsWith("oidc.user"));
  const user = JSON.parse(localStorage.getItem(name));
  localStorage.setItem(name, JSON.stringify({ ...user, refresh_token: "spent" }));
}"""


@pytest.mark.long
async def test_a_duplicated_tab_never_uses_a_refresh_token_twice(page, service):
    await in_new_project(page)
    used = refreshing(page.context)
    async with page.expect_popup() as opening:
        await page.evaluate("window.open(location.href)")
    tabs = [page, await opening.value]
    plain = await page.context.new_page()
    await plain.goto("/example/empty.webp")
    await expect(tabs[1].get_by_role("heading", name="12 Elm Street")).to_be_visible()
    for _ in range(3):
        # The token is about to run out, and both tabs want to renew it at once.
        address = await put_away(tabs)
        await plain.evaluate(LATE)
        await asyncio.gather(*(tab.goto(address) for tab in tabs))
        for tab in tabs:
            await expect(tab.get_by_role("heading", name="12 Elm Street")).to_be_visible()
    assert len(used) == len(set(used)) == 3, "a refresh token was used twice, or in vain"


async def put_away(tabs):
    """No tab has the app open, so that none renews before it is said to; the address that they had."""
    address = tabs[0].url
    await asyncio.gather(*(tab.goto("about:blank") for tab in tabs))
    return address


@pytest.mark.long
async def test_a_renewal_whose_answer_is_lost_signs_nobody_out(page, service):
    await in_new_project(page)
    address = page.url
    answered = asyncio.Event()

    async def lose(route):
        await route.fetch()
        await route.abort()
        answered.set()

    await page.context.route("**/token", lose, times=1)
    await page.evaluate(LATE)
    await page.reload()
    await answered.wait()
    # The refresh token here is spent, and the one that came for it is nowhere.
    await page.reload()
    await expect(page.get_by_role("heading", name="12 Elm Street")).to_be_visible()
    assert page.url == address


@pytest.mark.long
async def test_whom_the_issuer_no_longer_knows_is_asked_to_sign_in_and_comes_back(page, service):
    await in_new_project(page)
    address = page.url
    await page.context.clear_cookies()
    await page.evaluate(SPENT)
    await page.evaluate(LATE)
    await page.reload()
    await expect(page.get_by_text("Your sign-in has ended.")).to_be_visible()
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Ada Agent").click()
    await expect(page.get_by_role("heading", name="12 Elm Street")).to_be_visible()
    assert page.url == address


@pytest.mark.long
async def test_what_was_typed_is_there_after_a_sign_in_that_ended_meanwhile(page, service):
    await signed_in(page)
    await page.goto("/settings/keys")
    await page.get_by_role("button", name="New key").click()
    dialog = page.get_by_role("dialog", name="New key")
    await dialog.get_by_label("Name").fill("Our website")
    await page.context.clear_cookies()
    await page.route("**/api/v1/keys", lambda route: route.fulfill(status=401), times=1)
    await dialog.get_by_role("button", name="Make key").click()
    await expect(page.get_by_text("Your sign-in has ended.")).to_be_visible()
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Ada Agent").click()
    await expect(dialog.get_by_label("Name")).to_have_value("Our website")


@pytest.mark.long
async def test_who_stays_with_photos_that_wait_is_asked_again_later(page, service, photos):
    await page.clock.install()
    await in_new_project(page)
    await chosen(page, photos[:1])
    await expect(page.get_by_role("button", name="Stage 1 photo")).to_be_visible()
    asked = []

    async def stay(dialog):
        asked.append(dialog.type)
        await dialog.dismiss()

    page.on("dialog", stay)
    await page.route("**/api/v1/projects/*", lambda route: route.fulfill(status=401))
    for times in (1, 2):
        async with page.expect_event("dialog"):
            await page.get_by_role("button", name="More for").click()
            await page.get_by_role("menuitem", name="Rename").click()
            await page.get_by_role("dialog").get_by_role("textbox").fill(f"{times} Elm Street")
            await page.get_by_role("dialog").get_by_role("button", name="Rename").click()
        await expect(page.get_by_role("button", name="Stage 1 photo")).to_be_visible()
        await page.keyboard.press("Escape")
        await page.clock.fast_forward(61_000)
    assert asked == ["beforeunload", "beforeunload"]


@pytest.mark.long
async def test_a_browser_whose_sign_in_is_ended_elsewhere_is_signed_out_at_once_and_asked_anew(page, service):
    await in_new_project(page)
    kept = await page.evaluate(
        "JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith('oidc.user')))).refresh_token"
    )
    async with service.signed_in() as phone:
        assert await phone.ask("DELETE", "me/sessions") == {"ended": 1}
    # Nobody touches the page: its stream ends, and it learns why.
    await expect(page.get_by_text("This sign-in was ended on another device.")).to_be_visible()
    form = {"grant_type": "refresh_token", "refresh_token": kept, "client_id": "realstaging-web"}
    answer = await page.context.request.post(f"{service.issuer}/token", form=form)
    assert answer.status == 400
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Ada Agent").click()
    await expect(page.get_by_role("heading", name="Projects")).to_be_visible()


@pytest.mark.long
async def test_another_person_in_another_tab_does_not_act_in_this_one(page, service):
    await signed_in(page)
    other = await page.context.new_page()
    await other.goto(service.url)
    await signs_out(other)
    await other.get_by_role("button", name="Sign in").click()
    await other.get_by_role("button", name="Paul Photographer").click()
    await expect(other.get_by_role("button", name="Paul Photographer, your account")).to_be_visible()
    await expect(page.get_by_role("button", name="Ada Agent, your account")).to_have_count(0)


async def test_over_plain_http_a_name_in_the_network_says_what_is_missing(page, service):
    port = urlsplit(service.url).port
    await page.goto(f"http://office.test:{port}/")
    told = page.get_by_role("alert")
    await expect(told.get_by_role("heading", name="This address is not encrypted")).to_be_visible()
    await expect(told).to_contain_text(f"http://localhost:{port}")
    await expect(told).to_contain_text("Web Crypto")


@pytest.mark.long
async def test_seven_tabs_load_and_hear_events_on_one_stream(page, service):
    await in_new_project(page)
    address, streams = page.url, []
    page.context.on("request", lambda request: streams.append(request) if "/api/v1/events" in request.url else None)
    tabs = [page]
    for _ in range(6):
        tab = await page.context.new_page()
        await tab.goto(address)
        await expect(tab.get_by_role("heading", name="12 Elm Street")).to_be_visible()
        tabs.append(tab)
    async with service.signed_in() as ada:
        [project] = (await ada.ask("GET", "projects"))["items"]
        await ada.photo(project, room())
        for tab in tabs:
            await expect(tab.get_by_role("heading", name="living.jpg")).to_be_visible()
        assert streams == []
        # The tab that followed the stream goes; another takes it up, and nothing in between is lost.
        await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "14 Oak Lane"})
        await page.close()
        await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "16 Ash Way"})
        for tab in tabs[1:]:
            await expect(tab.get_by_role("heading", name="16 Ash Way")).to_be_visible()
    assert len(streams) == 1


@pytest.mark.long
async def test_a_tab_that_hears_nothing_takes_the_stream_from_one_that_is_asleep(page, service):
    asleep = await page.context.new_page()
    await asleep.goto(f"{service.url}/icon.svg")
    await asleep.evaluate("void navigator.locks.request('realstaging.events.sandbox|ada', () => new Promise(() => {}))")
    await page.clock.install()
    await in_new_project(page)
    async with service.signed_in() as ada:
        [project] = (await ada.ask("GET", "projects"))["items"]
        await page.clock.fast_forward("01:10")
        await ada.ask("PATCH", f"projects/{project['id']}", json={"name": "14 Oak Lane"})
        await expect(page.get_by_role("heading", name="14 Oak Lane")).to_be_visible()
