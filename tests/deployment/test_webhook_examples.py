"""The code of docs/how-to/webhooks.md verifies what we sign, and nothing else."""

import json
import re
import subprocess
import time
from pathlib import Path

import pytest

from realstaging.domains.webhooks import rules

PAGE = (Path(__file__).parents[2] / "docs/how-to/webhooks.md").read_text()
SECRETS = [rules.new_secret(bytes([number]) * 32) for number in (1, 2, 3)]


def code(language):
    [found] = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    return found


def signed(age=0, body='{"ä": 1}'):
    stamp = int(time.time()) - age
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(stamp),
        "webhook-signature": rules.signatures(SECRETS[:2], "msg_1", stamp, body),
    }


def cases():
    """Signed when they are verified, not when tests are collected: what is five minutes old is refused."""
    return [
        *[(secret, signed(), '{"ä": 1}', secret != SECRETS[2]) for secret in SECRETS],
        (SECRETS[0], signed(), '{"ä": 2}', False),
        (SECRETS[0], {**signed(), "webhook-id": "msg_2"}, '{"ä": 1}', False),
        (SECRETS[0], signed(600), '{"ä": 1}', False),
        (SECRETS[0], {**signed(), "webhook-signature": "v1,AAAA v1"}, '{"ä": 1}', False),
    ]


def unsafe(secret):
    """What anybody can sign who knows that the secret is empty, or guesses what is left of it."""
    headers = signed()
    return {
        **headers,
        "webhook-signature": rules.signatures([secret], "msg_1", int(headers["webhook-timestamp"]), "{}"),
    }


def in_python(given):
    names = {}
    exec(code("python"), names)
    return [names["verified"](secret, headers, body.encode()) for secret, headers, body, _ in given]


def in_javascript(given):
    program = (
        code("js")
        + "\nconst cases = JSON.parse(process.argv[1]);\nconsole.log(JSON.stringify(cases.map((one) => verified(...one))));"
    )
    told = json.dumps([case[:3] for case in given])
    done = subprocess.run(
        ["node", "--input-type=module", "-e", program, told], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("run", [in_python, in_javascript])
def test_the_code_of_the_page_verifies(run):
    given = cases()
    assert run(given) == [wanted for *_, wanted in given]


@pytest.mark.parametrize("run", [in_python, in_javascript])
@pytest.mark.parametrize("secret", ["", rules.new_secret(b""), rules.new_secret(b"x" * 23)])
def test_a_secret_that_is_empty_or_cut_off_is_told(run, secret):
    with pytest.raises((ValueError, subprocess.CalledProcessError)) as refused:
        run([(secret, unsafe(secret), "{}", False)])
    assert "The secret is empty or not whole." in str(getattr(refused.value, "stderr", refused.value))
