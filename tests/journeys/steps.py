"""What a person does again and again."""

from playwright.async_api import expect


async def signed_in(page):
    await page.goto("/")
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Ada Agent").or_(page.get_by_role("link", name="Ada Agent")).first.click()
    await expect(page.get_by_role("heading", name="Projects")).to_be_visible()


async def signed_in_as(page, person):
    """Somebody whom the sandbox offers no button for."""
    await page.goto("/")
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_label("Somebody else").fill(person.email)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("button", name="your account")).to_be_visible()


async def in_new_project(page, name="12 Elm Street"):
    await signed_in(page)
    await page.get_by_role("button", name="New project").first.click()
    await page.get_by_label("Property").fill(name)
    await page.get_by_role("button", name="Create").click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()


async def chosen(page, files):
    await page.locator("input[type=file]").set_input_files([str(file) for file in files])


async def stage(page, files):
    await chosen(page, files)
    await page.get_by_role("button", name="Stage").filter(has_text="photo").click()
