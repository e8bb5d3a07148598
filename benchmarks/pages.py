"""What people wait for at the size of an office: from a click to the first picture on the screen, in Chromium.

A gallery of 500 photos and a list of 2,000 projects, each picture a file of its own, from an API process as in production. The page has
been open for a moment, as it has when somebody clicks; the browser has seen none of the pictures.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname
from uuid import UUID

import aiohttp
import asyncpg
from playwright.async_api import Browser, Page, async_playwright

from benchmarks.figures import Figure, quantile
from benchmarks.processes import process, ready, settings
from harness.browser import executable
from harness.service import AUDIENCE, Caller, room
from realstaging.kit.ids import new_id
from realstaging.sandbox import oidc
from realstaging.settings import Settings

PHOTOS, PROJECTS = 500, 2000
ROUNDS = 7
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
BIG, LIST = "The whole block", "Projects"
FIRST = """async ([clicked, shown]) => {
  const began = performance.now();
  document.querySelector(clicked).click();
  const seen = () => [...document.querySelectorAll(shown)].some((one) => one.complete && one.naturalWidth > 0);
  while (!seen()) await new Promise((done) => requestAnimationFrame(done));
  await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - began;
}"""
"""Milliseconds from a click on one element until a picture among others is loaded and a frame with it is drawn."""

QUIET = """() => new Promise((done) => {
  let timer = setTimeout(done, 500);
  new PerformanceObserver(() => (clearTimeout(timer), (timer = setTimeout(done, 500)))).observe({ type: "resource" });
})"""


async def measure() -> list[Figure]:
    async with settings() as (chosen, key_file):
        with process("api", chosen):
            await ready(chosen)
            token = oidc.mint_token(key_file, issuer=chosen.oidc_issuer, audience=AUDIENCE, person=oidc.PEOPLE[0])
            big = await _filled(chosen, token)
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=executable(playwright), args=list(FLAGS))
                try:
                    taken = [await _round(browser, chosen.public_url, big) for _ in range(ROUNDS)]
                finally:
                    await browser.close()
    galleries, lists = zip(*taken, strict=True)
    return [
        Figure(
            f"gallery of {PHOTOS} photos, from the click to the first picture, p50", quantile(galleries, 0.5), "ms", 100
        ),
        Figure(
            f"list of {PROJECTS:,} projects, from the click to the first picture, p50", quantile(lists, 0.5), "ms", 100
        ),
    ]


async def _round(browser: Browser, url: str, big: UUID) -> tuple[float, float]:
    """Milliseconds to the gallery's first picture, and to the list's, in a browser that has kept nothing."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = await context.new_page()
        await page.goto(url)
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("button", name="Ada Agent").click()
        await _settled(page, ".cards img")
        gallery = await page.evaluate(FIRST, [f'a[href="/projects/{big}"]', ".photos img"])
        # The page begins anew at the gallery: the list is not in its memory, and its code is.
        await page.goto(f"{url}/projects/{big}")
        await _settled(page, ".photos img")
        listed = await page.evaluate(FIRST, ["a.way-back", ".cards img"])
        return float(gallery), float(listed)
    finally:
        await context.close()


async def _settled(page: Page, pictures: str) -> None:
    """Until a picture is there and nothing has been loaded for half a second. (The stream of events never ends.)"""
    await page.locator(pictures).first.wait_for()
    await page.evaluate(QUIET)


async def _filled(chosen: Settings, token: str) -> UUID:
    """The project with many photos, and many with one; each photo an original of its own whose files are there."""
    headers, data = {"Authorization": f"Bearer {token}"}, room(1800, 1200)
    async with aiohttp.ClientSession(f"{chosen.public_url}/api/v1/", headers=headers) as session:
        caller = Caller(session)
        project = await caller.project(BIG)
        photo = await caller.photo(project, data, "living-room-0042.jpg")
    big = UUID(project["id"])
    connection = await asyncpg.connect(chosen.database_url)
    try:
        original = await connection.fetchrow(
            "select originals.* from originals join photos on original_id = originals.id where photos.id = $1",
            UUID(photo["id"]),
        )
        assert original is not None
        ids = [new_id() for _ in range(PHOTOS - 1)]
        keys = [_copied(chosen, original["key"], one) for one in ids]
        await connection.executemany(
            """insert into originals (id, account_id, sha256, key, mime, size, width, height)
               select $1, account_id, encode(sha256($1::uuid::text::bytea), 'hex'), $2, mime, size, width, height from originals where id = $3""",
            [(one, key, original["id"]) for one, key in zip(ids, keys, strict=True)],
        )
        # The big one stays the newest, which the list begins with.
        others = [UUID(int=big.int - 1 - number) for number in range(PROJECTS - 1)]
        await connection.executemany(
            "insert into projects (id, account_id, name) values ($1, $2, '12 Elm Street, second floor')",
            [(one, original["account_id"]) for one in others],
        )
        await connection.executemany(
            "insert into photos (id, project_id, original_id, name) values ($1, $2, $3, 'living-room-0042.jpg')",
            [(new_id(), big, one) for one in ids]
            + [(new_id(), one, ids[number % len(ids)]) for number, one in enumerate(others)],
        )
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()
    return big


def _copied(chosen: Settings, key: str, original_id: UUID) -> str:
    """The key of another original with the same previews."""
    folder = Path(url2pathname(urlsplit(chosen.storage_url).path))
    other = f"{key.rpartition('/')[0]}/{original_id.hex}"
    for ending in ("", ".web.webp", ".thumb.webp"):
        shutil.copyfile(folder / f"{key}{ending}", folder / f"{other}{ending}")
    return other
