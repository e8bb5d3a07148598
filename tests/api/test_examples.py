"""The examples of the reference: each is sent to the service, after those before it, by an owner who runs the service besides."""

import hashlib
import re
from http import HTTPStatus

import pytest

from harness.service import room
from harness.service import service as run_service
from realstaging.api import build, examples
from realstaging.api.description import described
from realstaging.sandbox.oidc import PEOPLE
from realstaging.settings import Settings
from tests.domains.files.test_check import made_ready
from tests.offices import join, links

ADA = PEOPLE[0]
NOT_HERE = {
    # There is nobody to pay, and nothing was bought: 409, after the body was read and found right.
    ("post", "/api/v1/billing/checkout"): {409},
    ("post", "/api/v1/billing/subscription/preview"): {409},
    ("put", "/api/v1/billing/subscription"): {409},
    ("post", "/api/v1/billing/subscription/pause"): {409},
    ("post", "/api/v1/billing/subscription/cancel"): {409},
    # The picture of this test cost nothing.
    ("post", "/api/v1/stagings/{staging_id}/credit-back"): {409, 422},
    # Who accepts was invited by another address: 409 `other_address`.
    ("post", "/api/v1/invitations/accept"): {409},
}


def operations(document):
    return {
        (method, path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if path.startswith("/api/")
    }


def test_every_body_has_an_example_and_every_group_its_words():
    document = described(build(Settings()))
    found = operations(document)
    bodies = {
        place for place, one in found.items() if "application/json" in one.get("requestBody", {}).get("content", {})
    }
    assert bodies == set(examples.BODIES)
    assert len(bodies) > 40
    assert {tag for one in found.values() for tag in one["tags"]} == set(examples.GROUPS)
    assert [group["name"] for group in document["tags"]] == list(examples.GROUPS)
    for place in bodies:
        assert found[place]["requestBody"]["content"]["application/json"]["example"] == examples.BODIES[place]


@pytest.fixture
async def service(tmp_path, database_url, redis_url):
    async with run_service(tmp_path, database_url, redis_url, operator_subjects=ADA.subject) as running:
        yield running


class Story:
    """Sends one example after the other; what answers hold stands in those that follow."""

    def __init__(self, service, ada):
        self.service, self.ada = service, ada
        self.ids, self.values = {}, {}

    def put(self, value):
        """The body, with what is there in the place of the examples' ids, file and names."""
        if isinstance(value, dict):
            if value == examples.FILE:
                return {**value, "size": len(self.photo), "sha256": hashlib.sha256(self.photo).hexdigest()}
            return {name: self.put(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.put(one) for one in value]
        return self.values.get(value, value)

    async def begin(self):
        self.photo = room(450, 300)
        me = await self.ada.ask("GET", "me")
        _, member = await join(self.service, me["account"]["id"], "kim", "member")
        project = await self.ada.project("Another")
        photo = await self.ada.photo(project)
        [staging] = await self.ada.stage(photo)
        await made_ready(self.service.platform, staging)
        key = await self.ada.ask("POST", "keys", 201, json={"name": "Before", "scopes": ["read"]})
        self.ids = {"account_id": me["account"]["id"], "member_id": member, "key_id": key["key"]["id"]}
        self.ids["switch"] = "uploads"
        self.ids |= {"staging_id": staging["id"], "project_id": project["id"]}
        self.values = {examples.PHOTO: photo["id"], examples.STAGING: staging["id"], examples.MEMBER: member}
        self.values[examples.CALLED] = examples.BODIES["post", "/api/v1/me/accounts"]["name"]

    async def send(self, method, path):
        where = re.sub(r"{(\w+)}", lambda name: self.ids[name[1]], path)
        body = self.put(examples.BODIES[method, path])
        # What ends an account is tried on one that was made here.
        headers = {"Real-Staging-Account": self.ids["other"]} if path.endswith("/erasure") else {}
        async with self.ada.session.request(method.upper(), where, json=body, headers=headers) as answer:
            told = await answer.json(content_type=None) if answer.status != HTTPStatus.NO_CONTENT else None
            expected = NOT_HERE.get((method, path), {200, 201, 204})
            assert answer.status in expected, f"{method} {path}: {answer.status} {told}"
        await self.learn(path, told)

    async def learn(self, path, told):
        if path == "/api/v1/projects":
            self.values[examples.PROJECT] = told["id"]
        elif path == "/api/v1/me/accounts":
            self.ids["other"] = told["account"]["id"]
        elif path.endswith("/uploads"):
            assert await self.ada.send(told["items"][0], self.photo) in {200, 204}
            self.values[examples.UPLOAD] = told["items"][0]["upload_id"]
        elif path.endswith("/upload-links"):
            self.ids["token"] = told["url"].rpartition("/")[2]
        elif path == "/api/v1/webhook-endpoints":
            self.ids["endpoint_id"] = told["id"]
        elif path == "/api/v1/operator/incidents":
            self.ids["incident_id"] = told["id"]
        elif path == "/api/v1/invitations":
            self.values[examples.TOKEN] = (await links(self.service))[-1]


async def test_every_example_does_what_it_says(service):
    async with service.signed_in(ADA) as ada:
        story = Story(service, ada)
        await story.begin()
        for method, path in examples.BODIES:
            await story.send(method, path)
