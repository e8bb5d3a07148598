from uuid import UUID

import pytest

from harness.service import jpeg
from harness.service import service as run_service
from tests.domains.files.test_check import made_ready
from tests.domains.privacy.house import ADA, MANAGEMENT, House
from tests.offices import asking


@pytest.fixture
async def house(tmp_path, database_url, redis_url):
    """Something of Ada's in every table that holds things of accounts."""
    async with run_service(tmp_path, database_url, redis_url, **MANAGEMENT) as service, asking(service, ADA) as ada:
        account = (await ada.ask("GET", "me"))["account"]["id"]
        project = await ada.project("Hush Street 12")
        photo = await ada.photo(project, name="secret-kitchen.jpg")
        await ada.announce(project, jpeg(64, 48), name="secret-kitchen-2.jpg")
        ready, waiting = await ada.stage(photo, ["modern", "scandinavian"])
        await made_ready(service.platform, ready)
        await ada.ask("POST", f"projects/{project['id']}/archives", 201, json={"staging_ids": [ready["id"]]})
        await ada.ask(
            "POST", f"projects/{project['id']}/upload-links", 201, json={"name": "whisper", "days": 3, "files": 2}
        )
        await ada.ask("POST", "keys", 201, json={"name": "whisper", "scopes": ["read"], "mode": "test"})
        hook = {"url": "https://whisper.example.com/hook", "events": ["staging.ready"]}
        await ada.ask("POST", "webhook-endpoints", 201, json=hook)
        await ada.ask("POST", "account/exports", 201)
        await service.platform.database.execute(
            """insert into attempts (token, request_key, staging_id, number, model, prompt_version, price, ended_at, verdict, account_id, reason)
               values ('whisper-token', 'k', $1, 1, 'm', '1', 1, now(), 'passed', $2, 'whisper')""",
            UUID(ready["id"]),
            UUID(account),
        )
        await service.platform.storage.put("attempts/whisper-token/answer", b"picture", "image/png")
        yield House(
            service,
            account,
            {"project": project["id"], "photo": photo["id"], "ready": ready["id"], "waiting": waiting["id"]},
        )
