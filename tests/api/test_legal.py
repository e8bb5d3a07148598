"""Legal pages are shown to everybody as the operator wrote them, or as templates that say so."""

from datetime import UTC, datetime

import aiohttp
import pytest

from harness.service import service as run_service
from realstaging.api.legal import PAGES, TEMPLATES, security_text
from realstaging.fail_closed import problems
from realstaging.settings import Settings


@pytest.fixture
async def site(tmp_path, database_url, redis_url):
    own = tmp_path / "legal"
    own.mkdir()
    (own / "privacy.md").write_text("# Ours\n\n<script>alert(1)</script>\n\n| a | b |\n|---|---|\n| **c** | d |\n")
    more = {"legal_folder": str(own), "security_contact": "mailto:security@example.com"}
    async with (
        run_service(tmp_path, database_url, redis_url, **more) as service,
        aiohttp.ClientSession(service.url) as http,
    ):
        yield http


async def test_pages_are_shown_to_everybody_as_they_were_written(site):
    for page, title in PAGES.items():
        async with site.get(f"/legal/{page}") as answer:
            text = await answer.text()
            assert answer.status == 200
            assert f"<title>{title}" in text
            assert answer.content_type == "text/html"
            assert "Set-Cookie" not in answer.headers
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert f'<style nonce="{policy.partition("nonce-")[2].partition(chr(39))[0]}">' in text
            assert text.count('href="/legal/') >= len(PAGES)
            assert ("This is a template" in text) is (page != "privacy")
    async with site.get("/legal/privacy") as answer:
        text = await answer.text()
        assert "<h1>Ours</h1>" in text
        assert "<strong>c</strong>" in text
        assert "<script>" not in text
    for nowhere in ("/legal/../settings", "/legal/nothing", "/legal/terms.md"):
        async with site.get(nowhere) as answer:
            assert answer.status == 404
    async with site.get("/legal", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/legal/terms"
    async with site.get("/.well-known/security.txt") as answer:
        assert answer.content_type == "text/plain"
        assert "Contact: mailto:security@example.com" in await answer.text()


def test_security_txt_says_what_the_standard_wants():
    told = security_text(
        "https://x.example/report", "https://stage.example.com/", datetime(2026, 11, 27, 1, tzinfo=UTC)
    )
    assert told.splitlines() == [
        "Contact: https://x.example/report",
        "Expires: 2027-05-26T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://stage.example.com/.well-known/security.txt",
        "Policy: https://stage.example.com/legal/acceptable-use",
    ]
    assert any("SECURITY_CONTACT" in problem for problem in problems(Settings(security_contact="me")))


def test_every_template_leaves_to_the_operator_what_only_they_know():
    assert {file.stem for file in TEMPLATES.glob("*.md")} == set(PAGES)
    for page in PAGES:
        assert "**[" in (TEMPLATES / f"{page}.md").read_text(), page
