"""What schemathesis is told of our API that no description says: loaded by it (``hooks`` in its settings)."""

import json
import os
from pathlib import Path
from uuid import uuid4

import schemathesis

from realstaging.kit.bounds import LONGEST_KEY
from realstaging.sandbox.oidc import PEOPLE, mint_token

KEY = "Idempotency-Key"
SIGNING = "REALSTAGING_FUZZ_SIGNING"
"""The variable with the key file, the issuer and the audience that tokens are made by."""


@schemathesis.auth(refresh_interval=1)
class SignedInAnew:
    """Somebody who has signed in a moment ago: any request may end every sign-in there is, and with one for all the others were refused
    before a route was looked at.
    """

    def get(self, case, context):
        key_file, issuer, audience = json.loads(os.environ[SIGNING])
        return mint_token(Path(key_file), issuer=issuer, audience=audience, person=PEOPLE[0])

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_call(context, case, kwargs):
    """A key names one request, as clients use it: used again with another body it is refused, and that is no fault of the body. A case
    that leaves something out on purpose stays as it is: schemathesis would put it in again.
    """
    made_for = str(getattr(case.meta.phase.data, "description", "")) if case.meta else ""
    key = (case.headers or {}).get(KEY)
    if isinstance(key, str) and 0 < len(key) <= LONGEST_KEY and "Missing" not in made_for:
        case.headers[KEY] = uuid4().hex
