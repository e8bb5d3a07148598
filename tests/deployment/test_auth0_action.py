"""The Action that Auth0 is given, run by node, and what the API reads out of the tokens that it makes."""

import json
import subprocess
from pathlib import Path

import pytest

from harness.service import AUDIENCE
from realstaging.runtime.identity import Identity
from realstaging.sandbox import oidc
from tests.runtime.test_identity import issuer, serving, token

ACTION = Path(__file__).parents[2] / "deploy" / "auth0" / "claims.js"
RUN = """
const { onExecutePostLogin } = require(process.argv[1]);
const set = {};
const refuse = new Proxy({}, { get: (_, name) => { throw new Error(`api.${String(name)} is not for this`); } });
const api = { accessToken: { setCustomClaim: (name, value) => { set[name] = value; } }, idToken: refuse, access: refuse };
onExecutePostLogin(JSON.parse(process.argv[2]), api).then(() => console.log(JSON.stringify(set)));
"""


def ran(**changes):
    """The claims that the Action adds at such a sign-in."""
    event = {
        "secrets": {"AUDIENCE": AUDIENCE},
        "resource_server": {"identifier": AUDIENCE},
        "user": {"user_id": "auth0|1", "email": "ada@example.com", "email_verified": True, "name": "Ada"},
        "session": {"id": "session-1"},
        "authentication": {
            "methods": [
                {"name": "pwd", "timestamp": "2026-11-26T08:00:00.900Z"},
                {"name": "mfa", "timestamp": "2026-11-26T08:00:20.100Z"},
            ]
        },
        "authorization": {"roles": ["staff"]},
        **changes,
    }
    event = {name: value for name, value in event.items() if value is not None}
    run = subprocess.run(
        ["node", "-e", RUN, str(ACTION), json.dumps(event)], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_it_says_who_signs_in_when_and_in_which_session():
    assert ran() == {
        f"{AUDIENCE}/email": "ada@example.com",
        f"{AUDIENCE}/email_verified": True,
        f"{AUDIENCE}/name": "Ada",
        f"{AUDIENCE}/roles": ["staff"],
        f"{AUDIENCE}/sid": "session-1",
        f"{AUDIENCE}/auth_time": 1795680020,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"resource_server": {"identifier": "https://another.api"}},
        {"resource_server": None},
        {"secrets": {}},
    ],
)
def test_tokens_for_others_stay_as_they_are(changes):
    assert ran(**changes) == {}


def test_what_is_not_said_is_not_made_up():
    told = ran(
        user={"user_id": "google|1", "email": "ada@example.com"},
        session=None,
        refresh_token={"session_id": "session-1"},
        authentication=None,
        authorization=None,
    )
    assert told == {
        f"{AUDIENCE}/email": "ada@example.com",
        f"{AUDIENCE}/email_verified": False,
        f"{AUDIENCE}/sid": "session-1",
    }
    assert ran(user={"user_id": "sms|1"}, session=None, authentication={"methods": []}, authorization=None) == {}


async def test_the_api_believes_what_it_says(tmp_path):
    key = oidc.SigningKey(tmp_path / "key.pem")
    async with issuer(serving([key])) as (url, _):
        bare = dict.fromkeys(("email", "email_verified", "name", "auth_time"))
        claims = await Identity(url, AUDIENCE).verify(token(key, url, **bare, **ran()))
    assert (claims.email, claims.email_verified, claims.name) == ("ada@example.com", True, "Ada")
    assert (claims.issuer_session, claims.authenticated_at) == ("session-1", 1795680020)
    assert claims.signed_in_at == claims.authenticated_at
