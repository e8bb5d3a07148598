"""Settings without a mouse: every control is reached by Tab in the order in which it stands, and dialogs give the focus back."""

import pytest
from playwright.async_api import expect

from tests.api.test_upload_links import link
from tests.journeys.steps import signed_in
from tests.journeys.test_accessibility import PAGES
from tests.offices import join

pytestmark = [pytest.mark.browser, pytest.mark.long]

# What a person may tab to: seen, enabled, and of radio buttons the one that is chosen.
REACHABLE = """() => {
  const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden";
  const asked = "a[href], button, input, select, textarea, [tabindex]";
  const all = [...document.querySelectorAll(asked)].filter((one) =>
    one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && seen(one) && !one.closest("[inert], [aria-hidden=true]"));
  const chosen = (one) => one.type !== "radio" || one.checked;
  return all.filter(chosen).map((one, number) => (one.dataset.stop = number, one.outerHTML.slice(0, 120)));
}"""
AT = """() => {
  const { activeElement: at } = document;
  if (at === document.body) return null;
  return { stop: at.dataset.stop === undefined ? null : Number(at.dataset.stop), html: at.outerHTML.slice(0, 120), shown: at.matches(":focus-visible") };
}"""
# (page, what opens a dialog there, the dialog)
DIALOGS = [
    ("/settings/upload-links", "New link", "New upload link"),
    ("/settings/upload-links", "Revoke Paul", "Revoke this link?"),
    ("/settings/webhooks", "New endpoint", "New endpoint"),
    ("/settings/keys", "New key", "New key"),
    ("/settings/keys", "Replace Importer", "Replace this key?"),
    ("/settings/keys", "Revoke Importer", "Revoke this key?"),
    ("/settings/office", "Leave Ada Agent", "Leave Ada Agent?"),
    ("/settings/privacy", "Erase Ada Agent", "Erase Ada Agent?"),
    ("/settings/privacy", "Save", "Delete by itself what is older?"),
]


@pytest.fixture
def window():
    return {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}


async def walked(page):
    """By Tab from the top to the end: what was reached, in turn. Once more from the top where something came meanwhile."""
    for _ in range(4):
        wanted, reached = await walked_once(page)
        if len(await page.evaluate(REACHABLE)) == len(wanted) and all(at["stop"] is not None for at in reached):
            break
        await page.evaluate("document.activeElement.blur(), getSelection().setPosition(document.body, 0)")
    return wanted, reached


async def walked_once(page):
    wanted = await page.evaluate(REACHABLE)
    reached = []
    # A field for a date has stops of its own for day, month and year.
    for _ in range(len(wanted) + 12):
        await page.keyboard.press("Tab")
        at = await page.evaluate(AT)
        if at is None or (len(reached) > 1 and at["stop"] == reached[0]["stop"]):
            break
        if not reached or at["stop"] != reached[-1]["stop"]:
            reached.append(at)
    return wanted, reached


async def test_settings_are_walked_by_tab_and_dialogs_give_the_focus_back(page, service):
    async with service.signed_in() as ada:
        await link(ada, await ada.project("12 Elm Street"), name="Paul")
        await ada.ask("POST", "keys", 201, json={"name": "Importer", "scopes": ["read"]})
        await ada.ask("POST", "webhook-endpoints", 201, json={"url": "https://hooks.example.com/"})
        # Who owns an account of their own has nothing to leave.
        await ada.ask("PATCH", "account", json={"kind": "office"})
        await join(service, (await ada.ask("GET", "me"))["account"]["id"], "bo", "member")
    await signed_in(page)
    missed = {}
    for address, heading in PAGES:
        if not address.startswith("/settings/"):
            continue
        await page.goto(address)
        await expect(page.get_by_role("heading", name=heading)).to_be_visible()
        await expect(page.locator(".mantine-Skeleton-root")).to_have_count(0)
        wanted, reached = await walked(page)
        stops = [at["stop"] for at in reached]
        if stops != list(range(len(wanted))):
            missed[address] = [wanted[stop] for stop in range(len(wanted)) if stop not in stops] or stops
        if unseen := [at["html"] for at in reached if not at["shown"]]:
            missed[f"{address}, focus not seen"] = unseen
        assert len(wanted) > 9
    assert not missed, missed
    for address, opening, title in DIALOGS:
        await page.goto(address)
        opener = page.get_by_role("button", name=opening, exact=True)
        await opener.focus()
        await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name=title)
        await expect(dialog).to_be_visible()
        for _ in range(12):
            await page.keyboard.press("Tab")
            assert await dialog.evaluate("(it) => it.contains(document.activeElement)"), (
                f"{title}: the focus went out of it"
            )
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await expect(opener).to_be_focused()
