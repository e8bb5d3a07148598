"""The built web app in a real Chromium, on the whole service in this process."""

import pytest
from playwright.async_api import async_playwright, expect

from harness import browser
from harness.service import room
from harness.service import service as run_service
from realstaging.kit import carried
from tests.domains.payments.shop import shop as open_shop

DIST = carried.WEB
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A name in a local network: for a browser, not this computer.
    "--host-resolver-rules=MAP office.test 127.0.0.1",
]

# A staging takes thirty seconds where other tests have the processors.
expect.set_options(timeout=90_000)


@pytest.fixture(scope="session")
async def chromium():
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=browser.executable(playwright), args=FLAGS)
        yield launched
        await launched.close()


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    assert (DIST / "index.html").is_file(), "the web app is not built: make setup"
    async with run_service(tmp_path, database_url, redis_url, web_folder=DIST) as running:
        yield running


@pytest.fixture
async def shop(tmp_path, database_url, redis_url):
    """A service that is paid at Stripe's stand-in."""
    async with open_shop(tmp_path, database_url, redis_url, web_folder=DIST) as running:
        yield running


@pytest.fixture
def window():
    """The browser window; a test for another one gives its own."""
    return {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
async def page(chromium, service, window):
    """A browser window at the service's address; an error in its console fails the test."""
    context = await chromium.new_context(base_url=service.url, **window)
    page = await context.new_page()
    mistakes = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    # What the page's policy holds back is an error in the console, and to us: nothing of ours may need it.
    page.on("console", lambda told: mistakes.append(told.text) if "Content Security Policy" in told.text else None)
    yield page
    await context.close()
    assert mistakes == []


@pytest.fixture
def photos(tmp_path):
    """Two photos of empty rooms, as files."""
    files = []
    for name, width in (("living.jpg", 450), ("bedroom.jpg", 465)):
        file = tmp_path / name
        file.write_bytes(room(width, 300))
        files.append(file)
    return files
